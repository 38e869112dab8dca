"""The timeline: which bar stands where and in which tone, the names of the months, and what nobody owns."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from rollout.enums import PlanState
from rollout.queries.timeline import ALL, NAME_OF_MONTH, Timeline, timeline_of
from tests.factories.rollout import (
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


def test_of_a_large_plan_only_what_is_now_is_unfolded(world: World) -> None:
    """Two phases with 60 tasks each: the later one says how many it has, and unfolds when asked."""
    today = timezone.localdate()
    with within(world.organization):
        plan = RolloutPlanFactory.create()
        first, later = (
            PlanPhaseFactory.create(
                plan=plan, starts_on=today + timedelta(days=days), ends_on=today + timedelta(days=days + 29)
            )
            for days in (0, 30)
        )
        for phase in (first, later):
            for number in range(60):
                PlanTaskFactory.create(
                    phase=phase, title=f"Step {number}", starts_on=phase.starts_on, due_on=phase.starts_on
                )
        lanes = {lane.phase.thing.pk: lane for lane in timeline_of(plan, today).lanes}
        assert [(lanes[one.pk].is_open, len(lanes[one.pk].rows)) for one in (first, later)] == [(True, 60), (False, 0)]
        assert lanes[later.pk].total == 60
        for unfolded in (str(later.pk), ALL):
            assert all(lane.is_open for lane in timeline_of(plan, today, unfolded=unfolded).lanes)
        # A plan that has not begun shows how it begins.
        early = timeline_of(plan, today - timedelta(days=400))
        assert [lane.is_open for lane in early.lanes] == [True, False]
    client, url = client_of(world.plo), f"/o/acme/rollout/{plan.pk}/timeline/"
    shown = [client.get(address).content.decode().count("data-row>") for address in (url, f"{url}?phase={later.pk}")]
    assert shown == [60, 120]


def test_only_what_begins_too_early_is_shown_when_asked(world: World) -> None:
    with within(world.organization):
        plan = RolloutPlanFactory.create(starts_on=FIRST, ends_on=LAST)
        phase = PlanPhaseFactory.create(plan=plan, starts_on=FIRST, ends_on=LAST)
        needed, early = (
            PlanTaskFactory.create(phase=phase, title=title, starts_on=FIRST, due_on=LAST)
            for title in ("Needed", "Early")
        )
        TaskDependencyFactory.create(task=early, needed=needed)
    html = client_of(world.plo).get(f"/o/acme/rollout/{plan.pk}/timeline/?too_early").content.decode()
    assert ">Early</a>" in html
    assert ">Needed</a>" not in html
    assert "Show all" in html


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31)])
def test_a_day_far_away_does_not_take_the_timeline_along(world: World, day: date) -> None:
    with within(world.organization):
        plan = RolloutPlanFactory.create(starts_on=FIRST, ends_on=LAST)
        phase = PlanPhaseFactory.create(plan=plan, starts_on=FIRST, ends_on=LAST)
        PlanMilestoneFactory.create(phase=phase, due_on=day)
    assert client_of(world.plo).get(f"/o/acme/rollout/{plan.pk}/timeline/").status_code == 200
