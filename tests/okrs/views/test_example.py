"""The library of examples: finding one, starting from it, and keeping the organization's own."""

from html import unescape

import pytest
from django.urls import reverse

from okrapp.web.decisions import Denied
from okrs import permissions
from okrs.enums import Visibility
from okrs.examples import example_named, examples
from okrs.forms.example import key_result_of, line_of
from okrs.models import Example, KeyResult, Objective
from organizations.actor import Actor
from organizations.enums import Role, Via
from organizations.models import AuditEntry, Team
from tests.factories.okrs import ExampleFactory, KeyResultFactory, ObjectiveFactory
from tests.factories.roles import RoleAssignmentFactory
from tests.factories.worlds import World, client_of, within
from tests.queries import exactly

HX = {"HX-Request": "true"}
OWN = {
    "title": "Bakers sleep at night",
    "why": "Tired people burn bread.",
    "key_results": "Raise nights off from 2 to 4\r\n\r\n  Reduce  night shifts from 20 to 8 \r\n",
    "function": "operations",
    "language": "en",
}


def address(name: str, world: World, *args: object) -> str:
    return reverse(f"okrs:{name}", args=[world.organization.slug, *args])


def shown(world: World, **query: str) -> str:
    return unescape(client_of(world.member).get(address("examples", world), query).content.decode())


def test_the_page_shows_ours_and_the_organizations_own(world: World) -> None:
    html = shown(world)
    for example in examples("en"):
        assert example.title in html
    assert world.example.title in html
    assert f"From {world.organization.name}" in html


def test_a_function_a_language_and_words_narrow_it(world: World) -> None:
    html = shown(world, function="finance", language="de")
    assert "Unser Geld kommt an, wenn wir es verdient haben" in html
    assert "Kunden erledigen alles, ohne uns zu fragen" not in html
    assert world.example.title not in html
    # All words, in any order, whatever the accents.
    html = shown(world, q="TICKET nothing-like-this")
    assert "No example says that" in html
    html = shown(world, q="renewals customers")
    assert "Customers stay because it pays for them" in html
    assert "Everybody goes home healthy" not in html
    # Neither a function nor a language that does not exist.
    assert "Everybody goes home healthy" in shown(world, function="magic", language="xx")


def test_typing_answers_with_the_results_alone(world: World) -> None:
    html = client_of(world.member).get(address("examples", world), {"q": "invoices"}, headers=HX).content.decode()
    assert "<header" not in html
    assert "<h2" in html


def test_own_ones_of_other_languages_come_after_those_of_the_chosen_one(world: World) -> None:
    with within(world.organization):
        ExampleFactory.create(language="sv", title="Aa på svenska")
    html = shown(world)
    assert html.index(world.example.title) < html.index("Aa på svenska")
    html = shown(world, language="sv")
    assert html.index(world.example.title) > html.index("Aa på svenska")


@pytest.mark.parametrize("language", ["en", "de", "sv"])
def test_starting_from_ours_writes_the_objective_with_its_key_results(world: World, language: str) -> None:
    client = client_of(world.lead)
    example = example_named("sales.recommended", language)
    assert example is not None
    url = f"{address('objective_create', world)}?example={example.key}&language={language}"
    form = client.get(url).context["form"]
    assert (form["title"].value(), form["why"].value()) == (example.title, example.why)
    lines = form["key_results"].value()
    assert lines == "\n".join(example.key_results)
    data = {"title": example.title, "why": example.why, "key_results": lines, "cycle": str(world.cycle.pk)}
    answer = client.post(address("objective_create", world), data | {"place": f"team:{world.team.pk}"})
    assert answer.status_code == 302
    with within(world.organization):
        written = Objective.objects.get(title=example.title)
        key_results = list(written.key_results.listed())
        assert [one.title for one in key_results] == list(example.key_results)
        assert all(one.target is not None for one in key_results)
        assert {one.owner_id for one in key_results} == {written.owner_id or world.lead.pk}
        assert written.progress == 0
    # One click takes all of it back.
    page = client.get(answer.headers["Location"]).content.decode()
    undo = address("objective_archive", world, written.pk)
    assert undo in page
    client.post(undo)
    with within(world.organization):
        assert not KeyResult.objects.current().filter(objective=written).exists()


