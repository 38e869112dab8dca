"""Days of phases, a year of cycles at once, and more time for a team."""

from datetime import date, timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from okrs.enums import Phase
from okrs.models import Cycle, CycleExtension
from tests.factories.okrs import CycleExtensionFactory, CycleFactory
from tests.factories.organizations import TeamFactory
from tests.factories.worlds import World, client_of, within
from tests.queries import exactly

pytestmark = pytest.mark.django_db

HX = {"HX-Request": "true"}
TODAY = timezone.localdate()


def address(name: str, world: World, *args: object) -> str:
    return reverse(f"okrs:{name}", args=[world.organization.slug, *args])


def test_a_new_cycle_gets_the_usual_days_of_its_phases(world: World) -> None:
    client, url = client_of(world.plo), address("cycle_create", world)
    form = client.get(url).context["form"]
    data = {name: form[name].value() for name in form.fields if form[name].value() is not None and name != "teams"}
    client.post(url, data)
    with within(world.organization):
        made = Cycle.objects.get(name=data["name"])
    # The quarter offered first is the one that runs today: what lies behind never happened.
    assert made.phase == Phase.RUNNING
    assert (made.drafting_on, made.aligning_on, made.running_on) == (None, None, TODAY)
    assert made.closing_on is not None
    assert made.closing_on > made.ends_on


def test_wrong_days_of_phases_are_said_at_their_field_which_is_open(world: World) -> None:
    values = {"pattern": "own", "name": "Pilot", "starts_on": "2090-02-01", "ends_on": "2090-04-15", "who": "all"}
    values |= {"phase": "planned", "running_on": "2090-02-01", "reviewing_on": "2090-01-01"}
    answer = client_of(world.plo).post(address("cycle_create", world), values, headers=HX)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["reviewing_on"]
    assert "<details" in answer.content.decode().split("When its phases begin")[0].rpartition("<details")[1]
    assert " open>" in answer.content.decode().partition("disclosure")[2][:80]


def test_the_list_says_what_comes_next_by_itself(world: World) -> None:
    with within(world.organization):
        Cycle.objects.filter(pk=world.cycle.pk).update(reviewing_on=date(2090, 3, 25))
    assert "Reviewing on" in unescape(client_of(world.member).get(address("cycles", world)).content.decode())


def test_going_back_with_a_day(world: World) -> None:
    with within(world.organization):
        Cycle.objects.filter(pk=world.cycle.pk).update(phase=Phase.REVIEWING, reviewing_on=TODAY, closing_on=None)
    again = TODAY + timedelta(days=9)
    values = {"phase": "running", "reason": "Two numbers are missing", "on": again.isoformat()}
    assert client_of(world.plo).post(address("cycle_move", world, world.cycle.pk), values).status_code == 302
    with within(world.organization):
        cycle = Cycle.objects.get(pk=world.cycle.pk)
    assert (cycle.phase, cycle.reviewing_on) == (Phase.RUNNING, again)


@pytest.mark.parametrize("headers", [{}, HX], ids=["browser", "htmx"])
def test_a_year_of_cycles_in_one_go(world: World, headers: dict[str, str]) -> None:
    client, url = client_of(world.plo), address("cycle_generate", world)
    day = client.get(url).context["form"]["day"].field.choices[0][0]
    preview = client.get(f"{url}?preview=1&day={day}&length=tertial&with_year=on", headers=HX).content.decode()
    assert preview.count("new</span>") == 4
    assert all(f">T{number} " in preview for number in (1, 2, 3))
    values = {"day": day, "length": "tertial", "with_year": "on"}
    assert client.post(url, values, headers=headers).status_code == (200 if headers else 302)
    with within(world.organization):
        assert Cycle.objects.filter(starts_on__year=date.fromisoformat(day).year, phase=Phase.PLANNED).count() == 4
    answer = client.post(url, values, headers=headers)
    assert answer.status_code == 422
    assert "All cycles of this year exist already." in unescape(answer.content.decode())


@pytest.mark.parametrize("query", ["preview=1", "preview=1&day=soon", "preview=1&day=2090-01-01&length=own"])
def test_a_preview_of_nonsense_shows_the_usual(world: World, query: str) -> None:
    answer = client_of(world.plo).get(f"{address('cycle_generate', world)}?{query}", headers=HX)
    assert answer.content.decode().count("Q") >= 4


def test_more_time_for_a_team_and_no_more_and_back(world: World) -> None:
    client, url = client_of(world.plo), address("cycle_extensions", world, world.cycle.pk)
    values = {
        "team": world.team.pk,
        "until": (TODAY + timedelta(days=200)).isoformat(),
        "reason": "Half of us were ill",
    }
    html = unescape(client.post(url, values, headers=HX).content.decode())
    assert "Half of us were ill" in html
    with within(world.organization):
        extension = CycleExtension.objects.get(cycle=world.cycle, team=world.team)
        assert extension.granted_by == world.plo
    client.post(address("extension_remove", world, extension.pk), headers=HX)
    with within(world.organization):
        assert not CycleExtension.objects.filter(team=world.team).exists()
    client.post(address("extension_restore", world, extension.pk), headers=HX)
    with within(world.organization):
        assert CycleExtension.objects.get(team=world.team).reason == "Half of us were ill"


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"until": "2020-01-01"}, "until"), ({"reason": " "}, "reason"), ({"team": ""}, "team")],
)
def test_more_time_that_cannot_be_given(world: World, changes: dict[str, str], field: str) -> None:
    values = {"team": str(world.team.pk), "until": "2090-01-01", "reason": "Ill", **changes}
    answer = client_of(world.plo).post(address("cycle_extensions", world, world.cycle.pk), values, headers=HX)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]


def test_before_a_cycle_runs_nothing_can_be_extended(world: World) -> None:
    with within(world.organization):
        cycle = CycleFactory.create(phase=Phase.DRAFTING)
    html = client_of(world.plo).get(address("cycle_extensions", world, cycle.pk)).content.decode()
    assert "nothing to extend" in html
    assert 'name="until"' not in html


@pytest.mark.parametrize("count", [1, 20])
def test_the_extensions_cost_the_same(world: World, count: int) -> None:
    with within(world.organization):
        for _number in range(count):
            CycleExtensionFactory.create(cycle=world.cycle, team=TeamFactory.create())
    client = client_of(world.plo)
    with exactly(8):
        client.get(address("cycle_extensions", world, world.cycle.pk), headers=HX)
