"""Which key results wait for somebody's check-in."""

from django.db.models import Q

from okrs.models import KeyResult
from okrs.queries.standing import KeyResultStanding, Standings
from organizations.actor import Actor


def mine(actor: Actor) -> list[KeyResult]:
    """Return the running key results that somebody answers for; one query, and one for milestones.

    Those they own; and where nobody owns the key result, those whose objective they own or whose team they lead.
    """
    if actor.membership is None:
        return []
    me = actor.membership
    unowned = Q(owner=None) & (Q(objective__owner=me) | Q(objective__owner=None, objective__team__lead=me))
    return list(
        KeyResult.objects.checked_in_on()
        .filter(Q(owner=me) | unowned)
        .filter(objective__cycle__phase="running", objective__cycle__archived_at=None)
        .select_related("objective__cycle", "objective__team", "objective__owner", "owner")
        .prefetch_related("milestones")
        .order_by("objective__cycle__starts_on", "objective__position", "position", "id")
    )


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
    """Return how many of somebody's key results wait for a check-in (the number beside My week)."""
    return sum(standing.is_due for standing in standings_of_mine(actor))
