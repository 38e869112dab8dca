"""What day it is for an organization."""

from datetime import date

from django.db.models import DateField, F, Func, Subquery, Value
from django.utils import timezone

from okrapp.web.days import day_at
from organizations.models import OrganizationSettings


def local_today() -> date:
    """Return the day it is where the organization is; one query."""
    time_zone = OrganizationSettings.objects.values_list("time_zone", flat=True).get()
    return day_at(timezone.now(), time_zone)


def today_of(settings: OrganizationSettings) -> date:
    """Return the day it is where an organization is whose settings have been read; no query."""
    return day_at(timezone.now(), settings.time_zone)


def day_there() -> Subquery:
    """Return the same as an expression, for queries that must not cost another one."""
    there = Func(
        Value(timezone.now()),
        F("time_zone"),
        template="(%(expressions)s)::date",
        arg_joiner=" AT TIME ZONE ",
        output_field=DateField(),
    )
    return Subquery(OrganizationSettings.objects.annotate(day=there).values("day")[:1])
