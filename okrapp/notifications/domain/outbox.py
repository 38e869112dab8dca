"""Sending what is due: claimed and committed first, then sent, then said so.

A worker may die at any point. Before the claim is committed nothing has happened; after it, the claim runs out and the
same message is sent again under the same id, marked as possibly twice, because nobody can know whether the other side
had taken it. No transaction is open while a message is handed over.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
import uuid_utils.compat
from django.conf import settings
from django.db import transaction
from django.db.models import Min, Q
from django.utils import timezone

from okrapp.notifications.domain.notify import DISPATCH_KIND, send_soon
from okrapp.notifications.enums import State
from okrapp.notifications.models import Delivery, Notification
from okrapp.notifications.parcels import Parcel
from okrapp.notifications.readers import readers
from okrapp.notifications.registry import NotSent, registry
from okrapp.tenancy.context import require_organization_id, tenant_context
from okrapp.tenancy.locks import lock_in_organization
from organizations.domain.dispatch import begin, schedule
from organizations.models import Organization

log = structlog.get_logger(__name__)

# So many deliveries are claimed at once; with ten seconds for each message they are done before the claim runs out.
CLAIMED_AT_ONCE = 25
# Pauses before the next attempts; after the last one a delivery is given up until somebody sends it again.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 480, 1440, 2880))
ERROR_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message that is ready to be handed over, or what went wrong while it was put together."""

    parcel: Parcel
    delivery_ids: tuple[UUID, ...]
    attempts: int
    message: Any
    problem: str = ""


def send_due(organization_id: int) -> int:
    """Send all that is due in an organization. Returns how many deliveries were sent.

    Called outside of every transaction; enters the organization by itself. Side effects: messages; rows of the outbox;
    the organization comes back when something is due later.
    """
    sent = 0
    while True:
        with tenant_context(organization_id):
            claimed = claim(timezone.now())
        if claimed is None:
            return sent
        for one in claimed:
            sent += _hand_over(organization_id, one)


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
        upcoming = (
            Delivery.objects.unsent().filter(channel__in=registry.channels).aggregate(first=Min("due_at"))["first"]
        )
        if upcoming is not None:
            schedule(kind=DISPATCH_KIND, due_at=max(upcoming, now))
        return None
    # Should this worker die, this brings the organization back.
    lease = timedelta(seconds=settings.OKRAPP_OUTBOX_LEASE)
    schedule(kind=DISPATCH_KIND, due_at=now + lease)
    found = readers({row.notification.recipient_id for row in rows})
    ready = _drop_what_is_over(rows, gone={row.pk for row in rows if row.notification.recipient_id not in found})
    timely = []
    for row in ready:
        at = _time_for(row, found[row.notification.recipient_id].clock, now)
        if at > now:
            row.due_at = at
        else:
            timely.append(row)
    _give_envelopes(timely)
    for row in timely:
        row.possibly_twice = row.possibly_twice or row.state == State.CLAIMED
        row.state, row.due_at = State.CLAIMED, now + lease
        row.attempts += 1
    Delivery.objects.bulk_update(ready, ["due_at", "envelope", "possibly_twice", "state", "attempts"])
    organization = Organization.objects.get(pk=require_organization_id())
    by_envelope: dict[tuple[UUID, str], list[Delivery]] = {}
    for row in timely:
        assert row.envelope is not None
        by_envelope.setdefault((row.envelope, row.channel), []).append(row)
    return [
        _composed(
            Parcel(
                id=envelope,
                channel=channel,
                organization=organization,
                reader=found[together[0].notification.recipient_id],
                notifications=tuple(row.notification for row in together),
            ),
            together,
        )
        for (envelope, channel), together in by_envelope.items()
    ]


def settle(claimed: Claimed, *, problem: str = "", for_good: bool = False, now: datetime | None = None) -> None:
    """Say what became of a message: sent, to be tried again after a pause, or given up. In the caller's transaction."""
    now = now or timezone.now()
    # Another worker may have taken it over meanwhile, and then it says what became of it.
    mine = Delivery.objects.filter(pk__in=claimed.delivery_ids, state=State.CLAIMED, attempts=claimed.attempts)
    if not problem:
        mine.update(state=State.SENT, settled_at=now, error="")
        return
    error = problem[:ERROR_LENGTH]
    if for_good or claimed.attempts > len(PAUSES):
        mine.update(state=State.DEAD, settled_at=now, error=error)
        log.warning("delivery_given_up", envelope=str(claimed.parcel.id), channel=claimed.parcel.channel)
        return
    due_at = now + PAUSES[claimed.attempts - 1]
    mine.update(state=State.WAITING, due_at=due_at, error=error)
    schedule(kind=DISPATCH_KIND, due_at=due_at)


