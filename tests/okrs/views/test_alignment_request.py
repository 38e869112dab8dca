"""Requests between teams in the browser and over the API."""

import pytest
from django.urls import reverse

from okrs.models import AlignmentRequest, Dependency
from tests.factories.worlds import World, client_of, within

pytestmark = pytest.mark.django_db


def address(name: str, *args: object) -> str:
    return reverse(f"okrs:{name}", args=["acme", *args])


def test_it_waits_in_the_week_and_is_answered_there(world: World) -> None:
    anna = client_of(world.administrator)
    assert world.request.message in anna.get(address("week")).content.decode()
    assert world.request.message not in client_of(world.member).get(address("week")).content.decode()
    form = anna.get(address("request_accept", world.request.pk)).content.decode()
    assert world.request.message in form
    assert anna.post(address("request_accept", world.request.pk), {"title": "We help"}).status_code == 302
    page = client_of(world.lead).get(address("objective", world.objective.pk)).content.decode()
    assert "We help" in page
    assert "Accepted" in page
    assert world.request.message not in anna.get(address("week")).content.decode()


def test_declining_needs_a_reason_and_can_be_undone(world: World) -> None:
    anna = client_of(world.administrator)
    decline = address("request_decline", world.request.pk)
    assert anna.post(decline, {"answer": ""}).status_code == 422
    assert anna.post(decline, {"answer": "No capacity"}).status_code == 302
    assert "No capacity" in client_of(world.lead).get(address("objective", world.objective.pk)).content.decode()
    assert anna.post(address("request_reopen", world.request.pk)).status_code == 302
    with within(world.organization):
        assert AlignmentRequest.objects.get(pk=world.request.pk).state == "asked"


def test_dependencies_are_shown_on_both_ends(world: World) -> None:
    client = client_of(world.lead)
    page = client.get(address("objective", world.objective.pk)).content.decode()
    assert "Depends on" in page
    other = client.get(address("objective", world.organization_objective.pk)).content.decode()
    assert "Needed by" in other
    assert client.post(address("dependency_remove", world.dependency.pk)).status_code == 302
    with within(world.organization):
        assert not Dependency.objects.exists()
    restore = address("dependency_restore", world.objective.pk, world.organization_objective.pk)
    assert client.post(restore).status_code == 302
    with within(world.organization):
        assert Dependency.objects.count() == 1


def test_searching_finds_objectives_alone(world: World) -> None:
    found = client_of(world.lead).get(address("dependency_search", world.objective.pk) + "?q=acme").content.decode()
    assert world.organization_objective.title in found
    assert world.priority.title not in found
    assert world.objective.title not in found.replace(world.organization_objective.title, "")


def test_requests_through_the_api(world: World) -> None:
    lead, anna = client_of(world.lead), client_of(world.administrator)
    base = "/api/v1/o/acme/alignment-requests/"
    assert [row["id"] for row in anna.get(f"{base}?state=asked").json()["results"]] == [str(world.request.pk)]
    json = {"content_type": "application/json"}
    assert lead.post(f"{base}{world.request.pk}/accept/", {}, **json).status_code == 403
    assert anna.post(f"{base}{world.request.pk}/decline/", {}, **json).status_code == 422
    declined = anna.post(f"{base}{world.request.pk}/decline/", {"reason": "No capacity"}, **json)
    assert (declined.status_code, declined.json()["state"]) == (200, "declined")
    body = {"objective": str(world.objective.pk), "team": str(world.root_team.pk), "message": "Once more"}
    again = lead.post(base, body, **json)
    assert again.status_code == 201
    assert lead.post(base, body, **json).status_code == 422
    assert lead.post(f"{base}{again.json()['id']}/withdraw/", {}, **json).json()["state"] == "withdrawn"


def test_dependencies_through_the_api(world: World) -> None:
    lead = client_of(world.lead)
    base, json = "/api/v1/o/acme/dependencies/", {"content_type": "application/json"}
    circle = {"objective": str(world.organization_objective.pk), "needs": str(world.objective.pk)}
    assert lead.post(base, circle, **json).status_code == 403
    answer = client_of(world.plo).post(base, circle, **json)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["needs"]
    assert lead.delete(f"{base}{world.dependency.pk}/").status_code == 204
