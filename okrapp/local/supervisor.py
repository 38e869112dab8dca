"""Several processes as one: their output together and prefixed, and when one ends, all end."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import IO

from okrapp.local.checkout import Checkout, read_json, write_json
from okrapp.local.processes import alive, end, moment_of_birth

PR_SET_PDEATHSIG = 1
GRACE = 15.0  # seconds a process gets to finish what it is doing


def _die_with_parent() -> Callable[[], None] | None:
    """For the child: end when the supervisor is killed and can no longer say so (Linux)."""
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(None).prctl
    return lambda: prctl(PR_SET_PDEATHSIG, signal.SIGTERM) and None


@dataclass
class Supervisor:
    """Starts the programmes, shows what they print, ends them together.

    `say` prints one line; it is called from several threads.
    """

    cwd: Path
    environment: Mapping[str, str]
    say: Callable[[str], None]
    processes: dict[str, subprocess.Popen[str]] = field(default_factory=dict)
    _ending: threading.Event = field(default_factory=threading.Event)
    _readers: list[threading.Thread] = field(default_factory=list)

    def start(self, name: str, command: list[str]) -> None:
        """Start one programme under that name. Raises OSError."""
        process = subprocess.Popen(
            command,
            cwd=self.cwd,
            env=dict(self.environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,  # a Ctrl-C reaches the supervisor only, which ends them in order
            preexec_fn=_die_with_parent(),
        )
        self.processes[name] = process
        assert process.stdout is not None
        reader = threading.Thread(target=self._show, args=(name, process.stdout), daemon=True)
        reader.start()
        self._readers.append(reader)

    def _show(self, name: str, output: IO[str]) -> None:
        for line in output:
            self.say(f"{name:6} | {line.rstrip()}")

    def ask_to_end(self, number: int = 0, frame: FrameType | None = None) -> None:
        """Make `wait` return; fit to be a signal handler."""
        self._ending.set()

    def dead(self) -> str | None:
        """The name of a programme that has ended, if one has."""
        return next((name for name, process in self.processes.items() if process.poll() is not None), None)

    def wait(self, seconds: float | None = None, until: Callable[[], bool] | None = None) -> bool:
        """Wait until asked to end, a programme has ended, `until` holds or the time is over.

        Returns whether everything still runs and nobody asked to end.
        """
        deadline = None if seconds is None else time.monotonic() + seconds
        while not self._ending.wait(0.1):
            if self.dead():
                return False
            if (until and until()) or (deadline and time.monotonic() > deadline):
                return True
        return False

    def end_all(self) -> int:
        """End everything that still runs; the exit code: 0 when asked to, else 1 with the culprit named."""
        culprit = None if self._ending.is_set() else self.dead()
        if culprit:
            self.say(f"{culprit} ended with {self.processes[culprit].returncode}: everything stops.")
        for process in self.processes.values():
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + GRACE
        for process in self.processes.values():
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                pass  # ended the hard way below
            try:
                os.killpg(process.pid, signal.SIGKILL)  # its children too
            except (ProcessLookupError, PermissionError):
                pass  # all gone
            process.wait()
        for reader in self._readers:
            reader.join(2)
        return 1 if culprit else 0


def register(checkout: Checkout, address: str) -> Path:
    """Note this supervisor for `stop_all`; returns the note, to be removed at the end."""
    note = checkout.local / "running" / f"{os.getpid()}.json"
    write_json(note, {"pid": os.getpid(), "born": moment_of_birth(os.getpid()), "address": address})
    return note


def stop_all(checkout: Checkout) -> list[str]:
    """End the supervisors of this checkout, and their programmes with them; returns what was ended."""
    ended = []
    for note in sorted((checkout.local / "running").glob("*.json")):
        known = read_json(note)
        pid, born = int(known.get("pid", 0)), str(known.get("born"))
        if alive(pid, born) and end(pid, born, signal.SIGTERM, GRACE + 10):
            ended.append(str(known.get("address")))
        note.unlink(missing_ok=True)
    return ended
