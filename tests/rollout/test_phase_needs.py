"""What a phase waits for: tasks that must be done, milestones that must be reached."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from organizations.errors import Refused
from organizations.models import AuditEntry
from rollout.domain.dependency import set_needed, set_phase_needed
from rollout.domain.part import edit_part, remove_part
from rollout.enums import PhaseKind, TaskStatus
from rollout.models import PhaseDependency, PlanMilestone, PlanPhase, PlanTask, RolloutPlan
from rollout.queries.timeline import timeline_of
from tests.factories.rollout import PlanMilestoneFactory, PlanPhaseFactory, PlanTaskFactory, RolloutPlanFactory
from tests.factories.worlds import World, client_of, within
from tests.queries import exactly
from tests.told import acting

pytestmark = pytest.mark.django_db


@pytest.fixture
def inside(world: World) -> Iterator[World]:
    with within(world.organization):
        yield world


@pytest.fixture
def phases(inside: World) -> tuple[PlanPhase, PlanPhase]:
    """A pilot, and a phase that begins ten days from today."""
    plan = RolloutPlanFactory.create()
    day = timezone.localdate() + timedelta(days=10)
    pilot = PlanPhaseFactory.create(plan=plan, own_name="Pilot here")
    return pilot, PlanPhaseFactory.create(plan=plan, kind=PhaseKind.EXPAND, own_name="Expand here", starts_on=day)


def a_task(phase: PlanPhase, title: str, days: int = 0) -> PlanTask:
    day = timezone.localdate() + timedelta(days=days)
    made: PlanTask = PlanTaskFactory.create(phase=phase, title=title, starts_on=day, due_on=day)
    return made


def a_milestone(phase: PlanPhase, title: str, days: int = 0) -> PlanMilestone:
    day = timezone.localdate() + timedelta(days=days)
    made: PlanMilestone = PlanMilestoneFactory.create(phase=phase, title=title, due_on=day)
    return made


def marks(plan: RolloutPlan) -> dict[str, tuple[list[str], list[str]]]:
    """Return of each phase what it waits for, and what of that comes too late."""
    lanes = timeline_of(plan, timezone.localdate()).lanes
    return {
        str(lane.phase.thing): (
            [str(one) for one in lane.phase.waits_for],
            [str(one) for one in lane.phase.violated],
        )
        for lane in lanes
    }


def test_the_timeline_marks_a_phase_that_begins_too_early(inside: World, phases: tuple[PlanPhase, PlanPhase]) -> None:
    pilot, expand = phases
    task, milestone = a_task(pilot, "In time", 9), a_milestone(pilot, "Too late", 10)
    set_phase_needed(actor=acting(inside.plo), phase=expand, tasks=[task], milestones=[milestone])
    assert marks(pilot.plan) == {"Pilot here": ([], []), "Expand here": (["In time", "Too late"], ["Too late"])}
    assert timeline_of(pilot.plan, timezone.localdate()).violations == 1
    edit_part(actor=acting(inside.plo), part=milestone, changes={"reached_on": timezone.localdate()})
    edit_part(actor=acting(inside.plo), part=task, changes={"due_on": timezone.localdate() + timedelta(days=30)})
    assert marks(pilot.plan)["Expand here"][1] == ["In time"]
    edit_part(actor=acting(inside.plo), part=task, changes={"status": TaskStatus.DONE})
    assert timeline_of(pilot.plan, timezone.localdate()).violations == 0


def test_what_it_waits_for_is_set_as_a_whole_and_recorded_once(
    inside: World, phases: tuple[PlanPhase, PlanPhase]
) -> None:
    pilot, expand = phases
    task, milestone = a_task(pilot, "Decide"), a_milestone(pilot, "Decided")
    for _time in range(2):
        set_phase_needed(actor=acting(inside.plo), phase=expand, tasks=[task], milestones=[milestone])
    set_phase_needed(actor=acting(inside.plo), phase=expand, milestones=[milestone])
    assert [row.milestone for row in PhaseDependency.objects.filter(phase=expand)] == [milestone]
    entries = AuditEntry.objects.filter(object_id=expand.pk, verb="changed").order_by("at", "pk")
    assert [(one.before, one.after) for one in entries] == [
        ({"needs": []}, {"needs": ["Decide", "Decided"]}),
        ({"needs": ["Decide", "Decided"]}, {"needs": ["Decided"]}),
    ]


def test_circles_are_refused_by_name(inside: World, phases: tuple[PlanPhase, PlanPhase]) -> None:
    pilot, expand = phases
    office = acting(inside.plo)
    own = a_task(expand, "Own task")
    with pytest.raises(Refused, match="“Expand here” → “Own task” → “Expand here”"):
        set_phase_needed(actor=office, phase=expand, tasks=[own])
    decide = a_task(pilot, "Decide")
    set_phase_needed(actor=office, phase=expand, tasks=[decide])
    with pytest.raises(Refused, match="circle"):
        set_phase_needed(actor=office, phase=pilot, tasks=[own])
    with pytest.raises(Refused, match="“Decide” → “Own task” → “Expand here” → “Decide”"):
        set_needed(actor=office, task=decide, needed=[own])
    with pytest.raises(Refused) as refused:
        edit_part(actor=office, part=decide, changes={"phase": expand})
    assert "phase" in refused.value.error_dict
    set_needed(actor=office, task=own, needed=[decide])
    edit_part(actor=office, part=decide, changes={"title": "Decide at last"})


def test_what_a_phase_waits_for_stays(inside: World, phases: tuple[PlanPhase, PlanPhase]) -> None:
    pilot, expand = phases
    office = acting(inside.plo)
    task, milestone = a_task(pilot, "Decide"), a_milestone(pilot, "Decided")
    set_phase_needed(actor=office, phase=expand, tasks=[task], milestones=[milestone])
    for part in (task, milestone):
        with pytest.raises(Refused, match="“Expand here” waits for this"):
            remove_part(actor=office, part=part)
    with pytest.raises(Refused, match="waits for something"):
        remove_part(actor=office, part=expand)
    set_phase_needed(actor=office, phase=expand)
    for part in (task, milestone, expand):
        remove_part(actor=office, part=part)


def test_another_plan_is_no_reason_to_wait(inside: World, phases: tuple[PlanPhase, PlanPhase]) -> None:
    elsewhere = PlanPhaseFactory.create()
    with pytest.raises(Refused, match="of this plan"):
        set_phase_needed(actor=acting(inside.plo), phase=phases[1], tasks=[a_task(elsewhere, "Elsewhere")])


@pytest.mark.parametrize("number", [1, 50])
def test_the_timeline_costs_the_same(inside: World, phases: tuple[PlanPhase, PlanPhase], number: int) -> None:
    pilot, expand = phases
    tasks = [a_task(pilot, f"Task {one}") for one in range(number)]
    set_phase_needed(actor=acting(inside.plo), phase=expand, tasks=tasks)
    with exactly(6):
        assert len(marks(pilot.plan)["Expand here"][0]) == number


def test_the_form_and_the_mark(world: World) -> None:
    with within(world.organization):
        plan = RolloutPlanFactory.create()
        pilot, expand = PlanPhaseFactory.create(plan=plan), PlanPhaseFactory.create(plan=plan, kind=PhaseKind.EXPAND)
        task, own = a_task(pilot, "Look back", 20), a_task(expand, "Own task")
    client, address = client_of(world.plo), reverse("rollout:phase_needs", args=["acme", expand.pk])
    text = client.get(address).content.decode()
    assert [title in text for title in ("Look back", "Own task")] == [True, False]
    assert client.post(address, {"tasks": [str(own.pk)]}).status_code == 422
    assert client.post(address, {"tasks": [str(task.pk)]}).status_code == 302
    timeline = client.get(reverse("rollout:plan_timeline", args=["acme", plan.pk])).content.decode()
    assert "Waits for Look back, which is due too late" in timeline
    assert "1 step is to begin before something it waits for is due." in timeline


def test_two_who_choose_what_a_phase_waits_for_lose_nothing(world: World) -> None:
    with within(world.organization):
        plan = RolloutPlanFactory.create()
        pilot, expand = PlanPhaseFactory.create(plan=plan), PlanPhaseFactory.create(plan=plan, kind=PhaseKind.EXPAND)
        known, hers = a_task(pilot, "Known", 1), a_task(pilot, "Hers", 1)
        mine = a_milestone(pilot, "Mine", 1)
        set_phase_needed(actor=acting(world.plo), phase=expand, tasks=[known])
    client, address = client_of(world.plo), reverse("rollout:phase_needs", args=["acme", expand.pk])
    assert f'name="initial-needs" value="{known.pk}"' in client.get(address).content.decode()
    with within(world.organization):
        set_phase_needed(actor=acting(world.plo), phase=expand, tasks=[known, hers])
    values = {"initial-needs": [str(known.pk)], "tasks": [], "milestones": [str(mine.pk)]}
    answer = client.post(address, values, follow=True)
    assert "Meanwhile others added: Hers." in answer.content.decode()
    with within(world.organization):
        assert {row.needed for row in PhaseDependency.objects.filter(phase=expand)} == {hers, mine}
