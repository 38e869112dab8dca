"""How the handing out of background work stands, over all organizations."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone

from okrapp.tenancy.context import system_context
from organizations.models import Dispatch
from organizations.registry import registry


@dataclass(frozen=True, slots=True)
class DispatchState:
    """How many pieces of work are due, and since when the oldest of them is; None when there is none."""

    due: int
    oldest: datetime | None


def dispatch_state(now: datetime | None = None) -> DispatchState:
    """Return what the next sweep would hand out; one query."""
    with system_context("dispatch: how much work is due"):
        found = due_by(now or timezone.now()).aggregate(due=Count("pk"), oldest=Min("due_at"))
    return DispatchState(found["due"], found["oldest"])


def due_by(now: datetime) -> QuerySet[Dispatch]:
    """Return what is due; the work of closed organizations waits until they open, but for `done_while_closed`."""
    may_run = Q(organization__is_open=True) | Q(kind__in=registry.done_while_closed)
    return Dispatch.objects.filter(may_run, due_at__lte=now, kind__in=registry.dispatch_tasks)