def replay(deliveries: Iterable[UUID]) -> int:
    """Let given-up deliveries be tried again, from the first pause on. Returns how many. Side effects: as send_soon."""
    now = timezone.now()
    with transaction.atomic():
        count = Delivery.objects.filter(pk__in=list(deliveries), state=State.DEAD).update(
            state=State.WAITING, due_at=now, attempts=0, settled_at=None
        )
        if count:
            send_soon(due_at=now)
        return count


def _due(now: datetime) -> list[Delivery]:
    """Lock what is due and nobody else holds, with all that travels in the same envelope or to the same people."""
    due = Delivery.objects.unsent().filter(due_at__lte=now, channel__in=registry.channels)
    locked = due.select_for_update(skip_locked=True, of=("self",)).select_related("notification")
    rows = list(locked.order_by("due_at", "pk")[:CLAIMED_AT_ONCE])
    if not rows:
        return []
    envelopes = {row.envelope for row in rows if row.envelope}
    people = {row.notification.recipient_id for row in rows if row.envelope is None}
    together = Q(envelope__in=envelopes) | Q(envelope=None, notification__recipient__in=people)
    present = {row.pk for row in rows}
    return rows + [row for row in locked.filter(together).order_by("due_at", "pk") if row.pk not in present]


def _drop_what_is_over(rows: Sequence[Delivery], gone: set[UUID]) -> list[Delivery]:
    """Settle deliveries of what is true no more, or whose recipient has left; return the others, with facts renewed."""
    over = set(gone)
    by_kind: dict[str, list[Notification]] = {}
    renewed: dict[UUID, Notification] = {}
    for row in rows:
        if row.notification.kind not in registry.kinds:
            over.add(row.pk)
        elif row.attempts == 0:
            by_kind.setdefault(row.notification.kind, []).append(row.notification)
    for code, notifications in by_kind.items():
        still_true = registry.kinds[code].still_true
        if still_true is None:
            continue
        facts = still_true(notifications)
        for row in rows:
            if row.notification.kind != code or row.attempts:
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
        # What never was sent need not wait in the inbox either.
        dropped = {row.notification_id for row in rows if row.pk in over and row.attempts == 0}
        Notification.objects.filter(pk__in=dropped, read_at=None).update(read_at=now)
    return [row for row in rows if row.pk not in over]


def _time_for(row: Delivery, clock: Any, now: datetime) -> datetime:
    """Return when a delivery may go; what was under way once goes on at once."""
    if row.attempts or registry.kinds[row.notification.kind].is_urgent:
        return now
    at: datetime = clock.may_send(now, written_at=row.created_at)
    return at


def _give_envelopes(rows: Sequence[Delivery]) -> None:
    """Put what goes to the same person through the same channel into one envelope; those that have one keep it."""
    new: dict[tuple[UUID, str], UUID] = {}
    for row in rows:
        if row.envelope is None:
            key = (row.notification.recipient_id, row.channel)
            row.envelope = new.setdefault(key, uuid_utils.compat.uuid7())


def _composed(parcel: Parcel, rows: Sequence[Delivery]) -> Claimed:
    """Put a message together; what goes wrong becomes the error of this one and keeps no other from being sent."""
    ids = tuple(row.pk for row in rows)
    attempts = rows[0].attempts
    try:
        with transaction.atomic():
            message = registry.channels[parcel.channel].compose(parcel)
    except Exception as error:
        log.exception("message_not_composed", envelope=str(parcel.id), channel=parcel.channel)
        return Claimed(parcel, ids, attempts, None, problem=type(error).__name__)
    return Claimed(parcel, ids, attempts, message)


def _hand_over(organization_id: int, claimed: Claimed) -> int:
    """Send one message and say what became of it. Returns how many deliveries were sent."""
    problem, for_good = claimed.problem, False
    if not problem:
        try:
            registry.channels[claimed.parcel.channel].send(claimed.message)
        except NotSent as error:
            problem, for_good = str(error) or type(error).__name__, error.for_good
        except Exception as error:
            # Whatever a library raises: the message is not sent, and the others go on.
            log.warning("message_not_sent", channel=claimed.parcel.channel, error=type(error).__name__)
            problem = f"{type(error).__name__}: {error}"
    with tenant_context(organization_id):
        settle(claimed, problem=problem, for_good=for_good)
    return 0 if problem else len(claimed.delivery_ids)