def test_a_line_that_cannot_be_measured_is_said_and_nothing_is_written(world: World) -> None:
    data = {
        "title": "Grow",
        "key_results": "Raise renewals from 4 to 7 %\nRaise sales to 90 %",
        "cycle": world.cycle.pk,
    }
    answer = client_of(world.lead).post(
        address("objective_create", world), data | {"place": f"team:{world.team.pk}"}, headers=HX
    )
    assert answer.status_code == 422
    (told,) = answer.context["form"].errors["key_results"]
    assert told.startswith("“Raise sales to 90 %”: Where does it stand today?")
    assert told in unescape(answer.content.decode())
    assert list(answer.context["form"].errors) == ["key_results"]
    with within(world.organization):
        assert not Objective.objects.filter(title="Grow").exists()


def test_all_lines_may_be_taken_out(world: World) -> None:
    data = {"title": "Grow", "key_results": " \n", "cycle": world.cycle.pk, "place": f"team:{world.team.pk}"}
    assert client_of(world.lead).post(address("objective_create", world), data).status_code == 302
    with within(world.organization):
        assert not Objective.objects.get(title="Grow").key_results.exists()


def test_without_an_example_the_form_has_no_lines_and_a_way_to_the_library(world: World) -> None:
    client, url = client_of(world.lead), address("objective_create", world)
    page = client.get(url)
    assert "key_results" not in page.context["form"].fields
    assert address("examples", world) in page.content.decode()
    for unknown in ("software.nothing", "x", str(world.member.pk)):
        assert "key_results" not in client.get(url, {"example": unknown}).context["form"].fields


def test_an_own_example_fills_the_form_unless_archived(world: World) -> None:
    client, url = client_of(world.lead), address("objective_create", world)
    assert client.get(url, {"example": world.example.pk}).context["form"]["title"].value() == world.example.title
    client_of(world.plo).post(address("example_archive", world, world.example.pk))
    assert client.get(url, {"example": world.example.pk}).context["form"]["title"].value() == ""


@pytest.mark.parametrize("headers", [{}, HX], ids=["browser", "htmx"])
def test_adding_changing_archiving_and_undoing(world: World, headers: dict[str, str]) -> None:
    client = client_of(world.plo)
    answer = client.post(address("example_create", world), OWN, headers=headers)
    assert answer.status_code == (200 if headers else 302)
    with within(world.organization):
        example = Example.objects.get(title=OWN["title"])
        assert example.key_results == ["Raise nights off from 2 to 4", "Reduce night shifts from 20 to 8"]
        assert (example.function, example.language, example.created_by) == ("operations", "en", world.plo)
    url = address("example_edit", world, example.pk)
    form = client.get(url).context["form"]
    assert form["key_results"].value() == "Raise nights off from 2 to 4\nReduce night shifts from 20 to 8"
    # What is sent back unchanged, with a browser's ends of lines, changes nothing.
    client.post(url, OWN | {"title": "Bakers sleep"}, headers=headers)
    with within(world.organization):
        example.refresh_from_db()
        assert example.title == "Bakers sleep"
        entry = AuditEntry.objects.get(verb="changed", object_id=str(example.pk))
        assert list(entry.after or {}) == ["title"]
    client.post(address("example_archive", world, example.pk), headers=headers)
    assert "Bakers sleep" not in shown(world)
    page = unescape(client.get(address("examples", world)).content.decode())
    assert address("example_restore", world, example.pk) in page
    client.post(address("example_restore", world, example.pk), headers=headers)
    assert "Bakers sleep" in shown(world)


def test_what_somebody_else_changed_is_told_once(world: World) -> None:
    url = address("example_edit", world, world.example.pk)
    client = client_of(world.plo)
    opened = client.get(url).context["form"].opened
    data = dict(part.split('"')[1::2][1:3] for part in str(opened).split("<input")[1:] if 'name="opened_at"' in part)
    with within(world.organization):
        RoleAssignmentFactory.create(membership=world.administrator, role=Role.COACH)
    client_of(world.administrator).post(url, OWN | {"title": "Theirs"})
    answer = client.post(url, OWN | {"title": "Mine"} | data, headers=HX)
    assert answer.status_code == 422
    assert "changed this to “Theirs”" in unescape(answer.content.decode())


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": " "}, "title"),
        ({"function": "magic"}, "function"),
        ({"language": "xx"}, "language"),
        ({"key_results": "Line\n" * 11}, "key_results"),
        ({"key_results": "x" * 501}, "key_results"),
    ],
)
def test_wrong_input_is_said_at_its_field(world: World, values: dict[str, str], field: str) -> None:
    answer = client_of(world.plo).post(address("example_create", world), OWN | values, headers=HX)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    with within(world.organization):
        assert Example.objects.count() == 1


