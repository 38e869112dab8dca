"""Telling people of tasks of plans that are theirs: when they get them, on the day they are due, and once afterwards.

Nothing is told of a plan that is still written, or over: nobody works on it.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from okrapp.notifications.domain.notify import Told, notify, notify_each, withdraw
from okrapp.notifications.models import Notification
from organizations.actor import Actor
from rollout.models import PlanTask, RolloutPlan
from rollout.queries.tasks import WORKED_ON, open_counts, waiting_tasks

TASK_GIVEN, TASKS_GIVEN, TASK_DUE, TASK_OVERDUE = (
    "plan_task_given",
    "plan_tasks_given",
    "plan_task_due",
    "plan_task_overdue",
)
# Where nobody looked for some days, it is still said that a task is overdue; what is older was left on purpose.
MISSED = timedelta(days=30)


def follow_task(actor: Actor, task: PlanTask, changed: Iterable[str]) -> None:
    """Tell whoever a task was given to, once for each person; `changed` names the fields that did.

    What was told of it and has not left the house is taken back, where it belongs to somebody else or is settled.
    """
    names = set(changed)
    if names & {"owner", "status"}:
        if "owner" in names or task.is_settled:
            forget_task(task)
        if "owner" in names and not task.is_settled and task.plan.state in WORKED_ON:
            notify(
                actor=actor,
                kind=TASK_GIVEN,
                to=[task.owner_id],
                period=str(task.pk),
                path=_path(task),
                facts={"who": _name(actor), **_facts(task)},
            )


def forget_task(task: PlanTask) -> None:
    """Take back what was told of a task and has not been sent."""
    for kind in (TASK_GIVEN, TASK_DUE, TASK_OVERDUE):
        withdraw(kind=kind, about=str(task.pk))


def forget_tasks(tasks: Iterable[PlanTask]) -> None:
    """Take back what was told of tasks of one plan and has not been sent; one query where nothing was told."""
    by_id = {str(task.pk): task for task in tasks}
    if not by_id:
        return
    told = Notification.objects.filter(
        kind__in=(TASK_GIVEN, TASK_DUE, TASK_OVERDUE), path=_path(next(iter(by_id.values())))
    )
    for about in {period.partition(":")[0] for period in told.values_list("period", flat=True)}:
        if about in by_id:
            forget_task(by_id[about])


def tell_of_tasks(*, actor: Actor, plan: RolloutPlan) -> None:
    """Tell everybody who owns open tasks of a plan that was approved just now how many these are."""
    counts = open_counts([plan])
    told = [
        Told(owner_id, f"{plan.pk}:{plan.version}", f"rollout/{plan.pk}/", {"plan": plan.name, "count": count})
        for (_plan_id, owner_id), count in counts.items()
        if not actor.is_(owner_id)
    ]
    notify_each(actor=actor, kind=TASKS_GIVEN, told=told)


def tell_of_task_days(actor: Actor, today: date) -> None:
    """Remind owners of tasks that are due today, and once of those whose day is past.

    Twice on a day tells nobody twice. Side effects: as notify_each, twice.
    """
    due = waiting_tasks().filter(due_on__range=(today - MISSED, today)).select_related("plan").order_by("pk")
    told: dict[str, list[Told]] = {TASK_DUE: [], TASK_OVERDUE: []}
    for task in due:
        kind = TASK_DUE if task.due_on == today else TASK_OVERDUE
        assert task.owner_id is not None, "waiting_tasks are somebody's"
        told[kind].append(Told(task.owner_id, f"{task.pk}:{task.due_on}", _path(task), _facts(task)))
    for kind, rows in told.items():
        notify_each(actor=actor, kind=kind, told=rows, undo_for=timedelta(0))


def _facts(task: PlanTask) -> dict[str, Any]:
    return {"what": task.title, "plan": task.plan.name, "day": str(task.due_on)}


def _path(task: PlanTask) -> str:
    return f"rollout/{task.plan_id}/"


def _name(actor: Actor) -> str:
    return actor.membership.display_name if actor.membership is not None else ""
