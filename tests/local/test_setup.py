"""Which steps of bin/setup are due."""

import io
import subprocess
from pathlib import Path

import pytest

from okrapp.local import setup


@pytest.fixture(autouse=True)
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty checkout with a space in its path."""
    root = tmp_path / "a copy"
    root.mkdir()
    monkeypatch.setattr(setup, "ROOT", root)
    monkeypatch.setattr(setup, "STAMPS", root / "var" / "setup")
    return root


def test_a_stamp_matches_only_its_own_value() -> None:
    assert not setup.stamp_matches("npm", "a")
    setup.write_stamp("npm", "a")
    assert setup.stamp_matches("npm", "a")
    assert not setup.stamp_matches("npm", "b")


def test_the_digest_of_a_folder_notices_content_name_and_loss(checkout: Path) -> None:
    folder = checkout / "src"
    folder.mkdir()
    (folder / "a.css").write_text("one")
    digests = [setup.digest_of_files([folder])]
    (folder / "a.css").write_text("two")
    digests.append(setup.digest_of_files([folder]))
    (folder / "a.css").rename(folder / "b.css")
    digests.append(setup.digest_of_files([folder]))
    (folder / "b.css").unlink()
    digests.append(setup.digest_of_files([folder]))
    assert len(set(digests)) == 4


def test_parts_of_a_digest_do_not_run_into_each_other() -> None:
    assert setup.digest("ab", "c") != setup.digest("a", "bc")


def test_a_failing_command_shows_its_output_and_the_hint() -> None:
    with pytest.raises(setup.StepError, match=r"(?s)no such index.*ended with 3\. Is it there\?"):
        setup.run(["sh", "-c", "echo no such index; exit 3"], "Is it there?")


def test_a_step_tells_its_seconds_or_that_it_failed() -> None:
    good, bad = io.StringIO(), io.StringIO()
    with setup.step("Front-end", good):
        pass
    with pytest.raises(ZeroDivisionError), setup.step("Front-end", bad):
        _ = 1 / 0
    assert good.getvalue() == "Front-end … 0.0 s\n"
    assert bad.getvalue() == "Front-end … failed\n"


def test_the_front_end_is_built_again_only_after_a_change(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[str] = []

    def npm(command: list[str], hint: str = "", env: dict[str, str] | None = None) -> str:
        ran.append(command[1])
        (checkout / ("node_modules" if command[1] == "ci" else "static/dist")).mkdir(parents=True, exist_ok=True)
        return ""

    monkeypatch.setattr(setup, "run", npm)
    monkeypatch.setattr(setup, "node", lambda: (["npm"], {}))
    (checkout / "package.json").write_text("{}")
    (checkout / "package-lock.json").write_text("{}")
    (checkout / "templates").mkdir()
    setup.front_end()
    assert ran == ["ci", "run"]
    setup.front_end()
    assert ran == ["ci", "run"]
    (checkout / "templates" / "page.html").write_text('<p class="text-lg">')
    setup.front_end()
    assert ran == ["ci", "run", "run"]
    (checkout / "package-lock.json").write_text('{"a": 1}')
    setup.front_end()
    assert ran == ["ci", "run", "run", "ci", "run"]


def test_the_lock_files_carry_hashes_and_no_address() -> None:
    root = Path(setup.__file__).parents[2]
    for name in ("requirements.txt", "requirements-dev.txt", "requirements-node.txt"):
        text = (root / name).read_text()
        pins = [line for line in text.splitlines() if "==" in line and not line.lstrip().startswith("#")]
        assert pins, name
        assert all(pin.endswith("\\") for pin in pins), name  # hashes follow
        assert "://" not in text, name
        assert "index-url" not in text, name


def test_the_scripts_are_valid_shell() -> None:
    root = Path(setup.__file__).parents[2]
    scripts = [*(root / "bin").iterdir(), *(root / "docker").iterdir(), root / ".ci" / "run"]
    assert len(scripts) >= 9
    for script in scripts:
        assert subprocess.run(["sh", "-n", script]).returncode == 0, script
        assert script.stat().st_mode & 0o111, script
