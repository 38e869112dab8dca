"""Which teams a new cycle begins with, where the apps above know some that should take part."""

from dataclasses import dataclass
from uuid import UUID

from okrs.enums import CycleLength, Phase
from okrs.models import Cycle
from organizations.actor import Actor
from organizations.registry import registry


@dataclass(frozen=True, slots=True)
class Proposal:
    """Teams to begin with, why, and whether the cycle is for them rather than for all teams."""

    team_ids: frozenset[UUID] = frozenset()
    reasons: tuple[str, ...] = ()
    is_for_some: bool = False


def proposed_teams(actor: Actor) -> Proposal:
    """Return what a new cycle begins with; what the apps above read, and one query if they propose teams.

    Where all teams take part in a cycle that is not closed, all do in the next one too, unless somebody says otherwise;
    but for cycles of a year, which hold the objectives of the organization.
    """
    found = [one for ask in registry.cycle_teams if (one := ask(actor)) is not None]
    if not found:
        return Proposal()
    for_all = Cycle.objects.current().filter(for_all_teams=True).exclude(phase=Phase.CLOSED)
    for_all = for_all.exclude(length=CycleLength.YEAR)
    team_ids = frozenset().union(*(one.team_ids for one in found))
    return Proposal(team_ids, tuple(one.why for one in found), not for_all.exists())
