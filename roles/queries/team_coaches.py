"""Who coaches a team, for its page: in two queries, however large the organization."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import BooleanField, Q
from django.db.models.expressions import RawSQL

from okrapp.tenancy.context import require_organization_id
from organizations.enums import Role
from organizations.models import Membership, Team
from roles.models import ConflictException, RoleAssignment
from roles.queries.exception import exceptions_of_team

# Whoever leads one of some teams, or is the manager of such a lead at any distance.
_IN_LINE = """
"roles_roleassignment"."membership_id" IN (
    WITH RECURSIVE line AS (
        SELECT id, manager_id FROM organizations_membership WHERE organization_id = %s AND id = ANY(%s)
        UNION
        SELECT boss.id, boss.manager_id FROM organizations_membership boss
        JOIN line ON boss.id = line.manager_id
        WHERE boss.organization_id = %s
    ) SELECT id FROM line
)
"""


class TeamCoach(NamedTuple):
    """Somebody who coaches a team, and what for: the team, one above it, or (None) everybody."""

    member: Membership
    team: Team | None
    is_own: bool
    is_external: bool
    ends_on: date | None


@dataclass(slots=True)
class TeamCoaching:
    """The coaches of a team, and the exceptions from the conflict of interest that cover it."""

    coaches: list[TeamCoach] = field(default_factory=list)
    exceptions: list[ConflictException] = field(default_factory=list)


def team_coaching(line: list[Team], today: date) -> TeamCoaching:
    """Return who coaches a team, given those from the root down to it; two queries.

    Its own coaches and those of all teams above it, the nearest first; coaches of the whole organization only where
    there is nobody nearer. Whoever stands above the team in the line is none of them without an exception.
    """
    places = {team.pk: distance for distance, team in enumerate(reversed(line))}
    names = {team.pk: team for team in line}
    exceptions = exceptions_of_team(list(places), today)
    excepted = {exception.membership_id for exception in exceptions}
    organization_id = require_organization_id()
    leads = [team.lead_id for team in line if team.lead_id is not None]
    in_line = RawSQL(_IN_LINE, [organization_id, leads, organization_id], output_field=BooleanField())  # noqa: S611
    rows = (
        RoleAssignment.objects.current(today)
        .filter(Q(team__in=list(places)) | Q(team=None), role=Role.COACH, person=None, membership__deactivated_at=None)
        .annotate(in_line=in_line)
        .select_related("membership")
        .order_by("membership__sort_key", "pk")
    )
    found = sorted(
        (row for row in rows if not row.in_line or row.membership_id in excepted),
        key=lambda row: places.get(row.team_id, len(places)),
    )
    nearer = [row for row in found if row.team_id is not None]
    coaches: dict[UUID, TeamCoach] = {}
    for row in nearer or found:
        team = names.get(row.team_id)
        is_own = row.team_id == line[-1].pk
        coaches.setdefault(row.membership_id, TeamCoach(row.membership, team, is_own, row.is_external, row.ends_on))
    return TeamCoaching(list(coaches.values()), exceptions)
