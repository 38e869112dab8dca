"""A program that takes messages on this machine, and names that lead to it: no foreign address is ever called."""

import contextlib
import json
import socket
import threading
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from typing import Any


@dataclass(frozen=True, slots=True)
class Taken:
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def said(self) -> Any:
        return json.loads(self.body)


@dataclass
class Receiver:
    """Keeps what it is sent; `answers` are given one after the other, then 204."""

    taken: list[Taken] = field(default_factory=list)
    answers: list[tuple[int, dict[str, str], bytes]] = field(default_factory=list)
    # Instead of an answer: writes to the connection as it likes.
    misbehave: Callable[[Any], None] | None = None
    port: int = 0

    @property
    def ids(self) -> Counter[str]:
        """How often each message arrived."""
        return Counter(one.headers["webhook-id"] for one in self.taken)

    def answer(self, status: int, text: bytes = b"", **headers: str) -> None:
        """Say what the next message is answered with."""
        self.answers.append((status, {name.replace("_", "-"): value for name, value in headers.items()}, text))


class Listening:
    """`with Listening() as receiver`: listens on a free port of 127.0.0.1."""

    def __enter__(self) -> Receiver:
        receiver = Receiver()

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
                headers = {name.lower(): value for name, value in self.headers.items()}
                receiver.taken.append(Taken(self.path, headers, body))
                if receiver.misbehave is not None:
                    receiver.misbehave(self)
                    return
                status, more, text = receiver.answers.pop(0) if receiver.answers else (204, {}, b"")
                self.send_response(status)
                for name, value in more.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            def log_message(self, *args: Any) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        receiver.port = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self.thread.start()
        return receiver

    def __exit__(self, *args: object) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


class Names:
    """Where names lead, in the place of a resolver; `asked` is what was looked up, `moves` is answered after that."""

    def __init__(self, **known: Iterable[str]) -> None:
        self.known = {name.replace("_", "."): list(addresses) for name, addresses in known.items()}
        self.moves: dict[str, list[str]] = {}
        self.asked: list[str] = []

    def __call__(self, host: str, port: int = 0, *args: Any, **kwargs: Any) -> list[Any]:
        with contextlib.suppress(ValueError):
            ip_address(host)
            return [_row(host, port)]
        self.asked.append(host)
        if host not in self.known:
            raise socket.gaierror(socket.EAI_NONAME, f"{host}: unknown here")
        found = [_row(one, port) for one in self.known[host]]
        if host in self.moves:
            self.known[host] = self.moves.pop(host)
        return found


def _row(address: str, port: int) -> Any:
    return (socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))
