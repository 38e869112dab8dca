"""From which day on the measure of a key result is locked: a change then needs a reason, and stays visible."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from okrs.models import Objective
from organizations.models import OrganizationSettings

# What people were promised to be measured by. Words, owner, dates and rhythm stay free.
LOCKED_FIELDS = ("metric", "unit_kind", "unit", "start", "target", "lower", "upper", "weight")


def locks_on(objective: Objective, settings: OrganizationSettings) -> date | None:
    """Return the first day on which the measures of an objective are locked; None while it is a draft.

    So many days as the organization says after the cycle's first day or the day the objective came into force,
    whichever is later; days are the organization's. Its cycle must be loaded; no query.
    """
    if objective.is_draft:
        return None
    began = objective.activated_at or objective.created_at
    in_force_on = began.astimezone(ZoneInfo(settings.time_zone)).date()
    return max(objective.cycle.starts_on, in_force_on) + timedelta(days=settings.lock_after_days)


def is_locked(objective: Objective, settings: OrganizationSettings) -> bool:
    """Return whether the measures of an objective are locked today; no query."""
    day = locks_on(objective, settings)
    return day is not None and timezone.now().astimezone(ZoneInfo(settings.time_zone)).date() >= day
