"""Which key results wait for somebody's check-in."""

from collections.abc import Collection

from django.db.models import Q, QuerySet

from okrs.enums import Phase
from okrs.models import KeyResult
from okrs.queries.phases import with_phases
from okrs.queries.standing import KeyResultStanding, Standings
from organizations.actor import Actor

# While a cycle is reviewed nobody is asked any more, and a last reading may be taken.
TAKING_CHECK_INS = (Phase.RUNNING, Phase.REVIEWING)


def answered_for(actor: Actor, phases: Collection[str] = (Phase.RUNNING,)) -> QuerySet[KeyResult]:
    """Return the key results of running cycles (or of other `phases`) that somebody answers for, unread."""
    me = actor.membership
    unowned = Q(owner=None) & (Q(objective__owner=me) | Q(objective__owner=None, objective__team__lead=me))
    return (
        KeyResult.objects.visible_to(actor)
        .checked_in_on()
        .filter(Q(owner=me) | unowned)
        .filter(objective__cycle__phase__in=phases, objective__cycle__archived_at=None)
        .select_related("objective__cycle", "objective__team")
        .order_by("objective__cycle__starts_on", "objective__position", "position", "id")
    )


def mine(actor: Actor) -> list[KeyResult]:
    """Return the key results that somebody answers for in cycles that run or are reviewed; a query, one for milestones.

    Those they own; and where nobody owns the key result, those whose objective they own or whose team they lead.
    """
    if actor.membership is None:
        return []
    rows = (
        answered_for(actor, TAKING_CHECK_INS).select_related("objective__owner", "owner").prefetch_related("milestones")
    )
    return list(with_phases(rows))


def standings_of_mine(actor: Actor) -> list[KeyResultStanding]:
    """Return how somebody's own key results stand, the outdated first, then the due, then the rest."""
    standings = Standings(actor)
    found = [
        standings.of_key_result(
            key_result,
            objective=key_result.objective,
            cycle=key_result.objective.cycle,
            team=key_result.objective.team,
        )
        for key_result in mine(actor)
    ]
    return sorted(found, key=lambda one: (not one.is_outdated, not one.is_due))


def count_due(actor: Actor) -> int:
    """Return how many of somebody's key results wait for a check-in (the number beside My week); one query."""
    if actor.membership is None:
        return 0
    standings = Standings(actor)
    count = 0
    for key_result in answered_for(actor):
        objective = key_result.objective
        status = standings.check_in_status(key_result, objective=objective, cycle=objective.cycle, team=objective.team)
        count += status is not None and (status.is_due or status.is_outdated)
    return count
