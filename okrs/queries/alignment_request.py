"""Requests between teams: what waits for somebody's answer, and what an objective has asked for."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from okrs.enums import Phase
from okrs.models import AlignmentRequest, Objective
from organizations.actor import Actor
from organizations.models import Team

MOST = 20
_AROUND = ("objective__team", "objective__cycle", "team", "asked_by", "answered_by", "contribution")


def waiting_for(actor: Actor) -> Sequence[AlignmentRequest]:
    """Return the open requests to the teams somebody belongs to or leads, the oldest first; one query."""
    if not actor.team_ids:
        return []
    return list(_open(actor).filter(team__in=actor.team_ids).order_by("asked_at", "pk")[:MOST])


def of_team(actor: Actor, team: Team) -> Sequence[AlignmentRequest]:
    """Return the open requests to a team, the oldest first; one query."""
    return list(_open(actor).filter(team=team).order_by("asked_at", "pk")[:MOST])


def of_objective(actor: Actor, objective: Objective) -> Sequence[AlignmentRequest]:
    """Return what an objective has asked of others, and what it was written for, newest first; one query."""
    return list(
        AlignmentRequest.objects.visible_to(actor)
        .filter(Q(objective=objective) | Q(contribution=objective))
        .select_related(*_AROUND)[:MOST]
    )


def _open(actor: Actor) -> QuerySet[AlignmentRequest]:
    return (
        AlignmentRequest.objects.visible_to(actor)
        .open()
        .filter(objective__archived_at=None)
        .exclude(objective__cycle__phase=Phase.CLOSED)
        .select_related(*_AROUND)
    )
