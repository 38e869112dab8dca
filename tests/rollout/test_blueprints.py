"""Blueprints of plans: how they fit a start date and time off, and that they hold their own rules."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organizations.actor import Actor
from organizations.enums import Via
from organizations.models import Membership
from roles.raci.default import BY_KEY
from rollout.blueprints.blueprint import Blueprint
from rollout.blueprints.fitting import Calendar, TimeOff
from rollout.blueprints.known import BLUEPRINTS
from rollout.domain.plan_from_blueprint import create_from_blueprint
from rollout.enums import PlanState
from rollout.models import Criterion, PlanPhase, PlanTask, Risk, Wave
from rollout.queries.timeline import timeline_of
from rollout.queries.wave import teams_of
from tests.factories.worlds import World, within

CHRISTMAS = TimeOff(date(2026, 12, 24), date(2027, 1, 6))


def acting(member: Membership) -> Actor:
    return Actor(Membership.objects.get(pk=member.pk), via=Via.WEB)


def test_working_weeks_leave_out_weekends_and_time_off() -> None:
    calendar = Calendar([CHRISTMAS])
    monday = date(2026, 12, 14)
    assert calendar.last_of(monday, 1) == date(2026, 12, 18)
    assert calendar.last_of(monday, 2) == date(2027, 1, 8), "the second week goes on after the holidays"
    assert calendar.after(monday, 1) == date(2026, 12, 21)
    assert calendar.next_working(date(2026, 12, 26)) == date(2027, 1, 7)
    assert calendar.after(date(2026, 12, 19), 0) == date(2026, 12, 21)


@given(
    start=st.dates(date(2026, 1, 1), date(2030, 1, 1)),
    weeks=st.integers(1, 60),
    off=st.lists(st.tuples(st.dates(date(2026, 1, 1), date(2031, 1, 1)), st.integers(0, 30)), max_size=5),
)
def test_a_stretch_has_as_many_working_days_as_it_says(start: date, weeks: int, off: list[tuple[date, int]]) -> None:
    calendar = Calendar([TimeOff(first, first + timedelta(days=length)) for first, length in off])
    first, last = calendar.next_working(start), calendar.last_of(start, weeks)
    days = [first + timedelta(days=step) for step in range((last - first).days + 1)]
    assert sum(calendar.is_working(day) for day in days) == weeks * 5
    assert calendar.is_working(first)
    assert calendar.is_working(last)


@pytest.mark.parametrize("blueprint", BLUEPRINTS.values(), ids=str)
def test_a_blueprint_holds_together(blueprint: Blueprint) -> None:
    keys = [task.key for phase in blueprint.phases for task in phase.tasks]
    assert len(keys) == len(set(keys))
    for phase in blueprint.phases:
        for task in phase.tasks:
            assert set(task.needs) <= set(keys)
            assert not task.activity or task.activity in BY_KEY
            assert task.at + task.weeks <= phase.weeks, f"{task.key} ends with its phase"
        assert all(one.at <= phase.weeks for one in phase.milestones)


@pytest.mark.parametrize("blueprint", BLUEPRINTS.values(), ids=lambda one: one.code)
def test_a_plan_from_a_blueprint(blueprint: Blueprint, world: World) -> None:
    with within(world.organization):
        plan = create_from_blueprint(
            actor=acting(world.plo),
            blueprint=blueprint,
            name="OKRs",
            starts_on=date(2026, 11, 28),
            time_off=[CHRISTMAS],
            sponsor=world.lead,
        )
        phases = list(PlanPhase.objects.filter(plan=plan))
        assert plan.state == PlanState.DRAFT
        assert [phase.kind for phase in phases] == [draft.kind for draft in blueprint.phases]
        assert phases[0].starts_on == plan.starts_on == date(2026, 11, 30), "a Saturday becomes the Monday after it"
        assert phases[-1].ends_on == plan.ends_on
        assert all(before.ends_on < after.starts_on for before, after in pairwise(phases))
        tasks = list(PlanTask.objects.filter(plan=plan).select_related("phase"))
        assert len(tasks) == sum(len(draft.tasks) for draft in blueprint.phases)
        assert all(task.phase.starts_on <= task.starts_on and task.due_on <= task.phase.ends_on for task in tasks)
        assert timeline_of(plan, plan.starts_on).violations == 0
        assert Criterion.objects.filter(phase__plan=plan).count() == sum(len(one.criteria) for one in blueprint.phases)
        assert Risk.objects.filter(plan=plan).count() == len(blueprint.risks)


def test_owners_are_who_the_matrix_leaves_no_choice_about(world: World) -> None:
    with within(world.organization):
        plan = create_from_blueprint(
            actor=acting(world.plo), blueprint=BLUEPRINTS["pilot_first"], name="OKRs", starts_on=date(2026, 11, 30)
        )
        # The world's matrix is its own and has none of the default's activities.
        assert not PlanTask.objects.filter(plan=plan).exclude(owner=None).exists()


def test_by_division_makes_a_wave_of_each(world: World) -> None:
    with within(world.organization):
        plan = create_from_blueprint(
            actor=acting(world.plo), blueprint=BLUEPRINTS["by_division"], name="OKRs", starts_on=date(2026, 11, 30)
        )
        waves = list(Wave.objects.filter(plan=plan))
        assert [wave.name for wave in waves] == [world.team.name]
        assert teams_of(waves[0]) == [world.team]
        plan = create_from_blueprint(
            actor=acting(world.plo), blueprint=BLUEPRINTS["all_at_once"], name="All", starts_on=date(2026, 11, 30)
        )
        assert len(teams_of(Wave.objects.get(plan=plan))) == 2
