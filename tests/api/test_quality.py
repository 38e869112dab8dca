"""The quality check through the API."""

from collections.abc import Callable
from typing import Any

import pytest

from okrs.enums import Level, Visibility
from organizations.enums import Scope
from tests.api.conftest import Program
from tests.factories.okrs import ObjectiveFactory
from tests.factories.organizations import TeamFactory
from tests.factories.worlds import World, within
from tests.queries import exactly

pytestmark = pytest.mark.django_db

ACTIVITY = {"kind": "key_result", "title": "Launch the website", "metric": "done"}
OURS = "Guests recommend our kitchen to their friends"


def codes(answer: dict[str, Any]) -> list[list[str]]:
    return [[finding["code"] for finding in one["findings"]] for one in answer["results"]]


def test_statements_are_answered_in_their_order(program: Callable[..., Program], world: World) -> None:
    api = program(world.member, Scope.OKRS_READ)
    rise = {"kind": "key_result", "title": "Umsatz auf 3 Mio. € steigern", "metric": "increase", "target": "3000000"}
    body = {"statements": [ACTIVITY, {"kind": "objective", "title": "Besser werden"}, rise, rise | {"start": 0}]}
    answer = api.write("POST", "quality-checks/", body, status=200)
    assert codes(answer) == [["activity"], ["vague"], ["no_start"], []]
    assert [one["language"] for one in answer["results"]] == ["en", "de", "de", "de"]
    assert answer["results"][0]["findings"][0] == {
        "code": "activity",
        "name": "Activity, not result",
        "explanation": "“Launch” says what you will do, not what will be different.",
        "suggestion": "Ask “so that what?” and write the answer; the work itself becomes an initiative.",
        "word": "Launch",
        "start": 0,
        "end": 6,
    }


def test_what_others_wrote_is_compared_where_a_cycle_is_named(program: Callable[..., Program], world: World) -> None:
    with within(world.organization):
        theirs = ObjectiveFactory.create(
            cycle=world.cycle, team=TeamFactory.create(), owner=world.lead, level=Level.TEAM, title=OURS
        )
    body = {"statements": [{"kind": "objective", "title": OURS}], "cycle": str(world.cycle.pk)}
    api = program(world.member)
    assert codes(api.write("POST", "quality-checks/", body, status=200)) == [["duplicate"]]
    assert codes(api.write("POST", "quality-checks/", body | {"cycle": None}, status=200)) == [[]]
    with within(world.organization):
        theirs.visibility = Visibility.PRIVATE
        theirs.save()
    assert codes(api.write("POST", "quality-checks/", body, status=200)) == [[]], "nobody learns of a private one"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "statements"),
        ({"statements": []}, "statements"),
        ({"statements": [ACTIVITY] * 51}, "statements"),
        ({"statements": [{"kind": "wish", "title": "x"}]}, "statements.0.kind"),
        ({"statements": [{"kind": "objective"}]}, "statements.0.title"),
        ({"statements": [ACTIVITY | {"language": "fr"}]}, "statements.0.language"),
    ],
)
def test_what_does_not_fit_is_told_at_its_field(
    program: Callable[..., Program], world: World, body: dict[str, Any], field: str
) -> None:
    answer = program(world.member).write("POST", "quality-checks/", body, status=422)
    assert field in [error["field"] for error in answer["errors"]]


def test_it_takes_a_token_that_may_read_okrs(program: Callable[..., Program], world: World) -> None:
    api = program(world.member, Scope.PEOPLE_READ)
    answer = api.write("POST", "quality-checks/", {"statements": [ACTIVITY]}, status=403)
    assert answer["detail"] == "This token lacks the scope “okrs:read”."


@pytest.mark.parametrize("count", [1, 50])
def test_fifty_cost_as_many_queries_as_one(program: Callable[..., Program], world: World, count: int) -> None:
    api = program(world.member)
    body = {"statements": [{"kind": "objective", "title": OURS}] * count, "cycle": str(world.cycle.pk)}
    with exactly(QUERIES):
        api.write("POST", "quality-checks/", body, status=200)


# Organization, token with its person, its last use, the cycle, and the titles of others.
QUERIES = 5
