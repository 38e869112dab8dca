"""Start, stop and status of both servers, one caller at a time.

`running` is asked before every command and therefore imports next to nothing.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import sys
from collections.abc import Iterator, Mapping
from typing import Any

from okrapp.local import ports
from okrapp.local.checkout import Checkout, read_json, write_json
from okrapp.local.processes import alive

TITLES = {"postgres": "PostgreSQL", "valkey": "Valkey"}
VARIABLES = {"postgres": "DATABASE_URL", "valkey": "REDIS_URL"}


def wanted(environment: Mapping[str, str]) -> list[str]:
    """The servers that are ours to provide: those whose address nobody set."""
    return [name for name, variable in VARIABLES.items() if not environment.get(variable)]


def _alive(checkout: Checkout, known: dict[str, Any]) -> bool:
    # A copied checkout brings the state of the original along: the folder tells them apart.
    folder = str(known.get("folder", ""))
    ours = folder.startswith((str(checkout.root) + os.sep, str(checkout.elsewhere)))
    return ours and alive(int(known.get("pid", 0)), str(known.get("born")))


def _up(checkout: Checkout, known: dict[str, Any]) -> bool:
    return _alive(checkout, known) and ports.answers(int(known["port"]))


def running(checkout: Checkout, names: list[str]) -> bool:
    """Whether all of these run and the settings can find them."""
    state, written = read_json(checkout.state), read_json(checkout.services)
    for name in names:
        known = state.get(name, {})
        if not _up(checkout, known) or any(written.get(key) != url for key, url in known["addresses"].items()):
            return False
    return True


@contextlib.contextmanager
def _alone(checkout: Checkout) -> Iterator[None]:
    checkout.local.mkdir(parents=True, exist_ok=True)
    with (checkout.local / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _publish(checkout: Checkout, state: dict[str, Any]) -> None:
    write_json(checkout.state, state)
    addresses: dict[str, Any] = {}
    for known in state.values():
        addresses.update(known.get("addresses", {}))
    write_json(checkout.services, addresses)


def say(text: str) -> None:
    """Tell the person; on standard error, because standard output may be a command's result."""
    print(text, file=sys.stderr, flush=True)


def start(checkout: Checkout, names: list[str], way: str = "") -> None:
    """Start what of these is not running, and write the addresses for the settings.

    Safe to call at any time and by several at once. Raises ServerError, WheelError.
    """
    if running(checkout, names):
        return
    # Only now: these cost more than the whole question above.
    from okrapp.local import postgres, valkey
    from okrapp.local.setup import step

    checkout.var.mkdir(parents=True, exist_ok=True)
    with _alone(checkout):
        state = read_json(checkout.state)
        for name in names:
            known = state.get(name, {})
            if _up(checkout, known):
                continue
            with step(TITLES[name], sys.stderr):
                last = known.get("port")
                if name == "postgres":
                    state[name] = postgres.start(checkout, last, way)
                else:
                    state[name] = valkey.start(checkout, last)
            _publish(checkout, state)
            preferred = ports.POSTGRES_PORT if name == "postgres" else ports.VALKEY_PORT
            if state[name]["port"] not in (preferred, last):
                say(f"  Port {preferred} is taken, {TITLES[name]} of this copy uses {state[name]['port']}.")
        _publish(checkout, state)


def stop(checkout: Checkout) -> list[str]:
    """End exactly the servers of this checkout; returns the titles of those that were running."""
    from okrapp.local import postgres, valkey

    if not checkout.state.exists():
        return []
    ended = []
    with _alone(checkout):
        state = read_json(checkout.state)
        for name, server in (("postgres", postgres), ("valkey", valkey)):
            known = state.get(name, {})
            if _alive(checkout, known) and server.stop(known):
                ended.append(TITLES[name])
    return ended


def status(checkout: Checkout) -> dict[str, str]:
    """One line per server."""
    state = read_json(checkout.state)
    lines = {}
    for name, title in TITLES.items():
        known = state.get(name, {})
        lines[title] = f"port {known['port']}, process {known['pid']}" if _up(checkout, known) else "not running"
    return lines
