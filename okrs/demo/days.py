"""The days of the invented company's year, so that today lies well inside its third quarter."""

from dataclasses import dataclass
from datetime import date, timedelta

from okrs.calendar import Period, following, period_containing
from okrs.enums import CycleLength

# A quarter that began yesterday has nothing to show; this share of it is the best to look at.
BEST_SHARE = 0.6
QUARTERS_BEFORE = 2
# No pause may lie here: there would be nothing to check in on today.
QUIET_BEFORE, QUIET_AFTER = timedelta(days=10), timedelta(days=10)


@dataclass(frozen=True, slots=True)
class Year:
    """The fiscal year and its quarters: two are over, one is running, one is to come. `pauses` are (first, last)."""

    fiscal_year_start: int
    year: Period
    first: Period
    second: Period
    running: Period
    coming: Period
    summer: tuple[date, date] | None
    winter: tuple[date, date] | None


def year_around(today: date) -> Year:
    """Return a fiscal year whose third quarter holds `today`, somewhere in its middle."""
    starts = [_months_before(today, months) for months in range(3)]
    start = min(starts, key=lambda day: abs((today - day).days / 91 - BEST_SHARE))
    first_month = (start.month - 1 - 3 * QUARTERS_BEFORE) % 12 + 1
    year = period_containing(today, CycleLength.YEAR, first_month)
    first = period_containing(year.starts_on, CycleLength.QUARTER, first_month)
    second = following(first, first_month)
    running = following(second, first_month)
    return Year(
        fiscal_year_start=first_month,
        year=year,
        first=first,
        second=second,
        running=running,
        coming=following(running, first_month),
        summer=_pause(year, today, 7, 13, 21),
        winter=_pause(year, today, 12, 24, 9),
    )


def _pause(year: Period, today: date, month: int, day: int, days: int) -> tuple[date, date] | None:
    """Return the pause of this calendar day that lies in the year; None when it would be about now."""
    for calendar_year in (year.starts_on.year, year.ends_on.year):
        first = date(calendar_year, month, day)
        last = first + timedelta(days=days - 1)
        is_now = first <= today + QUIET_AFTER and last >= today - QUIET_BEFORE
        if year.starts_on <= first <= year.ends_on and not is_now:
            return first, last
    return None


def _months_before(day: date, months: int) -> date:
    count = day.year * 12 + day.month - 1 - months
    return date(count // 12, count % 12 + 1, 1)
