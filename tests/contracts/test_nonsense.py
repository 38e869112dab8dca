"""Bodies nobody should send, to every address that takes one: answered with words, nothing foreign referred to."""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from organizations.enums import Role
from tests.contracts.addresses import Address, filled, tenant_addresses
from tests.contracts.report import nothing_wrong
from tests.contracts.test_urls import FRAGMENT, told
from tests.factories.roles import RoleAssignmentFactory
from tests.factories.worlds import World, client_of, within

pytestmark = pytest.mark.django_db

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
# Names that forms and the API know, each with a value of a wrong kind.
NAMES = """
title name note value weight start target lower upper metric level kind status phase cycle team owner parent lead
objective key_result target_objective target_key_result target_priority starts_on ends_on due_on members email emails
addresses confidence progress position role scopes expires_on url tags milestones mapping order file manager helper
member on_behalf_of claims
""".split()  # noqa: SIM905 - a list of fifty lines reads worse
WRONG: dict[str, Any] = {
    "list": [1, {"a": None}],
    "number": -1e30,
    "text": "x" * 3000,
    "id of nobody": "01890a5d-ac96-774b-bcce-b302099a8057",
}


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("CRITICAL", logger="django.request")


@pytest.fixture
def everything(world: World) -> Client:
    """Signed in as somebody who may do everything; errors are answered by 500."""
    with within(world.organization):
        for role in Role.values:
            RoleAssignmentFactory.create(membership=world.administrator, role=role)
    client = client_of(world.administrator)
    client.raise_request_exception = False
    return client


def send(client: Client, method: str, path: str, body: Any, kind: str) -> Any:
    """Return the answer to a body; what it wrote is taken back."""
    with transaction.atomic():
        if kind == FORM:
            # As browsers send forms without a file; in many parts it would take as long to read as to answer.
            answer = client.post(path, urlencode(body), content_type=FORM, headers=FRAGMENT)
        else:
            answer = client.generic(method, path, body, content_type=kind)
        # Foreign keys are checked at commit, which never comes here.
        answer.breaks_a_key = _breaks_a_key()
        transaction.set_rollback(True)
    return answer


def _breaks_a_key() -> bool:
    """Return whether what was written refers to something that is not there, or not in the organization."""
    try:
        with transaction.atomic():
            connection.check_constraints()
    except IntegrityError:
        return True
    return False


def writing(*, api: bool) -> list[tuple[Address, str]]:
    """Return the addresses and methods that take a body."""
    return [
        (address, method)
        for address in tenant_addresses()
        if address.is_api == api
        for method in address.methods
        if method in {"POST", "PUT", "PATCH", "DELETE"}
    ]


@pytest.mark.parametrize("what", WRONG)
def test_forms(what: str, world: World, everything: Client, covered: Callable[[str, int], None]) -> None:
    problems = []
    value = WRONG[what] if isinstance(WRONG[what], str) else str(WRONG[what])
    for address, method in writing(api=False):
        answer = send(everything, method, filled(address, world), dict.fromkeys(NAMES, value), FORM)
        if answer.status_code >= 500:
            problems.append(told(address, method, answer))
    nothing_wrong(problems)
    covered("pages that take nonsense in a form", len(writing(api=False)))


def test_forms_with_a_nul_are_refused(world: World, everything: Client) -> None:
    for address, method in writing(api=False):
        answer = send(everything, method, filled(address, world), {"title": "\0"}, FORM)
        assert answer.status_code in {400, 405}, address.name


BODIES = {
    "nothing": "",
    "no JSON": "{",
    "null": "null",
    "a list": "[]",
    "a text": '"x"',
    **{f"fields of a wrong kind ({what})": json.dumps(dict.fromkeys(NAMES, value)) for what, value in WRONG.items()},
    "fields that are null": json.dumps(dict.fromkeys(NAMES)),
    "a NUL": json.dumps(dict.fromkeys(NAMES, "a\0b")),
    "no UTF-8": b'{"title": "\xff"}',
}


@pytest.mark.parametrize("what", BODIES)
def test_the_api(what: str, world: World, everything: Client, covered: Callable[[str, int], None]) -> None:
    problems = []
    for address, method in writing(api=True):
        answer = send(everything, method, filled(address, world), BODIES[what], JSON)
        if answer.status_code >= 500:
            problems.append(told(address, method, answer))
        elif answer.status_code >= 400 and not answer["Content-Type"].startswith("application/problem+json"):
            problems.append(f"{told(address, method, answer)} is no problem document")
    nothing_wrong(problems)
    covered("addresses of the API that take nonsense", len(writing(api=True)))
