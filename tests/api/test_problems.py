"""Errors are problem details, whatever goes wrong."""

import json
import logging
from typing import Any

import pytest

from okrapp.api import problems
from okrs.api.objective import ObjectiveViewSet
from okrs.models import Objective
from organizations.enums import Role, Scope
from tests.api.conftest import Program, fields, problem
from tests.factories.roles import RoleAssignmentFactory
from tests.factories.worlds import World, within

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/",
        "/api/v1/nothing/",
        "/api/v1/o/",
        "/api/v1/o/acme/",
        "/api/v1/o/acme/nothing/",
        "/api/v1/o/acme/objectives/not-an-id/",
        "/api/v1/o/acme/objectives",
        "/api/v1/o/no slug/objectives/",
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_addresses_nobody_has(method: str, path: str, api: Program) -> None:
    assert problem(api.ask(method, path), 404)["code"] == "not_found"


NOBODYS = "01890a5d-ac96-774b-bcce-b302099a8057"


def test_ids_nobody_has(api: Program) -> None:
    problem(api.ask("GET", f"objectives/{NOBODYS}/"), 404)


@pytest.mark.parametrize("body", ["{", "", "nothing", '{"title": NaN}', '{"a": 1,}'])
def test_a_body_that_is_no_json(body: str, api: Program) -> None:
    answer = api.client.post(
        f"/api/v1/o/{api.slug}/objectives/",
        body,
        content_type="application/json",
        headers={"authorization": f"Bearer {api.secret}"},
    )
    if body:
        assert problem(answer, 400)["code"] == "parse_error"
    else:
        assert fields(answer) == ["title", "cycle"]


@pytest.mark.parametrize("body", [[], "text", 7, None, [{"title": "One"}]])
def test_a_body_that_is_no_object(body: Any, api: Program) -> None:
    answer = api.client.post(
        f"/api/v1/o/{api.slug}/objectives/",
        json.dumps(body),
        content_type="application/json",
        headers={"authorization": f"Bearer {api.secret}"},
    )
    assert fields(answer) == [""]


def test_another_media_type(api: Program) -> None:
    answer = api.client.post(
        f"/api/v1/o/{api.slug}/objectives/", {"title": "One"}, headers={"authorization": f"Bearer {api.secret}"}
    )
    problem(answer, 415)


@pytest.mark.parametrize(("method", "path"), [("DELETE", "objectives/"), ("PUT", "settings/"), ("PATCH", "members/")])
def test_a_method_nobody_takes(method: str, path: str, api: Program) -> None:
    answer = api.ask(method, path, {})
    problem(answer, 405)
    assert "GET" in answer["Allow"]


def test_every_wrong_field_is_named(api: Program, world: World) -> None:
    body = {
        "title": "",
        "cycle": "x",
        "kind": "lucky",
        "tags": ["ok", "x" * 41],
        "counts_supporting": "perhaps",
        "owner": str(world.cycle.pk),
    }
    assert fields(api.ask("POST", "objectives/", body)) == [
        "title", "kind", "owner", "tags.1", "counts_supporting", "cycle",
    ]  # fmt: skip


def test_what_is_not_there_is_told_in_our_words(api: Program, world: World, other_world: World) -> None:
    body = {"title": "Growth", "cycle": NOBODYS, "team": str(other_world.team.pk)}
    sentence = "There is nothing of this id here."
    assert told(api.ask("POST", "objectives/", body)) == {"cycle": sentence, "team": sentence}


