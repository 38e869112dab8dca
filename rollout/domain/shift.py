"""Moving a phase in time, with what is in it and what comes after it; and a task, with those that wait for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from organizations.actor import Actor
from organizations.domain import audit
from organizations.errors import Refused
from rollout.blueprints.fitting import Calendar, TimeOff
from rollout.days import days_around, plan_days
from rollout.domain.part import lock_part, stretch_plan
from rollout.domain.plan import lock_plan
from rollout.domain.shift_undo import days_of, remembered_days
from rollout.models import PlanMilestone, PlanPhase, PlanTask, RolloutPlan, TaskDependency, Wave

# Further than this is another plan.
MOST_DAYS = 3660


@dataclass(frozen=True, slots=True)
class Shift:
    """What moves with a phase."""

    phases: tuple[PlanPhase, ...]
    waves: tuple[Wave, ...]
    tasks: tuple[PlanTask, ...]
    milestones: tuple[PlanMilestone, ...]


def shift_phase(*, actor: Actor, phase: PlanPhase, days: int, also_following: bool) -> Shift:
    """Move a phase by days (negative: earlier) with its open tasks, milestones and waves that have not started.

    `also_following` moves what depends on it as well: the phases that begin after it, and open tasks elsewhere that
    need one of those that move. Returns what moved. What is done, reached or started stays where it was; what stood
    on a working day lands on one. Raises Refused for no days at all or too many. Side effects: one audit entry on
    the phase, by which `take_shift_back` undoes it; the plan's days stretch.
    """
    with transaction.atomic():
        plan = lock_plan(phase.plan)
        locked = lock_part(phase)
        _refuse_senseless(days)
        moving = moved_with(plan, locked, also_following=also_following)
        rows = (plan, *moving.phases, *moving.waves, *moving.tasks, *moving.milestones)
        before = days_of(rows)
        _move(actor, plan, (*moving.phases, *moving.waves, *moving.tasks, *moving.milestones), days)
        PlanPhase.objects.bulk_update(moving.phases, ["starts_on", "ends_on"])
        Wave.objects.bulk_update(moving.waves, ["starts_on"])
        PlanTask.objects.bulk_update(moving.tasks, ["starts_on", "due_on"])
        PlanMilestone.objects.bulk_update(moving.milestones, ["due_on"])
        _stretch(plan, moving)
        after = {
            "days": days,
            "phases": [one.name for one in moving.phases],
            "tasks": len(moving.tasks),
            "starts_on": moving.phases[0].starts_on,
            **remembered_days(before, days_of(rows)),
        }
        audit.record(actor=actor, verb="shifted", subject=locked, after=after)
        return moving


def moved_with(plan: RolloutPlan, phase: PlanPhase, *, also_following: bool) -> Shift:
    """Return what moves with a phase; at most five queries."""
    phases = [phase]
    if also_following:
        phases += [one for one in plan.phases.all() if one.pk != phase.pk and one.starts_on > phase.starts_on]
    ids = [one.pk for one in phases]
    open_tasks = [one for one in PlanTask.objects.filter(plan=plan) if not one.is_settled]
    moving = {one.pk for one in open_tasks if one.phase_id in ids}
    if also_following:
        moving = _with_waiting(plan, moving)
    return Shift(
        tuple(phases),
        tuple(Wave.objects.filter(phase__in=ids, started_at=None)),
        tuple(one for one in open_tasks if one.pk in moving),
        tuple(PlanMilestone.objects.filter(phase__in=ids, reached_on=None)),
    )


def shift_task(*, actor: Actor, task: PlanTask, days: int, also_waiting: bool) -> tuple[PlanTask, ...]:
    """Move an open task by days (negative: earlier), and if asked those open ones that wait for it.

    Returns what moved, the task first; from a working day to one. Raises Refused for one that is settled, and for no
    days at all or too many. Side effects: one audit entry on the task, by which `take_shift_back` undoes it.
    """
    with transaction.atomic():
        plan = lock_plan(task.plan)
        locked = lock_part(task)
        _refuse_senseless(days)
        if locked.is_settled:
            raise Refused(_("This task is done or dropped, and stays where it was."))
        moving = tasks_moved_with(plan, locked, also_waiting=also_waiting)
        before = days_of(moving)
        _move(actor, plan, moving, days)
        PlanTask.objects.bulk_update(moving, ["starts_on", "due_on"])
        after = {
            "days": days,
            "tasks": len(moving),
            "starts_on": moving[0].starts_on,
            "due_on": moving[0].due_on,
            **remembered_days(before, days_of(moving)),
        }
        audit.record(actor=actor, verb="shifted", subject=locked, after=after)
        return moving


def tasks_moved_with(plan: RolloutPlan, task: PlanTask, *, also_waiting: bool) -> tuple[PlanTask, ...]:
    """Return what moves with a task, itself first; at most two queries."""
    if not also_waiting:
        return (task,)
    ids = _with_waiting(plan, {task.pk}) - {task.pk}
    return (task, *(one for one in PlanTask.objects.filter(pk__in=ids) if not one.is_settled))


def _with_waiting(plan: RolloutPlan, task_ids: set[UUID]) -> set[UUID]:
    """Return some tasks and all that wait for one of them, directly or not; one query."""
    pairs = list(TaskDependency.objects.filter(task__plan=plan).values_list("task", "needed"))
    found, waiting = set(task_ids), set(task_ids)
    while waiting:
        waiting = {task for task, needed in pairs if needed in waiting and task not in found}
        found |= waiting
    return found


def _move(
    actor: Actor, plan: RolloutPlan, rows: Sequence[PlanPhase | Wave | PlanTask | PlanMilestone], days: int
) -> None:
    """Give rows other days, unsaved: from a working day of the organization to one.

    Raises Refused for days far from the plan.
    """
    names = [(row, name) for row in rows for name in ("starts_on", "ends_on", "due_on") if hasattr(row, name)]
    _refuse_too_far(plan, [getattr(row, name) for row, name in names], timedelta(days=days))
    calendar = Calendar(TimeOff(first, last) for first, last in actor.settings.pauses)
    for row, name in names:
        setattr(row, name, calendar.moved(getattr(row, name), days))


def _refuse_too_far(plan: RolloutPlan, days: Sequence[date], by: timedelta) -> None:
    first, last = days_around(plan.starts_on, plan.ends_on)
    if min(days) < first - by if by < timedelta() else max(days) > last - by:
        raise Refused({"days": _("That is too far.") + " " + plan_days(plan.starts_on, plan.ends_on)})


def _refuse_senseless(days: int) -> None:
    if not days or abs(days) > MOST_DAYS:
        raise Refused({"days": _("Say by how many days, at most ten years.")})


def _stretch(plan: RolloutPlan, moving: Shift) -> None:
    days: list[date] = [day for one in moving.phases for day in (one.starts_on, one.ends_on)]
    stretch_plan(plan, min(days), max(days))
