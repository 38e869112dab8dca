"""Reading what one was told. Not in the audit trail: nobody else's business."""

from collections.abc import Iterable
from uuid import UUID

from django.utils import timezone

from okrapp.notifications.models import Notification
from okrapp.notifications.queries.inbox import inbox_of
from organizations.actor import Actor


def read(*, actor: Actor, notification: Notification) -> Notification:
    """Say that a line of one's own inbox is read; the moment stays that of the first time."""
    if notification.read_at is None:
        notification.read_at = timezone.now()
        notification.save(update_fields=["read_at"])
    return notification


def unread(*, actor: Actor, notification: Notification) -> Notification:
    """Let a line of one's own inbox wait again."""
    notification.read_at = None
    notification.save(update_fields=["read_at"])
    return notification


def read_all(*, actor: Actor) -> list[UUID]:
    """Say that everything that shows is read. Returns the ids of what was not, so that it can be undone."""
    ids = list(inbox_of(actor).filter(read_at=None).values_list("pk", flat=True))
    Notification.objects.filter(pk__in=ids).update(read_at=timezone.now())
    return ids


def unread_many(*, actor: Actor, ids: Iterable[UUID]) -> int:
    """Let lines of one's own inbox wait again; others' ids are passed over. Returns how many."""
    return Notification.objects.filter(recipient=actor.membership, pk__in=list(ids)).update(read_at=None)


def read_of_kind(*, actor: Actor, kind: str, periods: Iterable[str]) -> int:
    """Say that somebody has dealt with what they were told, by doing it elsewhere. Returns how many lines."""
    mine = Notification.objects.filter(recipient=actor.membership, kind=kind, period__in=list(periods), read_at=None)
    return mine.update(read_at=timezone.now())
