"""Phases, tasks and what they wait for: circles, moving in time, the timeline, and undo."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from organizations.actor import Actor
from organizations.domain.removed import NeverRemoved
from organizations.enums import Via
from organizations.errors import Refused
from organizations.models import AuditEntry, Membership
from organizations.queries.audit import lines_of
from rollout.domain.criterion import judge_criterion
from rollout.domain.dependency import set_needed
from rollout.domain.part import add_part, edit_part, remove_part, restore_part
from rollout.domain.shift import shift_phase, shift_task
from rollout.domain.shift_undo import take_shift_back
from rollout.models import Criterion, PlanMilestone, PlanPhase, PlanTask, RolloutPlan, TaskDependency
from rollout.queries.timeline import COLUMNS, timeline_of
from tests.factories.rollout import (
    PlanMilestoneFactory,
    PlanPhaseFactory,
    PlanTaskFactory,
    RolloutPlanFactory,
    WaveFactory,
)
from tests.factories.worlds import World, client_of, within

FIRST, LAST = date(2027, 1, 4), date(2027, 3, 26)


def acting(member: Membership) -> Actor:
    return Actor(Membership.objects.get(pk=member.pk), via=Via.WEB)


def a_phase(**fields: object) -> PlanPhase:
    plan = RolloutPlanFactory.create(starts_on=FIRST, ends_on=LAST)
    phase: PlanPhase = PlanPhaseFactory.create(**{"plan": plan, "starts_on": FIRST, "ends_on": LAST, **fields})
    return phase


def a_task(phase: PlanPhase, title: str, first: int, last: int, **fields: object) -> PlanTask:
    """Return a task from one day of its phase to another."""
    days = {"starts_on": phase.starts_on + timedelta(days=first), "due_on": phase.starts_on + timedelta(days=last)}
    task: PlanTask = PlanTaskFactory.create(phase=phase, title=title, **days, **fields)
    return task


def test_a_circle_is_refused_by_name(world: World) -> None:
    with within(world.organization):
        actor, phase = acting(world.plo), a_phase()
        a, b, c = (a_task(phase, title, 0, 5) for title in "ABC")
        set_needed(actor=actor, task=a, needed=[b])
        set_needed(actor=actor, task=b, needed=[c])
        with pytest.raises(Refused) as refused:
            set_needed(actor=actor, task=c, needed=[a])
        assert "“C” → “A” → “B” → “C”" in refused.value.messages[0]
        with pytest.raises(Refused, match="“A” → “A”"):
            set_needed(actor=actor, task=a, needed=[a])
        assert TaskDependency.objects.filter(task=c).count() == 0


def test_a_task_of_another_plan_is_no_dependency(world: World) -> None:
    with within(world.organization):
        task, other = a_task(a_phase(), "Here", 0, 1), a_task(a_phase(), "There", 0, 1)
        with pytest.raises(Refused, match="tasks of this plan"):
            set_needed(actor=acting(world.plo), task=task, needed=[other])


def test_shifting_a_phase_takes_along_what_is_open_in_it(world: World) -> None:
    with within(world.organization):
        phase = a_phase()
        later = PlanPhaseFactory.create(plan=phase.plan, kind="expand", starts_on=LAST, ends_on=LAST)
        open_task = a_task(phase, "Open", 0, 5)
        done = a_task(phase, "Done", 0, 5, status="done")
        waiting = a_task(later, "Waiting", 0, 5)
        elsewhere = a_task(later, "Elsewhere", 0, 5)
        set_needed(actor=acting(world.plo), task=waiting, needed=[open_task])
        reached = PlanMilestoneFactory.create(phase=phase, due_on=FIRST, reached_on=FIRST)
        ahead = PlanMilestoneFactory.create(phase=phase, due_on=LAST)
        wave = WaveFactory.create(phase=phase, starts_on=FIRST)
        shift_phase(actor=acting(world.plo), phase=phase, days=7, also_following=False)

        def days(row: PlanTask) -> int:
            return (PlanTask.objects.get(pk=row.pk).starts_on - row.starts_on).days

        assert [days(row) for row in (open_task, done, waiting, elsewhere)] == [7, 0, 0, 0]
        assert PlanMilestone.objects.get(pk=reached.pk).due_on == FIRST
        assert PlanMilestone.objects.get(pk=ahead.pk).due_on == LAST + timedelta(days=7)
        wave.refresh_from_db()
        assert wave.starts_on == FIRST + timedelta(days=7)
        plan = RolloutPlan.objects.get(pk=phase.plan_id)
        assert plan.ends_on == LAST + timedelta(days=7), "the plan stretches"
        moved = shift_phase(actor=acting(world.plo), phase=phase, days=-7, also_following=True)
        assert {one.pk for one in moved.phases} == {phase.pk, later.pk}
        assert [days(row) for row in (open_task, done, waiting, elsewhere)] == [0, 0, -7, -7]
        with pytest.raises(Refused):
            shift_phase(actor=acting(world.plo), phase=phase, days=0, also_following=True)


def test_a_move_is_taken_back_exactly(world: World) -> None:
    with within(world.organization):
        office, phase = acting(world.plo), a_phase()
        moved, edited, gone = (a_task(phase, title, 0, 5) for title in ("Moved", "Edited", "Gone"))
        done = a_task(phase, "Done", 0, 5, status="done")
        milestone = PlanMilestoneFactory.create(phase=phase, due_on=LAST)
        wave = WaveFactory.create(phase=phase, starts_on=FIRST)
        shift_phase(actor=office, phase=phase, days=5, also_following=True)
        moved.refresh_from_db()
        assert moved.starts_on == FIRST + timedelta(days=7), "a Monday, and no Saturday"
        edit_part(actor=office, part=PlanTask.objects.get(pk=edited.pk), changes={"due_on": LAST})
        remove_part(actor=office, part=gone)
        edit_part(actor=office, part=PlanTask.objects.get(pk=done.pk), changes={"status": "open"})
        for _click in range(2):
            take_shift_back(actor=office, moved=phase)
            for row in (moved, done, milestone, wave, phase):
                row.refresh_from_db()
            assert (moved.starts_on, moved.due_on) == (FIRST, FIRST + timedelta(days=5))
            assert (done.starts_on, milestone.due_on, wave.starts_on) == (FIRST, LAST, FIRST)
            assert (phase.starts_on, phase.ends_on) == (FIRST, LAST)
            edited.refresh_from_db()
            assert edited.due_on == LAST, "what somebody did since stays"
        plan = RolloutPlan.objects.get(pk=phase.plan_id)
        assert (plan.starts_on, plan.ends_on) == (FIRST, LAST), "the plan lasts as long as before"
        entry = AuditEntry.objects.get(object_id=str(phase.pk), verb="shifted")
        assert "along" not in {change.label.lower() for change in lines_of([entry])[0].changes}


def test_only_those_move_along_that_wait_for_it(world: World) -> None:
    with within(world.organization):
        phase = a_phase()
        before = PlanPhaseFactory.create(
            plan=phase.plan, kind="prepare", starts_on=FIRST - timedelta(days=30), ends_on=LAST
        )
        needed = a_task(phase, "Needed", 0, 5)
        second = a_task(before, "Second", 0, 5)
        third = a_task(before, "Third", 0, 5)
        a_task(before, "Independent", 0, 5)
        set_needed(actor=acting(world.plo), task=second, needed=[needed])
        set_needed(actor=acting(world.plo), task=third, needed=[second])
        moved = shift_phase(actor=acting(world.plo), phase=phase, days=3, also_following=True)
        assert {one.title for one in moved.tasks} == {"Needed", "Second", "Third"}
        assert [one.pk for one in moved.phases] == [phase.pk]


def test_the_timeline_marks_what_begins_too_early(world: World) -> None:
    with within(world.organization):
        phase = a_phase()
        needed = a_task(phase, "Needed", 0, 10)
        early, right = a_task(phase, "Early", 10, 20), a_task(phase, "Right", 11, 20)
        for task in (early, right):
            set_needed(actor=acting(world.plo), task=task, needed=[needed])
        (lane,) = timeline_of(phase.plan, FIRST).lanes
        violated = {str(bar.thing): [str(one) for one in bar.violated] for bar in lane.rows}
        assert violated == {"Needed": [], "Early": ["Needed"], "Right": []}
        PlanTask.objects.filter(pk=needed.pk).update(status="done")
        assert timeline_of(phase.plan, FIRST).violations == 0


@pytest.mark.parametrize("days", [10, 365, 2000])
def test_every_bar_stands_on_the_scale(days: int, world: World) -> None:
    with within(world.organization):
        plan = RolloutPlanFactory.create(starts_on=FIRST, ends_on=FIRST + timedelta(days=days))
        phase = PlanPhaseFactory.create(plan=plan, starts_on=plan.starts_on, ends_on=plan.ends_on)
        a_task(phase, "First day", 0, 0)
        a_task(phase, "Last day", days, days)
        found = timeline_of(plan, plan.starts_on)
        bars = [bar for lane in found.lanes for bar in (lane.phase, *lane.rows)]
        assert all(bar.column >= 1 and bar.column + bar.columns - 1 <= COLUMNS for bar in bars)
        columns = [column for _day, begin, width in found.months for column in range(begin, begin + width)]
        assert columns == list(range(1, COLUMNS + 1)), "the months cover the scale, once"


def test_a_phase_with_something_in_it_stays(world: World) -> None:
    with within(world.organization):
        actor, phase = acting(world.plo), a_phase()
        task = a_task(phase, "Here", 0, 1)
        with pytest.raises(Refused, match="not empty"):
            remove_part(actor=actor, part=phase)
        remove_part(actor=actor, part=task)
        remove_part(actor=actor, part=phase)
        with pytest.raises(Refused, match="phase is gone too"):
            restore_part(actor=actor, model=PlanTask, part_id=task.pk)
        assert restore_part(actor=actor, model=PlanPhase, part_id=phase.pk).starts_on == FIRST
        assert restore_part(actor=actor, model=PlanTask, part_id=task.pk).title == "Here"
        with pytest.raises(NeverRemoved):
            restore_part(actor=actor, model=PlanTask, part_id=uuid4())


def test_a_phase_beyond_the_plan_stretches_it(world: World) -> None:
    with within(world.organization):
        phase = a_phase()
        end = LAST + timedelta(days=100)
        new = PlanPhase(kind="embed", starts_on=LAST, ends_on=end)
        add_part(actor=acting(world.plo), plan=phase.plan, part=new)
        assert RolloutPlan.objects.get(pk=phase.plan_id).ends_on == end


def test_a_part_stays_in_its_plan(world: World) -> None:
    with within(world.organization):
        here, there = a_phase(), a_phase()
        task = a_task(here, "Here", 0, 1)
        with pytest.raises(Refused, match="phase of this plan"):
            edit_part(actor=acting(world.plo), part=task, changes={"phase": there})


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"measure": "judged", "text": " "}, "has to be true"),
        ({"measure": "agreed"}, "share of the teams"),
        ({"measure": "check_ins", "percent": 80}, "weeks"),
    ],
)
def test_a_criterion_says_how_it_is_measured(fields: dict[str, object], word: str, world: World) -> None:
    with within(world.organization):
        phase = a_phase()
        with pytest.raises(Refused, match=word):
            add_part(actor=acting(world.plo), plan=phase.plan, part=Criterion(phase=phase, **fields))


def test_only_what_somebody_judges_is_judged(world: World) -> None:
    with within(world.organization):
        phase = a_phase()
        actor = acting(world.plo)
        judged = add_part(actor=actor, plan=phase.plan, part=Criterion(phase=phase, measure="judged", text="So"))
        found = judge_criterion(actor=actor, criterion=judged, changes={"is_met": True, "note": "Asked them"})
        assert (found.is_met, found.judged_by_id, found.note) == (True, world.plo.pk, "Asked them")
        assert judge_criterion(actor=actor, criterion=judged, changes={"is_met": None}).judged_by_id is None
        computed = Criterion(phase=phase, measure="agreed", percent=80)
        add_part(actor=actor, plan=phase.plan, part=computed)
        with pytest.raises(Refused, match="computed"):
            judge_criterion(actor=actor, criterion=computed, changes={"is_met": True})


def test_a_criterion_is_asked_for_what_its_measure_needs_only(world: World) -> None:
    with within(world.organization):
        plan = RolloutPlanFactory.create()
        phase = PlanPhaseFactory.create(plan=plan)
    client, address = client_of(world.plo), reverse("rollout:part_create", args=["acme", plan.pk, "criteria"])
    common = {"phase": str(phase.pk), "gate": "exit", "text": "They want to", "percent": "999", "weeks": "99"}
    assert client.post(address, common | {"measure": "judged"}).status_code == 302
    refused = client.post(address, common | {"measure": "agreed"})
    assert refused.status_code == 422
    assert refused.content.decode().count("field-error") == 1
    for measure in ("agreed", "coached", "trained"):
        assert client.post(address, common | {"measure": measure, "percent": "80"}).status_code == 302
    assert client.post(address, common | {"measure": "check_ins", "percent": "80"}).status_code == 422
    assert client.post(address, common | {"measure": "check_ins", "percent": "80", "weeks": "4"}).status_code == 302
    with within(world.organization):
        rows = Criterion.objects.filter(phase=phase).values_list("measure", "percent", "weeks")
        assert set(rows) == {
            ("judged", None, None),
            *((measure, 80, None) for measure in ("agreed", "coached", "trained")),
            ("check_ins", 80, 4),
        }


def test_a_task_moves_with_what_waits_for_it(world: World) -> None:
    with within(world.organization):
        phase = a_phase()
        first, second, third = (a_task(phase, name, 0, 5) for name in ("First", "Second", "Third"))
        done = a_task(phase, "Done", 0, 5, status="done")
        for task, needed in ((second, first), (third, second), (done, first)):
            set_needed(actor=acting(world.plo), task=task, needed=[needed])
        moved = shift_task(actor=acting(world.plo), task=first, days=3, also_waiting=False)
        assert [one.title for one in moved] == ["First"]
        moved = shift_task(actor=acting(world.plo), task=first, days=-1, also_waiting=True)
        assert moved[0] == first
        assert {one.title for one in moved} == {"First", "Second", "Third"}
        rows = {one.title: one for one in PlanTask.objects.filter(phase=phase)}
        assert {title: (one.starts_on - FIRST).days for title, one in rows.items()} == {
            "First": 2,
            # The day before is a Sunday.
            "Second": 0,
            "Third": 0,
            "Done": 0,
        }
        assert (rows["First"].due_on - rows["First"].starts_on).days == 5
        assert AuditEntry.objects.filter(verb="shifted").count() == 2
        for _twice in range(2):
            take_shift_back(actor=acting(world.plo), moved=first)
            assert (PlanTask.objects.get(pk=first.pk).starts_on - FIRST).days == 3
        for wrong in (0, 4000):
            with pytest.raises(Refused, match="how many days"):
                shift_task(actor=acting(world.plo), task=first, days=wrong, also_waiting=True)
        with pytest.raises(Refused, match="done or dropped"):
            shift_task(actor=acting(world.plo), task=done, days=1, also_waiting=True)


def test_the_form_moves_a_task_as_dragging_does(world: World) -> None:
    with within(world.organization):
        phase = a_phase()
        first, second = a_task(phase, "First", 0, 5), a_task(phase, "Second", 6, 9)
        set_needed(actor=acting(world.plo), task=second, needed=[first])
    client, address = client_of(world.plo), reverse("rollout:task_shift", args=["acme", first.pk])
    timeline = reverse("rollout:plan_timeline", args=["acme", phase.plan_id])
    assert address in client.get(timeline).content.decode()
    shown = client.get(address, {"days": "14"}).content.decode()
    assert 'value="14"' in shown
    assert "Second" in shown
    assert client.post(address, {"days": "14", "also_waiting": "on"})["Location"] == timeline
    assert client.post(address, {"days": "0"}).status_code == 422
    with within(world.organization):
        assert [one.starts_on for one in PlanTask.objects.filter(phase=phase)] == [
            FIRST + timedelta(days=14),
            FIRST + timedelta(days=20),
        ]
