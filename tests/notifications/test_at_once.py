"""Two at once around the outbox: nobody ends in a deadlock, and what was claimed is not taken back."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from okrapp.notifications.domain.claim import claim
from okrapp.notifications.domain.event import retract
from okrapp.notifications.domain.notify import Told, notify, notify_each, withdraw
from okrapp.notifications.enums import State
from okrapp.notifications.models import Delivery, Event, Notification
from okrapp.notifications.registry import Kind, registry
from okrs.domain.check_in import check_in
from okrs.domain.comment import write_comment
from okrs.domain.objective import lock_objective
from organizations.actor import Actor, system_actor
from organizations.enums import Via
from tests.factories.notifications import EndpointFactory, EventFactory
from tests.factories.worlds import World, make_organization, within
from tests.meanwhile import Other
from tests.notifications.channel import KeptChannel

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world() -> Iterator[World]:
    found = make_organization("acme")
    with within(found.organization):
        Delivery.objects.all().delete()
    return found


@pytest.fixture(autouse=True)
def _used(kind: Kind, channel: KeptChannel) -> None:
    """A kind and a channel of the tests' own."""


def tell(world: World, period: str = "one") -> None:
    with within(world.organization):
        told = [Told(world.member.pk, period, "", {"what": period})]
        notify_each(actor=system_actor(), kind="tried", told=told, undo_for=timedelta(0))


def test_undoing_while_a_worker_claims_ends_in_no_deadlock(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    undoing = Other(world.organization, lambda: withdraw(kind="tried", about="one"))

    def renewed(notifications: Any) -> dict[Any, Any]:
        # The worker holds its deliveries, and is about to write the notifications.
        assert undoing.waits()
        return {one.pk: {"what": "news"} for one in notifications}

    kind = Kind("tried", "", "", "bell", lambda facts: f"About {facts['what']}", still_true=renewed)
    monkeypatch.setitem(registry.kinds, kind.code, kind)
    tell(world)
    with within(world.organization):
        assert claim(timezone.now())
    assert undoing.end() is None


def test_what_a_worker_is_claiming_is_not_withdrawn(world: World) -> None:
    tell(world)
    with within(world.organization):
        assert claim(timezone.now())
        undoing = Other(world.organization, lambda: withdraw(kind="tried", about="one"))
        assert undoing.waits()
    assert undoing.end() is None
    with within(world.organization):
        # It is sent, so it stays in the inbox.
        assert Notification.objects.filter(kind="tried").exists()
        assert Delivery.objects.filter(notification__kind="tried", state=State.CLAIMED).exists()


def test_what_a_worker_is_claiming_is_not_retracted(world: World, kind: Kind, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(registry.announcements, kind.code, kind)
    monkeypatch.setattr("okrapp.notifications.channels.slack.channel.SlackChannel.compose", lambda *_all: "")
    with within(world.organization):
        room = EndpointFactory.create(kind="slack", team=world.team, sealed_secret="")
        event = EventFactory.create(kind="tried", period="one")
        Delivery.objects.create(event=event, endpoint=room, channel="slack")
    with within(world.organization):
        assert claim(timezone.now())
        undoing = Other(world.organization, lambda: retract(kind="tried", period="one"))
        assert undoing.waits()
    assert undoing.end() is None
    with within(world.organization):
        assert Event.objects.filter(pk=event.pk).exists()


def test_two_who_tell_something_do_not_wait_for_each_other(world: World) -> None:
    def notify_of(period: str) -> int:
        return notify(actor=system_actor(), kind="tried", to=[world.member.pk], period=period, path="")

    with within(world.organization):
        notify_of("one")
        other = Other(world.organization, lambda: notify_of("two"))
        assert not other.waits()
    assert other.end() is None


def test_a_check_in_and_a_comment_that_a_program_is_told_of(world: World) -> None:
    with within(world.organization):
        EndpointFactory.create(topics=["key_result"])
        key_result, objective = world.key_result, world.key_result.objective
    actor = Actor(world.lead, via=Via.WEB)
    checking_in = Other(world.organization, lambda: check_in(actor=actor, key_result=key_result, value=Decimal(33)))
    with within(world.organization):
        lock_objective(objective.pk)  # what writing a comment begins with
        assert checking_in.waits()
        text = f"Look @{world.member.display_name}"
        write_comment(actor=Actor(world.plo, via=Via.WEB), text=text, objective=objective)
    assert checking_in.end() is None
