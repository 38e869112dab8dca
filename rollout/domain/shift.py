"""Moving a phase in time, with what is in it and what comes after it."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from organizations.actor import Actor
from organizations.domain import audit
from organizations.errors import Refused
from rollout.days import EARLIEST, LATEST
from rollout.domain.part import lock_part, stretch_plan
from rollout.domain.plan import lock_plan
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
    need one of those that move. Returns what moved. What is done, reached or started stays where it was. Raises
    Refused for no days at all or too many. Side effects: one audit entry on the phase; the plan's days stretch.
    """
    with transaction.atomic():
        plan = lock_plan(phase.plan)
        locked = lock_part(phase)
        if not days or abs(days) > MOST_DAYS:
            raise Refused({"days": _("Say by how many days, at most ten years.")})
        moving = moved_with(plan, locked, also_following=also_following)
        by = timedelta(days=days)
        _refuse_too_far(moving, by)
        for one in moving.phases:
            one.starts_on, one.ends_on = one.starts_on + by, one.ends_on + by
        for wave in moving.waves:
            wave.starts_on += by
        for task in moving.tasks:
            task.starts_on, task.due_on = task.starts_on + by, task.due_on + by
        for milestone in moving.milestones:
            milestone.due_on += by
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
        pairs = list(TaskDependency.objects.filter(task__plan=plan).values_list("task", "needed"))
        waiting = set(moving)
        while waiting:
            waiting = {task for task, needed in pairs if needed in waiting and task not in moving}
            moving |= waiting
    return Shift(
        tuple(phases),
        tuple(Wave.objects.filter(phase__in=ids, started_at=None)),
        tuple(one for one in open_tasks if one.pk in moving),
        tuple(PlanMilestone.objects.filter(phase__in=ids, reached_on=None)),
    )


def _refuse_too_far(moving: Shift, by: timedelta) -> None:
    days = [day for one in moving.phases for day in (one.starts_on, one.ends_on)]
    days += [one.starts_on for one in moving.waves] + [one.due_on for one in moving.milestones]
    days += [day for one in moving.tasks for day in (one.starts_on, one.due_on)]
    if min(days) < EARLIEST - by if by < timedelta() else max(days) > LATEST - by:
        text = _("That is too far: all days have to stay between %(first)d and %(last)d.")
        raise Refused({"days": text % {"first": EARLIEST.year, "last": LATEST.year}})


def _stretch(plan: RolloutPlan, moving: Shift) -> None:
    days: list[date] = [day for one in moving.phases for day in (one.starts_on, one.ends_on)]
    stretch_plan(plan, min(days), max(days))
