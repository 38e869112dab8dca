"""How the outbox of the organization in context stands."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q
from django.utils import timezone

from okrapp.notifications.enums import State
from okrapp.notifications.models import Delivery


@dataclass(frozen=True, slots=True)
class OutboxState:
    """How many deliveries are in each state; `late` is how long the oldest one that is due has waited."""

    counts: dict[str, int]
    possibly_twice: int
    late: timedelta


def outbox_state(now: datetime | None = None) -> OutboxState:
    """Return how the outbox stands; one query."""
    now = now or timezone.now()
    found = Delivery.objects.aggregate(
        **{state.value: Count("pk", filter=Q(state=state)) for state in State},
        possibly_twice=Count("pk", filter=Q(possibly_twice=True)),
        oldest=Min("due_at", filter=Q(state=State.WAITING, due_at__lte=now)),
    )
    late = now - found["oldest"] if found["oldest"] else timedelta(0)
    return OutboxState({state.value: found[state.value] for state in State}, found["possibly_twice"], late)


def dead_deliveries(limit: int = 50) -> list[Delivery]:
    """Return those that were given up, the newest first."""
    rows = Delivery.objects.filter(state=State.DEAD).select_related("notification", "event")
    return list(rows.order_by("-created_at", "-pk")[:limit])
