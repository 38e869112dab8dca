"""gunicorn with several processes: requests are counted in all of them, told by each, and written down as one."""

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings

from okrapp.env import BASE_DIR
from tests.tenancy.servers import environment
from tests.web.test_metrics import TOKEN, numbers, one

pytestmark = pytest.mark.django_db(transaction=True)

MOST = 2000


@dataclass
class Served:
    """A running server, on a socket that was open before it: the first request waits until it answers."""

    process: subprocess.Popen[str]
    address: str

    def get(self, path: str, **headers: str) -> str:
        """Return the body of an answer, whatever its status."""
        try:
            with urllib.request.urlopen(
                urllib.request.Request(self.address + path, headers=headers), timeout=60
            ) as got:
                return got.read().decode()
        except urllib.error.HTTPError as error:
            return error.read().decode()

    @property
    def counts(self) -> set[Path]:
        """The files in which its processes count."""
        return set((BASE_DIR / "var").glob(f"counts-{self.process.pid}-*/counter_*.db"))

    def end(self) -> list[dict[str, object]]:
        """Let it end in good order; return every line it wrote."""
        self.process.terminate()
        said, _nothing = self.process.communicate(timeout=60)
        return [json.loads(line) for line in said.splitlines()]


@pytest.fixture
def served() -> Iterator[Served]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        command = [sys.executable, "-m", "gunicorn", "okrapp.wsgi:application", "--config", "python:okrapp.gunicorn"]
        command += ["--bind", f"fd://{listening.fileno()}", "--workers", "2", "--threads", "2", "--no-control-socket"]
        process = subprocess.Popen(
            command,
            cwd=BASE_DIR,
            env=environment(settings.DATABASES["default"])
            | {"OKRAPP_METRICS_TOKEN": TOKEN, "OKRAPP_LOG_LEVEL": "INFO", "OKRAPP_LOG_JSON": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            pass_fds=[listening.fileno()],
        )
        try:
            yield Served(process, f"http://127.0.0.1:{port}")
        finally:
            process.kill()
            process.wait()


def test_counts_are_right_whichever_process_is_asked(served: Served) -> None:
    asked = 0
    # New processes take the place of the first ones, so that there is more than one to add up for certain.
    while asked < MOST and (asked < 10 or len(served.counts) < 2):
        served.get("/healthz")
        asked += 1
        if asked == 5:
            os.kill(served.process.pid, signal.SIGHUP)
    assert len(served.counts) > 1
    for told_before in range(4):
        found = numbers(served.get("/metrics", Authorization=f"Bearer {TOKEN}"))
        labels = {"method": "GET", "route": "healthz"}
        assert one(found, "okrapp_http_requests_total", **labels, status="200") == asked
        assert one(found, "okrapp_http_request_seconds_count", **labels) == asked
        scrapes = found.get(
            ("okrapp_http_requests_total", (("method", "GET"), ("route", "metrics"), ("status", "200"))), 0
        )
        assert scrapes == told_before
        assert one(found, "okrapp_source_up", source="outbox") == 1
    secret = "o/nobody/inbox/unsubscribe/a-secret/?of=olga@outside.example.com"
    served.get(f"/{secret}")
    lines = served.end()
    assert not list((BASE_DIR / "var").glob(f"counts-{served.process.pid}-*"))
    requests = [line for line in lines if line["event"] == "request"]
    assert len(requests) == asked + 5
    assert len({line["request_id"] for line in requests}) == len(requests)
    (refused,) = (line for line in lines if line["event"] == "Not Found: notifications:unsubscribe")
    assert refused["request_id"] == requests[-1]["request_id"]
    assert "a-secret" not in json.dumps(lines)
    assert "olga" not in json.dumps(lines)
