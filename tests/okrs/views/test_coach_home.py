"""What a coach's teams need, on their home and on My week."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from okrs.enums import CycleLength, ObjectiveStatus, Phase, Visibility
from okrs.models import Cycle
from okrs.queries.coach_home import Kind, coached_teams, teams_on_week
from organizations.actor import Actor
from organizations.enums import Role, Via
from organizations.models import Membership, OrganizationSettings, Team
from roles.enums import Desk, QuestionState
from roles.models import CoachQuestion
from tests.factories import okrs, roles
from tests.factories.organizations import MembershipFactory, TeamFactory
from tests.factories.worlds import World, client_of, make_member, within
from tests.queries import exactly


@pytest.fixture
def coach(world: World) -> Membership:
    """Cora, coach of the world's team; nothing but an old cycle is there."""
    with within(world.organization):
        cora = make_member("Cora Coach", "cora@acme")
        roles.RoleAssignmentFactory.create(membership=cora, role=Role.COACH, team=world.team)
        Cycle.objects.update(phase=Phase.CLOSED)
        CoachQuestion.objects.update(state=QuestionState.CLOSED)
        OrganizationSettings.objects.update(coaching=True)
    return cora


def needs_of(coach: Membership) -> dict[str, list[tuple[str, int]]]:
    actor = Actor(Membership.objects.get(pk=coach.pk), via=Via.WEB)
    return {one.team.name: [(str(need.kind), need.count) for need in one.needs] for one in coached_teams(actor)}


def text_of(answer: Any) -> str:
    """Return what a page says, without its tags."""
    content = answer.content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", content[content.index("<main") :]).split())


def test_a_team_without_anything(world: World, coach: Membership) -> None:
    with within(world.organization):
        okrs_actions = [(str(Kind.ACTIONS), 1)]
        # What the team of the world wanted to do is still open.
        assert needs_of(coach) == {world.team.name: okrs_actions}
        okrs.CycleFactory.create(phase=Phase.DRAFTING, starts_on=timezone.localdate() + timedelta(days=30))
        okrs.CycleFactory.create(phase=Phase.RUNNING, length=CycleLength.YEAR)
        assert needs_of(coach)[world.team.name] == [(str(Kind.NO_OBJECTIVES), 0), *okrs_actions]


def test_what_teams_need_in_its_order(world: World, coach: Membership) -> None:
    with within(world.organization):
        team = world.team
        cycle = okrs.CycleFactory.create(phase=Phase.RUNNING)
        draft = okrs.ObjectiveFactory.create(cycle=cycle, team=team, status=ObjectiveStatus.SUBMITTED)
        assert needs_of(coach)[team.name][:2] == [(str(Kind.RECOMMEND), 1), (str(Kind.NOT_AGREED), 0)]
        draft.recommended_at = timezone.now()
        draft.save()
        ago = timezone.now() - timedelta(days=40)
        active = okrs.ObjectiveFactory.create(cycle=cycle, team=team, activated_at=ago)
        for number in range(3):
            key_result = okrs.KeyResultFactory.create(objective=active)
            key_result.created_at = ago
            key_result.last_check_in_at = timezone.now() if number == 0 else None
            key_result.save()
        okrs.CheckInFactory.create(key_result=key_result, blocker="No licence", at=timezone.now() - timedelta(days=2))
        roles.CoachQuestionFactory.create(team=team)
        roles.CoachQuestionFactory.create(team=team, desk=Desk.PLO)
        assert needs_of(coach)[team.name] == [
            (str(Kind.QUESTIONS), 1),
            (str(Kind.BLOCKERS), 1),
            (str(Kind.OUTDATED), 2),
            (str(Kind.ACTIONS), 1),
        ]
        # The next check-in says nothing of it any more.
        okrs.CheckInFactory.create(key_result=key_result)
        # Nothing private is counted.
        hidden = okrs.ObjectiveFactory.create(
            cycle=cycle, team=team, visibility=Visibility.PRIVATE, status=ObjectiveStatus.SUBMITTED
        )
        okrs.CheckInFactory.create(key_result=okrs.KeyResultFactory.create(objective=hidden), blocker="Secret")
        assert [kind for kind, _count in needs_of(coach)[team.name]] == [Kind.QUESTIONS, Kind.OUTDATED, Kind.ACTIONS]
        Cycle.objects.filter(pk=cycle.pk).update(phase=Phase.REVIEWING)
        kinds = [kind for kind, _count in needs_of(coach)[team.name]]
        assert kinds == [Kind.QUESTIONS, Kind.NO_RETROSPECTIVE, Kind.ACTIONS]
        okrs.RetrospectiveFactory.create(team=team, cycle=cycle)
        assert Kind.NO_RETROSPECTIVE not in [kind for kind, _count in needs_of(coach)[team.name]]


