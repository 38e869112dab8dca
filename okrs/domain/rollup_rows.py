"""What one level of the way up reads and writes: three statements, written by hand.

Every check-in runs them once for each level, and building them by the ORM took longer than all the rest of it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from okrapp.tenancy.context import require_organization_id
from okrs import scoring
from okrs.enums import MetricType, ObjectiveStatus, Phase, Visibility

_LOCK = """
SELECT o.id, o.progress, o.counts_supporting, o.reported_progress
FROM okrs_objective o
JOIN okrs_cycle c ON c.organization_id = %(organization)s AND c.id = o.cycle_id
WHERE o.organization_id = %(organization)s AND o.id = ANY (%(ids)s::uuid[])
    AND (c.phase <> %(closed)s OR %(also_closed)s)
ORDER BY o.id
FOR UPDATE OF o
"""

# What is counted in each objective, and what each is counted in: "k" its key results, "s" the objectives that support
# it, "a" where it is aligned to. In one order, since sums of floats depend on it.
_READ = """
SELECT 'k' AS kind, k.objective_id AS objective, k.id AS id, k.progress AS progress, k.weight AS weight, TRUE AS counts,
    NULL::uuid AS above, NULL::uuid AS fed
FROM okrs_keyresult k
WHERE k.organization_id = %(organization)s AND k.objective_id = ANY (%(ids)s::uuid[]) AND k.archived_at IS NULL
UNION ALL
SELECT 's', a.target_objective_id, a.id, o.progress, a.weight,
    o.status = %(active)s AND o.archived_at IS NULL AND o.visibility = %(open)s, NULL, NULL
FROM okrs_alignment a
JOIN okrs_objective o ON o.organization_id = %(organization)s AND o.id = a.objective_id
WHERE a.organization_id = %(organization)s AND a.target_objective_id = ANY (%(counting)s::uuid[])
UNION ALL
SELECT 'a', a.objective_id, a.id, NULL, NULL, NULL,
    CASE WHEN t.counts_supporting THEN t.id END, CASE WHEN k.metric = %(aligned)s THEN k.id END
FROM okrs_alignment a
LEFT JOIN okrs_objective t ON t.organization_id = %(organization)s AND t.id = a.target_objective_id
LEFT JOIN okrs_keyresult k ON k.organization_id = %(organization)s AND k.id = a.target_key_result_id
WHERE a.organization_id = %(organization)s AND a.objective_id = ANY (%(ids)s::uuid[])
ORDER BY kind, id
"""

_WRITE = """
UPDATE okrs_objective o SET progress = new.progress
FROM unnest(%(ids)s::uuid[], %(values)s::double precision[]) AS new (id, progress)
WHERE o.organization_id = %(organization)s AND o.id = new.id
"""


class Rung(NamedTuple):
    """An objective on the way up, locked."""

    id: UUID
    progress: float | None
    counts_supporting: bool
    reported_progress: float | None


@dataclass(slots=True)
class Level:
    """What counts in the objectives of a level. `above` and `fed`: objectives and key results each counts in itself."""

    key_results: defaultdict[UUID, list[scoring.Contribution]] = field(default_factory=lambda: defaultdict(list))
    supporting: defaultdict[UUID, list[scoring.Contribution]] = field(default_factory=lambda: defaultdict(list))
    above: defaultdict[UUID, set[UUID]] = field(default_factory=lambda: defaultdict(set))
    fed: defaultdict[UUID, set[UUID]] = field(default_factory=lambda: defaultdict(set))


def lock_rungs(ids: Iterable[UUID], *, also_closed: bool) -> list[Rung]:
    """Lock objectives against others' changes and return them; those of closed cycles only where they count too."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, _parameters(ids, also_closed=also_closed, closed=Phase.CLOSED.value))
        return [Rung(*row) for row in cursor.fetchall()]


def read_level(rungs: Iterable[Rung]) -> Level:
    """Return what counts in locked objectives, and what they count in."""
    found = Level()
    rows = list(rungs)
    parameters = _parameters(
        (rung.id for rung in rows),
        counting=[rung.id for rung in rows if rung.counts_supporting],
        active=ObjectiveStatus.ACTIVE.value,
        open=Visibility.OPEN.value,
        aligned=MetricType.ALIGNED.value,
    )
    with connection.cursor() as cursor:
        cursor.execute(_READ, parameters)
        for kind, objective, _id, progress, weight, counts, above, fed in cursor.fetchall():
            if kind == "k":
                found.key_results[objective].append(scoring.Contribution(progress, weight))
            elif kind == "s":
                found.supporting[objective].append(scoring.Contribution(progress, weight, counted=counts))
            elif above is not None:
                found.above[objective].add(above)
            elif fed is not None:
                found.fed[objective].add(fed)
    return found


def write_progress(values: Mapping[UUID, float | None]) -> None:
    """Store the progress of locked objectives."""
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, _parameters(values, values=list(values.values())))


def _parameters(ids: Iterable[UUID], **others: Any) -> dict[str, Any]:
    return {"organization": require_organization_id(), "ids": list(ids), **others}
