"""The quality check on the screen: beside the titles while somebody writes, never in the way."""

from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from okrs.enums import Level, Visibility
from okrs.models import Objective
from tests.factories.okrs import KeyResultFactory, ObjectiveFactory
from tests.factories.organizations import TeamFactory
from tests.factories.worlds import World, client_of, within
from tests.queries import exactly

# Organization, user, membership, settings, and one for the titles of others.
QUERIES_OF_CHECK = 5
HX = {"HX-Request": "true"}
OURS = "Guests recommend our kitchen to their friends"


def address(name: str, world: World, *args: object) -> str:
    return reverse(f"okrs:{name}", args=[world.organization.slug, *args])


def told(client: Client, url: str, **typed: object) -> str:
    answer = client.get(url, typed, headers=HX)
    assert answer.status_code == 200
    return " ".join(unescape(answer.content.decode()).split())


@pytest.fixture
def theirs(world: World) -> Objective:
    """An objective of another team in the same cycle."""
    with within(world.organization):
        other = TeamFactory.create(name="Kitchen")
        return ObjectiveFactory.create(cycle=world.cycle, team=other, level=Level.TEAM, title=OURS)


def place(world: World) -> dict[str, object]:
    return {"place": f"team:{world.team.pk}", "cycle": world.cycle.pk}


def test_an_activity_is_told_with_name_explanation_and_suggestion(world: World) -> None:
    said = told(client_of(world.member), address("objective_quality_new", world), title="Launch the website")
    assert "Activity, not result." in said
    assert "“Launch” says what you will do, not what will be different." in said
    assert "the work itself becomes an initiative" in said


def test_a_good_objective_is_not_commented_on(world: World) -> None:
    assert told(client_of(world.member), address("objective_quality_new", world), title=OURS, **place(world)) == ""
    assert told(client_of(world.member), address("objective_quality_new", world), title="") == ""


@pytest.mark.parametrize(
    ("title", "name"),
    [("Die neue Website launchen", "“launchen”"), ("Lansera den nya webbplatsen", "“Lansera”")],
)
def test_the_text_may_be_in_another_language_than_its_reader(world: World, title: str, name: str) -> None:
    said = told(client_of(world.member), address("objective_quality_new", world), title=title)
    assert f"{name} says what you will do" in said


def test_what_another_team_wrote_is_told(world: World, theirs: Objective) -> None:
    client, url = client_of(world.member), address("objective_quality_new", world)
    title = "Guests recommend the kitchen to friends"
    assert f"There is “{OURS}” in this cycle already." in told(client, url, title=title, **place(world))
    assert told(client, url, title=title, place=f"team:{theirs.team_id}", cycle=world.cycle.pk) == "", "its own team"
    assert told(client, url, title=title, **place(world) | {"cycle": ""}) == "", "no cycle, nothing to compare"


def test_nobody_learns_of_a_private_objective(world: World, theirs: Objective) -> None:
    with within(world.organization):
        theirs.visibility, theirs.owner = Visibility.PRIVATE, world.lead
        theirs.save()
    url, typed = address("objective_quality_new", world), {"title": OURS, **place(world)}
    assert told(client_of(world.member), url, **typed) == ""
    assert OURS in told(client_of(world.lead), url, **typed)


def test_an_objective_is_not_like_itself(world: World, theirs: Objective) -> None:
    url = address("objective_quality", world, world.objective.pk)
    assert "in this cycle already" in told(client_of(world.member), url, title=OURS)
    own = address("objective_quality", world, theirs.pk)
    assert told(client_of(world.plo), own, title=OURS) == ""


@pytest.mark.parametrize(
    "typed", [{"place": "team:x", "cycle": "x"}, {"place": "", "cycle": ""}, {"title": "x" * 9000}]
)
def test_nonsense_does_no_harm(world: World, typed: dict[str, str]) -> None:
    told(client_of(world.member), address("objective_quality_new", world), **{"title": "Be better", **typed})


def test_one_answer_reads_the_line_and_checks_it(world: World) -> None:
    url = address("key_result_reading", world, world.objective.pk)
    said = told(client_of(world.member), url, title="Run 5 workshops")
    assert 'name="target"' in said
    assert '<hx-partial hx-target="#kr-quality" hx-swap="innerHTML">' in said
    assert "“Run” says what you will do" in said.split("<hx-partial")[1]
    quick = told(client_of(world.member), url, title="Run 5 workshops", quick="1")
    assert 'hx-target="#kr-add-quality"' in quick


def test_what_the_check_says_is_not_said_twice(world: World) -> None:
    url = address("key_result_reading", world, world.objective.pk)
    said = told(client_of(world.member), url, title="Raise activation to 70 %")
    assert "No start value." in said
    assert "Where does it stand today?" not in said
    said = told(client_of(world.member), url, title="Raise activation")
    assert "No number." in said
    assert "Which number should it reach?" not in said


def test_an_emptied_line_takes_its_notes_along(world: World) -> None:
    said = told(client_of(world.member), address("key_result_reading", world, world.objective.pk), title="", quick="1")
    assert 'hx-target="#kr-add-quality" hx-swap="innerHTML"></hx-partial>' in said
    assert 'hx-target="#kr-add-measure" hx-swap="innerHTML"></hx-partial>' in said


def test_the_fields_count_too(world: World) -> None:
    client, url = client_of(world.member), address("key_result_quality_new", world, world.objective.pk)
    title = "Raise activation to 70 %"
    assert "No start value." in told(client, url, title=title, metric="increase", target="70")
    assert told(client, url, title=title, metric="increase", start="41", target="70") == ""
    assert told(client, url, title="The certificate hangs on the wall", metric="done") == ""
    assert "No number." in told(client, url, title="Availability", metric="stay_within")
    assert told(client, url, title="Availability", metric="stay_within", lower="3", upper="x") == ""


def test_a_metric_that_was_only_guessed_is_no_answer(world: World) -> None:
    client, url = client_of(world.member), address("key_result_quality_new", world, world.objective.pk)
    guessed = {"metric": "done", "understood": '{"metric": "done"}'}
    assert "No number." in told(client, url, title="Get ISO certified", **guessed)
    assert told(client, url, title="Get ISO certified", metric="done", understood='{"metric": ""}') == ""
    assert "No number." not in told(client, url, title="Implement SSO", **guessed), "the line says so plainly"


def test_more_key_results_than_recommended_are_told_once_more(world: World) -> None:
    client, url = client_of(world.member), address("key_result_quality_new", world, world.objective.pk)
    title = "Raise activation from 41 to 70 %"
    assert told(client, url, title=title) == ""
    with within(world.organization):
        KeyResultFactory.create_batch(4, objective=world.objective)
    assert "More than recommended." in told(client, url, title=title)
    assert told(client, address("key_result_quality", world, world.key_result.pk), title=title) == ""


@pytest.mark.parametrize("count", [1, 50])
def test_checking_is_cheap(world: World, count: int) -> None:
    with within(world.organization):
        other = TeamFactory.create()
        ObjectiveFactory.create_batch(count, cycle=world.cycle, team=other, level=Level.TEAM, title=OURS)
    client = client_of(world.member)
    with exactly(QUERIES_OF_CHECK):
        told(client, address("objective_quality_new", world), title=OURS, **place(world))
