"""What whoever asks may do, told to programs as it is to people."""

import pytest
from django.test import Client

from tests.factories.worlds import World, client_of

pytestmark = pytest.mark.django_db


def rights(client: Client, world: World, query: str = "", status: int = 200) -> dict[str, dict[str, object]]:
    answer = client.get(f"/api/v1/o/{world.organization.slug}/rights/{query}")
    assert answer.status_code == status, answer.content
    return {one["action"]: one for one in answer.json()} if status == 200 else {}


def test_each_action_has_its_answer_and_its_reason(world: World) -> None:
    found = rights(client_of(world.plo), world)
    assert found["okrs.manage_cycles"]["allowed"] is True
    assert found["okrs.manage_cycles"]["reason"] == "You are in the Program Lead Office here."
    assert found["organizations.manage_people"]["allowed"] is False
    assert "okrs.edit_objective" not in found
    about = rights(client_of(world.member), world, f"?about=objective:{world.objective.pk}")
    assert about["okrs.edit_objective"]["reason"] == "You are in this team."
    assert rights(client_of(world.lead), world, f"?about=team:{world.team.slug}")["organizations.edit_team"]["allowed"]


def test_nothing_is_said_about_what_is_private_or_not_there(world: World) -> None:
    rights(client_of(world.member), world, f"?about=objective:{world.private_objective.pk}", status=404)
    rights(client_of(world.member), world, "?about=objective:x", status=404)
    rights(client_of(world.member), world, "?abuot=team:x", status=422)
