"""Two at once around the outbox: nobody ends in a deadlock, and what was claimed is not taken back."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from okrapp.notifications.domain.claim import claim
from okrapp.notifications.domain.event import retract
from okrapp.notifications.domain.notify import Told, notify_each, withdraw
from okrapp.notifications.enums import State
from okrapp.notifications.models import Delivery, Event, Notification
from okrapp.notifications.registry import Kind, registry
from organizations.actor import system_actor
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


def test_what_a_worker_is_claiming_is_not_retracted(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("okrapp.notifications.channels.slack.channel.SlackChannel.compose", lambda *_all: "")
    with within(world.organization):
        room = EndpointFactory.create(kind="slack", team=world.team, sealed_secret="")
        event = EventFactory.create(kind="celebrated", period="one")
        Delivery.objects.create(event=event, endpoint=room, channel="slack")
    with within(world.organization):
        assert claim(timezone.now())
        undoing = Other(world.organization, lambda: retract(kind="celebrated", period="one"))
        assert undoing.waits()
    assert undoing.end() is None
    with within(world.organization):
        assert Event.objects.filter(pk=event.pk).exists()
