"""The line of an objective: what it supports, what that supports, and so on up to priorities and the vision."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from okrapp.tenancy.context import require_organization_id

# Every way upwards from one objective. Ends because alignment has no circle; the depth is a belt besides.
_UP = """
WITH RECURSIVE above AS (
    SELECT a.*, 1 AS distance FROM okrs_alignment a
    WHERE a.organization_id = %(organization)s AND a.objective_id = %(start)s::uuid
    UNION
    SELECT a.*, above.distance + 1
    FROM above
    LEFT JOIN okrs_keyresult k ON k.organization_id = %(organization)s AND k.id = above.target_key_result_id
    JOIN okrs_alignment a
        ON a.organization_id = %(organization)s AND a.objective_id = COALESCE(above.target_objective_id, k.objective_id)
    WHERE above.distance < 20
)
SELECT DISTINCT ON (above.id) above.objective_id, o.id, o.title, team.name, k.id, k.title, p.id, p.title, above.distance
FROM above
LEFT JOIN okrs_keyresult k ON k.organization_id = %(organization)s AND k.id = above.target_key_result_id
LEFT JOIN okrs_objective o
    ON o.organization_id = %(organization)s AND o.id = COALESCE(above.target_objective_id, k.objective_id)
LEFT JOIN organizations_team team ON team.organization_id = %(organization)s AND team.id = o.team_id
LEFT JOIN organizations_strategicpriority p ON p.organization_id = %(organization)s AND p.id = above.target_priority_id
WHERE (o.id IS NULL OR o.archived_at IS NULL) AND (p.id IS NULL OR p.archived_at IS NULL)
ORDER BY above.id, above.distance
"""


@dataclass(frozen=True, slots=True)
class Rung:
    """One step upwards: an objective (perhaps through one of its key results) or a priority."""

    objective_id: UUID | None
    priority_id: UUID | None
    title: str
    team: str = ""
    key_result: str = ""


def lines_up(objective_id: UUID, at_most: int = 4) -> list[list[Rung]]:
    """Return ways from an objective upwards, the nearest rung first, one for each thing it supports; one query.

    Where something higher up supports several things, the way goes on along the shortest; at most `at_most` ways.
    """
    with connection.cursor() as cursor:
        cursor.execute(_UP, {"organization": require_organization_id(), "start": objective_id})
        rows = cursor.fetchall()
    above: dict[UUID, list[Rung]] = defaultdict(list)
    for below, target_id, title, team, _kr_id, key_result, priority_id, priority, _distance in rows:
        if priority_id is not None:
            above[below].append(Rung(None, priority_id, priority))
        else:
            above[below].append(Rung(target_id, None, title, team or "", key_result or ""))
    height: dict[UUID | None, int] = {}
    return [_way(rung, above, height) for rung in above[objective_id][:at_most]]


def _way(rung: Rung, above: dict[UUID, list[Rung]], height: dict[UUID | None, int]) -> list[Rung]:
    way = [rung]
    while (objective_id := way[-1].objective_id) is not None and above[objective_id]:
        # A priority ends the line, so it is the shortest way there is.
        way.append(min(above[objective_id], key=lambda one: _height(one, above, height)))
    return way


def _height(rung: Rung, above: dict[UUID, list[Rung]], known: dict[UUID | None, int]) -> int:
    """How many rungs there are from this one to the nearest top."""
    if rung.objective_id is None:
        return 0
    if rung.objective_id not in known:
        known[rung.objective_id] = 0  # for the time being, should data ever hold a circle
        next_ones = above[rung.objective_id]
        known[rung.objective_id] = 1 + min((_height(one, above, known) for one in next_ones), default=0)
    return known[rung.objective_id]
