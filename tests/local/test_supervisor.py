"""Several programmes as one."""

import os
import select
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from okrapp.local import ports, run
from okrapp.local.checkout import Checkout
from okrapp.local.setup import StepError
from okrapp.local.supervisor import Supervisor, register, stop_all

SLEEP = [sys.executable, "-c", "import time; print('up', flush=True); time.sleep(60)"]


def supervisor(said: list[str]) -> Supervisor:
    return Supervisor(Path("/"), {}, said.append)


def test_when_one_ends_all_end_and_it_is_named() -> None:
    said: list[str] = []
    together = supervisor(said)
    together.start("web", SLEEP)
    together.start("beat", [sys.executable, "-c", "import sys; print('no broker'); sys.exit(4)"])
    assert together.wait(30) is False
    assert together.end_all() == 1
    assert "beat   | no broker" in said
    assert "beat ended with 4: everything stops." in said
    assert together.processes["web"].returncode == -signal.SIGTERM


def test_asked_to_end_it_ends_all_and_that_is_no_failure() -> None:
    said: list[str] = []
    together = supervisor(said)
    together.start("web", SLEEP)
    together.start("worker", SLEEP)
    assert together.wait(30, until=lambda: len(said) == 2) is True
    together.ask_to_end(signal.SIGINT)
    assert together.wait() is False
    assert together.end_all() == 0
    assert sorted(said) == ["web    | up", "worker | up"]
    assert all(process.returncode is not None for process in together.processes.values())


def test_children_of_a_programme_end_too(tmp_path: Path) -> None:
    said: list[str] = []
    together = supervisor(said)
    family = "import subprocess as s, time; print(s.Popen(['sleep', '60']).pid, flush=True); time.sleep(60)"
    together.start("worker", [sys.executable, "-c", family])
    assert together.wait(30, until=lambda: bool(said)) is True
    ended = os.pidfd_open(int(said[0].split("|")[1]))
    together.ask_to_end()
    together.end_all()
    # Readable once the process is over, whether or not somebody has collected it yet.
    assert select.select([ended], [], [], 30)[0] == [ended]
    os.close(ended)


def test_bin_stop_finds_a_supervisor_and_forgets_dead_ones(tmp_path: Path) -> None:
    checkout = Checkout(tmp_path)
    code = (
        "import sys, time; from pathlib import Path; from okrapp.local.checkout import Checkout;"
        "from okrapp.local.supervisor import register;"
        "register(Checkout(Path(sys.argv[1])), 'http://here/'); print('up', flush=True); time.sleep(60)"
    )
    root = Path(run.__file__).parents[2]
    child = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, cwd=root)
    assert child.stdout is not None
    assert child.stdout.readline() == b"up\n"
    assert stop_all(checkout) == ["http://here/"]
    assert child.wait() == -signal.SIGTERM
    child.stdout.close()
    register(checkout, "http://gone/").write_text('{"pid": 1, "born": "never"}')
    assert stop_all(checkout) == []
    assert list((checkout.local / "running").iterdir()) == []


def test_the_port_asked_for_or_the_next_free_one(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind((ports.LOOPBACK, 0))
        taken.listen()
        port = taken.getsockname()[1]
        other = run.settle_port(str(port), ports.LOOPBACK)
        assert other > port
    assert capsys.readouterr().out == f"Port {port} is taken, this copy uses {other}.\n"
    for wrong in ("eight", "0", "70000"):
        with pytest.raises(StepError, match="PORT is"):
            run.settle_port(wrong, ports.LOOPBACK)


def test_the_programmes_listen_where_they_are_told() -> None:
    commands = run.programmes("127.0.0.1", 8123, {"WEB_CONCURRENCY": "3"})
    assert set(commands) == {"web", "worker", "beat"}
    assert "127.0.0.1:8123" in commands["web"]
    assert commands["web"][commands["web"].index("--workers") + 1] == "3"
