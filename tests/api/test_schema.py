"""The schema: valid, complete, open to everybody, and true."""

import json
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from okrapp.api.reference import schema_text
from okrapp.api.schema import ALWAYS
from tests.contracts.addresses import tenant_addresses

SCHEMA: dict[str, Any] = json.loads(schema_text())
# A kept answer would tell whose card, barrier or comment it is.
NEVER_REPEATED = {"cards_of_retrospectives_create", "barriers_create", "comments_on_barriers_create"}
OPERATIONS = [(path, method, one) for path, ones in SCHEMA["paths"].items() for method, one in ones.items()]


def test_it_is_valid_and_without_warnings(tmp_path: Any) -> None:
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(tmp_path / "schema.yml"))
    assert SCHEMA["openapi"].startswith("3.1")


@pytest.mark.django_db
def test_everybody_may_read_it() -> None:
    answer = Client().get("/api/v1/schema/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    assert answer.json() == SCHEMA
    assert Client().post("/api/v1/schema/").status_code == 405


def test_every_operation_is_in_it() -> None:
    served = {
        (address.route, method.lower())
        for address in tenant_addresses()
        if address.is_api
        for method in address.methods
        if method not in {"HEAD", "OPTIONS"}
    }
    assert len(OPERATIONS) == len(served)


@pytest.mark.parametrize(
    ("path", "method", "operation"), OPERATIONS, ids=[one["operationId"] for *_, one in OPERATIONS]
)
def test_every_operation_says_what_it_does(path: str, method: str, operation: dict[str, Any]) -> None:
    assert operation["summary"]
    assert operation["description"]
    assert len(operation["tags"]) == 1
    assert operation["security"] == [{"token": []}, {"session": []}]
    assert {str(code) for code in ALWAYS} <= set(operation["responses"])
    for code, response in operation["responses"].items():
        if int(code) >= 400:
            assert list(response["content"]) == ["application/problem+json"]
    if "201" in operation["responses"] and operation["operationId"] not in NEVER_REPEATED:
        assert "Idempotency-Key" in [parameter["name"] for parameter in operation["parameters"]]


def test_no_body_takes_other_fields() -> None:
    """What a resource takes is an `InputSerializer` or a `RowSerializer`; a plain one would ignore misspelt names."""
    names = {name for *_, one in OPERATIONS for name in _components(one.get("requestBody", {}))}
    assert len(names) > 50
    assert [name for name in sorted(names) if _schema(name).get("type") == "object" and _is_open(name)] == []


def _components(described: Any) -> set[str]:
    """Return the names of the components something refers to, and of those inside them."""
    if isinstance(described, dict):
        found = set().union(*(_components(value) for name, value in described.items() if name != "$ref"), set())
        if "$ref" in described:
            name = described["$ref"].rpartition("/")[2]
            found |= {name} | _components(_schema(name))
        return found
    return set().union(*map(_components, described)) if isinstance(described, list) else set()


def _schema(name: str) -> dict[str, Any]:
    return dict(SCHEMA["components"]["schemas"][name])


def _is_open(name: str) -> bool:
    return _schema(name).get("additionalProperties") is not False


def test_operations_have_names_of_their_own() -> None:
    names = [one["operationId"] for *_, one in OPERATIONS]
    assert len(set(names)) == len(names)
    assert {"objectives_list", "key_results_check_in", "teams_remove_member", "settings_update"} <= set(names)
    assert all(tag["description"] for tag in SCHEMA["tags"])
