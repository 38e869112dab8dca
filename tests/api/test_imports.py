"""Spreadsheets through the API: checked, imported by a worker, all or nothing."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from okrs.models import Objective
from organizations.enums import Role, Scope
from organizations.models import ImportRun, Membership
from organizations.registry import registry
from organizations.spreadsheets.writer import write_csv
from organizations.tasks import work_on_import
from tests.api.conftest import Program, fields, problem
from tests.factories import roles
from tests.factories.worlds import World, within
from tests.queries import exactly

pytestmark = pytest.mark.django_db

PEOPLE = b"Name,E-mail,Team\nAda Berg,ada@new.example.com,Sales Acme\nBen Lund,,Company Acme / Support\n"


def okrs_file() -> bytes:
    importer = registry.importers["okrs"]
    return write_csv([str(field.label) for field in importer.fields()], importer.example_rows())


@pytest.fixture
def admin(world: World) -> Membership:
    """Somebody who may import both."""
    with within(world.organization):
        roles.RoleAssignmentFactory.create(membership=world.administrator, role=Role.PLO)
    return world.administrator


@pytest.fixture
def api(admin: Membership, program: Callable[..., Program]) -> Program:
    return program(admin)


def send(api: Program, content: bytes, name: str = "file.csv", headers: Any = None, **data: Any) -> Any:
    return api.client.post(
        f"/api/v1/o/{api.slug}/imports/",
        {"file": SimpleUploadedFile(name, content), **data},
        headers={"authorization": f"Bearer {api.secret}", **(headers or {})},
    )


def members(world: World) -> int:
    with within(world.organization):
        return Membership.objects.count()


def test_a_dry_run_says_what_would_be_done(api: Program, world: World) -> None:
    before = members(world)
    answer = send(api, PEOPLE, kind="people", dry_run="true")
    assert answer.status_code == 201, answer.content
    run = answer.json()
    assert (run["state"], run["progress"], run["file_name"]) == ("checked", None, "file.csv")
    assert (run["outcome"]["created"], run["outcome"]["problems"]) == (2, [])
    assert members(world) == before
    assert api.get(f"imports/{run['id']}/") == run
    started = api.ask("POST", f"imports/{run['id']}/start/")
    assert (started.status_code, started.json()["state"]) == (202, "running")
    problem(api.ask("POST", f"imports/{run['id']}/start/"), 422)


def test_okrs_are_imported_and_watched(api: Program, world: World) -> None:
    answer = send(api, okrs_file(), kind="okrs")
    assert answer.status_code == 202, answer.content
    run = answer.json()
    assert (run["state"], run["progress"]) == ("running", 0)
    assert work_on_import(organization_id=world.organization.pk, import_id=run["id"])
    done = api.get(f"imports/{run['id']}/")
    assert (done["state"], done["progress"]) == ("done", None)
    outcome = done["outcome"]
    assert (outcome["created"], outcome["updated"], outcome["unchanged"]) == (3, 0, 0)
    assert (outcome["counts"]["objectives"], outcome["counts"]["key_results"]) == (2, 1)
    with within(world.organization):
        assert Objective.objects.filter(cycle__name="Q1 2027").count() == 2
    again = send(api, okrs_file(), kind="okrs", dry_run="true").json()["outcome"]
    assert (again["created"], again["updated"], again["unchanged"]) == (0, 0, 3)
    assert api.get("imports/")["results"][-1]["kind"] == "okrs"


def test_problems_are_listed_and_nothing_is_written(api: Program, world: World) -> None:
    before = members(world)
    answer = send(api, PEOPLE + b",nobody,\n", kind="people")
    assert answer.status_code == 201
    run = answer.json()
    assert run["state"] == "checked"
    assert run["outcome"]["problems"][0]["row"] == 4
    assert members(world) == before
    problem(api.ask("POST", f"imports/{run['id']}/start/"), 422)


def test_the_mapping_is_guessed_or_given(api: Program) -> None:
    other = PEOPLE.replace(b"Name,", b"Who is it,")
    assert fields(send(api, other, kind="people")) == ["mapping.name"]
    mapping = json.dumps({"name": "Who is it"})
    run = send(api, other, kind="people", dry_run="true", mapping=mapping).json()
    assert run["mapping"]["name"] == "Who is it"
    assert run["mapping"]["email"] == "E-mail"
    assert fields(send(api, other, kind="people", mapping='{"name": "No such"}')) == ["mapping.name"]
    assert fields(send(api, other, kind="people", mapping="{")) == ["mapping"]
    assert fields(send(api, other, kind="people", mapping="[]")) == ["mapping"]


@pytest.mark.parametrize("options", ['{"merge_teams": 1}', '["x"]', "1", '{"a\\u0000": {}}', '{"a": {"b": "\\u0000"}}'])
def test_options_that_do_not_fit(options: str, api: Program) -> None:
    assert fields(send(api, okrs_file(), kind="okrs", options=options)) == ["options"]


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"", "empty.csv"), (b"\x89PNG\r\n\x1a\n\0\0\0", "picture.xlsx"), (b"a" * 11_000_000, "big.csv")],
)
def test_files_that_are_none(content: bytes, name: str, api: Program, world: World) -> None:
    assert fields(send(api, content, name=name, kind="people")) == ["file"]
    with within(world.organization):
        assert not ImportRun.objects.filter(file_name=name).exists()


def test_what_is_missing(api: Program) -> None:
    answer = api.client.post(
        f"/api/v1/o/{api.slug}/imports/", {"kind": "cats"}, headers={"authorization": f"Bearer {api.secret}"}
    )
    assert fields(answer) == ["kind", "file"]
    problem(api.ask("POST", "imports/", {"kind": "people"}), 415)


def test_who_may_import(world: World, admin: Membership, program: Callable[..., Program]) -> None:
    for member in (world.member, world.lead):
        for kind, content in (("okrs", okrs_file()), ("people", PEOPLE)):
            problem(send(program(member), content, kind=kind), 403)
    # The Program Lead Office alone makes no people.
    problem(send(program(world.plo), okrs_file(), kind="okrs"), 403)


@pytest.mark.parametrize(
    ("scopes", "kind", "allowed"),
    [
        ([Scope.OKRS_WRITE, Scope.PEOPLE_WRITE], "okrs", True),
        ([Scope.OKRS_WRITE], "okrs", False),
        ([Scope.PEOPLE_WRITE], "okrs", False),
        ([Scope.PEOPLE_WRITE], "people", True),
        ([Scope.OKRS_WRITE], "people", False),
    ],
)
def test_scopes(
    scopes: list[Scope], kind: str, allowed: bool, admin: Membership, program: Callable[..., Program]
) -> None:
    content = okrs_file() if kind == "okrs" else PEOPLE
    answer = send(program(admin, *scopes), content, kind=kind, dry_run="true")
    if allowed:
        assert answer.status_code == 201
    else:
        assert "scope" in problem(answer, 403)["detail"]


def test_an_upload_sent_twice_is_one_import(api: Program, world: World) -> None:
    key = {"idempotency-key": "upload"}
    first = send(api, PEOPLE, kind="people", dry_run="true", headers=key)
    again = send(api, PEOPLE, kind="people", dry_run="true", headers=key)
    assert (again.json(), again["Idempotent-Replayed"]) == (first.json(), "true")
    problem(send(api, PEOPLE + b"\n", kind="people", dry_run="true", headers=key), 409)
    with within(world.organization):
        assert ImportRun.objects.filter(kind="people").count() == 1


def test_watching_an_import_is_cheap(api: Program) -> None:
    run = send(api, PEOPLE, kind="people", dry_run="true").json()
    with exactly(3):
        api.get(f"imports/{run['id']}/")
