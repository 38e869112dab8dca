"""Sending: claimed first, sent once, again after a failure, and the same message when a worker has died."""

import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.utils import timezone

from okrapp.notifications.channels.email.channel import EmailChannel
from okrapp.notifications.domain import outbox
from okrapp.notifications.domain.claim import UNCLEAR_FOR, UNCLEAR_PAUSE
from okrapp.notifications.domain.notify import DISPATCH_KIND, Told, notify_each
from okrapp.notifications.domain.outbox import PAUSES, WORK_FOR, claim, replay, send_due
from okrapp.notifications.enums import MailPace, State
from okrapp.notifications.models import Delivery, Habits, Notification
from okrapp.notifications.registry import Kind, NotSent, registry
from organizations.actor import system_actor
from organizations.models import Dispatch, Membership, Organization, User
from tests.factories.organizations import MembershipFactory, UserFactory
from tests.factories.worlds import World, make_organization, within
from tests.notifications.channel import KeptChannel

pytestmark = pytest.mark.django_db(transaction=True)


class Killed(BaseException):
    """The worker is gone: nothing after this runs."""


@pytest.fixture
def world() -> Iterator[World]:
    found = make_organization("acme")
    with within(found.organization):
        Delivery.objects.all().delete()
    return found


@pytest.fixture(autouse=True)
def _used(kind: Kind, channel: KeptChannel) -> None:
    """A kind and a channel of the tests' own."""


def tell(world: World, *whats: str, to: list[Membership] | None = None) -> None:
    people = to or [world.member]
    with within(world.organization):
        told = [Told(one.pk, f"{what} {one.pk}", "", {"what": what}) for one in people for what in whats]
        notify_each(actor=system_actor(), kind="tried", told=told, undo_for=timedelta(0))


def states(world: World) -> list[str]:
    with within(world.organization):
        return list(Delivery.objects.order_by("pk").values_list("state", flat=True))


def deliveries(world: World) -> list[Delivery]:
    with within(world.organization):
        return list(Delivery.objects.order_by("pk"))


def let_time_pass(world: World, time: timedelta) -> None:
    with within(world.organization):
        for one in Delivery.objects.unsent():
            one.due_at -= time
            one.save(update_fields=["due_at"])


def comes_back_at(world: World) -> datetime:
    return Dispatch.objects.get(organization=world.organization, kind=DISPATCH_KIND).due_at


def test_a_closed_organization_sends_nothing_until_it_opens(world: World, channel: KeptChannel) -> None:
    tell(world, "one")
    for is_open, sent in ((False, 0), (True, 1)):
        Organization.objects.filter(pk=world.organization.pk).update(is_open=is_open)
        assert comes_back_at(world) <= timezone.now()
        assert send_due(world.organization.pk) == len(channel.sent) == sent


def test_what_is_due_is_sent_once_in_one_message_to_each(world: World, channel: KeptChannel) -> None:
    tell(world, "one", "two", to=[world.member, world.plo])
    assert send_due(world.organization.pk) == 4
    assert send_due(world.organization.pk) == 0
    assert {one.to: one.sentences for one in channel.sent} == {
        world.member.email: ("About one", "About two"),
        world.plo.email: ("About one", "About two"),
    }
    assert set(states(world)) == {State.SENT}
    assert {one.attempts for one in deliveries(world)} == {1}


def test_a_failure_is_tried_again_after_a_pause_as_the_same_message(world: World, channel: KeptChannel) -> None:
    tell(world, "one")
    channel.failures.append(OSError("connection refused"))
    assert send_due(world.organization.pk) == 0
    (waiting,) = deliveries(world)
    assert waiting.state == State.WAITING
    assert "connection refused" in waiting.error
    assert timedelta(0) < waiting.due_at - timezone.now() <= PAUSES[0]
    assert comes_back_at(world) <= waiting.due_at
    # What is written meanwhile does not join a message that may have arrived.
    tell(world, "two")
    let_time_pass(world, PAUSES[0])
    assert send_due(world.organization.pk) == 2
    assert sorted(one.sentences for one in channel.sent) == [("About one",), ("About two",)]
    first, _second = deliveries(world)
    assert channel.ids[waiting.envelope] == 1
    assert not first.possibly_twice


