"""The organization through the API as on its pages: its name, links, administrators, the order of lists."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse

from organizations.domain.invitation import find_invitation
from organizations.enums import Role, Scope
from organizations.models import AuditEntry, Invitation, Membership, Organization
from tests.api.conftest import Program, fields, problem
from tests.factories import okrs, organizations, roles
from tests.factories.worlds import World, within

pytestmark = pytest.mark.django_db


@pytest.fixture
def api(world: World, program: Callable[..., Program]) -> Program:
    """A program of an administrator in the Program Lead Office."""
    with within(world.organization):
        roles.RoleAssignmentFactory.create(membership=world.administrator, role=Role.PLO)
    return program(world.administrator)


def test_the_organization_is_renamed_and_keeps_its_address(api: Program, world: World) -> None:
    before = api.get("settings/")
    assert before["name"] == world.organization.name
    after = api.write("PATCH", "settings/", {"name": "  Acme   Bakeries "}, status=200)
    assert after == before | {"name": "Acme Bakeries"}
    assert api.get("settings/") == after
    organization = Organization.objects.get(pk=world.organization.pk)
    assert (organization.name, organization.slug) == ("Acme Bakeries", world.organization.slug)
    with within(world.organization):
        entry = AuditEntry.objects.filter(object_type="organizations.organization").first()
        assert entry is not None
        assert (entry.via, entry.after) == ("api", {"name": "Acme Bakeries"})


def test_a_name_and_settings_in_one_request_are_written_together_or_not_at_all(api: Program, world: World) -> None:
    for body in ({"name": "New", "band_yellow": 0.9}, {"name": "New", "time_zone": "Moon/Sea"}):
        problem(api.ask("PATCH", "settings/", body), 422)
        assert api.get("settings/")["name"] == world.organization.name
    assert fields(api.ask("PATCH", "settings/", {"name": " "})) == ["name"]
    assert fields(api.ask("PATCH", "settings/", {"name": "n" * 121})) == ["name"]
    after = api.write("PATCH", "settings/", {"name": "New", "time_zone": "Europe/Paris"}, status=200)
    assert (after["name"], after["time_zone"]) == ("New", "Europe/Paris")


def test_the_right_to_administer_is_given_and_taken(
    api: Program, world: World, program: Callable[..., Program]
) -> None:
    path = f"members/{world.member.pk}/"
    made = api.write("PATCH", path, {"is_administrator": True, "title": "Head"}, status=200)
    assert (made["is_administrator"], made["title"]) == (True, "Head")
    other = program(world.member)
    assert other.get("audit/")["results"]
    assert api.write("PATCH", path, {"is_administrator": False}, status=200)["is_administrator"] is False
    problem(other.ask("GET", "audit/"), 403)
    # The last one stays, and nobody who cannot sign in becomes one.
    problem(api.ask("PATCH", f"members/{world.administrator.pk}/", {"is_administrator": False}), 422)
    problem(api.ask("PATCH", f"members/{world.placeholder.pk}/", {"is_administrator": True}), 422)
    with within(world.organization):
        found = Membership.objects.filter(is_administrator=True).values_list("pk", flat=True)
        assert list(found) == [world.administrator.pk]


def test_a_link_lets_in_whoever_has_it(api: Program, world: World) -> None:
    made = api.write("POST", "invitations/link/", {"team": str(world.team.pk), "days": 30}, status=201)
    assert (made["email"], made["team"]) == ("", str(world.team.pk))
    token = made["url"].rstrip("/").rpartition("/")[2]
    assert made["url"].endswith(reverse("organizations:join", args=[world.organization.slug, token]))
    with within(world.organization):
        found = find_invitation(token)
        assert found is not None
        assert (str(found.pk), found.is_usable) == (made["id"], True)
        assert round((found.expires_at - found.created_at) / timedelta(days=1)) == 30
    assert "url" not in api.get(f"invitations/{made['id']}/")
    assert fields(api.ask("POST", "invitations/link/", {"days": 31})) == ["days"]


def test_the_secret_of_a_link_is_not_kept_for_a_repetition(api: Program) -> None:
    headers = {"idempotency-key": "once"}
    first = api.write("POST", "invitations/link/", {}, status=201, **headers)
    again = api.write("POST", "invitations/link/", {}, status=201, **headers)
    assert again == {name: value for name, value in first.items() if name != "url"}


def test_an_invitation_is_revoked_restored_and_renewed(api: Program, world: World) -> None:
    path = f"invitations/{world.invitation.pk}/"
    assert api.write("POST", f"{path}revoke/", status=200)["revoked_at"] is not None
    assert api.write("POST", f"{path}restore/", status=200)["revoked_at"] is None
    renewed = api.write("POST", f"{path}renew/", status=200)
    with within(world.organization):
        assert find_invitation(world.invitation_secret) is None
        found = find_invitation(renewed["url"].rstrip("/").rpartition("/")[2])
        assert found == world.invitation


def test_leads_see_invitations_into_their_own_teams(world: World, program: Callable[..., Program]) -> None:
    with within(world.organization):
        Invitation.objects.filter(pk=world.invitation.pk).update(team=world.team)
        elsewhere = organizations.InvitationFactory.create(team=world.root_team)
    lead = program(world.lead)
    assert [one["id"] for one in lead.get("invitations/")["results"]] == [str(world.invitation.pk)]
    problem(lead.ask("GET", f"invitations/{elsewhere.pk}/"), 403)
    problem(lead.ask("POST", f"invitations/{elsewhere.pk}/revoke/"), 403)


def test_somebody_is_invited_to_be_a_placeholder(api: Program, world: World) -> None:
    body = {"emails": ["real@x.example"], "claims": str(world.placeholder.pk)}
    (issued,) = api.write("POST", "invitations/", body, status=201)["issued"]
    with within(world.organization):
        assert Invitation.objects.get(pk=issued["id"]).claims == world.placeholder
    two = {**body, "emails": ["one@x.example", "two@x.example"]}
    assert fields(api.ask("POST", "invitations/", two)) == ["emails"]
    assert fields(api.ask("POST", "invitations/", {**body, "claims": str(world.member.pk)})) == ["claims"]


def test_priorities_are_put_in_order(api: Program, world: World) -> None:
    second = api.write("POST", "priorities/", {"title": "Second"}, status=201)
    first = f"priorities/{world.priority.pk}/"
    assert api.write("POST", f"priorities/{second['id']}/move/", {"up": True}, status=200)["position"] == 0
    assert api.get(first)["position"] == 1
    assert api.write("POST", f"{first}move/", {"up": False}, status=200)["position"] == 1
    assert fields(api.ask("POST", f"{first}move/", {})) == ["up"]


def test_milestones_are_put_in_order(api: Program, world: World) -> None:
    path = f"key-results/{world.milestone_key_result.pk}/milestones/"
    with within(world.organization):
        okrs.MilestoneFactory.create(key_result=world.milestone_key_result, title="Later", position=9)
    places = {one["title"]: one["position"] for one in api.get(path)["results"]}
    assert places["Later"] > places[world.milestone.title]
    moved = api.write("POST", f"{path}{world.milestone.pk}/move/", {"steps": 1}, status=200)
    after = {one["title"]: one["position"] for one in api.get(path)["results"]}
    assert moved["position"] == after[world.milestone.title]
    assert after["Later"] < after[world.milestone.title]


def test_people_write_covers_invitations_and_administrators(world: World, program: Callable[..., Program]) -> None:
    reading = program(world.administrator, Scope.PEOPLE_READ)
    for method, path in (("POST", "invitations/link/"), ("PATCH", f"members/{world.member.pk}/")):
        assert "people:write" in problem(reading.ask(method, path, {}), 403)["detail"]