def test_a_coach_of_the_organization_has_all_but_their_line(world: World, coach: Membership) -> None:
    with within(world.organization):
        roles.RoleAssignmentFactory.create(membership=coach, role=Role.COACH, team=None)
        led = TeamFactory.create(parent=world.root_team, lead=coach, name="Led")
        TeamFactory.create(parent=led, name="Below")
        roles.CoachQuestionFactory.create(team=led)
        assert set(needs_of(coach)) == {world.root_team.name, world.team.name}
        assert needs_of(world.member) == {}
        # The lead's own line is everything of the world.
        roles.RoleAssignmentFactory.create(membership=world.lead, role=Role.COACH, team=world.team)
        assert needs_of(world.lead) == {}


def test_the_page(world: World, coach: Membership) -> None:
    with within(world.organization):
        TeamFactory.create(parent=world.team, name="Quiet")
        roles.RoleAssignmentFactory.create(membership=coach, role=Role.COACH, person=world.member)
        cycle = okrs.CycleFactory.create(name="Q9")
        okrs.ObjectiveFactory.create(cycle=cycle, team=world.team, status=ObjectiveStatus.SUBMITTED)
        Team.objects.filter(name="Quiet").update(created_at=timezone.now() + timedelta(days=400))
    client, base = client_of(coach), f"/o/{world.organization.slug}/coaching/"
    page = client.get(base)
    words = text_of(page)
    assert "1 of 2 teams need something of you" in words
    assert words.index(world.team.name) < words.index("Quiet")
    assert "Needs nothing now" in words
    assert "1 draft to recommend" in words
    assert f"/cycles/{cycle.pk}/?team={world.team.pk}&amp;column=submitted" in page.content.decode()
    assert world.member.display_name in words
    assert "Quiet" not in text_of(client.get(base, {"need": "recommend"}))
    assert "No team needs this" in text_of(client.get(base, {"need": "blockers"}))
    week = text_of(client.get(reverse("okrs:week", args=[world.organization.slug])))
    assert f"My teams need {world.team.name} 1 draft to recommend" in week


def test_whoever_coaches_nobody_sees_who_coaches_them(world: World, coach: Membership) -> None:
    words = text_of(client_of(world.member).get(f"/o/{world.organization.slug}/coaching/"))
    assert "You coach no team" in words
    assert f"{world.team.name} Cora Coach" in words
    assert "My teams need" not in text_of(
        client_of(world.member).get(reverse("okrs:week", args=[world.organization.slug]))
    )


@pytest.mark.parametrize("many", [1, 40])
def test_many_teams_take_as_many_queries(many: int, world: World, coach: Membership) -> None:
    with within(world.organization):
        cycle = okrs.CycleFactory.create()
        okrs.CycleFactory.create(phase=Phase.REVIEWING)
        owner = MembershipFactory.create()
        for number in range(many):
            team = TeamFactory.create(parent=world.team, lead=owner)
            status = ObjectiveStatus.ACTIVE if number % 2 else ObjectiveStatus.SUBMITTED
            objective = okrs.ObjectiveFactory.create(cycle=cycle, team=team, owner=owner, status=status)
            key_result = okrs.KeyResultFactory.create(objective=objective, owner=owner)
            okrs.CheckInFactory.create(key_result=key_result, author=owner, blocker="Waiting")
            okrs.MeetingFactory.create(team=team, cycle=cycle, started_by=owner)
        actor = Actor(Membership.objects.get(pk=coach.pk), via=Via.WEB)
        assert actor.settings.coaching
        assert actor.roles
        with exactly(2):
            assert len(teams_on_week(actor)) == min(3, many + 1)
    client = client_of(coach)
    with exactly(16):
        client.get(f"/o/{world.organization.slug}/coaching/")
