"""Which days can be meant: far from today it is a slip of the keyboard, and a role until 9999 would never end."""

from collections.abc import Mapping
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from organizations.errors import Refused

# Roles and exceptions: since when, and how many years ahead.
FIRST_OF_ROLES, YEARS_AHEAD = date(2000, 1, 1), 10
# Certificates: nothing expected here counts longer than twenty years.
FIRST_CERTIFICATE, YEARS_VALID = date(1970, 1, 1), 20


def refuse_far_days(
    days: Mapping[str, date | None], today: date, *, first: date = FIRST_OF_ROLES, years: int = YEARS_AHEAD
) -> None:
    """Raise Refused, at its field, for a day before `first` or after the year that is so many years ahead.

    Give it what is new: what has been written down already stays as it is.
    """
    last = date(today.year + years, 12, 31)
    words = {"first": date_format(first, "SHORT_DATE_FORMAT"), "last": date_format(last, "SHORT_DATE_FORMAT")}
    far = [name for name, day in days.items() if day is not None and not first <= day <= last]
    if far:
        text = _("Choose a day between %(first)s and %(last)s. Is the year right?") % words
        raise Refused(dict.fromkeys(far, text))
