"""A team looking back: who may, cards with and without a name, votes, how it moves on, and actions that come back."""

import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from okrs import permissions
from okrs.domain.retro_action import add_action, edit_action
from okrs.domain.retrospective import (
    VOTES,
    add_card,
    edit_card,
    move_card,
    move_retrospective,
    open_retrospective,
    remove_card,
    set_moderator,
    vote,
    withdraw_vote,
)
from okrs.enums import ActionState, Phase, RetroColumn, RetroState
from okrs.models import Cycle, RetroAction, RetroCard, Retrospective, RetroVote
from okrs.queries.retro_actions import my_actions, open_actions
from okrs.queries.retrospective import board_of, process_cards
from organizations.actor import Actor
from organizations.enums import Role, Via
from organizations.errors import Refused
from organizations.models import AuditEntry, Membership
from tests.factories.okrs import CycleExtensionFactory, CycleFactory, RetroCardFactory, RetrospectiveFactory
from tests.factories.roles import RoleAssignmentFactory
from tests.factories.worlds import World, make_member, make_organization, within

CLOSED = "This cycle is closed: its OKRs can be read, not changed."


def acting(member: Membership) -> Actor:
    return Actor(member, via=Via.WEB)


@pytest.fixture
def inside(world: World) -> Iterator[World]:
    with within(world.organization):
        yield world


def in_state(world: World, state: str) -> None:
    Retrospective.objects.filter(pk=world.retrospective.pk).update(state=state)
    world.retrospective.state = state


def card(world: World, **said: object) -> RetroCard:
    values = {"column": RetroColumn.HELD_BACK, "text": " Too many meetings ", "is_anonymous": False} | said
    return add_card(actor=acting(world.member), retrospective=world.retrospective, **values)  # type: ignore[arg-type]


def entries() -> int:
    return AuditEntry.objects.exclude(verb="seen").count()


def test_there_is_one_for_each_team_and_cycle(inside: World) -> None:
    cycle = CycleFactory(name="Q2", phase=Phase.REVIEWING)
    first = open_retrospective(actor=acting(inside.member), cycle=cycle, team=inside.team)
    assert open_retrospective(actor=acting(inside.lead), cycle=cycle, team=inside.team) == first
    entry = AuditEntry.objects.get(object_type="okrs.retrospective", verb="created")
    assert entry.object_label == "Sales Acme, Q2"


@pytest.mark.parametrize("phase", [Phase.PLANNED, Phase.DRAFTING, Phase.ALIGNING, Phase.CLOSED])
def test_it_opens_while_the_cycle_runs_or_is_reviewed(inside: World, phase: str) -> None:
    cycle = CycleFactory(phase=phase)
    with pytest.raises(Refused):
        open_retrospective(actor=acting(inside.member), cycle=cycle, team=inside.team)
    assert not Retrospective.objects.filter(cycle=cycle).exists()


def test_it_moves_one_step_forward_or_back(inside: World) -> None:
    board = inside.retrospective
    with pytest.raises(Refused, match="one step"):
        move_retrospective(actor=acting(inside.lead), retrospective=board, state=RetroState.CLOSED)
    for state in (RetroState.VOTING, RetroState.CLOSED, RetroState.VOTING, RetroState.COLLECTING):
        moved = move_retrospective(actor=acting(inside.lead), retrospective=board, state=state)
        assert (moved.state, moved.closed_at is not None) == (state, state == RetroState.CLOSED)
    with pytest.raises(Refused) as refused:
        move_retrospective(actor=acting(inside.lead), retrospective=board, state="else")
    assert list(refused.value.error_dict) == ["state"]


def test_cards_are_collected_first(inside: World) -> None:
    assert card(inside).text == "Too many meetings"
    for said, at in (({"text": " "}, "text"), ({"column": "else"}, "column"), ({"text": "x" * 2001}, "text")):
        with pytest.raises(Refused) as refused:
            card(inside, **said)
        assert list(refused.value.error_dict) == [at]
    in_state(inside, RetroState.VOTING)
    with pytest.raises(Refused, match="no longer"):
        card(inside)


def test_only_its_author_changes_a_card(inside: World) -> None:
    mine = card(inside)
    changed = edit_card(actor=acting(inside.member), card=mine, changes={"text": "Fewer", "about_process": True})
    assert (changed.text, changed.about_process) == ("Fewer", True)
    with pytest.raises(Refused, match="Only whoever wrote"):
        edit_card(actor=acting(inside.lead), card=mine, changes={"text": "Else"})
    # The trail tells that there was a change, not what the team says among itself.
    assert "Fewer" not in str(list(AuditEntry.objects.values()))


