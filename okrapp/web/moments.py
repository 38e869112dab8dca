"""Times as short distances from now."""

from datetime import date, datetime

from django.utils import formats, timezone
from django.utils.translation import gettext, pgettext

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR
WEEK = 7 * DAY
MONTH = 30 * DAY
YEAR = 365 * DAY


def ago(moment: datetime | date | None, now: datetime | None = None) -> str:
    """Short distance of a past moment in the active language ("2 d ago"); future ones read "in 2 d".

    A date counts in days of the active time zone. Empty for None. `now` defaults to the clock.
    """
    if moment is None:
        return ""
    now = now or timezone.now()
    if not isinstance(moment, datetime):
        days = (timezone.localdate(now) - moment).days
        if days == 0:
            return gettext("today")
        return _phrase(abs(days) * DAY, past=days > 0)
    seconds = (now - moment).total_seconds()
    if abs(seconds) < MINUTE:
        return gettext("just now")
    return _phrase(abs(seconds), past=seconds > 0)


def _phrase(seconds: float, *, past: bool) -> str:
    if seconds < HOUR:
        distance = pgettext("short distance in time", "%(count)d min") % {"count": seconds // MINUTE}
    elif seconds < DAY:
        distance = pgettext("short distance in time", "%(count)d h") % {"count": seconds // HOUR}
    elif seconds < 2 * WEEK:
        distance = pgettext("short distance in time", "%(count)d d") % {"count": seconds // DAY}
    elif seconds < 2 * MONTH:
        distance = pgettext("short distance in time", "%(count)d wk") % {"count": seconds // WEEK}
    elif seconds < YEAR:
        distance = pgettext("short distance in time", "%(count)d mo") % {"count": seconds // MONTH}
    else:
        distance = pgettext("short distance in time", "%(count)d y") % {"count": seconds // YEAR}
    # Translators: {distance} is short, such as "2 d" or "3 wk".
    sentence = gettext("{distance} ago") if past else gettext("in {distance}")
    return sentence.format(distance=distance)


def short_date(day: date) -> str:
    """Day and month in the active language's usual order ("5 October", "5. Oktober")."""
    return formats.date_format(day, "MONTH_DAY_FORMAT")
