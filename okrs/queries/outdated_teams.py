"""How many key results of each team are outdated, for thousands of teams at once."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple, cast
from uuid import UUID

from django.db.models import Q

from okrs import scoring
from okrs.enums import Level, MetricType, ObjectiveStatus, Phase, Visibility
from okrs.models import Cycle, KeyResult, Objective
from okrs.queries.standing import Standings, asked_since
from organizations.models import Team


class _Row(NamedTuple):
    """A key result with what its objective says about when it is asked for; names as `Standings` knows them."""

    team_id: UUID
    cycle_id: UUID
    last_check_in_at: datetime | None
    created_at: datetime
    activated_at: datetime | None
    # From here on: where these are alike, so is what is asked.
    starts_on: date | None
    ends_on: date | None
    check_in_frequency: str
    check_in_weekday: int | None
    check_in_hour: int | None
    rested_from: date | None
    rested_until: date | None


# The fields that are the objective's.
_OF_OBJECTIVE = frozenset({"team_id", "cycle_id", "activated_at", "rested_from", "rested_until"})


def outdated_of_teams(
    standings: Standings, cycles: Mapping[UUID, Cycle], teams: Mapping[UUID, Team], which: Q
) -> Counter[UUID]:
    """Return how many key results of running cycles are outdated, by team; one query.

    Of objectives everybody sees. `which` is the condition for the rows, so that thousands of ids need not be named.
    """
    names = [f"objective__{name}" if name in _OF_OBJECTIVE else name for name in _Row._fields]
    found = (
        KeyResult.objects.filter(
            which,
            archived_at=None,
            objective__archived_at=None,
            objective__level=Level.TEAM,
            objective__status=ObjectiveStatus.ACTIVE,
            objective__visibility=Visibility.OPEN,
            objective__cycle__in=[cycle.pk for cycle in cycles.values() if cycle.phase == Phase.RUNNING],
        )
        .exclude(metric=MetricType.ALIGNED)
        .order_by()
        .values_list(*names)
    )
    # Many share a rhythm: what was asked of them last is the same.
    asked: dict[tuple[Any, ...], scoring.Period | None] = {}
    count: Counter[UUID] = Counter()
    for row in map(_Row._make, found):
        team, cycle = teams.get(row.team_id), cycles[row.cycle_id]
        if team is None:
            continue
        key_result, objective = cast(KeyResult, row), cast(Objective, row)
        key = (
            row.cycle_id,
            team.check_in_frequency,
            team.check_in_weekday,
            team.check_in_hour,
            *row[_Row._fields.index("starts_on") :],
        )
        if key not in asked:
            rhythm = standings.rhythm(key_result, team, objective)
            asked[key] = scoring.last_asked(rhythm, standings.window(key_result, cycle), standings.now)
        count[row.team_id] += scoring.is_outdated(asked[key], row.last_check_in_at, asked_since(key_result, objective))
    return count