def test_an_anonymous_card_is_nobodys(inside: World) -> None:
    before = entries()
    anonymous = card(inside, is_anonymous=True)
    assert (anonymous.author, anonymous.pk.version) == (None, 4)
    assert entries() == before
    with pytest.raises(Refused, match="nobody can tell whose it is"):
        edit_card(actor=acting(inside.member), card=anonymous, changes={"text": "Else"})
    remove_card(actor=acting(inside.lead), card=anonymous)
    assert not RetroCard.objects.filter(pk=anonymous.pk).exists()


def test_cards_move_between_columns(inside: World) -> None:
    moved = move_card(actor=acting(inside.lead), card=card(inside), column=RetroColumn.TRY_NEXT)
    assert RetroCard.objects.get(pk=moved.pk).column == RetroColumn.TRY_NEXT
    in_state(inside, RetroState.CLOSED)
    with pytest.raises(Refused, match="closed"):
        move_card(actor=acting(inside.lead), card=moved, column=RetroColumn.HELD_BACK)
    with pytest.raises(Refused, match="closed"):
        remove_card(actor=acting(inside.lead), card=moved)


def test_three_votes_each_and_back(inside: World) -> None:
    cards = [RetroCardFactory(retrospective=inside.retrospective) for _place in range(VOTES + 1)]
    with pytest.raises(Refused, match="no voting"):
        vote(actor=acting(inside.member), card=cards[0])
    in_state(inside, RetroState.VOTING)
    for one in cards[:VOTES]:
        vote(actor=acting(inside.member), card=one)
    vote(actor=acting(inside.member), card=cards[0])
    with pytest.raises(Refused, match="3 votes"):
        vote(actor=acting(inside.member), card=cards[-1])
    withdraw_vote(actor=acting(inside.member), card=cards[0])
    vote(actor=acting(inside.member), card=cards[-1])
    assert RetroVote.objects.filter(membership=inside.member).count() == VOTES


def test_totals_show_once_voting_has_ended(inside: World) -> None:
    wanted = RetroCardFactory(retrospective=inside.retrospective)
    in_state(inside, RetroState.VOTING)
    for member in (inside.lead, inside.member):
        vote(actor=acting(member), card=wanted)
    inside.retrospective.team = inside.team

    def shown(member: Membership) -> dict[object, tuple[int | None, bool]]:
        board = board_of(acting(member), inside.retrospective, may_write=True)
        return {one.card.pk: (one.votes, one.is_voted) for _column, cards in board.columns for one in cards}

    assert shown(inside.member) == {wanted.pk: (None, True), inside.retro_card.pk: (None, False)}
    in_state(inside, RetroState.CLOSED)
    assert shown(inside.member) == {wanted.pk: (2, True), inside.retro_card.pk: (1, False)}
    assert list(shown(inside.member)) == [wanted.pk, inside.retro_card.pk]


def test_actions_are_worked_off_later_too(inside: World) -> None:
    made = add_action(
        actor=acting(inside.member),
        retrospective=inside.retrospective,
        title=" Meet less ",
        owner=inside.member,
        due_on=timezone.localdate(),
    )
    assert (made.title, made.team, made.state) == ("Meet less", inside.team, ActionState.OPEN)
    with pytest.raises(Refused) as refused:
        add_action(actor=acting(inside.member), retrospective=inside.retrospective, title=" ")
    assert list(refused.value.error_dict) == ["title"]
    assert open_actions(inside.team) == [made, inside.retro_action]
    assert my_actions(acting(inside.member)) == [made]
    Cycle.objects.update(phase=Phase.CLOSED)
    done = edit_action(actor=acting(inside.member), action=made, changes={"state": ActionState.DONE})
    assert done.done_at is not None
    assert open_actions(inside.team) == [inside.retro_action]
    assert edit_action(actor=acting(inside.member), action=made, changes={"state": "open"}).done_at is None
    with pytest.raises(Refused) as refused:
        edit_action(actor=acting(inside.member), action=made, changes={"state": "else"})
    assert list(refused.value.error_dict) == ["state"]


