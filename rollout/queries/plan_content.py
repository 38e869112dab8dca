"""A plan as a version keeps it: plain values by the ids of what they are of, people and teams as ids."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, DecimalField, OuterRef
from django.db.models.functions import Cast, JSONObject
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rollout.models import (
    BudgetLine,
    Criterion,
    PlanKeyResult,
    PlanMilestone,
    PlanOfficer,
    PlanPhase,
    PlanTask,
    Risk,
    RolloutPlan,
    Wave,
    WaveTeam,
)

# Read by fewer people than the rest.
BUDGET = "budget_lines"
# What a version keeps of the plan itself, and of each part, by its name in the content.
PLAN_FIELDS = ("name", "goal", "scope", "team", "sponsor", "starts_on", "ends_on", "currency")
PARTS: Mapping[str, tuple[type[Any], str, tuple[str, ...]]] = {
    "key_results": (PlanKeyResult, "plan", ("title", "unit", "start", "target")),
    "phases": (PlanPhase, "plan", ("kind", "own_name", "starts_on", "ends_on")),
    "waves": (Wave, "plan", ("name", "phase", "starts_on")),
    "criteria": (Criterion, "phase__plan", ("phase", "gate", "measure", "text", "percent", "weeks")),
    "tasks": (PlanTask, "plan", ("title", "phase", "description", "owner", "starts_on", "due_on")),
    "milestones": (PlanMilestone, "plan", ("title", "phase", "due_on")),
    "risks": (Risk, "plan", ("title", "likelihood", "impact", "answer", "owner")),
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


def content_of(plan: RolloutPlan) -> dict[str, Any]:
    """Return all that a version keeps: for each kind of part its fields by id; one query."""
    content = _read(plan, PARTS)
    officers = content.pop("officers")
    itself = {name: _plain(plan.serializable_value(name)) for name in PLAN_FIELDS}
    return {"plan": {str(plan.pk): itself | {"officers": officers}}, **content}


def part_content(plan: RolloutPlan, name: str) -> dict[str, Any]:
    """Return what a version keeps of one kind of part: its fields by id; one query."""
    found: dict[str, Any] = _read(plan, [name])[name]
    return found


def _read(plan: RolloutPlan, names: Iterable[str]) -> dict[str, Any]:
    """Return some kinds of parts of a plan, and who is in its office; one query, whatever is in it."""
    columns: dict[str, Any] = {f"kept_{name}": _column(*PARTS[name]) for name in names}
    officers = PlanOfficer.objects.filter(plan=OuterRef("pk")).order_by("membership")
    columns["kept_officers"] = ArraySubquery(officers.values("membership"))
    rows: Any = RolloutPlan.objects.filter(pk=plan.pk).order_by().values(**columns)
    row: dict[str, Any] = rows.get()
    content: dict[str, Any] = {"officers": [str(pk) for pk in row.pop("kept_officers")]}
    for name, kept in row.items():
        content[name.removeprefix("kept_")] = {one.pop("pk"): one for one in kept}
    return content


def _column(model: type[Any], to_plan: str, fields: tuple[str, ...]) -> ArraySubquery:
    """Return the rows of a kind of part as a column: their fields as JSON, amounts as texts that lose nothing."""
    values: dict[str, Any] = {"pk": "pk"}
    for name in fields:
        is_amount = isinstance(model._meta.get_field(name), DecimalField)
        values[name] = Cast(name, CharField()) if is_amount else name
    if model is Wave:
        teams = WaveTeam.objects.filter(wave=OuterRef("pk")).order_by("team")
        pair = JSONObject(team="team", below="with_below")
        values["teams"] = ArraySubquery(teams.annotate(pair=pair).values("pair"))
    rows = model.objects.filter(**{to_plan: OuterRef("pk")}).order_by("pk")
    return ArraySubquery(rows.annotate(kept=JSONObject(**values)).values("kept"))


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, (bool, int, str)) else str(value)
