"""What somebody has been told."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Value
from django.db.models.functions import Now

from okrapp.notifications.models import Notification
from okrapp.notifications.parcels import Item, item_of
from okrapp.notifications.registry import registry
from organizations.actor import Actor

PAGE = 30
# More than this is "99+".
COUNTED = 100


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the inbox."""

    notification: Notification
    item: Item


@dataclass(frozen=True, slots=True)
class Inbox:
    """A page of it, newest first."""

    lines: Sequence[Line]
    has_next: bool


def inbox_of(actor: Actor) -> QuerySet[Notification]:
    """Return all that shows in somebody's inbox, newest first, of known kinds and what they may read."""
    rows = Notification.objects.in_inbox().filter(recipient=actor.membership)
    return _shown(rows).order_by("-visible_at", "-pk")


def inbox(actor: Actor, *, only_unread: bool = False, page: int = 1) -> Inbox:
    """Return a page of somebody's inbox in the active language; one query."""
    rows = inbox_of(actor).select_related("by")
    if only_unread:
        rows = rows.unread()  # type: ignore[attr-defined]
    found = list(rows[(page - 1) * PAGE : page * PAGE + 1])
    lines = [Line(one, item_of(one, registry.kinds[one.kind])) for one in found[:PAGE]]
    return Inbox(lines, len(found) > PAGE)


def one_of(actor: Actor, notification_id: UUID) -> Notification | None:
    """Return a line of somebody's own inbox, or None."""
    return inbox_of(actor).filter(pk=notification_id).first()


def not_shown(ids: Collection[UUID]) -> set[UUID]:
    """Return, of some notifications, those that must not be read any more; one query, none for none."""
    if not ids:
        return set()
    shown = _shown(Notification.objects.filter(pk__in=ids)).order_by()
    return set(ids) - set(shown.values_list("pk", flat=True))


@cache
def unread_with_member() -> ArraySubquery:
    """Return the expression that reads, with a membership, a row for each unread line, COUNTED at most.

    Built once, when all kinds are known.
    """
    unread = Notification.objects.filter(recipient=OuterRef("pk"), read_at=None, visible_at__lte=Now())
    return ArraySubquery(_shown(unread).order_by().values(one=Value(1))[:COUNTED])


def count_unread(actor: Actor) -> int:
    """Return the number beside the inbox: as read with the member for a page, no query; else one query, once."""
    read = getattr(actor.membership, "unread_notifications", None)
    if read is not None:
        return len(read)
    if "unread" not in actor.memo:
        actor.memo["unread"] = count_unread_again(actor)
    return int(actor.memo["unread"])


def count_unread_again(actor: Actor) -> int:
    """Return the number beside the inbox after something changed it; one query."""
    return inbox_of(actor).filter(read_at=None)[:COUNTED].count()


def _shown(rows: QuerySet[Notification]) -> QuerySet[Notification]:
    """Leave out kinds that are known no more, and what must not be read any more."""
    rows = rows.filter(kind__in=registry.kinds)
    for condition in registry.out_of_sight:
        rows = rows.exclude(condition())
    return rows