def test_after_the_last_attempt_it_is_given_up_and_can_be_sent_again(world: World, channel: KeptChannel) -> None:
    tell(world, "one")
    channel.failures += [OSError("no route")] * (len(PAUSES) + 1)
    for pause in (timedelta(0), *PAUSES):
        let_time_pass(world, pause)
        send_due(world.organization.pk)
    (dead,) = deliveries(world)
    assert (dead.state, dead.attempts) == (State.DEAD, len(PAUSES) + 1)
    let_time_pass(world, timedelta(days=30))
    assert send_due(world.organization.pk) == 0
    with within(world.organization):
        assert replay([dead.pk]) == 1
        assert replay([dead.pk]) == 0
    assert send_due(world.organization.pk) == 1
    assert channel.ids == {dead.envelope: 1}


def test_what_is_refused_for_good_is_not_tried_again(world: World, channel: KeptChannel) -> None:
    tell(world, "one")
    channel.failures.append(NotSent("no such mailbox", for_good=True))
    send_due(world.organization.pk)
    assert states(world) == [State.DEAD]


def test_a_mail_server_that_is_silent_is_not_waited_for_by_each_mail(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []

    def nobody_answers(_backend: object, messages: object) -> int:
        asked.append(messages)
        raise TimeoutError

    monkeypatch.setitem(registry.channels, "email", EmailChannel())
    monkeypatch.setattr(EmailBackend, "send_messages", nobody_answers)
    with within(world.organization):
        people = [MembershipFactory.create(user=UserFactory.create()) for _number in range(3)]
    tell(world, "one", to=people)
    send_due(world.organization.pk)
    assert len(asked) == 1
    assert [(one.state, one.problem) for one in deliveries(world)] == [(State.WAITING, "No answer (TimeoutError).")] * 3


def test_one_address_that_is_refused_keeps_no_other_mail(world: World, channel: KeptChannel) -> None:
    channel.failures.append(NotSent("no such mailbox", for_good=True))
    tell(world, "one", to=[world.member, world.plo])
    assert send_due(world.organization.pk) == 1


def test_one_message_that_cannot_be_put_together_keeps_no_other(
    world: World, channel: KeptChannel, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(world, "one", to=[world.member])
    channel.uncomposed = True
    send_due(world.organization.pk)
    channel.uncomposed = False
    tell(world, "two", to=[world.plo])
    assert send_due(world.organization.pk) == 1
    assert sorted(states(world)) == sorted([State.WAITING, State.SENT])


def test_a_worker_that_dies_before_sending_loses_nothing(
    world: World, channel: KeptChannel, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(world, "one", "two")
    channel.failures.append(Killed())
    with pytest.raises(Killed):
        send_due(world.organization.pk)
    assert set(states(world)) == {State.CLAIMED}
    # Nobody takes it over before the claim has run out; then the sweep brings the organization back.
    assert send_due(world.organization.pk) == 0
    assert comes_back_at(world) <= timezone.now() + timedelta(seconds=settings.OKRAPP_OUTBOX_LEASE)
    let_time_pass(world, timedelta(seconds=settings.OKRAPP_OUTBOX_LEASE))
    assert send_due(world.organization.pk) == 2
    assert [one.sentences for one in channel.sent] == [("About one", "About two")]
    assert all(one.possibly_twice for one in deliveries(world))


def test_the_time_limit_of_a_worker_is_no_failure_of_a_message(world: World, channel: KeptChannel) -> None:
    with within(world.organization):
        people = [MembershipFactory.create(user=UserFactory.create()) for _number in range(2)]
    tell(world, "one", to=people)
    channel.failures.append(SoftTimeLimitExceeded())
    with pytest.raises(SoftTimeLimitExceeded):
        send_due(world.organization.pk)
    assert channel.sent == []
    assert [(one.state, one.error) for one in deliveries(world)] == [(State.CLAIMED, "")] * 2
    let_time_pass(world, timedelta(seconds=settings.OKRAPP_OUTBOX_LEASE))
    assert send_due(world.organization.pk) == 2
    assert all(one.possibly_twice for one in deliveries(world))


def test_the_time_limit_ends_putting_messages_together(
    world: World, channel: KeptChannel, monkeypatch: pytest.MonkeyPatch
) -> None:
    def end(_parcel: Any) -> None:
        raise SoftTimeLimitExceeded

    tell(world, "one")
    monkeypatch.setattr(channel, "compose", end)
    with pytest.raises(SoftTimeLimitExceeded):
        send_due(world.organization.pk)
    assert states(world) == [State.WAITING]


def test_a_worker_gives_back_what_it_does_not_come_to(
    world: World, channel: KeptChannel, monkeypatch: pytest.MonkeyPatch
) -> None:
    with within(world.organization):
        people = [MembershipFactory.create(user=UserFactory.create()) for _number in range(3)]
    tell(world, "one", to=people)
    send = channel.send
    with time_machine.travel(timezone.now(), tick=False) as clock:

        def send_slowly(message: Any) -> None:
            send(message)
            clock.shift(WORK_FOR)

        monkeypatch.setattr(channel, "send", send_slowly)
        assert send_due(world.organization.pk) == 1
        assert comes_back_at(world) == timezone.now()
        assert sorted((one.state, one.attempts) for one in deliveries(world)) == [
            (State.SENT, 1),
            (State.WAITING, 0),
            (State.WAITING, 0),
        ]
        # Whoever comes next goes on with the same messages.
        monkeypatch.setattr(channel, "send", send)
        assert send_due(world.organization.pk) == 2
    assert len(channel.ids) == 3
    assert not any(one.possibly_twice for one in deliveries(world))


def test_a_worker_that_dies_after_sending_sends_the_same_message_again(
    world: World, channel: KeptChannel, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(world, "one")
    settle = outbox.settle

    def die(*args: Any, **kwargs: Any) -> None:
        monkeypatch.setattr(outbox, "settle", settle)
        raise Killed

    monkeypatch.setattr(outbox, "settle", die)
    with pytest.raises(Killed):
        send_due(world.organization.pk)
    let_time_pass(world, timedelta(seconds=settings.OKRAPP_OUTBOX_LEASE))
    assert send_due(world.organization.pk) == 1
    (delivery,) = deliveries(world)
    assert channel.ids == {delivery.envelope: 2}
    assert (delivery.state, delivery.possibly_twice) == (State.SENT, True)


def test_a_worker_that_was_taken_for_dead_does_not_say_what_became_of_it(world: World, channel: KeptChannel) -> None:
    tell(world, "one")
    with within(world.organization):
        (slow,) = claim(timezone.now()) or []
    let_time_pass(world, timedelta(seconds=settings.OKRAPP_OUTBOX_LEASE))
    channel.failures.append(OSError("busy"))
    send_due(world.organization.pk)
    with within(world.organization):
        outbox.settle(slow, outbox.Outcome())
    assert states(world) == [State.WAITING]


def test_a_worker_whose_claim_ran_out_sends_no_more_of_it(
    world: World, channel: KeptChannel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody died: one is only slow with the first message, and another one takes over all of them meanwhile."""
    with within(world.organization):
        people = [MembershipFactory.create(user=UserFactory.create()) for _number in range(3)]
    tell(world, "one", to=people)
    send = channel.send

    def send_slowly(message: Any) -> None:
        monkeypatch.setattr(channel, "send", send)
        let_time_pass(world, timedelta(seconds=settings.OKRAPP_OUTBOX_LEASE))
        assert send_due(world.organization.pk) == 3
        send(message)

    monkeypatch.setattr(channel, "send", send_slowly)
    send_due(world.organization.pk)
    # What was under way comes twice, and nothing else.
    assert sorted(channel.ids.values()) == [1, 1, 2]


def test_a_claim_is_renewed_when_its_turn_comes(
    world: World, channel: KeptChannel, monkeypatch: pytest.MonkeyPatch
) -> None:
    with within(world.organization):
        people = [MembershipFactory.create(user=UserFactory.create()) for _number in range(2)]
    tell(world, "one", to=people)
    send, lease = channel.send, timedelta(seconds=settings.OKRAPP_OUTBOX_LEASE)
    with time_machine.travel(timezone.now(), tick=False) as clock:

        def send_slowly(message: Any) -> None:
            under_way = [one.due_at for one in deliveries(world) if one.envelope == message.id]
            assert under_way == [timezone.now() + lease]
            clock.shift(timedelta(minutes=1))
            send(message)

        monkeypatch.setattr(channel, "send", send_slowly)
        assert send_due(world.organization.pk) == 2


def test_workers_that_start_at_once_send_nothing_twice(world: World, channel: KeptChannel) -> None:
    with within(world.organization):
        people = [MembershipFactory.create(user=UserFactory.create()) for _number in range(60)]
    tell(world, "one", "two", to=people)
    barrier, failures = threading.Barrier(3, timeout=20), []

    def work() -> None:
        try:
            barrier.wait()
            send_due(world.organization.pk)
        except BaseException as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _number in range(3)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    assert failures == []
    # What one held for a moment the others passed over.
    send_due(world.organization.pk)
    assert set(states(world)) == {State.SENT}
    assert sorted(len(one.sentences) for one in channel.sent) == [2] * 60
    assert set(channel.ids.values()) == {1}


def test_what_is_true_no_more_is_not_sent(world: World, channel: KeptChannel, monkeypatch: pytest.MonkeyPatch) -> None:
    def only_news(rows: Any) -> dict[Any, Any]:
        return {one.pk: {"what": "news"} for one in rows if one.facts["what"] != "old"}

    looked_again = Kind("tried", "", "", "bell", lambda facts: f"About {facts['what']}", still_true=only_news)
    monkeypatch.setitem(registry.kinds, "tried", looked_again)
    tell(world, "old", "new")
    assert send_due(world.organization.pk) == 1
    assert [one.sentences for one in channel.sent] == [("About news",)]
    assert sorted(states(world)) == sorted([State.DROPPED, State.SENT])
    with within(world.organization):
        unread = Notification.objects.filter(kind="tried", read_at=None)
        assert [one.facts for one in unread] == [{"what": "news"}]


def test_what_its_kind_cannot_look_at_keeps_nothing_else(
    world: World, channel: KeptChannel, monkeypatch: pytest.MonkeyPatch
) -> None:
    def only_readable(rows: Any) -> dict[Any, Any]:
        return {one.pk: {"what": one.facts["what"], "size": len(one.facts["what"])} for one in rows}

    kind = Kind("tried", "", "", "bell", lambda facts: f"About {facts['what']}", still_true=only_readable)
    monkeypatch.setitem(registry.kinds, "tried", kind)
    tell(world, "one", "two")
    with within(world.organization):
        Notification.objects.filter(facts={"what": "one"}).update(facts={"of": "another version"})
    assert send_due(world.organization.pk) == 1
    assert [one.sentences for one in channel.sent] == [("About two",)]
    (unclear,) = [one for one in deliveries(world) if one.state == State.WAITING]
    assert (unclear.attempts, unclear.problem) == (0, "Whether this is still true cannot be found out at the moment.")
    assert unclear.due_at - timezone.now() <= UNCLEAR_PAUSE
    assert comes_back_at(world) <= unclear.due_at
    # It is never sent unlooked, and given up in the end.
    let_time_pass(world, UNCLEAR_PAUSE)
    assert send_due(world.organization.pk) == 0
    with within(world.organization):
        Delivery.objects.filter(pk=unclear.pk).update(
            created_at=timezone.now() - UNCLEAR_FOR, due_at=timezone.now() - timedelta(seconds=1)
        )
    assert send_due(world.organization.pk) == 0
    assert sorted(states(world)) == [State.DEAD, State.SENT]


def test_who_has_left_is_sent_nothing(world: World, channel: KeptChannel) -> None:
    tell(world, "one")
    with within(world.organization):
        Membership.objects.filter(pk=world.member.pk).update(deactivated_at=timezone.now())
    assert send_due(world.organization.pk) == 0
    assert states(world) == [State.DROPPED]


def test_a_summary_waits_for_its_hour_and_then_brings_all_of_it(world: World, channel: KeptChannel) -> None:
    with within(world.organization):
        Habits.objects.create(member=world.member, pace=MailPace.DAILY)
    tell(world, "one")
    tell(world, "two")
    assert send_due(world.organization.pk) == 0
    waiting = deliveries(world)
    assert {one.state for one in waiting} == {State.WAITING}
    assert len({one.due_at for one in waiting}) == 1
    assert waiting[0].due_at > timezone.now()
    assert comes_back_at(world) <= waiting[0].due_at
    # The next day, everything was written a day earlier.
    with within(world.organization):
        day = timedelta(days=1)
        for one in Delivery.objects.all():
            one.due_at, one.created_at = one.due_at - day, one.created_at - day
            one.save(update_fields=["due_at", "created_at"])
    assert send_due(world.organization.pk) == 2
    assert [one.sentences for one in channel.sent] == [("About one", "About two")]


def test_what_is_of_use_only_before_the_summary_does_not_wait_for_it(
    world: World, channel: KeptChannel, monkeypatch: pytest.MonkeyPatch
) -> None:
    soon = timezone.now() + timedelta(hours=1)
    pressing = Kind("pressing", "", "", "bell", lambda facts: "Soon", until=lambda facts: soon)
    monkeypatch.setitem(registry.kinds, "pressing", pressing)
    with within(world.organization):
        # The summary of today is over, the next one comes in a day.
        hour = (timezone.now() - timedelta(hours=1)).hour
        User.objects.filter(pk=world.member.user_id).update(time_zone="UTC")
        Habits.objects.create(member=world.member, pace=MailPace.DAILY, digest_hour=hour)
        told = [Told(world.member.pk, "x", "")]
        notify_each(actor=system_actor(), kind="pressing", told=told, undo_for=timedelta(0))
    tell(world, "one")
    assert send_due(world.organization.pk) == 1
    assert [one.sentences for one in channel.sent] == [("Soon",)]


def test_a_channel_that_is_gone_wakes_nobody(world: World, channel: KeptChannel) -> None:
    tell(world, "one")
    with within(world.organization):
        Delivery.objects.update(channel="pigeon")
    assert send_due(world.organization.pk) == 0
    assert states(world) == [State.WAITING]
    assert not Dispatch.objects.filter(organization=world.organization, kind=DISPATCH_KIND).exists()


def test_urgent_messages_do_not_wait(world: World, channel: KeptChannel, monkeypatch: pytest.MonkeyPatch) -> None:
    urgent = Kind("tried", "", "", "bell", lambda facts: "Now", is_urgent=True)
    monkeypatch.setitem(registry.kinds, "tried", urgent)
    with within(world.organization):
        Habits.objects.create(member=world.member, pace=MailPace.WEEKLY)
    tell(world, "one")
    assert send_due(world.organization.pk) == 1


def test_a_batch_takes_the_same_number_of_statements_however_many_wait(world: World) -> None:
    counts = []
    for waiting in (30, 90):
        with within(world.organization):
            people = [MembershipFactory.create(user=UserFactory.create()) for _number in range(waiting)]
        tell(world, "one", to=people)
        with within(world.organization):
            counting = Counting()
            with connection.execute_wrapper(counting):
                claim(timezone.now())
            counts.append(counting.number)
        send_due(world.organization.pk)
    assert counts[0] == counts[1]


class Counting:
    """How many statements were sent."""

    def __init__(self) -> None:
        self.number = 0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(("SELECT", "UPDATE", "INSERT", "DELETE")):
            self.number += 1
        return execute(sql, params, many, context)
