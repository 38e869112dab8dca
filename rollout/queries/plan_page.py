"""All that the page of a plan shows, in a constant number of queries."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Count, OuterRef, Q, Subquery, When, Window
from django.db.models.functions import JSONObject

from organizations.actor import Actor
from organizations.queries.settings import today_of
from rollout.enums import Gate, PhaseKind, TaskStatus
from rollout.models import (
    Criterion,
    PilotDecision,
    PlanKeyResult,
    PlanMilestone,
    PlanPhase,
    PlanTask,
    RolloutPlan,
    Wave,
)
from rollout.queries.criterion import Standing, standings_of
from rollout.queries.readiness import ReadinessSummary, readiness_summary
from rollout.queries.wave import team_tree, teams_by_wave, waves_of

NEXT_STEPS = 8


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
    def decision(self) -> PilotDecision | None:
        """What was decided last about a pilot, unsaved: to be shown."""
        verdict = getattr(self.phase, "verdict", None)
        return PilotDecision(verdict=verdict) if verdict else None

    @property
    def is_pilot(self) -> bool:
        return bool(self.phase.kind == PhaseKind.PILOT)

    @property
    def gates(self) -> list[tuple[str, list[Standing]]]:
        """What has to be true before it begins and before it ends, where there is anything."""
        pairs = [(str(Gate.ENTRY.label), self.entry), (str(Gate.EXIT.label), self.exit)]
        return [pair for pair in pairs if pair[1]]


@dataclass(frozen=True, slots=True)
class NextStep:
    """A task or a milestone that is ahead."""

    due_on: date
    task: PlanTask | None = None
    milestone: PlanMilestone | None = None


@dataclass(slots=True)
class PlanPage:
    """A plan and everything on its page."""

    plan: RolloutPlan
    today: date
    phases: list[PhaseView]
    key_results: list[PlanKeyResult]
    overdue: int
    next_steps: list[NextStep]
    done: int
    tasks: int
    readiness: ReadinessSummary

    @property
    def share_done(self) -> float | None:
        """The share of tasks that are done, of those not dropped; None without any."""
        return self.done / self.tasks if self.tasks else None


def plan_page(actor: Actor, plan: RolloutPlan) -> PlanPage:
    """Return what the page of a plan shows; at most twelve queries."""
    today = today_of(actor.settings)
    phases = _phases(plan)
    waves = waves_of(plan)
    views = {phase.pk: PhaseView(phase, phase.holds(today), phase.ends_on < today) for phase in phases}
    tree = team_tree() if waves else None
    teams = teams_by_wave(waves, tree)
    for wave in waves:
        wave.taking_part = len(teams[wave.pk])
        views[wave.phase_id].waves.append(wave)
    criteria = list(Criterion.objects.filter(phase__plan=plan).select_related("phase", "judged_by"))
    for standing in standings_of(actor, criteria, phases, waves, tree):
        view = views[standing.criterion.phase_id]
        (view.entry if standing.criterion.gate == Gate.ENTRY else view.exit).append(standing)
    steps = _next_steps(plan, today)
    return PlanPage(
        plan=plan,
        today=today,
        phases=list(views.values()),
        key_results=list(PlanKeyResult.objects.filter(plan=plan)),
        overdue=steps[0].overdue if steps else 0,
        next_steps=_by_day(
            [task for task in steps if not task.is_settled], [one for phase in phases for one in _coming(phase)]
        ),
        done=steps[0].done if steps else 0,
        tasks=steps[0].wanted if steps else 0,
        readiness=readiness_summary(plan),
    )


def _phases(plan: RolloutPlan) -> list[PlanPhase]:
    """Return the phases of a plan, each with its milestones that are ahead and what was decided last; one query."""
    ahead = PlanMilestone.objects.filter(phase=OuterRef("pk"), reached_on=None)
    decided = PilotDecision.objects.filter(phase=OuterRef("pk")).order_by("-decided_at", "-pk").values("verdict")
    rows = PlanPhase.objects.filter(plan=plan).annotate(
        ahead=ArraySubquery(ahead.annotate(pair=JSONObject(pk="pk", title="title", due_on="due_on")).values("pair")),
        verdict=Subquery(decided[:1]),
    )
    return list(rows)


def _coming(phase: Any) -> list[PlanMilestone]:
    """Return the milestones of one of `_phases` that are ahead, unsaved: to be shown."""
    return [
        PlanMilestone(pk=one["pk"], title=one["title"], due_on=date.fromisoformat(one["due_on"])) for one in phase.ahead
    ]


def _by_day(tasks: list[PlanTask], milestones: list[PlanMilestone]) -> list[NextStep]:
    """Return the first of both in the order of their days, tasks of a day before its milestones."""
    found = [NextStep(task.due_on, task=task) for task in tasks]
    found += [NextStep(one.due_on, milestone=one) for one in milestones]
    return sorted(found, key=lambda step: step.due_on)[:NEXT_STEPS]


def _next_steps(plan: RolloutPlan, today: date) -> list[Any]:
    """Return the next open tasks of a plan, else others, each with how many are wanted, done and overdue; one query."""
    is_open = Q(status__in=(TaskStatus.OPEN, TaskStatus.DOING))
    rows = PlanTask.objects.filter(plan=plan).annotate(
        is_open=Case(When(is_open, then=0), default=1),
        wanted=Window(Count("pk", filter=~Q(status=TaskStatus.DROPPED))),
        done=Window(Count("pk", filter=Q(status=TaskStatus.DONE))),
        overdue=Window(Count("pk", filter=is_open & Q(due_on__lt=today))),
    )
    return list(rows.select_related("owner").order_by("is_open", "due_on", "pk")[:NEXT_STEPS])


def own_tasks(actor: Actor, plan: RolloutPlan) -> list[PlanTask]:
    """Return the open tasks of a plan that belong to an actor; one query."""
    rows = PlanTask.objects.filter(plan=plan, owner=actor.membership, status__in=(TaskStatus.OPEN, TaskStatus.DOING))
    return [] if actor.membership is None else list(rows)
