"""The summary of bin/test."""

import sys
from pathlib import Path

import pytest

from okrapp.local import checks
from okrapp.local.checks import Check, read_results, slowest_files

TWO = """
def test_done():
    pass

def test_left_out():
    import pytest
    pytest.skip("no browser here")
"""


def test_arguments_go_to_pytest_and_the_number_of_processes_can_be_chosen() -> None:
    assert checks.checks(["-k", "pace"])[-1].command[-4:] == ["-k", "pace", "-n", "2"]
    assert checks.checks(["-n0"])[-1].command[-1] == "-n0"
    assert [check.name for check in checks.checks([])][:2] == ["ruff check", "ruff format"]


def test_a_skipped_test_is_named_and_fails_where_nothing_may_be_skipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "test_two.py").write_text(TWO)
    # Loading the plugins takes ten times as long as these two tests.
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.setattr(checks, "ROOT", tmp_path)
    monkeypatch.setattr(checks, "RESULTS", tmp_path / "results.xml")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:django", "--rootdir", str(tmp_path)]
    check = Check("pytest", [*command, "--junitxml", str(tmp_path / "results.xml"), str(tmp_path)])
    outcome = checks.run(check, nothing_skipped=False)
    assert outcome.passed
    assert outcome.note == "2 tests, 1 skipped"
    assert outcome.skipped == ["test_two.test_left_out: no browser here"]
    assert not checks.run(check, nothing_skipped=True).passed


def test_no_report_or_no_test_is_no_success(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_results(tmp_path / "missing.xml") == (0, [])
    monkeypatch.setattr(checks, "ROOT", tmp_path)
    monkeypatch.setattr(checks, "RESULTS", tmp_path / "results.xml")
    assert not checks.run(Check("pytest", ["true"]), nothing_skipped=False).passed


def test_all_checks_run_even_if_one_fails(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(checks, "checks", lambda arguments: [Check("mypy", ["false"]), Check("ruff", ["true"])])
    assert checks.main([]) == 1
    printed = capfd.readouterr().out
    assert "FAILED mypy" in printed
    assert "ok     ruff" in printed
    assert printed.endswith("1 of 2 passed.\nFailed: mypy.\n")


def test_what_checks_compile_is_kept_beside_the_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "said.py").write_text("HELLO = 1\n")
    monkeypatch.setattr(checks, "ROOT", tmp_path)
    monkeypatch.setattr(checks, "BYTECODE", tmp_path / "bytecode")
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    assert checks.run(Check("import", [sys.executable, "-c", "import said"]), nothing_skipped=False).passed
    assert [found.name.partition(".")[0] for found in (tmp_path / "bytecode").rglob("said*.pyc")] == ["said"]
    assert not list(tmp_path.glob("__pycache__"))


def test_what_took_long_is_told_by_file(tmp_path: Path) -> None:
    report = tmp_path / "results.xml"
    cases = [("tests.a", "0.5"), ("tests.b", "1.5"), ("tests.a", "2")]
    lines = "".join(f'<testcase classname="{name}" name="test" time="{time}"/>' for name, time in cases)
    report.write_text(f"<testsuites><testsuite>{lines}</testsuite></testsuites>")
    assert slowest_files(report) == [("tests.a", 2.5, 2), ("tests.b", 1.5, 1)]
    assert slowest_files(tmp_path / "missing.xml") == []
