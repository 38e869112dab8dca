"""New cycles begin with the teams of waves that have started."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.urls import reverse
from django.utils import timezone

from okrs.enums import CycleLength, Phase
from okrs.models import Cycle, CycleTeam
from okrs.queries.participation_proposal import proposed_teams
from organizations.models import Team
from rollout.enums import PlanState
from rollout.models import RolloutPlan, Wave
from tests.api.conftest import Program, program  # noqa: F401 # a fixture
from tests.factories.okrs import CycleFactory
from tests.factories.organizations import TeamFactory
from tests.factories.rollout import PlanPhaseFactory, RolloutPlanFactory, WaveFactory, WaveTeamFactory
from tests.factories.worlds import World, client_of, within
from tests.queries import exactly
from tests.told import acting

pytestmark = pytest.mark.django_db
Programs = Callable[..., Program]


@pytest.fixture
def inside(world: World) -> Iterator[World]:
    with within(world.organization):
        Cycle.objects.update(phase=Phase.CLOSED)
        Wave.objects.update(started_at=None)
        yield world


def started(name: str, *teams: Team, plan: RolloutPlan | None = None) -> Wave:
    plan = plan or RolloutPlanFactory.create(name="OKRs everywhere")
    wave: Wave = WaveFactory.create(
        plan=plan, phase=PlanPhaseFactory.create(plan=plan), name=name, started_at=timezone.now()
    )
    for team in teams:
        WaveTeamFactory.create(wave=wave, plan=plan, team=team)
    return wave


def test_teams_of_started_waves_are_proposed_with_everything_below(inside: World) -> None:
    upper = TeamFactory.create(name="Upper", slug="upper")
    below = TeamFactory.create(name="Below", slug="below", parent=upper)
    later = TeamFactory.create(name="Later", slug="later", parent=upper)
    assert proposed_teams(acting(inside.plo)).team_ids == frozenset()
    wave = started("Pilot wave", upper)
    waiting = started("Next wave", later, plan=wave.plan)
    Wave.objects.filter(pk=waiting.pk).update(started_at=None)
    found = proposed_teams(acting(inside.plo))
    assert found.team_ids == {upper.pk, below.pk}, "a team of a later wave waits for that"
    assert found.is_for_some
    assert "Pilot wave of “OKRs everywhere”" in found.reasons[0]
    assert "Next wave" not in found.reasons[0]
    for over in ({"state": PlanState.STOPPED}, {"archived_at": timezone.now()}):
        RolloutPlan.objects.filter(pk=wave.plan_id).update(**over)
        assert proposed_teams(acting(inside.plo)).reasons == ()
        RolloutPlan.objects.filter(pk=wave.plan_id).update(state=PlanState.RUNNING)


def test_where_all_teams_take_part_they_do_in_the_next_cycle_too(inside: World) -> None:
    started("Pilot wave", inside.team)
    CycleFactory.create(name="A year", phase=Phase.RUNNING, length=CycleLength.YEAR)
    assert proposed_teams(acting(inside.plo)).is_for_some
    CycleFactory.create(name="A quarter", phase=Phase.RUNNING)
    found = proposed_teams(acting(inside.plo))
    assert not found.is_for_some
    assert found.team_ids == {inside.team.pk}, "whoever chooses teams begins with these"


@pytest.mark.parametrize("number", [1, 50])
def test_proposing_costs_the_same_with_any_number_of_waves(inside: World, number: int) -> None:
    for one in range(number):
        started(f"Wave {one}", TeamFactory.create(name=f"Team {one}", slug=f"team-{one}"))
    office = acting(inside.plo)
    with exactly(4):
        assert len(proposed_teams(office).team_ids) == number


def test_the_form_shows_them_chosen_and_lets_take_them_out(world: World) -> None:
    with within(world.organization):
        Cycle.objects.update(phase=Phase.CLOSED)
        Wave.objects.update(started_at=None)
        other = TeamFactory.create(name="Not yet", slug="not-yet")
        started("Pilot wave", world.team)
    client, address = client_of(world.plo), reverse("okrs:cycle_create", args=["acme"])
    text = client.get(address).content.decode()
    assert "The teams of waves that have started are chosen already" in text
    boxes = {value: "checked" in rest for value, rest in re.findall(r'name="teams" value="([^"]+)"([^>]*)>', text)}
    assert (boxes[str(world.team.pk)], boxes[str(other.pk)]) == (True, False)
    assert re.search(r'value="chosen"[^>]*checked', text)
    days = {"name": "Next", "starts_on": "2031-01-01", "ends_on": "2031-03-31", "phase": "planned", "pattern": "own"}
    answer = client.post(address, days | {"who": "chosen", "teams": [str(other.pk)]})
    assert answer.status_code == 302
    with within(world.organization):
        made = Cycle.objects.get(name="Next")
        assert [row.team for row in CycleTeam.objects.filter(cycle=made)] == [other]


def test_the_cycles_of_a_year_are_for_the_teams_that_have_begun(world: World) -> None:
    with within(world.organization):
        Cycle.objects.update(phase=Phase.CLOSED)
        Wave.objects.update(started_at=None)
    client, address = client_of(world.plo), reverse("okrs:cycle_generate", args=["acme"])
    assert "have begun with OKRs" not in client.get(address).content.decode()
    with within(world.organization):
        started("Pilot wave", world.team)
    text = client.get(address).content.decode()
    assert re.search(r'name="for_some"[^>]*checked', text)
    day = re.search(r'<option value="(\d{4}-\d\d-\d\d)"', text)
    assert day is not None
    assert text.count("1 team") == 4, "the quarters, not the year"
    chosen = {"day": day[1], "length": "quarter", "with_year": "on"}
    preview = client.get(address, chosen | {"preview": "1"}, headers={"hx-request": "true"}).content.decode()
    assert "1 team" not in preview
    assert "Q1" in preview
    assert client.post(address, chosen | {"for_some": "on"}).status_code == 302
    with within(world.organization):
        made = Cycle.objects.filter(starts_on__gte=day[1])
        assert set(made.values_list("length", "for_all_teams")) == {("quarter", False), ("year", True)}
        links = CycleTeam.objects.filter(cycle__in=made)
        assert sorted(links.values_list("cycle", "team")) == sorted(
            (cycle.pk, world.team.pk) for cycle in made.filter(length="quarter")
        )


def test_a_program_says_for_whom_the_cycles_of_a_year_are(world: World, program: Programs) -> None:  # noqa: F811
    made = program(world.plo).write(
        "POST", "cycles/generate/", {"day": "2031-05-05", "teams": [str(world.team.pk)]}, status=201
    )
    assert {one["length"]: one["for_all_teams"] for one in made} == {"year": True, "quarter": False}
