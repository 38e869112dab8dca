"""Steps of a plan that the product knows to be reached: set by what is done, whatever language the plan is in."""

import pytest
from django.utils import translation

from organizations.actor import Actor
from organizations.enums import Via
from organizations.models import AuditEntry, Membership
from rollout.blueprints.known import PILOT_FIRST
from rollout.domain.part import edit_part
from rollout.domain.pilot_decision import decide_pilot
from rollout.domain.plan_from_blueprint import create_from_blueprint
from rollout.domain.plan_state import approve_plan, rework_plan, start_plan, submit_plan
from rollout.enums import Gate, PhaseKind, TaskStatus, Verdict
from rollout.models import Criterion, PlanMilestone, PlanPhase, PlanTask, RolloutPlan
from tests.factories.worlds import World, within
from tests.rollout.test_steps import FIRST


def acting(member: Membership) -> Actor:
    return Actor(Membership.objects.get(pk=member.pk), via=Via.WEB)


def approved(world: World, language: str = "en") -> RolloutPlan:
    """Return a plan from a blueprint that was made in a language and approved in English."""
    office = acting(world.plo)
    with translation.override(language):
        plan = create_from_blueprint(
            actor=office, blueprint=PILOT_FIRST, name="Go", starts_on=FIRST, sponsor=world.lead, goal="Why"
        )
    submit_plan(actor=office, plan=plan)
    return approve_plan(actor=acting(world.lead), plan=plan, number=1)


def standing(plan: RolloutPlan, kind: PhaseKind, gate: Gate) -> list[bool | None]:
    rows = Criterion.objects.filter(phase__plan=plan, phase__kind=kind, gate=gate)
    return list(rows.order_by("created_at", "pk").values_list("is_met", flat=True))


@pytest.mark.parametrize("language", ["en", "de", "sv"])
def test_an_approved_plan_has_reached_its_approval(world: World, language: str) -> None:
    with within(world.organization):
        plan = approved(world, language)
        reached = PlanMilestone.objects.filter(plan=plan).exclude(reached_on=None)
        assert [one.phase.kind for one in reached] == [PhaseKind.PREPARE]
        assert standing(plan, PhaseKind.PILOT, Gate.ENTRY).count(True) == 1
        judged = Criterion.objects.get(phase__plan=plan, is_met=True)
        assert judged.judged_by == world.lead
        done = PlanTask.objects.filter(plan=plan, status=TaskStatus.DONE)
        assert [task.activity for task in done] == ["rollout_budget"]
        traced = AuditEntry.objects.filter(object_id__in=[str(one.pk) for one in (judged, *reached, *done)])
        assert sorted(traced.values_list("verb", flat=True)) == ["changed", "changed", "judged"]
        rework_plan(actor=acting(world.plo), plan=plan)
        assert not PlanMilestone.objects.filter(plan=plan).exclude(reached_on=None).exists()
        assert not Criterion.objects.filter(phase__plan=plan, is_met=True).exists()


def test_a_decision_about_the_pilot_reaches_what_waits_for_it(world: World) -> None:
    with within(world.organization):
        plan = approved(world)
        start_plan(actor=acting(world.plo), plan=plan)
        pilot = PlanPhase.objects.get(plan=plan, kind=PhaseKind.PILOT)
        decide_pilot(actor=acting(world.lead), phase=pilot, verdict=Verdict.ADJUST, reason="Not yet")
        milestones = PlanMilestone.objects.filter(phase=pilot).order_by("due_on")
        assert [one.reached_on is not None for one in milestones] == [False, True]
        assert PlanTask.objects.get(phase=pilot, activity="rollout_pilot").status == TaskStatus.DONE
        assert standing(plan, PhaseKind.EXPAND, Gate.ENTRY) == [False]
        decide_pilot(actor=acting(world.lead), phase=pilot, verdict=Verdict.GO, reason="Now")
        assert standing(plan, PhaseKind.EXPAND, Gate.ENTRY) == [True]


def test_what_somebody_worded_anew_is_theirs(world: World) -> None:
    with within(world.organization):
        office = acting(world.plo)
        plan = create_from_blueprint(
            actor=office, blueprint=PILOT_FIRST, name="Go", starts_on=FIRST, sponsor=world.lead, goal="Why"
        )
        milestone = PlanMilestone.objects.filter(plan=plan).earliest("due_on")
        edit_part(actor=office, part=milestone, changes={"title": "The works council agrees"})
        submit_plan(actor=office, plan=plan)
        approve_plan(actor=acting(world.lead), plan=plan, number=1)
        milestone.refresh_from_db()
        assert milestone.reached_on is None
