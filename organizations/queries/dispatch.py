"""How the handing out of background work stands, over all organizations."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min
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
        found = Dispatch.objects.filter(due_at__lte=now or timezone.now(), kind__in=registry.dispatch_tasks).aggregate(
            due=Count("pk"), oldest=Min("due_at")
        )
    return DispatchState(found["due"], found["oldest"])
