"""Mails: what their subject says, and what in them leads where."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from okrapp.notifications.domain.notify import Told, notify_each
from okrapp.notifications.domain.outbox import send_due
from okrapp.notifications.models import Delivery
from okrapp.notifications.registry import Kind, registry
from organizations.actor import system_actor
from tests.factories.worlds import World, within

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Something that is news, something to be done, and something to be done soon."""

    def until(facts: Any) -> datetime:
        return timezone.now() + timedelta(hours=1)

    for one in (
        Kind("news", "News", "Tests", "bell", lambda facts: "Something is new"),
        Kind("task", "Task", "Tests", "bell", lambda facts: "Something is to be done", action="Do it"),
        Kind("soon", "Soon", "Tests", "bell", lambda facts: "It is high time", action="Hurry", until=until),
    ):
        monkeypatch.setitem(registry.kinds, one.code, one)


def mailed(world: World, *kinds: str) -> tuple[str, str, str]:
    """Return subject, text and HTML of the mail that tells a member of kinds, in this order."""
    with within(world.organization):
        Delivery.objects.all().delete()
        for kind in kinds:
            told = [Told(world.member.pk, "x", f"{kind}/")]
            notify_each(actor=system_actor(), kind=kind, told=told, undo_for=timedelta(0))
    send_due(world.organization.pk)
    (message,) = mail.outbox
    html = message.alternatives[0][0]
    return message.subject, str(message.body), str(html)


def links(html: str) -> list[tuple[str, str]]:
    """Return where visible links of things lead, and what they say."""
    found = re.findall(r'<a href="[^"]*/o/acme/([^"]*)" style="([^"]*)">([^<]*)</a>', html)
    return [
        (path, words)
        for path, style, words in found
        if path in {"news/", "task/", "soon/"} and ("underline" in style or "background" in style)
    ]


def test_of_one_thing_the_subject_says_it_and_a_button_leads_there(world: World) -> None:
    subject, text, html = mailed(world, "news")
    assert subject == "Something is new"
    assert "/o/acme/news/" in text
    assert links(html) == [("news/", "Open")]


def test_of_several_the_subject_says_the_first_and_each_has_a_link_one_sees(world: World) -> None:
    subject, _text, html = mailed(world, "task", "news")
    assert subject == "Something is to be done, and 1 more message"
    assert links(html) == [("task/", "Do it"), ("news/", "Something is new")]


def test_lines_that_lead_somewhere_are_links(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    kind = Kind("news", "", "", "bell", lambda facts: "New", lambda facts: ["A", "B"], lambda facts: ["task/"])
    monkeypatch.setitem(registry.kinds, "news", kind)
    _subject, text, html = mailed(world, "news")
    assert re.search(r'<a href="[^"]*/o/acme/task/"[^>]*>A</a>', html)
    assert "<a" not in html.split(">A</a>")[1].split("B</p>")[0]
    assert re.search(r"^A\nhttp\S*/o/acme/task/\nB\nhttp\S*/o/acme/news/$", text, re.MULTILINE)


def test_what_presses_comes_first(world: World) -> None:
    subject, text, html = mailed(world, "news", "task", "soon")
    assert subject == "It is high time, and 2 more messages"
    assert [path for path, _words in links(html)] == ["soon/", "news/", "task/"]
    assert text.index("/o/acme/soon/") < text.index("/o/acme/news/")
