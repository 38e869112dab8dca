"""Knowing a process again, ports, and the files the servers are found by."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from okrapp.local import ports, services
from okrapp.local.checkout import Checkout, read_json, write_json
from okrapp.local.processes import Account, ServerError, alive, end, moment_of_birth, spawn, working_in

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]


def test_a_number_alone_does_not_make_a_process_ours() -> None:
    born = moment_of_birth(os.getpid())
    assert born
    assert alive(os.getpid(), born)
    assert not alive(os.getpid(), "another boot:1")
    assert not alive(0, born)


def test_a_process_that_ended_but_was_not_collected_is_gone() -> None:
    child = subprocess.Popen(SLEEP)
    assert moment_of_birth(child.pid)
    child.kill()
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    assert moment_of_birth(child.pid) is None
    child.wait()


def test_a_spawned_server_has_its_own_session_and_ends_when_asked(tmp_path: Path) -> None:
    folder = tmp_path / "with space"
    folder.mkdir()
    server = spawn(SLEEP, tmp_path / "log" / "server.log", Account(), cwd=folder)
    born = moment_of_birth(server.pid)
    assert born
    assert os.getsid(server.pid) == server.pid
    assert working_in(folder) == [server.pid]
    assert end(server.pid, born, signal.SIGTERM, 10)
    assert not end(server.pid, born, signal.SIGTERM, 10)
    server.wait()


def test_a_process_that_ignores_the_request_is_killed(tmp_path: Path) -> None:
    deaf = "import signal as s, time; s.signal(s.SIGTERM, s.SIG_IGN); print('deaf', flush=True); time.sleep(60)"
    child = subprocess.Popen([sys.executable, "-c", deaf], stdout=subprocess.PIPE)
    assert child.stdout is not None
    assert child.stdout.readline() == b"deaf\n"
    born = moment_of_birth(child.pid)
    assert born
    assert end(child.pid, born, signal.SIGTERM, 0.1)
    assert child.wait() == -signal.SIGKILL
    child.stdout.close()


def test_a_programme_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(ServerError, match="no-such-server cannot be started"):
        spawn([str(tmp_path / "no-such-server")], tmp_path / "log", Account(), cwd=tmp_path)


def test_a_taken_port_is_passed_over_and_the_last_one_comes_first() -> None:
    with socket.socket() as taken:
        taken.bind((ports.LOOPBACK, 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert not ports.free(port)
        assert ports.answers(port)
        assert port not in list(ports.candidates(port))[:3]
    assert not ports.answers(port)
    assert next(ports.candidates(ports.POSTGRES_PORT, port)) == port


def test_private_files_are_private_and_broken_ones_count_as_missing(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "services.json"
    assert read_json(file) == {}
    write_json(file, {"a": 1})
    assert read_json(file) == {"a": 1}
    assert file.stat().st_mode & 0o777 == 0o600
    assert [entry.name for entry in file.parent.iterdir()] == ["services.json"]
    for broken in ("{", "[]", ""):
        file.write_text(broken)
        assert read_json(file) == {}


def test_servers_of_the_operator_are_not_ours_to_start() -> None:
    assert services.wanted({}) == ["postgres", "valkey"]
    assert services.wanted({"DATABASE_URL": "postgresql://db/okrapp"}) == ["valkey"]
    assert services.wanted({"DATABASE_URL": "postgresql://db/okrapp", "REDIS_URL": "redis://broker"}) == []


def test_the_state_of_a_copied_checkout_is_not_believed(tmp_path: Path) -> None:
    original, copy = Checkout(tmp_path / "original"), Checkout(tmp_path / "original copy")
    with socket.socket() as server:
        server.bind((ports.LOOPBACK, 0))
        server.listen()
        known = {"pid": os.getpid(), "born": moment_of_birth(os.getpid()), "port": server.getsockname()[1]}
        known |= {"folder": str(original.var / "valkey"), "addresses": {"redis_url": "redis://x"}}
        for checkout in (original, copy):
            write_json(checkout.state, {"valkey": known})
            write_json(checkout.services, {"redis_url": "redis://x"})
        assert services.running(original, ["valkey"])
        assert not services.running(copy, ["valkey"])
        write_json(original.services, {"redis_url": "redis://other"})
        assert not services.running(original, ["valkey"])
