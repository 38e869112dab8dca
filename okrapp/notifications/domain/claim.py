"""Taking what is due out of the outbox and putting it into messages, in one transaction and before anything is sent."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
import uuid_utils.compat
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import transaction
from django.db.models import Min, Q
from django.utils import timezone

from okrapp.notifications.domain.notify import DISPATCH_KIND
from okrapp.notifications.domain.preference import MAIL
from okrapp.notifications.enums import State
from okrapp.notifications.models import Delivery, Endpoint, Event, Notification
from okrapp.notifications.parcels import Parcel
from okrapp.notifications.problems import problem
from okrapp.notifications.queries.inbox import not_shown
from okrapp.notifications.readers import Reader, readers
from okrapp.notifications.registry import Facts, Kind, registry
from okrapp.tenancy.context import require_organization_id
from okrapp.tenancy.locks import lock_in_organization
from organizations.domain.dispatch import begin, schedule
from organizations.models import Organization, OrganizationSettings

log = structlog.get_logger(__name__)

# So many deliveries are claimed at once, and what travels with them; the claim of each is renewed when its turn comes.
CLAIMED_AT_ONCE = 25
# What a kind cannot look at is looked at again after a pause, for so long.
UNCLEAR_PAUSE, UNCLEAR_FOR = timedelta(minutes=30), timedelta(days=4)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message that is ready to be handed over, or what went wrong while it was put together."""

    parcel: Parcel
    delivery_ids: tuple[UUID, ...]
    attempts: int
    message: Any
    problem: str = ""


def claim(now: datetime) -> list[Claimed] | None:
    """Take what is due in the organization in context, drop what is true no more, put off what comes at a bad time.

    Returns the messages to send, possibly none; None when nothing is due. Runs in the caller's transaction, whose
    commit makes the claim. Side effects: the organization stands in the dispatch table for when to look again.
    """
    # One after the other: two that claim at once would tear apart what belongs into one message.
    lock_in_organization("outbox")
    begin(kind=DISPATCH_KIND)
    rows = _due(now)
    if not rows:
        _come_back(now)
        return None
    # Should this worker die, this brings the organization back.
    lease = timedelta(seconds=settings.OKRAPP_OUTBOX_LEASE)
    schedule(kind=DISPATCH_KIND, due_at=now + lease)
    found = readers({row.notification.recipient_id for row in rows if row.notification is not None})
    own = _own_endpoints(rows)
    unreachable = {row.pk for row in rows if not _can_arrive(row, found, own)}
    unclear: set[UUID] = set()
    announced = _look_at_announcements(rows, unclear)
    ready = _drop_what_is_over(rows, gone=unreachable | announced | _not_to_be_read(rows), unclear=unclear)
    timely = []
    for row in ready:
        if row.notification_id in unclear or row.event_id in unclear:
            _put_off(row, now)
            continue
        at = now if row.notification is None else _time_for(row, found[row.notification.recipient_id], now)
        if at > now:
            row.due_at = at
        else:
            timely.append(row)
    _give_envelopes(timely)
    for row in timely:
        row.possibly_twice = row.possibly_twice or row.state == State.CLAIMED
        row.state, row.due_at = State.CLAIMED, now + lease
        row.attempts += 1
    fields = ["due_at", "envelope", "possibly_twice", "state", "attempts", "error", "settled_at"]
    Delivery.objects.bulk_update(ready, fields)
    return _parcels(timely, found, own)


def _due(now: datetime) -> list[Delivery]:
    """Lock what is due and nobody else holds, with all that travels in the same envelope or to the same people."""
    due = Delivery.objects.unsent().filter(due_at__lte=now, channel__in=registry.channels)
    locked = due.select_for_update(skip_locked=True, of=("self",)).select_related("notification", "event", "endpoint")
    rows = list(locked.order_by("due_at", "pk")[:CLAIMED_AT_ONCE])
    if not rows:
        return []
    envelopes = {row.envelope for row in rows if row.envelope}
    people = {row.notification.recipient_id for row in rows if row.envelope is None and row.notification is not None}
    together = Q(envelope__in=envelopes) | Q(envelope=None, notification__recipient__in=people)
    present = {row.pk for row in rows}
    return rows + [row for row in locked.filter(together).order_by("due_at", "pk") if row.pk not in present]


