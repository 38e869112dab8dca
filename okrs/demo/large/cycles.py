"""The cycles of a large invented organization: years and quarters, closed, running and drafted."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from okrs.calendar import Period, following, period_containing
from okrs.demo.days import year_around
from okrs.demo.large.people import TIME_ZONE
from okrs.enums import CycleLength, Phase

# Of all objectives, those of one year.
SHARE_OF_YEAR = 0.02
START_OF_WORK, END_OF_WORK = time(8), time(17)


@dataclass(frozen=True, slots=True)
class Plan:
    """A cycle to be: its days and phase, and how much of everything lies in it."""

    period: Period
    phase: Phase
    share: float
    now: datetime

    @property
    def is_year(self) -> bool:
        return self.period.length == CycleLength.YEAR

    @property
    def window(self) -> tuple[datetime, datetime]:
        """When people could check in so far; as long as nothing for a cycle that is drafted."""
        zone = ZoneInfo(TIME_ZONE)
        first = datetime.combine(self.period.starts_on, START_OF_WORK, tzinfo=zone)
        last = datetime.combine(self.period.ends_on, END_OF_WORK, tzinfo=zone)
        if self.phase == Phase.DRAFTING:
            return first, first
        return first, max(first, min(last, self.now))

    @property
    def elapsed(self) -> float:
        """The share of its time that is over."""
        first, until = self.window
        days = (self.period.ends_on - self.period.starts_on).days + 1
        return min(1.0, (until - first) / timedelta(days=days))


def plan_cycles(count: int, now: datetime) -> list[Plan]:
    """Return so many cycles, years first, each list in order of time.

    The running quarter and this year always; then the next quarter, last year, and quarters backwards.
    """
    today = now.astimezone(ZoneInfo(TIME_ZONE)).date()
    around = year_around(today)
    last_year = period_containing(around.year.starts_on - timedelta(days=1), CycleLength.YEAR, around.fiscal_year_start)
    years = [(around.year, Phase.RUNNING)] + ([(last_year, Phase.CLOSED)] if count > 3 else [])
    quarters = [(around.running, Phase.RUNNING)]
    if count > 2:
        quarters.append((following(around.running, around.fiscal_year_start), Phase.DRAFTING))
    day: date = around.running.starts_on
    while len(years) + len(quarters) < count:
        before = period_containing(day - timedelta(days=1), CycleLength.QUARTER, around.fiscal_year_start)
        quarters.append((before, Phase.CLOSED))
        day = before.starts_on
    of_quarter = (1 - SHARE_OF_YEAR * len(years)) / len(quarters)
    return [
        Plan(period, phase, SHARE_OF_YEAR if period.length == CycleLength.YEAR else of_quarter, now)
        for rows in (years, quarters)
        for period, phase in sorted(rows, key=lambda row: row[0].starts_on)
    ]
