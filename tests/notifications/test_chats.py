"""Slack and Microsoft Teams: a member's own chat, and rooms that are told of a team."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from okrapp.notifications import outside
from okrapp.notifications.domain.endpoint import add_room, connect, disconnect, switch_off
from okrapp.notifications.domain.endpoint_trouble import FAILING_KIND, given_up, gone
from okrapp.notifications.domain.event import ping
from okrapp.notifications.domain.notify import Told, notify_each
from okrapp.notifications.domain.outbox import send_due
from okrapp.notifications.domain.preference import choices_of, choose, choose_for_all
from okrapp.notifications.enums import State
from okrapp.notifications.models import Choice, Delivery, Endpoint, Event, Habits, Notification
from okrapp.notifications.registry import Kind, registry
from okrs.domain.kudos import celebrate, remove_kudos, restore_kudos
from organizations.actor import Actor, system_actor
from organizations.enums import Via
from organizations.errors import Refused
from organizations.models import Membership
from tests.factories.worlds import World, make_organization, within
from tests.meanwhile import Other
from tests.notifications.channel import KeptChannel
from tests.notifications.receiver import Listening, Names, Receiver

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world() -> Iterator[World]:
    found = make_organization("acme")
    with within(found.organization):
        Endpoint.objects.all().delete()
        Delivery.objects.all().delete()
        Choice.objects.all().delete()
    return found


@pytest.fixture
def receiver(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    settings.OKRAPP_WEBHOOK_NETWORKS = ["127.0.0.0/8"]
    monkeypatch.setattr(outside, "look_up", Names(hooks_example=["127.0.0.1"]))
    with Listening() as found:
        yield found


@pytest.fixture(autouse=True)
def _used(kind: Kind, channel: KeptChannel) -> None:
    """A kind and mail of the tests' own."""


def actor(member: Membership) -> Actor:
    return Actor(member, via=Via.WEB)


def address(receiver: Receiver) -> str:
    return f"http://hooks.example:{receiver.port}/services/T0"


def join(world: World, receiver: Receiver, kind: str = "slack", member: Membership | None = None) -> None:
    with within(world.organization):
        connect(actor=actor(member or world.member), kind=kind, address=address(receiver))


def tell(world: World, what: str = "it", to: Membership | None = None) -> None:
    with within(world.organization):
        told = [Told((to or world.member).pk, what, "objectives/1/", {"what": what})]
        notify_each(actor=system_actor(), kind="tried", told=told, undo_for=timedelta(0))
    send_due(world.organization.pk)


def channels_told(world: World) -> list[str]:
    with within(world.organization):
        return sorted(Delivery.objects.filter(state=State.SENT).values_list("channel", flat=True))


def test_what_would_come_by_mail_comes_to_the_chat_too(world: World, receiver: Receiver, channel: KeptChannel) -> None:
    join(world, receiver)
    tell(world)
    assert channels_told(world) == ["email", "slack"]
    (taken,) = receiver.taken
    assert taken.path == "/services/T0"
    (section, context) = taken.said["blocks"]
    assert section["text"]["text"] == "*<http://127.0.0.1:8000/o/acme/objectives/1/|About it>*"
    assert context["elements"][0]["text"] == "Acme"


def test_the_chat_waits_for_no_summary_of_mails(world: World, receiver: Receiver) -> None:
    join(world, receiver)
    with within(world.organization):
        Habits.objects.create(member=world.member, pace="weekly")
    tell(world)
    assert channels_told(world) == ["slack"]


def test_two_windows_that_connect_at_once_leave_one(world: World, receiver: Receiver) -> None:
    def connect_it() -> None:
        connect(actor=actor(world.member), kind="slack", address=address(receiver))

    other = Other(world.organization, connect_it)
    with within(world.organization):
        connect_it()
        assert other.waits()
    assert other.end() is None
    with within(world.organization):
        assert Endpoint.objects.filter(member=world.member).count() == 1


def test_nobody_else_reads_it(world: World, receiver: Receiver) -> None:
    join(world, receiver)
    tell(world, to=world.lead)
    assert receiver.taken == []


