"""What must be done before a task or a phase can begin. A circle is refused by name."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from organizations.actor import Actor
from organizations.domain import audit
from organizations.errors import Refused
from rollout.domain.meanwhile import Meanwhile, meanwhile, merged
from rollout.domain.plan import lock_plan
from rollout.models import PhaseDependency, PlanMilestone, PlanPhase, PlanTask, RolloutPlan, TaskDependency

Needs = dict[UUID, set[UUID]]
Needed = PlanTask | PlanMilestone


def set_needed(*, actor: Actor, task: PlanTask, needed: Iterable[PlanTask]) -> None:
    """Set which tasks of its plan a task needs; an empty list takes all away.

    Raises Refused for a task of another plan, and for a circle, which is told by name. Side effects: one audit entry
    if anything changed.
    """
    with transaction.atomic():
        plan = lock_plan(task.plan)
        _put(actor, plan, task, {one.pk for one in needed})


def change_needed(*, actor: Actor, task: PlanTask, needed: Iterable[PlanTask], shown: Iterable[UUID]) -> Meanwhile:
    """Set which tasks a task needs by what somebody changed: `shown` were those it needed when they began to choose.

    Returns what others changed meanwhile, which stays. Raises and side effects as set_needed.
    """
    with transaction.atomic():
        plan = lock_plan(task.plan)
        present = dict.fromkeys(TaskDependency.objects.filter(task=task).values_list("needed", flat=True), True)
        chosen, before = dict.fromkeys((one.pk for one in needed), True), dict.fromkeys(shown, True)
        _put(actor, plan, task, set(merged(present, chosen, before)))
        titles = dict(PlanTask.objects.filter(plan=plan, pk__in={*present, *before}).values_list("pk", "title"))
        return meanwhile(present, chosen, before, titles)


def _put(actor: Actor, plan: RolloutPlan, task: PlanTask, wanted: set[UUID]) -> None:
    """Set what a task of a locked plan needs."""
    if PlanTask.objects.filter(plan=plan, pk__in=wanted).count() != len(wanted):
        raise Refused({"needed": _("Choose tasks of this plan.")})
    needs = needs_of(plan)
    present = set(TaskDependency.objects.filter(task=task).values_list("needed", flat=True))
    needs[task.pk] = needs[task.pk] - present | wanted
    _refuse_circle(plan, task.pk, needs, "needed")
    gone, new = present - wanted, wanted - present
    if not gone and not new:
        return
    TaskDependency.objects.filter(task=task, needed__in=gone).delete()
    TaskDependency.objects.bulk_create([TaskDependency(task=task, needed_id=one) for one in new])
    titles = dict(PlanTask.objects.filter(pk__in=present | wanted).values_list("pk", "title"))
    audit.record(
        actor=actor,
        verb="changed",
        subject=task,
        before={"needs": sorted(titles[one] for one in present)},
        after={"needs": sorted(titles[one] for one in wanted)},
    )


def set_phase_needed(
    *, actor: Actor, phase: PlanPhase, tasks: Iterable[PlanTask] = (), milestones: Iterable[PlanMilestone] = ()
) -> None:
    """Set which tasks must be done and which milestones reached before a phase begins; none take all away.

    Raises Refused for what belongs to another plan, and for a circle, which is told by name: what is in a phase comes
    after its beginning. Side effects: one audit entry if anything changed.
    """
    with transaction.atomic():
        wanted: list[Needed] = [*tasks, *milestones]
        _put_before(actor, lock_plan(phase.plan), phase, {one.pk: one for one in wanted})


def change_phase_needed(
    *,
    actor: Actor,
    phase: PlanPhase,
    tasks: Iterable[PlanTask],
    milestones: Iterable[PlanMilestone],
    shown: Iterable[UUID],
) -> Meanwhile:
    """Set what a phase waits for by what somebody changed: `shown` is what it waited for when they began to choose.

    Returns what others changed meanwhile, which stays. Raises and side effects as set_phase_needed.
    """
    with transaction.atomic():
        plan = lock_plan(phase.plan)
        rows = PhaseDependency.objects.filter(phase=phase).select_related("task", "milestone")
        things: dict[UUID, Needed] = {one.needed.pk: one.needed for one in rows}
        present, before = dict.fromkeys(things, True), dict.fromkeys(shown, True)
        picked: list[Needed] = [*tasks, *milestones]
        things |= {one.pk: one for one in picked}
        chosen = dict.fromkeys((one.pk for one in picked), True)
        _put_before(actor, plan, phase, {key: things[key] for key in merged(present, chosen, before)})
        return meanwhile(present, chosen, before, _names(plan))


def _put_before(actor: Actor, plan: RolloutPlan, phase: PlanPhase, wanted: Mapping[UUID, Needed]) -> None:
    """Set what a phase of a locked plan waits for."""
    if any(one.plan_id != plan.pk for one in wanted.values()):
        raise Refused({"tasks": _("Choose tasks and milestones of this plan.")})
    rows: dict[Any, PhaseDependency] = {
        row.task_id or row.milestone_id: row for row in PhaseDependency.objects.filter(phase=phase)
    }
    needs = needs_of(plan)
    needs[phase.pk] = set(wanted)
    _refuse_circle(plan, phase.pk, needs, "tasks")
    gone, new = set(rows) - set(wanted), set(wanted) - set(rows)
    if not gone and not new:
        return
    before, after = sorted(_titles(plan, set(rows))), sorted(str(one) for one in wanted.values())
    PhaseDependency.objects.filter(pk__in=[rows[one].pk for one in gone]).delete()
    PhaseDependency.objects.bulk_create([_row(phase, wanted[one]) for one in new])
    audit.record(actor=actor, verb="changed", subject=phase, before={"needs": before}, after={"needs": after})


def refuse_circle_through(plan: RolloutPlan, part: Needed) -> None:
    """Refuse to put a task or a milestone into a phase that waits for it, by whatever way.

    Raises Refused. One query where no phase of the plan waits for anything.
    """
    if not PhaseDependency.objects.filter(phase__plan=plan).exists():
        return
    needs = needs_of(plan)
    tasks = set(TaskDependency.objects.filter(task=part.pk).values_list("needed", flat=True))
    needs[part.pk] = tasks | {part.phase_id}
    _refuse_circle(plan, part.pk, needs, "phase")


def _row(phase: PlanPhase, needed: Needed) -> PhaseDependency:
    if isinstance(needed, PlanTask):
        return PhaseDependency(phase=phase, task=needed)
    return PhaseDependency(phase=phase, milestone=needed)


def needs_of(plan: RolloutPlan) -> Needs:
    """Return what must come before what in a plan, by id: what is in a phase comes after the phase has begun.

    Two queries, and two more where a phase waits for something.
    """
    needs: Needs = defaultdict(set)
    for task_id, needed_id in TaskDependency.objects.filter(task__plan=plan).values_list("task", "needed"):
        needs[task_id].add(needed_id)
    rows = PhaseDependency.objects.filter(phase__plan=plan).values_list("phase", "task", "milestone")
    for phase_id, task_id, milestone_id in rows:
        needs[phase_id].add(task_id or milestone_id)
    for model in (PlanTask, PlanMilestone):
        for part_id, phase_id in model.objects.filter(plan=plan).values_list("pk", "phase"):
            needs[part_id].add(phase_id)
    return needs


def _refuse_circle(plan: RolloutPlan, start: UUID, needs: Needs, field: str) -> None:
    if circle := circle_from(start, needs):
        names = _names(plan)
        chain = " → ".join(f"“{names[one]}”" for one in circle)
        raise Refused({field: _("That is a circle: %(chain)s. One of them has to begin.") % {"chain": chain}})


def _names(plan: RolloutPlan) -> dict[UUID, str]:
    models = (PlanTask, PlanMilestone, PlanPhase)
    return {one.pk: str(one) for model in models for one in model.objects.filter(plan=plan)}


def _titles(plan: RolloutPlan, ids: set[UUID]) -> list[str]:
    return [name for pk, name in _names(plan).items() if pk in ids] if ids else []


def circle_from(start: UUID, needs: Mapping[UUID, set[UUID]]) -> list[UUID]:
    """Return a way from one back to itself along what is needed, or nothing; it visits each once."""
    came_from: dict[UUID, UUID] = {}
    waiting = [start]
    while waiting:
        here = waiting.pop()
        for following in sorted(needs.get(here, ())):
            if following == start:
                way = [start, here]
                while way[-1] != start:
                    way.append(came_from[way[-1]])
                return way[::-1] if len(way) > 2 or here != start else [start, start]
            if following not in came_from:
                came_from[following] = here
                waiting.append(following)
    return []
