"""Ids of another organization: in each part of a path and in each field of a body they are like ids nobody has."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from rest_framework import serializers

from okrapp.api.serializers import RelatedRows
from okrs.api import cycle_serializers
from okrs.api import serializers as okrs_serializers
from organizations.api import serializers as organizations_serializers
from organizations.enums import Role
from tests.api.conftest import Program, fields, problem
from tests.contracts import catalogue
from tests.factories import roles
from tests.factories.worlds import World, within

pytestmark = pytest.mark.django_db

NOBODY = UUID("01890a5d-ac96-774b-bcce-b302099a8057")
# Method, path in one's own organization, a body that is fine, and the fields that take ids, with what they name.
BODIES: list[tuple[str, str, Callable[[World], dict[str, Any]], dict[str, str]]] = [
    (
        "POST",
        "objectives/",
        lambda w: {"cycle": str(w.cycle.pk), "title": "New", "team": str(w.team.pk), "owner": str(w.lead.pk)},
        {"cycle": "cycle", "team": "team", "owner": "member"},
    ),
    ("POST", "objectives/{objective}/shares/", lambda w: {}, {"member": "member"}),
    ("PATCH", "objectives/{objective}/", lambda w: {}, {"team": "team", "owner": "member"}),
    (
        "POST",
        "key-results/",
        lambda w: {"objective": str(w.objective.pk), "title": "New", "start": 0, "target": 1},
        {"objective": "objective", "owner": "member"},
    ),
    ("PATCH", "key-results/{key_result}/", lambda w: {}, {"owner": "member"}),
    (
        "POST",
        "key-results/{key_result}/check-ins/",
        lambda w: {"blocker": "Rain"},
        {"helper": "member", "milestones_done": "milestone"},
    ),
    ("POST", "key-results/{steps}/check-ins/", lambda w: {}, {"milestones_done": "milestone"}),
    (
        "POST",
        "alignments/",
        lambda w: {"objective": str(w.objective.pk)},
        {
            "target_objective": "organization_objective",
            "target_key_result": "key_result",
            "target_priority": "priority",
        },
    ),
    ("POST", "alignments/", lambda w: {"target_priority": str(w.priority.pk)}, {"objective": "objective"}),
    (
        "POST",
        "initiatives/",
        lambda w: {"objective": str(w.objective.pk), "title": "New"},
        {"objective": "objective", "key_result": "key_result", "owner": "member"},
    ),
    ("PATCH", "initiatives/{initiative}/", lambda w: {}, {"key_result": "key_result", "owner": "member"}),
    (
        "POST",
        "cycles/",
        lambda w: {"name": "New", "starts_on": "2030-01-01", "ends_on": "2030-02-01"},
        {"teams": "team"},
    ),
    ("PATCH", "cycles/{cycle}/", lambda w: {}, {"teams": "team"}),
    ("POST", "members/", lambda w: {"display_name": "New"}, {"manager": "member"}),
    ("PATCH", "members/{member}/", lambda w: {}, {"manager": "lead"}),
    ("POST", "teams/", lambda w: {"name": "New"}, {"parent": "team", "lead": "member"}),
    ("PATCH", "teams/{team}/", lambda w: {}, {"lead": "member"}),
    ("POST", "teams/{team}/move/", lambda w: {}, {"parent": "root_team"}),
    ("POST", "teams/{team}/members/", lambda w: {}, {"members": "member"}),
    ("POST", "invitations/", lambda w: {"emails": ["new@example.com"]}, {"team": "team", "claims": "placeholder"}),
]
CASES = [
    pytest.param(method, path, body, field, kind, id=f"{method} {path} {field}")
    for method, path, body, taken in BODIES
    for field, kind in taken.items()
]
LISTS = {"teams", "members", "milestones_done"}


@pytest.fixture
def api(world: World, program: Callable[..., Program]) -> Program:
    """A program of somebody who may do everything at home, also check in."""
    with within(world.organization):
        for role in (Role.PLO, Role.LEADERSHIP):
            roles.RoleAssignmentFactory.create(membership=world.lead, role=role)
        type(world.lead).objects.filter(pk=world.lead.pk).update(is_administrator=True)
    return program(world.lead)


@pytest.mark.parametrize(("method", "path", "body", "field", "kind"), CASES)
def test_ids_in_bodies(
    method: str,
    path: str,
    body: Callable[[World], dict[str, Any]],
    field: str,
    kind: str,
    api: Program,
    world: World,
    other_world: World,
) -> None:
    names = {
        "objective": world.objective.pk, "key_result": world.key_result.pk, "steps": world.milestone_key_result.pk,
        "initiative": world.initiative.pk, "cycle": world.cycle.pk, "member": world.member.pk, "team": world.team.pk,
    }  # fmt: skip
    address = path.format(**names)
    before = _state(other_world)

    def ask(value: object) -> Any:
        return api.ask(method, address, {**body(world), field: [str(value)] if field in LISTS else str(value)})

    theirs, nobodys = ask(getattr(other_world, kind).pk), ask(NOBODY)
    assert fields(theirs)[0].partition(".")[0] == field
    told = [answer.json()["errors"][0]["detail"] for answer in (theirs, nobodys)]
    assert told[0].replace(str(getattr(other_world, kind).pk), "…") == told[1].replace(str(NOBODY), "…")
    assert "Globex" not in theirs.content.decode()
    assert _state(other_world) == before


def test_every_field_that_takes_an_id_is_tried() -> None:
    tried = {field for _, _, _, taken in BODIES for field in taken}
    modules = (okrs_serializers, cycle_serializers, organizations_serializers)
    assert {found for module in modules for found in _fields_with_ids(module)} == tried


def _fields_with_ids(module: Any) -> Iterator[str]:
    for value in vars(module).values():
        if not (isinstance(value, type) and issubclass(value, serializers.Serializer)):
            continue
        if value.__module__ != module.__name__:
            continue
        for name, field in value._declared_fields.items():
            child = getattr(field, "child", None)
            takes_id = isinstance(field, (serializers.PrimaryKeyRelatedField, RelatedRows))
            if takes_id or (isinstance(child, serializers.UUIDField) and value.__name__.endswith("Input")):
                yield name


def test_ids_below_another_object(api: Program, world: World, other_world: World) -> None:
    """Of another organization, and of another object at home."""
    for milestone in (other_world.milestone.pk, NOBODY):
        problem(api.ask("PATCH", f"key-results/{world.milestone_key_result.pk}/milestones/{milestone}/", {}), 404)
    problem(api.ask("DELETE", f"key-results/{world.key_result.pk}/milestones/{world.milestone.pk}/"), 404)
    for member in (other_world.member.pk, NOBODY):
        problem(api.ask("DELETE", f"teams/{world.team.pk}/members/{member}/"), 404)


def test_ids_in_filters(api: Program, other_world: World) -> None:
    for path, name, value in [
        ("objectives/", "cycle", other_world.cycle.pk),
        ("objectives/", "team", other_world.team.pk),
        ("key-results/", "objective", other_world.objective.pk),
        ("check-ins/", "key_result", other_world.key_result.pk),
        ("members/", "team", other_world.team.pk),
        ("audit/", "object_id", other_world.audit_entry.object_id),
    ]:
        found = api.get(path, **{name: value})["results"]
        assert "Globex" not in str(found)
        assert found == [] or path == "audit/"


def _state(world: World) -> dict[str, tuple[int, str]]:
    with within(world.organization):
        return {table: catalogue.fingerprint(table, world.organization.pk) for table in catalogue.walled_tables()}
