"""The dialog that shares an objective with single people."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from okrs.enums import ShareLevel
from okrs.models import Objective, ObjectiveGrant
from tests.factories.worlds import World, client_of, within


@pytest.fixture
def lead(world: World) -> Client:
    return client_of(world.lead)


def address(world: World, objective: Objective) -> str:
    return reverse("okrs:objective_share", args=[world.organization.slug, objective.pk])


def chosen(page: str) -> str:
    """Return the value that the page offers first."""
    found = re.search(r'<option value="(\w+)" selected', page)
    assert found
    return found[1]


def test_what_it_offers_first_changes_something(world: World, lead: Client) -> None:
    """Everybody sees a public objective already."""
    assert chosen(lead.get(address(world, world.objective)).content.decode()) == "comment_objective"
    assert chosen(lead.get(address(world, world.private_objective)).content.decode()) == "view_objective"


def test_shared_and_no_longer(world: World, lead: Client) -> None:
    path = address(world, world.objective)
    lead.post(path, {"member": world.plo.email, "level": ShareLevel.EDIT})
    with within(world.organization):
        (grant,) = ObjectiveGrant.objects.filter(content_object=world.objective)
        assert grant.user_id == world.plo.user_id
    page = lead.get(path).content.decode()
    assert world.plo.display_name in page
    arguments = [world.organization.slug, world.objective.pk, world.plo.pk]
    lead.post(reverse("okrs:objective_unshare", args=arguments))
    with within(world.organization):
        assert not ObjectiveGrant.objects.filter(content_object=world.objective).exists()


def test_nobody_is_shared_with_who_is_not_known(world: World, lead: Client) -> None:
    answer = lead.post(address(world, world.objective), {"member": "nobody@example.com", "level": ShareLevel.VIEW})
    assert answer.status_code == 422
    assert "nobody@example.com" in answer.content.decode()
