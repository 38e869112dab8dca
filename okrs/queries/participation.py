"""Which teams are expected to have objectives in a cycle."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from okrs.models import Cycle, CycleTeam
from okrs.queries.cycles import teams_in_order
from organizations.models import OrganizationSettings, Team


@dataclass(frozen=True, slots=True)
class Place:
    """A team in the tree. Without `takes_part` it is not yet introduced: nobody misses anything of it."""

    team: Team
    depth: int
    takes_part: bool


def places_in(cycle: Cycle, settings: OrganizationSettings) -> list[Place]:
    """Return the current teams as a tree, flat, each with whether it takes part; one query, or two.

    In a cycle for some teams those it names; in one for all teams those that were there when it began, or was made if
    that came later. A team founded after that starts with the next cycle.
    """
    named = None if cycle.for_all_teams else _named(cycle)
    return [Place(team, depth, takes_part(team, cycle, settings, named)) for team, depth in teams_in_order()]


def _named(cycle: Cycle) -> set[UUID]:
    return set(CycleTeam.objects.filter(cycle=cycle).values_list("team_id", flat=True))


def takes_part(team: Team, cycle: Cycle, settings: OrganizationSettings, named: set[UUID] | None) -> bool:
    """Return whether a team takes part in a cycle; `named` are the teams it names, None for a cycle for all teams."""
    if named is not None:
        return team.pk in named
    zone = ZoneInfo(settings.time_zone)
    founded_on: date = team.created_at.astimezone(zone).date()
    return founded_on <= max(cycle.starts_on, cycle.created_at.astimezone(zone).date())
