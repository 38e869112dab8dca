"""Rollout plans, and what they are made of."""

from datetime import timedelta
from decimal import Decimal

import factory
from django.utils import timezone

from organizations.enums import Role
from rollout.enums import (
    Attitude,
    BarrierGroup,
    BudgetCategory,
    CommitmentKind,
    ConcernKind,
    PhaseKind,
    PlanState,
    Verdict,
)
from rollout.models import (
    Barrier,
    BarrierCollection,
    BarrierComment,
    BarrierVote,
    BudgetLine,
    BuyInLeader,
    Criterion,
    DisclosureRequest,
    Escalation,
    LeaderCommitment,
    PhaseDependency,
    PilotDecision,
    PlanComment,
    PlanKeyResult,
    PlanMilestone,
    PlanOfficer,
    PlanPhase,
    PlanTask,
    PlanVersion,
    Risk,
    RolloutPlan,
    Stakeholder,
    StakeholderAttitude,
    StakeholderConcern,
    TaskDependency,
    Wave,
    WaveTeam,
)
from tests.factories.organizations import MembershipFactory, TeamFactory
from tests.factories.tenant import TenantFactory


def days_from_now(days: int) -> factory.LazyFunction:
    """Return a day so many days from today."""
    return factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=days))


class RolloutPlanFactory(TenantFactory[RolloutPlan]):
    """A plan for the whole organization that runs since a month, for half a year."""

    class Meta:
        model = RolloutPlan

    name = factory.Sequence(lambda number: f"Plan {number}")
    goal = "Every team knows what matters"
    state = PlanState.RUNNING
    starts_on = days_from_now(-30)
    ends_on = days_from_now(150)


class PlanOfficerFactory(TenantFactory[PlanOfficer]):
    """Somebody in the Program Lead Office of a plan."""

    class Meta:
        model = PlanOfficer

    plan = factory.SubFactory(RolloutPlanFactory)
    membership = factory.SubFactory(MembershipFactory)


class PlanKeyResultFactory(TenantFactory[PlanKeyResult]):
    """From 0 to 80 percent."""

    class Meta:
        model = PlanKeyResult

    plan = factory.SubFactory(RolloutPlanFactory)
    title = "Teams that check in every week"
    unit = "%"
    start = 0
    target = 80


class PlanPhaseFactory(TenantFactory[PlanPhase]):
    """A pilot that runs."""

    class Meta:
        model = PlanPhase

    plan = factory.SubFactory(RolloutPlanFactory)
    kind = PhaseKind.PILOT
    starts_on = days_from_now(-30)
    ends_on = days_from_now(60)


class WaveFactory(TenantFactory[Wave]):
    """A wave that has not started."""

    class Meta:
        model = Wave

    phase = factory.SubFactory(PlanPhaseFactory)
    plan = factory.SelfAttribute("phase.plan")
    name = factory.Sequence(lambda number: f"Wave {number}")
    starts_on = days_from_now(-20)


class WaveTeamFactory(TenantFactory[WaveTeam]):
    """A team in a wave, with everything below it."""

    class Meta:
        model = WaveTeam

    wave = factory.SubFactory(WaveFactory)
    plan = factory.SelfAttribute("wave.plan")
    team = factory.SubFactory(TeamFactory)


class CriterionFactory(TenantFactory[Criterion]):
    """One somebody judges."""

    class Meta:
        model = Criterion

    phase = factory.SubFactory(PlanPhaseFactory)
    text = "The pilot teams want to go on"


class PlanTaskFactory(TenantFactory[PlanTask]):
    """A task due in two weeks."""

    class Meta:
        model = PlanTask

    phase = factory.SubFactory(PlanPhaseFactory)
    plan = factory.SelfAttribute("phase.plan")
    title = factory.Sequence(lambda number: f"Task {number}")
    starts_on = days_from_now(0)
    due_on = days_from_now(14)


class TaskDependencyFactory(TenantFactory[TaskDependency]):
    """A task that waits for another of its plan."""

    class Meta:
        model = TaskDependency

    task = factory.SubFactory(PlanTaskFactory)
    needed = factory.SubFactory(PlanTaskFactory, phase=factory.SelfAttribute("..task.phase"))


class PhaseDependencyFactory(TenantFactory[PhaseDependency]):
    """A phase that waits for a task of another one."""

    class Meta:
        model = PhaseDependency

    phase = factory.SubFactory(PlanPhaseFactory)
    task = factory.SubFactory(
        PlanTaskFactory, phase=factory.SubFactory(PlanPhaseFactory, plan=factory.SelfAttribute("...phase.plan"))
    )


class PlanMilestoneFactory(TenantFactory[PlanMilestone]):
    """A milestone in a month."""

    class Meta:
        model = PlanMilestone

    phase = factory.SubFactory(PlanPhaseFactory)
    plan = factory.SelfAttribute("phase.plan")
    title = "First OKRs agreed"
    due_on = days_from_now(30)


