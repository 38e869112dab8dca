"""`python -m okrapp.local.checks`: every check and test of the project, with a summary at the end.

Arguments go to pytest. Exits 0 only if everything passed.
"""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import dataclass

from okrapp.local.checkout import ROOT

WORKERS = "2"


@dataclass(frozen=True)
class Check:
    """One check: its name in the summary and its command."""

    name: str
    command: list[str]


def checks(pytest_arguments: list[str]) -> list[Check]:
    """All checks in their order: the quick ones first."""
    python = sys.executable
    pytest = [python, "-m", "pytest", *pytest_arguments]
    if not any(argument.startswith(("-n", "--numprocesses")) for argument in pytest_arguments):
        pytest += ["-n", WORKERS]
    return [
        Check("ruff check", [python, "-m", "ruff", "check", "."]),
        Check("ruff format", [python, "-m", "ruff", "format", "--check", "."]),
        Check("import-linter", [python, "-c", "from importlinter.cli import lint_imports_command as c; c()"]),
        Check("mypy", [python, "-m", "mypy", "."]),
        Check("migrations", [python, "manage.py", "makemigrations", "--check", "--dry-run"]),
        Check("translations", [python, "manage.py", "messages", "check"]),
        Check("pytest", pytest),
    ]


def run(check: Check) -> tuple[bool, float]:
    """Run one check with its output shown; whether it passed, and the seconds."""
    print(f"\n── {check.name}", flush=True)
    started = time.monotonic()
    code = subprocess.run(check.command, cwd=ROOT).returncode
    return code == 0, time.monotonic() - started


def main(arguments: list[str]) -> int:
    """Run all checks even if one fails; 0 if all passed."""
    results = [(check.name, *run(check)) for check in checks(arguments)]
    print("\n── summary")
    for name, passed, seconds in results:
        print(f"{'ok    ' if passed else 'FAILED'} {name:15} {seconds:6.1f} s")
    failed = [name for name, passed, _ in results if not passed]
    print(f"\n{len(results) - len(failed)} of {len(results)} passed.")
    if failed:
        print(f"Failed: {', '.join(failed)}.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
