"""From which day on the measure of a key result is locked: a change then needs a reason, and stays visible."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import CharField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast, JSONObject
from django.utils import timezone

from okrs.models import KeyResult, Objective
from organizations.models import AuditEntry, OrganizationSettings

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


@dataclass(frozen=True, slots=True)
class Explained:
    """The last change of something locked: when, by whom (empty for the system), and why."""

    at: datetime
    person: str
    reason: str


def with_explained(key_results: QuerySet[KeyResult]) -> QuerySet[KeyResult]:
    """Add the last change of something locked to each key result, in the same query; `explained_of` reads it."""
    entries = (
        AuditEntry.objects.filter(
            object_type=KeyResult._meta.label_lower,
            object_id=Cast(OuterRef("pk"), CharField()),
            verb="changed",
        )
        .exclude(reason="")
        .order_by("-at", "-pk")
    )
    return key_results.annotate(
        explained_change=Subquery(
            entries.values(json=JSONObject(at="at", person="actor__display_name", reason="reason"))[:1]
        )
    )


def explained_of(key_result: KeyResult) -> Explained | None:
    """Return the last change of something locked, None without one or where it was not read `with_explained`."""
    values = getattr(key_result, "explained_change", None)
    if values is None:
        return None
    return Explained(datetime.fromisoformat(values["at"]), values["person"] or "", values["reason"])
