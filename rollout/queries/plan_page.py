"""All that the page of a plan shows, in a constant number of queries."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Count, Q

from organizations.actor import Actor
from organizations.queries.settings import local_today
from rollout.enums import Gate, RiskState, TaskStatus
from rollout.models import (
    Criterion,
    PlanKeyResult,
    PlanMilestone,
    PlanPhase,
    PlanTask,
    Risk,
    RolloutPlan,
    Wave,
    WaveTeam,
)
from rollout.queries.criterion import Standing, standings_of

NEXT_STEPS = 6


@dataclass(slots=True)
class PhaseView:
    """A phase with what belongs to it."""

    phase: PlanPhase
    is_now: bool
    is_past: bool
    waves: list[Wave] = field(default_factory=list)
    entry: list[Standing] = field(default_factory=list)
    exit: list[Standing] = field(default_factory=list)

    @property
    def gates(self) -> list[tuple[str, list[Standing]]]:
        """What has to be true before it begins and before it ends, where there is anything."""
        pairs = [(str(Gate.ENTRY.label), self.entry), (str(Gate.EXIT.label), self.exit)]
        return [pair for pair in pairs if pair[1]]


@dataclass(slots=True)
class PlanPage:
    """A plan and everything on its page."""

    plan: RolloutPlan
    today: date
    phases: list[PhaseView]
    key_results: list[PlanKeyResult]
    risks: list[Risk]
    overdue: int
    next_tasks: list[PlanTask]
    next_milestones: list[PlanMilestone]
    done: int
    tasks: int

    @property
    def share_done(self) -> float | None:
        """The share of tasks that are done, of those not dropped; None without any."""
        return self.done / self.tasks if self.tasks else None


def plan_page(actor: Actor, plan: RolloutPlan) -> PlanPage:
    """Return what the page of a plan shows; at most 14 queries."""
    today = local_today()
    phases = list(PlanPhase.objects.filter(plan=plan))
    waves = waves_of(plan)
    views = {phase.pk: PhaseView(phase, phase.holds(today), phase.ends_on < today) for phase in phases}
    for wave in waves:
        views[wave.phase_id].waves.append(wave)
    criteria = list(Criterion.objects.filter(phase__plan=plan).select_related("phase", "judged_by"))
    for standing in standings_of(actor, criteria, phases, waves):
        view = views[standing.criterion.phase_id]
        (view.entry if standing.criterion.gate == Gate.ENTRY else view.exit).append(standing)
    counts = PlanTask.objects.filter(plan=plan).aggregate(
        all=Count("pk", filter=~Q(status=TaskStatus.DROPPED)),
        done=Count("pk", filter=Q(status=TaskStatus.DONE)),
        overdue=Count("pk", filter=Q(due_on__lt=today, status__in=(TaskStatus.OPEN, TaskStatus.DOING))),
    )
    open_tasks = PlanTask.objects.filter(plan=plan, status__in=(TaskStatus.OPEN, TaskStatus.DOING))
    return PlanPage(
        plan=plan,
        today=today,
        phases=list(views.values()),
        key_results=list(PlanKeyResult.objects.filter(plan=plan)),
        risks=list(Risk.objects.filter(plan=plan).exclude(state=RiskState.CLOSED).select_related("owner")),
        overdue=counts["overdue"],
        next_tasks=list(open_tasks.select_related("owner").order_by("due_on", "pk")[:NEXT_STEPS]),
        next_milestones=list(PlanMilestone.objects.filter(plan=plan, reached_on=None)[:NEXT_STEPS]),
        done=counts["done"],
        tasks=counts["all"],
    )


def waves_of(plan: RolloutPlan) -> list[Wave]:
    """Return the waves of a plan, each with `named`: how many teams it names; two queries."""
    waves = list(Wave.objects.filter(plan=plan))
    named: dict[UUID, int] = defaultdict(int)
    for wave_id in WaveTeam.objects.filter(plan=plan).order_by().values_list("wave", flat=True):
        named[wave_id] += 1
    for wave in waves:
        wave.named = named[wave.pk]  # type: ignore[attr-defined]
    return waves


def own_tasks(actor: Actor, plan: RolloutPlan) -> list[PlanTask]:
    """Return the open tasks of a plan that belong to an actor; one query."""
    rows = PlanTask.objects.filter(plan=plan, owner=actor.membership, status__in=(TaskStatus.OPEN, TaskStatus.DOING))
    return [] if actor.membership is None else list(rows)
