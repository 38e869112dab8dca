"""Making the cycles of a whole fiscal year from a pattern."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from okrapp.tenancy.locks import lock_in_organization
from okrs.calendar import MONTHS, Period, period_containing, periods_of_year, usual_days
from okrs.domain.cycle import create_cycle
from okrs.enums import CycleLength
from okrs.models import Cycle
from organizations.actor import Actor
from organizations.errors import Refused
from organizations.models import Team


def year_pattern(day: date, length: str, *, with_year: bool, fiscal_year_start: int) -> list[Period]:
    """Return the periods of the fiscal year that contains `day`: the year itself if wanted, then those of `length`."""
    periods = periods_of_year(day, length, fiscal_year_start)
    if with_year and length != CycleLength.YEAR:
        return [period_containing(day, CycleLength.YEAR, fiscal_year_start), *periods]
    return periods


def missing(periods: Iterable[Period], taken: Iterable[Cycle]) -> list[Period]:
    """Return the periods for which there is no cycle of the same days or the same name yet."""
    known = list(taken)
    days = {(cycle.starts_on, cycle.ends_on) for cycle in known}
    names = {cycle.name for cycle in known}
    return [one for one in periods if (one.starts_on, one.ends_on) not in days and one.name not in names]


def generate_cycles(
    *,
    actor: Actor,
    day: date,
    length: str,
    with_year: bool = True,
    teams: Collection[Team] | None = None,
    now: datetime | None = None,
) -> list[Cycle]:
    """Make the cycles of the fiscal year that contains `day`, planned, with the usual days of their phases.

    What exists already (same days or same name) is left alone. `teams` None means that all take part; a cycle of a
    year is always for all, since it holds the objectives of the organization. `now` is the clock. Returns the new ones.
    Raises Refused for a length without a calendar, and when all of them exist. Side effects: as create_cycle for each.
    """
    if length not in MONTHS:
        raise Refused({"length": _("Choose a length of the calendar.")})
    with transaction.atomic():
        lock_in_organization("cycles of a year")
        periods = year_pattern(day, length, with_year=with_year, fiscal_year_start=actor.settings.fiscal_year_start)
        wanted = missing(periods, Cycle.objects.current())
        if not wanted:
            raise Refused({"day": _("All cycles of this year exist already.")})
        return [
            create_cycle(
                actor=actor,
                name=one.name,
                starts_on=one.starts_on,
                ends_on=one.ends_on,
                length=one.length,
                teams=None if one.length == CycleLength.YEAR else teams,
                days=usual_days(one.starts_on, one.ends_on),
                now=now,
            )
            for one in wanted
        ]
