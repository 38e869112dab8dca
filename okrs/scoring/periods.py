"""Check-in periods: when a check-in is due, and how each period went.

A period is the span between two successive due moments: after `start`, up to and including `due_at`. The
first starts with the first day of the window (the cycle); the last one ends with the last due moment inside
the window, so a few days left over after it belong to no period. Due moments, in the zone's own time:

- weekly: every `weekday` at `hour`;
- two-weekly: every second one, counted from the window's first week, so that the first period has at least
  a week;
- monthly: the last `weekday` of each calendar month.

Each is a wall-clock time turned into UTC on its own, so summer time moves none of them by an hour. An hour
that does not exist on that day means the same moment counted on from before the change; one that exists
twice means the first.

A period is paused when the day its check-in is due lies in a pause: then nobody is asked, and nothing is
missed.
"""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from okrs.scoring.errors import RHYTHM_RANGE, SPAN_ORDER, UNKNOWN_ZONE, ScoringError
from okrs.scoring.pace import Span

WEEK = timedelta(days=7)
GRACE_FOR_NEW = timedelta(days=2)
"""A key result is first expected to be checked in on for a due moment this long after it began: one agreed
on Friday morning is not outdated on Friday noon."""


class Rhythm(StrEnum):
    """How often a key result is checked in on. The values are stored: never change one."""

    WEEKLY = "weekly"
    TWO_WEEKLY = "two_weekly"
    MONTHLY = "monthly"


class PeriodState(StrEnum):
    """How a period went for one key result."""

    ON_TIME = "on_time"
    LATE = "late"
    MISSED = "missed"
    NOT_DUE = "not_due"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class Pause:
    """Days without check-ins, both included; ScoringError when they are the wrong way round."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ScoringError(SPAN_ORDER, "end")


@dataclass(frozen=True, slots=True)
class CheckInRhythm:
    """When check-ins are due: `weekday` 0 (Monday) to 6, `hour` 0 to 23 in `time_zone` (an IANA name),
    except pauses.

    Hashable and compared by value; ScoringError for a weekday or hour out of range or an unknown zone.
    """

    rhythm: Rhythm = Rhythm.WEEKLY
    weekday: int = 4
    hour: int = 12
    time_zone: str = "UTC"
    pauses: tuple[Pause, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.weekday <= 6:
            raise ScoringError(RHYTHM_RANGE, "weekday")
        if not 0 <= self.hour <= 23:
            raise ScoringError(RHYTHM_RANGE, "hour")
        try:
            ZoneInfo(self.time_zone)
        except (KeyError, ValueError, OSError) as error:  # ZoneInfo raises each of them, by kind of bad name
            raise ScoringError(UNKNOWN_ZONE, "time_zone") from error


@dataclass(frozen=True, slots=True)
class Period:
    """One period: after `start` up to and including `due_at` (both aware, UTC); `due_on` is the local day
    it is due."""

    start: datetime
    due_at: datetime
    due_on: date
    paused: bool

    def holds(self, moment: datetime) -> bool:
        """Return whether a check-in at `moment` belongs to this period."""
        return self.start < moment <= self.due_at


@dataclass(frozen=True, slots=True)
class PeriodResult:
    """One cell of the rhythm: a period and how it went."""

    period: Period
    state: PeriodState


def moment_of(day: date, hour: int, zone: ZoneInfo) -> datetime:
    """Return the UTC moment of a local `day` and `hour`."""
    return datetime.combine(day, time(hour), tzinfo=zone).astimezone(UTC)


def _due_days(rhythm: CheckInRhythm, window: Span) -> Iterable[date]:
    """Yield the local days on which check-ins are due inside the window, in order."""
    if rhythm.rhythm is Rhythm.MONTHLY:
        year, month = window.start.year, window.start.month
        while date(year, month, 1) <= window.end:
            last = date(year, month, monthrange(year, month)[1])
            day = last - timedelta(days=(last.weekday() - rhythm.weekday) % 7)
            if window.start <= day <= window.end:
                yield day
            year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        return
    step = WEEK
    day = window.start + timedelta(days=(rhythm.weekday - window.start.weekday()) % 7)
    if rhythm.rhythm is Rhythm.TWO_WEEKLY:
        step, day = 2 * WEEK, day + WEEK
    while day <= window.end:
        yield day
        day += step


@lru_cache(maxsize=512)
def periods_of(rhythm: CheckInRhythm, window: Span) -> tuple[Period, ...]:
    """Return every period of `window` (local days), oldest first. Cached: thousands of key results share a
    rhythm."""
    zone = ZoneInfo(rhythm.time_zone)
    found: list[Period] = []
    # A millionth of a second before the first day, since a period does not hold its own start but the day
    # does.
    start = moment_of(window.start, 0, zone) - timedelta(microseconds=1)
    for day in _due_days(rhythm, window):
        due_at = moment_of(day, rhythm.hour, zone)
        if due_at <= start:  # due at midnight of the very first day: nobody had a moment to check in
            continue
        paused = any(pause.start <= day <= pause.end for pause in rhythm.pauses)
        found.append(Period(start, due_at, day, paused))
        start = due_at
    return tuple(found)


def is_expected(period: Period, active_since: datetime | None) -> bool:
    """Return whether a key result that counts since `active_since` (None: always) is asked for in
    `period`."""
    return not period.paused and (active_since is None or active_since + GRACE_FOR_NEW <= period.due_at)


def history(
    rhythm: CheckInRhythm,
    window: Span,
    check_ins: Iterable[datetime],
    now: datetime,
    *,
    active_since: datetime | None = None,
    weeks: int = 8,
) -> tuple[PeriodResult, ...]:
    """Return how the periods due in the last `weeks` weeks went, oldest first, and the open one as the last.

    on time: a check-in inside the period. late: none inside, but one in the first half of the time to the
    next due moment (it counts for that next period too: nobody is asked twice for the same news). missed:
    neither. paused: as the module says, also when somebody did check in. not due: the open period until a
    check-in comes, and periods before the key result counted. All moments are aware; `check_ins` in any
    order.
    """
    moments = sorted(check_ins)
    every = periods_of(rhythm, window)
    results: list[PeriodResult] = []
    for index, period in enumerate(every):
        if period.start >= now:
            break
        if period.due_at < now - weeks * WEEK:
            continue
        late_until = period.due_at + _late_for(every, index)
        results.append(PeriodResult(period, _state(period, late_until, moments, now, active_since)))
    return tuple(results)


def _late_for(every: Sequence[Period], index: int) -> timedelta:
    """Return how long after its due moment a check-in still counts as late: half of the next period, or of
    its own."""
    following = every[min(index + 1, len(every) - 1)]
    return (following.due_at - following.start) / 2


def _state(
    period: Period,
    late_until: datetime,
    moments: Sequence[datetime],
    now: datetime,
    active_since: datetime | None,
) -> PeriodState:
    if period.paused:
        return PeriodState.PAUSED
    if any(period.holds(one) for one in moments if one <= now):
        return PeriodState.ON_TIME
    if period.due_at >= now or not is_expected(period, active_since):
        return PeriodState.NOT_DUE
    if any(period.due_at < one <= late_until for one in moments if one <= now):
        return PeriodState.LATE
    return PeriodState.MISSED
