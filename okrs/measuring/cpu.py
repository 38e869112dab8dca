"""How much CPU a database session uses."""

import os
from pathlib import Path


def cpu_of(process: int) -> float:
    """Return the seconds of CPU a database session on this machine has used; 0 where it is on another one."""
    files = Path("/proc") / str(process)
    try:
        # Nanoseconds, where the kernel keeps them.
        return int((files / "schedstat").read_text().split()[0]) / 1e9
    except (OSError, ValueError, IndexError):
        pass
    try:
        numbers = (files / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(numbers[11]) + int(numbers[12])) / os.sysconf("SC_CLK_TCK")
