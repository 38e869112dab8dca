"""The board of a cycle: columns, steps from it, filters, pages, what it costs and who sees what."""

from html import unescape
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from okrs.enums import Level, ObjectiveStatus, Phase, Visibility
from okrs.models import Cycle, Objective
from okrs.queries.cycle_board import PAGE, SHOWN
from organizations.enums import Agreement
from organizations.models import Membership
from tests.factories.okrs import CycleFactory, KeyResultFactory, ObjectiveFactory, ReviewFactory
from tests.factories.worlds import World, client_of, within
from tests.queries import exactly

Status = ObjectiveStatus
HX = {"HX-Request": "true"}


@pytest.fixture
def board(world: World) -> World:
    """A world that agrees on its drafts, with an empty cycle that is being drafted."""
    with within(world.organization):
        world.settings.agreement = Agreement.ALWAYS
        world.settings.save()
        world.cycle = CycleFactory.create(name="Next", phase=Phase.DRAFTING)
    return world


def address(name: str, world: World, *args: object) -> str:
    return reverse(f"okrs:{name}", args=[world.organization.slug, *args])


def shown(member: Membership, world: World, query: str = "") -> Any:
    answer = client_of(member).get(address("cycle", world, world.cycle.pk) + query)
    assert answer.status_code == 200
    return answer


def columns(answer: Any) -> dict[str, list[str]]:
    """The titles in each column."""
    return {column.key: [item.objective.title for item in column.cards] for column in answer.context["board"].columns}


def write(world: World, title: str, **fields: Any) -> Objective:
    with within(world.organization):
        fields = {"cycle": world.cycle, "team": world.team, "owner": world.member} | fields
        return ObjectiveFactory.create(title=title, **fields)


def test_each_stands_where_it_is(board: World) -> None:
    for status in Status:
        write(board, f"One {status}", status=status)
    scored = write(board, "One scored", status=Status.STOPPED)
    write(board, "Gone", status=Status.DRAFT, archived_at=timezone.now())
    with within(board.organization):
        ReviewFactory.create(objective=scored)
    answer = shown(board.plo, board)
    assert columns(answer) == {
        "draft": ["One draft"],
        "submitted": ["One submitted"],
        "agreed": ["One agreed"],
        "active": ["One active", "One paused", "One stopped"],
        "scored": ["One scored"],
    }
    assert [column.count for column in answer.context["board"].columns] == [1, 1, 1, 3, 1]


def test_without_agreement_its_columns_are_left_out(board: World) -> None:
    with within(board.organization):
        board.settings.agreement = Agreement.NEVER
        board.settings.save()
    assert list(columns(shown(board.plo, board))) == ["draft", "active", "scored"]
    write(board, "Left over", status=Status.SUBMITTED)
    assert list(columns(shown(board.plo, board))) == ["draft", "submitted", "active", "scored"]


def test_a_card_is_moved_by_its_button(board: World) -> None:
    draft = write(board, "Max's draft", status=Status.DRAFT)
    here = address("cycle", board, board.cycle.pk)
    submit = address("objective_submit", board, draft.pk)
    assert submit in unescape(shown(board.member, board).content.decode())
    assert submit not in unescape(shown(board.plo, board).content.decode())
    headers = HX | {"HX-Current-URL": f"http://testserver{here}?level=team"}
    text = client_of(board.member).post(submit, headers=headers).content.decode()
    part = text.split('hx-target="#cycle-board"', 1)[1]
    assert part.index('id="column-submitted"') < part.index("Max&#x27;s draft") < part.index('id="column-agreed"')
    # Without script the answer leads back to the board as it was filtered.
    answer = client_of(board.lead).post(
        address("objective_agree", board, draft.pk), {"from_board": f"team={board.team.pk}"}
    )
    assert answer["Location"] == f"{here}?team={board.team.pk}#card-{draft.pk}"
    assert columns(shown(board.lead, board))["agreed"] == ["Max's draft"]


def test_scoring_is_offered_while_reviewing(board: World) -> None:
    objective = write(board, "To score", status=Status.ACTIVE)
    url = address("review", board, objective.pk)
    assert url not in shown(board.lead, board).content.decode()
    with within(board.organization):
        Cycle.objects.filter(pk=board.cycle.pk).update(phase=Phase.REVIEWING)
    assert url in shown(board.lead, board).content.decode()
    assert url not in shown(board.plo, board).content.decode()


def test_filters_by_team_and_level(board: World) -> None:
    write(board, "Sales")
    write(board, "Root", team=board.root_team)
    write(board, "Company", level=Level.ORGANIZATION, team=None)
    assert columns(shown(board.plo, board))["active"] == ["Company", "Root", "Sales"]
    assert columns(shown(board.plo, board, f"?team={board.team.pk}"))["active"] == ["Sales"]
    assert columns(shown(board.plo, board, "?level=organization"))["active"] == ["Company"]
    assert "Nothing matches the filter" in shown(board.plo, board, "?level=individual").content.decode()
    assert columns(shown(board.plo, board, "?team=x&level=y&column=z&page=-1"))["active"] == [
        "Company",
        "Root",
        "Sales",
    ]


def test_private_ones_are_their_owners_and_in_no_number(board: World) -> None:
    write(board, "Open", status=Status.DRAFT)
    write(board, "Secret", status=Status.DRAFT, visibility=Visibility.PRIVATE)
    for person, titles in ((board.member, ["Open", "Secret"]), (board.plo, ["Open"])):
        answer = shown(person, board)
        assert sorted(columns(answer)["draft"]) == titles
        assert answer.context["board"].columns[0].count == 1


def test_an_empty_cycle_says_what_belongs_here(board: World) -> None:
    assert "from its first draft to its score" in shown(board.member, board).content.decode()


def test_thousands_come_in_pages(board: World) -> None:
    with within(board.organization):
        Objective.objects.bulk_create(
            Objective(cycle=board.cycle, team=board.team, title=f"No {number}", status="active", position=number)
            for number in range(PAGE + 5)
        )
    answer = shown(board.plo, board)
    assert len(columns(answer)["active"]) == SHOWN
    assert "?column=active" in answer.content.decode()
    first = shown(board.plo, board, "?column=active")
    assert columns(first) == {"active": [f"No {number}" for number in range(PAGE)]}
    assert first.context["next_url"].endswith("?column=active&page=2")
    last = shown(board.plo, board, "?column=active&page=2")
    assert columns(last) == {"active": [f"No {number}" for number in range(PAGE, PAGE + 5)]}
    assert last.context["next_url"] == ""


@pytest.mark.parametrize("number", [1, 14])
def test_queries(board: World, number: int) -> None:
    with within(board.organization):
        for place in range(number):
            for status in (Status.DRAFT, Status.SUBMITTED, Status.ACTIVE):
                objective = ObjectiveFactory.create(
                    cycle=board.cycle, team=board.team, owner=board.member, status=status, position=place
                )
                KeyResultFactory.create(objective=objective)
            ObjectiveFactory.create(cycle=board.cycle, level=Level.ORGANIZATION, team=None, status=Status.SUBMITTED)
    client = client_of(board.plo)
    url = address("cycle", board, board.cycle.pk)
    client.get(url)
    with exactly(18):
        client.get(url)
