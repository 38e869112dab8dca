"""Kudos on a team's page, and all of them."""

import pytest
from django.urls import reverse

from okrs.models import Kudos, Reaction
from tests.factories.worlds import World, client_of, within

HX = {"HX-Request": "true"}


def address(name: str, *keys: object) -> str:
    return reverse(f"okrs:{name}", args=["acme", *keys])


@pytest.mark.parametrize("headers", [{}, HX], ids=["browser", "htmx"])
def test_celebrating_from_the_teams_page(world: World, headers: dict[str, str]) -> None:
    client, team = client_of(world.plo), address("team", "sales")
    assert f'href="{address("kudos_create")}?team=sales"' in client.get(team).content.decode()
    form = client.get(address("kudos_create") + "?team=sales", headers=headers).content.decode()
    assert f'<option value="{world.team.pk}" selected>' in form
    answer = client.post(
        address("kudos_create"), {"text": "@Max Acme **did** it", "team": str(world.team.pk)}, headers=headers
    )
    with within(world.organization):
        kudos = Kudos.objects.get(author=world.plo)
    shown = answer.content.decode() if headers else client.get(team).content.decode()
    assert address("kudos_remove", kudos.pk) in shown
    assert f'<a href="{reverse("organizations:member", args=["acme", world.member.pk])}"' in shown
    assert "<strong>did</strong>" in client.get(address("kudos")).content.decode()


def test_nobody_named_is_an_error_at_the_field(world: World) -> None:
    answer = client_of(world.plo).post(address("kudos_create"), {"text": "Well done"}, headers=HX)
    assert answer.status_code == 422
    assert "Name whom you celebrate" in answer.content.decode()


def test_removed_back_and_reacted_to(world: World) -> None:
    client, pk = client_of(world.member), world.kudos.pk
    answer = client.post(address("kudos_remove", pk), headers=HX)
    assert address("kudos_restore", pk) in answer.content.decode()
    assert "Kudos of Acme" not in client.get(address("team", "sales")).content.decode()
    assert client_of(world.lead).post(address("kudos_restore", pk)).status_code == 403
    assert "Kudos of Acme" in client.post(address("kudos_restore", pk), headers=HX).content.decode()
    assert client.post(address("kudos_react", pk), {"kind": "celebrate"}).status_code == 302
    with within(world.organization):
        assert Reaction.objects.get(membership=world.member).kudos == world.kudos
