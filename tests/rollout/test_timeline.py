"""The timeline: which bar stands where and in which tone, the names of the months, and what nobody owns."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from rollout.enums import PlanState
from rollout.queries.timeline import NAME_OF_MONTH, Timeline, timeline_of
from tests.factories.rollout import PlanPhaseFactory, PlanTaskFactory, RolloutPlanFactory, WaveFactory
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
