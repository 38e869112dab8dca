"""How the outboxes of all organizations stand, in numbers: for operators, who see nothing of what is in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

from okrapp.notifications.enums import State
from okrapp.notifications.registry import registry
from okrapp.tenancy.context import system_context

# The sweep comes each minute; what is due for longer than a few is late.
LATE = timedelta(minutes=5)
_UNSENT = {State.WAITING, State.CLAIMED}


@dataclass(frozen=True, slots=True)
class Heap:
    """The deliveries of one organization through one channel in one state, and the earliest time any of them is due."""

    organization_id: int
    channel: str
    state: str
    count: int
    oldest: datetime


@dataclass(frozen=True, slots=True)
class Trouble:
    """What needs somebody in one organization: deliveries given up, and since when the oldest late one is due."""

    organization_id: int
    dead: int
    late_since: datetime | None


@dataclass(frozen=True, slots=True)
class Outboxes:
    """All of them at one moment."""

    now: datetime
    heaps: Sequence[Heap]

    def by_channel(self) -> dict[str, dict[str, int]]:
        """Return the number of deliveries by channel and state, with 0 for every channel there is and every state."""
        counts = {code: dict.fromkeys(State.values, 0) for code in registry.channels}
        for heap in self.heaps:
            of_channel = counts.setdefault(heap.channel, dict.fromkeys(State.values, 0))
            of_channel[heap.state] = of_channel.get(heap.state, 0) + heap.count
        return counts

    def oldest_waiting(self) -> datetime | None:
        """Return since when the oldest delivery is due that has not been sent; None when nothing is due.

        What waits for a channel that is gone wakes nobody, and counts for nothing here.
        """
        return min((heap.oldest for heap in self.heaps if self._is_due(heap)), default=None)

    def dead(self) -> int:
        """Return how many deliveries were given up."""
        return sum(heap.count for heap in self.heaps if heap.state == State.DEAD)

    def troubles(self) -> list[Trouble]:
        """Return the organizations with deliveries that were given up or are late, the worst first."""
        dead: dict[int, int] = {}
        late: dict[int, datetime] = {}
        for heap in self.heaps:
            key = heap.organization_id
            if heap.state == State.DEAD:
                dead[key] = dead.get(key, 0) + heap.count
            elif self._is_due(heap) and self.now - heap.oldest > LATE:
                late[key] = min(heap.oldest, late.get(key, heap.oldest))
        found = [Trouble(key, dead.get(key, 0), late.get(key)) for key in dead.keys() | late.keys()]
        return sorted(found, key=lambda one: (-one.dead, one.late_since or self.now, one.organization_id))

    def _is_due(self, heap: Heap) -> bool:
        return heap.state in _UNSENT and heap.channel in registry.channels and heap.oldest <= self.now


def outboxes(now: datetime | None = None) -> Outboxes:
    """Return how they stand; one statement, however many organizations there are."""
    with system_context("operations: how many deliveries are in each state"), connection.cursor() as cursor:
        # The only thing that reads them across organizations; it knows ids, numbers and times (migrations).
        cursor.execute("SELECT organization_id, channel, state, deliveries, oldest FROM notifications_outboxes()")
        heaps = [Heap(*row) for row in cursor.fetchall()]
    return Outboxes(now or timezone.now(), heaps)
