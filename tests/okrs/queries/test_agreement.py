"""Who agrees on which draft, in trees of several shapes, and what waits for whom."""

from collections.abc import Iterator

import pytest

from okrs.enums import Level, ObjectiveStatus, Phase, Visibility
from okrs.models import Cycle, Objective
from okrs.queries.agreement import agreers_of, count_to_agree, to_agree
from organizations.actor import Actor
from organizations.enums import Agreement, Role, Via
from organizations.models import Membership, Team
from tests.factories.okrs import CycleFactory, ObjectiveFactory
from tests.factories.organizations import MembershipFactory, TeamFactory
from tests.factories.roles import RoleAssignmentFactory
from tests.factories.worlds import World, make_member, within
from tests.queries import exactly

Status = ObjectiveStatus


@pytest.fixture
def inside(world: World) -> Iterator[World]:
    with within(world.organization):
        world.settings.agreement = Agreement.ALWAYS
        world.settings.save()
        yield world


@pytest.fixture
def cycle(inside: World) -> Cycle:
    return CycleFactory.create(name="Next", phase=Phase.DRAFTING)


def acting(member: Membership) -> Actor:
    return Actor(member, via=Via.WEB)


def submitted(cycle: Cycle, team: Team | None, owner: Membership | None, **fields: object) -> Objective:
    level = Level.ORGANIZATION if team is None else Level.TEAM
    return ObjectiveFactory.create(cycle=cycle, team=team, owner=owner, level=level, status=Status.SUBMITTED, **fields)


def agree_on(objective: Objective) -> list[Membership]:
    """Return who agrees, having asked the other way round too: it waits for these and for nobody else."""
    people = agreers_of(objective)
    waiting = [one for one in Membership.objects.exclude(user=None) if objective in to_agree(acting(one))]
    assert set(waiting) == set(people)
    return people


def test_the_lead_agrees(inside: World, cycle: Cycle) -> None:
    assert agree_on(submitted(cycle, inside.team, inside.member)) == [inside.lead]
    assert agree_on(submitted(cycle, inside.team, None)) == [inside.lead]
    # The owner of nothing here, but lead of the team above: still the team's own lead.
    assert agree_on(submitted(cycle, inside.team, inside.administrator)) == [inside.lead]


def test_the_leads_own_goes_up(inside: World, cycle: Cycle) -> None:
    assert agree_on(submitted(cycle, inside.team, inside.lead)) == [inside.administrator]
    assert agree_on(submitted(cycle, inside.team, inside.member, submitted_by=inside.lead)) == [inside.administrator]


def test_teams_with_the_same_lead_or_none_or_one_who_cannot_sign_in_are_passed_over(
    inside: World, cycle: Cycle
) -> None:
    gone = make_member("Gerd Gone", "gerd@acme", deactivated_at=inside.lead.joined_at)
    above = TeamFactory.create(name="Above", parent=inside.root_team, lead=inside.lead)
    nobody = TeamFactory.create(name="Nobody's", parent=above, lead=None)
    waiting = TeamFactory.create(name="Placeholder's", parent=nobody, lead=MembershipFactory.create(user=None))
    left = TeamFactory.create(name="Gone's", parent=waiting, lead=gone)
    lowest = TeamFactory.create(name="Lowest", parent=left, lead=inside.lead)
    assert agree_on(submitted(cycle, lowest, inside.lead)) == [inside.administrator]
    assert agree_on(submitted(cycle, left, inside.member)) == [inside.lead]


def test_at_the_top_leadership_agrees_else_the_program_lead_office(inside: World, cycle: Cycle) -> None:
    top = submitted(cycle, inside.root_team, inside.administrator)
    whole = submitted(cycle, None, inside.member)
    assert agree_on(top) == agree_on(whole) == [inside.plo]
    chief = make_member("Karin Chief", "karin@acme")
    RoleAssignmentFactory.create(membership=chief, role=Role.LEADERSHIP)
    assert agree_on(top) == agree_on(whole) == [chief]


def test_nothing_waits_for_ever(inside: World, cycle: Cycle) -> None:
    """Whoever is alone at the top agrees on their own; once there is somebody else, they do not."""
    own = submitted(cycle, None, inside.plo)
    assert agree_on(own) == [inside.plo]
    chief = make_member("Karin Chief", "karin@acme")
    RoleAssignmentFactory.create(membership=chief, role=Role.LEADERSHIP)
    assert agree_on(own) == [chief]
    chiefs = submitted(cycle, None, chief)
    assert agree_on(chiefs) == [chief]
    other = make_member("Otto Other", "otto@acme")
    RoleAssignmentFactory.create(membership=other, role=Role.LEADERSHIP)
    assert agree_on(chiefs) == [other]
    assert agree_on(own) == [chief, other]


def test_leadership_of_one_division_agrees_there_alone(inside: World, cycle: Cycle) -> None:
    left = TeamFactory.create(name="Left", parent=None, lead=None)
    right = TeamFactory.create(name="Right", parent=None, lead=None)
    below = TeamFactory.create(name="Below", parent=left, lead=None)
    chief = make_member("Karin Chief", "karin@acme")
    RoleAssignmentFactory.create(membership=chief, role=Role.LEADERSHIP, team=left)
    assert agree_on(submitted(cycle, below, inside.member)) == [chief]
    assert agree_on(submitted(cycle, right, inside.member)) == [inside.plo]
    assert agree_on(submitted(cycle, None, inside.member)) == [inside.plo]


def test_what_waits_for_nobody(inside: World, cycle: Cycle) -> None:
    for fields in (
        {"status": Status.DRAFT},
        {"status": Status.AGREED},
        {"archived_at": cycle.created_at},
        {"visibility": Visibility.PRIVATE},
        {"level": Level.INDIVIDUAL},
        {"cycle": CycleFactory.create(name="Old", phase=Phase.CLOSED)},
    ):
        ObjectiveFactory.create(
            **({"cycle": cycle, "team": inside.team, "owner": inside.member, "status": Status.SUBMITTED} | fields)
        )
    assert to_agree(acting(inside.lead)) == []
    waiting = submitted(cycle, inside.team, inside.member)
    assert to_agree(acting(inside.lead)) == [waiting]
    inside.settings.agreement = Agreement.NEVER
    inside.settings.save()
    assert to_agree(acting(inside.lead)) == []


@pytest.mark.parametrize("number", [1, 50])
def test_queries(inside: World, cycle: Cycle, number: int) -> None:
    for _place in range(number):
        team = TeamFactory.create(parent=inside.team, lead=inside.lead)
        submitted(cycle, team, inside.member)
        submitted(cycle, None, inside.member)
    lead, plo, member = acting(inside.lead), acting(inside.plo), acting(inside.member)
    for actor in (lead, plo, member):
        # What every page has read by then.
        assert actor.settings is not None
        assert len(actor.roles) + len(actor.teams) > 0
    with exactly(2):
        assert len(to_agree(lead)) == number
    with exactly(3):
        assert len(to_agree(plo)) == number
    with exactly(1):
        assert count_to_agree(lead) == number
    with exactly(2):
        assert count_to_agree(plo) == number
    with exactly(0):
        assert count_to_agree(member) == 0
