"""`python -m okrapp.local.health web|worker|beat`: the health checks of the containers; 0 when well."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

BEAT_SCHEDULE = Path("/tmp/beat-schedule")
BEAT_PATIENCE = 600  # seconds; beat writes its schedule down every three minutes


def web() -> bool:
    """Whether the web process answers and reaches what it needs."""
    # Asked by number, so the answer must not depend on which names the operator serves.
    address = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}/readyz"
    try:
        with urllib.request.urlopen(address, timeout=8) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def worker() -> bool:
    """Whether the worker of this container takes messages from the broker."""
    command = [sys.executable, "-m", "celery", "-A", "okrapp", "inspect", "ping", "--timeout", "10"]
    done = subprocess.run([*command, "-d", f"celery@{socket.gethostname()}"], capture_output=True)
    return done.returncode == 0


def beat() -> bool:
    """Whether beat still writes its schedule."""
    # What follows the name depends on the database library of this Python.
    written = [file.stat().st_mtime for file in BEAT_SCHEDULE.parent.glob(f"{BEAT_SCHEDULE.name}*")]
    return bool(written) and time.time() - max(written) < BEAT_PATIENCE


if __name__ == "__main__":
    asked = {"web": web, "worker": worker, "beat": beat}[sys.argv[1]]
    sys.exit(0 if asked() else 1)
