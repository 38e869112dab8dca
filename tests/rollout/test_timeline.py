"""The timeline: which bar stands where and in which tone, the names of the months, and what nobody owns."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from rollout.enums import PlanState
from rollout.models import PlanTask
from rollout.queries.timeline import COLUMNS, NAME_OF_MONTH, Timeline, timeline_of
from rollout.queries.timeline_view import EARLY, narrow
from tests.factories.rollout import (
    PhaseDependencyFactory,
    PlanMilestoneFactory,
    PlanPhaseFactory,
    PlanTaskFactory,
    RolloutPlanFactory,
    TaskDependencyFactory,
    WaveFactory,
)
from tests.factories.worlds import World, client_of, within

FIRST, LAST = date(2027, 1, 4), date(2027, 3, 26)
TODAY = date(2027, 2, 10)


def laid_out(today: date = TODAY, **wave: object) -> tuple[Timeline, str, date]:
    """Return the timeline of a plan with one wave, and the tone and first day of its bar."""
    plan = RolloutPlanFactory.create(starts_on=FIRST, ends_on=LAST, state=PlanState.RUNNING)
    phase = PlanPhaseFactory.create(plan=plan, starts_on=FIRST, ends_on=LAST)
    WaveFactory.create(phase=phase, **{"starts_on": FIRST, **wave})
    found = timeline_of(plan, today)
    (bar,) = found.lanes[0].rows
    return found, bar.tone, bar.starts_on


def test_a_wave_runs_from_the_day_it_really_began_to_the_end_of_its_phase(world: World) -> None:
    began = datetime(2027, 1, 11, 23, 30, tzinfo=UTC)
    with within(world.organization):
        assert laid_out(started_at=began)[1] == "now"
        assert laid_out(started_at=began)[2] in (date(2027, 1, 11), date(2027, 1, 12))
        assert laid_out(LAST + timedelta(days=1), started_at=began)[1] == "done"


def test_a_wave_that_should_have_started_is_late(world: World) -> None:
    with within(world.organization):
        assert laid_out()[1] == "late"
        assert laid_out(starts_on=TODAY)[1] == "next"


@pytest.mark.parametrize("days", [20, 90, 480, 2000])
def test_every_month_that_is_named_has_room(world: World, days: int) -> None:
    with within(world.organization):
        plan = RolloutPlanFactory.create(starts_on=FIRST, ends_on=FIRST + timedelta(days=days))
        PlanPhaseFactory.create(plan=plan, starts_on=plan.starts_on, ends_on=plan.ends_on)
        found = timeline_of(plan, FIRST)
    assert all(columns >= NAME_OF_MONTH for _day, _column, columns in found.months)
    assert all(found.scale.column(day) == column for day, column, _columns in found.months)
    assert plan.ends_on <= found.scale.last


def test_a_day_far_off_does_not_stretch_the_axis(world: World) -> None:
    with within(world.organization):
        plan = RolloutPlanFactory.create(starts_on=FIRST, ends_on=LAST)
        phase = PlanPhaseFactory.create(plan=plan, starts_on=FIRST, ends_on=LAST)
        PlanMilestoneFactory.create(phase=phase, due_on=date(2182, 1, 1))
        PlanTaskFactory.create(phase=phase, starts_on=date(2001, 1, 1), due_on=LAST)
        found = timeline_of(plan, TODAY)
        rows = {bar.kind: bar for bar in found.lanes[0].rows}
    assert (found.scale.first, found.scale.days_each) == (date(2026, 1, 1), 8)
    assert found.scale.last < date(2028, 5, 1)
    assert rows["task"].column == 1
    assert rows["milestone"].column == COLUMNS
    assert found.today_column is not None


def test_lines_stand_where_months_do_and_titles_are_whole(world: World) -> None:
    """One line for each month, once for all rows; a title of any length, and somebody for nobody."""
    with within(world.organization):
        plan = RolloutPlanFactory.create(starts_on=FIRST, ends_on=LAST, state=PlanState.RUNNING)
        phase = PlanPhaseFactory.create(plan=plan, starts_on=FIRST, ends_on=LAST)
        PlanTaskFactory.create(phase=phase, owner=None, starts_on=FIRST, due_on=LAST)
        months = timeline_of(plan, FIRST).months
    html = client_of(world.plo).get(f"/o/acme/rollout/{plan.pk}/timeline/").content.decode()
    heads = re.findall(r'border-line [^"]*(col-start-\d+) col-span', html)
    lines = re.findall(r'<span class="(col-start-\d+)"></span>', html)
    assert heads == lines == [f"col-start-{column}" for _day, column, _columns in months]
    assert html.count("Nobody yet") == 2


def test_only_what_is_open_or_begins_too_early_is_shown(world: World) -> None:
    with within(world.organization):
        plan = RolloutPlanFactory.create(starts_on=FIRST, ends_on=LAST, state=PlanState.RUNNING)
        phase = PlanPhaseFactory.create(plan=plan, starts_on=FIRST, ends_on=LAST)
        days = {"starts_on": FIRST, "due_on": LAST}
        PlanTaskFactory.create(phase=phase, title="Over and done", status="done", **days)
        needed = PlanTaskFactory.create(phase=phase, title="Needed first", **days)
        early = PlanTaskFactory.create(phase=phase, title="In a hurry", **days)
        TaskDependencyFactory.create(task=early, needed=needed)
    client = client_of(world.plo)
    shown = {
        show: {
            title
            for title in ("Over and done", "Needed first", "In a hurry")
            if f">{title}<" in client.get(f"/o/acme/rollout/{plan.pk}/timeline/", {"show": show}).content.decode()
        }
        for show in ("", "open", "early", "nonsense")
    }
    assert shown["open"] == {"Needed first", "In a hurry"}
    assert shown["early"] == {"In a hurry"}
    assert shown[""] == shown["nonsense"] == {"Over and done", "Needed first", "In a hurry"}
    with within(world.organization):
        PlanTask.objects.filter(plan=plan).update(status="done")
    assert "No step fits" in client.get(f"/o/acme/rollout/{plan.pk}/timeline/?show=open").content.decode()


def test_a_phase_that_begins_too_early_is_shown_without_rows_that_do(world: World) -> None:
    with within(world.organization):
        plan = RolloutPlanFactory.create(starts_on=FIRST, ends_on=LAST, state=PlanState.RUNNING)
        first, early = (PlanPhaseFactory.create(plan=plan, starts_on=FIRST, ends_on=LAST) for _ in range(2))
        milestone = PlanMilestoneFactory.create(phase=first, due_on=LAST)
        PhaseDependencyFactory.create(phase=early, task=None, milestone=milestone)
        found = timeline_of(plan, FIRST)
        narrow(found, FIRST, show=EARLY)
        assert [lane.phase.thing for lane in found.lanes] == [early]


def test_a_long_timeline_folds_what_is_over_or_far_off(world: World) -> None:
    with within(world.organization):
        plan = RolloutPlanFactory.create(starts_on=TODAY - timedelta(days=200), ends_on=TODAY + timedelta(days=300))
        spans = {"Over": (-200, -100), "Now": (-10, 20), "Far": (150, 300)}
        phases = {}
        for name, (first, last) in spans.items():
            days = {"starts_on": TODAY + timedelta(days=first), "ends_on": TODAY + timedelta(days=last)}
            phases[name] = PlanPhaseFactory.create(plan=plan, kind="own", own_name=name, **days)
            for _task in range(21):
                PlanTaskFactory.create(phase=phases[name], starts_on=days["starts_on"], due_on=days["ends_on"])

        def laid_out(*opened: str) -> dict[str, int]:
            found = timeline_of(plan, TODAY)
            narrow(found, TODAY, opened=[str(phases[one].pk) for one in opened])
            assert [lane.total for lane in found.lanes] == [21, 21, 21]
            return {str(lane.phase.thing): len(lane.rows) for lane in found.lanes}

        assert laid_out() == {"Over": 0, "Now": 21, "Far": 0}
        assert laid_out("Far") == {"Over": 0, "Now": 21, "Far": 21}
        PlanTask.objects.filter(phase=phases["Over"]).delete()
        found = timeline_of(plan, TODAY)
        narrow(found, TODAY)
        assert not any(lane.is_folded for lane in found.lanes), "a short one shows all"


def test_of_a_long_phase_that_runs_the_steps_of_these_days_show(world: World) -> None:
    with within(world.organization):
        days = {"starts_on": TODAY - timedelta(days=200), "ends_on": TODAY + timedelta(days=200)}
        phase = PlanPhaseFactory.create(plan=RolloutPlanFactory.create(**days), kind="own", own_name="Long", **days)
        for number in range(80):
            begins = days["starts_on"] + timedelta(days=number * 5)
            PlanTaskFactory.create(phase=phase, starts_on=begins, due_on=begins + timedelta(days=4))

        def laid_out(*opened: str) -> tuple[bool, int]:
            found = timeline_of(phase.plan, TODAY)
            narrow(found, TODAY, opened=opened)
            assert all(bar.starts_on <= TODAY + timedelta(days=30) for bar in found.lanes[0].rows) != bool(opened)
            return found.lanes[0].is_folded, len(found.lanes[0].rows)

        assert laid_out() == (True, 13)
        assert laid_out(str(phase.pk)) == (False, 80)
    said = client_of(world.plo).get(f"/o/acme/rollout/{phase.plan_id}/timeline/").content.decode()
    assert "13 of 80" in said
    assert "Show the steps of Long" in said


def test_a_folded_phase_is_unfolded_by_its_address(world: World) -> None:
    with within(world.organization):
        plan = RolloutPlanFactory.create()
        far = PlanPhaseFactory.create(
            plan=plan, starts_on=plan.ends_on - timedelta(days=20), ends_on=plan.ends_on, kind="embed"
        )
        for _task in range(61):
            PlanTaskFactory.create(phase=far, title="Far off", starts_on=far.starts_on, due_on=far.ends_on)
    client, path = client_of(world.plo), f"/o/acme/rollout/{plan.pk}/timeline/"
    folded = client.get(path).content.decode()
    assert "Far off" not in folded
    assert f'href="?open={far.pk}#lane-{far.pk}"' in folded
    # Each stands in its row, and for a screen reader in the bar that moves it.
    assert client.get(f"{path}?open={far.pk}").content.decode().count("Far off") == 2 * 61
