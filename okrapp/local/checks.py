"""`python -m okrapp.local.checks`: every check and test of the project, with a summary at the end.

Arguments go to pytest. Exits 0 only if everything passed; with OKRAPP_CI=1 a skipped test counts as failed.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from okrapp.local.checkout import ROOT

WORKERS = "2"
TESTS = "pytest"
# So many files are named as those that took longest.
SLOWEST = 30
RESULTS = ROOT / "var" / "test-results.xml"
BYTECODE = ROOT / "var" / "bytecode"


@dataclass(frozen=True)
class Check:
    """One check: its name in the summary and its command."""

    name: str
    command: list[str]


@dataclass(frozen=True)
class Outcome:
    """What became of a check: `note` says how much it looked at, `skipped` names the tests left out."""

    name: str
    passed: bool
    seconds: float
    note: str = ""
    skipped: list[str] = field(default_factory=list)


def checks(pytest_arguments: list[str]) -> list[Check]:
    """All checks in their order: the quick ones first."""
    python = sys.executable
    pytest = [python, "-m", "pytest", "--junitxml", str(RESULTS), *pytest_arguments]
    if not any(argument.startswith(("-n", "--numprocesses")) for argument in pytest_arguments):
        pytest += ["-n", WORKERS]
    return [
        Check("ruff check", [python, "-m", "ruff", "check", "."]),
        Check("ruff format", [python, "-m", "ruff", "format", "--check", "."]),
        Check("import-linter", [python, "-c", "from importlinter.cli import lint_imports_command as c; c()"]),
        Check("mypy", [python, "-m", "mypy", "."]),
        Check("migrations", [python, "manage.py", "makemigrations", "--check", "--dry-run"]),
        Check("translations", [python, "manage.py", "messages", "check"]),
        Check(TESTS, pytest),
    ]


def run(check: Check, nothing_skipped: bool) -> Outcome:
    """Run one check and show its output: of the tests while they run, of all others in one piece at their end."""
    is_tests = check.name == TESTS
    if is_tests:
        print(f"\n── {check.name}", flush=True)
        RESULTS.unlink(missing_ok=True)
    # Many tests start processes of the product: where Python may write no bytecode, each would compile everything anew.
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(BYTECODE)}
    started = time.monotonic()
    ended = subprocess.run(
        check.command,
        cwd=ROOT,
        env=environment,
        stdout=None if is_tests else subprocess.PIPE,
        stderr=None if is_tests else subprocess.STDOUT,
    )
    passed = ended.returncode == 0
    seconds = time.monotonic() - started
    if not is_tests:
        print(f"\n── {check.name}\n{ended.stdout.decode(errors='replace').rstrip()}", flush=True)
        return Outcome(check.name, passed, seconds)
    count, skipped = read_results(RESULTS)
    return Outcome(
        check.name,
        passed and count > 0 and not (nothing_skipped and skipped),
        seconds,
        f"{count} tests, {len(skipped)} skipped",
        skipped,
    )


def read_results(file: Path) -> tuple[int, list[str]]:
    """How many tests pytest reported, and the skipped ones by name with the reason; none without a report."""
    if not file.exists():
        return 0, []
    cases = list(ElementTree.parse(file).iter("testcase"))
    skipped = []
    for case in cases:
        reason = case.find("skipped")
        if reason is not None:
            skipped.append(f"{case.get('classname')}.{case.get('name')}: {reason.get('message')}")
    return len(cases), skipped


def slowest_files(file: Path) -> list[tuple[str, float, int]]:
    """Return the test files that took longest by a pytest report: name, seconds of all processes, number of tests."""
    if not file.exists():
        return []
    seconds: dict[str, list[float]] = {}
    for case in ElementTree.parse(file).iter("testcase"):
        seconds.setdefault(case.get("classname", ""), []).append(float(case.get("time", "0")))
    found = [(name, sum(times), len(times)) for name, times in seconds.items()]
    return sorted(found, key=lambda row: -row[1])[:SLOWEST]


def main(arguments: list[str]) -> int:
    """Run all checks even if one fails; 0 if all passed."""
    nothing_skipped = os.environ.get("OKRAPP_CI") == "1"
    everything = checks(arguments)
    # What only reads the code takes one processor each; the tests want both for themselves.
    with ThreadPoolExecutor(int(WORKERS)) as pool:
        before = pool.map(lambda check: run(check, nothing_skipped), [one for one in everything if one.name != TESTS])
        outcomes = list(before)
    outcomes += [run(check, nothing_skipped) for check in everything if check.name == TESTS]
    print("\n── summary")
    for outcome in outcomes:
        print(f"{'ok    ' if outcome.passed else 'FAILED'} {outcome.name:15} {outcome.seconds:6.1f} s  {outcome.note}")
        for name in outcome.skipped:
            print(f"         skipped {name}")
    print("\n── where the tests spent their time")
    for name, seconds, number in slowest_files(RESULTS):
        print(f"{seconds:8.1f} s  {number:4}  {name}")
    failed = [outcome.name for outcome in outcomes if not outcome.passed]
    print(f"\n{len(outcomes) - len(failed)} of {len(outcomes)} passed.")
    if failed:
        print(f"Failed: {', '.join(failed)}.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
