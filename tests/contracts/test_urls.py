"""Every address below an organization, as a stranger, an outsider, a member elsewhere and a member.

Generated from the resolver: a new address is tried without a line here, and one whose variable parts nobody has
explained (tests/contracts/addresses.py) fails.
"""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from organizations.enums import Role
from organizations.models import Team, User
from tests.contracts import catalogue
from tests.contracts.addresses import (
    OBJECTS,
    Address,
    addresses,
    filled,
    own_parts,
    query_names,
    tenant_addresses,
    value_of,
    values_of_query,
)
from tests.contracts.asked import asked_of_queries
from tests.contracts.report import nothing_wrong
from tests.factories.organizations import ApiTokenFactory
from tests.factories.roles import RoleAssignmentFactory
from tests.factories.worlds import World, client_of, within

pytestmark = pytest.mark.django_db

Covered = Callable[[str, int], None]

# Open to people who are no members yet; their own tests say to whom. A secret in the address stands for the invitation.
OPEN_TO_STRANGERS = {"organizations:join", "notifications:unsubscribe", "okrs:quick_check_in"}
# Rows that only the person they belong to finds, and who that is in the world.
PERSONAL = {
    "organizations_api:token-detail": "member",
    "notifications:notification": "member",
    "notifications_api:notification-detail": "member",
    "okrs_api:mention-detail": "lead",
    "roles_api:coaching-note-detail": "plo",
}
# In every name of the other organization, and in no query.
THEIRS = "Globex"
# Reads the same without the frame around it, which takes longer to draw than most of what is in it.
FRAGMENT = {"hx-request": "true"}
WRITING = ("POST", "PUT", "PATCH", "DELETE")
# How the API refuses a name in a query that nothing reads.
NO_PARAMETER = "There is no such parameter here."


def ask(client: Client, method: str, path: str, **headers: str) -> Any:
    """Return the answer to a request; an exception becomes its 500."""
    client.raise_request_exception = False
    kinds = {"content_type": "application/json"} if path.startswith("/api/") and method != "GET" else {}
    return client.generic(method, path, **kinds, headers=headers)


def methods(address: Address) -> tuple[str, ...]:
    """Return what to try: everything in the API, where a view may take more than it declares."""
    return ("GET", *WRITING) if address.is_api else ("GET", "POST")


def told(address: Address, method: str, answer: Any) -> str:
    """Return a sentence about an answer that is wrong."""
    error = f" {answer.exc_info[0].__name__}: {answer.exc_info[1]}"[:200] if getattr(answer, "exc_info", None) else ""
    return f"{method} {address.name} ({address.route}): {answer.status_code}{error}"


def state(world: World) -> dict[str, tuple[int, str]]:
    """Return a digest of every row of an organization."""
    with within(world.organization):
        return {table: catalogue.fingerprint(table, world.organization.pk) for table in catalogue.walled_tables()}


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> None:
    """Leave the hundreds of refusals that are meant out of the report of a failure."""
    caplog.set_level("CRITICAL", logger="django.request")


@pytest.fixture
def other_world(other_world: World) -> World:
    """The other organization, with names in its addresses that the first one does not have."""
    with within(other_world.organization):
        Team.objects.filter(pk=other_world.team.pk).update(slug="elsewhere")
    other_world.team.slug = "elsewhere"
    return other_world


@pytest.fixture
def everything(world: World) -> Client:
    """Signed in as somebody who may do everything in the first organization."""
    with within(world.organization):
        for role in Role.values:
            RoleAssignmentFactory.create(membership=world.administrator, role=role)
    return client_of(world.administrator)


def test_every_address_has_a_name_and_every_variable_part_a_meaning(world: World, covered: Covered) -> None:
    found = tenant_addresses()
    names = [address.name for address in found]
    assert [address.route for address in found if not address.name or address.name.endswith(":")] == []
    assert {name for name in names if names.count(name) > 1} == set()
    unexplained = []
    for address in found:
        for variable in address.variables:
            try:
                value_of(address, variable, world)
            except KeyError:
                unexplained.append(f"{address.name}: <{variable}> of {address.route}")
    assert unexplained == [], "say in tests/contracts/addresses.py what these stand for"
    covered("addresses of the product", len(addresses()))
    covered("addresses below an organization", len(found))


