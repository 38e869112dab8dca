"""Cycles that move by themselves, at midnight in the organization's time zone."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from okrapp.web.days import day_at, start_of_day
from okrs.domain.cycle_days import next_step
from okrs.enums import Phase
from okrs.models import Cycle, CycleExtension
from organizations.actor import Actor
from organizations.domain.dispatch import schedule
from organizations.models import OrganizationSettings

DISPATCH_KIND = "okrs.cycles"


def today_of(actor: Actor, now: datetime | None = None) -> date:
    """Return the day it is for the organization; one query unless the actor's settings are read already."""
    return day_at(now or timezone.now(), actor.settings.time_zone)


def schedule_cycles() -> None:
    """Make the organization known to the sweeper at the next midnight at which a cycle moves or an extension is over.

    Called in the transaction of every change to a phase, a day or the time zone. Too early does no harm: whoever
    comes looks at the days again. Side effects: one row of the dispatch table, none where nothing is to come.
    """
    open_cycles = Cycle.objects.current().exclude(phase=Phase.CLOSED)
    days = [step[1] for cycle in open_cycles if (step := next_step(cycle)) is not None]
    running_out = CycleExtension.objects.filter(ended_at=None).order_by("until").values_list("until", flat=True)[:1]
    days += [until + timedelta(days=1) for until in running_out]
    if days:
        time_zone = OrganizationSettings.objects.values_list("time_zone", flat=True).get()
        schedule(kind=DISPATCH_KIND, due_at=start_of_day(min(days), time_zone))


def follow_settings(actor: Actor, changed: Iterable[str]) -> None:
    """Look at the calendar again when the organization has moved to another time zone."""
    if "time_zone" in changed:
        with transaction.atomic():
            schedule_cycles()
