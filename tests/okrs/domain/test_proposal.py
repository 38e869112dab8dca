"""Proposals: adopted with who had the idea, declined with a reason, kept in a backlog."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from okrapp.web.decisions import Denied
from okrs import talk_permissions as permissions
from okrs.domain.proposal import (
    adopt_proposal,
    archive_proposal,
    decline_proposal,
    edit_proposal,
    propose,
    reopen_proposal,
    restore_proposal,
    set_aside,
)
from okrs.domain.reaction import react
from okrs.enums import Level, ObjectiveStatus, Phase, ProposalState, Visibility
from okrs.forms.proposal import lines_of
from okrs.models import KeyResult, Objective, Proposal
from okrs.queries.proposal import proposal_row, proposals, proposals_for
from organizations.actor import Actor
from organizations.enums import Role, Via
from organizations.errors import Refused
from organizations.models import Membership, Team
from tests.factories.okrs import (
    CommentFactory,
    CycleFactory,
    KeyResultFactory,
    ObjectiveFactory,
    ProposalFactory,
    ReactionFactory,
)
from tests.factories.organizations import TeamFactory
from tests.factories.roles import RoleAssignmentFactory
from tests.factories.worlds import World, within
from tests.queries import exactly

MEASURE = {"title": "Raise it from 41 to 70 %", "metric": "increase", "unit": "%", "unit_kind": "percent"}


@pytest.fixture(autouse=True)
def _inside(world: World) -> Iterator[None]:
    with within(world.organization):
        yield


def acting(member: Membership) -> Actor:
    return Actor(Membership.objects.get(pk=member.pk), via=Via.WEB)


def proposed(world: World, **values: Any) -> Proposal:
    measure = {**MEASURE, "start": Decimal(41), "target": Decimal("70.5")}
    whole = {"title": " A  new idea ", "team": world.team, "why": "Because", "key_results": [measure], **values}
    return propose(actor=acting(world.member), **whole)


def test_adopted_it_is_an_objective_with_its_key_results_and_who_had_the_idea(world: World) -> None:
    cycle = CycleFactory.create(phase=Phase.DRAFTING)
    objective = adopt_proposal(actor=acting(world.lead), proposal=proposed(world), cycle=cycle, owner=world.lead)
    found = Objective.objects.get(pk=objective.pk)
    assert (found.title, found.why, found.team, found.owner) == ("A new idea", "Because", world.team, world.lead)
    assert (found.proposed_by, found.created_by, found.status) == (world.member, world.lead, ObjectiveStatus.DRAFT)
    measured = found.key_results.get()
    assert (measured.start, measured.target, measured.unit) == (Decimal(41), Decimal("70.5"), "%")
    proposal = Proposal.objects.get(objective=found)
    assert (proposal.state, proposal.decided_by) == (ProposalState.ADOPTED, world.lead)


def test_it_is_decided_once(world: World) -> None:
    proposal = proposed(world)
    decline_proposal(actor=acting(world.lead), proposal=proposal, reason="Not now")
    with pytest.raises(Refused, match="decided meanwhile: Declined"):
        adopt_proposal(actor=acting(world.plo), proposal=proposal, cycle=world.cycle)
    with pytest.raises(Refused, match="decided meanwhile"):
        edit_proposal(actor=acting(world.member), proposal=proposal, changes={"title": "Else"})
    assert not Objective.objects.filter(title="A new idea").exists()


def test_declining_needs_a_reason(world: World) -> None:
    with pytest.raises(Refused) as caught:
        decline_proposal(actor=acting(world.lead), proposal=world.proposal, reason=" ")
    assert list(caught.value.error_dict) == ["reason"]


def test_a_decision_is_taken_back(world: World) -> None:
    lead, proposal = acting(world.lead), proposed(world)
    decline_proposal(actor=lead, proposal=proposal, reason="Not now")
    assert reopen_proposal(actor=lead, proposal=proposal).answer == ""
    objective = adopt_proposal(actor=lead, proposal=proposal, cycle=world.cycle)
    reopen_proposal(actor=lead, proposal=proposal)
    assert Objective.objects.get(pk=objective.pk).archived_at is not None
    again = adopt_proposal(actor=lead, proposal=proposal, cycle=world.cycle)
    KeyResult.objects.filter(objective=again).update(last_check_in_at=again.created_at)
    with pytest.raises(Refused, match="checked in on"):
        reopen_proposal(actor=lead, proposal=proposal)


def test_what_became_private_is_not_put_away_by_others(world: World) -> None:
    objective = adopt_proposal(actor=acting(world.lead), proposal=proposed(world), cycle=world.cycle, owner=world.lead)
    found = Proposal.objects.select_related("team__lead", "objective__cycle").get(objective=objective)
    assert permissions.reopen_proposal(acting(world.member), found)
    Objective.objects.filter(pk=objective.pk).update(visibility=Visibility.PRIVATE)
    found = Proposal.objects.select_related("team__lead", "objective__cycle").get(objective=objective)
    decision = permissions.reopen_proposal(acting(world.member), found)
    assert isinstance(decision, Denied)
    assert "private" not in str(decision.reason)
    assert permissions.reopen_proposal(acting(world.lead), found)
    # Away already, it keeps nobody from deciding again.
    Objective.objects.filter(pk=objective.pk).update(archived_at=timezone.now())
    found = Proposal.objects.select_related("team__lead", "objective__cycle").get(objective=objective)
    assert permissions.reopen_proposal(acting(world.member), found)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": "  "}, "title"),
        ({"team": None}, "team"),
        ({"level": Level.INDIVIDUAL}, "level"),
        ({"key_results": [{"title": " "}]}, "key_results"),
        ({"key_results": [{"title": "One"}] * 11}, "key_results"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_field(world: World, values: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as caught:
        proposed(world, **values)
    assert list(caught.value.error_dict) == [field]


def test_a_closed_cycle_adopts_nothing(world: World) -> None:
    with pytest.raises(Refused, match="closed"):
        adopt_proposal(actor=acting(world.lead), proposal=world.proposal, cycle=CycleFactory.create(phase=Phase.CLOSED))
    assert Proposal.objects.get(pk=world.proposal.pk).state == ProposalState.OPEN


def test_put_away_and_back(world: World) -> None:
    actor = acting(world.member)
    archive_proposal(actor=actor, proposal=world.proposal)
    assert proposals(actor).rows == []
    with pytest.raises(Refused, match="put away"):
        adopt_proposal(actor=acting(world.lead), proposal=world.proposal, cycle=world.cycle)
    restore_proposal(actor=actor, proposal=world.proposal)
    assert [row.proposal for row in proposals(actor).rows] == [world.proposal]


def test_who_may_what(world: World) -> None:
    to_all = proposed(world, level=Level.ORGANIZATION, team=None)
    member, administrator = acting(world.member), acting(world.administrator)
    assert permissions.edit_proposal(member, to_all)
    assert not permissions.adopt_proposal(member, to_all)
    assert not permissions.edit_proposal(administrator, to_all)
    RoleAssignmentFactory(membership=world.administrator, role=Role.LEADERSHIP)
    assert permissions.adopt_proposal(acting(world.administrator), to_all)
    assert permissions.decline_proposal(acting(world.administrator), to_all)


def test_it_waits_for_those_who_decide(world: World) -> None:
    to_all = proposed(world, level=Level.ORGANIZATION, team=None)
    assert [one.pk for one in proposals_for(acting(world.lead))] == [world.proposal.pk]
    assert [one.pk for one in proposals_for(acting(world.plo))] == [to_all.pk]
    with exactly(2):
        assert proposals_for(acting_without_roles(world.member)) == []
    own = propose(actor=acting(world.lead), title="My own", team=Team.objects.get(pk=world.team.pk))
    assert own.pk not in {one.pk for one in proposals_for(acting(world.lead))}


def acting_without_roles(member: Membership) -> Actor:
    """Return somebody whose teams and roles are still to be read: one query each."""
    return Actor(member, via=Via.WEB)


def test_a_draft_goes_into_the_backlog_with_all_it_says(world: World) -> None:
    draft = ObjectiveFactory(
        cycle=world.cycle, team=world.team, status=ObjectiveStatus.DRAFT, why="Why not", proposed_by=world.plo
    )
    KeyResultFactory(objective=draft, title="From little to much", start=Decimal(2), target=Decimal(9))
    proposal = set_aside(actor=acting(world.member), objective=draft)
    assert (proposal.title, proposal.why, proposal.proposed_by) == (draft.title, "Why not", world.plo)
    assert Objective.objects.get(pk=draft.pk).archived_at is not None
    assert lines_of(proposal) == ["From little to much from 2 to 9"]
    again = adopt_proposal(actor=acting(world.lead), proposal=proposal, cycle=world.cycle)
    assert again.key_results.get().target == Decimal(9)
    for refused in (world.objective, world.private_objective):
        with pytest.raises(Refused):
            set_aside(actor=acting(world.lead), objective=refused)


def test_what_it_became_is_not_told_once_it_is_private(world: World) -> None:
    Proposal.objects.filter(pk=world.proposal.pk).update(state=ProposalState.ADOPTED, objective=world.private_objective)
    (row,) = proposals(acting(world.member), state=ProposalState.ADOPTED).rows
    assert row.objective is None
    shown = proposal_row(acting(world.lead), world.proposal.pk)
    assert shown is not None
    assert shown.objective == world.private_objective


@pytest.mark.parametrize("number", [1, 50])
def test_two_queries_however_many(world: World, number: int) -> None:
    team = TeamFactory()
    for _place in range(number):
        proposal = ProposalFactory(team=team)
        CommentFactory(objective=None, proposal=proposal)
        ReactionFactory(comment=None, proposal=proposal, membership=world.lead)
    actor = acting(world.member)
    react(actor=actor, thing=proposal, kind="support")
    assert not actor.holds(Role.PLO)
    assert team.pk not in actor.team_ids
    with exactly(2):
        found = proposals(actor, team=team)
    assert len(found.rows) == number
    assert (found.counts, found.has_next) == ({"open": number}, False)
    assert found.rows[0].comments == 1
    assert [(one.count, one.is_mine) for one in found.rows[0].reactions if one.count] == [(1, False), (1, True)]
