"""Days in years that nobody means: refused at their fields, before a timeline has to draw them."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from organizations.actor import Actor
from organizations.enums import Via
from organizations.errors import Refused
from organizations.models import Membership
from rollout.blueprints.fitting import TimeOff
from rollout.blueprints.known import PILOT_FIRST
from rollout.days import AROUND
from rollout.domain.escalation import raise_escalation
from rollout.domain.part import add_part, edit_part, remove_part, restore_part
from rollout.domain.plan import create_plan, edit_plan
from rollout.domain.plan_from_blueprint import create_from_blueprint
from rollout.domain.shift import shift_phase, shift_task
from rollout.domain.stakeholder import add_stakeholder, note_attitude
from rollout.models import PlanMilestone, PlanPhase, PlanTask, RolloutPlan, Wave
from tests.factories.rollout import PlanPhaseFactory, PlanTaskFactory, RolloutPlanFactory
from tests.factories.worlds import World, client_of, within

DAY = date(2027, 1, 4)
FAR = [date(27, 1, 4), date(9999, 12, 31)]


def acting(member: Membership) -> Actor:
    return Actor(Membership.objects.get(pk=member.pk), via=Via.WEB)


@pytest.mark.parametrize("far", FAR)
def test_a_day_far_off_is_refused_at_its_field(far: date, world: World) -> None:
    with within(world.organization):
        actor, plan, phase = acting(world.plo), world.plan, world.plan_phase
        span = {"starts_on": min(far, DAY), "ends_on": max(far, DAY)}
        at = "starts_on" if far < DAY else "ends_on"
        task = {"phase": phase, "title": "A task", "starts_on": min(far, DAY), "due_on": max(far, DAY)}
        refused: list[tuple[str, Any]] = [
            (at, lambda: create_plan(actor=actor, name="A plan", **span)),
            (at, lambda: edit_plan(actor=actor, plan=plan, changes=span)),
            (at, lambda: add_part(actor=actor, plan=plan, part=PlanPhase(kind="pilot", **span))),
            ("starts_on", lambda: add_part(actor=actor, plan=plan, part=Wave(phase=phase, name="W", starts_on=far))),
            ("starts_on" if far < DAY else "due_on", lambda: add_part(actor=actor, plan=plan, part=PlanTask(**task))),
            (
                "due_on",
                lambda: add_part(actor=actor, plan=plan, part=PlanMilestone(phase=phase, title="M", due_on=far)),
            ),
            ("starts_on", lambda: edit_part(actor=actor, part=world.plan_phase, changes={"starts_on": FAR[0]})),
            ("next_contact_on", lambda: add_stakeholder(actor=actor, plan=plan, group="All", next_contact_on=far)),
            (
                "due_on",
                lambda: raise_escalation(actor=actor, plan=plan, title="T", difficulty="D", request="R", due_on=far),
            ),
        ]
        RolloutPlan.objects.filter(pk=plan.pk).update(sponsor=world.lead)
        for field, write in refused:
            with pytest.raises(Refused, match="Is the year right") as error:
                write()
            assert list(error.value.error_dict) == [field]


def test_an_attitude_is_not_of_another_age(world: World) -> None:
    with within(world.organization):
        actor = acting(world.plo)
        row = add_stakeholder(actor=actor, plan=world.plan, group="All")
        with pytest.raises(Refused, match="Is the year right"):
            note_attitude(actor=actor, stakeholder=row, attitude="for", on=FAR[0])


def test_a_blueprint_begins_in_a_year_that_can_be(world: World) -> None:
    with within(world.organization):
        fit = {"actor": acting(world.plo), "blueprint": PILOT_FIRST, "name": "A plan"}
        for far in FAR:
            with pytest.raises(Refused, match="Is the year right"):
                create_from_blueprint(**fit, starts_on=far)
        off = [TimeOff(date(2027, 1, 1), date(2999, 12, 31))]
        with pytest.raises(Refused, match="Nobody would work") as error:
            create_from_blueprint(**fit, starts_on=DAY, time_off=off)
        assert list(error.value.error_dict) == ["time_off"]


@pytest.mark.parametrize("blueprint", ["pilot_first", "empty"])
def test_the_form_of_a_new_plan_says_so(blueprint: str, world: World) -> None:
    values = {"blueprint": blueprint, "name": "A plan", "starts_on": "9999-12-31"}
    answer = client_of(world.plo).post(reverse("rollout:plan_create", args=["acme"]), values)
    assert answer.status_code == 422
    assert "Is the year right?" in answer.content.decode()


def test_a_phase_is_not_moved_out_of_time(world: World) -> None:
    with within(world.organization):
        edge = {"starts_on": date(2199, 12, 1), "ends_on": date(2199, 12, 31)}
        PlanPhase.objects.filter(pk=world.plan_phase.pk).update(**edge)
        with pytest.raises(Refused, match="That is too far"):
            shift_phase(actor=acting(world.plo), phase=world.plan_phase, days=1, also_following=False)
        shift_phase(actor=acting(world.plo), phase=world.plan_phase, days=-1, also_following=False)


def test_what_belongs_to_a_plan_stays_within_a_year_of_it(world: World) -> None:
    first, last = date(2027, 1, 4), date(2027, 3, 26)
    with within(world.organization):
        actor, plan = acting(world.plo), RolloutPlanFactory.create(starts_on=first, ends_on=last)
        phase = PlanPhaseFactory.create(plan=plan, starts_on=first, ends_on=last)
        names = "The plan lasts from 01/04/2027 to 03/26/2027"

        def refused(part: Any, field: str) -> None:
            with pytest.raises(Refused, match=names) as error:
                add_part(actor=actor, plan=plan, part=part)
            assert list(error.value.error_dict) == [field]

        too_early, too_late = first - AROUND - timedelta(days=1), last + AROUND + timedelta(days=1)
        task = {"phase": phase, "title": "A task"}
        refused(PlanTask(**task, starts_on=too_early, due_on=last), "starts_on")
        refused(PlanTask(**task, starts_on=first, due_on=too_late), "due_on")
        refused(PlanMilestone(phase=phase, title="M", due_on=too_late), "due_on")
        refused(PlanMilestone(phase=phase, title="M", due_on=last, reached_on=too_early), "reached_on")
        refused(PlanPhase(kind="pilot", starts_on=first, ends_on=too_late), "ends_on")
        refused(Wave(phase=phase, name="W", starts_on=too_late), "starts_on")
        made = add_part(actor=actor, plan=plan, part=PlanTask(**task, starts_on=first - AROUND, due_on=last + AROUND))
        with pytest.raises(Refused, match=names):
            edit_part(actor=actor, part=made, changes={"due_on": too_late})
        # The year counts from the plan as it is now, and what stands already is no obstacle.
        edit_plan(actor=actor, plan=plan, changes={"ends_on": last + timedelta(days=1)})
        edit_part(actor=actor, part=made, changes={"due_on": too_late})
        edit_plan(actor=actor, plan=plan, changes={"ends_on": last})
        assert edit_part(actor=actor, part=made, changes={"title": "Another"}).due_on == too_late
        remove_part(actor=actor, part=made)
        assert restore_part(actor=actor, model=PlanTask, part_id=made.pk).due_on == too_late


def test_a_task_is_not_moved_further_from_the_plan(world: World) -> None:
    with within(world.organization):
        actor = acting(world.plo)
        plan = RolloutPlanFactory.create(starts_on=date(2027, 1, 4), ends_on=date(2027, 3, 26))
        phase = PlanPhaseFactory.create(plan=plan, starts_on=plan.starts_on, ends_on=plan.ends_on)
        task = PlanTaskFactory.create(phase=phase, starts_on=plan.starts_on, due_on=plan.ends_on)
        for days in (400, -400):
            with pytest.raises(Refused, match=r"too far\. The plan lasts from 01/04/2027") as error:
                shift_task(actor=actor, task=task, days=days, also_waiting=False)
            assert list(error.value.error_dict) == ["days"]
        # One that is far off already can come nearer.
        PlanTask.objects.filter(pk=task.pk).update(due_on=date(2150, 1, 1))
        (moved,) = shift_task(actor=actor, task=task, days=-7, also_waiting=False)
        assert moved.due_on.year == 2149