def test_a_refusal_names_some_who_could(program: Any, world: World) -> None:
    """As the page of the refusal does; a token that may not read people is told no names."""
    lead = {"id": str(world.lead.pk), "name": world.lead.display_name, "position": "Team lead"}
    plo = {"id": str(world.plo.pk), "name": world.plo.display_name, "position": "Program Lead Office"}
    ada = {"id": str(world.administrator.pk), "name": world.administrator.display_name, "position": "Administrator"}
    path, change = f"teams/{world.team.pk}/", {"name": "Ours"}
    refused = problem(program(world.member).ask("PATCH", path, change), 403)
    assert refused["who_could"] == [lead, plo, ada]
    refused = problem(program(world.member, Scope.PEOPLE_READ).ask("PATCH", path, change), 403)
    assert "scope" in refused["detail"]
    assert refused["who_could"] == []
    pause = f"objectives/{world.objective.pk}/pause/"
    refused = problem(program(world.administrator, Scope.OKRS_WRITE).ask("POST", pause, {"reason": "No"}), 403)
    assert refused["who_could"] == []


def told(answer: Any) -> dict[str, str]:
    return {error["field"]: error["detail"] for error in problem(answer, 422)["errors"]}


NOT_THERE = "There is no such field."
FIXED = "This cannot be changed here."
LEAVES = "POST to …/deactivate/ of the member takes them out, and …/reactivate/ brings them back."


@pytest.mark.parametrize(
    ("path", "row", "body", "expected"),
    [
        ("objectives", "objective", {"titel": "Growth"}, {"titel": NOT_THERE}),
        ("objectives", "objective", {"title": "", "titel": "x"}, {"title": None, "titel": NOT_THERE}),
        ("objectives", "objective", {"id": "x", "cycle": "x", "status": "active"}, dict.fromkeys(
            ("id", "cycle", "status"), FIXED
        )),
        ("key-results", "key_result", {"current": 3, "progress": 1}, {"current": FIXED, "progress": FIXED}),
        ("key-results", "key_result", {"objective": "x"}, {"objective": FIXED}),
        ("cycles", "cycle", {"phase": "closed"}, {"phase": FIXED}),
        ("teams", "team", {"parent": None, "colour": "red"}, {"parent": FIXED, "colour": NOT_THERE}),
        ("members", "member", {"is_active": False, "deactivated_at": None, "active": 1}, {
            "is_active": LEAVES, "deactivated_at": LEAVES, "active": NOT_THERE
        }),
        ("priorities", "priority", {"position": 1, "name": "x"}, {"position": FIXED, "name": NOT_THERE}),
        ("objectives", "objective", {"\ud800": 1}, {"?": NOT_THERE}),
    ],
)  # fmt: skip
def test_a_change_that_nothing_takes(
    program: Any, world: World, path: str, row: str, body: dict[str, Any], expected: dict[str, str | None]
) -> None:
    """Else a change that never happened would be answered with 200."""
    with within(world.organization):
        type(world.lead).objects.filter(pk=world.lead.pk).update(is_administrator=True)
        for role in Role.values:
            RoleAssignmentFactory.create(membership=world.lead, role=role)
    found = told(program(world.lead).ask("PATCH", f"{path}/{getattr(world, row).pk}/", body))
    assert {name: None if expected[name] is None else text for name, text in found.items()} == expected


def test_a_new_thing_with_a_field_that_is_not_there(api: Program, world: World) -> None:
    new = {"title": "Growth", "cycle": str(world.cycle.pk), "team": str(world.team.pk)}
    assert told(api.ask("POST", "objectives/", {**new, "progress": 1, "tag": "x"})) == {
        "progress": FIXED,
        "tag": NOT_THERE,
    }
    path = f"key-results/{world.key_result.pk}/check-ins/"
    assert told(api.ask("POST", path, {"valeu": 3})) == {"valeu": NOT_THERE}
    with within(world.organization):
        assert not Objective.objects.filter(title="Growth").exists()


def test_a_field_inside_of_others_that_is_not_there(api: Program) -> None:
    """It is no field of the resource, though it is called like one."""
    statements = [{"kind": "objective", "title": "Grow"}, {"kind": "objective", "title": "Grow", "results": 1}]
    assert told(api.ask("POST", "quality-checks/", {"statements": statements})) == {"statements.1.results": NOT_THERE}


def test_nul_is_refused(api: Program, world: World) -> None:
    assert fields(api.ask("PATCH", f"objectives/{world.objective.pk}/", {"title": "a\0b"})) == ["title"]


