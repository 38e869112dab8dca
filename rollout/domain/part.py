"""What all parts of a plan have in common: phases, waves, tasks, milestones, criteria, risks, key results, budget.

Each write holds the plan until its transaction ends: two people who change the same plan come one after the other,
and the second is told what the first changed.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import DateField, Model
from django.utils.translation import gettext as _

from organizations.actor import Actor
from organizations.domain import audit
from organizations.domain.editing import refuse_if_changed_since
from organizations.domain.removed import as_fields, removed_values
from organizations.errors import Refused
from roles.raci.default import BY_KEY
from rollout.days import refuse_days_far_from, refuse_far_days
from rollout.domain.dependency import refuse_circle_through
from rollout.domain.message_waves import bring_back_messages, forget_waves, messages_for, refuse_addressed
from rollout.domain.plan import lock_plan
from rollout.domain.taken_along import (
    ALONG,
    bring_back_dependencies,
    bring_back_phase_needs,
    bring_back_teams,
    dependencies_of,
    phase_needs,
    teams_named,
)
from rollout.domain.telling_of_tasks import follow_task, forget_task
from rollout.enums import Measure
from rollout.models import (
    BudgetLine,
    Criterion,
    PlanKeyResult,
    PlanMilestone,
    PlanPhase,
    PlanTask,
    Risk,
    RolloutPlan,
    Wave,
)

P = TypeVar("P", bound=Model)

# More of a kind than these is not a plan any more.
MOST = 2000


@dataclass(frozen=True, slots=True)
class Part:
    """A kind of part: the fields people write, a check of what the database cannot know, and who is told of a write.

    `along` returns what goes with one that is removed, and `bring_back` takes that to put it where it was.
    """

    fields: tuple[str, ...]
    check: Callable[[RolloutPlan, Any], None] = lambda plan, part: None
    refuse_removal: Callable[[Any], None] = lambda part: None
    # With the names of the fields that changed.
    tell: Callable[[Actor, Any, Iterable[str]], None] = lambda actor, part, changed: None
    forget: Callable[[Any], None] = lambda part: None
    along: Callable[[Any], dict[str, Any]] = lambda part: {}
    bring_back: Callable[[Any, Mapping[str, Any]], None] = lambda part, kept: None


def plan_of(part: Any) -> RolloutPlan:
    """Return the plan a part belongs to; its phase must be loaded where it has no plan of its own."""
    plan: RolloutPlan = part.phase.plan if isinstance(part, Criterion) else part.plan
    return plan


def add_part(*, actor: Actor, plan: RolloutPlan, part: P) -> P:
    """Add an unsaved part to a plan and return it.

    Raises Refused at the field that makes no sense, and for a plan that is over. Side effects: one audit entry; the
    plan's own days stretch around a phase that goes beyond them.
    """
    kind = PARTS[type(part)]
    with transaction.atomic():
        locked = lock_plan(plan)
        if not isinstance(part, Criterion):
            part.plan = locked  # type: ignore[attr-defined]
        if type(part)._default_manager.filter(**_within(part, locked)).count() >= MOST:
            raise Refused(_("A plan holds at most %(count)d of these.") % {"count": MOST})
        _validate(kind, locked, part, given=kind.fields)
        part.save(force_insert=True)
        audit.record(actor=actor, verb="created", subject=part, after=audit.snapshot(part, list(kind.fields)))
        kind.tell(actor, part, kind.fields)
        return part


def edit_part(*, actor: Actor, part: P, changes: dict[str, Any], seen: datetime | None = None) -> P:
    """Change what people write of a part and return it as it now stands.

    `seen` is when the form was opened: what somebody else changed since is refused once. Raises and side effects as
    add_part; nothing is recorded where nothing changed.
    """
    kind = PARTS[type(part)]
    with transaction.atomic():
        plan = lock_plan(plan_of(part))
        locked = lock_part(part)
        changes = {name: value for name, value in changes.items() if name in kind.fields}
        refuse_if_changed_since(locked, actor=actor, seen=seen, fields=changes)
        before, after = audit.apply_changes(locked, changes)
        if after:
            _validate(kind, plan, locked, given=after)
            locked.save()
            audit.record(actor=actor, verb="changed", subject=locked, before=before, after=after)
            kind.tell(actor, locked, after)
        return locked


def remove_part(*, actor: Actor, part: Model) -> None:
    """Remove a part; `restore_part` brings it back for ten minutes.

    What a task waits for and the teams of a wave go along. Raises Refused where something would be lost with it: a
    wave that has started, a phase that is not empty. Side effects: one audit entry with what it was.
    """
    kind = PARTS[type(part)]
    with transaction.atomic():
        lock_plan(plan_of(part))
        locked = lock_part(part)
        kind.refuse_removal(locked)
        audit.record(actor=actor, verb="removed", subject=locked, before=remembered(locked, kind.along(locked)))
        kind.forget(locked)
        locked.delete()


def remembered(part: Model, along: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the audit trail keeps of a part that goes: all it takes to make it again, and what goes with it."""
    of_its_own = ("phase", "is_met", "note", "judged_by", "judged_at") if isinstance(part, Criterion) else ("plan",)
    names = [*PARTS[type(part)].fields, *of_its_own]
    before = audit.snapshot(part, list(dict.fromkeys(names)))
    return before | {ALONG: along} if any(along.values()) else before


