"""A plan as a version keeps it, and what changed between two of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rollout.models import (
    Criterion,
    PlanKeyResult,
    PlanMilestone,
    PlanPhase,
    PlanTask,
    PlanVersion,
    Risk,
    RolloutPlan,
    Wave,
)

# What a version keeps of each part, by its name in the content; budget and others are added where they are written.
_PARTS: Mapping[str, tuple[type[Any], str, tuple[str, ...]]] = {
    "key_results": (PlanKeyResult, "plan", ("title", "unit", "start", "target")),
    "phases": (PlanPhase, "plan", ("kind", "own_name", "starts_on", "ends_on")),
    "waves": (Wave, "plan", ("name", "starts_on")),
    "criteria": (Criterion, "phase__plan", ("gate", "measure", "text", "percent", "weeks")),
    "tasks": (PlanTask, "plan", ("title", "starts_on", "due_on")),
    "milestones": (PlanMilestone, "plan", ("title", "due_on")),
    "risks": (Risk, "plan", ("title", "likelihood", "impact", "answer")),
}
LABELS: Mapping[str, str | Promise] = {
    "plan": _("The plan itself"),
    "key_results": _("Key results of the rollout"),
    "phases": _("Phases"),
    "waves": _("Waves"),
    "criteria": _("Criteria"),
    "tasks": _("Tasks"),
    "milestones": _("Milestones"),
    "risks": _("Risks"),
}
_PLAN = ("name", "goal", "scope", "starts_on", "ends_on")


@dataclass(frozen=True, slots=True)
class Change:
    """How many parts of one kind are new, different or gone, with the names of some."""

    label: str | Promise
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version, and what changed since the one before it."""

    version: PlanVersion
    changes: list[Change]


def versions_of(plan: RolloutPlan) -> list[VersionRow]:
    """Return the versions of a plan, the latest first; one query."""
    rows = list(PlanVersion.objects.filter(plan=plan).select_related("submitted_by", "decided_by"))
    before = [*rows[1:], None][: len(rows)]
    return [
        VersionRow(row, changes_between(older.content, row.content) if older is not None else [])
        for row, older in zip(rows, before, strict=True)
    ]


def content_of(plan: RolloutPlan) -> dict[str, Any]:
    """Return all that a version keeps: for each kind of part its fields by id; one query for each kind."""
    content: dict[str, Any] = {"plan": {str(plan.pk): {name: getattr(plan, name) for name in _PLAN}}}
    for name, (model, to_plan, fields) in _PARTS.items():
        rows = model.objects.filter(**{to_plan: plan}).order_by("pk").values("pk", *fields)
        content[name] = {str(row.pop("pk")): {key: _plain(value) for key, value in row.items()} for row in rows}
    content["plan"][str(plan.pk)] = {key: _plain(value) for key, value in content["plan"][str(plan.pk)].items()}
    return content


def changes_between(older: Mapping[str, Any], newer: Mapping[str, Any]) -> list[Change]:
    """Return what changed from one version to another, kind by kind; kinds without a change are left out."""
    found = []
    for kind, label in LABELS.items():
        was, now = older.get(kind, {}), newer.get(kind, {})
        change = Change(
            label,
            tuple(_title(now[key]) for key in now if key not in was),
            tuple(_title(now[key]) for key in now if key in was and now[key] != was[key]),
            tuple(_title(was[key]) for key in was if key not in now),
        )
        if change.added or change.changed or change.removed:
            found.append(change)
    return found


def _title(fields: Mapping[str, Any]) -> str:
    for name in ("title", "own_name", "name", "text"):
        if fields.get(name):
            return str(fields[name])
    return str(fields.get("kind") or fields.get("measure") or "")


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, (bool, int, str)) else str(value)
