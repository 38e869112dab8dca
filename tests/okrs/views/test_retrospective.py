"""A retrospective in the browser: opened, filled, voted on, closed, and its actions where they come back."""

from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from okrs.enums import Phase, RetroColumn
from okrs.models import Cycle, RetroAction, RetroCard, Retrospective
from organizations.enums import Role
from tests.factories.okrs import CycleFactory, RetroActionFactory, RetroCardFactory, RetroVoteFactory
from tests.factories.roles import RoleAssignmentFactory
from tests.factories.worlds import World, client_of, make_member, within
from tests.queries import exactly

HX = {"hx-request": "true"}


def address(name: str, *args: object) -> str:
    return reverse(f"okrs:{name}", args=["acme", *args])


def shown(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, answer.content[:300]
    return unescape(answer.content.decode())


def test_a_whole_retrospective(world: World) -> None:
    """With plain forms, as without script."""
    with within(world.organization):
        cycle = CycleFactory(name="Q2", phase=Phase.REVIEWING)
    lead, member = client_of(world.lead), client_of(world.member)
    assert "Q2" in shown(member, address("retrospectives", "sales"))
    answer = member.post(address("retrospective_open", "sales"), {"cycle": cycle.pk})
    with within(world.organization):
        board = Retrospective.objects.get(cycle=cycle)
    url = address("retrospective", board.pk)
    assert (answer.status_code, answer["Location"]) == (302, url)
    text = shown(member, url)
    assert "Moderated by the team's lead" in text
    assert "Begin voting" not in text
    named = {"column": "held_back", "text": "Too many meetings"}
    assert member.post(address("retro_card_create", board.pk), named)["Location"] == url
    assert "Too many meetings" in shown(lead, url)
    wrong = member.post(address("retro_card_create", board.pk), {"column": "held_back", "text": " "}, headers=HX)
    assert wrong.status_code == 422
    with within(world.organization):
        card = RetroCard.objects.get(retrospective=board)
    member.post(address("retro_card_edit", card.pk), {"column": "held_back", "text": "Far too many meetings"})
    lead.post(address("retrospective_move", board.pk), {"state": "voting"})
    voting = member.post(address("retro_card_vote", card.pk), headers=HX).content.decode()
    assert "My vote" in voting
    assert "2 of your 3 votes left" in voting
    assert "1 vote<" not in voting
    lead.post(address("retrospective_move", board.pk), {"state": "closed"})
    assert "1 vote<" in shown(member, url)
    said = {"title": "Meet less", "owner": world.member.email, "due_on": "2030-01-31"}
    assert member.post(address("retro_action_create", board.pk), said)["Location"] == url
    week = shown(member, address("week"))
    assert "Meet less" in week
    with within(world.organization):
        action = RetroAction.objects.get(retrospective=board)
    done = member.post(address("retro_action_state", action.pk), {"state": "done", "place": "week"}, follow=True)
    assert "Meet less: Done" in unescape(done.content.decode())
    assert 'id="action-' + str(action.pk) not in done.content.decode()


def test_what_cannot_be_opened_is_told(world: World) -> None:
    with within(world.organization):
        cycle = CycleFactory(name="Q3", phase=Phase.PLANNED)
    member = client_of(world.member)
    for body, sentence in (({"cycle": cycle.pk}, "is not yet"), ({}, "Choose the cycle")):
        answer = member.post(address("retrospective_open", "sales"), body)
        assert answer.status_code == 422
        assert sentence in answer.content.decode()


def test_open_actions_come_back_while_the_team_drafts(world: World) -> None:
    url = address("team", "sales")
    member = client_of(world.member)
    assert "Still to do from the last retrospective" not in shown(member, url)
    with within(world.organization):
        CycleFactory(name="Next", phase=Phase.DRAFTING)
    text = shown(member, url)
    assert "Still to do from the last retrospective" in text
    assert world.retro_action.title in text
    # It is the team's own: nobody else reads it there.
    assert world.retro_action.title not in shown(client_of(world.plo), url)


def test_a_coach_who_opens_one_moderates_it(world: World) -> None:
    with within(world.organization):
        coach = make_member("Clara Coach", "clara@acme")
        RoleAssignmentFactory(membership=coach, role=Role.COACH)
        cycle = CycleFactory(name="Q2", phase=Phase.RUNNING)
    client = client_of(coach)
    answer = client.post(address("retrospective_open", "sales"), {"cycle": cycle.pk}, follow=True)
    assert answer.status_code == 200
    assert "Moderated by Clara Coach" in unescape(answer.content.decode())
    assert client.get(address("retrospective", world.retrospective.pk)).status_code == 403


def test_a_closed_cycle_offers_nothing(world: World) -> None:
    with within(world.organization):
        Cycle.objects.update(phase=Phase.CLOSED)
    text = shown(client_of(world.lead), address("retrospective", world.retrospective.pk))
    assert "This cycle is closed" in text
    assert address("retro_card_create", world.retrospective.pk) not in text
    assert address("retrospective_move", world.retrospective.pk) not in text


def test_the_program_lead_office_reads_what_is_about_the_process(world: World) -> None:
    with within(world.organization):
        Retrospective.objects.update(state="voting")
        RetroCardFactory(
            retrospective=world.retrospective, author=world.member, about_process=True, text="Drafting is too short"
        )
        RetroCardFactory(retrospective=world.retrospective, text="Among us")
    assert address("retro_process") in shown(client_of(world.plo), address("cycles"))
    assert address("retro_process") not in shown(client_of(world.lead), address("cycles"))
    text = shown(client_of(world.plo), address("retro_process"))
    assert "Drafting is too short" in text
    assert "Among us" not in text
    assert world.member.display_name not in text


@pytest.mark.parametrize("number", [1, 40])
def test_queries_of_a_board(world: World, number: int) -> None:
    with within(world.organization):
        for place in range(number):
            card: Any = RetroCardFactory(
                retrospective=world.retrospective, author=world.member, column=list(RetroColumn)[place % 3]
            )
            RetroVoteFactory(card=card, membership=world.lead)
            RetroActionFactory(retrospective=world.retrospective, owner=world.member)
    client = client_of(world.lead)
    url = address("retrospective", world.retrospective.pk)
    client.get(url)
    with exactly(9):
        client.get(url)