def restore_part(*, actor: Actor, model: type[P], part_id: UUID) -> P:
    """Bring back a part removed moments ago, with what went along, and return it.

    Raises Refused when it is too late, NeverRemoved. Side effects: one audit entry.
    """
    with transaction.atomic():
        present: P | None = model._default_manager.filter(pk=part_id).first()
        if present is not None:
            return present
        values = removed_values(model, part_id)
        along = values.pop(ALONG, {})
        part = model(pk=part_id, **as_fields(model, values))
        try:
            plan = lock_plan(plan_of(part))
            _validate(PARTS[model], plan, part)
        except PlanPhase.DoesNotExist as error:
            raise Refused(_("Its phase is gone too. Bring that back first, or add it anew.")) from error
        part.save(force_insert=True)
        PARTS[model].bring_back(part, along)
        audit.record(actor=actor, verb="restored", subject=part)
        PARTS[model].tell(actor, part, PARTS[model].fields)
        return part


def lock_part(part: P) -> P:
    """Return a part as it is now. Raises Refused when somebody removed it meanwhile."""
    found: P | None = type(part)._default_manager.filter(pk=part.pk).first()
    if found is None:
        raise Refused(_("Somebody removed this meanwhile. Open the page again."))
    return found


def check_part(plan: RolloutPlan, part: Model) -> None:
    """Raise Refused at the field of a part that makes no sense in a plan."""
    _validate(PARTS[type(part)], plan, part)


def _within(part: Model, plan: RolloutPlan) -> dict[str, Any]:
    return {"phase__plan": plan} if isinstance(part, Criterion) else {"plan": plan}


def _validate(kind: Part, plan: RolloutPlan, part: Model, *, given: Collection[str] = ()) -> None:
    """Raise Refused for what makes no sense; `given` are the fields somebody wrote just now.

    Days given earlier may lie far from the plan by now, whose own days change: another title is not refused for them.
    """
    for name in ("title", "name"):
        value = getattr(part, name, None)
        if isinstance(value, str) and name in kind.fields:
            setattr(part, name, value.strip())
    days = [name for name in kind.fields if isinstance(part._meta.get_field(name), DateField)]
    refuse_far_days({name: getattr(part, name) for name in days})
    written = {name: getattr(part, name) for name in days if name in given}
    refuse_days_far_from(plan.starts_on, plan.ends_on, written)
    kind.check(plan, part)
    try:
        # References are checked by what was loaded for them, and the wall's keys by the database.
        part.full_clean(exclude=[field.name for field in part._meta.fields if field.is_relation])
    except ValidationError as error:
        raise Refused(error.message_dict) from error


def _check_phase_of(plan: RolloutPlan, part: Any) -> None:
    if part.phase.plan_id != plan.pk:
        raise Refused({"phase": _("Choose a phase of this plan.")})


def _check_task(plan: RolloutPlan, task: PlanTask) -> None:
    _check_phase_of(plan, task)
    if task.activity and task.activity not in BY_KEY:
        raise Refused({"activity": _("There is no such activity.")})
    if task.due_on < task.starts_on:
        raise Refused({"due_on": _("It must not be due before it begins.")})
    refuse_circle_through(plan, task)


def _check_milestone(plan: RolloutPlan, milestone: PlanMilestone) -> None:
    _check_phase_of(plan, milestone)
    refuse_circle_through(plan, milestone)


def _check_phase(plan: RolloutPlan, phase: PlanPhase) -> None:
    if phase.ends_on < phase.starts_on:
        raise Refused({"ends_on": _("The last day must come after the first.")})
    stretch_plan(plan, phase.starts_on, phase.ends_on)


