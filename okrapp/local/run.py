"""`python -m okrapp.local.run`: migrate, then web, worker and beat under one supervisor."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

from okrapp.local import ports
from okrapp.local.checkout import Checkout, here
from okrapp.local.setup import StepError, run, step
from okrapp.local.supervisor import Supervisor, register

DEFAULT_PORT = 8000
LOOPBACK_NAMES = {"127.0.0.1", "localhost", "::1"}
PATIENCE = 60.0  # seconds for the first answer

_printing = threading.Lock()


def say(line: str) -> None:
    """Print one whole line, also when several threads print."""
    with _printing:
        print(line, flush=True)


def settle_port(wanted: str, host: str) -> int:
    """The port asked for, or the next free one (said so). Raises StepError."""
    try:
        first = int(wanted or DEFAULT_PORT)
    except ValueError:
        raise StepError(f"PORT is {wanted!r}, which is no number.") from None
    if not 0 < first < 65536:
        raise StepError(f"PORT is {first}, which is no port.")
    port = next(ports.candidates(first, host=host), None)
    if port is None:
        raise StepError(f"No free port from {first} on at {host}.")
    if port != first:
        say(f"Port {first} is taken, this copy uses {port}.")
    return port


def programmes(host: str, port: int, environment: dict[str, str]) -> dict[str, list[str]]:
    """The three commands by name."""
    python = sys.executable
    celery = [python, "-m", "celery", "-A", "okrapp", "--quiet"]
    # The port is in both names below, because a second copy of everything may run beside this one.
    schedule = Path("var") / f"beat-schedule-{port}"
    node = ["--hostname", f"worker-{port}@%h", "--without-gossip", "--without-mingle"]
    children = environment.get("WORKER_CONCURRENCY", "2")
    gunicorn = [python, "-m", "gunicorn", "okrapp.wsgi:application", "--config", "python:okrapp.gunicorn"]
    gunicorn += ["--bind", f"{host}:{port}"]
    gunicorn += ["--workers", environment.get("WEB_CONCURRENCY", "2"), "--threads", "4"]
    gunicorn += ["--worker-class", "gthread", "--timeout", "60", "--graceful-timeout", "10"]
    gunicorn += ["--no-control-socket"]
    if Path("/dev/shm").is_dir():
        gunicorn += ["--worker-tmp-dir", "/dev/shm"]  # the heartbeat must not wait for a disk
    return {
        "web": gunicorn,
        "worker": [*celery, "worker", *node, "--concurrency", children],
        "beat": [*celery, "beat", "--pidfile", "", "--schedule", str(schedule)],
    }


def answers(address: str) -> bool:
    """Whether the web process gives any answer."""
    try:
        with urllib.request.urlopen(f"{address}healthz", timeout=5):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def manage(*arguments: str, environment: dict[str, str]) -> str:
    """Run a management command; its output. Raises StepError with that output."""
    return run([sys.executable, "manage.py", *arguments], env=environment)


def prepare(environment: dict[str, str], demo: bool) -> None:
    """Migrate, and fill an empty database with the demo organization."""
    with step("Database"):
        manage("migrate", "--noinput", "-v", "0", environment=environment)
    if demo:
        with step("Demo organization"):
            manage("demo", "--if-empty", environment=environment)


def serve(checkout: Checkout, host: str, environment: dict[str, str], demo: bool) -> int:
    """Run the three programmes until Ctrl-C, SIGTERM or the end of one; the exit code."""
    port = settle_port(environment.get("PORT", ""), host)
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{'127.0.0.1' if host == '0.0.0.0' else shown}:{port}/"
    # The port may be another than the one asked for, and links in mails must lead here.
    environment.setdefault("OKRAPP_URL", address)
    supervisor = Supervisor(checkout.root, environment, say)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, supervisor.ask_to_end)
    note = register(checkout, address)
    try:
        # The logs are held back until the line of this step is finished.
        with _printing, step("Web, worker and beat"):
            for name, command in programmes(shown, port, environment).items():
                supervisor.start(name, command)
            going = supervisor.wait(PATIENCE, until=lambda: answers(address))
        if going:
            say(f"\n  okrapp: {address}")
            if demo:
                say(f"  One click signs you in as somebody in each role: {address}demo/")
            say("  Ctrl-C ends it; PostgreSQL and Valkey go on until bin/stop.\n")
            supervisor.wait()
        return supervisor.end_all()
    finally:
        note.unlink(missing_ok=True)


def main() -> int:
    """Prepare and serve; the exit code."""
    checkout = here()
    host = os.environ.get("HOST", "") or ports.LOOPBACK
    demo = host in LOOPBACK_NAMES and os.environ.get("OKRAPP_DEMO", "1") == "1"
    environment = {**os.environ, "OKRAPP_DEMO": "1" if demo else "0", "PYTHONUNBUFFERED": "1"}
    if os.geteuid() == 0:  # somebody who runs everything as root knows it
        environment["PYTHONWARNINGS"] = "ignore:You're running the worker with superuser privileges"
    started = time.monotonic()
    try:
        prepare(environment, demo)
        return serve(checkout, host, environment, demo)
    except StepError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(f"\nStopped after {time.monotonic() - started:.0f} s.", file=sys.stderr)
        return 130
    except subprocess.SubprocessError as error:
        print(f"A process could not be started: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
