"""The days a plan can have: a year that was typed wrong is said at once, before the timeline draws two thousand."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from organizations.errors import Refused

EARLIEST, LATEST = date(2000, 1, 1), date(2199, 12, 31)
# What belongs to a plan begins and ends at most so long before and after it: a year, a leap year too.
AROUND = timedelta(days=366)


def refuse_far_days(days: Mapping[str, date | None]) -> None:
    """Raise Refused at the first of some days, by the names of their fields, that lies in a year that cannot be."""
    for name, day in days.items():
        if day is not None and not EARLIEST <= day <= LATEST:
            raise Refused(
                {
                    name: _("Is the year right? It has to be one from %(first)d to %(last)d.")
                    % {"first": EARLIEST.year, "last": LATEST.year}
                }
            )


def refuse_days_far_from(starts_on: date, ends_on: date, days: Mapping[str, date | None]) -> None:
    """Raise Refused at the first of some days, by the names of their fields, that lies far from a plan with days."""
    first, last = days_around(starts_on, ends_on)
    for name, day in days.items():
        if day is not None and not first <= day <= last:
            raise Refused({name: _("Is the year right?") + " " + plan_days(starts_on, ends_on)})


def days_around(starts_on: date, ends_on: date) -> tuple[date, date]:
    """Return the first and the last day that what belongs to a plan can have."""
    return max(starts_on - AROUND, EARLIEST), min(ends_on + AROUND, LATEST)


def plan_days(starts_on: date, ends_on: date) -> str:
    """Return the sentence that says when a plan is, and how far from it something may be."""
    text = _("The plan lasts from %(first)s to %(last)s. Stay within a year before and after it.")
    days = {"first": starts_on, "last": ends_on}
    return text % {name: date_format(day, "SHORT_DATE_FORMAT") for name, day in days.items()}
