"""Reading the environment: where the servers are, and what an operator has set."""

import json
import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
SERVICES_FILE = BASE_DIR / "var" / "services.json"


def text(name: str, default: str = "") -> str:
    """Return an environment variable, stripped, or the default."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool = False) -> bool:
    """Return whether an environment variable says yes (1, true, yes, on)."""
    value = text(name).lower()
    return value in {"1", "true", "yes", "on"} if value else default


def words(name: str, default: str = "") -> list[str]:
    """Return a comma-separated environment variable as a list without blanks."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def service(name: str, key: str) -> str:
    """Return a server's URL: from the environment, else from the services that bin/setup runs on this machine.

    Raises ImproperlyConfigured when neither is there, with what to do about it.
    """
    if value := text(name):
        return value
    if name == "DATABASE_OWNER_URL" and text("DATABASE_URL"):
        # The owner of the local server would migrate another database than the one that is served.
        raise ImproperlyConfigured("DATABASE_URL is set: set DATABASE_OWNER_URL, the same database's owner, too.")
    if SERVICES_FILE.exists() and (value := json.loads(SERVICES_FILE.read_text()).get(key)):
        return str(value)
    raise ImproperlyConfigured(
        f"{name} is not set and no local services have been started: run bin/run or bin/manage, which start them, "
        f"or set {name}."
    )


def database(url: str) -> dict[str, Any]:
    """Return Django's settings of a PostgreSQL URL (postgresql://user:password@host:port/name?sslmode=…)."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(f"okrapp needs PostgreSQL; the database URL starts with {parts.scheme!r}.")
    options = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
    }


def local_secret() -> str:
    """Return the secret of this machine's own copy, made once and kept in var/; an operator sets OKRAPP_SECRET_KEY."""
    path = BASE_DIR / "var" / "secret-key"
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(50))
    return path.read_text()