def test_each_kind_can_be_kept_out_of_the_chat_and_out_of_mail(world: World, receiver: Receiver) -> None:
    join(world, receiver)
    with within(world.organization):
        choose(actor=actor(world.member), wanted={("tried", "slack"): False})
    tell(world, "one")
    assert channels_told(world) == ["email"]
    with within(world.organization):
        choose(actor=actor(world.member), wanted={("tried", "slack"): True, ("tried", "email"): False})
    tell(world, "two")
    assert channels_told(world) == ["email", "slack"]


def test_the_chat_follows_what_the_organization_sends_by_mail(world: World, receiver: Receiver) -> None:
    join(world, receiver)
    with within(world.organization):
        choose_for_all(actor=actor(world.administrator), wanted={("tried", "email"): False})
        assert choices_of(world.member)["tried", "slack"] is False
    tell(world)
    assert channels_told(world) == []


def test_without_a_chat_there_is_nothing_to_choose(world: World) -> None:
    with within(world.organization):
        assert ("tried", "slack") not in choices_of(world.member)
        with pytest.raises(Refused, match="address of your chat"):
            choose(actor=actor(world.member), wanted={("tried", "slack"): True})
        with pytest.raises(Refused, match="no notification"):
            choose(actor=actor(world.member), wanted={("tried", "pigeon"): True})


def test_disconnected_it_is_forgotten(world: World, receiver: Receiver) -> None:
    join(world, receiver)
    with within(world.organization):
        choose(actor=actor(world.member), wanted={("tried", "slack"): False})
        disconnect(actor=actor(world.member), kind="slack")
        assert not Choice.objects.filter(channel="slack").exists()
    tell(world)
    assert channels_told(world) == ["email"]


def test_a_chat_that_was_removed_is_forgotten_and_its_owner_told(world: World, receiver: Receiver) -> None:
    join(world, receiver)
    receiver.answer(404, b"no_service")
    tell(world)
    with within(world.organization):
        assert not Endpoint.objects.exists()
        assert Notification.objects.filter(kind="endpoint_gone", recipient=world.member).count() == 1
        assert Notification.objects.filter(kind="endpoint_gone").count() == 1


def test_a_new_chat_outlives_the_answer_of_the_former_one(world: World, receiver: Receiver) -> None:
    """It is entered while a message to the former one is under way."""
    join(world, receiver)
    with within(world.organization):
        former = Endpoint.objects.get()
    join(world, receiver)
    with within(world.organization):
        gone(former)
        assert Endpoint.objects.on().exists()
        assert Choice.objects.filter(member=world.member, channel="slack").exists()
        assert not Notification.objects.filter(kind="endpoint_gone").exists()


def test_a_chat_that_fails_is_complained_of_once_and_elsewhere(world: World, receiver: Receiver) -> None:
    def give_up(day: int) -> list[str]:
        """Return through which channels its owner was told that it failed, a message ago and ever."""
        with within(world.organization):
            given_up(Endpoint.objects.get(), timezone.now() + day * timedelta(days=1))
            told = Delivery.objects.filter(notification__kind=FAILING_KIND)
            return sorted(told.values_list("channel", flat=True))

    join(world, receiver)
    assert [give_up(day) for day in range(3)] == [["email"]] * 3
    tell(world)
    assert [give_up(day) for day in range(3, 6)] == [["email"] * 2] * 3


def test_slack_finds_no_commands_in_what_people_wrote(world: World, receiver: Receiver) -> None:
    join(world, receiver)
    tell(world, "<!channel> & <https://evil.example|click>")
    text = receiver.taken[0].said["blocks"][0]["text"]["text"]
    assert "<!channel>" not in text
    assert "&lt;!channel&gt; &amp; &lt;https://evil.example¦click&gt;" in text


def test_teams_takes_words_as_words(world: World, receiver: Receiver) -> None:
    join(world, receiver, "teams")
    tell(world, "[click](https://evil.example)")
    (attachment,) = receiver.taken[0].said["attachments"]
    container, *_rest = attachment["content"]["body"]
    assert attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
    (run,) = container["items"][0]["inlines"]
    assert (run["type"], run["text"]) == ("TextRun", "About [click](https://evil.example)")
    (open_it,) = attachment["content"]["actions"]
    assert open_it["url"] == "http://127.0.0.1:8000/o/acme/objectives/1/"


