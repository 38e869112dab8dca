"""The roadmap: which year, its cycles, goals and what supports them, lanes, and what it costs."""

from datetime import date
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from okrs.enums import Confidence, CycleLength, Level, ObjectiveStatus, Phase, Visibility
from okrs.models import Cycle, Objective
from okrs.queries.roadmap import IN_CELL, LANES
from organizations.models import Membership
from tests.factories.okrs import AlignmentFactory, CycleFactory, KeyResultFactory, ObjectiveFactory, ReviewFactory
from tests.factories.organizations import TeamFactory
from tests.factories.worlds import World, client_of, within
from tests.queries import exactly


@pytest.fixture
def year(world: World) -> Cycle:
    """The present year with two quarters, and a last year beside it."""
    now = timezone.localdate().year
    with within(world.organization):
        Cycle.objects.update(archived_at=timezone.now())
        for name, number in (("Last", now - 1), ("This", now)):
            found = CycleFactory.create(
                name=name,
                length=CycleLength.YEAR,
                phase=Phase.RUNNING,
                starts_on=date(number, 1, 1),
                ends_on=date(number, 12, 31),
            )
        quarter(now, 4)
        quarter(now, 1)
        quarter(now - 1, 4)
    return found


def quarter(number: int, which: int) -> Cycle:
    first, last = {1: ((1, 1), (3, 31)), 4: ((10, 1), (12, 31))}[which]
    return CycleFactory.create(
        name=f"Q{which} {number}", starts_on=date(number, *first), ends_on=date(number, *last), phase=Phase.RUNNING
    )


def shown(member: Membership, world: World, query: str = "") -> Any:
    answer = client_of(member).get(reverse("okrs:roadmap", args=[world.organization.slug]) + query)
    assert answer.status_code == 200
    return answer


def columns(answer: Any) -> list[str]:
    return [cycle.name[:2] for cycle in answer.context["roadmap"].columns]


def test_the_present_year_with_its_cycles_in_order(world: World, year: Cycle) -> None:
    answer = shown(world.member, world)
    assert (answer.context["roadmap"].year, columns(answer)) == (year, ["Q1", "Q4"])
    with within(world.organization):
        last = Cycle.objects.get(name="Last")
    answer = shown(world.member, world, f"?cycle={last.pk}")
    assert (answer.context["roadmap"].year, columns(answer)) == (last, ["Q4"])
    assert shown(world.member, world, "?cycle=x&page=-1").context["roadmap"].year == year


def test_goals_with_what_supports_them_and_lanes(world: World, year: Cycle) -> None:
    with within(world.organization):
        first, second = Cycle.objects.filter(name__startswith="Q", starts_on__gte=year.starts_on).order_by("starts_on")
        goal = ObjectiveFactory.create(cycle=year, level=Level.ORGANIZATION, team=None, title="The goal")
        key_result = KeyResultFactory.create(objective=goal)
        for number in range(IN_CELL + 1):
            objective = ObjectiveFactory.create(cycle=second, team=world.team, title=f"Sales {number}", position=number)
            if number:
                AlignmentFactory.create(objective=objective, target_objective=goal)
            else:
                AlignmentFactory.create(objective=objective, target_objective=None, target_key_result=key_result)
        ObjectiveFactory.create(
            cycle=first, team=world.team, title="Draft", status=ObjectiveStatus.DRAFT, owner=world.member
        )
        ObjectiveFactory.create(cycle=first, level=Level.ORGANIZATION, team=None, title="All of us")
        ObjectiveFactory.create(cycle=first, level=Level.INDIVIDUAL, team=None, owner=world.member, title="Mine")
    answer = shown(world.plo, world)
    found = answer.context["roadmap"]
    assert [(one.card.objective.title, one.supporting) for one in found.goals] == [("The goal", [0, IN_CELL + 1])]
    lanes = {lane.team: [[card.objective.title for card in cell.cards] for cell in lane.cells] for lane in found.lanes}
    assert lanes == {
        None: [["All of us"], []],
        world.team: [["Draft"], [f"Sales {number}" for number in range(IN_CELL)]],
    }
    page = unescape(answer.content.decode())
    assert f"{IN_CELL + 1} support it" in page
    assert f"?cycle={second.pk}" in page


def test_private_ones_are_seen_by_their_owner_alone(world: World, year: Cycle) -> None:
    with within(world.organization):
        cycle = Cycle.objects.filter(name__startswith="Q").latest("starts_on")
        ObjectiveFactory.create(
            cycle=cycle, team=world.team, owner=world.member, title="Secret", visibility=Visibility.PRIVATE
        )
    assert "Secret" in shown(world.member, world).content.decode()
    page = shown(world.plo, world)
    assert "Secret" not in page.content.decode()
    assert page.context["roadmap"].lanes == []


def test_a_bar_beside_a_score_has_the_colour_of_its_band(world: World, year: Cycle) -> None:
    now = timezone.localdate().year
    with within(world.organization):
        cycle = Cycle.objects.get(name=f"Q1 {now}")
        scored = ObjectiveFactory.create(cycle=cycle, team=world.team, title="Scored", progress=0.9)
        KeyResultFactory.create(objective=scored, confidence=Confidence.OFF_TRACK)
        ReviewFactory.create(objective=scored, score=Decimal("0.9"))
        Cycle.objects.filter(pk=cycle.pk).update(phase=Phase.CLOSED)
    page = shown(world.member, world).content.decode()
    card = page[page.index("Scored") :]
    assert "tone-ok" in card[: card.index("</li>")]
    assert "tone-bad" not in card[: card.index("</li>")]


def test_without_a_year_it_says_what_is_needed(world: World) -> None:
    with within(world.organization):
        Cycle.objects.filter(length=CycleLength.YEAR).update(archived_at=timezone.now())
    create = reverse("okrs:cycle_create", args=["acme"])
    assert create in shown(world.plo, world).content.decode().split("<main", 1)[1]
    assert create not in shown(world.member, world).content.decode().split("<main", 1)[1]


def test_many_teams_come_in_pages(world: World, year: Cycle) -> None:
    with within(world.organization):
        cycle = Cycle.objects.filter(name__startswith="Q").latest("starts_on")
        Objective.objects.bulk_create(
            Objective(cycle=cycle, team=TeamFactory.create(), title="One") for _number in range(LANES + 2)
        )
    first = shown(world.member, world)
    assert len(first.context["roadmap"].lanes) == LANES
    last = client_of(world.member).get(first.context["next_url"])
    assert len(last.context["roadmap"].lanes) == 2
    assert last.context["next_url"] == ""


@pytest.mark.parametrize("number", [1, 20])
def test_queries(world: World, year: Cycle, number: int) -> None:
    with within(world.organization):
        cycle = Cycle.objects.filter(name__startswith="Q").latest("starts_on")
        for _place in range(number):
            goal = ObjectiveFactory.create(cycle=year, level=Level.ORGANIZATION, team=None)
            objective = ObjectiveFactory.create(cycle=cycle, team=TeamFactory.create())
            KeyResultFactory.create(objective=objective)
            AlignmentFactory.create(objective=objective, target_objective=goal)
    client = client_of(world.member)
    url = reverse("okrs:roadmap", args=[world.organization.slug])
    client.get(url)
    with exactly(15):
        client.get(url)
