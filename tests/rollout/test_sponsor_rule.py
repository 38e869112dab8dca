"""Who can be the Sponsor of a plan, and what a change of Sponsor does to what waits for them."""

from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from okrapp.notifications.models import Notification
from organizations.actor import Actor
from organizations.enums import Role, Via
from organizations.errors import Refused
from organizations.models import AuditEntry, Membership
from rollout.domain import plan as plans
from rollout.domain import plan_state as states
from rollout.domain.budget import approve_budget, ask_for_budget
from rollout.enums import PlanState, VersionState
from rollout.models import PlanVersion, RolloutPlan
from tests.factories.organizations import MembershipFactory, TeamFactory
from tests.factories.roles import RoleAssignmentFactory
from tests.factories.rollout import BudgetLineFactory, PlanOfficerFactory, PlanPhaseFactory, RolloutPlanFactory
from tests.factories.worlds import World, client_of, within


def acting(member: Membership) -> Actor:
    return Actor(Membership.objects.get(pk=member.pk), via=Via.WEB)


def drafted(world: World, **fields: Any) -> RolloutPlan:
    plan: RolloutPlan = RolloutPlanFactory.create(**{"state": PlanState.DRAFT, "sponsor": world.lead, **fields})
    PlanPhaseFactory.create(plan=plan)
    return plan


def test_while_nobody_holds_the_role_anybody_else_is_the_sponsor(world: World) -> None:
    with within(world.organization):
        plan = drafted(world, sponsor=None)
        assert plans.edit_plan(actor=acting(world.plo), plan=plan, changes={"sponsor": world.member}).sponsor_id


def test_where_somebody_holds_the_role_it_is_one_of_them(world: World) -> None:
    with within(world.organization):
        holder = MembershipFactory.create(display_name="Henrik")
        RoleAssignmentFactory.create(membership=holder, role=Role.SPONSOR)
        plan = drafted(world, sponsor=None)
        with pytest.raises(Refused, match=r"does not hold the role Sponsor here\. It could be: Henrik") as refused:
            plans.edit_plan(actor=acting(world.plo), plan=plan, changes={"sponsor": world.member})
        assert list(refused.value.error_dict) == ["sponsor"]
        assert plans.edit_plan(actor=acting(world.plo), plan=plan, changes={"sponsor": holder}).sponsor_id == holder.pk


def test_the_role_counts_where_the_plan_holds(world: World) -> None:
    with within(world.organization):
        here, there = (TeamFactory.create(parent=world.root_team) for _ in range(2))
        holder = MembershipFactory.create(display_name="Henrik")
        RoleAssignmentFactory.create(membership=holder, role=Role.SPONSOR, team=there)
        actor = acting(world.plo)
        plans.edit_plan(actor=actor, plan=drafted(world, team=here, sponsor=None), changes={"sponsor": world.member})
        other = drafted(world, team=there, sponsor=None)
        with pytest.raises(Refused, match="does not hold the role"):
            plans.edit_plan(actor=actor, plan=other, changes={"sponsor": world.member})


def test_nobody_of_the_office_is_its_sponsor(world: World) -> None:
    with within(world.organization):
        actor, plan = acting(world.plo), drafted(world)
        days = {"starts_on": plan.starts_on, "ends_on": plan.ends_on}
        with pytest.raises(Refused, match="nobody answers what they submit"):
            plans.create_plan(actor=actor, name="Mine", sponsor=world.plo, **days)
        PlanOfficerFactory.create(plan=plan, membership=world.member)
        with pytest.raises(Refused, match="Program Lead Office, and nobody") as refused:
            plans.edit_plan(actor=actor, plan=plan, changes={"sponsor": world.member})
        assert list(refused.value.error_dict) == ["sponsor"]
        assert RolloutPlan.objects.get(pk=plan.pk).sponsor_id == world.lead.pk
        with pytest.raises(Refused, match="is the Sponsor of this plan") as refused:
            plans.add_officer(actor=actor, plan=plan, member=world.lead)
        assert list(refused.value.error_dict) == ["officers"]


def test_who_submits_a_plan_does_not_answer_it(world: World) -> None:
    with within(world.organization):
        plan = drafted(world, sponsor=world.plo)
        with pytest.raises(Refused, match="nobody answers what they submit"):
            states.submit_plan(actor=acting(world.plo), plan=plan)
        states.submit_plan(actor=acting(world.administrator), plan=plan)
        PlanVersion.objects.filter(plan=plan).update(submitted_by=world.plo)
        with pytest.raises(Refused, match=r"somebody else has to answer\. Nobody else holds the role"):
            states.approve_plan(actor=acting(world.plo), plan=plan, number=1)
        PlanVersion.objects.filter(plan=plan).update(submitted_by=world.administrator)
        PlanOfficerFactory.create(plan=plan, membership=world.plo)
        with pytest.raises(Refused, match="somebody else has to answer"):
            states.return_plan(actor=acting(world.plo), plan=plan, number=1, reason="No")
        assert RolloutPlan.objects.get(pk=plan.pk).state == PlanState.SUBMITTED


