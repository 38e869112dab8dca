"""The tasks of a plan, as a list and by status."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from organizations.actor import Actor
from organizations.queries.settings import today_of
from organizations.registry import WeekCard
from rollout.enums import PlanState, RiskState, TaskStatus
from rollout.models import PlanTask, Risk, RolloutPlan

# What the list is asked for besides a status and a phase.
MINE, NOBODY = "mine", "nobody"
OPEN, OVERDUE = "to_do", "overdue"
# What one column of the board shows at most; the list shows them all.
SHOWN = 30
COLUMNS = (TaskStatus.OPEN, TaskStatus.DOING, TaskStatus.DONE)
UNSETTLED = (TaskStatus.OPEN, TaskStatus.DOING)
# Plans whose tasks are worked on: those that are still written and those that are over ask nobody for anything.
WORKED_ON = (PlanState.APPROVED, PlanState.RUNNING)
# So many of one's own show in My week.
MOST_IN_WEEK = 20


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the board."""

    status: TaskStatus
    tasks: list[PlanTask]
    total: int

    @property
    def is_folded(self) -> bool:
        """Whether its cards show only where somebody asks for them."""
        return self.status == TaskStatus.DROPPED


def filtered(actor: Actor, plan: RolloutPlan, wanted: Mapping[str, Any]) -> QuerySet[PlanTask]:
    """Return the tasks of a plan that fit a TaskFilterForm, in the order of their phases and days."""
    rows = PlanTask.objects.filter(plan=plan).select_related("phase", "owner")
    if wanted.get("phase"):
        rows = rows.filter(phase=wanted["phase"])
    status = wanted.get("status")
    if status == OPEN:
        rows = rows.filter(status__in=UNSETTLED)
    elif status == OVERDUE:
        rows = rows.filter(status__in=UNSETTLED, due_on__lt=today_of(actor.settings))
    elif status:
        rows = rows.filter(status=status)
    if wanted.get("owner") == MINE:
        rows = rows.filter(owner=actor.membership)
    elif wanted.get("owner") == NOBODY:
        rows = rows.filter(owner=None)
    found: QuerySet[PlanTask] = rows.order_by("phase__starts_on", "phase_id", "starts_on", "due_on", "pk")
    return found


def open_risks(plan: RolloutPlan) -> list[Risk]:
    """Return the risks of a plan that still are some, the heaviest first; one query."""
    return list(Risk.objects.filter(plan=plan).exclude(state=RiskState.CLOSED).select_related("owner"))


def board_of(plan: RolloutPlan) -> list[Column]:
    """Return the columns of the board, that of dropped tasks only where there are some; four or five queries."""
    rows = PlanTask.objects.filter(plan=plan).select_related("phase", "owner")
    totals = dict(PlanTask.objects.filter(plan=plan).order_by().values_list("status").annotate(number=Count("pk")))
    columns = []
    for status in (*COLUMNS, *([TaskStatus.DROPPED] if TaskStatus.DROPPED in totals else [])):
        order = "due_on" if status in UNSETTLED else "-updated_at"
        columns.append(
            Column(status, list(rows.filter(status=status).order_by(order, "pk")[:SHOWN]), totals.get(status, 0))
        )
    return columns


def week_card(actor: Actor) -> WeekCard | None:
    """Return somebody's open tasks in plans that go on, those due first at the top; one query.

    None where the rollout is not part of how the organization works.
    """
    if actor.membership is None or not actor.settings.rollout:
        return None
    rows = waiting_tasks().filter(owner=actor.membership).select_related("plan").order_by("due_on", "pk")
    today = today_of(actor.settings)
    found = [(task, task.due_on < today) for task in rows[:MOST_IN_WEEK]]
    return WeekCard("rollout/task/_week.html", found) if found else None


def waiting_tasks() -> QuerySet[PlanTask]:
    """Return the open tasks that belong to somebody, of plans that are approved and not over."""
    rows: QuerySet[PlanTask] = PlanTask.objects.filter(
        owner__isnull=False, status__in=UNSETTLED, plan__state__in=WORKED_ON, plan__archived_at=None
    )
    return rows


def open_counts(plans: Iterable[RolloutPlan | UUID]) -> dict[tuple[UUID, UUID], int]:
    """Return how many tasks wait for whom, by plan and owner, in some plans (or their ids); one query."""
    rows = waiting_tasks().filter(plan__in=list(plans)).order_by().values_list("plan", "owner")
    return {(plan_id, owner_id): count for plan_id, owner_id, count in rows.annotate(number=Count("pk"))}
