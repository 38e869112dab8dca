"""The money of a plan: sums to the cent, what was approved, and asking for more without stopping anything."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisCase

from okrapp.notifications.models import Notification
from organizations.domain.removed import removed_values
from organizations.enums import Role
from organizations.errors import Refused
from organizations.models import Organization
from organizations.queries.audit import visible_entries
from rollout import budget_permissions
from rollout.domain import budget as domain
from rollout.domain.part import add_part, edit_part, remove_part, restore_part
from rollout.domain.plan import edit_plan
from rollout.domain.plan_state import (
    approve_plan,
    complete_plan,
    return_plan,
    rework_plan,
    start_plan,
    submit_plan,
    withdraw_plan,
)
from rollout.enums import BudgetCategory, PlanState, VersionState, VersionSubject
from rollout.models import BudgetLine, RolloutPlan
from rollout.queries.budget import NOTHING, approved_of, budget_page, forecast_of, planned_total, totals
from rollout.queries.plan_changes import changes_between
from tests.factories.organizations import TeamFactory
from tests.factories.roles import RoleAssignmentFactory
from tests.factories.rollout import (
    BudgetLineFactory,
    PlanOfficerFactory,
    PlanPhaseFactory,
    RolloutPlanFactory,
    WaveFactory,
    WaveTeamFactory,
)
from tests.factories.worlds import World, make_member, make_organization, within
from tests.meanwhile import Other
from tests.rollout.budgets import overspend, running_plan
from tests.told import acting, still_true, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def inside(world: World) -> Iterator[World]:
    with within(world.organization):
        yield world


@pytest.fixture
def plan(inside: World) -> RolloutPlan:
    """A plan that runs, with 1,000.00 approved and planned."""
    return running_plan(inside)


AMOUNT = st.decimals(min_value=0, max_value=Decimal("999999999999.99"), places=2)
LINE = st.tuples(st.sampled_from(BudgetCategory.values), st.booleans(), AMOUNT, AMOUNT, AMOUNT)


def cents(amount: Decimal) -> int:
    return int(amount.scaleb(2))


class TestSums(HypothesisCase):
    """However many lines of whatever amounts: what stands below them is right to the cent, page and database agree."""

    organization: Organization

    @classmethod
    def setUpTestData(cls) -> None:
        cls.organization = make_organization("acme").organization

    @settings(max_examples=30)
    @given(lines=st.lists(LINE, max_size=12))
    def test_sums_never_drift(self, lines: list[tuple[str, bool, Decimal, Decimal, Decimal]]) -> None:
        with within(self.organization):
            plan = RolloutPlanFactory.create()
            phase = PlanPhaseFactory.create(plan=plan)
            for category, in_phase, planned, committed, actual in lines:
                BudgetLineFactory.create(
                    plan=plan,
                    category=category,
                    phase=phase if in_phase else None,
                    planned=planned,
                    committed=committed,
                    actual=actual,
                )
            page = budget_page(plan, no_phase="None")
            forecast = [max(cents(p), cents(c), cents(a)) for _category, _phase, p, c, a in lines]
            expected = [sum(cents(line[at]) for line in lines) for at in (2, 3, 4)] + [sum(forecast)]
            for sums in (page.total, totals([plan.pk]).get(plan.pk, NOTHING)):
                assert [cents(one) for one in (sums.planned, sums.committed, sums.actual, sums.forecast)] == expected
            for groups in (page.categories, page.phases):
                assert sum((group.sums for group in groups), start=NOTHING) == page.total
            assert cents(planned_total(plan)) == expected[0]


def test_what_a_line_will_cost() -> None:
    cases = [
        # planned, committed, actual, forecast
        ("100", "0", "0", "100"),
        ("100", "80", "0", "100"),
        ("100", "1", "30", "100"),
        ("100", "120", "95.50", "120"),
        ("100", "80", "110", "110"),
        ("100", "0", "30", "100"),
        ("100", "0", "120", "120"),
        ("0", "0", "0", "0"),
    ]
    for planned, committed, actual, forecast in cases:
        assert forecast_of(Decimal(planned), Decimal(committed), Decimal(actual)) == Decimal(forecast)


def test_amounts_are_not_negative_and_have_two_places(plan: RolloutPlan, inside: World) -> None:
    for field, amount in (("planned", "-1"), ("actual", "0.001"), ("committed", "1000000000000")):
        with pytest.raises(Refused) as refused:
            add_part(actor=acting(inside.plo), plan=plan, part=BudgetLine(**{field: Decimal(amount)}))
        assert field in refused.value.error_dict


def test_a_phase_of_another_plan_is_refused_and_one_with_lines_stays(plan: RolloutPlan, inside: World) -> None:
    actor = acting(inside.plo)
    with pytest.raises(Refused, match="phase of this plan"):
        add_part(actor=actor, plan=plan, part=BudgetLine(phase=PlanPhaseFactory.create()))
    phase = plan.phases.get()
    line = add_part(actor=actor, plan=plan, part=BudgetLine(phase=phase, planned=Decimal(5)))
    with pytest.raises(Refused, match="Lines of the budget"):
        remove_part(actor=actor, part=phase)
    edit_part(actor=actor, part=line, changes={"phase": None})
    remove_part(actor=actor, part=phase)


def test_a_removed_line_comes_back_with_its_amounts(plan: RolloutPlan, inside: World) -> None:
    line = plan.budget_lines.get()
    edit_part(actor=acting(inside.plo), part=line, changes={"actual": Decimal("12.34")})
    remove_part(actor=acting(inside.plo), part=line)
    assert not plan.budget_lines.exists()
    assert removed_values(BudgetLine, line.pk)["actual"] == "12.34"
    restore_part(actor=acting(inside.plo), model=BudgetLine, part_id=line.pk)
    back = plan.budget_lines.get()
    assert (back.pk, back.planned, back.actual) == (line.pk, Decimal("1000.00"), Decimal("12.34"))


def test_a_line_of_a_phase_that_is_gone_does_not_come_back_there(plan: RolloutPlan, inside: World) -> None:
    actor, phase = acting(inside.plo), plan.phases.get()
    line = add_part(actor=actor, plan=plan, part=BudgetLine(phase=phase, planned=Decimal(5)))
    remove_part(actor=actor, part=line)
    remove_part(actor=actor, part=phase)
    with pytest.raises(Refused, match="phase of this plan"):
        restore_part(actor=actor, model=BudgetLine, part_id=line.pk)


def test_cost_for_each_team_of_started_waves(plan: RolloutPlan) -> None:
    phase = plan.phases.get()
    above = TeamFactory.create()
    TeamFactory.create(parent=above)
    TeamFactory.create(parent=above)
    later = TeamFactory.create(parent=above)
    wave = WaveFactory.create(phase=phase)
    WaveTeamFactory.create(wave=wave, team=above)
    WaveTeamFactory.create(wave=WaveFactory.create(phase=phase), team=later)
    plan.budget_lines.update(actual=Decimal("100.00"))
    assert budget_page(plan, no_phase="").cost_per_team is None
    wave.started_at = plan.created_at
    wave.save()
    page = budget_page(plan, no_phase="")
    # The team above and two below it; the third begins in a later wave.
    assert (page.active_teams, page.cost_per_team) == (3, Decimal("33.33"))


def test_approving_a_plan_approves_its_planned_sum(inside: World) -> None:
    world = inside
    plan = RolloutPlanFactory.create(state=PlanState.DRAFT, sponsor=world.lead)
    PlanPhaseFactory.create(plan=plan)
    BudgetLineFactory.create(plan=plan, planned=Decimal("10.10"))
    BudgetLineFactory.create(plan=plan, planned=Decimal("20.20"), committed=Decimal(99))
    version = submit_plan(actor=acting(world.plo), plan=plan)
    assert version.budget_sum == Decimal("30.30")
    assert told("plan_submitted") == still_true("plan_submitted") == {world.lead.pk}
    BudgetLineFactory.create(plan=plan, planned=Decimal("5.00"))
    plan.refresh_from_db()
    assert approved_of(plan, totals([plan.pk])[plan.pk]).sum is None
    plan = approve_plan(actor=acting(world.lead), plan=plan, number=1)
    assert (told("plan_answered"), still_true("plan_submitted")) == ({world.plo.pk}, set())
    approved = approved_of(plan, totals([plan.pk])[plan.pk])
    # What was written after it was submitted is not approved.
    assert (approved.sum, approved.needed) == (Decimal("30.30"), Decimal("114.10"))
    assert approved.excess == Decimal("83.80")


def test_a_sum_that_was_sent_back_is_not_approved(inside: World) -> None:
    world = inside
    plan = RolloutPlanFactory.create(state=PlanState.DRAFT, sponsor=world.lead)
    PlanPhaseFactory.create(plan=plan)
    line = BudgetLineFactory.create(plan=plan, planned=Decimal("10.00"))
    submit_plan(actor=acting(world.plo), plan=plan)
    return_plan(actor=acting(world.lead), plan=plan, number=1, reason="Too much.")
    edit_part(actor=acting(world.plo), part=line, changes={"planned": Decimal("8.00")})
    submit_plan(actor=acting(world.plo), plan=plan)
    withdraw_plan(actor=acting(world.plo), plan=plan)
    assert still_true("plan_submitted") == set()
    submit_plan(actor=acting(world.plo), plan=plan)
    plan = approve_plan(actor=acting(world.lead), plan=plan, number=3)
    assert approved_of(plan, NOTHING).sum == Decimal("8.00")


def test_the_budget_is_part_of_what_a_version_keeps(plan: RolloutPlan, inside: World) -> None:
    plan.state = PlanState.DRAFT
    plan.save()
    first = submit_plan(actor=acting(inside.plo), plan=plan)
    withdraw_plan(actor=acting(inside.plo), plan=plan)
    edit_part(actor=acting(inside.plo), part=plan.budget_lines.get(), changes={"planned": Decimal("1100.00")})
    BudgetLineFactory.create(plan=plan, note="", category=BudgetCategory.TOOLS)
    second = submit_plan(actor=acting(inside.plo), plan=plan)
    [change] = changes_between(first.content, second.content, with_budget=True)
    assert (change.changed_titles, change.added_titles, change.removed) == (("Coach training",), ("Tools",), ())
    assert changes_between(first.content, second.content) == []


def test_asking_again_does_not_stop_a_running_plan(plan: RolloutPlan, inside: World) -> None:
    world = inside
    overspend(plan)
    version = domain.ask_for_budget(actor=acting(world.plo), plan=plan, reason="Twice as many came.")
    plan.refresh_from_db()
    assert (plan.state, plan.version, version.number) == (PlanState.RUNNING, 2, 2)
    assert (version.subject, version.state) == (VersionSubject.BUDGET, VersionState.WAITING)
    assert version.budget_sum == Decimal("1250.50")
    assert told("budget_asked") == still_true("budget_asked") == {world.lead.pk}
    with pytest.raises(Refused, match="asked already"):
        domain.ask_for_budget(actor=acting(world.plo), plan=plan, reason="Once more.")
    domain.approve_budget(actor=acting(world.lead), version=version, reason="Fine.")
    plan.refresh_from_db()
    assert plan.state == PlanState.RUNNING
    assert still_true("budget_asked") == set()
    assert told("budget_answered") == {world.plo.pk}
    approved = approved_of(plan, totals([plan.pk])[plan.pk])
    assert (approved.sum, approved.excess, approved.waiting) == (Decimal("1250.50"), Decimal(0), None)
    with pytest.raises(Refused, match="meanwhile"):
        domain.return_budget(actor=acting(world.lead), version=version, reason="No.")


def test_what_it_will_cost_counts_as_going_beyond(plan: RolloutPlan, inside: World) -> None:
    with pytest.raises(Refused, match="stays within"):
        domain.ask_for_budget(actor=acting(inside.plo), plan=plan, reason="Just so.")
    edit_part(actor=acting(inside.plo), part=plan.budget_lines.get(), changes={"committed": Decimal("1000.01")})
    version = domain.ask_for_budget(actor=acting(inside.plo), plan=plan, reason="Prices rose.")
    assert version.budget_sum == Decimal("1000.01")


def test_a_sum_that_is_not_approved_leaves_the_old_one(plan: RolloutPlan, inside: World) -> None:
    overspend(plan)
    version = domain.ask_for_budget(actor=acting(inside.plo), plan=plan, reason="More.")
    with pytest.raises(Refused) as refused:
        domain.return_budget(actor=acting(inside.lead), version=version, reason=" ")
    assert "reason" in refused.value.error_dict
    domain.return_budget(actor=acting(inside.lead), version=version, reason="Spend less on events.")
    assert approved_of(plan, totals([plan.pk])[plan.pk]).sum == Decimal("1000.00")
    again = domain.ask_for_budget(actor=acting(inside.plo), plan=plan, reason="It is the law.")
    assert again.number == 3
    domain.withdraw_budget_request(actor=acting(inside.plo), plan=plan)
    with pytest.raises(Refused, match="meanwhile"):
        domain.withdraw_budget_request(actor=acting(inside.plo), plan=plan)
    assert not Notification.objects.filter(kind="budget_asked", period=str(again.pk)).exists()
    with pytest.raises(Refused, match="meanwhile"):
        domain.approve_budget(actor=acting(inside.lead), version=again)


def test_a_request_ends_with_the_plan(plan: RolloutPlan, inside: World) -> None:
    overspend(plan)
    version = domain.ask_for_budget(actor=acting(inside.plo), plan=plan, reason="More.")
    complete_plan(actor=acting(inside.plo), plan=plan)
    version.refresh_from_db()
    assert version.state == VersionState.WITHDRAWN
    with pytest.raises(Refused, match="over"):
        domain.ask_for_budget(actor=acting(inside.plo), plan=plan, reason="More.")


def test_a_request_goes_on_while_the_plan_begins_and_ends_when_it_is_written_anew(inside: World) -> None:
    plan = running_plan(inside)
    RolloutPlan.objects.filter(pk=plan.pk).update(state=PlanState.APPROVED)
    overspend(plan)
    version = domain.ask_for_budget(actor=acting(inside.plo), plan=plan, reason="More.")
    start_plan(actor=acting(inside.plo), plan=plan)
    version.refresh_from_db()
    assert version.state == VersionState.WAITING
    RolloutPlan.objects.filter(pk=plan.pk).update(state=PlanState.APPROVED)
    rework_plan(actor=acting(inside.plo), plan=plan)
    version.refresh_from_db()
    assert version.state == VersionState.WITHDRAWN
    with pytest.raises(Refused, match="approved plan"):
        domain.ask_for_budget(actor=acting(inside.plo), plan=plan, reason="More.")


def test_a_version_for_more_money_differs_in_the_budget_only(plan: RolloutPlan, inside: World) -> None:
    plan.versions.update(content={"plan": {str(plan.pk): {"name": "As approved"}}, "budget_lines": {}})
    overspend(plan)
    version = domain.ask_for_budget(actor=acting(inside.plo), plan=plan, reason="More.")
    assert version.content["plan"] == {str(plan.pk): {"name": "As approved"}}
    assert len(version.content["budget_lines"]) == 2


def test_only_a_draft_changes_its_currency(plan: RolloutPlan, inside: World) -> None:
    assert plan.currency == "EUR"
    with pytest.raises(Refused, match="Only a draft"):
        edit_plan(actor=acting(inside.plo), plan=plan, changes={"currency": "SEK"})
    plan.state = PlanState.DRAFT
    plan.save()
    assert edit_plan(actor=acting(inside.plo), plan=plan, changes={"currency": "SEK"}).currency == "SEK"
    with pytest.raises(Refused, match="no such currency"):
        edit_plan(actor=acting(inside.plo), plan=plan, changes={"currency": "XXX"})


def test_who_sees_the_budget_and_the_lists_agree(plan: RolloutPlan, inside: World) -> None:
    world = inside
    sponsor, leader, unit, officer, coach = (make_member(name, f"{name}@acme") for name in "abcde")
    RoleAssignmentFactory.create(membership=sponsor, role=Role.SPONSOR)
    RoleAssignmentFactory.create(membership=leader, role=Role.LEADERSHIP)
    RoleAssignmentFactory.create(membership=unit, role=Role.PLO, team=world.team)
    RoleAssignmentFactory.create(membership=coach, role=Role.COACH, team=world.team)
    PlanOfficerFactory.create(plan=plan, membership=officer)
    ours = running_plan(world)
    ours.team = world.team
    ours.save()
    seen = {
        name: {
            which: bool(budget_permissions.see_budget(acting(member), one))
            for which, one in (("whole", plan), ("part", ours))
        }
        for name, member in {
            "plo": world.plo,
            "plan's sponsor": world.lead,
            "sponsor": sponsor,
            "leadership": leader,
            "office of the part": unit,
            "officer": officer,
            "coach": coach,
            "administrator": world.administrator,
            "member": world.member,
        }.items()
        for lines in [BudgetLine.objects.visible_to(acting(member)).filter(plan__in=[plan, ours])]
        if {one.plan_id: True for one in lines}
        == {one.pk: True for one in (plan, ours) if budget_permissions.see_budget(acting(member), one)}
    }
    everything, nothing = {"whole": True, "part": True}, {"whole": False, "part": False}
    assert seen == {
        "plo": everything,
        "plan's sponsor": everything,
        "sponsor": everything,
        "leadership": everything,
        "office of the part": {"whole": False, "part": True},
        "officer": {"whole": True, "part": False},
        "coach": nothing,
        "administrator": nothing,
        "member": nothing,
    }


def test_the_trail_tells_money_to_those_who_see_it(plan: RolloutPlan, inside: World) -> None:
    world = inside
    line = add_part(actor=acting(world.plo), plan=plan, part=BudgetLine(planned=Decimal(5), note="Secret prize"))
    version = domain.ask_for_budget(actor=acting(world.plo), plan=plan, reason="More.")
    for subject in (line, version):
        entries = [
            visible_entries(acting(member)).filter(object_id=str(subject.pk)).exists()
            for member in (world.plo, world.lead, world.administrator, world.member)
        ]
        assert entries == [True, True, False, False]


@pytest.mark.django_db(transaction=True)
def test_two_who_change_one_line_at_once_lose_nothing() -> None:
    world = make_organization("acme")
    with within(world.organization):
        plan = running_plan(world)
        line = plan.budget_lines.get()
    with within(world.organization):
        edit_part(actor=acting(world.plo), part=line, changes={"actual": Decimal("10.00")})
        stale = BudgetLine.objects.get(pk=line.pk)
        other = Other(
            world.organization,
            lambda: edit_part(actor=acting(world.plo), part=stale, changes={"committed": Decimal("20.00")}),
        )
        assert other.waits()
    assert other.end() is None
    with within(world.organization):
        line = BudgetLine.objects.get(pk=line.pk)
        assert (line.actual, line.committed) == (Decimal("10.00"), Decimal("20.00"))


@pytest.mark.django_db(transaction=True)
def test_asked_twice_at_once_is_once() -> None:
    world = make_organization("acme")
    with within(world.organization):
        plan = running_plan(world)
        overspend(plan)
    with within(world.organization):
        domain.ask_for_budget(actor=acting(world.plo), plan=plan, reason="More.")
        other = Other(
            world.organization, lambda: domain.ask_for_budget(actor=acting(world.plo), plan=plan, reason="Much more.")
        )
        assert other.waits()
    assert "asked already" in str(other.end())
    with within(world.organization):
        assert plan.versions.filter(state=VersionState.WAITING).count() == 1
