"""Who is let in: tokens and sessions."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from organizations.api.permissions import INCLUDES
from organizations.enums import Scope
from organizations.models import ApiToken, AuditEntry, Membership, User
from tests.api.conftest import Program, problem
from tests.contracts.addresses import tenant_addresses
from tests.factories.worlds import World, client_of, user_of, within

pytestmark = pytest.mark.django_db


def test_a_token_reads(api: Program, world: World) -> None:
    found = api.get("objectives/")
    assert {one["id"] for one in found["results"]} == {str(world.objective.pk), str(world.organization_objective.pk)}


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer nobody", "Bearer a b", "Bearer " + "x" * 500, "Basic dTpw", "Bearer \xff"]
)
def test_who_has_no_token_is_not_let_in(header: str, world: World) -> None:
    answer = Program(world.organization.slug).ask("GET", "objectives/", authorization=header)
    assert problem(answer, 401)["title"] == "Not authenticated"
    assert answer["WWW-Authenticate"] == 'Bearer realm="okrapp"'


@pytest.mark.parametrize(
    "change", [{"revoked_at": timezone.now()}, {"expires_at": timezone.now() - timedelta(seconds=1)}]
)
def test_a_token_that_ended_opens_nothing(change: dict[str, object], api: Program, world: World) -> None:
    with within(world.organization):
        ApiToken.objects.filter(membership=world.member, name="Test").update(**change)
    problem(api.ask("GET", "objectives/"), 401)


def test_a_token_that_is_going_to_end_still_opens(api: Program, world: World) -> None:
    with within(world.organization):
        ApiToken.objects.filter(name="Test").update(expires_at=timezone.now() + timedelta(minutes=1))
    assert api.get("members/me/")["id"] == str(world.member.pk)


def test_a_token_of_another_organization_opens_nothing(api: Program, other_world: World) -> None:
    problem(api.ask("GET", f"/api/v1/o/{other_world.organization.slug}/objectives/"), 401)
    problem(api.ask("GET", "/api/v1/o/nobody-has-this/objectives/"), 401)


def test_people_who_left_are_not_let_in(api: Program, world: World) -> None:
    session = Program(world.organization.slug, client_of(world.member))
    with within(world.organization):
        Membership.objects.filter(pk=world.member.pk).update(deactivated_at=timezone.now())
    problem(api.ask("GET", "objectives/"), 401)
    problem(session.ask("GET", "objectives/"), 404)


def test_users_who_were_closed_are_not_let_in(api: Program, world: World) -> None:
    User.objects.filter(pk=user_of(world.member).pk).update(is_active=False)
    problem(api.ask("GET", "objectives/"), 401)


def test_use_is_noted_now_and_then(api: Program, world: World) -> None:
    def last_used() -> object:
        with within(world.organization):
            return ApiToken.objects.get(name="Test").last_used_at

    assert last_used() is None
    api.get("objectives/")
    first = last_used()
    assert first is not None
    api.get("objectives/")
    assert last_used() == first


def test_a_missing_scope_is_named(world: World, program: Callable[..., Program]) -> None:
    reader = program(world.member, Scope.OKRS_READ)
    answer = reader.ask("POST", f"key-results/{world.key_result.pk}/check-ins/", {"value": 20})
    assert "check-ins:write" in problem(answer, 403)["detail"]
    assert "people:read" in problem(reader.ask("GET", "members/"), 403)["detail"]
    assert reader.get("members/me/")["display_name"] == world.member.display_name


# What each scope alone opens: a read or write of each kind, and whether it is let through to the view.
@pytest.mark.parametrize(
    ("scope", "opened"),
    [
        (Scope.OKRS_READ, {"okrs", "settings"}),
        (Scope.OKRS_WRITE, {"okrs", "settings", "write okrs", "check in"}),
        (Scope.CHECK_INS_WRITE, {"okrs", "settings", "check in"}),
        (Scope.PEOPLE_READ, {"people"}),
        (Scope.PEOPLE_WRITE, {"people", "write people"}),
        (Scope.ROLLOUT_READ, {"rollouts"}),
        (Scope.ROLLOUT_WRITE, {"rollouts", "write rollouts"}),
        (Scope.SETTINGS_WRITE, {"settings", "write settings"}),
    ],
)
def test_what_a_scope_opens(scope: Scope, opened: set[str], world: World, program: Callable[..., Program]) -> None:
    asks = {
        "okrs": ("GET", "key-results/"),
        "write okrs": ("POST", "objectives/"),
        "check in": ("POST", f"key-results/{world.key_result.pk}/check-ins/"),
        "people": ("GET", "teams/"),
        "write people": ("POST", f"teams/{world.team.pk}/members/"),
        "rollouts": ("GET", "rollout-plans/"),
        "write rollouts": ("POST", "barriers/"),
        "settings": ("GET", "settings/"),
        "write settings": ("PATCH", "settings/"),
    }
    asking = program(world.lead, scope)
    found = set()
    for name, (method, path) in asks.items():
        answer = asking.ask(method, path, None if method == "GET" else {})
        if answer.status_code == 403:
            assert "scope" in problem(answer, 403)["detail"]
        else:
            assert answer.status_code in {200, 201, 422}, answer.content
            found.add(name)
    assert found == opened


def test_every_scope_has_its_row_above() -> None:
    assert set(INCLUDES) == {Scope.OKRS_WRITE, Scope.CHECK_INS_WRITE, Scope.PEOPLE_WRITE, Scope.ROLLOUT_WRITE}
    assert len(Scope) == 8


def test_every_operation_asks_for_a_scope() -> None:
    """Except one's own tokens and oneself."""
    without = set()
    for address in tenant_addresses():
        if not address.is_api:
            continue
        scopes = address.view.scopes
        for method in {*address.methods} - {"HEAD"}:
            if not scopes.get(method):
                without.add(f"{method} {address.name}")
    assert without == {
        "GET organizations_api:token-list",
        "GET organizations_api:token-detail",
        "DELETE organizations_api:token-detail",
    }