@pytest.mark.parametrize("chat", ["slack", "teams"])
def test_lines_that_lead_somewhere_are_links(
    chat: str, world: World, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind = Kind(
        "tried", "", "", "bell", lambda facts: "Weeks", lambda facts: ["A & B", "C"], lambda facts: ["teams/a/week/"]
    )
    monkeypatch.setitem(registry.kinds, "tried", kind)
    join(world, receiver, chat)
    tell(world)
    if chat == "slack":
        text = receiver.taken[0].said["blocks"][0]["text"]["text"]
        assert text.split("\n")[1:] == ["<http://127.0.0.1:8000/o/acme/teams/a/week/|A &amp; B>", "C"]
    else:
        (_sentence, line, plain) = receiver.taken[0].said["attachments"][0]["content"]["body"][0]["items"]
        assert line["selectAction"]["url"] == "http://127.0.0.1:8000/o/acme/teams/a/week/"
        assert line["items"][0]["inlines"][0]["text"] == "A & B"
        assert plain["type"] == "RichTextBlock"


def room(world: World, receiver: Receiver, **changes: Any) -> Endpoint:
    with within(world.organization):
        return add_room(
            actor=actor(world.lead),
            **{
                "kind": "slack",
                "name": "#growth",
                "address": address(receiver),
                "topics": ["celebrated"],
                "team": world.team,
                **changes,
            },
        )


def test_a_room_is_told_of_its_team_only(world: World, receiver: Receiver) -> None:
    room(world, receiver)
    with within(world.organization):
        celebrate(actor=actor(world.lead), text="Thank you", team=world.team, people=[world.member])
        celebrate(actor=actor(world.lead), text="Elsewhere", team=world.root_team, people=[world.member])
        Delivery.objects.update(due_at=world.organization.created_at)
    send_due(world.organization.pk)
    (taken,) = [one for one in receiver.taken if b"blocks" in one.body]
    text = taken.said["blocks"][0]["text"]["text"]
    assert f"{world.lead.display_name} celebrates {world.member.display_name}" in text
    assert "Thank you" in text


def test_a_room_of_everybody_is_told_of_all_teams(world: World, receiver: Receiver) -> None:
    room(world, receiver, team=None)
    with within(world.organization):
        for team in (world.team, world.root_team, None):
            celebrate(actor=actor(world.lead), text="Thank you", team=team, people=[world.member])
        assert Delivery.objects.filter(channel="slack").count() == 3


def test_what_is_taken_back_reaches_no_room(world: World, receiver: Receiver) -> None:
    room(world, receiver)
    with within(world.organization):
        kudos = celebrate(actor=actor(world.lead), text="Oops", team=world.team, people=[world.member])
        remove_kudos(actor=actor(world.lead), kudos=kudos)
        assert not Event.objects.filter(kind="celebrated").exists()
        assert not Delivery.objects.filter(channel="slack").exists()
        restore_kudos(actor=actor(world.lead), kudos=kudos)
        assert Delivery.objects.filter(channel="slack").count() == 1


def test_what_is_taken_back_reaches_no_further_room(world: World, receiver: Receiver) -> None:
    """One room has it already, the other did not answer and is tried again."""
    first, second = room(world, receiver), room(world, receiver, name="#all", team=None)
    with within(world.organization):
        kudos = celebrate(actor=actor(world.lead), text="Oops", team=world.team, people=[world.member])
        Delivery.objects.filter(endpoint=first).update(state=State.SENT)
        Delivery.objects.filter(endpoint=second).update(due_at=world.organization.created_at, attempts=1)
        remove_kudos(actor=actor(world.lead), kudos=kudos)
    send_due(world.organization.pk)
    assert not [one for one in receiver.taken if b"Oops" in one.body]
    with within(world.organization):
        assert not Delivery.objects.unsent().filter(endpoint=second).exists()


def test_a_room_that_is_off_is_told_nothing(world: World, receiver: Receiver) -> None:
    endpoint = room(world, receiver)
    with within(world.organization):
        switch_off(actor=actor(world.lead), endpoint=endpoint)
        celebrate(actor=actor(world.lead), text="Thank you", team=world.team, people=[world.member])
        assert not Delivery.objects.filter(channel="slack").exists()


@pytest.mark.parametrize("kind", ["slack", "teams"])
def test_a_room_can_be_tried(world: World, receiver: Receiver, kind: str) -> None:
    endpoint = room(world, receiver, kind=kind)
    with within(world.organization):
        ping(actor=actor(world.lead), endpoint=endpoint)
    send_due(world.organization.pk)
    assert b"This is a test" in receiver.taken[0].body
