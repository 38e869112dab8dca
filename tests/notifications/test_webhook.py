"""Programs that listen: signed, tried again, switched off when they are gone, and told nothing they may not know."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from standardwebhooks import Webhook, WebhookVerificationError

from okrapp.notifications import outside
from okrapp.notifications.domain import endpoint as endpoint_domain
from okrapp.notifications.domain.claim import claim
from okrapp.notifications.domain.clean_up import throw_away
from okrapp.notifications.domain.endpoint import (
    add_webhook,
    change_endpoint,
    remove,
    rotate_secret,
    switch_off,
    switch_on,
)
from okrapp.notifications.domain.event import ping
from okrapp.notifications.domain.notify import DISPATCH_KIND
from okrapp.notifications.domain.outbox import PAUSES, Outcome, replay, send_due, settle
from okrapp.notifications.enums import OffBecause, State
from okrapp.notifications.models import Delivery, Endpoint, Event, Notification
from okrapp.notifications.registry import registry
from okrs.domain.alignment import align, remove_alignment
from okrs.domain.objective import create_objective, edit_objective
from okrs.enums import Visibility
from okrs.models import Objective
from organizations.actor import Actor
from organizations.domain import audit
from organizations.enums import Via
from organizations.errors import Refused
from organizations.models import AuditEntry, Dispatch, Membership
from tests.factories.worlds import World, make_organization, within
from tests.notifications.receiver import Listening, Names, Receiver, Taken

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world() -> Iterator[World]:
    found = make_organization("acme")
    with within(found.organization):
        Endpoint.objects.all().delete()
        Delivery.objects.all().delete()
    return found


@pytest.fixture
def receiver(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    settings.OKRAPP_WEBHOOK_NETWORKS = ["127.0.0.0/8"]
    monkeypatch.setattr(outside, "look_up", Names(hooks_example=["127.0.0.1"]))
    with Listening() as found:
        yield found


def actor(member: Membership) -> Actor:
    return Actor(member, via=Via.WEB)


def listen(world: World, receiver: Receiver, *topics: str) -> tuple[Endpoint, str]:
    with within(world.organization):
        return add_webhook(
            actor=actor(world.administrator),
            name="Warehouse",
            address=f"http://hooks.example:{receiver.port}/in?key=hidden",
            topics=topics or ["objective"],
        )


def write_objective(world: World, title: str = "Win", **changes: Any) -> Objective:
    with within(world.organization):
        return create_objective(actor=actor(world.lead), cycle=world.cycle, team=world.team, title=title, **changes)


def verified(secret: str, taken: Taken) -> Any:
    return Webhook(secret).verify(taken.body, taken.headers)


def let_time_pass(world: World, time: timedelta) -> None:
    with within(world.organization):
        for one in Delivery.objects.unsent():
            one.due_at -= time
            one.save(update_fields=["due_at"])


def deliveries(world: World) -> list[Delivery]:
    with within(world.organization):
        return list(Delivery.objects.filter(endpoint__isnull=False).order_by("pk"))


def test_a_write_reaches_the_program_signed_and_thin(world: World, receiver: Receiver) -> None:
    _endpoint, secret = listen(world, receiver)
    objective = write_objective(world, "A title nobody must read")
    send_due(world.organization.pk)
    (taken,) = receiver.taken
    assert taken.path == "/in?key=hidden"
    said = verified(secret, taken)
    assert said["type"] == "objective.created"
    assert said["data"]["id"] == str(objective.pk)
    assert said["data"]["url"].endswith(f"/api/v1/o/acme/objectives/{objective.pk}/")
    assert b"nobody must read" not in taken.body
    # Nobody is counted: who it was is not said.
    assert world.lead.display_name.encode() not in taken.body
    assert str(world.lead.pk).encode() not in taken.body
    (delivery,) = deliveries(world)
    assert (delivery.state, delivery.answer, delivery.possibly_twice) == (State.SENT, 204, False)


def test_what_changed_is_named_without_what_it_became(world: World, receiver: Receiver) -> None:
    _endpoint, secret = listen(world, receiver)
    objective = write_objective(world)
    with within(world.organization):
        edit_objective(actor=actor(world.lead), objective=objective, changes={"title": "Secret title"})
    send_due(world.organization.pk)
    said = [verified(secret, one)["data"] for one in receiver.taken]
    assert [one["changed"] for one in said] == [[], ["title"]]
    assert not any(b"Secret title" in one.body for one in receiver.taken)


def test_what_an_objective_supports_is_told_of_the_objective(world: World, receiver: Receiver) -> None:
    assert "alignment" not in registry.topics
    listen(world, receiver, "objective")
    objective = write_objective(world)
    with within(world.organization):
        who = actor(world.lead)
        remove_alignment(
            actor=who, alignment=align(actor=who, objective=objective, target=world.organization_objective)
        )
        kinds = Event.objects.filter(facts__id=str(objective.pk)).order_by("pk").values_list("kind", flat=True)
        assert list(kinds) == ["objective.created", "objective.aligned", "objective.removed_alignment"]


def test_only_what_it_listens_to(world: World, receiver: Receiver) -> None:
    listen(world, receiver, "key_result")
    write_objective(world)
    send_due(world.organization.pk)
    assert receiver.taken == []
    assert deliveries(world) == []


def test_nobody_is_told_of_private_objectives(world: World, receiver: Receiver) -> None:
    listen(world, receiver, "objective")
    with within(world.organization):
        objective = Objective.objects.get(pk=world.objective.pk)
        objective.visibility = Visibility.PRIVATE
        objective.save()
        edit_objective(actor=actor(world.lead), objective=objective, changes={"title": "Hidden"})
    send_due(world.organization.pk)
    assert receiver.taken == []


def test_a_write_that_is_rolled_back_is_not_told(world: World, receiver: Receiver) -> None:
    listen(world, receiver)
    with within(world.organization):
        create_objective(actor=actor(world.lead), cycle=world.cycle, team=world.team, title="Never")
        transaction.set_rollback(True)
    send_due(world.organization.pk)
    assert receiver.taken == []


def test_it_costs_nothing_where_nobody_listens(world: World, django_assert_num_queries: Any) -> None:
    with within(world.organization):
        who = actor(world.lead)
        assert who.settings.webhook_topics == []  # type: ignore[attr-defined]
        with django_assert_num_queries(1):
            audit.record(actor=who, verb="changed", subject=world.objective, after={"title": "x"})


def test_a_failure_is_tried_again_over_three_days_as_the_same_message(world: World, receiver: Receiver) -> None:
    endpoint, secret = listen(world, receiver)
    write_objective(world)
    for pause in PAUSES:
        receiver.answer(500, b"busy")
        send_due(world.organization.pk)
        (delivery,) = deliveries(world)
        assert (delivery.state, delivery.answer) == (State.WAITING, 500)
        assert delivery.problem == "The answer was 500. busy"
        let_time_pass(world, pause)
    assert timedelta(days=3) < sum(PAUSES, timedelta(0)) < timedelta(days=4)
    receiver.answer(500)
    send_due(world.organization.pk)
    (delivery,) = deliveries(world)
    assert delivery.state == State.DEAD
    assert len(receiver.ids) == 1
    assert sum(receiver.ids.values()) == len(PAUSES) + 1
    # Each attempt is signed with the time it was made, so receivers take it.
    assert verified(secret, receiver.taken[-1])
    with within(world.organization):
        told = Notification.objects.get(kind="endpoint_failing", recipient=world.administrator)
        assert told.path == f"settings/connections/{endpoint.pk}/"
        assert replay([delivery.pk]) == 1
    send_due(world.organization.pk)
    assert len(receiver.ids) == 1
    assert [one.state for one in deliveries(world)] == [State.SENT]


def test_it_waits_as_long_as_it_is_asked_to(world: World, receiver: Receiver) -> None:
    listen(world, receiver)
    write_objective(world)
    receiver.answer(429, Retry_After="3600")
    before = timezone.now()
    send_due(world.organization.pk)
    (delivery,) = deliveries(world)
    assert delivery.due_at >= before + timedelta(seconds=3600)
    comes_back = Dispatch.objects.get(organization=world.organization, kind=DISPATCH_KIND).due_at
    assert comes_back >= before + timedelta(seconds=600)


def test_gone_switches_it_off_and_tells_who_can_mend_it(world: World, receiver: Receiver) -> None:
    endpoint, _secret = listen(world, receiver)
    write_objective(world, "One")
    write_objective(world, "Two")
    receiver.answer(410)
    send_due(world.organization.pk)
    assert len(receiver.taken) == 1 or len(receiver.ids) == len(receiver.taken)
    with within(world.organization):
        endpoint.refresh_from_db()
        assert endpoint.off_because == OffBecause.GONE
        assert Notification.objects.filter(kind="endpoint_gone", recipient=world.administrator).count() == 1
        assert AuditEntry.objects.filter(verb="switched_off", object_id=str(endpoint.pk), actor=None).exists()
    write_objective(world, "Three")
    before = len(receiver.taken)
    send_due(world.organization.pk)
    assert len(receiver.taken) == before


def test_the_answer_of_a_former_address_switches_nothing_off(world: World, receiver: Receiver) -> None:
    endpoint, _secret = listen(world, receiver)
    write_objective(world)
    moved = f"http://hooks.example:{receiver.port}/moved"
    with within(world.organization):
        (claimed,) = claim(timezone.now()) or []
    with within(world.organization):
        change_endpoint(actor=actor(world.administrator), endpoint=endpoint, changes={"address": moved})
    with within(world.organization):
        settle(claimed, Outcome("410", for_good=True, answer=410, is_gone=True))
        endpoint.refresh_from_db()
        assert endpoint.is_on
        assert not Notification.objects.filter(kind="endpoint_gone").exists()


def test_one_address_that_does_not_answer_is_not_waited_for_again_and_again(
    world: World, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    listen(world, receiver)
    for number in range(5):
        write_objective(world, f"Number {number}")
    asked = Names()
    monkeypatch.setattr(outside, "look_up", asked)
    send_due(world.organization.pk)
    assert [one.state for one in deliveries(world)] == [State.WAITING] * 5
    # Under the operator's own networks first, then as everybody.
    assert len(asked.asked) <= 2


def test_both_secrets_count_for_a_day(world: World, receiver: Receiver) -> None:
    endpoint, former = listen(world, receiver)
    with within(world.organization):
        present = rotate_secret(actor=actor(world.administrator), endpoint=endpoint)
    assert present != former
    write_objective(world)
    send_due(world.organization.pk)
    assert verified(former, receiver.taken[-1]) == verified(present, receiver.taken[-1])
    with within(world.organization):
        Endpoint.objects.update(former_until=timezone.now())
    write_objective(world, "Later")
    send_due(world.organization.pk)
    assert verified(present, receiver.taken[-1])
    with pytest.raises(WebhookVerificationError):
        verified(former, receiver.taken[-1])


def test_secrets_and_addresses_are_kept_sealed_and_out_of_the_audit_trail(world: World, receiver: Receiver) -> None:
    endpoint, secret = listen(world, receiver)
    with within(world.organization):
        change_endpoint(
            actor=actor(world.administrator),
            endpoint=endpoint,
            changes={"address": f"http://hooks.example:{receiver.port}/other?key=hidden", "name": "New name"},
        )
        stored = Endpoint.objects.values().get(pk=endpoint.pk)
        trail = str(list(AuditEntry.objects.filter(object_id=str(endpoint.pk)).values()))
    for text in (str(stored), trail):
        assert "hidden" not in text
        assert secret not in text
    assert "New name" in trail


def test_switched_off_nothing_is_sent_and_on_again_only_what_comes(world: World, receiver: Receiver) -> None:
    endpoint, _secret = listen(world, receiver)
    write_objective(world, "Before")
    with within(world.organization):
        switch_off(actor=actor(world.administrator), endpoint=endpoint)
    write_objective(world, "Meanwhile")
    send_due(world.organization.pk)
    assert receiver.taken == []
    with within(world.organization):
        switch_on(actor=actor(world.administrator), endpoint=endpoint)
    write_objective(world, "After")
    send_due(world.organization.pk)
    assert len(receiver.taken) == 1


def test_removed_it_is_forgotten(world: World, receiver: Receiver) -> None:
    endpoint, _secret = listen(world, receiver)
    write_objective(world)
    with within(world.organization):
        remove(actor=actor(world.administrator), endpoint=endpoint)
    send_due(world.organization.pk)
    assert receiver.taken == []
    assert deliveries(world) == []


def test_a_test_shows_whether_messages_arrive(world: World, receiver: Receiver) -> None:
    endpoint, secret = listen(world, receiver, "cycle")
    with within(world.organization):
        ping(actor=actor(world.administrator), endpoint=endpoint)
    send_due(world.organization.pk)
    assert verified(secret, receiver.taken[0])["type"] == "ping"


def test_a_secret_that_can_no_longer_be_opened_is_an_error_in_the_log(
    world: World, receiver: Receiver, settings: Any
) -> None:
    listen(world, receiver)
    write_objective(world)
    former = settings.SECRET_KEY
    settings.SECRET_KEY = "another secret of this installation"
    send_due(world.organization.pk)
    (delivery,) = deliveries(world)
    assert (delivery.state, delivery.error) == (State.WAITING, "CannotOpen")
    assert "can no longer be read" in delivery.problem
    settings.SECRET_KEY_FALLBACKS = [former]
    let_time_pass(world, PAUSES[0])
    send_due(world.organization.pk)
    assert len(receiver.taken) == 1


def test_what_nobody_may_listen_to_is_refused(world: World, receiver: Receiver) -> None:
    for topics in ([], ["objective", "salary"]):
        with within(world.organization), pytest.raises(Refused) as refused:
            add_webhook(
                actor=actor(world.administrator),
                name="Warehouse",
                address=f"http://hooks.example:{receiver.port}/",
                topics=topics,
            )
        assert "topics" in refused.value.message_dict
    with within(world.organization):
        assert not Endpoint.objects.exists()
        assert not Event.objects.filter(deliveries__isnull=False).exists()


def test_there_are_so_many_webhooks_at_most(world: World, receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoint_domain, "MOST_WEBHOOKS", 1)
    listen(world, receiver)
    with pytest.raises(Refused, match="Remove one first"):
        listen(world, receiver)


def test_the_log_is_kept_for_a_month(world: World, receiver: Receiver) -> None:
    listen(world, receiver)
    write_objective(world)
    with within(world.organization):
        Event.objects.update(created_at=timezone.now() - timedelta(days=29))
        throw_away()
        assert Delivery.objects.filter(endpoint__isnull=False).count() == 1
        Event.objects.update(created_at=timezone.now() - timedelta(days=31))
        throw_away()
        assert not Delivery.objects.filter(endpoint__isnull=False).exists()
