"""Parts of a plan in the API: what a program writes it reads again, and what is refused stands at its field."""

from collections.abc import Callable

import pytest
from django.utils import timezone

from okrs.models import CycleTeam
from rollout.models import WaveTeam
from tests.api.conftest import Program, fields, program  # noqa: F401 # a fixture
from tests.factories.okrs import CycleFactory
from tests.factories.organizations import TeamFactory
from tests.factories.rollout import (
    PlanMilestoneFactory,
    PlanPhaseFactory,
    PlanTaskFactory,
    TaskDependencyFactory,
    WaveFactory,
    WaveTeamFactory,
)
from tests.factories.worlds import World, within
from tests.queries import exactly

Programs = Callable[..., Program]


def test_a_program_reads_the_teams_of_a_wave_and_adds_one(world: World, program: Programs) -> None:  # noqa: F811
    with within(world.organization):
        wave = WaveFactory.create()
        first, second, third = (str(TeamFactory.create(parent=world.root_team).pk) for _ in range(3))
    office = program(world.plo)
    at = f"waves/{wave.pk}/"
    set_to = office.write("POST", f"{at}teams/", {"teams": [first], "alone": [second]}, status=200)
    assert (set_to["teams"], set_to["alone"]) == ([first], [second])
    changed = office.write("PATCH", f"{at}teams/", {"teams": [third], "removed": [first]}, status=200)
    assert (changed["teams"], changed["alone"]) == ([third], [second])
    again = office.write("PATCH", f"{at}teams/", {"teams": [second]}, status=200)
    assert (again["teams"], again["alone"]) == (sorted([second, third]), [])
    assert office.get(at)["teams"] == again["teams"]
    assert office.get("waves/", plan=wave.plan_id)["results"][0]["teams"] == again["teams"]
    with within(world.organization):
        assert WaveTeam.objects.filter(wave=wave).count() == 2


def test_a_program_adds_teams_to_a_wave_that_has_started(world: World, program: Programs) -> None:  # noqa: F811
    with within(world.organization):
        wave = WaveFactory.create(started_at=timezone.now())
        cycle = CycleFactory.create(for_all_teams=False)
        first, second = (TeamFactory.create(parent=world.root_team) for _ in range(2))
        WaveTeamFactory.create(wave=wave, team=first)
    office, at = program(world.plo), f"waves/{wave.pk}/teams/"
    found = office.write("PATCH", at, {"teams": [str(second.pk)]}, status=200)
    assert set(found["teams"]) == {str(first.pk), str(second.pk)}
    with within(world.organization):
        assert CycleTeam.objects.filter(cycle=cycle, team=second).exists()
    assert fields(office.ask("PATCH", at, {"removed": [str(first.pk)]})) == ["teams"]
    assert fields(office.ask("POST", at, {"teams": [str(second.pk)]})) == ["teams"]


@pytest.mark.parametrize("number", [1, 50])
def test_waves_with_their_teams_cost_the_same(number: int, world: World, program: Programs) -> None:  # noqa: F811
    with within(world.organization):
        phase = PlanPhaseFactory.create()
        for _wave in range(number):
            WaveTeamFactory.create(wave=WaveFactory.create(phase=phase), team=TeamFactory.create())
    office = program(world.plo)
    office.get("waves/", plan=phase.plan_id)
    with exactly(5):
        assert len(office.get("waves/", plan=phase.plan_id)["results"]) == number


def test_a_circle_is_refused_at_the_field_it_came_in(world: World, program: Programs) -> None:  # noqa: F811
    with within(world.organization):
        phase = PlanPhaseFactory.create()
        task, needed = (PlanTaskFactory.create(phase=phase) for _ in range(2))
        TaskDependencyFactory.create(task=task, needed=needed)
    answer = program(world.plo).ask("POST", f"plan-tasks/{needed.pk}/needs/", {"needed": [str(task.pk)]})
    assert fields(answer) == ["needed"]


def test_what_a_program_says_is_needed_it_reads_again(world: World, program: Programs) -> None:  # noqa: F811
    with within(world.organization):
        early, late = (PlanPhaseFactory.create(plan=world.plan) for _ in range(2))
        first, second = (PlanTaskFactory.create(phase=early) for _ in range(2))
        milestone = PlanMilestoneFactory.create(phase=early)
    office = program(world.plo)
    said = office.write("POST", f"plan-tasks/{second.pk}/needs/", {"needed": [str(first.pk)]}, status=200)
    assert said["needed"] == [str(first.pk)]
    both = {"tasks": [str(first.pk)], "milestones": [str(milestone.pk)]}
    said = office.write("POST", f"plan-phases/{late.pk}/needs/", both, status=200)
    assert (said["needed_tasks"], said["needed_milestones"]) == ([str(first.pk)], [str(milestone.pk)])
    assert office.get(f"plan-tasks/{second.pk}/")["needed"] == [str(first.pk)]
    listed = {one["id"]: one for one in office.get("plan-phases/", plan=world.plan.pk)["results"]}
    assert listed[str(late.pk)] == said
    assert listed[str(early.pk)]["needed_tasks"] == []
    said = office.write("POST", f"plan-phases/{late.pk}/needs/", {"milestones": [str(milestone.pk)]}, status=200)
    assert (said["needed_tasks"], said["needed_milestones"]) == ([], [str(milestone.pk)])


@pytest.mark.parametrize("number", [1, 49])
def test_tasks_with_what_they_need_cost_the_same(number: int, world: World, program: Programs) -> None:  # noqa: F811
    with within(world.organization):
        phase = PlanPhaseFactory.create()
        needed = PlanTaskFactory.create(phase=phase)
        for _task in range(number):
            TaskDependencyFactory.create(task=PlanTaskFactory.create(phase=phase), needed=needed)
    office = program(world.plo)
    office.get("plan-tasks/", plan=phase.plan_id)
    with exactly(5):
        assert len(office.get("plan-tasks/", plan=phase.plan_id)["results"]) == number + 1