def _come_back(now: datetime) -> None:
    """Let the organization come back when something is due later."""
    unsent = Delivery.objects.unsent().filter(channel__in=registry.channels)
    upcoming = unsent.aggregate(first=Min("due_at"))["first"]
    if upcoming is not None:
        schedule(kind=DISPATCH_KIND, due_at=max(upcoming, now))


def _own_endpoints(rows: Iterable[Delivery]) -> dict[tuple[UUID | None, str], Endpoint]:
    """Return the chats of those who are told something there, by member and channel; one query, if any."""
    people = {
        row.notification.recipient_id
        for row in rows
        if row.notification is not None and registry.channels[row.channel].needs_endpoint
    }
    if not people:
        return {}
    return {(one.member_id, one.kind): one for one in Endpoint.objects.on().filter(member__in=people).order_by()}


def _can_arrive(row: Delivery, found: dict[UUID, Reader], own: dict[tuple[UUID | None, str], Endpoint]) -> bool:
    """Return whether there is somebody, or something, that a delivery can reach."""
    if row.notification is None:
        return row.endpoint is not None and row.endpoint.is_on
    to = row.notification.recipient_id
    return to in found and (not registry.channels[row.channel].needs_endpoint or (to, row.channel) in own)


def _put_off(row: Delivery, now: datetime) -> None:
    """Let what its kind cannot look at wait, and give it up when it never can; nothing is sent unlooked."""
    row.possibly_twice = row.possibly_twice or row.state == State.CLAIMED
    row.error = problem("unclear")
    if now - row.created_at < UNCLEAR_FOR:
        row.state, row.due_at = State.WAITING, now + UNCLEAR_PAUSE
    else:
        row.state, row.settled_at = State.DEAD, now


def _look(kind: Kind, told: Sequence[Any], unclear: set[UUID]) -> Mapping[UUID, Facts]:
    """Return the facts, as they are now, of what is still true; all of it where a kind does not look again.

    What its kind fails at is added to `unclear`, and keeps nothing else from being sent: then each is looked at alone.
    """
    if kind.still_true is None:
        return {one.pk: one.facts for one in told}
    try:
        with transaction.atomic():
            return kind.still_true(told)
    except SoftTimeLimitExceeded:
        raise
    except Exception:
        if len(told) > 1:
            return {pk: facts for one in told for pk, facts in _look(kind, [one], unclear).items()}
        log.exception("message_not_looked_at", kind=kind.code, id=str(told[0].pk))
        unclear.add(told[0].pk)
        return {}


def _drop_what_is_over(rows: Sequence[Delivery], gone: set[UUID], unclear: set[UUID]) -> list[Delivery]:
    """Settle deliveries of what is true no more, or cannot arrive; return the others, with facts renewed.

    Adds to `unclear` the notifications that their kinds cannot look at.
    """
    over = set(gone)
    by_kind: dict[str, list[Notification]] = {}
    renewed: dict[UUID, Notification] = {}
    for row in rows:
        if row.notification is None:
            continue
        if row.notification.kind not in registry.kinds:
            over.add(row.pk)
        elif row.attempts == 0:
            by_kind.setdefault(row.notification.kind, []).append(row.notification)
    for code, notifications in by_kind.items():
        facts = _look(registry.kinds[code], notifications, unclear)
        for row in rows:
            if row.notification is None or row.notification.kind != code or row.attempts:
                continue
            if row.notification.pk in unclear:
                continue
            if row.notification.pk not in facts:
                over.add(row.pk)
            elif row.notification.facts != facts[row.notification.pk]:
                # Kept, so that another attempt says the same.
                row.notification.facts = dict(facts[row.notification.pk])
                renewed[row.notification.pk] = row.notification
    if renewed:
        Notification.objects.bulk_update(renewed.values(), ["facts"])
    if over:
        now = timezone.now()
        Delivery.objects.filter(pk__in=over).update(state=State.DROPPED, settled_at=now)
        # What is over and never was sent need not wait in the inbox either; what only cannot arrive must.
        dropped = [row.notification for row in rows if row.pk in over - gone and row.attempts == 0 and row.notification]
        Notification.objects.filter(pk__in={one.pk for one in dropped}, read_at=None).update(read_at=now)
    return [row for row in rows if row.pk not in over]


