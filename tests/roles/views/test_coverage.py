"""The pages about coverage, load, and who could coach a team."""

import html
import re

import pytest

from organizations.enums import Role
from organizations.models import OrganizationSettings, Team
from roles.queries.coach_proposal import find_candidates
from tests.factories.organizations import MembershipFactory, TeamFactory, TeamMembershipFactory, UserFactory
from tests.factories.roles import CoachProfileFactory, ConflictExceptionFactory, RoleAssignmentFactory
from tests.factories.worlds import World, client_of, within
from tests.queries import exactly


def text_of(answer: object) -> str:
    """Return what a page says, without its tags."""
    content = answer.content.decode()  # type: ignore[attr-defined]
    return " ".join(re.sub(r"<[^>]+>", " ", content[content.index("<main") :]).split())


@pytest.fixture
def base(world: World) -> str:
    return f"/o/{world.organization.slug}/coaching/coverage/"


def test_the_page_says_who_has_no_coach_and_who_is_proposed(world: World, base: str) -> None:
    client = client_of(world.plo)
    page = text_of(client.get(base))
    assert "0 of 2 teams" in page
    assert f"Proposed: {world.member.display_name}" in page
    assert f"Lead: {world.lead.display_name}" in page
    with within(world.organization):
        RoleAssignmentFactory.create(membership=world.member, role=Role.COACH, team=None)
        coach = MembershipFactory.create(display_name="Cora Coach")
        RoleAssignmentFactory.create(membership=coach, role=Role.COACH, team=world.team)
        CoachProfileFactory.create(membership=coach, teams_wanted=0, hours_a_week=3, takes_teams=False)
    assert "Every team has a coach" in text_of(client.get(base))
    far = text_of(client.get(base, {"view": "organization"}))
    assert world.root_team.name in far
    assert f"{world.team.name} Company" not in far
    assert "Coach of its own Cora Coach" in text_of(client.get(base, {"view": "all"}))
    load = text_of(client.get(base, {"view": "load"}))
    assert "1 of 0 teams 3 h a week Over capacity No new teams" in load
    assert "Capacity not said" in load
    part = text_of(client.get(base, {"view": "all", "team": world.root_team.slug, "page": "nonsense"}))
    assert "2 of 2 teams" in part


def test_the_office_of_a_unit_sees_its_unit_and_a_lead_finds_a_coach(world: World, base: str) -> None:
    with within(world.organization):
        RoleAssignmentFactory.create(membership=world.lead, role=Role.PLO, team=world.team)
    client = client_of(world.lead)
    page = text_of(client.get(base))
    assert "0 of 1 team" in page
    assert "Coach of its own" not in page
    assert client.get(f"{base}{world.team.slug}/").status_code == 200
    assert client.get(f"{base}{world.root_team.slug}/").status_code == 403
    assert client.get(f"{base}nowhere/").status_code == 404


@pytest.mark.parametrize("teams", [1, 60])
def test_the_page_takes_as_many_queries_for_many_teams(teams: int, world: World, base: str) -> None:
    with within(world.organization):
        lead = MembershipFactory.create()
        for number in range(teams):
            TeamFactory.create(parent=world.root_team, lead=lead, name=f"Team {number}")
        coaches = MembershipFactory.create_batch(30)
        for number, coach in enumerate(coaches[: teams // 2]):
            RoleAssignmentFactory.create(membership=coach, role=Role.COACH, team=world.team if number % 2 else None)
    client = client_of(world.plo)
    with exactly(14):
        client.get(base, {"view": "all"})


def test_a_lead_proposes_whom_they_found(world: World, base: str) -> None:
    with within(world.organization):
        coach = MembershipFactory.create(display_name="Cora Coach", user=UserFactory.create())
        CoachProfileFactory.create(membership=coach)
    client = client_of(world.lead)
    page = client.get(f"{base}{world.team.slug}/").content.decode()
    link = re.search(rf'href="([^"]+member={coach.pk})"', page)
    assert link is not None
    form = client.get(html.unescape(link[1]))
    assert form.status_code == 200
    assert "Cora Coach" in form.content.decode()


def test_the_office_grants_an_exception_to_others_only(world: World, base: str) -> None:
    with within(world.organization):
        CoachProfileFactory.create(membership=world.plo)
        team = TeamFactory.create(parent=world.team, lead=world.plo)
    page = client_of(world.plo).get(f"{base}{team.slug}/").content.decode()
    links = re.findall(r"exceptions/new/\?coach=([0-9a-f-]+)&amp;team=([0-9a-f-]+)", page)
    assert links == [(str(world.lead.pk), str(team.pk))]
    assert world.plo.display_name in page
    assert (
        client_of(world.plo).get(f"/o/acme/roles/exceptions/new/?coach={links[0][0]}&team={links[0][1]}").status_code
        == 200
    )


def test_candidates_in_their_order_with_reasons(world: World) -> None:
    with within(world.organization):
        settings = OrganizationSettings.objects.get()
        german = MembershipFactory.create(user=UserFactory.create(language="de"))
        team = TeamFactory.create(parent=world.root_team, lead=world.lead)
        TeamMembershipFactory.create(team=team, membership=german)
        free, full, closed, silent, foreign, there = (
            MembershipFactory.create(display_name=name)
            for name in ("Free", "Full", "Closed", "Silent", "Foreign", "There")
        )
        CoachProfileFactory.create(membership=free, languages=["de", "en"], teams_wanted=2)
        CoachProfileFactory.create(membership=full, languages=["de"], teams_wanted=1)
        CoachProfileFactory.create(membership=closed, languages=["de"], takes_teams=False)
        CoachProfileFactory.create(membership=foreign, languages=["sv"], teams_wanted=9)
        elsewhere = TeamFactory.create()
        RoleAssignmentFactory.create(membership=full, role=Role.COACH, team=elsewhere)
        RoleAssignmentFactory.create(membership=silent, role=Role.COACH, team=elsewhere)
        RoleAssignmentFactory.create(membership=there, role=Role.COACH, team=team)
        found = find_candidates(team.pk, settings)
        assert [one.member.display_name for one in found.candidates] == ["Free", "Foreign", "Full", "Silent", "Closed"]
        assert found.current == ["There"]
        # The world's own coach profile is the lead's.
        assert [one.member.pk for one in found.with_conflict] == [world.lead.pk]
        assert "leads" in found.with_conflict[0].conflict
        of = {one.member.display_name: one for one in found.candidates}
        assert of["Free"].in_favour == [
            "No conflict of interest",
            "Has room for 2 teams more",
            "Speaks German",
            "Open for new teams",
        ]
        assert of["Full"].against == ["Has no room: carries 1 of 1 team"]
        assert of["Foreign"].against == ["Does not speak German"]
        assert of["Closed"].against == ["Takes no new teams at present"]
        swedish = find_candidates(team.pk, settings, language="sv")
        assert swedish.candidates[0].member == foreign
        ConflictExceptionFactory.create(membership=world.lead, team=team)
        excepted = find_candidates(team.pk, settings)
        assert excepted.with_conflict == []
        assert any("exception" in reason for one in excepted.candidates for reason in one.in_favour)


@pytest.mark.parametrize("many", [1, 30])
def test_candidates_take_as_many_queries_for_many(many: int, world: World) -> None:
    with within(world.organization):
        settings = OrganizationSettings.objects.get()
        team = Team.objects.get(pk=world.team.pk)
        for _number in range(many):
            CoachProfileFactory.create(membership=MembershipFactory.create())
        with exactly(7):
            assert len(find_candidates(team.pk, settings).candidates) == many