@pytest.mark.usefixtures("undrawn")
def test_strangers_are_asked_to_sign_in(world: World, covered: Covered) -> None:
    problems, tried, before = [], 0, state(world)
    sign_in, stranger = reverse(settings.LOGIN_URL), Client()
    for address in tenant_addresses():
        if address.name in OPEN_TO_STRANGERS:
            continue
        for method in methods(address):
            tried += 1
            answer = ask(stranger, method, filled(address, world))
            if address.is_api:
                fine = answer.status_code == 401
            else:
                fine = answer.status_code == 302 and urlsplit(answer["Location"]).path == sign_in
            if not fine:
                problems.append(told(address, method, answer))
    nothing_wrong(problems)
    assert state(world) == before
    covered("requests of strangers, all asked to sign in", tried)


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize("who", ["outsider", "member elsewhere"])
def test_people_who_are_no_members_find_nothing(
    who: str, world: World, other_world: World, outsider: User, covered: Covered
) -> None:
    problems, tried, before = [], 0, state(world)
    client = client_of(outsider if who == "outsider" else other_world.administrator)
    for address in tenant_addresses():
        if address.name in OPEN_TO_STRANGERS:
            continue
        for method in methods(address):
            tried += 1
            answer = ask(client, method, filled(address, world))
            if answer.status_code != 404:
                problems.append(told(address, method, answer))
    nothing_wrong(problems)
    assert state(world) == before
    covered(f"requests of an {who}, all 404" if who == "outsider" else f"requests of a {who}, all 404", tried)


INVENTED = "nobody-has-this"


def seen(client: Client, path: str, slug: str) -> tuple[int, str, str]:
    """Return what an answer says: status, where it leads and its text, without the address asked for and its token."""
    answer = ask(client, "GET", path)
    text = re.sub(r"csrfmiddlewaretoken\" value=\"\w+|X-CSRFToken\":\"\w+", "", answer.content.decode())
    return answer.status_code, answer.headers.get("Location", "").replace(slug, ""), text.replace(slug, "")


@pytest.mark.parametrize("who", ["stranger", "outsider", "member elsewhere"])
def test_an_organization_one_is_not_in_looks_like_one_that_is_not(
    who: str, world: World, other_world: World, outsider: User, covered: Covered
) -> None:
    """To the letter: an answer that differs would tell that it exists, or its name."""
    people = {"outsider": outsider, "member elsewhere": other_world.administrator}
    client = Client() if who == "stranger" else client_of(people[who])
    slug = world.organization.slug
    paths = [filled(address, world) for address in tenant_addresses() if address.name not in OPEN_TO_STRANGERS]
    paths += [f"/o/{slug}/there/is/nothing/", f"/o/{slug}/join/wrong/", f"/api/v1/o/{slug}/nothing/", f"/o/{slug}/none"]
    problems = []
    for path in paths:
        invented = path.replace(f"/o/{slug}/", f"/o/{INVENTED}/")
        real, made_up = seen(client, path, slug), seen(client, invented, INVENTED)
        if real != made_up or world.organization.name in real[2]:
            problems.append(f"{path}: {real[:2]}, but {made_up[:2]} for a name nobody has")
    nothing_wrong(problems)
    covered("answers that do not tell whether an organization exists, to each of three", len(paths))


def test_a_token_opens_its_own_organization_only(world: World, other_world: World, covered: Covered) -> None:
    problems, tried, before = [], 0, state(world)
    program, token = Client(), f"Bearer {other_world.token_secret}"
    for address in tenant_addresses():
        if not address.is_api:
            continue
        for method in methods(address):
            tried += 1
            answer = ask(program, method, filled(address, world), authorization=token)
            if answer.status_code != 401:
                problems.append(told(address, method, answer))
    nothing_wrong(problems)
    assert state(world) == before
    covered("requests with the token of another organization, all 401", tried)


def hidden_from(who: str, address: Address) -> bool:
    """Whether an address shows a row that only somebody else finds."""
    return address.name in PERSONAL and who != PERSONAL[address.name]


@pytest.mark.parametrize("who", ["member", "lead", "plo", "administrator"])
def test_members_are_answered(who: str, world: World, covered: Covered) -> None:
    """Never with an error or "not found", where parts are asked for; test_rights.py asks for pages and the API."""
    problems, tried = [], 0
    client = client_of(getattr(world, who))
    for address in tenant_addresses():
        if address.is_api or "GET" not in address.methods:
            continue
        tried += 1
        answer = ask(client, "GET", filled(address, world), **FRAGMENT)
        if answer.status_code >= 500 or (answer.status_code == 404) != hidden_from(who, address):
            problems.append(told(address, "GET", answer))
    nothing_wrong(problems)
    covered(f"addresses whose parts are answered to a {who}", tried)


def test_a_token_reads_what_its_member_reads(world: World, covered: Covered) -> None:
    problems, tried = [], 0
    program, token = Client(), f"Bearer {world.token_secret}"
    for address in tenant_addresses():
        if address.is_api and "GET" in address.methods:
            tried += 1
            answer = ask(program, "GET", filled(address, world), authorization=token)
            is_theirs = PERSONAL.get(address.name, "member") == "member"
            if answer.status_code not in ({200, 403} if is_theirs else {404}):
                problems.append(told(address, "GET", answer))
    nothing_wrong(problems)
    covered("addresses of the API read with a token", tried)


