"""Starting a server that outlives its starter, knowing it again, and ending exactly it."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

LOG_LIMIT = 10_000_000  # bytes; then the log is put aside once, as *.old


class ServerError(Exception):
    """A server could not be started or ended; the message says why and what to do."""


@dataclass(frozen=True)
class Account:
    """The user a server runs as: `prepare` is called in the child just before the programme starts."""

    uid: int | None = None
    gid: int | None = None
    prepare: Callable[[], None] | None = None


def moment_of_birth(pid: int) -> str | None:
    """When the process of that number was started, in a form only good for comparison; None if there is none.

    A number alone is not enough: after a crash it soon belongs to somebody else.
    """
    stat = Path(f"/proc/{pid}/stat")
    if Path("/proc/self/stat").exists():
        try:
            fields = stat.read_text().rpartition(")")[2].split()
            boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        except OSError:
            return None
        return None if fields[0] in "ZX" else f"{boot}:{fields[19]}"
    shown = subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True)
    return shown.stdout.strip() or None


def alive(pid: int, born: str) -> bool:
    """Whether exactly that process still runs."""
    return pid > 0 and moment_of_birth(pid) == born


def spawn(
    command: list[str], log: Path, account: Account, cwd: Path, env: Mapping[str, str] | None = None
) -> subprocess.Popen[bytes]:
    """Start a server in a session of its own, output appended to `log`, so that it outlives this process.

    Raises ServerError if it cannot be started at all.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size > LOG_LIMIT:
        log.replace(log.with_suffix(".old"))
    with log.open("ab") as output:
        try:
            return subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd=cwd,
                env=dict(env) if env is not None else None,
                start_new_session=True,
                user=account.uid,
                group=account.gid,
                extra_groups=[] if account.uid is not None else None,
                preexec_fn=account.prepare,
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise ServerError(f"{command[0]} cannot be started: {error}") from error


def end(pid: int, born: str, gentle: signal.Signals, seconds: float) -> bool:
    """Ask a process to end, insist after `seconds`; True if it was there. Returns when it is gone."""
    if not alive(pid, born):
        return False
    for how, patience in ((gentle, seconds), (signal.SIGKILL, 10.0)):
        try:
            os.kill(pid, how)
        except ProcessLookupError:
            return True
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            if not alive(pid, born):
                return True
            time.sleep(0.02)
    raise ServerError(f"Process {pid} does not end.")


def working_in(folder: Path) -> list[int]:
    """Numbers of the processes whose working directory is the folder (Linux only, elsewhere none)."""
    found: list[int] = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if (entry / "cwd").readlink() == folder and int(entry.name) != os.getpid():
                found.append(int(entry.name))
        except OSError:
            continue  # ended meanwhile, or not ours to look at
    return found