class RiskFactory(TenantFactory[Risk]):
    """An open risk."""

    class Meta:
        model = Risk

    plan = factory.SubFactory(RolloutPlanFactory)
    title = "Coaches have too little time"


class PlanVersionFactory(TenantFactory[PlanVersion]):
    """The first version, which waits for its sponsor."""

    class Meta:
        model = PlanVersion

    plan = factory.SubFactory(RolloutPlanFactory)
    number = 1
    content = factory.LazyFunction(dict)


class BarrierCollectionFactory(TenantFactory[BarrierCollection]):
    """Coaches are asked since a week."""

    class Meta:
        model = BarrierCollection

    plan = factory.SubFactory(RolloutPlanFactory)
    roles = factory.LazyFunction(lambda: [Role.COACH])
    opened_at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=7))


class BarrierFactory(TenantFactory[Barrier]):
    """An open barrier from a team, without a name."""

    class Meta:
        model = Barrier

    plan = factory.SubFactory(RolloutPlanFactory)
    text = factory.Sequence(lambda number: f"Barrier {number}")
    group = BarrierGroup.TEAMS
    written_on = days_from_now(-3)


class BarrierVoteFactory(TenantFactory[BarrierVote]):
    """One vote."""

    class Meta:
        model = BarrierVote

    barrier = factory.SubFactory(BarrierFactory)
    membership = factory.SubFactory(MembershipFactory)
    count = 1


class BarrierCommentFactory(TenantFactory[BarrierComment]):
    """A comment without a name."""

    class Meta:
        model = BarrierComment

    barrier = factory.SubFactory(BarrierFactory)
    text = "We see that too"
    written_on = days_from_now(-2)
    position = factory.Sequence(lambda number: number + 1)


class PilotDecisionFactory(TenantFactory[PilotDecision]):
    """To adjust, without criteria."""

    class Meta:
        model = PilotDecision

    phase = factory.SubFactory(PlanPhaseFactory)
    plan = factory.SelfAttribute("phase.plan")
    verdict = Verdict.ADJUST
    reason = "Check-ins stop after three weeks"
    content = factory.LazyAttribute(
        lambda made: {
            "kind": made.phase.kind,
            "own_name": made.phase.own_name,
            "starts_on": str(made.phase.starts_on),
            "ends_on": str(made.phase.ends_on),
            "criteria": [],
        }
    )


# Stakeholders and what leaders commit themselves to.


class StakeholderFactory(TenantFactory[Stakeholder]):
    """A person."""

    class Meta:
        model = Stakeholder

    plan = factory.SubFactory(RolloutPlanFactory)
    membership = factory.SubFactory(MembershipFactory)


class StakeholderAttitudeFactory(TenantFactory[StakeholderAttitude]):
    class Meta:
        model = StakeholderAttitude

    stakeholder = factory.SubFactory(StakeholderFactory)
    attitude = Attitude.SCEPTIC
    on = factory.LazyFunction(timezone.localdate)
    note = factory.Sequence(lambda number: f"Waits and sees {number}")


class StakeholderConcernFactory(TenantFactory[StakeholderConcern]):
    class Meta:
        model = StakeholderConcern

    stakeholder = factory.SubFactory(StakeholderFactory)
    kind = ConcernKind.TIME
    text = factory.Sequence(lambda number: f"The quarter is full {number}")


class DisclosureRequestFactory(TenantFactory[DisclosureRequest]):
    class Meta:
        model = DisclosureRequest

    plan = factory.SubFactory(RolloutPlanFactory)
    membership = factory.SubFactory(MembershipFactory)


class BuyInLeaderFactory(TenantFactory[BuyInLeader]):
    class Meta:
        model = BuyInLeader

    plan = factory.SubFactory(RolloutPlanFactory)
    leader = factory.SubFactory(MembershipFactory)


class LeaderCommitmentFactory(TenantFactory[LeaderCommitment]):
    class Meta:
        model = LeaderCommitment

    plan = factory.SubFactory(RolloutPlanFactory)
    leader = factory.SubFactory(MembershipFactory)
    kind = CommitmentKind.REVIEWS


class BudgetLineFactory(TenantFactory[BudgetLine]):
    """A training that is planned, of which nothing is committed."""

    class Meta:
        model = BudgetLine

    plan = factory.SubFactory(RolloutPlanFactory)
    category = BudgetCategory.TRAINING
    note = factory.Sequence(lambda number: f"Training {number}")
    planned = Decimal("1200.00")


class EscalationFactory(TenantFactory[Escalation]):
    """A difficulty that waits for the sponsor, for two weeks more."""

    class Meta:
        model = Escalation

    plan = factory.SubFactory(RolloutPlanFactory)
    title = factory.Sequence(lambda number: f"Difficulty {number}")
    difficulty = "Sales has no time for the workshop."
    request = "Ask the head of Sales for one day."
    due_on = days_from_now(14)


class PlanCommentFactory(TenantFactory[PlanComment]):
    """Something said about a plan."""

    class Meta:
        model = PlanComment

    plan = factory.SubFactory(RolloutPlanFactory)
    text = "Start with fewer teams."
