"""Which day it is somewhere, and when it begins there; pure."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_SECOND = timedelta(seconds=1)


def day_at(now: datetime, time_zone: str) -> date:
    """Return the day it is in a time zone at a moment."""
    return now.astimezone(ZoneInfo(time_zone)).date()


def start_of_day(day: date, time_zone: str) -> datetime:
    """Return the first moment at which it is `day` or later in a time zone, in UTC.

    Mostly midnight. Where clocks skip midnight it is the moment of the change; where the hour after midnight comes
    twice it is the first one; where a whole day was skipped it is the beginning of the next.
    """
    zone = ZoneInfo(time_zone)
    # fold=0 reads a skipped time by the clock before the change: at the change itself, or a little after it.
    found = datetime.combine(day, time.min, zone).astimezone(UTC)
    before = (found - _SECOND).astimezone(zone)
    if before.date() < day:
        return found
    # The clocks were put forward before midnight, past it: look for the change among the moments before.
    early, late = found - timedelta(hours=24), found
    while late - early > _SECOND:
        middle = early + (late - early) / 2
        early, late = (middle, late) if middle.astimezone(zone).date() < day else (early, middle)
    return late.replace(microsecond=0)