def test_who_asks_for_money_does_not_answer(world: World) -> None:
    with within(world.organization):
        plan = drafted(world, state=PlanState.APPROVED)
        BudgetLineFactory.create(plan=plan, planned=900)
        version = ask_for_budget(actor=acting(world.plo), plan=plan, reason="More coaches")
        PlanVersion.objects.filter(pk=version.pk).update(submitted_by=world.lead)
        with pytest.raises(Refused, match="somebody else has to answer"):
            approve_budget(actor=acting(world.lead), version=PlanVersion.objects.get(pk=version.pk))


@pytest.mark.parametrize("by", ["page", "api"])
def test_another_sponsor_takes_back_what_waits(by: str, world: World) -> None:
    with within(world.organization):
        plan = drafted(world)
        plan_id = str(plan.pk)
        states.submit_plan(actor=acting(world.plo), plan=plan)
    client: Client = client_of(world.plo)
    if by == "page":
        path = reverse("rollout:plan_edit", args=[world.organization.slug, plan.pk])
        days = {"starts_on": str(plan.starts_on), "ends_on": str(plan.ends_on)}
        values = {"name": plan.name, "goal": plan.goal, "sponsor": world.member.email, **days}
        assert client.post(path, values).status_code == 302
    else:
        path = f"/api/v1/o/{world.organization.slug}/rollout-plans/{plan.pk}/"
        answer = client.patch(path, {"sponsor": str(world.member.pk)}, content_type="application/json")
        assert answer.status_code == 200, answer.content
        assert answer.json()["state"] == "draft"
    with within(world.organization):
        found = RolloutPlan.objects.get(pk=plan.pk)
        assert (found.state, found.sponsor_id) == (PlanState.DRAFT, world.member.pk)
        assert found.state_reason == "The Sponsor changed while this waited."
        version = PlanVersion.objects.get(plan=plan)
        assert (version.state, version.decided_by_id) == (VersionState.WITHDRAWN, world.plo.pk)
        told = Notification.objects.filter(kind="plan_sponsor_changed")
        assert {one.recipient_id for one in told} == {world.lead.pk, world.member.pk}
        assert not Notification.objects.filter(kind="plan_submitted").exists()
        verbs = AuditEntry.objects.filter(object_id=plan_id).values_list("verb", flat=True)
        assert sorted(verbs) == ["changed", "submitted", "withdrawn"]
        with pytest.raises(Refused):
            states.approve_plan(actor=acting(world.member), plan=plan, number=1)


def test_another_sponsor_of_a_running_plan_takes_back_the_budget_that_waits(world: World) -> None:
    with within(world.organization):
        plan = drafted(world, state=PlanState.RUNNING)
        BudgetLineFactory.create(plan=plan, planned=900)
        version = ask_for_budget(actor=acting(world.plo), plan=plan, reason="More coaches")
        plans.edit_plan(actor=acting(world.plo), plan=plan, changes={"sponsor": world.member})
        assert RolloutPlan.objects.get(pk=plan.pk).state == PlanState.RUNNING
        assert PlanVersion.objects.get(pk=version.pk).state == VersionState.WITHDRAWN
        assert Notification.objects.filter(kind="plan_sponsor_changed").count() == 2


def test_a_quiet_draft_changes_its_sponsor_quietly(world: World) -> None:
    with within(world.organization):
        plans.edit_plan(actor=acting(world.plo), plan=drafted(world), changes={"sponsor": world.member})
        assert not Notification.objects.filter(kind="plan_sponsor_changed").exists()


def test_the_api_refuses_whom_the_page_refuses(world: World) -> None:
    with within(world.organization):
        plan = drafted(world)
        RoleAssignmentFactory.create(membership=MembershipFactory.create(), role=Role.SPONSOR)
    client = client_of(world.plo)
    path = f"/api/v1/o/{world.organization.slug}/rollout-plans/{plan.pk}/"
    answer = client.patch(path, {"sponsor": str(world.member.pk)}, content_type="application/json")
    assert answer.status_code == 422
    assert "does not hold the role Sponsor" in answer.content.decode()


@pytest.mark.parametrize("held", [True, False])
def test_the_form_says_who_could_be_it(held: bool, world: World) -> None:
    with within(world.organization):
        plan = drafted(world)
        if held:
            RoleAssignmentFactory.create(membership=MembershipFactory.create(display_name="Henrik"), role=Role.SPONSOR)
    path = reverse("rollout:plan_edit", args=[world.organization.slug, plan.pk])
    page = unescape(client_of(world.plo).get(path).content.decode())
    assert ("One of those who hold the role Sponsor here: Henrik." in page) is held
    assert ("Nobody holds the role Sponsor here yet" in page) is not held