def _check_wave(plan: RolloutPlan, wave: Wave) -> None:
    _check_phase_of(plan, wave)
    if Wave.objects.filter(plan=plan, name=wave.name).exclude(pk=wave.pk).exists():
        raise Refused({"name": _("There is a wave of this name already.")})


def _check_criterion(plan: RolloutPlan, criterion: Criterion) -> None:
    _check_phase_of(plan, criterion)
    if criterion.measure == Measure.JUDGED:
        criterion.percent = criterion.weeks = None
        if not criterion.text.strip():
            raise Refused({"text": _("Say what has to be true.")})
        return
    criterion.is_met = None
    if not criterion.percent:
        raise Refused({"percent": _("Say which share of the teams it takes, 1 to 100 %.")})
    if criterion.measure != Measure.CHECK_INS:
        criterion.weeks = None
    elif not criterion.weeks:
        raise Refused({"weeks": _("Say over how many weeks, 1 to 26.")})


def _check_key_result(plan: RolloutPlan, key_result: PlanKeyResult) -> None:
    if key_result.start == key_result.target:
        raise Refused({"target": _("Start and target must differ.")})


def _check_budget_line(plan: RolloutPlan, line: BudgetLine) -> None:
    # By its id: a line that comes back may belong to a phase that is gone.
    if line.phase_id is not None and not PlanPhase.objects.filter(plan=plan, pk=line.phase_id).exists():
        raise Refused({"phase": _("Choose a phase of this plan.")})
    line.note = line.note.strip()


def _refuse_filled_phase(phase: PlanPhase) -> None:
    if phase.budget_lines.exists():
        raise Refused(_("Lines of the budget belong to this phase. Give them another one first."))
    if phase.tasks.exists() or phase.waves.exists() or phase.milestones.exists() or phase.criteria.exists():
        raise Refused(_("This phase is not empty. Move its waves, tasks, milestones and criteria first."))
    if phase.needs.exists():
        raise Refused(_("This phase waits for something. Take that away first."))
    if phase.decisions.exists():
        raise Refused(_("A decision was taken about this pilot, and is kept for good. So the phase stays."))


def _bring_back_wave(wave: Wave, kept: Mapping[str, Any]) -> None:
    bring_back_teams(wave, kept)
    bring_back_messages(wave, kept)


def _refuse_started_wave(wave: Wave) -> None:
    if wave.started_at is not None:
        raise Refused(_("This wave has started: its teams take part in the cycles."))
    refuse_addressed([wave])


def _refuse_awaited(part: PlanTask | PlanMilestone) -> None:
    if (row := part.needed_by_phases.select_related("phase").first()) is not None:
        raise Refused(_("The phase “%(phase)s” waits for this. Take that away first.") % {"phase": row.phase.name})


def stretch_plan(plan: RolloutPlan, first: Any, last: Any) -> None:
    """Let a locked plan last at least from one day to another."""
    if first < plan.starts_on or last > plan.ends_on:
        plan.starts_on, plan.ends_on = min(first, plan.starts_on), max(last, plan.ends_on)
        plan.save(update_fields=["starts_on", "ends_on", "updated_at"])


PARTS: Mapping[type[Any], Part] = {
    PlanPhase: Part(
        ("kind", "own_name", "starts_on", "ends_on"),
        _check_phase,
        _refuse_filled_phase,
        along=lambda phase: phase_needs(phase, ()),
        bring_back=bring_back_phase_needs,
    ),
    Wave: Part(
        ("phase", "name", "starts_on"),
        _check_wave,
        _refuse_started_wave,
        forget=lambda wave: forget_waves([wave]),
        along=lambda wave: teams_named(wave) | {"messages": messages_for([wave])[wave.pk]},
        bring_back=_bring_back_wave,
    ),
    Criterion: Part(("phase", "gate", "measure", "text", "percent", "weeks"), _check_criterion),
    PlanTask: Part(
        ("phase", "title", "description", "owner", "activity", "starts_on", "due_on", "status"),
        _check_task,
        _refuse_awaited,
        follow_task,
        forget_task,
        dependencies_of,
        bring_back_dependencies,
    ),
    PlanMilestone: Part(("phase", "title", "due_on", "reached_on"), _check_milestone, _refuse_awaited),
    Risk: Part(("title", "likelihood", "impact", "answer", "owner", "state")),
    BudgetLine: Part(("phase", "category", "note", "planned", "committed", "actual"), _check_budget_line),
    PlanKeyResult: Part(("title", "unit", "start", "target", "current"), _check_key_result),
}
