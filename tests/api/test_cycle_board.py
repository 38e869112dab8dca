"""The board and the drafting check of a cycle through the API."""

from typing import Any

import pytest

from okrs.enums import Level, ObjectiveStatus, Phase
from okrs.models import Objective
from organizations.enums import Agreement
from tests.api.conftest import fields, problem
from tests.factories.okrs import CycleFactory, ObjectiveFactory
from tests.factories.worlds import World, within


@pytest.fixture
def draft(world: World) -> Objective:
    with within(world.organization):
        world.settings.agreement = Agreement.ALWAYS
        world.settings.save()
        world.cycle = CycleFactory.create(name="Next", phase=Phase.DRAFTING)
        return ObjectiveFactory.create(
            cycle=world.cycle, team=world.team, owner=world.member, status=ObjectiveStatus.DRAFT
        )


def test_the_board(world: World, draft: Objective, program: Any) -> None:
    path = f"cycles/{world.cycle.pk}/board/"
    columns = program(world.member).get(path)["columns"]
    assert [(one["column"], one["count"]) for one in columns] == [
        ("draft", 1),
        ("submitted", 0),
        ("agreed", 0),
        ("active", 0),
        ("scored", 0),
    ]
    [card] = columns[0]["objectives"]
    assert (card["id"], card["team"], card["steps"]) == (str(draft.pk), str(world.team.pk), ["submit"])
    [column] = program(world.plo).get(path, column="draft", team=str(world.root_team.pk))["columns"]
    assert (column["count"], column["objectives"], column["has_more"]) == (0, [], False)
    assert fields(program(world.member).ask("GET", f"{path}?level=nonsense&page=0")) == ["level", "page"]
    assert fields(program(world.member).ask("GET", f"{path}?colum=draft")) == ["colum"]


def test_the_drafting_check(world: World, draft: Objective, program: Any) -> None:
    with within(world.organization):
        ObjectiveFactory.create(cycle=world.cycle, level=Level.INDIVIDUAL, team=None, owner=world.member)
    teams = program(world.member).get(f"cycles/{world.cycle.pk}/drafting-check/")["teams"]
    assert (teams[0]["team"], teams[0]["draft"]) == (None, 0)
    row = next(one for one in teams if one["team"] == str(world.team.pk))
    assert (row["name"], row["takes_part"], row["draft"]) == (world.team.name, True, 1)
    assert (row["no_key_result"], row["no_owner"], row["no_support"]) == (1, 0, 1)
    problem(program(world.member).ask("GET", f"cycles/{draft.pk}/drafting-check/"), 404)
