"""Periods of a fiscal year; pure, no database."""

from dataclasses import dataclass
from datetime import date, timedelta

from okrs.enums import CycleLength

MONTHS = {
    CycleLength.MONTH: 1,
    CycleLength.QUARTER: 3,
    CycleLength.TERTIAL: 4,
    CycleLength.HALF_YEAR: 6,
    CycleLength.YEAR: 12,
}


@dataclass(frozen=True, slots=True)
class Period:
    """A cycle that could be made: its name and days, both included."""

    name: str
    length: str
    starts_on: date
    ends_on: date


def period_containing(day: date, length: str, fiscal_year_start: int = 1) -> Period:
    """Return the month, quarter, tertial, half-year or year of the fiscal year that contains `day`.

    `fiscal_year_start` is its first month (1 to 12). A fiscal year is named after the calendar year it ends in, as
    companies with one say it; one that starts in January is simply the calendar year. ValueError for own lengths.
    """
    if length not in MONTHS:
        raise ValueError(f"{length} has no calendar")
    months = MONTHS[CycleLength(length)]
    first_year = day.year if day.month >= fiscal_year_start else day.year - 1
    offset = (day.year - first_year) * 12 + day.month - fiscal_year_start
    number = offset // months
    starts_on = _month(first_year, fiscal_year_start + number * months)
    ends_on = _month(first_year, fiscal_year_start + (number + 1) * months) - timedelta(days=1)
    year = first_year if fiscal_year_start == 1 else first_year + 1
    label = str(year) if fiscal_year_start == 1 else f"FY{year % 100:02d}"
    letter = {CycleLength.QUARTER: "Q", CycleLength.TERTIAL: "T", CycleLength.HALF_YEAR: "H"}
    if length == CycleLength.YEAR:
        name = label
    elif length == CycleLength.MONTH:
        name = f"{starts_on:%Y-%m}"
    else:
        name = f"{letter[CycleLength(length)]}{number + 1} {label}"
    return Period(name, length, starts_on, ends_on)


def following(period: Period, fiscal_year_start: int = 1) -> Period:
    """Return the period right after one of the calendar."""
    return period_containing(period.ends_on + timedelta(days=1), period.length, fiscal_year_start)


def periods_of_year(day: date, length: str, fiscal_year_start: int = 1) -> list[Period]:
    """Return all periods of a length in the fiscal year that contains `day`, in order."""
    year = period_containing(day, CycleLength.YEAR, fiscal_year_start)
    found = [period_containing(year.starts_on, length, fiscal_year_start)]
    while found[-1].ends_on < year.ends_on:
        found.append(following(found[-1], fiscal_year_start))
    return found


def usual_days(starts_on: date, ends_on: date) -> dict[str, date]:
    """Return when the phases of a cycle usually begin, by the field that holds it.

    A quarter is drafted for the four weeks before it and aligned in the last ten days of them, reviewed from its last
    week on, and closed two weeks after. Shorter cycles have less time for each, in proportion.
    """
    length = (ends_on - starts_on).days + 1
    drafting, aligning, reviewing, closing = min(28, length // 3), min(10, length // 9), min(7, length // 10), 14
    return {
        "drafting_on": starts_on - timedelta(days=drafting),
        "aligning_on": starts_on - timedelta(days=aligning),
        "running_on": starts_on,
        "reviewing_on": ends_on + timedelta(days=1) - timedelta(days=reviewing),
        "closing_on": ends_on + timedelta(days=min(closing, max(length // 6, 1))),
    }


def _month(year: int, month: int) -> date:
    """Return the first day of a month; months beyond 12 lie in the years after."""
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
