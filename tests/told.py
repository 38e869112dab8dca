"""Who was told something, and who would still be sent it."""

from typing import Any

from okrapp.notifications.models import Notification
from okrapp.notifications.registry import registry
from organizations.actor import Actor
from organizations.enums import Via
from organizations.models import Membership


def acting(member: Membership) -> Actor:
    """Return the actor of a member in a browser."""
    return Actor(member, via=Via.WEB)


def told(kind: str) -> set[Any]:
    """Return the ids of those who were told something of a kind."""
    return set(Notification.objects.filter(kind=kind).values_list("recipient", flat=True))


def still_true(kind: str) -> set[Any]:
    """Return the ids of those who would be sent a message about it now."""
    rows = list(Notification.objects.filter(kind=kind))
    look = registry.kinds[kind].still_true
    assert look is not None
    facts = look(rows)
    return {one.recipient_id for one in rows if one.pk in facts}
