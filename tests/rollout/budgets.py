"""Plans with money in them."""

from decimal import Decimal

from rollout.enums import VersionState
from rollout.models import BudgetLine, PlanVersion, RolloutPlan
from tests.factories.rollout import (
    BudgetLineFactory,
    PlanOfficerFactory,
    PlanPhaseFactory,
    PlanVersionFactory,
    RolloutPlanFactory,
)
from tests.factories.worlds import World


def running_plan(world: World) -> RolloutPlan:
    """Return a plan that runs, with 1,000.00 approved and planned."""
    made = RolloutPlanFactory.create(sponsor=world.lead, version=1)
    PlanOfficerFactory.create(plan=made, membership=world.plo)
    PlanPhaseFactory.create(plan=made)
    BudgetLineFactory.create(plan=made, planned=Decimal("1000.00"), note="Coach training")
    version = PlanVersionFactory.create(plan=made, budget_sum=Decimal("1000.00"))
    PlanVersion.objects.filter(pk=version.pk).update(state=VersionState.APPROVED, decided_at=version.submitted_at)
    return made


def overspend(plan: RolloutPlan, planned: str = "250.50") -> BudgetLine:
    """Plan more than was approved."""
    return BudgetLineFactory.create(plan=plan, planned=Decimal(planned), note="One more event")
