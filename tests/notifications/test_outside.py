"""Addresses that members enter lead nowhere into the operator's network, when they are saved and when they are used."""

import re
import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from django.utils import timezone

from okrapp.notifications import outside
from okrapp.notifications.outside import Posting, check_address, post
from okrapp.notifications.problems import in_words
from okrapp.notifications.registry import NotSent
from organizations.errors import Refused
from tests.notifications.receiver import Listening, Names, Receiver

INSIDE = ("127.0.0.1", "10.0.0.7", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0")
INSIDE_6 = ("::1", "fd00::1", "fe80::1", "::ffff:10.0.0.7", "::ffff:0:10.0.0.7", "64:ff9b::a9fe:a9fe")


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Names:
    found = Names(hooks_example=["93.184.216.34"])
    monkeypatch.setattr(outside, "look_up", found)
    return found


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    """A receiver in a network that the operator has opened."""
    settings.OKRAPP_WEBHOOK_NETWORKS = ["127.0.0.0/8"]
    with Listening() as found:
        yield found


def why_not(address: str) -> str:
    with pytest.raises(Refused) as refused:
        check_address(address)
    (text,) = refused.value.message_dict["address"]
    return text


def test_an_address_on_the_internet_is_taken(names: Names) -> None:
    assert check_address("https://hooks.example/services/T1") == "hooks.example"
    assert names.asked == ["hooks.example"]


@pytest.mark.parametrize("inside", [*INSIDE, *INSIDE_6])
def test_a_name_that_leads_inside_is_refused(names: Names, inside: str) -> None:
    names.known["inside.example"] = [inside]
    assert "leads into an internal network" in why_not("https://inside.example/")
    # One good address does not make up for a bad one.
    names.known["inside.example"] = ["93.184.216.34", inside]
    assert "leads into an internal network" in why_not("https://inside.example/")


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("https://127.0.0.1/", "leads into an internal network"),
        ("https://[::1]/", "leads into an internal network"),
        ("https://169.254.169.254/latest/meta-data/", "leads into an internal network"),
        ("https://192.0.2.7/", "leads into an internal network"),
        ("https://user:secret@hooks.example/", "Leave user name and password out"),
        ("https://hooks.example@127.0.0.1/", "Leave user name and password out"),
        ("https://hooks.example:25/", "Leave the port out"),
        ("https://hooks.example:80/", "Leave the port out"),
        ("https://hooks.example:x/", "no address that anything can be sent to"),
        ("https://hooks example/", "no address that anything can be sent to"),
        ("https:///in", "no address that anything can be sent to"),
    ],
)
def test_an_address_that_is_wrong_by_itself_is_refused_in_words_of_ours(names: Names, address: str, why: str) -> None:
    assert why in why_not(address)
    assert not re.search(r"allow|policy|\(80|RFC|TEST-NET", why_not(address))


@pytest.mark.parametrize("address", ["http://hooks.example/", "ftp://hooks.example/", "hooks.example", "file:///etc/x"])
def test_only_https_is_used(names: Names, address: str) -> None:
    assert "https://" in why_not(address)
    assert names.asked == []


def test_an_unknown_name_is_said_so(names: Names) -> None:
    assert "cannot be found" in why_not("https://nowhere.example/")


def test_a_name_that_moves_after_it_was_saved_is_not_followed(names: Names) -> None:
    check_address("https://hooks.example/")
    with Listening() as receiver:
        names.known["hooks.example"] = ["127.0.0.1"]
        with pytest.raises(NotSent, match="not_allowed"):
            post(Posting(f"https://hooks.example:{receiver.port}/", b"{}"))
        with pytest.raises(NotSent, match="not_allowed"):
            post(Posting("https://hooks.example/", b"{}"))
        assert receiver.taken == []


def test_what_was_checked_is_what_is_connected_to(names: Names, receiver: Receiver) -> None:
    names.known["own.example"] = ["127.0.0.1"]
    # Whoever asks once more gets another answer; nobody may ask once more.
    names.moves["own.example"] = ["169.254.169.254"]
    assert post(Posting(f"http://own.example:{receiver.port}/in", b"{}")) == 204
    assert names.asked == ["own.example"]
    assert [one.path for one in receiver.taken] == ["/in"]


def test_an_opened_network_opens_no_other(names: Names, receiver: Receiver) -> None:
    names.known |= {"own.example": ["127.0.0.1"], "lan.example": ["10.0.0.7"]}
    assert check_address(f"http://own.example:{receiver.port}/") == "own.example"
    assert "internal network" in why_not("https://lan.example/")
    # Outside of it everything is as it is for everybody.
    assert "https://" in why_not("http://hooks.example/")
    assert "Leave the port out" in why_not("https://hooks.example:8443/")


def test_a_proxy_of_the_environment_is_not_used(
    names: Names, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    assert post(Posting(f"http://127.0.0.1:{receiver.port}/", b"{}")) == 204


def test_a_redirect_is_not_followed(names: Names, receiver: Receiver) -> None:
    receiver.answer(302, Location=f"http://127.0.0.1:{receiver.port}/elsewhere")
    with pytest.raises(NotSent) as not_sent:
        post(Posting(f"http://127.0.0.1:{receiver.port}/", b"{}"))
    assert not_sent.value.answer == 302
    assert len(receiver.taken) == 1


def test_what_was_answered_is_kept_in_short(names: Names, receiver: Receiver) -> None:
    receiver.answer(500, b"x" * 100_000)
    with pytest.raises(NotSent) as not_sent:
        post(Posting(f"http://127.0.0.1:{receiver.port}/", b"{}"))
    assert in_words(str(not_sent.value)) == f"The answer was 500. {'x' * 300}"
    assert not not_sent.value.for_good


def test_gone_and_asked_to_wait(names: Names, receiver: Receiver) -> None:
    receiver.answer(410)
    with pytest.raises(NotSent) as gone:
        post(Posting(f"http://127.0.0.1:{receiver.port}/", b"{}"))
    assert gone.value.is_gone
    assert gone.value.for_good
    receiver.answer(429, Retry_After="90")
    with pytest.raises(NotSent) as busy:
        post(Posting(f"http://127.0.0.1:{receiver.port}/", b"{}"))
    assert busy.value.wait == timedelta(seconds=90)
    receiver.answer(503, Retry_After=format_datetime(timezone.now() + timedelta(hours=1), usegmt=False))
    with pytest.raises(NotSent) as later:
        post(Posting(f"http://127.0.0.1:{receiver.port}/", b"{}"))
    assert later.value.wait is not None
    assert timedelta(minutes=59) < later.value.wait <= timedelta(hours=1)


def cut_off(connection: socket.socket) -> bool:
    """Return whether the other side has closed, within the time limit of a connection."""
    try:
        return connection.recv(1) == b""
    except TimeoutError:
        return False


def test_whoever_lets_an_answer_drip_is_cut_off(
    names: Names, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outside, "ALL", 0.5)
    monkeypatch.setattr(outside, "STEP", 0.4)

    def drip(handler: Any) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        handler.connection.settimeout(0.05)
        with suppress(OSError):
            while not cut_off(handler.connection):
                handler.wfile.write(b"X: y\r\n")

    receiver.misbehave = drip
    began = time.monotonic()
    with pytest.raises(NotSent):
        post(Posting(f"http://127.0.0.1:{receiver.port}/", b"{}"))
    # A step may be under way when the time is over.
    assert time.monotonic() - began < 5


def test_nobody_listens(names: Names, receiver: Receiver) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(NotSent, match="no_answer"):
        post(Posting(f"http://127.0.0.1:{port}/", b"{}"))