def test_coaches_of_any_team_keep_examples_and_others_read_why_not(world: World) -> None:
    client = client_of(world.member)
    page = unescape(client.get(address("examples", world)).content.decode())
    assert "Only the Program Lead Office and OKR Coaches keep the examples of the organization." in page
    assert address("example_create", world) not in page
    assert client.post(address("example_create", world), OWN).status_code == 403
    with within(world.organization):
        RoleAssignmentFactory.create(membership=world.member, role=Role.COACH, team=Team.objects.get(slug="sales"))
    assert client.post(address("example_create", world), OWN).status_code == 302


def test_an_objective_becomes_an_example_with_its_numbers(world: World) -> None:
    with within(world.organization):
        objective = ObjectiveFactory.create(
            cycle=world.cycle, team=world.team, owner=world.lead, title="Worth repeating", why="It worked."
        )
        KeyResultFactory.create(objective=objective, title="Raise renewals from 41 to 70 %", target=70, unit="%")
        KeyResultFactory.create(objective=objective, title="Visits", start=1200, target=4000, position=1)
    client, page = client_of(world.plo), address("objective", world, objective.pk)
    url = f"{address('example_create', world)}?objective={objective.pk}"
    assert url in client.get(page).content.decode()
    assert url not in client_of(world.member).get(page).content.decode()
    form = client.get(url).context["form"]
    assert (form["title"].value(), form["why"].value()) == ("Worth repeating", "It worked.")
    lines = form["key_results"].value().split("\n")
    assert lines[0] == "Raise renewals from 41 to 70 %"
    read = key_result_of(lines[1])
    assert (read["start"], read["target"], read["metric"]) == (1200, 4000, "increase")
    data = {"title": "Worth repeating", "key_results": "\n".join(lines), "function": "sales", "language": "en"}
    answer = client.post(url, data, headers=HX)
    # The drawer closes over the objective, and the toast takes it back.
    assert answer.status_code == 200
    with within(world.organization):
        written = Example.objects.get(title="Worth repeating")
    assert address("example_archive", world, written.pk) in answer.content.decode() + str(answer.headers)


def test_a_private_objective_does_not_become_one(world: World) -> None:
    with within(world.organization):
        objective = ObjectiveFactory.create(
            cycle=world.cycle, team=world.team, owner=world.plo, visibility=Visibility.PRIVATE
        )
        decision = permissions.make_example_of(Actor(world.plo, via=Via.WEB), objective)
    assert isinstance(decision, Denied)
    answer = client_of(world.plo).get(address("example_create", world), {"objective": objective.pk})
    assert answer.status_code == 403
    assert client_of(world.plo).get(address("example_create", world), {"objective": "x"}).status_code == 404


def test_lines_say_what_a_key_result_measures(world: World) -> None:
    with within(world.organization):
        rows = {
            "Uptime": KeyResultFactory.build(title="Uptime", metric="stay_above", start=None, target="99.9", unit="%"),
            "Waste": KeyResultFactory.build(title="Waste", metric="stay_below", start=None, target=5, unit="kg"),
            "Moved": KeyResultFactory.build(title="Moved", metric="done", start=None, target=None),
        }
    assert [line_of(row) for row in rows.values()] == ["Uptime > 99.9%", "Waste < 5 kg", "Moved"]


@pytest.mark.parametrize("count", [1, 50])
def test_the_page_costs_the_same_with_one_and_with_fifty(world: World, count: int) -> None:
    with within(world.organization):
        ExampleFactory.create_batch(count)
    client = client_of(world.member)
    with exactly(QUERIES):
        client.get(address("examples", world))


QUERIES = 8


def test_the_palette_knows_the_way(world: World) -> None:
    html = client_of(world.member).get(address("palette", world), {"q": "example"}, headers=HX).content.decode()
    assert address("examples", world) in html
