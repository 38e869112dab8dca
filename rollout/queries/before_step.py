"""What is still open before a step is taken: submitting a plan, starting a wave, deciding about a pilot, the end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from organizations.actor import Actor
from organizations.models import Team
from organizations.queries.settings import today_of
from rollout.enums import Gate, TaskStatus
from rollout.models import Criterion, PlanPhase, PlanTask, RolloutPlan, Wave
from rollout.queries.budget import planned_total
from rollout.queries.criterion import Standing, standings_of
from rollout.queries.pilot_decision import standings_of_phase
from rollout.queries.plan_page import PlanPage
from rollout.queries.wave import teams_by_wave, waves_of


@dataclass(frozen=True, slots=True)
class BeforeEnd:
    """What a rollout that is completed leaves open."""

    open_tasks: int
    waves: Sequence[Wave]
    unmet: Sequence[Standing]

    @property
    def is_clear(self) -> bool:
        """Whether nothing is open."""
        return not (self.open_tasks or self.waves or self.unmet)


@dataclass(frozen=True, slots=True)
class BeforeWave:
    """Which teams begin with a wave, and what speaks against it today; `phase_on` is a first day still ahead."""

    teams: Sequence[Team]
    phase_on: date | None
    unmet: Sequence[Standing]


@dataclass(frozen=True, slots=True)
class BeforeDecision:
    """How a pilot stands today; `phase_on` is a first day still ahead."""

    phase_on: date | None
    standings: Sequence[Standing]

    @property
    def unmet(self) -> int:
        """How many criteria are not met."""
        return sum(one.is_met is False for one in self.standings)

    @property
    def unjudged(self) -> int:
        """How many criteria are neither met nor missed."""
        return sum(one.is_met is None for one in self.standings)


@dataclass(frozen=True, slots=True)
class BeforeSubmit:
    """What a draft still lacks: what it cannot be submitted without, then what its sponsor would miss."""

    goal: bool
    sponsor: bool
    phase: bool
    key_results: bool
    # Without any wave nobody begins; those without teams are named.
    waves: bool
    empty_waves: Sequence[Wave]
    tasks_of_nobody: int
    budget: bool

    @property
    def is_needed(self) -> bool:
        """Whether it cannot be submitted yet."""
        return self.goal or self.sponsor or self.phase

    @property
    def is_advisable(self) -> bool:
        """Whether it could say more."""
        return bool(self.key_results or self.waves or self.empty_waves or self.tasks_of_nobody or self.budget)


def before_submit(page: PlanPage) -> BeforeSubmit:
    """Return what a draft, with its page as it was read, still lacks; two queries.

    Whoever submits a plan sees its budget.
    """
    plan = page.plan
    waves = [wave for view in page.phases for wave in view.waves]
    is_open = PlanTask.objects.filter(plan=plan, status__in=(TaskStatus.OPEN, TaskStatus.DOING))
    return BeforeSubmit(
        goal=not plan.goal.strip(),
        sponsor=plan.sponsor_id is None,
        phase=not page.phases,
        key_results=not page.key_results,
        waves=bool(page.phases) and not waves,
        empty_waves=[wave for wave in waves if not wave.taking_part],
        tasks_of_nobody=is_open.filter(owner=None).count(),
        budget=not planned_total(plan),
    )


def before_decision(actor: Actor, phase: PlanPhase) -> BeforeDecision:
    """Return how a pilot stands that is decided about; at most seven queries."""
    first = phase.starts_on
    return BeforeDecision(first if first > today_of(actor.settings) else None, standings_of_phase(actor, phase))


def before_end(actor: Actor, plan: RolloutPlan) -> BeforeEnd:
    """Return what is still open in a plan; at most nine queries."""
    phases = list(PlanPhase.objects.filter(plan=plan))
    waves = waves_of(plan)
    criteria = list(Criterion.objects.filter(phase__plan=plan).select_related("phase"))
    return BeforeEnd(
        PlanTask.objects.filter(plan=plan, status__in=(TaskStatus.OPEN, TaskStatus.DOING)).count(),
        [wave for wave in waves if wave.started_at is None],
        [one for one in standings_of(actor, criteria, phases, waves) if not one.is_met],
    )


def before_wave(actor: Actor, wave: Wave) -> BeforeWave:
    """Return what begins with a wave, and what is not true yet before its phase may begin; at most eight queries."""
    phases = list(PlanPhase.objects.filter(plan=wave.plan_id))
    waves = waves_of(wave.plan)
    criteria = list(Criterion.objects.filter(phase=wave.phase_id, gate=Gate.ENTRY).select_related("phase"))
    first = next(phase.starts_on for phase in phases if phase.pk == wave.phase_id)
    return BeforeWave(
        teams_by_wave(waves)[wave.pk],
        first if first > today_of(actor.settings) else None,
        [one for one in standings_of(actor, criteria, phases, waves) if not one.is_met],
    )
