"""A plan as a version keeps it, and what changed between two of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rollout.enums import BudgetCategory, Measure, PhaseKind, VersionSubject
from rollout.models import (
    BudgetLine,
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

# Read by fewer people than the rest.
BUDGET = "budget_lines"
# What a version keeps of each part, by its name in the content.
_PARTS: Mapping[str, tuple[type[Any], str, tuple[str, ...]]] = {
    "key_results": (PlanKeyResult, "plan", ("title", "unit", "start", "target")),
    "phases": (PlanPhase, "plan", ("kind", "own_name", "starts_on", "ends_on")),
    "waves": (Wave, "plan", ("name", "starts_on")),
    "criteria": (Criterion, "phase__plan", ("gate", "measure", "text", "percent", "weeks")),
    "tasks": (PlanTask, "plan", ("title", "starts_on", "due_on")),
    "milestones": (PlanMilestone, "plan", ("title", "due_on")),
    "risks": (Risk, "plan", ("title", "likelihood", "impact", "answer")),
    BUDGET: (BudgetLine, "plan", ("category", "phase", "note", "planned", "committed", "actual")),
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
    BUDGET: _("Budget"),
}
_PLAN = ("name", "goal", "scope", "starts_on", "ends_on", "currency")


@dataclass(frozen=True, slots=True)
class Change:
    """How many parts of one kind are new, different or gone, with the names of some."""

    label: str | Promise
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version, and what changed since the one before it. `currency` is that of its sum."""

    version: PlanVersion
    changes: list[Change]
    currency: str
    sees_budget: bool

    @property
    def is_budget(self) -> bool:
        """Whether it asks for more money only."""
        return bool(self.version.subject == VersionSubject.BUDGET)

    @property
    def budget_sum(self) -> Decimal | None:
        """What is approved with it; None for those who do not read the budget."""
        found: Decimal = self.version.budget_sum
        return found if self.sees_budget else None


def versions_of(plan: RolloutPlan, *, with_budget: bool = False) -> list[VersionRow]:
    """Return the versions of a plan, the latest first; one query.

    Who does not read the budget is told nothing of it: neither changes nor that more money was asked for.
    """
    rows = PlanVersion.objects.filter(plan=plan).select_related("submitted_by", "decided_by")
    versions = list(rows if with_budget else rows.exclude(subject=VersionSubject.BUDGET))
    before = [*versions[1:], None][: len(versions)]
    return [
        VersionRow(
            row,
            changes_between(older.content, row.content, with_budget=with_budget) if older is not None else [],
            row.content.get("plan", {}).get(str(plan.pk), {}).get("currency", plan.currency),
            with_budget,
        )
        for row, older in zip(versions, before, strict=True)
    ]


def content_of(plan: RolloutPlan) -> dict[str, Any]:
    """Return all that a version keeps: for each kind of part its fields by id; one query for each kind."""
    content: dict[str, Any] = {"plan": {str(plan.pk): {name: getattr(plan, name) for name in _PLAN}}}
    for name in _PARTS:
        content[name] = part_content(plan, name)
    content["plan"][str(plan.pk)] = {key: _plain(value) for key, value in content["plan"][str(plan.pk)].items()}
    return content


def part_content(plan: RolloutPlan, name: str) -> dict[str, Any]:
    """Return what a version keeps of one kind of part: its fields by id; one query."""
    model, to_plan, fields = _PARTS[name]
    rows = model.objects.filter(**{to_plan: plan}).order_by("pk").values("pk", *fields)
    return {str(row.pop("pk")): {key: _plain(value) for key, value in row.items()} for row in rows}


def changes_between(older: Mapping[str, Any], newer: Mapping[str, Any], *, with_budget: bool = False) -> list[Change]:
    """Return what changed from one version to another, kind by kind; kinds without a change are left out.

    `with_budget` is for those who read the budget, which are fewer than those who read the plan.
    """
    found = []
    for kind, label in LABELS.items():
        if kind == BUDGET and not with_budget:
            continue
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
    for name in ("title", "own_name", "name", "text", "note"):
        if fields.get(name):
            return str(fields[name])
    if "category" in fields:
        return str(BudgetCategory(fields["category"]).label)
    if fields.get("kind") in PhaseKind.values:
        return str(PhaseKind(fields["kind"]).label)
    if fields.get("measure") in Measure.values:
        return str(Measure(fields["measure"]).label)
    return str(fields.get("kind") or fields.get("category") or "")


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, (bool, int, str)) else str(value)
