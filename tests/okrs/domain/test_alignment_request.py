"""Asking another team: asked, accepted, declined, withdrawn."""

from collections.abc import Iterator

import pytest

from okrs.domain.alignment_request import (
    accept_request,
    ask_team,
    decline_request,
    reopen_request,
    withdraw_request,
)
from okrs.enums import Level, RequestState
from okrs.models import Alignment, AlignmentRequest, Objective
from okrs.queries.alignment_request import of_objective, waiting_for
from organizations.actor import Actor
from organizations.enums import Via
from organizations.errors import Refused
from tests.factories.okrs import ObjectiveFactory
from tests.factories.worlds import World, within


@pytest.fixture(autouse=True)
def _inside(world: World) -> Iterator[None]:
    with within(world.organization):
        AlignmentRequest.objects.all().delete()
        yield


@pytest.fixture
def asking(world: World) -> Actor:
    return Actor(world.lead, via=Via.WEB)


@pytest.fixture
def asked(world: World) -> Actor:
    """Anna leads the company's root team, which is asked."""
    return Actor(world.administrator, via=Via.WEB)


@pytest.fixture
def request_(world: World, asking: Actor) -> AlignmentRequest:
    return ask_team(actor=asking, objective=world.objective, team=world.root_team, message=" We need you. ")


def test_a_request_waits_for_the_team_that_was_asked(
    world: World, asked: Actor, asking: Actor, request_: AlignmentRequest
) -> None:
    assert request_.message == "We need you."
    assert [one.pk for one in waiting_for(asked)] == [request_.pk]
    assert waiting_for(asking) == []
    assert [one.pk for one in of_objective(asking, world.objective)] == [request_.pk]


def test_a_team_is_asked_once_until_it_answers(
    world: World, asking: Actor, asked: Actor, request_: AlignmentRequest
) -> None:
    with pytest.raises(Refused, match="has not answered yet"):
        ask_team(actor=asking, objective=world.objective, team=world.root_team, message="Again")
    decline_request(actor=asked, request=request_, reason="No capacity")
    again = ask_team(actor=asking, objective=world.objective, team=world.root_team, message="Again")
    assert again.state == RequestState.ASKED
    with pytest.raises(Refused, match="asked again"):
        reopen_request(actor=asked, request=request_)


def test_nobody_asks_themselves_or_about_something_private(world: World, asking: Actor) -> None:
    with pytest.raises(Refused, match="own objective"):
        ask_team(actor=asking, objective=world.objective, team=world.team, message="Us")
    private = Objective.objects.select_related("cycle").get(pk=world.private_objective.pk)
    with pytest.raises(Refused, match="private"):
        ask_team(actor=asking, objective=private, team=world.root_team, message="Help")


def test_accepting_with_an_objective_makes_it_support_ours(
    world: World, asked: Actor, request_: AlignmentRequest
) -> None:
    theirs = ObjectiveFactory.create(cycle=world.cycle, team=world.root_team)
    done = accept_request(actor=asked, request=request_, contribution=theirs, answer="With pleasure")
    assert (done.state, done.contribution_id, done.answered_by_id) == ("accepted", theirs.pk, world.administrator.pk)
    link = Alignment.objects.get(objective=theirs)
    assert (link.target_objective_id, link.reason) == (world.objective.pk, "We need you.")


def test_accepting_with_a_title_writes_a_new_objective(world: World, asked: Actor, request_: AlignmentRequest) -> None:
    done = accept_request(actor=asked, request=request_, title="We help them")
    made = Objective.objects.get(pk=done.contribution_id)
    assert (made.title, made.team_id, made.level) == ("We help them", world.root_team.pk, Level.TEAM)
    assert Alignment.objects.filter(objective=made, target_objective=world.objective).exists()


def test_what_contributes_is_of_the_team_that_was_asked(world: World, asked: Actor, request_: AlignmentRequest) -> None:
    foreign = ObjectiveFactory.create(cycle=world.cycle, team=world.team)
    with pytest.raises(Refused, match="no objective of"):
        accept_request(actor=asked, request=request_, contribution=foreign)
    request_.refresh_from_db()
    assert request_.state == RequestState.ASKED


def test_an_answer_is_given_once(asked: Actor, asking: Actor, request_: AlignmentRequest) -> None:
    with pytest.raises(Refused, match="Say why"):
        decline_request(actor=asked, request=request_, reason=" ")
    decline_request(actor=asked, request=request_, reason="No capacity")
    with pytest.raises(Refused, match="answered meanwhile"):
        accept_request(actor=asked, request=request_)
    with pytest.raises(Refused, match="answered meanwhile"):
        withdraw_request(actor=asking, request=request_)
    back = reopen_request(actor=asked, request=request_)
    assert (back.state, back.answer, back.answered_by) == ("asked", "", None)
    assert withdraw_request(actor=asking, request=back).state == RequestState.WITHDRAWN
    assert waiting_for(asked) == []
