"""Taking a move in time back: exactly what moved returns to the days it had."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations.actor import Actor
from organizations.domain import audit
from organizations.domain.removed import UNDO_WITHIN
from organizations.errors import Refused
from organizations.models import AuditEntry
from rollout.domain.part import lock_part
from rollout.domain.plan import lock_plan
from rollout.domain.taken_along import ALONG
from rollout.models import PlanMilestone, PlanPhase, PlanTask, RolloutPlan, Wave

# What moves, with the days it has.
_DAYS: Mapping[type[Any], tuple[str, ...]] = {
    RolloutPlan: ("starts_on", "ends_on"),
    PlanPhase: ("starts_on", "ends_on"),
    Wave: ("starts_on",),
    PlanTask: ("starts_on", "due_on"),
    PlanMilestone: ("due_on",),
}
SHIFTED, TOOK_BACK = "shifted", "took_back"


def days_of(rows: Iterable[Any]) -> dict[tuple[type[Any], str], list[str]]:
    """Return the days of rows of any kind that moves, by their model and id."""
    return {(type(row), str(row.pk)): [str(getattr(row, name)) for name in _DAYS[type(row)]] for row in rows}


def remembered_days(
    before: Mapping[tuple[type[Any], str], list[str]], after: Mapping[tuple[type[Any], str], list[str]]
) -> dict[str, Any]:
    """Return what an audit entry keeps of a move, below ALONG: the days of each row before and after."""
    kept: dict[str, dict[str, list[list[str]]]] = {}
    for (model, row_id), days in before.items():
        if after[model, row_id] != days:
            kept.setdefault(model._meta.model_name or "", {})[row_id] = [days, after[model, row_id]]
    return {ALONG: kept}


def take_shift_back(*, actor: Actor, moved: PlanPhase | PlanTask) -> None:
    """Take the last move of a phase or a task back, for ten minutes: what moved with it returns to the days it had.

    What somebody gave other days meanwhile keeps those, and what was removed stays away. Raises Refused when it is too
    late; a second time nothing happens. Side effects: one audit entry on what was moved.
    """
    with transaction.atomic():
        lock_plan(moved.plan)
        locked = lock_part(moved)
        entries = AuditEntry.objects.filter(object_type=locked._meta.label_lower, object_id=str(locked.pk))
        entry = entries.filter(verb__in=(SHIFTED, TOOK_BACK)).order_by("-at", "-pk").first()
        if entry is None or entry.verb == TOOK_BACK:
            return
        if entry.at < timezone.now() - UNDO_WITHIN:
            raise Refused(_("It is too late to take this back."))
        kept: Mapping[str, Any] = (entry.after or {}).get(ALONG, {})
        for model, names in _DAYS.items():
            days = kept.get(model._meta.model_name or "", {})
            rows = [row for row in model.objects.filter(pk__in=days) if _days(row, names) == days[str(row.pk)][1]]
            for row in rows:
                for name, day in zip(names, days[str(row.pk)][0], strict=True):
                    setattr(row, name, date.fromisoformat(day))
            model.objects.bulk_update(rows, names)
        audit.record(actor=actor, verb=TOOK_BACK, subject=locked, after={"days": -(entry.after or {}).get("days", 0)})


def _days(row: Any, names: tuple[str, ...]) -> list[str]:
    return [str(getattr(row, name)) for name in names]
