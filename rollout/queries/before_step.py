"""What is still open before a step that cannot be taken back: the end of a rollout, the start of a wave."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from organizations.actor import Actor
from organizations.models import Team
from organizations.queries.settings import today_of
from rollout.enums import Gate, TaskStatus
from rollout.models import Criterion, PlanPhase, PlanTask, RolloutPlan, Wave
from rollout.queries.criterion import Standing, standings_of
from rollout.queries.pilot_decision import standings_of_phase
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
