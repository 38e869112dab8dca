"""Days of phases, a year of cycles at once, and more time for a team, by programs."""

from collections.abc import Callable

import pytest

from tests.api.conftest import Program
from tests.factories.worlds import World

pytestmark = pytest.mark.django_db


def test_programs_do_the_same(world: World, program: Callable[..., Program]) -> None:
    api = program(world.plo)
    made = api.ask("POST", "cycles/generate/", {"day": "2090-05-05", "length": "half_year"})
    assert made.status_code == 201
    assert [cycle["name"] for cycle in made.json()] == ["2090", "H1 2090", "H2 2090"]
    assert made.json()[1]["running_on"] == "2090-01-01"
    changed = api.ask("PATCH", f"cycles/{made.json()[1]['id']}/", {"closing_on": None, "reviewing_on": "2090-06-20"})
    assert (changed.json()["closing_on"], changed.json()["reviewing_on"]) == (None, "2090-06-20")
    wrong = api.ask("PATCH", f"cycles/{made.json()[1]['id']}/", {"aligning_on": "2089-01-01"})
    assert wrong.status_code == 422
    address = f"cycles/{world.cycle.pk}/extensions/"
    body = {"team": str(world.team.pk), "until": "2090-01-01", "reason": "Ill"}
    assert api.ask("POST", address, body).status_code == 201
    assert {one["team"] for one in api.ask("GET", address).json()} == {str(world.team.pk), str(world.root_team.pk)}
    assert api.ask("DELETE", f"{address}{world.team.pk}/").status_code == 204
    assert {one["team"] for one in api.ask("GET", address).json()} == {str(world.root_team.pk)}
