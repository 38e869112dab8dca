"""Free ports on the loopback address."""

from __future__ import annotations

import socket
from collections.abc import Iterator

LOOPBACK = "127.0.0.1"
# Below the range the kernel takes for outgoing connections, and not the ports of an installed server.
POSTGRES_PORT = 15432
VALKEY_PORT = 16379
TRIES = 200


def free(port: int, host: str = LOOPBACK) -> bool:
    """Whether a server could listen there now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # As the servers do it: a connection that is only fading away does not count as taken.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def answers(port: int, host: str = LOOPBACK) -> bool:
    """Whether somebody listens there."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.settimeout(1)
        return probe.connect_ex((host, port)) == 0


def candidates(preferred: int, last: int | None = None, host: str = LOOPBACK) -> Iterator[int]:
    """Free ports to try in turn: the one used last, the preferred one, then the next ones."""
    wanted = [last] if last and last != preferred else []
    for port in [*wanted, *range(preferred, preferred + TRIES)]:
        if port < 65536 and free(port, host):
            yield port