def test_a_closed_cycle_is_read_only_but_for_a_team_that_may_go_on(inside: World) -> None:
    named = card(inside)
    Cycle.objects.update(phase=Phase.CLOSED)
    board = inside.retrospective
    writes = (
        lambda: card(inside),
        lambda: edit_card(actor=acting(inside.member), card=named, changes={"text": "Else"}),
        lambda: move_card(actor=acting(inside.lead), card=named, column=RetroColumn.TRY_NEXT),
        lambda: remove_card(actor=acting(inside.lead), card=named),
        lambda: vote(actor=acting(inside.lead), card=named),
        lambda: move_retrospective(actor=acting(inside.lead), retrospective=board, state=RetroState.VOTING),
        lambda: set_moderator(actor=acting(inside.lead), retrospective=board, moderator=inside.member),
        lambda: add_action(actor=acting(inside.lead), retrospective=board, title="Something"),
    )
    for write in writes:
        with pytest.raises(Refused, match=CLOSED):
            write()
    CycleExtensionFactory(cycle=inside.cycle, team=inside.team)
    assert card(inside).text == "Too many meetings"


class TestWhoSeesWhat:
    def test_the_team_and_its_moderator(self, inside: World) -> None:
        board = RetrospectiveFactory(team=inside.team, moderator=inside.placeholder)
        who = (inside.member, inside.lead, inside.plo, inside.administrator)
        assert [bool(permissions.see_retrospective(acting(one), board)) for one in who] == [True, True, False, False]
        set_moderator(actor=acting(inside.lead), retrospective=board, moderator=inside.plo)
        board.refresh_from_db()
        assert permissions.see_retrospective(acting(inside.plo), board)
        assert permissions.moderate_retrospective(acting(inside.plo), board)
        assert permissions.moderate_retrospective(acting(inside.lead), board)
        assert not permissions.moderate_retrospective(acting(inside.member), board)

    def test_a_coach_in_scope_opens_one(self, inside: World) -> None:
        coach = make_member("Clara Coach", "clara@acme")
        assert not permissions.open_retrospective(acting(coach), inside.team)
        RoleAssignmentFactory(membership=coach, role=Role.COACH)
        assert permissions.open_retrospective(acting(coach), inside.team)

    def test_the_program_lead_office_reads_about_the_process_without_authors(self, inside: World) -> None:
        about = card(inside, about_process=True)
        RetroCardFactory(retrospective=inside.retrospective, text="Among us")
        assert process_cards(acting(inside.plo)) == []
        in_state(inside, RetroState.VOTING)
        (read,) = process_cards(acting(inside.plo))
        assert read == about
        assert "author_id" not in read.__dict__
        assert permissions.read_process_cards(acting(inside.plo))
        assert not permissions.read_process_cards(acting(inside.lead))

    def test_whoever_does_an_action_may_change_it(self, inside: World) -> None:
        action = RetroAction.objects.select_related("retrospective").get(pk=inside.retro_action.pk)
        assert not permissions.edit_retro_action(acting(inside.plo), action)
        action.owner = inside.plo
        assert permissions.edit_retro_action(acting(inside.plo), action)


@pytest.mark.django_db(transaction=True)
def test_votes_at_once_do_not_pass_the_limit() -> None:
    """Two real connections of one member cast their last vote at the same moment, on two cards."""
    world = make_organization("acme")
    with within(world.organization):
        in_state(world, RetroState.VOTING)
        cards = [RetroCardFactory(retrospective=world.retrospective) for _place in range(VOTES + 1)]
        for one in cards[: VOTES - 1]:
            vote(actor=acting(world.member), card=one)
    start = threading.Barrier(2, timeout=20)
    refusals: list[Refused] = []
    failures: list[BaseException] = []

    def cast(one: RetroCard) -> None:
        try:
            start.wait()
            with within(world.organization):
                vote(actor=acting(world.member), card=one)
        except Refused as refused:
            refusals.append(refused)
        except BaseException as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=cast, args=(one,)) for one in cards[VOTES - 1 :]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert failures == []
    assert len(refusals) == 1
    with within(world.organization):
        assert RetroVote.objects.filter(membership=world.member).count() == VOTES


def test_an_old_due_day_still_comes_back(inside: World) -> None:
    RetroAction.objects.update(due_on=timezone.localdate() - timedelta(days=200))
    assert open_actions(inside.team) == [inside.retro_action]
