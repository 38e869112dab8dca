"""The days a plan can have: a year that was typed wrong is said at once, before the timeline draws two thousand."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from organizations.errors import Refused

EARLIEST, LATEST = date(2000, 1, 1), date(2199, 12, 31)


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
