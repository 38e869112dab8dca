"""Who hears that barriers are collected, that one is theirs, and what was decided about a pilot."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse

from okrapp.notifications.models import Notification
from organizations.enums import Role
from organizations.errors import Refused
from organizations.models import Membership, Team
from rollout import readiness_permissions
from rollout.domain.barrier import answer_barrier, remove_barrier
from rollout.domain.barrier_collection import close_collection, open_collection
from rollout.domain.pilot_decision import decide_pilot
from rollout.enums import BarrierState, PhaseKind, PlanState, Verdict
from rollout.models import BarrierCollection, RolloutPlan, Wave
from rollout.queries.asked import asked_ids
from rollout.queries.audience import asked_plan_ids, asking_plans, is_asked
from tests.api.conftest import program  # noqa: F401 # a fixture
from tests.factories.organizations import TeamFactory, TeamMembershipFactory
from tests.factories.roles import RoleAssignmentFactory
from tests.factories.rollout import (
    BarrierFactory,
    PlanOfficerFactory,
    PlanPhaseFactory,
    RolloutPlanFactory,
    WaveFactory,
    WaveTeamFactory,
)
from tests.factories.worlds import World, client_of, make_member, within
from tests.queries import exactly
from tests.told import acting, still_true, told

pytestmark = pytest.mark.django_db

ASKED, GIVEN, DECIDED = "barriers_asked", "barrier_given", "pilot_decided"


@pytest.fixture
def inside(world: World) -> Iterator[World]:
    with within(world.organization):
        BarrierCollection.objects.all().delete()
        yield world


@pytest.fixture
def plan(inside: World) -> RolloutPlan:
    made: RolloutPlan = RolloutPlanFactory.create(name="Two waves", sponsor=inside.lead, state=PlanState.DRAFT)
    return made


def fresh(plan: RolloutPlan) -> RolloutPlan:
    found: RolloutPlan = RolloutPlan.objects.get(pk=plan.pk)
    return found


def wave_with(plan: RolloutPlan, *teams: Team, name: str = "Pilot wave") -> Wave:
    wave: Wave = WaveFactory.create(plan=plan, phase=PlanPhaseFactory.create(plan=plan), name=name)
    for team in teams:
        WaveTeamFactory.create(wave=wave, plan=plan, team=team)
    return wave


@pytest.fixture
def team(inside: World) -> Team:
    """A team with one below it, each with a member; the upper one with a lead."""
    made: Team = TeamFactory.create(name="Upper", slug="upper", lead=make_member("Lea Lead", "lea@acme"))
    below = TeamFactory.create(name="Below", slug="below", parent=made)
    TeamMembershipFactory.create(team=made, membership=make_member("Ute Upper", "ute@acme"))
    TeamMembershipFactory.create(team=below, membership=make_member("Bo Below", "bo@acme"))
    return made


def named(*names: str) -> set[Any]:
    return {Membership.objects.get(display_name=name).pk for name in names}


def test_everybody_is_told_once_when_it_opens(plan: RolloutPlan, inside: World) -> None:
    office = acting(inside.plo)
    open_collection(actor=office, plan=plan, for_everybody=False, roles=[Role.COACH])
    everybody = {one.pk for one in Membership.objects.active().filter(user__isnull=False)} - {inside.plo.pk}
    open_collection(actor=office, plan=plan, for_everybody=True)
    assert told(ASKED) == still_true(ASKED) == everybody
    open_collection(actor=office, plan=plan, for_everybody=False, roles=[Role.COACH])
    open_collection(actor=office, plan=plan, for_everybody=True)
    assert Notification.objects.filter(kind=ASKED).count() == len(everybody)
    close_collection(actor=office, plan=plan)
    assert told(ASKED) == set(), "closed before anybody heard of it"
    open_collection(actor=office, plan=plan, for_everybody=True)
    assert told(ASKED) == everybody, "it was opened anew"


def test_what_is_closed_or_for_others_by_now_is_not_sent(plan: RolloutPlan, inside: World) -> None:
    coach = make_member("Cora Coach", "cora@acme")
    RoleAssignmentFactory.create(membership=coach, role=Role.COACH)
    open_collection(actor=acting(inside.plo), plan=plan, for_everybody=False, roles=[Role.COACH])
    assert coach.pk in told(ASKED)
    assert inside.administrator.pk not in told(ASKED)
    assert coach.pk in still_true(ASKED)
    BarrierCollection.objects.update(roles=[Role.SPONSOR])
    assert coach.pk not in still_true(ASKED)
    BarrierCollection.objects.update(roles=[Role.COACH])
    RolloutPlan.objects.filter(pk=plan.pk).update(state=PlanState.STOPPED)
    assert still_true(ASKED) == set()


def test_the_teams_of_a_wave_are_asked(plan: RolloutPlan, inside: World, team: Team) -> None:
    wave, other = wave_with(plan, team), wave_with(plan, name="Next wave")
    collection = open_collection(actor=acting(inside.plo), plan=plan, for_everybody=False, waves=[wave])
    members = named("Lea Lead", "Ute Upper", "Bo Below")
    assert asked_ids(collection) == told(ASKED) == still_true(ASKED) == members
    bo, stranger = acting(Membership.objects.get(display_name="Bo Below")), acting(inside.member)
    assert is_asked(bo, fresh(plan))
    assert readiness_permissions.see_readiness(bo, fresh(plan))
    assert not is_asked(stranger, fresh(plan))
    assert (asked_plan_ids(bo), asking_plans(bo)) == ([plan.pk], [plan])
    assert (asked_plan_ids(stranger), asking_plans(stranger)) == ([], [])
    open_collection(actor=acting(inside.plo), plan=plan, for_everybody=False, waves=[other], roles=[Role.SPONSOR])
    assert still_true(ASKED) == set()
    assert not is_asked(acting(bo.membership), fresh(plan))


def test_a_wave_of_another_plan_and_nobody_at_all_are_refused(plan: RolloutPlan, inside: World) -> None:
    elsewhere = WaveFactory.create()
    with pytest.raises(Refused) as refused:
        open_collection(actor=acting(inside.plo), plan=plan, for_everybody=False, waves=[elsewhere])
    assert "waves" in refused.value.error_dict
    with pytest.raises(Refused, match="Say who is asked"):
        open_collection(actor=acting(inside.plo), plan=plan, for_everybody=False)


def test_of_a_part_its_members_and_those_whose_role_reaches_it(inside: World, team: Team) -> None:
    part = RolloutPlanFactory.create(team=team, state=PlanState.DRAFT)
    near, far = make_member("Nina Near", "nina@acme"), make_member("Fritz Far", "fritz@acme")
    RoleAssignmentFactory.create(membership=near, role=Role.COACH, team=team)
    RoleAssignmentFactory.create(
        membership=far, role=Role.COACH, team=TeamFactory.create(name="Elsewhere", slug="elsewhere")
    )
    collection = open_collection(actor=acting(inside.plo), plan=part, for_everybody=True)
    found = asked_ids(collection)
    assert named("Lea Lead", "Ute Upper", "Bo Below", "Nina Near") <= found
    assert found == {one.pk for one in Membership.objects.active() if is_asked(acting(one), fresh(part))}
    collection = open_collection(actor=acting(inside.plo), plan=part, for_everybody=False, roles=[Role.COACH])
    assert asked_ids(collection) == named("Nina Near") | {
        one.pk for one in Membership.objects.active() if is_asked(acting(one), fresh(part))
    }


@pytest.mark.parametrize("number", [1, 50])
def test_being_asked_costs_the_same_with_any_number(inside: World, team: Team, number: int) -> None:
    for _one in range(number):
        plan = RolloutPlanFactory.create(state=PlanState.DRAFT)
        open_collection(actor=acting(inside.plo), plan=plan, for_everybody=False, waves=[wave_with(plan, team)])
    bo = acting(Membership.objects.get(display_name="Bo Below"))
    assert bo.roles == ()
    with exactly(5):
        assert len(asking_plans(bo)) == number
    with exactly(4):
        assert len(asked_plan_ids(bo)) == number
    with exactly(6):
        asked_ids(BarrierCollection.objects.select_related("plan").latest("pk"))


def test_whoever_looks_after_a_barrier_is_told_and_reads_it(plan: RolloutPlan, inside: World) -> None:
    office = acting(inside.plo)
    open_collection(actor=office, plan=plan, for_everybody=False, roles=[Role.SPONSOR])
    barrier = BarrierFactory.create(plan=plan, text="Nobody has time")
    assert not is_asked(acting(inside.member), fresh(plan))
    barrier = answer_barrier(actor=office, barrier=barrier, changes={"owner": inside.member})
    assert told(GIVEN) == still_true(GIVEN) == {inside.member.pk}
    assert "Nobody has time" not in str(Notification.objects.get(kind=GIVEN).facts)
    assert is_asked(acting(inside.member), fresh(plan))
    assert asked_plan_ids(acting(inside.member)) == [plan.pk]
    answer_barrier(actor=office, barrier=barrier, changes={"answer": "Fridays are free."})
    assert Notification.objects.filter(kind=GIVEN).count() == 1
    answer_barrier(actor=office, barrier=barrier, changes={"owner": inside.administrator})
    assert told(GIVEN) == {inside.administrator.pk}
    answer_barrier(actor=office, barrier=barrier, changes={"state": BarrierState.SOLVED})
    assert still_true(GIVEN) == set()
    remove_barrier(actor=office, barrier=barrier)
    assert told(GIVEN) == set()


def test_sponsor_and_office_hear_what_was_decided_about_a_pilot(inside: World) -> None:
    plan = RolloutPlanFactory.create(sponsor=inside.lead)
    for member in (inside.plo, inside.member):
        PlanOfficerFactory.create(plan=plan, membership=member)
    pilot = PlanPhaseFactory.create(plan=plan, kind=PhaseKind.PILOT)
    decide_pilot(actor=acting(inside.plo), phase=pilot, verdict=Verdict.ADJUST, reason="Fewer meetings.")
    assert told(DECIDED) == still_true(DECIDED) == {inside.lead.pk, inside.member.pk}
    decide_pilot(actor=acting(inside.lead), phase=pilot, verdict=Verdict.GO, reason="It works.")
    assert told(DECIDED) == {inside.lead.pk, inside.member.pk, inside.plo.pk}
    assert still_true(DECIDED) == {inside.member.pk, inside.plo.pk}, "of the first nobody needs to hear any more"


def test_waves_are_chosen_in_the_form_and_through_the_api(world: World, program: Any) -> None:  # noqa: F811
    with within(world.organization):
        BarrierCollection.objects.all().delete()
        wave = wave_with(world.plan)
    client, address = client_of(world.plo), reverse("rollout:collection_edit", args=["acme", world.plan.pk])
    assert "Pilot wave" in client.get(address).content.decode()
    answer = client.post(address, {"asked": "roles", "waves": [str(wave.pk)]})
    assert answer.status_code == 302
    page = client.get(reverse("rollout:plan_readiness", args=["acme", world.plan.pk])).content.decode()
    assert "Pilot wave" in page
    office = program(world.plo)
    found = office.get("barrier-collections/", plan=world.plan.pk)["results"]
    assert [one["waves"] for one in found] == [[str(wave.pk)]]
    body = {"plan": str(world.plan.pk), "roles": ["coach"], "waves": []}
    assert office.write("POST", "barrier-collections/", body, status=201)["waves"] == []
