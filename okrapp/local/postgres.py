"""A PostgreSQL of this checkout's own: password authentication, loopback only, data kept between runs."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import psycopg2

from okrapp.local import ports, roles, wheels
from okrapp.local.checkout import Checkout, read_json, write_json
from okrapp.local.identity import Place, place_for
from okrapp.local.processes import ServerError, end, moment_of_birth, spawn, working_in

SUPERUSER = "postgres"
PATIENCE = 120.0  # seconds; crash recovery of a busy database takes its time
SETTINGS = {
    "listen_addresses": ports.LOOPBACK,
    "unix_socket_directories": "",  # their path would be too long in a deep checkout
    "max_connections": "200",  # web, worker, and several test runs beside them
    "shared_buffers": "128MB",
    "password_encryption": "scram-sha-256",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] %q%u@%d ",
    "log_connections": "",
}
HBA = "host all all 127.0.0.1/32 scram-sha-256\n"


def _passwords(place: Place) -> dict[str, Any]:
    # Beside the data they open, wherever that is.
    file = place.folder / "passwords.json"
    known = read_json(file)
    if not known:
        if place.data.exists():
            raise ServerError(
                f"{file} is gone, without it the data in {place.data} stays shut. Put it back, or remove the "
                "folder beside it to start with an empty database."
            )
        known = {name: secrets.token_urlsafe(24) for name in ("superuser", "owner", "app")}
        write_json(file, known)
    return known


def _make_data(place: Place, password: str) -> None:
    """Run initdb into a folder that only gets its name when complete."""
    new = place.folder / "data.new"
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(mode=0o700)
    secret = place.folder / "superuser.password"
    descriptor = os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(password)
    place.give_to(place.maker, new, secret)
    command = [str(place.files.programmes / "initdb"), "-D", str(new), "-U", SUPERUSER, f"--pwfile={secret}"]
    command += ["--auth=scram-sha-256", "--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8"]
    command += ["--no-instructions", "--no-sync"]  # nothing in it yet that could be lost
    account = place.maker
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            cwd="/",
            user=account.uid,
            group=account.gid,
            extra_groups=[] if account.uid is not None else None,
            preexec_fn=account.prepare,
        )
    finally:
        secret.unlink(missing_ok=True)
    if done.returncode:
        raise ServerError(f"initdb failed: {done.stderr.strip() or done.stdout.strip()}")
    (new / "pg_hba.conf").write_text(HBA)
    place.give_to(place.server, new)
    new.replace(place.data)


def _clear_remains(place: Place) -> None:
    """End what a killed server left running, and remove its pid file: the number may be somebody else's."""
    programme = (place.files.programmes / "postgres").resolve()
    deadline = time.monotonic() + 10
    while left := [pid for pid in working_in(place.data.resolve()) if _runs(pid, programme)]:
        for pid in left:
            try:
                os.kill(pid, signal.SIGQUIT if time.monotonic() < deadline - 5 else signal.SIGKILL)
            except ProcessLookupError:
                pass  # ended by itself: it noticed that its server is gone
        if time.monotonic() > deadline:
            raise ServerError(f"Processes {left} still use {place.data}.")
        time.sleep(0.05)
    if Path("/proc/self").exists():
        (place.data / "postmaster.pid").unlink(missing_ok=True)


def _runs(pid: int, programme: Path) -> bool:
    try:
        return str(Path(f"/proc/{pid}/exe").readlink()).removesuffix(" (deleted)") == str(programme)
    except OSError:
        return False


def start(checkout: Checkout, last_port: int | None, way: str = "") -> dict[str, Any]:
    """Start PostgreSQL and make roles and database; returns what belongs into the state file.

    The caller holds the lock and knows that it is not running. `way` as in `place_for`.
    Raises ServerError, WheelError.
    """
    place = place_for(checkout, wheels.postgres_files(), way)
    passwords = _passwords(place)
    if not place.data.exists():
        _make_data(place, passwords["superuser"])
    _clear_remains(place)
    for port in ports.candidates(ports.POSTGRES_PORT, last_port):
        started = _start_on(place, checkout, port, passwords["superuser"])
        if started:
            break
    else:
        raise ServerError(f"No free port from {ports.POSTGRES_PORT} on.")
    roles.apply({**_login(port), "password": passwords["superuser"]}, passwords["owner"], passwords["app"])
    address = f"@{ports.LOOPBACK}:{port}/{roles.DATABASE}"
    return {
        **started,
        "port": port,
        "folder": str(place.folder),
        "addresses": {
            "database_url": f"postgresql://{roles.APPLICATION}:{passwords['app']}{address}",
            "owner_url": f"postgresql://{roles.OWNER}:{passwords['owner']}{address}",
        },
    }


def _login(port: int) -> dict[str, Any]:
    return {"host": ports.LOOPBACK, "port": port, "user": SUPERUSER}


def _start_on(place: Place, checkout: Checkout, port: int, password: str) -> dict[str, Any] | None:
    """Start on that port and wait until it answers; None if somebody else took the port meanwhile."""
    options = [f"--{name}={value}" for name, value in {**SETTINGS, "port": str(port)}.items()]
    command = [str(place.files.programmes / "postgres"), "-D", str(place.data), *options]
    log = checkout.logs / "postgres.log"
    server = spawn(command, log, place.server, cwd=place.folder)
    written_before = log.stat().st_size
    deadline = time.monotonic() + PATIENCE
    login = _login(port)
    while server.poll() is None:
        try:
            psycopg2.connect(**login, password=password, dbname="postgres", connect_timeout=5).close()
        except psycopg2.OperationalError as error:
            if time.monotonic() > deadline:
                server.send_signal(signal.SIGINT)
                raise ServerError(f"PostgreSQL does not answer on port {port}: {error}") from error
            time.sleep(0.03)
            continue
        if server.poll() is None:
            return {"pid": server.pid, "born": moment_of_birth(server.pid)}
    with log.open("rb") as file:
        file.seek(written_before)
        said = file.read().decode(errors="replace").strip()
    if "could not bind" in said or "Address already in use" in said:
        return None
    raise ServerError(f"PostgreSQL ended at once (log: {log}):\n{said[-2000:]}")


def stop(state: dict[str, Any]) -> bool:
    """End the PostgreSQL of that state, connections cut, everything written; True if it was running."""
    return end(int(state.get("pid", 0)), str(state.get("born")), signal.SIGINT, 60)
