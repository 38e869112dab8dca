"""The drafting check: who has what, what is missing, who is not yet introduced, drill-down, and what it costs."""

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from okrs.enums import Level, ObjectiveStatus, Phase, Visibility
from okrs.models import Objective
from okrs.queries.drafting_check import PAGE, Row
from organizations.models import Membership, Team
from tests.factories.okrs import AlignmentFactory, CycleFactory, CycleTeamFactory, KeyResultFactory, ObjectiveFactory
from tests.factories.organizations import TeamFactory
from tests.factories.worlds import World, client_of, within
from tests.queries import exactly

Status = ObjectiveStatus


@pytest.fixture
def drafting(world: World) -> World:
    """A world with an empty cycle that is being drafted and begins in a month."""
    today = timezone.localdate()
    with within(world.organization):
        world.cycle = CycleFactory.create(
            name="Next",
            phase=Phase.DRAFTING,
            starts_on=today + timedelta(days=30),
            ends_on=today + timedelta(days=120),
        )
    return world


def url(world: World, query: str = "", name: str = "drafting_check", *args: object) -> str:
    return reverse(f"okrs:{name}", args=[world.organization.slug, world.cycle.pk, *args]) + query


def shown(member: Membership, world: World, query: str = "") -> Any:
    answer = client_of(member).get(url(world, query))
    assert answer.status_code == 200
    return answer


def row_of(answer: Any, team: Team | None) -> Row:
    return next(row for row in answer.context["rows"] if row.team == team)


def write(world: World, title: str = "Customers stay with us for years", **fields: Any) -> Objective:
    values = {"cycle": world.cycle, "team": world.team, "owner": world.member, "status": Status.DRAFT} | fields
    return ObjectiveFactory.create(title=title, **values)


def complete(world: World, **fields: Any) -> Objective:
    objective = write(world, **fields)
    KeyResultFactory.create(objective=objective, title="Raise renewals from 41 to 70 %", start=41, target=70)
    AlignmentFactory.create(objective=objective, target_objective=world.organization_objective)
    return objective


def test_how_many_there_are_of_each(drafting: World) -> None:
    with within(drafting.organization):
        for status in Status:
            complete(drafting, status=status)
        complete(drafting, archived_at=timezone.now())
    row = row_of(shown(drafting.plo, drafting), drafting.team)
    assert (row.draft, row.submitted, row.agreed, row.in_force) == (1, 1, 1, 3)
    assert not row.has_gaps
    assert row_of(shown(drafting.plo, drafting), drafting.root_team).is_empty


@pytest.mark.parametrize(
    ("fields", "gaps"),
    [
        ({}, (1, 0, 1)),
        ({"owner": None}, (1, 1, 1)),
        # Said by the team: it supports nothing, and that is right.
        ({"stands_alone": True}, (1, 0, 0)),
        # Personal development is nobody's gap, and neither is the top of the organization.
        ({"level": Level.INDIVIDUAL}, (0, 0, 0)),
        ({"level": Level.ORGANIZATION, "team": None}, (0, 0, 0)),
        ({"visibility": Visibility.PRIVATE}, (0, 0, 0)),
    ],
    ids=["bare", "no-owner", "alone", "individual", "organization", "private"],
)
def test_what_is_missing(drafting: World, fields: dict[str, Any], gaps: tuple[int, int, int]) -> None:
    with within(drafting.organization):
        write(drafting, **fields)
    for person in (drafting.member, drafting.plo):
        row = row_of(shown(person, drafting), drafting.team)
        assert (row.no_key_result, row.no_owner, row.no_support) == gaps


def test_what_is_archived_counts_for_nothing(drafting: World) -> None:
    with within(drafting.organization):
        objective = write(drafting)
        KeyResultFactory.create(objective=objective, archived_at=timezone.now())
        gone = ObjectiveFactory.create(cycle=drafting.cycle, team=drafting.root_team, archived_at=timezone.now())
        AlignmentFactory.create(objective=objective, target_objective=gone)
    row = row_of(shown(drafting.plo, drafting), drafting.team)
    assert (row.no_key_result, row.no_support) == (1, 1)


