"""Telling people something: the rows of inbox and outbox, in the transaction of what happened."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from okrapp.celery import app
from okrapp.notifications.domain.preference import LIKE_MAIL, MAIL
from okrapp.notifications.enums import State
from okrapp.notifications.models import Choice, Delivery, Notification
from okrapp.notifications.registry import Kind, registry
from okrapp.tenancy.context import require_organization_id
from organizations.actor import Actor
from organizations.domain.dispatch import schedule
from organizations.models import Membership

DISPATCH_KIND = "outbox"
SEND_TASK = "okrapp.notifications.tasks.send_due"
# What can be undone waits as long as the button for it stands there.
UNDO_FOR = timedelta(seconds=10)
BATCH = 5000
# For more recipients than these, everybody's choices are read.
FEW = 500


@dataclass(frozen=True, slots=True)
class Told:
    """What one member is told. `period` tells it apart from others of its kind: the same is never told twice."""

    recipient_id: UUID
    period: str
    path: str
    facts: Mapping[str, Any] = field(default_factory=dict)


def notify(
    *,
    actor: Actor,
    kind: str,
    to: Iterable[UUID | None],
    period: str,
    path: str,
    facts: Mapping[str, Any] | None = None,
) -> int:
    """Tell some members the same; whoever did it is not told, and nobody twice. Returns how many are told anew.

    `path` leads there, below the organization's address. Side effects as notify_each.
    """
    me = actor.membership.pk if actor.membership is not None else None
    people = {one for one in to if one is not None and one != me}
    told = [Told(one, period, path, facts or {}) for one in sorted(people)]
    return notify_each(actor=actor, kind=kind, told=told)


def notify_each(
    *, actor: Actor, kind: str, told: Iterable[Told], undo_for: timedelta = UNDO_FOR, can_read: bool = False
) -> int:
    """Tell many members something of a kind, four statements for each BATCH of them. Returns how many are told anew.

    Who has left, or never signed in, is told nothing; who was told the same before, in the same period, neither.
    `can_read` says that the caller has looked who can. Side effects: rows of the inbox, which show after `undo_for`,
    and of the outbox, in the running transaction; after its commit a worker is nudged. KeyError for an unknown kind.
    """
    wanted = registry.kinds[kind]
    rows = list(told)
    if not rows:
        return 0
    now = timezone.now()
    visible_at = now + undo_for
    by = actor.membership.pk if actor.membership is not None else None
    count, sent = 0, False
    with transaction.atomic():
        channels = _channels(wanted, {one.recipient_id for one in rows})
        for start in range(0, len(rows), BATCH):
            part = rows[start : start + BATCH]
            new = _write(wanted, part if can_read else _readable(part), by=by, now=now, visible_at=visible_at)
            deliveries = [
                Delivery(notification=one, channel=channel, due_at=visible_at)
                for one in new
                for channel in channels.of(one.recipient_id)
            ]
            Delivery.objects.bulk_create(deliveries, batch_size=BATCH)
            count += len(new)
            sent = sent or bool(deliveries)
        if sent:
            send_soon(due_at=visible_at, after=undo_for)
    return count


def withdraw(*, kind: str, about: str, to: Iterable[UUID] | None = None) -> int:
    """Take back what was told before it is sent, as when its cause was undone. Returns how many had not been sent.

    `about` is the period it was told under, or what came before a colon in it. What has left the house is not called
    back, and stays in the inbox too: somebody may look for it there. So does what was told only there, once it is read.
    """
    with transaction.atomic():
        found = Notification.objects.filter(Q(period=about) | Q(period__startswith=f"{about}:"), kind=kind)
        if to is not None:
            found = found.filter(recipient__in=list(to))
        ids = list(found.values_list("pk", flat=True))
        # Deliveries first, as a worker that claims them: it changes notifications only afterwards. What one is claiming
        # at this moment is waited for, and seen as claimed.
        deliveries = Delivery.objects.filter(notification__in=ids).select_for_update().order_by("pk")
        states = list(deliveries.values_list("notification", "state"))
        out = {told for told, state in states if state != State.WAITING}
        unread = Q(read_at=None) | Q(pk__in={told for told, _state in states})
        _all, deleted = Notification.objects.filter(unread, pk__in=[one for one in ids if one not in out]).delete()
        return deleted.get(Notification._meta.label, 0)


def send_soon(*, due_at: datetime, after: timedelta = timedelta(0)) -> None:
    """Let a worker look at the organization's outbox once the running transaction is committed.

    Side effects: a row of the dispatch table, which the sweep finds should the nudge get lost; one task.
    """
    schedule(kind=DISPATCH_KIND, due_at=due_at)
    organization_id = require_organization_id()
    transaction.on_commit(
        lambda: app.send_task(
            SEND_TASK, kwargs={"organization_id": organization_id}, countdown=after.total_seconds() or None
        ),
        robust=True,
    )


@dataclass(slots=True)
class _Channels:
    """Through which channels each member gets one kind."""

    available: list[str]
    usual: frozenset[str]
    own: dict[UUID, dict[str, bool]]
    # The chats of their own that members have connected.
    chats: dict[UUID, set[str]]

    def of(self, member_id: UUID) -> list[str]:
        own = self.own.get(member_id, {})
        chats = self.chats.get(member_id, ())
        usual = {*self.usual, *(chats if MAIL in self.usual else ())}
        return [
            one
            for one in self.available
            if own.get(one, one in usual) and (one in chats or not registry.channels[one].needs_endpoint)
        ]


def _channels(kind: Kind, recipients: set[UUID]) -> _Channels:
    """Return the choices about a kind; one query."""
    usual = set(kind.channels)
    own: dict[UUID, dict[str, bool]] = {}
    chats: dict[UUID, set[str]] = {}
    # What nobody can choose about, nobody can have switched off.
    choices = Choice.objects.filter(kind__in=(kind.code, LIKE_MAIL) if kind.is_offered else (LIKE_MAIL,))
    if len(recipients) <= FEW:
        # Telling one person must not read what thousands have chosen.
        choices = choices.filter(Q(member=None) | Q(member__in=recipients))
    for choice in choices.order_by():
        if choice.kind == LIKE_MAIL and choice.member_id is not None:
            chats.setdefault(choice.member_id, set()).add(choice.channel)
        elif choice.member_id is not None:
            own.setdefault(choice.member_id, {})[choice.channel] = choice.is_on
        elif choice.is_on:
            usual.add(choice.channel)
        else:
            usual.discard(choice.channel)
    available = [
        code
        for code, one in registry.channels.items()
        if one.is_available() and (kind.in_chats or not one.needs_endpoint)
    ]
    return _Channels(available, frozenset(usual), own, chats)


def _write(kind: Kind, told: list[Told], *, by: UUID | None, now: datetime, visible_at: datetime) -> list[Notification]:
    """Insert the notifications that are new; return them."""
    rows = [
        Notification(
            recipient_id=one.recipient_id,
            kind=kind.code,
            period=one.period,
            by_id=by,
            facts=dict(one.facts),
            path=one.path,
            created_at=now,
            visible_at=visible_at,
        )
        for one in told
    ]
    if not rows:
        return []
    Notification.objects.bulk_create(rows, ignore_conflicts=True, batch_size=BATCH)
    # The database tells nobody which rows it left out.
    written = set(Notification.objects.filter(pk__in=[one.pk for one in rows]).order_by().values_list("pk", flat=True))
    return [one for one in rows if one.pk in written]


def _readable(told: list[Told]) -> list[Told]:
    """Return those whose recipient is an active member who can sign in; one query."""
    found = set(
        Membership.objects.active()
        .filter(pk__in={one.recipient_id for one in told}, user__isnull=False, user__is_active=True)
        .order_by()
        .values_list("pk", flat=True)
    )
    return [one for one in told if one.recipient_id in found]
