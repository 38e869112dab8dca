"""Role assignments in the API: who reads which, and giving, answering and ending them."""

from typing import Any

import pytest
from django.test import Client

from organizations.enums import Role
from organizations.models import Membership
from roles.enums import AssignmentState
from roles.models import ConflictException, RoleAssignment
from tests.factories.organizations import MembershipFactory
from tests.factories.roles import RoleAssignmentFactory
from tests.factories.worlds import World, client_of, make_member, within
from tests.queries import exactly

JSON = "application/json"


@pytest.fixture
def base(world: World) -> str:
    with within(world.organization):
        ConflictException.objects.all().delete()
    return f"/api/v1/o/{world.organization.slug}/role-assignments/"


def listed(client: Client, base: str, **query: Any) -> set[str]:
    return {row["id"] for row in client.get(base, query).json()["results"]}


def test_who_holds_a_role_is_for_everybody_and_the_rest_for_those_concerned(world: World, base: str) -> None:
    with within(world.organization):
        make_member("Berta Bystander", "berta@acme")
        berta = Membership.objects.get(display_name="Berta Bystander")
        ended = RoleAssignmentFactory.create(
            membership=world.lead, role=Role.SPONSOR, state=AssignmentState.ENDED, reason="New job"
        )
        everything = {str(pk) for pk in RoleAssignment.objects.values_list("pk", flat=True)}
    secret = {str(world.proposed_coach.pk), str(world.coaching.pk), str(ended.pk)}
    assert listed(client_of(world.plo), base) == listed(client_of(world.administrator), base) == everything
    assert listed(client_of(berta), base) == everything - secret
    # The member is proposed, and coached; the lead held what ended.
    assert listed(client_of(world.member), base) == everything - {str(ended.pk)}
    assert listed(client_of(world.lead), base) & secret == {str(ended.pk)}
    client = client_of(world.plo)
    assert listed(client, base, state="ended", role="sponsor", member=world.lead.pk) == {str(ended.pk)}
    assert listed(client, base, team=world.root_team.pk) == {str(world.proposed_coach.pk)}
    assert str(ended.pk) not in listed(client, base, current="true")


def test_a_coach_is_proposed_answered_ended_and_resumed(world: World, base: str) -> None:
    with within(world.organization):
        coach = make_member("Cora Coach", "cora@acme")
    office = client_of(world.plo)
    body = {"role": "coach", "member": str(coach.pk), "team": str(world.team.pk)}
    assert client_of(world.member).post(base, body, content_type=JSON).status_code == 403
    made = office.post(base, body, content_type=JSON).json()
    assert {one["side"]: one["agrees"] for one in made["answers"]} == {"plo": True, "coach": None, "team": None}
    url = f"{base}{made['id']}/"
    assert office.post(f"{url}answer/", {"side": "team", "agrees": True}, content_type=JSON).status_code == 403
    for person, side in ((coach, "coach"), (world.lead, "team")):
        told = client_of(person).post(f"{url}answer/", {"side": side, "agrees": True}, content_type=JSON)
        assert told.status_code == 200
    assert told.json()["state"] == "active"
    assert office.patch(url, {"ends_on": "2001-01-01"}, content_type=JSON).status_code == 422
    assert office.patch(url, {"is_external": True}, content_type=JSON).json()["is_external"] is True
    assert office.post(f"{url}end/", {"reason": "Over"}, content_type=JSON).json()["reason"] == "Over"
    assert client_of(coach).post(f"{url}resume/", {}, content_type=JSON).status_code == 403
    assert office.post(f"{url}resume/", {}, content_type=JSON).json()["state"] == "active"
    again = office.post(base, body, content_type=JSON)
    assert again.status_code == 422
    assert [error["field"] for error in again.json()["errors"]] == ["member"]


def test_an_office_of_a_part_gives_coaches_to_its_people_only(world: World, base: str) -> None:
    with within(world.organization):
        office, coach = make_member("Stella Scoped", "stella@acme"), make_member("Cora Coach", "cora@acme")
        RoleAssignmentFactory.create(membership=office, role=Role.PLO, team=world.team)
    client = client_of(office)
    body = {"role": "coach", "member": str(coach.pk)}
    refused = client.post(base, {**body, "person": str(coach.pk)}, content_type=JSON)
    assert refused.status_code == 403
    assert "where the person works" in refused.json()["detail"]
    assert client.post(base, body, content_type=JSON).status_code == 403
    made = client.post(base, {**body, "person": str(world.member.pk)}, content_type=JSON)
    assert made.status_code == 201
    sides = {one["side"]: one["agrees"] for one in made.json()["answers"]}
    assert sides == {"plo": True, "coach": None, "person": None}
    # The coaching of the world, too, is of somebody in the part.
    assert listed(client, base) >= {made.json()["id"], str(world.coaching.pk)}


@pytest.mark.parametrize("many", [1, 20])
def test_queries(many: int, world: World, base: str) -> None:
    with within(world.organization):
        for person in MembershipFactory.create_batch(many):
            RoleAssignmentFactory.create(membership=person, role=Role.COACH, team=world.team)
    client = client_of(world.lead)
    client.get(base)
    with exactly(7):
        client.get(base)
