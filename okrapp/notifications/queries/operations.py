"""How the outboxes of all organizations stand, in numbers: for operators, who see nothing of what is in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import redis
from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from okrapp import pulse
from okrapp.logs import scrubbed
from okrapp.notifications.enums import State
from okrapp.notifications.models import Delivery
from okrapp.notifications.problems import in_words
from okrapp.notifications.registry import registry
from okrapp.pulse import Pulse
from okrapp.tenancy.context import system_context
from organizations.queries.dispatch import DispatchState, dispatch_state

# The sweep comes each minute; what is due for longer than a few is late.
LATE = timedelta(minutes=5)
# Workers give a sign four times a minute.
SILENT = timedelta(minutes=1)
_UNSENT = {State.WAITING, State.CLAIMED}
_OUTBOXES = """
SELECT outbox.organization_id, channel, state, deliveries, oldest, organization.is_open
FROM notifications_outboxes() outbox
JOIN organizations_organization organization ON organization.id = outbox.organization_id
"""


@dataclass(frozen=True, slots=True)
class Heap:
    """The deliveries of one organization through one channel in one state, and the earliest time any of them is due."""

    organization_id: int
    channel: str
    state: str
    count: int
    oldest: datetime
    # What waits in a closed organization is not late: it goes out when that opens.
    is_open: bool


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
        is_known = heap.state in _UNSENT and heap.channel in registry.channels
        return is_known and heap.is_open and heap.oldest <= self.now


def outboxes(now: datetime | None = None) -> Outboxes:
    """Return how they stand; one statement, however many organizations there are."""
    with system_context("operations: how many deliveries are in each state"), connection.cursor() as cursor:
        # The only thing that reads them across organizations; it knows ids, numbers and times (migrations).
        cursor.execute(_OUTBOXES)
        heaps = [Heap(*row) for row in cursor.fetchall()]
    return Outboxes(now or timezone.now(), heaps)


@dataclass(frozen=True, slots=True)
class Standing:
    """How the work in the background stands. `pulse` is None while the broker does not answer."""

    pulse: Pulse | None
    dispatch: DispatchState
    outboxes: Outboxes

    @property
    def beat_is_late(self) -> bool:
        """Whether beat has not ticked for too long."""
        return self.pulse is not None and self._is_late(self.pulse.beat)

    @property
    def sweep_is_late(self) -> bool:
        """Whether no worker has done the sweep for too long."""
        return self.pulse is not None and self._is_late(self.pulse.sweep)

    @property
    def workers(self) -> list[tuple[str, datetime, bool]]:
        """Name and last sign of each worker, and whether it is silent."""
        found = self.pulse.workers if self.pulse is not None else ()
        return [(name, at, self.outboxes.now - at > SILENT) for name, at in found]

    @property
    def working(self) -> int:
        """How many workers are alive."""
        return sum(not is_silent for _name, _at, is_silent in self.workers)

    @property
    def work_is_late(self) -> bool:
        """Whether work is due that no sweep has handed out for long."""
        return self.dispatch.oldest is not None and self.outboxes.now - self.dispatch.oldest > LATE

    @property
    def runs(self) -> bool:
        """Whether everything in the background is at work, whatever became of single deliveries."""
        late = self.beat_is_late or self.sweep_is_late or self.work_is_late
        return self.pulse is not None and self.working > 0 and not late

    def _is_late(self, moment: datetime | None) -> bool:
        return moment is None or self.outboxes.now - moment > LATE


def standing(now: datetime | None = None) -> Standing:
    """Return how everything stands; two statements, and one question to the broker."""
    try:
        known = pulse.read()
    except redis.RedisError:
        known = None
    now = now or timezone.now()
    return Standing(known, dispatch_state(now), outboxes(now))


@dataclass(frozen=True, slots=True)
class Line:
    """One delivery as operators see it: nothing of whom it is for, or what it says. `at`: settled, or due next."""

    id: UUID
    kind: str
    channel: str
    attempts: int
    error: str
    at: datetime

    @property
    def kind_label(self) -> str:
        """What the kind is called."""
        known = registry.kinds.get(self.kind)
        return str(known.label) if known else self.kind

    @property
    def channel_label(self) -> str:
        """What the channel is called."""
        known = registry.channels.get(self.channel)
        return str(known.label) if known else self.channel


def given_up(most: int) -> tuple[list[Line], int]:
    """Return what was given up in the organization in context, the latest first, and how much there is; two queries."""
    dead = Delivery.objects.filter(state=State.DEAD)
    return _lines(dead.order_by("-created_at", "-pk"), "settled_at", most), dead.count()


def in_difficulty(most: int, now: datetime) -> list[Line]:
    """Return what failed and is tried again, or is late, in the organization in context, the oldest first; a query."""
    found = Delivery.objects.unsent().filter(~Q(error="") | Q(due_at__lt=now - LATE))
    return _lines(found.order_by("due_at", "pk"), "due_at", most)


def _lines(found: QuerySet[Delivery], at: str, most: int) -> list[Line]:
    kind = Coalesce("notification__kind", "event__kind")
    columns = ("pk", kind, "channel", "attempts", "error", Coalesce(at, "created_at"))
    return [
        Line(pk, kind, channel, attempts, scrubbed(in_words(error)), moment)
        for pk, kind, channel, attempts, error, moment in found.values_list(*columns)[:most]
    ]
