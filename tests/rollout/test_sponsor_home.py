"""The home of a sponsor: what waits for them, the money, and where each plan stands."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from okrs.queries.role_home import roles_on_week
from organizations.enums import Role
from organizations.models import OrganizationSettings
from rollout.domain.budget import ask_for_budget
from rollout.domain.escalation import raise_escalation
from rollout.domain.plan_state import submit_plan
from rollout.enums import Gate, Measure, PlanState, VersionState
from rollout.models import RolloutPlan
from rollout.queries.sponsor import sponsored_plans
from tests.factories.roles import RoleAssignmentFactory
from tests.factories.rollout import (
    BudgetLineFactory,
    CriterionFactory,
    EscalationFactory,
    PlanPhaseFactory,
    PlanVersionFactory,
    RolloutPlanFactory,
    WaveFactory,
    WaveTeamFactory,
)
from tests.factories.worlds import World, client_of, within
from tests.queries import exactly
from tests.told import acting

pytestmark = pytest.mark.django_db


def sponsored(world: World, **fields: object) -> RolloutPlan:
    """A plan of the member, in a phase with a criterion that is met, one that is not, and one computed that is."""
    made: RolloutPlan = RolloutPlanFactory.create(sponsor=world.member, version=1, **fields)
    PlanVersionFactory.create(
        plan=made, state=VersionState.APPROVED, decided_at=timezone.now(), budget_sum=Decimal("500.00")
    )
    before = timezone.localdate() - timedelta(days=90)
    first = PlanPhaseFactory.create(plan=made, kind="prepare", starts_on=before, ends_on=before + timedelta(days=30))
    phase = PlanPhaseFactory.create(plan=made)
    WaveTeamFactory.create(wave=WaveFactory.create(phase=phase), team=world.team)
    CriterionFactory.create(phase=phase, is_met=True)
    CriterionFactory.create(phase=phase, is_met=False, gate=Gate.ENTRY)
    CriterionFactory.create(phase=phase, measure=Measure.AGREED, text="", percent=80)
    CriterionFactory.create(phase=first, is_met=True)
    BudgetLineFactory.create(plan=made, planned=Decimal("500.00"), committed=Decimal("512.50"))
    return made


def test_what_stands_there(world: World) -> None:
    with within(world.organization):
        running, over, draft = sponsored(world), sponsored(world, state="completed"), sponsored(world, state="draft")
        RolloutPlanFactory.create(sponsor=world.lead)
        sponsored(world, archived_at=timezone.now())
        ask_for_budget(actor=acting(world.plo), plan=running, reason="More.")
        day = timezone.localdate()
        asked = {"title": "Help", "difficulty": "So much.", "request": "Decide.", "due_on": day}
        one = raise_escalation(actor=acting(world.plo), plan=running, **asked)
        EscalationFactory.create(plan=running, state="closed", closed_at=timezone.now())
        rows = sponsored_plans(acting(world.member))
        assert [row.plan for row in rows] == [running, draft, over]
        first, second, last = rows
        assert (first.waits, second.waits, last.waits) == (True, False, False)
        assert first.version is not None
        assert first.version.budget_sum == Decimal("512.50")
        assert first.escalations == [one]
        assert (first.approved, first.sums.forecast, first.excess) == (
            Decimal("500.00"),
            Decimal("512.50"),
            Decimal("12.50"),
        )
        assert first.phase is not None
        assert first.phase.kind == "pilot"
        assert (first.met, len(first.standings)) == (2, 3)
        # Nothing is approved in a draft, and what is over has no phase.
        assert (second.approved, second.excess, last.phase, last.standings) == (None, Decimal(0), None, [])
        assert sponsored_plans(acting(world.administrator)) == []


def test_a_submitted_plan_waits(world: World) -> None:
    with within(world.organization):
        plan = sponsored(world, state=PlanState.DRAFT)
        submit_plan(actor=acting(world.plo), plan=plan)
        [row] = sponsored_plans(acting(world.member))
        assert row.waits
        assert row.version is not None
        assert row.version.number == 2
    page = client_of(world.member).get(reverse("rollout:sponsor_home", args=[world.organization.slug]))
    assert "Version 2 waits for your approval" in page.content.decode()


def test_one_team_in_waves_of_two_plans_counts_in_both(world: World) -> None:
    """As two programmes can be about the same team."""
    with within(world.organization):
        sponsored(world)
        sponsored(world)
        computed = [
            standing.teams
            for row in sponsored_plans(acting(world.member))
            for standing in row.standings
            if standing.is_computed
        ]
        assert computed == [[world.team], [world.team]]


@pytest.mark.parametrize("number", [1, 50])
def test_it_costs_the_same_with_any_number_of_plans(world: World, number: int) -> None:
    with within(world.organization):
        for _one in range(number):
            EscalationFactory.create(plan=sponsored(world), raised_by=world.plo)
    client = client_of(world.member)
    address = reverse("rollout:sponsor_home", args=[world.organization.slug])
    client.get(address)
    with exactly(17):
        assert client.get(address).status_code == 200


def test_nobody_else_sees_a_plan_there(world: World) -> None:
    with within(world.organization):
        name = sponsored(world).name
    address = reverse("rollout:sponsor_home", args=[world.organization.slug])
    assert name in client_of(world.member).get(address).content.decode()
    answer = client_of(world.administrator).get(address)
    assert answer.status_code == 200
    assert name not in answer.content.decode()


@pytest.mark.parametrize("is_on", [True, False])
def test_sponsors_are_led_there_where_there_are_rollouts(world: World, is_on: bool) -> None:
    with within(world.organization):
        OrganizationSettings.objects.update(rollout=is_on, coaching=True)
        RoleAssignmentFactory.create(membership=world.member, role=Role.SPONSOR)
        [held] = roles_on_week(acting(world.member), world.organization.slug)
        address = reverse("rollout:sponsor_home", args=[world.organization.slug])
        assert (address in [url for _label, url in held.pages]) == is_on


def test_whoever_sponsors_a_plan_is_led_there_from_the_list(world: World) -> None:
    """Also without the role: a plan may name anybody."""
    with within(world.organization):
        sponsored(world)
    slug = world.organization.slug
    home = reverse("rollout:sponsor_home", args=[slug])
    plans = reverse("rollout:plans", args=[slug])
    assert home in client_of(world.member).get(plans).content.decode()
    assert home not in client_of(world.administrator).get(plans).content.decode()
