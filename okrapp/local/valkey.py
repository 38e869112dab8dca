"""A Valkey of this checkout's own: password, loopback only, append-only file kept between runs."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import time
from pathlib import Path
from typing import Any

from okrapp.local import ports, wheels
from okrapp.local.checkout import Checkout, read_json, write_json
from okrapp.local.processes import Account, ServerError, end, moment_of_birth, spawn, working_in

PATIENCE = 60.0  # seconds; loading a large append-only file takes its time
DATABASES = 64  # each parallel test process takes one of its own


def _configuration(folder: Path, port: int, password: str) -> str:
    quoted = str(folder).replace("\\", "\\\\").replace('"', '\\"')
    return "\n".join(
        [
            f"bind {ports.LOOPBACK}",
            f"port {port}",
            f"requirepass {password}",
            f'dir "{quoted}"',
            "daemonize no",
            f"databases {DATABASES}",
            "appendonly yes",
            'save ""',
            "maxmemory-policy noeviction",  # a broker must not forget
            "",
        ]
    )


def _ping(port: int, password: str) -> bool:
    """Whether our Valkey answers there (no client library: this is asked before every command)."""
    try:
        with socket.create_connection((ports.LOOPBACK, port), timeout=2) as connection:
            connection.sendall(f"AUTH {password}\r\nPING\r\n".encode())
            answer = b""
            while answer.count(b"\r\n") < 2:
                more = connection.recv(256)
                if not more:
                    return False
                answer += more
            return answer == b"+OK\r\n+PONG\r\n"
    except OSError:
        return False


def start(checkout: Checkout, last_port: int | None) -> dict[str, Any]:
    """Start Valkey; returns what belongs into the state file.

    The caller holds the lock and knows that it is not running. Raises ServerError, WheelError.
    """
    folder = checkout.var / "valkey"
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    file = folder / "password.json"
    password = read_json(file).get("password")
    if not password:
        password = secrets.token_urlsafe(24)
        write_json(file, {"password": password})
    _clear_remains(folder)
    for port in ports.candidates(ports.VALKEY_PORT, last_port):
        started = _start_on(folder, checkout, port, password)
        if started:
            address = f"redis://:{password}@{ports.LOOPBACK}:{port}/0"
            return {**started, "port": port, "folder": str(folder), "addresses": {"redis_url": address}}
    raise ServerError(f"No free port from {ports.VALKEY_PORT} on.")


def _clear_remains(folder: Path) -> None:
    """End a Valkey on this folder that the state file does not know of: two would spoil the file."""
    for pid in working_in(folder.resolve()):
        born = moment_of_birth(pid)
        if born and "valkey" in Path(f"/proc/{pid}/comm").read_text():
            end(pid, born, signal.SIGTERM, 20)


def _start_on(folder: Path, checkout: Checkout, port: int, password: str) -> dict[str, Any] | None:
    """Start on that port and wait until it answers; None if somebody else took the port meanwhile."""
    configuration = folder / "valkey.conf"
    descriptor = os.open(configuration, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(_configuration(folder, port, password))
    log = checkout.logs / "valkey.log"
    server = spawn([str(wheels.valkey_server()), str(configuration)], log, Account(), cwd=folder)
    written_before = log.stat().st_size
    deadline = time.monotonic() + PATIENCE
    while server.poll() is None:
        if _ping(port, password):
            return {"pid": server.pid, "born": moment_of_birth(server.pid)}
        if time.monotonic() > deadline:
            server.terminate()
            raise ServerError(f"Valkey does not answer on port {port} (log: {log}).")
        time.sleep(0.02)
    with log.open("rb") as output:
        output.seek(written_before)
        said = output.read().decode(errors="replace").strip()
    if "Address already in use" in said:
        return None
    raise ServerError(f"Valkey ended at once (log: {log}):\n{said[-2000:]}")


def stop(state: dict[str, Any]) -> bool:
    """End the Valkey of that state, everything written; True if it was running."""
    return end(int(state.get("pid", 0)), str(state.get("born")), signal.SIGTERM, 30)
