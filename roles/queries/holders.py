"""Who holds a role for a team, the nearest first: who is named where somebody else may not."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import F, Q, QuerySet

from organizations.enums import Role
from organizations.models import Team
from organizations.queries.settings import day_there, local_today
from organizations.queries.team import line_to
from organizations.registry import ELSEWHERE, FOR_ALL, FOR_TEAM, Near
from roles.enums import Desk
from roles.models import CoachQuestion, RoleAssignment
from roles.queries.coverage import read_coverage
from roles.queries.team_coaches import team_coaching

# More than a refusal names, since somebody may hold a role in several places.
SOME = 12


def holders(role: str, team_id: UUID | None) -> list[Near]:
    """Return those who can sign in and hold a role today for a team, or without one for the whole organization.

    Those of the team come first, then those of the teams above it, then those of the whole organization.
    Coaches as `held_roles` has them: nobody in their own line, except by an exception; and those of the whole
    organization only where there is nobody nearer. One query without a team, five at most with one.
    """
    team = Team.objects.filter(pk=team_id).first() if team_id is not None else None
    line = line_to(team.slug) if team is not None else []
    steps = {place.pk: FOR_TEAM + number for number, place in enumerate(reversed(line))}
    if role == Role.COACH and line:
        coaches = team_coaching(line, local_today()).coaches
        return [
            Near(coach.member, steps[coach.team.pk] if coach.team is not None else FOR_ALL)
            for coach in coaches
            if coach.member.user_id is not None
        ]
    rows = _held(role).filter(Q(team=None) | Q(team__in=list(steps)))
    found = [Near(row.membership, steps[row.team_id] if row.team_id is not None else FOR_ALL) for row in rows]
    return sorted(found, key=lambda one: one.distance)


def holders_anywhere(role: str) -> list[Near]:
    """Return some who can sign in and hold a role today, of the whole organization first; one query."""
    rows = _held(role).order_by(F("team").asc(nulls_first=True), "membership__sort_key", "pk")[:SOME]
    return [Near(row.membership, ELSEWHERE if row.team_id is not None else FOR_ALL) for row in rows]


def at_desks(questions: Collection[CoachQuestion]) -> dict[UUID, frozenset[UUID]]:
    """Return, by question, those who hold the role at whose desk it waits today; seven queries, however many."""
    coverage = read_coverage(local_today())
    office = list(_held(Role.PLO).values_list("membership_id", "team_id"))
    found = {}
    for one in questions:
        if one.desk == Desk.COACH and one.team_id is not None:
            found[one.pk] = coverage.coaches_of(one.team_id)
            continue
        above = {place.id for place in coverage.lines.up(one.team_id)} if one.team_id is not None else set()
        found[one.pk] = frozenset(member for member, place in office if place is None or place in above)
    return found


def _held(role: str) -> QuerySet[RoleAssignment]:
    held = RoleAssignment.objects.current(day_there()).filter(
        role=role, person=None, membership__deactivated_at=None, membership__user__isnull=False
    )
    return held.select_related("membership").order_by("membership__sort_key", "pk")
