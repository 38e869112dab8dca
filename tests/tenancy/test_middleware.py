"""The organization of a request: from its address, around all of it, and no longer."""

import pytest
from django.db import transaction
from django.test import Client

from okrapp.tenancy.context import current_organization_id
from organizations.models import Organization, Team
from tests.contracts.catalogue import value
from tests.factories.worlds import World, client_of, within

pytestmark = [pytest.mark.urls("tests.tenancy.addresses"), pytest.mark.django_db(transaction=True), pytest.mark.raw_sql]


def written(world: World) -> bool:
    """Return whether what the view wrote is still there."""
    with within(world.organization):
        return Team.objects.filter(slug="written").exists()


@pytest.fixture
def client(world: World) -> Client:
    """Signed in as a member, and shown responses of 500 instead of their exceptions."""
    client = client_of(world.member)
    client.raise_request_exception = False
    return client


def test_the_address_says_the_organization(world: World, other_world: World, client: Client) -> None:
    answer = client.get("/o/acme/test/who/").json()
    assert answer == {"organization": "acme", "tenant": world.organization.pk}
    assert current_organization_id() is None
    with transaction.atomic():
        assert value("SELECT count(*) FROM organizations_team") == 0


def test_outside_of_an_address_of_an_organization_there_is_none(client: Client) -> None:
    assert client.get("/test/outside/").json() == {"organization": None, "tenant": None}


def test_what_a_view_writes_is_committed(world: World, client: Client) -> None:
    assert client.post("/o/acme/test/write/").status_code == 200
    assert written(world)


@pytest.mark.parametrize("how", ["raise", "answer-500", "fail-while-rendering"])
def test_an_answer_of_500_takes_back_what_was_written(world: World, client: Client, how: str) -> None:
    assert client.post(f"/o/acme/test/write-and-{how}/").status_code == 500
    assert not written(world)
    # The connection is fine for the next request.
    assert client.get("/o/acme/test/who/").status_code == 200


def test_templates_that_are_rendered_late_still_see_their_organization(
    world: World, other_world: World, client: Client
) -> None:
    assert client.get("/o/acme/test/lazy/").content == b"company sales "


@pytest.mark.parametrize("slug", ["nobody", "ACME", "acme%00", "%00", "%2e%2e", "acme'--", "a" * 500, "acme%0a", "ä"])
def test_an_address_nobody_has_is_not_found(world: World, client: Client, slug: str) -> None:
    for path in (f"/o/{slug}/test/who/", f"/api/v1/o/{slug}/objectives/"):
        assert client.get(path).status_code in {401, 404}, path
    assert client.get(f"/o/{slug}/test/who/").status_code == 404


def test_a_closed_organization_is_not_found(world: World, client: Client) -> None:
    Organization.objects.filter(pk=world.organization.pk).update(is_open=False)
    assert client.get("/o/acme/test/who/").status_code == 404


def test_strangers_learn_nothing_about_which_organizations_exist(world: World) -> None:
    answers = [Client().get(f"/o/{slug}/test/who/") for slug in ("acme", "nobody")]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert [answer["Location"].replace("nobody", "acme") for answer in answers] == [answers[0]["Location"]] * 2


def test_two_requests_in_a_row_are_of_two_organizations(world: World, other_world: World) -> None:
    first, second = client_of(world.member), client_of(other_world.member)
    for _ in range(2):
        assert first.get("/o/acme/test/who/").json()["tenant"] == world.organization.pk
        assert second.get("/o/globex/test/who/").json()["tenant"] == other_world.organization.pk
        assert first.get("/o/globex/test/who/").status_code == 404
