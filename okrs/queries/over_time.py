"""A key result over time, as the page of its objective shows it: its curve, its trend, how its weeks went."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

from okrs.enums import MetricType
from okrs.models import CheckIn, KeyResult
from okrs.queries.phases import way_of
from okrs.queries.rhythm import weeks_of
from okrs.queries.standing import KeyResultStanding, Standings
from okrs.scoring import GRADUAL, STAY

TREND_LENGTH = 12

Dated = tuple[date, Decimal | float]


@dataclass(frozen=True, slots=True)
class Row:
    """A key result of the page: how it stands, its last values, and its way over time."""

    standing: KeyResultStanding
    trend: list[Decimal | float]
    points: list[Dated]
    expected: list[Dated]
    unit: str
    may_check_in: bool
    # How each of the last weeks went: on time, late, missed, paused or not due.
    rhythm: tuple[str, ...] = ()

    @property
    def was_asked(self) -> bool:
        """Whether there is anything to show of its weeks."""
        return bool(set(self.rhythm) - {"not_due", "paused"})

    @property
    def rhythm_row(self) -> list[tuple[str, tuple[str, ...]]]:
        """Its weeks as the chart takes them."""
        return [(self.key_result.title, self.rhythm)]

    @property
    def key_result(self) -> KeyResult:
        return self.standing.key_result

    @property
    def has_way(self) -> bool:
        """Whether steps on the way to its target make sense."""
        key_result = self.key_result
        return key_result.metric in GRADUAL and key_result.start is not None and key_result.target is not None

    @property
    def is_limit(self) -> bool:
        """Whether the dashed line is a limit to stay beyond rather than a way to go."""
        return self.key_result.metric in STAY


def over_time(
    standing: KeyResultStanding,
    check_ins: Sequence[CheckIn],
    wrong: Container[UUID | None],
    standings: Standings,
    *,
    may_check_in: bool,
) -> Row:
    """Return a key result with its check-ins, oldest first; those in `wrong` were put right and are not drawn.

    Its objective must be loaded with it, with cycle and team; no query.
    """
    key_result = standing.key_result
    objective = key_result.objective
    zone = ZoneInfo(standings.settings.time_zone)
    is_share = key_result.metric == MetricType.MILESTONES
    values: list[Dated] = []
    for one in check_ins:
        value = _percent(one.progress) if is_share else one.value
        if value is not None and one.pk not in wrong:
            values.append((one.at.astimezone(zone).date(), value))
    window = standings.window(key_result, objective.cycle)
    first = standing.pace_from or window.start
    moments = [one.at for one in check_ins]
    asked = standing.check_in is not None
    return Row(
        standing=standing,
        trend=[value for _, value in values[-TREND_LENGTH:]],
        points=_from_start(key_result, first, values),
        expected=_expected(key_result, first, window.end),
        unit="%" if is_share else key_result.unit,
        may_check_in=may_check_in,
        rhythm=weeks_of(standing, standings, objective.cycle, objective.team, moments) if asked else (),
    )


def _from_start(key_result: KeyResult, first_day: date, values: list[Dated]) -> list[Dated]:
    """Let the line begin at the start, unless a check-in is older than that."""
    if key_result.metric in GRADUAL and key_result.start is not None and values and values[0][0] > first_day:
        return [(first_day, key_result.start), *values]
    return values


def _expected(key_result: KeyResult, first_day: date, last_day: date) -> list[Dated]:
    """The dashed line: from start to target by its steps, the limit to stay at, or all milestones at the end."""
    first: Decimal | None = None
    last: Decimal | None = None
    if key_result.metric in GRADUAL:
        return list(way_of(key_result, first_day, last_day))
    if key_result.metric == MetricType.MILESTONES:
        first, last = Decimal(0), Decimal(100)
    elif key_result.metric in STAY:
        first = last = key_result.upper if key_result.target is None else key_result.target
    if first is None or last is None:
        return []
    return [(first_day, first), (last_day, last)]


def _percent(share: float | None) -> float | None:
    return None if share is None else share * 100
