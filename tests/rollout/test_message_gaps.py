"""Who has heard nothing of a rollout, and what is planned for them."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.urls import reverse
from django.utils import timezone

from organizations.enums import Role
from organizations.models import Team
from rollout.models import RolloutPlan, Wave
from rollout.queries.message_gaps import Gap, message_gaps
from tests.factories.messages import MessageAudienceFactory, PlannedMessageFactory, SentMessageFactory
from tests.factories.organizations import TeamFactory
from tests.factories.rollout import RolloutPlanFactory, WaveFactory, WaveTeamFactory
from tests.factories.worlds import World, client_of, within
from tests.queries import exactly
from tests.rollout.test_messages import plan_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def inside(world: World) -> Iterator[World]:
    with within(world.organization):
        yield world


@pytest.fixture
def plan(inside: World) -> RolloutPlan:
    return plan_of(inside)


def wave_with(plan: RolloutPlan, name: str, *teams: Team) -> Wave:
    """Return a wave of a plan that names some teams."""
    phase = plan.phases.first()
    wave: Wave = (
        WaveFactory.create(phase=phase, name=name) if phase else WaveFactory.create(phase__plan=plan, name=name)
    )
    for team in teams:
        WaveTeamFactory.create(wave=wave, team=team)
    return wave


def sent_to(plan: RolloutPlan, title: str, days: int, *lines: dict[str, Any]) -> None:
    """Say that something was told so many days ago."""
    day = timezone.localdate() - timedelta(days=days)
    SentMessageFactory.create(message__plan=plan, title=title, sent_on=day, audiences=list(lines))


def to_team(team: Team, *, with_below: bool = True) -> dict[str, Any]:
    return {"kind": "team", "id": str(team.pk), "name": team.name, "with_below": with_below}


def heard(plan: RolloutPlan, weeks: int = 4) -> dict[str, Gap]:
    return {one.label: one for one in message_gaps(plan, today=timezone.localdate(), weeks=weeks)}


def test_whom_a_message_was_meant_for_counts(plan: RolloutPlan) -> None:
    division = TeamFactory.create(name="Division")
    sales, support = (TeamFactory.create(name=name, parent=division) for name in ("Sales", "Support"))
    wave_with(plan, "First", sales)
    second = wave_with(plan, "Second", support)
    sent_to(plan, "To coaches", 1, {"kind": "role", "role": "coach"})
    sent_to(plan, "To the second", 8, {"kind": "wave", "id": str(second.pk), "name": "Second"})
    sent_to(plan, "To one person", 2, {"kind": "member", "id": str(sales.pk), "name": "Anna"})
    sent_to(plan, "To all", 30, {"kind": "everybody", "name": ""})
    gaps = heard(plan)
    last = {label: one.last.title if one.last else None for label, one in gaps.items()}
    assert last == {
        "Everybody": "To all",
        "Program Lead Office": "To all",
        "OKR Coach": "To coaches",
        "Sponsor": "To all",
        "Leadership": "To all",
        "First": "To all",
        "Second": "To the second",
        "Sales": "To all",
        "Support": "To the second",
    }
    assert (gaps["Second"].weeks, gaps["Everybody"].weeks) == (1, 4)
    assert {label for label, one in gaps.items() if one.is_silent} == set(last) - {"OKR Coach", "Second", "Support"}
    assert not any(one.is_silent for one in heard(plan, weeks=5).values())
    assert {label for label, one in heard(plan, weeks=1).items() if not one.is_silent} == {"OKR Coach"}


def test_a_team_above_takes_those_below_along(plan: RolloutPlan) -> None:
    division = TeamFactory.create(name="Division")
    sales, support = (TeamFactory.create(name=name, parent=division) for name in ("Sales", "Support"))
    wave_with(plan, "First", sales, support)
    sent_to(plan, "Alone", 1, to_team(division, with_below=False))
    gaps = heard(plan)
    assert all(one.last is None and one.weeks is None and one.is_silent for one in gaps.values())
    sent_to(plan, "One of two", 3, to_team(sales))
    gaps = heard(plan)
    assert (gaps["Sales"].last is not None, gaps["First"].last) == (True, None)
    sent_to(plan, "With all below", 5, to_team(division))
    gaps = heard(plan)
    assert {label for label, one in gaps.items() if one.last} == {"Sales", "Support", "First"}
    assert gaps["First"].last is not None
    assert gaps["First"].last.title == "With all below"


def test_only_the_topmost_teams_that_waves_name(plan: RolloutPlan) -> None:
    division = TeamFactory.create(name="Division")
    sales = TeamFactory.create(name="Sales", parent=division)
    gone = TeamFactory.create(name="Gone", archived_at=timezone.now())
    wave_with(plan, "First", division, gone)
    wave_with(plan, "Second", sales)
    assert {"Division", "First", "Second"} <= set(heard(plan))
    assert not {"Sales", "Gone"} & set(heard(plan))


def test_a_team_that_is_named_alone_stands_for_itself(plan: RolloutPlan) -> None:
    """As a pilot with the leading team alone: other waves name the teams below it."""
    top = Team.objects.current().get(parent=None)
    sales, support = (TeamFactory.create(name=name, parent=top) for name in ("Sales", "Support"))
    pilot = wave_with(plan, "Pilot")
    WaveTeamFactory.create(wave=pilot, team=top, with_below=False)
    WaveTeamFactory.create(wave=pilot, team=sales)
    wave_with(plan, "Second", support)
    assert {top.name, "Sales", "Support"} <= set(heard(plan))
    sent_to(plan, "To the top alone", 1, to_team(top, with_below=False))
    assert {label for label, one in heard(plan).items() if one.last} == {top.name}
    sent_to(plan, "To the top with all below", 2, to_team(top))
    gaps = heard(plan)
    last = {label: one.last.title for label, one in gaps.items() if one.last is not None}
    everything = dict.fromkeys(("Everybody", "Pilot", "Second", "Sales", "Support"), "To the top with all below")
    assert last == everything | {top.name: "To the top alone"}


def test_everybody_of_a_part_is_no_role(inside: World) -> None:
    part = RolloutPlanFactory.create(team=TeamFactory.create(name="North"))
    sent_to(part, "To all", 1, {"kind": "everybody", "name": "North"})
    gaps = heard(part)
    assert gaps["Everybody in North"].last is not None
    assert gaps["Leadership"].last is None


def test_what_comes_next(plan: RolloutPlan) -> None:
    def planned(title: str, days: int, **fields: Any) -> None:
        day = timezone.localdate() + timedelta(days=days)
        message = PlannedMessageFactory.create(plan=plan, title=title, sends_on=day, **fields)
        MessageAudienceFactory.create(message=message, kind="role", role=Role.COACH)

    planned("Later", 9)
    planned("Next", 2)
    planned("Past", -2)
    planned("Cancelled", 1, state="cancelled", cancelled_at=timezone.now())
    gaps = heard(plan)
    assert gaps["OKR Coach"].next is not None
    assert gaps["OKR Coach"].next.title == "Next"
    assert gaps["OKR Coach"].next.on == timezone.localdate() + timedelta(days=2)
    assert gaps["Leadership"].next is None


@pytest.mark.parametrize("number", [1, 50])
def test_the_page_costs_the_same_at_any_length(world: World, number: int) -> None:
    with within(world.organization):
        plan = plan_of(world)
        for place in range(number):
            team = TeamFactory.create(name=f"Team {place}")
            wave_with(plan, f"Wave {place}", team)
            sent_to(plan, f"Message {place}", place, to_team(team))
            MessageAudienceFactory.create(message=PlannedMessageFactory.create(plan=plan), kind="team", team=team)
    client = client_of(world.member)
    address = reverse("rollout:message_gaps", args=[world.organization.slug, plan.pk])
    client.get(address)
    with exactly(14):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize(("weeks", "shown"), [("", 4), ("6", 6), ("0", 1), ("900", 52), ("x", 4), ("²", 4)])
def test_how_many_weeks_stands_in_the_address(world: World, weeks: str, shown: int) -> None:
    with within(world.organization):
        plan = plan_of(world)
    address = reverse("rollout:message_gaps", args=[world.organization.slug, plan.pk])
    page = client_of(world.member).get(address, {"weeks": weeks} if weeks else {})
    assert page.context["weeks"] == shown


def test_writing_to_them_fills_in_who_they_are(world: World) -> None:
    with within(world.organization):
        plan = plan_of(world)
        team = TeamFactory.create(name="Sales")
        wave = wave_with(plan, "Pilot", team)
    office = client_of(world.member)
    page = office.get(reverse("rollout:message_gaps", args=["acme", plan.pk])).content.decode()
    new = reverse("rollout:message_create", args=["acme", plan.pk])
    chosen = {
        "everybody": ("everybody", True),
        "role:coach": ("roles", ["coach"]),
        f"wave:{wave.pk}": ("waves", [wave.pk]),
        f"team:{team.pk}": ("teams", [team.pk]),
    }
    for code, (name, value) in chosen.items():
        assert f"{new}?audience={quote(code)}" in page
        form = office.get(new, {"audience": code}).context["form"]
        assert form.initial[name] == value, code
        assert form.initial["sends_on"] > timezone.localdate()
    for nonsense in ("role:king", "team:x", "x"):
        assert office.get(new, {"audience": nonsense}).status_code == 200
    # Readers who change nothing have no button.
    assert f"{new}?audience" not in client_of(world.lead).get(page_of(plan)).content.decode()


def page_of(plan: RolloutPlan) -> str:
    return reverse("rollout:message_gaps", args=["acme", plan.pk])