def _not_to_be_read(rows: Sequence[Delivery]) -> set[UUID]:
    """Return the deliveries that are tried again, by when their recipients may not read it any more; one query, if any.

    At the first attempt it is looked whether all is still true.
    """
    again = {row.pk: row.notification.pk for row in rows if row.attempts and row.notification is not None}
    hidden = not_shown(set(again.values()))
    return {pk for pk, notification_id in again.items() if notification_id in hidden}


def _look_at_announcements(rows: Sequence[Delivery], unclear: set[UUID]) -> set[UUID]:
    """Renew the facts of what chat rooms are told, and return the deliveries of what is true no more.

    Before each attempt: a room that did not answer is told days later, and everybody there reads it. Adds to
    `unclear` the events that their kinds cannot look at.
    """
    by_kind: dict[str, dict[UUID, Event]] = {}
    for row in rows:
        if row.event is not None and row.event.kind in registry.announcements:
            by_kind.setdefault(row.event.kind, {})[row.event.pk] = row.event
    over: set[UUID] = set()
    renewed: dict[UUID, Event] = {}
    for code, events in by_kind.items():
        facts = _look(registry.announcements[code], list(events.values()), unclear)
        for row in rows:
            if row.event is None or row.event.pk not in events or row.event.pk in unclear:
                continue
            if row.event.pk not in facts:
                over.add(row.pk)
            elif row.event.facts != facts[row.event.pk]:
                row.event.facts = dict(facts[row.event.pk])
                renewed[row.event.pk] = row.event
    if renewed:
        Event.objects.bulk_update(renewed.values(), ["facts"])
    return over


def _time_for(row: Delivery, reader: Reader, now: datetime) -> datetime:
    """Return when a delivery to a person may go; what was under way once goes on at once."""
    assert row.notification is not None
    kind = registry.kinds[row.notification.kind]
    if row.attempts or kind.is_urgent:
        return now
    until = kind.until(row.notification.facts) if kind.until is not None else None
    # Chats are not summed up: how often somebody wants to be told is asked of mail.
    in_summary = row.channel == MAIL and not kind.is_summary
    return reader.clock.may_send(now, written_at=row.created_at, until=until, in_summary=in_summary)


def _give_envelopes(rows: Sequence[Delivery]) -> None:
    """Put what goes to the same person through the same channel into one envelope; those that have one keep it.

    Each event has an envelope of its own: programs take them one by one.
    """
    new: dict[tuple[UUID, str], UUID] = {}
    for row in rows:
        if row.envelope is None:
            to = row.pk if row.notification is None else row.notification.recipient_id
            row.envelope = new.setdefault((to, row.channel), uuid_utils.compat.uuid7())


def _parcels(
    rows: Sequence[Delivery], found: dict[UUID, Reader], own: dict[tuple[UUID | None, str], Endpoint]
) -> list[Claimed]:
    """Put deliveries into messages, one for each envelope."""
    organization = Organization.objects.get(pk=require_organization_id())
    by_envelope: dict[UUID, list[Delivery]] = {}
    for row in rows:
        assert row.envelope is not None
        by_envelope.setdefault(row.envelope, []).append(row)
    usual = ""
    messages = []
    for envelope, together in by_envelope.items():
        first = together[0]
        if first.notification is not None:
            reader = found[first.notification.recipient_id]
            parcel = Parcel(
                id=envelope,
                channel=first.channel,
                organization=organization,
                language=reader.language,
                reader=reader,
                endpoint=own.get((reader.member.pk, first.channel)),
                notifications=tuple(row.notification for row in together if row.notification is not None),
            )
        else:
            usual = usual or OrganizationSettings.objects.get().language
            parcel = Parcel(
                id=envelope,
                channel=first.channel,
                organization=organization,
                language=usual,
                endpoint=first.endpoint,
                event=first.event,
            )
        messages.append(_composed(parcel, together))
    return messages


def _composed(parcel: Parcel, rows: Sequence[Delivery]) -> Claimed:
    """Put a message together; what goes wrong becomes the error of this one and keeps no other from being sent."""
    ids = tuple(row.pk for row in rows)
    attempts = rows[0].attempts
    try:
        with transaction.atomic():
            message = registry.channels[parcel.channel].compose(parcel)
    except SoftTimeLimitExceeded:
        raise
    except Exception as error:
        log.exception("message_not_composed", envelope=str(parcel.id), channel=parcel.channel)
        return Claimed(parcel, ids, attempts, None, problem=type(error).__name__)
    return Claimed(parcel, ids, attempts, message)
