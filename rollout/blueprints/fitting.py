"""Fitting a blueprint to a start date and to days on which nobody works; no database."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from organizations.errors import Refused

DAY = timedelta(days=1)
WORKING_DAYS = 5
# Nobody plans around more time off in a row than this.
LONGEST_BREAK = 400


@dataclass(frozen=True, slots=True)
class TimeOff:
    """Days on which nobody works, both ends included."""

    starts_on: date
    ends_on: date

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.starts_on <= day <= self.ends_on


class Calendar:
    """Working days: Monday to Friday without time off."""

    def __init__(self, off: Iterable[Container[object]] = ()) -> None:
        self._off = tuple(off)

    def is_working(self, day: date) -> bool:
        """Return whether people work on a day."""
        return day.weekday() < WORKING_DAYS and not any(day in one for one in self._off)

    def next_working(self, day: date) -> date:
        """Return a day, or the first after it on which people work. Raises Refused where that is too far off."""
        for _step in range(LONGEST_BREAK):
            if self.is_working(day):
                return day
            day += DAY
        raise Refused({"time_off": _("Nobody would work for more than a year. Are the days right?")})

    def moved(self, day: date, days: int) -> date:
        """Return a day moved by days: one that was a working day lands on one, the next there is."""
        later = day + days * DAY
        return self.next_working(later) if self.is_working(day) else later

    def after(self, day: date, weeks: int) -> date:
        """Return the first working day after so many working weeks; after none, the day itself or the next one."""
        day = self.next_working(day)
        for _step in range(weeks * WORKING_DAYS):
            day = self.next_working(day + DAY)
        return day

    def last_of(self, day: date, weeks: int) -> date:
        """Return the last working day of a stretch of working weeks (at least one) that begins on a day."""
        last = self.next_working(day)
        for _step in range(max(weeks, 1) * WORKING_DAYS - 1):
            last = self.next_working(last + DAY)
        return last