def test_tokens_are_ones_own(api: Program, world: World, program: Callable[..., Program]) -> None:
    program(world.lead)
    found = api.get("tokens/")["results"]
    assert {one["name"] for one in found} == {"Test", f"Token of {world.organization.name}"}
    assert not any("digest" in one or "secret" in one for one in found)


def test_a_program_revokes_the_token_it_uses_and_no_other(api: Program, world: World) -> None:
    own = next(one for one in api.get("tokens/")["results"] if one["name"] == "Test")
    problem(api.ask("DELETE", f"tokens/{world.token.pk}/"), 403)
    assert api.ask("DELETE", f"tokens/{own['id']}/").status_code == 204
    problem(api.ask("GET", "tokens/"), 401)


def test_a_session_reads_and_writes_with_the_csrf_token(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(user_of(world.member))
    session = Program(world.organization.slug, client)
    path, body = f"key-results/{world.key_result.pk}/check-ins/", {"value": 20}
    assert session.ask("GET", "objectives/").status_code == 200
    assert "CSRF" in problem(session.ask("POST", path, body), 403)["detail"]
    client.get(f"/o/{world.organization.slug}/settings/tokens/")
    token = client.cookies["csrftoken"].value
    answer = session.ask("POST", path, body, **{"x-csrftoken": token})
    assert answer.status_code == 201
    assert answer.json()["via"] == "api"


def test_a_token_needs_no_csrf_token(world: World, program: Callable[..., Program]) -> None:
    asking = program(world.member)
    asking.client = Client(enforce_csrf_checks=True)
    asking.write("POST", f"key-results/{world.key_result.pk}/check-ins/", {"value": 20}, status=201)
    with within(world.organization):
        entry = AuditEntry.objects.filter(verb="checked_in").latest("at")
        assert (entry.via, entry.actor_id) == ("api", world.member.pk)


def test_an_outsider_finds_nothing(world: World, outsider: User) -> None:
    problem(Program(world.organization.slug, client_of(outsider)).ask("GET", "objectives/"), 404)
