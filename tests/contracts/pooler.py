"""A real PgBouncer in transaction mode whose pools hold one connection each."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CONFIGURATION = """
[databases]
* = host={host} port={port}

[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {listen}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = {folder}/users.txt
pool_mode = transaction
default_pool_size = 1
reserve_pool_size = 0
max_client_conn = 50
server_reset_query =
query_wait_timeout = 20
logfile = {folder}/log
pidfile = {folder}/pid
"""

# PgBouncer refuses to run as root; these users own nothing it could harm.
USERS = ("postgres", "nobody")
SECONDS_TO_START = 10


@dataclass(frozen=True)
class Pooler:
    """Where the running PgBouncer listens."""

    host: str
    port: int


def find_pgbouncer() -> str | None:
    """Return the path of the programme, or None where it is not installed."""
    return shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin:/usr/local/sbin")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


@contextmanager
def running(programme: str, database: dict[str, Any]) -> Iterator[Pooler]:
    """Run PgBouncer in front of a server, for the user of Django's database settings; ends it afterwards.

    `server_reset_query` is empty on purpose: in transaction mode nothing cleans a connection between transactions.
    """
    folder = Path(tempfile.mkdtemp(prefix="okrapp-pgbouncer-"))
    listen = _free_port()
    user = next((name for name in USERS if _exists(name)), None) if os.geteuid() == 0 else None
    (folder / "users.txt").write_text(f'"{database["USER"]}" "{database["PASSWORD"]}"\n')
    (folder / "pgbouncer.ini").write_text(
        CONFIGURATION.format(host=database["HOST"], port=database["PORT"], listen=listen, folder=folder)
    )
    if user:
        for path in (folder, *folder.iterdir()):
            shutil.chown(path, user)
    for path in folder.iterdir():
        path.chmod(0o600)
    process = subprocess.Popen(
        [programme, "--quiet", str(folder / "pgbouncer.ini")],
        user=user,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        cwd="/",
    )
    try:
        deadline = time.monotonic() + SECONDS_TO_START
        while not _answers(listen):
            if process.poll() is not None or time.monotonic() > deadline:
                log = folder / "log"
                raise RuntimeError(f"PgBouncer did not start: {log.read_text() if log.exists() else process.stderr}")
            time.sleep(0.05)  # polling for the port, with a deadline; not waiting for a test's outcome
        yield Pooler("127.0.0.1", listen)
    finally:
        process.terminate()
        process.wait(10)
        shutil.rmtree(folder, ignore_errors=True)


def _exists(user: str) -> bool:
    try:
        pwd.getpwnam(user)
    except KeyError:
        return False
    return True
