"""Telling programs and chat rooms what happened: rows of the outbox, in the transaction in which it happened."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from okrapp.notifications.domain.notify import BATCH, UNDO_FOR, send_soon
from okrapp.notifications.enums import State
from okrapp.notifications.models import Delivery, Endpoint, Event
from okrapp.notifications.registry import Topic, registry
from organizations.actor import Actor
from organizations.models import AuditEntry

# What a program is told that tries its address.
PING = "ping"


def publish(actor: Actor, entries: Sequence[AuditEntry]) -> None:
    """Tell programs what the audit trail has just been told, of the topics they listen to.

    Called with every write, so it costs nothing where nobody listens: the topics are read with the settings. Thin on
    purpose: ids, never names, values or who it was. Side effects: as announce, without its wait, for undoing something
    is an event of its own.
    """
    wanted = set(getattr(actor.settings, "webhook_topics", ()))
    told = _topics_of(entries, wanted)
    if not told:
        return
    events = {
        topic_event.pk: (topic, topic_event)
        for topic, entry in told
        for topic_event in [
            Event(
                kind=f"{topic.code}.{entry.verb}",
                period=str(entry.pk),
                facts={
                    "object": topic.code,
                    "id": entry.object_id,
                    "verb": entry.verb,
                    "changed": sorted(entry.after or {}) if entry.verb != "created" else [],
                    "via": str(entry.via),
                },
            )
        ]
    }
    endpoints = list(Endpoint.objects.on().webhooks().filter(topics__overlap=[topic.code for topic, _entry in told]))
    deliveries = [
        (event, endpoint) for topic, event in events.values() for endpoint in endpoints if topic.code in endpoint.topics
    ]
    _write([event for _topic, event in events.values()], deliveries, wait=timedelta(0))


def announce(
    *,
    kind: str,
    period: str,
    path: str,
    facts: Mapping[str, Any],
    team_ids: Iterable[UUID | None] = (),
    for_everybody: bool = True,
    undo_for: timedelta = UNDO_FOR,
) -> int:
    """Tell the chat rooms of some teams, and (`for_everybody`) of the whole organization, something once.

    Returns how many are told.

    `path` leads there, below the organization's address; `period` tells it apart from others of its kind. Facts are
    read by everybody in the room. Side effects: rows of the outbox in the running transaction; after its commit a
    worker is nudged. KeyError for an unknown kind.
    """
    assert registry.announcements[kind]
    teams = [one for one in team_ids if one is not None]
    whose = Q(team__in=teams) | Q(team=None) if for_everybody else Q(team__in=teams)
    rooms = Endpoint.objects.on().rooms().filter(whose, topics__contains=[kind])
    found = list(rooms.order_by())
    if not found:
        return 0
    event = Event(kind=kind, period=period, path=path, facts=dict(facts))
    return _write([event], [(event, room) for room in found], wait=undo_for)


def retract(*, kind: str, period: str) -> None:
    """Take back what chat rooms have not been told yet, as when its cause was undone."""
    with transaction.atomic():
        for event in Event.objects.filter(kind=kind, period=period):
            # What a worker is claiming at this moment is waited for, and seen as claimed.
            deliveries = Delivery.objects.filter(event=event).select_for_update().order_by("pk")
            if set(deliveries.values_list("state", flat=True)) <= {State.WAITING}:
                event.delete()


def ping(*, actor: Actor, endpoint: Endpoint) -> Delivery:
    """Send an endpoint a message that only shows whether messages arrive. Side effects: as announce, at once."""
    now = timezone.now()
    with transaction.atomic():
        event = Event(kind=PING, facts={"name": endpoint.name}, path="settings/")
        event.period = str(event.pk)
        event.save(force_insert=True)
        delivery: Delivery = Delivery.objects.create(event=event, endpoint=endpoint, channel=endpoint.kind, due_at=now)
        send_soon(due_at=now)
        return delivery


def _topics_of(entries: Sequence[AuditEntry], wanted: set[str]) -> list[tuple[Topic, AuditEntry]]:
    """Return what is to be told of entries, without what nobody may be told of; a query for each topic that hides."""
    found: list[tuple[Topic, AuditEntry]] = []
    for code in sorted(wanted & registry.topics.keys()):
        topic = registry.topics[code]
        mine = [entry for entry in entries if entry.object_type == topic.object_type]
        if mine and topic.hidden is not None:
            hidden = topic.hidden([entry.object_id for entry in mine])
            mine = [entry for entry in mine if entry.object_id not in hidden]
        found += [(topic, entry) for entry in mine]
    return found


def _write(events: list[Event], deliveries: list[tuple[Event, Endpoint]], *, wait: timedelta) -> int:
    """Insert events that are new, with their deliveries; returns how many deliveries."""
    if not deliveries:
        return 0
    due_at = timezone.now() + wait
    with transaction.atomic():
        Event.objects.bulk_create(events, ignore_conflicts=True, batch_size=BATCH)
        # The database tells nobody which rows it left out.
        ids = [event.pk for event in events]
        new = set(Event.objects.filter(pk__in=ids).order_by().values_list("pk", flat=True))
        rows = [
            Delivery(event=event, endpoint=endpoint, channel=endpoint.kind, due_at=due_at)
            for event, endpoint in deliveries
            if event.pk in new
        ]
        Delivery.objects.bulk_create(rows, batch_size=BATCH)
        if rows:
            send_soon(due_at=due_at, after=wait)
        return len(rows)
