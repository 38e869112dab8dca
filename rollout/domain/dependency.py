"""What must be done before a task can begin. A circle is refused by name."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from organizations.actor import Actor
from organizations.domain import audit
from organizations.errors import Refused
from rollout.domain.meanwhile import Meanwhile, meanwhile, merged
from rollout.domain.plan import lock_plan
from rollout.models import PlanTask, RolloutPlan, TaskDependency


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
    rows = list(TaskDependency.objects.filter(task__plan=plan).values_list("task", "needed"))
    needs: dict[UUID, set[UUID]] = defaultdict(set)
    for task_id, needed_id in rows:
        if task_id != task.pk:
            needs[task_id].add(needed_id)
    needs[task.pk] = wanted
    if circle := _circle(task.pk, needs):
        titles = dict(PlanTask.objects.filter(pk__in=circle).values_list("pk", "title"))
        chain = " → ".join(f"“{titles[one]}”" for one in circle)
        raise Refused({"needed": _("That is a circle: %(chain)s. One of them has to begin.") % {"chain": chain}})
    present = {needed_id for task_id, needed_id in rows if task_id == task.pk}
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


def _circle(start: UUID, needs: dict[UUID, set[UUID]]) -> list[UUID]:
    """Return a way from a task back to itself along what tasks need, or nothing; it visits each task once."""
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
