"""Initiatives in the list of an objective."""

from html import unescape

import pytest
from django.urls import reverse

from okrs.models import Initiative
from tests.factories.okrs import ObjectiveFactory
from tests.factories.worlds import World, client_of, within

HX = {"HX-Request": "true"}


def address(name: str, world: World, key: object) -> str:
    return reverse(f"okrs:{name}", args=[world.organization.slug, key])


@pytest.mark.parametrize("headers", [{}, HX], ids=["browser", "htmx"])
def test_a_title_and_enter_add_one(world: World, headers: dict[str, str]) -> None:
    answer = client_of(world.member).post(
        address("initiative_create", world, world.objective.pk), {"title": "Call ten customers"}, headers=headers
    )
    with within(world.organization):
        assert Initiative.objects.get(title="Call ten customers").owner == world.member
    if headers:
        assert "Call ten customers" in answer.content.decode()
        assert "initiative-add input" in answer.headers["HX-Trigger"]
    else:
        assert answer.headers["Location"] == address("objective", world, world.objective.pk)


@pytest.mark.parametrize("headers", [{}, HX], ids=["browser", "htmx"])
def test_without_a_title_it_says_so(world: World, headers: dict[str, str]) -> None:
    answer = client_of(world.member).post(
        address("initiative_create", world, world.objective.pk), {"title": " "}, headers=headers
    )
    assert answer.status_code == 422
    assert "This field is required" in answer.content.decode()


def test_the_status_changes_in_the_list(world: World) -> None:
    client = client_of(world.member)
    url = address("initiative_status", world, world.initiative.pk)
    answer = client.post(url, {"status": "done"}, headers=HX)
    assert f'hx-target="#objective-initiatives-{world.objective.pk}"' in answer.content.decode()
    with within(world.organization):
        assert Initiative.objects.get(pk=world.initiative.pk).status == "done"
    answer = client.post(url, {"status": "half"}, headers=HX)
    assert "Choose one of the states." in answer.content.decode()
    with within(world.organization):
        assert Initiative.objects.get(pk=world.initiative.pk).status == "done"


def test_everything_else_changes_in_the_drawer(world: World) -> None:
    client = client_of(world.member)
    url = address("initiative_edit", world, world.initiative.pk)
    assert world.key_result.title in unescape(client.get(url, headers=HX).content.decode())
    data = {
        "title": "Call twenty customers",
        "status": "doing",
        "owner": world.lead.display_name,
        "due_on": "2026-12-01",
        "url": "tracker.example.com/7",
        "key_result": "",
    }
    answer = client.post(url, data, headers=HX)
    assert "drawer:close" in answer.headers["HX-Trigger"]
    with within(world.organization):
        now = Initiative.objects.get(pk=world.initiative.pk)
        assert (now.title, now.owner, now.key_result) == ("Call twenty customers", world.lead, None)
        assert now.url == "https://tracker.example.com/7"
    html = client.get(address("objective", world, world.objective.pk)).content.decode()
    assert 'href="https://tracker.example.com/7" rel="noopener noreferrer"' in html


@pytest.mark.parametrize(
    ("values", "field"),
    [({"url": "javascript:alert(1)"}, "url"), ({"due_on": "soon"}, "due_on"), ({"status": "half"}, "status")],
)
def test_wrong_input_is_said_at_its_field(world: World, values: dict[str, str], field: str) -> None:
    answer = client_of(world.member).post(
        address("initiative_edit", world, world.initiative.pk),
        {"title": "Call them", "status": "doing", **values},
        headers=HX,
    )
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]


def test_removing_and_undo(world: World) -> None:
    client = client_of(world.member)
    answer = client.post(address("initiative_remove", world, world.initiative.pk), headers=HX)
    restore = address("initiative_restore", world, world.initiative.pk)
    assert restore in answer.content.decode()
    with within(world.organization):
        assert not Initiative.objects.filter(pk=world.initiative.pk).exists()
    client.post(restore, headers=HX)
    with within(world.organization):
        assert Initiative.objects.filter(pk=world.initiative.pk).exists()


def test_others_may_not(world: World) -> None:
    with within(world.organization):
        other = ObjectiveFactory.create(cycle=world.cycle, team=world.root_team, owner=world.plo)
        theirs = Initiative.objects.create(objective=other, title="Theirs")
    client = client_of(world.member)
    for name in ("initiative_edit", "initiative_status", "initiative_remove"):
        assert client.post(address(name, world, theirs.pk), {"status": "done"}).status_code == 403