@pytest.mark.parametrize(
    "query", ["cycle=x", "archived=perhaps", "level=none", "updated_since=yesterday", "expand=everything"]
)
def test_a_filter_that_does_not_fit(query: str, api: Program) -> None:
    answer = api.ask("GET", f"objectives/?{query}")
    if query.startswith("archived"):
        assert answer.status_code in {200, 422}
    else:
        assert fields(answer) == [query.partition("=")[0]]


def test_a_cursor_nobody_gave(api: Program) -> None:
    assert fields(api.ask("GET", "objectives/?cursor=nonsense")) == ["cursor"]


@pytest.mark.parametrize(
    "path", ["objectives/?temas=1", "objectives/?limit=5&page_size=5", "cycles/?expand=key_results"]
)
def test_a_parameter_that_nothing_reads(api: Program, path: str) -> None:
    """Else a misspelt filter would answer with everything."""
    (name,) = fields(api.ask("GET", path))
    assert name in {"temas", "limit", "expand"}


def test_one_object_takes_no_filters(api: Program, world: World) -> None:
    path = f"objectives/{world.objective.pk}/"
    assert fields(api.ask("GET", f"{path}?team={world.team.pk}")) == ["team"]
    assert api.ask("GET", f"{path}?expand=key_results").status_code == 200


def test_lists_below_one_object_have_pages_and_actions_their_own_parameters(api: Program, world: World) -> None:
    for path in (f"key-results/{world.key_result.pk}/check-ins/?page_size=1", "examples/built-in/?language=de"):
        assert api.ask("GET", path).status_code == 200
    assert fields(api.ask("GET", "examples/built-in/?page_size=1")) == ["page_size"]


def test_what_nobody_expected_is_told_without_details(
    api: Program, world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(self: ObjectiveViewSet, *args: Any, **kwargs: Any) -> None:
        Objective.objects.filter(pk=world.objective.pk).update(title="Half written")
        raise RuntimeError("a secret of the house")

    monkeypatch.setattr(ObjectiveViewSet, "partial_update", broken)
    with caplog.at_level(logging.ERROR, logger=problems.__name__):
        answer = api.ask("PATCH", f"objectives/{world.objective.pk}/", {})
    body = problem(answer, 500)
    assert "secret" not in answer.content.decode()
    assert body["code"] == "error"
    assert "a secret of the house" in caplog.text
    with within(world.organization):
        assert Objective.objects.get(pk=world.objective.pk).title == world.objective.title


@pytest.mark.parametrize(
    "query", ["q=a%00b", "cursor=%00", "cycle=%00", "expand=%00", "updated_since=%00", "page_size=%00", "level=%00"]
)
def test_nul_in_a_query(query: str, api: Program) -> None:
    answer = api.ask("GET", f"objectives/?{query}")
    assert answer.status_code in {200, 404, 422}
    if answer.status_code != 200:
        problem(answer, answer.status_code)


@pytest.mark.parametrize("accept", ["text/html", "application/xml", "*/*", "application/problem+json", "nonsense"])
def test_json_whatever_is_accepted(accept: str, api: Program) -> None:
    answer = api.ask("GET", "objectives/", accept=accept)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    problem(api.ask("GET", "objectives/?expand=x", accept=accept), 422)


def test_head_and_options(api: Program) -> None:
    head = api.ask("HEAD", "objectives/")
    assert (head.status_code, head.content) == (200, b"")
    options = api.ask("OPTIONS", "objectives/")
    assert options.status_code == 200
    assert set(options.json()["methods"]) == {"GET", "POST", "HEAD", "OPTIONS"}
    assert "POST" in options["Allow"]


def test_problems_speak_the_language_of_the_person(api: Program, world: World) -> None:
    answer = api.ask("PATCH", f"objectives/{world.objective.pk}/", {"title": ""}, **{"accept-language": "de"})
    body = problem(answer, 422)
    assert body["title"] == "Invalid values"
    assert body["errors"][0]["detail"] != "This field may not be blank."
