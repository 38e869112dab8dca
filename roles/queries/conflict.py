"""Coaches in force who should not be: the tree, a lead or a manager changed after they were assigned."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from organizations.actor import Actor
from organizations.enums import Role
from organizations.models import TeamMembership
from roles import permissions
from roles.enums import AssignmentState
from roles.models import RoleAssignment
from roles.queries.assignment import in_scope_of
from roles.queries.exception import excepted
from roles.queries.line import Conflict, Lines


@dataclass(frozen=True, slots=True)
class Flagged:
    """An assignment that stands against the rule, why, and what the reader may do about it."""

    assignment: RoleAssignment
    reason: str
    may_end: bool
    may_except: bool


def flagged_conflicts(actor: Actor, today: date) -> list[Flagged]:
    """Return the assignments of coaches in an actor's scope that stand against the rule, by team; at most six queries.

    Only for a team, or for a person: from a coach of the whole organization the own line is carved out.
    """
    rows = (
        RoleAssignment.objects.filter(
            Q(ends_on=None) | Q(ends_on__gte=today),
            Q(team__isnull=False, team__archived_at=None) | Q(person__isnull=False),
            state=AssignmentState.ACTIVE,
            role=Role.COACH,
            membership__deactivated_at=None,
        )
        .select_related("membership", "team", "person")
        .order_by("team__sort_key", "membership__sort_key", "pk")
    )
    assignments = list(in_scope_of(actor, rows))
    if not assignments:
        return []
    lines = Lines()
    allowed = excepted(lines, today)
    teams_of = _teams_of([one.person_id for one in assignments if one.person_id is not None])
    flagged = []
    for assignment in assignments:
        member = assignment.membership
        conflict: Conflict | None = None
        if assignment.person is not None:
            conflict = lines.conflict_with_person(member, assignment.person, teams_of.get(assignment.person.pk, []))
        elif assignment.team is not None and assignment.team.pk not in allowed.get(member.pk, frozenset()):
            conflict = lines.conflict_with_team(member, assignment.team.pk)
        if conflict is not None:
            may_except = assignment.team is not None and permissions.grant_exception(actor, member, assignment.team)
            may_end = permissions.end_assignment(actor, assignment)
            flagged.append(Flagged(assignment, conflict.reason, bool(may_end), bool(may_except)))
    return flagged


def _teams_of(person_ids: list[UUID]) -> dict[UUID, list[UUID]]:
    teams: dict[UUID, list[UUID]] = defaultdict(list)
    if person_ids:
        inside = TeamMembership.objects.filter(membership__in=person_ids)
        for person_id, team_id in inside.values_list("membership_id", "team_id"):
            teams[person_id].append(team_id)
    return teams
