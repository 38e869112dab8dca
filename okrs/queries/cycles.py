"""Cycles as a list, and the periods that could become one."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Avg, Count, Q
from django.db.models.functions import Greatest, Least

from okrs.calendar import Period, following, period_containing
from okrs.domain.cycle_days import next_step
from okrs.enums import DRAFTS, CycleLength, ObjectiveStatus, Phase, Visibility
from okrs.models import Cycle, CycleTeam
from organizations.models import Team

CURRENT = (Phase.RUNNING, Phase.REVIEWING)
COMING = (Phase.PLANNED, Phase.DRAFTING, Phase.ALIGNING)
ORDER = list(Phase)


@dataclass(slots=True)
class CycleRow:
    """A cycle of the list. Progress is the mean of its active objectives, 0 to 1; None without any."""

    cycle: Cycle
    objectives: int
    drafts: int
    progress: float | None
    today: date
    teams: list[Team] = field(default_factory=list)

    @property
    def elapsed(self) -> float | None:
        """The share of its days that is over; None before it begins and when nothing in it moves any more."""
        if self.today < self.cycle.starts_on or self.cycle.phase not in CURRENT:
            return None
        return min(((self.today - self.cycle.starts_on).days + 1) / self.cycle.days, 1.0)

    @property
    def next_step(self) -> tuple[Phase, date] | None:
        """The phase that begins by itself next and its day; None where somebody has to move it."""
        return next_step(self.cycle)

    @property
    def phases(self) -> list[tuple[str, str]]:
        """(label, state) of every phase in order; the state is "done", "now" or "ahead"."""
        now = ORDER.index(Phase(self.cycle.phase))
        states = {True: "done", False: "ahead"}
        return [(str(phase.label), "now" if index == now else states[index < now]) for index, phase in enumerate(ORDER)]


@dataclass(slots=True)
class CycleList:
    """Cycles that run, that come and that are closed."""

    current: list[CycleRow]
    coming: list[CycleRow]
    closed: list[CycleRow]

    @property
    def count(self) -> int:
        return len(self.current) + len(self.coming) + len(self.closed)


def cycle_list(today: date) -> CycleList:
    """Return all cycles with their numbers, private objectives left out; two queries."""
    own = Q(objectives__archived_at=None, objectives__visibility=Visibility.OPEN)
    active = own & Q(objectives__status=ObjectiveStatus.ACTIVE)
    shown = Least(Greatest("objectives__progress", 0.0), 1.0)
    cycles = list(
        Cycle.objects.current()
        .annotate(
            draft_count=Count("objectives", filter=own & Q(objectives__status__in=DRAFTS)),
            all_count=Count("objectives", filter=own),
            mean_progress=Avg(shown, filter=active & Q(objectives__progress__isnull=False)),
        )
        .order_by("-starts_on", "ends_on", "name")  # numbers make the database forget the order of the model
    )
    rows = [CycleRow(cycle, cycle.all_count, cycle.draft_count, cycle.mean_progress, today) for cycle in cycles]
    of_cycle = {row.cycle.pk: row for row in rows}
    chosen = CycleTeam.objects.filter(cycle__archived_at=None, cycle__for_all_teams=False, team__archived_at=None)
    for link in chosen.select_related("team").order_by("team__sort_key"):
        if link.cycle_id in of_cycle:
            of_cycle[link.cycle_id].teams.append(link.team)
    return CycleList(
        current=[row for row in rows if row.cycle.phase in CURRENT],
        coming=[row for row in reversed(rows) if row.cycle.phase in COMING],
        closed=[row for row in rows if row.cycle.phase == Phase.CLOSED],
    )


def patterns(today: date, fiscal_year_start: int, taken: Iterable[Cycle]) -> list[Period]:
    """Return the periods of the calendar that one could make a cycle of: this one and the next of each length.

    Those that exist already are left out. Quarters come first, since most cycles are quarters.
    """
    days = {(cycle.starts_on, cycle.ends_on) for cycle in taken}
    lengths = (
        CycleLength.QUARTER,
        CycleLength.YEAR,
        CycleLength.TERTIAL,
        CycleLength.HALF_YEAR,
        CycleLength.MONTH,
    )
    found = []
    for length in lengths:
        period = period_containing(today, length, fiscal_year_start)
        steps = 3 if length == CycleLength.QUARTER else 2
        for _step in range(steps):
            if (period.starts_on, period.ends_on) not in days:
                found.append(period)
            period = following(period, fiscal_year_start)
    return found


def teams_in_order() -> list[tuple[Team, int]]:
    """Return the current teams as a tree, flat, each with its depth; one query."""
    children: dict[object, list[Team]] = {}
    teams = list(Team.objects.current())
    known = {team.pk for team in teams}
    for team in teams:
        children.setdefault(team.parent_id if team.parent_id in known else None, []).append(team)
    found: list[tuple[Team, int]] = []
    waiting = [(team, 0) for team in reversed(children.get(None, []))]
    while waiting:
        team, depth = waiting.pop()
        found.append((team, depth))
        waiting += [(child, depth + 1) for child in reversed(children.get(team.pk, []))]
    return found
