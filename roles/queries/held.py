"""Which roles somebody holds today, and where: what every permission stands on."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import connection

from okrapp.tenancy.context import require_organization_id
from organizations.enums import Role
from organizations.models import Membership
from organizations.queries.settings import day_there
from organizations.registry import HeldRole
from roles.models import RoleAssignment

# Everything that depends on the tree, in one statement: what lies below the teams of the assignments, the own line
# (teams led by oneself or by those who report to one, with everything below), and the teams an exception covers.
_PLACES = """
WITH RECURSIVE people AS (
    SELECT id FROM organizations_membership WHERE organization_id = %(organization)s AND id = %(member)s
    UNION
    SELECT report.id FROM organizations_membership report
    JOIN people ON report.manager_id = people.id
    WHERE report.organization_id = %(organization)s
), tree AS (
    SELECT 'scope' AS what, team.id AS root, team.id
    FROM organizations_team team
    WHERE team.organization_id = %(organization)s AND team.id = ANY(%(scopes)s)
    UNION
    SELECT 'line', NULL::uuid, team.id
    FROM organizations_team team
    WHERE team.organization_id = %(organization)s AND team.lead_id IN (SELECT id FROM people) AND %(coach)s
    UNION
    SELECT 'exception', NULL::uuid, granted.team_id
    FROM roles_conflictexception granted
    WHERE granted.organization_id = %(organization)s AND granted.membership_id = %(member)s AND %(coach)s
    AND granted.withdrawn_at IS NULL AND %(today)s BETWEEN granted.starts_on AND granted.ends_on
    UNION
    SELECT tree.what, tree.root, child.id
    FROM organizations_team child
    JOIN tree ON child.parent_id = tree.id
    WHERE child.organization_id = %(organization)s
) SELECT what, root, id FROM tree
"""


def held_roles(membership: Membership) -> Iterable[HeldRole]:
    """Return the roles a member holds today; one query, and one more for coaches and roles of single teams.

    A coach's own line is carved out: the teams they lead, or whose lead reports to them, and everything below, unless
    the Program Lead Office has granted an exception.
    """
    held = RoleAssignment.objects.current(day_there()).filter(membership=membership).annotate(today=day_there())
    assignments = list(held.values_list("role", "team_id", "person_id", "today"))
    scopes = [team_id for _role, team_id, _person, _today in assignments if team_id is not None]
    coach = any(role == Role.COACH and person is None for role, _team, person, _today in assignments)
    places = _places(membership, scopes, coach, assignments[0][3]) if scopes or coach else {}
    line = places.get(("line", None), frozenset()) - places.get(("exception", None), frozenset())
    for role, team_id, person_id, _today in assignments:
        carved_out = line if role == Role.COACH else frozenset()
        if person_id is not None:
            yield HeldRole(role, frozenset(), person_id=person_id)
        elif team_id is None:
            yield HeldRole(role, None, except_ids=carved_out)
        else:
            yield HeldRole(role, places.get(("scope", team_id), frozenset()) - carved_out)


def _places(
    membership: Membership, scopes: list[UUID], coach: bool, today: date
) -> dict[tuple[str, UUID | None], frozenset[UUID]]:
    found: dict[tuple[str, UUID | None], set[UUID]] = defaultdict(set)
    with connection.cursor() as cursor:
        cursor.execute(
            _PLACES,
            {
                "organization": require_organization_id(),
                "member": membership.pk,
                "scopes": scopes,
                "coach": coach,
                "today": today,
            },
        )
        for what, root, team_id in cursor.fetchall():
            found[what, root].add(team_id)
    return {key: frozenset(ids) for key, ids in found.items()}