def test_teams_not_yet_introduced_are_no_gap(drafting: World) -> None:
    with within(drafting.organization):
        type(drafting.cycle).objects.filter(pk=drafting.cycle.pk).update(for_all_teams=False)
        CycleTeamFactory.create(cycle=drafting.cycle, team=drafting.team)
    answer = shown(drafting.plo, drafting, "?view=empty")
    assert {row.team for row in answer.context["rows"]} == {None, drafting.team}
    later = shown(drafting.plo, drafting, "?view=later")
    assert drafting.root_team in {row.team for row in later.context["rows"]}
    assert "Not yet introduced" in later.content.decode().split("<tbody>", 1)[1]
    with within(drafting.organization):
        write(drafting, team=drafting.root_team)
    # Whoever writes takes part.
    assert row_of(shown(drafting.plo, drafting), drafting.root_team).draft == 1


def test_a_team_founded_after_the_cycle_began_is_not_yet_introduced(drafting: World) -> None:
    with within(drafting.organization):
        young = TeamFactory.create(name="Young")
        Team.objects.filter(pk=young.pk).update(created_at=timezone.now() + timedelta(days=40))
    assert young not in {row.team for row in shown(drafting.plo, drafting).context["rows"]}
    assert [row.team for row in shown(drafting.plo, drafting, "?view=later").context["rows"]] == [young]


def test_hints_on_wording_are_counted(drafting: World) -> None:
    with within(drafting.organization):
        objective = complete(drafting)
        KeyResultFactory.create(objective=objective, title="Launch the new website", metric="increase", start=None)
    clear, unclear = (row_of(shown(drafting.plo, drafting), team) for team in (drafting.root_team, drafting.team))
    assert clear.findings == 0
    assert unclear.findings
    page = unescape(client_of(drafting.plo).get(url(drafting, "", "drafting_check_team", "sales")).content.decode())
    assert "Launch the new website" in page
    assert "says what you will do, not what will be different" in page


def test_a_team_sees_what_is_missing_and_is_offered_to_add_it(drafting: World) -> None:
    with within(drafting.organization):
        objective = write(drafting, owner=None)
        private = write(drafting, "My own business", visibility=Visibility.PRIVATE)
    address = url(drafting, "", "drafting_check_team", drafting.team.slug)
    page = unescape(client_of(drafting.lead).get(address).content.decode())
    for words in ("No key result", "No owner", "It supports nothing yet"):
        assert words in page
    for name in ("key_result_create", "objective_edit", "alignment_create"):
        assert reverse(f"okrs:{name}", args=["acme", objective.pk]) in page
    assert private.title not in page
    assert private.title in client_of(drafting.member).get(address).content.decode()
    with within(drafting.organization):
        stranger = write(drafting, level=Level.ORGANIZATION, team=None, owner=drafting.plo)
    page = client_of(drafting.member).get(url(drafting, "", "drafting_check_organization")).content.decode()
    assert stranger.title in page
    assert reverse("okrs:key_result_create", args=["acme", stranger.pk]) not in page


def test_unknown_teams_are_404_and_nonsense_is_everything(drafting: World) -> None:
    client = client_of(drafting.member)
    assert client.get(url(drafting, "", "drafting_check_team", "nowhere")).status_code == 404
    assert client.get(url(drafting, "?view=x&page=-3")).status_code == 200
    assert client.get(url(drafting, "?page=²", "drafting_check_team", "sales")).status_code == 200


@pytest.mark.parametrize("number", [1, PAGE + 5])
def test_queries(drafting: World, number: int) -> None:
    with within(drafting.organization):
        for _place in range(number):
            complete(drafting, team=TeamFactory.create())
            complete(drafting)
    client = client_of(drafting.member)
    for address, count in ((url(drafting), 12), (url(drafting, "", "drafting_check_team", "sales"), 11)):
        client.get(address)
        with exactly(count):
            answer = client.get(address)
    assert len(answer.context["items"]) == min(number, 30)
