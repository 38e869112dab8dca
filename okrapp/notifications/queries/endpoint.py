"""Endpoints, and the log of what was sent to them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, Exists, F, Func, OuterRef, Q

from okrapp.notifications.enums import State
from okrapp.notifications.models import Delivery, Endpoint

PAGE = 30


@dataclass(frozen=True, slots=True)
class Log:
    """A page of what was sent to an endpoint, newest first."""

    deliveries: Sequence[Delivery]
    has_next: bool
    # Whether something is on its way, so that the page is worth looking at again.
    is_moving: bool


def webhook_topics() -> ArraySubquery:
    """Return the expression that reads, with the settings, the topics that any program listens to."""
    topic = Func(F("topics"), function="unnest", output_field=CharField())
    return ArraySubquery(Endpoint.objects.on().webhooks().order_by().values_list(topic, flat=True).distinct())


def shared_endpoints() -> list[Endpoint]:
    """Return programs and rooms by name with teams, and whether any delivery `failed` or is `retried`; one query."""
    mine = Delivery.objects.filter(endpoint=OuterRef("pk"))
    rows = Endpoint.objects.filter(member=None).select_related("team").order_by("name", "pk")
    return list(
        rows.annotate(
            failed=Exists(mine.filter(state=State.DEAD)),
            retried=Exists(mine.filter(state=State.WAITING, attempts__gt=0)),
        )
    )


def log_of(endpoint: Endpoint, *, only_failed: bool = False, page: int = 1) -> Log:
    """Return a page of what was sent to an endpoint; one query."""
    rows = Delivery.objects.filter(endpoint=endpoint).select_related("event").order_by("-created_at", "-pk")
    if only_failed:
        rows = rows.filter(Q(state=State.DEAD) | Q(state=State.WAITING, attempts__gt=0))
    found = list(rows[(page - 1) * PAGE : page * PAGE + 1])
    shown = found[:PAGE]
    is_moving = any(row.state == State.CLAIMED or (row.state == State.WAITING and not row.attempts) for row in shown)
    return Log(shown, len(found) > PAGE, is_moving)