@pytest.mark.slow
@pytest.mark.usefixtures("undrawn")
def test_another_organizations_ids_are_not_found(
    world: World, other_world: World, everything: Client, covered: Covered
) -> None:
    """In each variable part of each address, one at a time, by somebody who may do everything at home."""
    problems, tried, before = [], 0, state(other_world)
    with within(world.organization):
        ApiTokenFactory.create(membership=world.administrator, secret="okrapp_everything")
    program, token = Client(), "Bearer okrapp_everything"
    for address in tenant_addresses():
        for variable in own_parts(address):
            path = filled(address, world, **{variable: value_of(address, variable, other_world)})
            for method in methods(address):
                tried += 1
                answers = [ask(everything, method, path)]
                if address.is_api:
                    answers.append(ask(program, method, path, authorization=token))
                for answer in answers:
                    if not _not_found(address, method, answer):
                        problems.append(f"<{variable}> {told(address, method, answer)}")
    nothing_wrong(problems)
    assert state(other_world) == before
    covered("requests with another organization's ids, all 404", tried)


def _not_found(address: Address, method: str, answer: Any) -> bool:
    """Return whether an answer is right for somebody else's id: 404, or 405 for a method not taken at all."""
    if answer.status_code == 405:
        return not address.is_api or method not in address.methods
    return answer.status_code == 404


def alone(client: Client, address: Address, path: str, names: list[str]) -> list[str]:
    """Return the names of a query that can matter when sent alone: each that the view reads, or the API takes.

    A page that never reads a name answers as if it had not been sent. The API refuses all it does not take at once.
    """
    if not names:
        return []
    if not address.is_api:
        with asked_of_queries() as asked:
            ask(client, "GET", path, **FRAGMENT)
        return asked.among(names)
    answer = ask(client, "GET", _with_query(path, dict.fromkeys(names, "")))
    refused = {
        error["field"]
        for error in (answer.json()["errors"] if answer.status_code == 422 else ())
        if error["detail"].startswith(NO_PARAMETER)
    }
    return [name for name in names if name not in refused]


@pytest.mark.slow
def test_queries_show_nothing_of_another_organization(
    world: World, other_world: World, everything: Client, covered: Covered
) -> None:
    """Another organization's ids, and a part of its names, in everything that views read from the query."""
    problems, tried = [], 0
    for address in tenant_addresses():
        if "GET" not in address.methods:
            continue
        path = filled(address, world)
        for name in alone(everything, address, path, query_names(address)):
            for value in values_of_query(name, other_world):
                tried += 1
                answer = ask(everything, "GET", _with_query(path, {name: value}), **FRAGMENT)
                if answer.status_code >= 500 or THEIRS in answer.content.decode(errors="replace"):
                    problems.append(f"?{name}={value} {told(address, 'GET', answer)}")
    nothing_wrong(problems)
    covered("queries with ids and names of another organization", tried)


NONSENSE = ("\0", "-1", "9" * 30, "2026-02-30")


@pytest.mark.slow
def test_queries_of_nonsense_are_no_error(world: World, everything: Client, covered: Covered) -> None:
    """Each value in everything a view reads at once, and each name by itself with one of them in turn."""
    problems, tried = [], 0
    for address in tenant_addresses():
        names = sorted(query_names(address)) if "GET" in address.methods else []
        path = filled(address, world)
        queries = [dict.fromkeys(names, value) for value in NONSENSE] if names else []
        queries += [
            {name: NONSENSE[index % len(NONSENSE)]}
            for index, name in enumerate(alone(everything, address, path, names))
        ]
        for query in queries:
            tried += 1
            headers = {} if query == dict.fromkeys(names, NONSENSE[1]) else FRAGMENT
            answer = ask(everything, "GET", _with_query(path, query), **headers)
            if answer.status_code >= 500:
                problems.append(f"?{urlencode(query)} {told(address, 'GET', answer)}")
    nothing_wrong(problems)
    covered("queries of nonsense", tried)


def _with_query(path: str, query: dict[str, str]) -> str:
    return f"{path}{'&' if '?' in path else '?'}{urlencode(query)}"


@pytest.mark.usefixtures("undrawn")
def test_ids_nobody_has_are_answered_like_another_organizations(world: World, everything: Client) -> None:
    """Else one could tell which ids exist elsewhere."""
    nobody = "01890a5d-ac96-774b-bcce-b302099a8057"
    problems = []
    for address in tenant_addresses():
        for variable in own_parts(address):
            if variable in {"team_slug", "token"}:
                continue
            answer = ask(everything, "GET", filled(address, world, **{variable: nobody}))
            if answer.status_code not in {404, 405}:
                problems.append(f"<{variable}> {told(address, 'GET', answer)}")
    nothing_wrong(problems)


def test_what_is_known_about_variable_parts_is_used() -> None:
    used = {variable for address in tenant_addresses() for variable in address.variables}
    assert set(OBJECTS) - used == set()
