"""The places of a checkout that the local servers use."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Checkout:
    """A working copy; everything the servers write is below `var` (or below `elsewhere`, see identity.py)."""

    root: Path
    machine: Path = Path("/var/lib/okrapp")

    @property
    def var(self) -> Path:
        """Folder of everything that is made here and kept between runs."""
        return self.root / "var"

    @property
    def local(self) -> Path:
        """Folder of what the local servers need to know about each other."""
        return self.var / "local"

    @property
    def logs(self) -> Path:
        """Folder of the servers' logs."""
        return self.var / "log"

    @property
    def services(self) -> Path:
        """The addresses for the settings, as JSON, readable by the owner only."""
        return self.var / "services.json"

    @property
    def state(self) -> Path:
        """Which processes on which ports, as JSON."""
        return self.local / "state.json"

    @property
    def elsewhere(self) -> Path:
        """The folder outside the checkout for a server that must run as another user."""
        return self.machine / hashlib.sha256(str(self.root).encode()).hexdigest()[:12]


def here() -> Checkout:
    """The checkout this file belongs to."""
    return Checkout(ROOT)


def read_json(path: Path) -> dict[str, Any]:
    """The object in a JSON file; empty when the file is missing or broken (it can be made again)."""
    try:
        value = json.loads(path.read_text())
    except (OSError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}


def write_json(path: Path, value: dict[str, Any]) -> None:
    """Replace a JSON file in one step, readable by the owner only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.{os.getpid()}.new")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(value, file, indent=1)
    new.replace(path)
