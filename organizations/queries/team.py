"""Reads of the team tree."""

from uuid import UUID

from django.db import connection

from okrapp.tenancy.context import require_organization_id
from organizations.models import Team

_DOWN = """
WITH RECURSIVE tree AS (
    SELECT id FROM organizations_team WHERE organization_id = %s AND id = %s
    UNION
    SELECT child.id FROM organizations_team child
    JOIN tree ON child.parent_id = tree.id
    WHERE child.organization_id = %s
) SELECT id FROM tree
"""

_UP = """
WITH RECURSIVE line AS (
    SELECT *, 0 AS distance FROM organizations_team WHERE organization_id = %s AND slug = %s
    UNION ALL
    SELECT parent.*, line.distance + 1 FROM organizations_team parent
    JOIN line ON parent.id = line.parent_id
    WHERE parent.organization_id = %s
) SELECT * FROM line ORDER BY distance DESC
"""


def with_descendants(team_id: UUID) -> frozenset[UUID]:
    """Return the ids of a team and of everything below it; one query."""
    organization_id = require_organization_id()
    with connection.cursor() as cursor:
        cursor.execute(_DOWN, [organization_id, team_id, organization_id])
        return frozenset(row[0] for row in cursor.fetchall())


def line_to(slug: str) -> list[Team]:
    """Return the teams from the root down to the one with a slug, that one last; empty if there is none. One query."""
    organization_id = require_organization_id()
    return list(Team.objects.raw(_UP, [organization_id, slug, organization_id]))
