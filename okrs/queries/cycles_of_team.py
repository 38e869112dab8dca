"""Which cycles a page offers, and which of them it opens with."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from okrs.enums import Level, Phase
from okrs.models import Cycle, CycleTeam, Objective
from organizations.models import Team

MOST = 60
_OPEN = (Phase.PLANNED, Phase.DRAFTING, Phase.ALIGNING)


def cycles_for(team: Team | None) -> list[Cycle]:
    """Return the cycles a team takes part in or has objectives in, latest first; of the organization for None.

    Each has `has_objectives`. One query.
    """
    objectives = Objective.objects.open().current().filter(cycle=OuterRef("pk"))
    if team is None:
        objectives = objectives.filter(level=Level.ORGANIZATION)
        takes_part = Q()
    else:
        objectives = objectives.filter(level=Level.TEAM, team=team)
        named = CycleTeam.objects.filter(cycle=OuterRef("pk"), team=team)
        takes_part = Q(for_all_teams=True) | Exists(named) | Q(has_objectives=True)
    return list(
        Cycle.objects.current()
        .annotate(has_objectives=Exists(objectives))
        .filter(takes_part)
        .order_by("-starts_on", "ends_on", "name")[:MOST]
    )


def chosen(cycles: Sequence[Cycle], wanted: UUID | None, today: date) -> Cycle | None:
    """Return the cycle with an id, else the one a person means on that day; None without any.

    A running one with objectives goes first (the shortest that covers today), then one that covers today, then the
    next that is prepared, then the latest.
    """
    for cycle in cycles:
        if cycle.pk == wanted:
            return cycle
    return min(cycles, key=lambda cycle: _rank(cycle, today), default=None)


def _rank(cycle: Cycle, today: date) -> tuple[int, int]:
    covers = cycle.starts_on <= today <= cycle.ends_on
    filled = bool(getattr(cycle, "has_objectives", False))
    if cycle.takes_check_ins and covers and filled:
        return 0, cycle.days
    if cycle.takes_check_ins and filled:
        return 1, -cycle.ends_on.toordinal()
    if covers:
        return 2, cycle.days
    if cycle.phase in _OPEN and cycle.starts_on > today:
        return 3, cycle.starts_on.toordinal()
    return (4 if filled else 5), -cycle.ends_on.toordinal()
