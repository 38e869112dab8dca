"""The staffing page: who holds which role, what is missing, and what somebody holds themselves."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from organizations.enums import Role
from roles.enums import AssignmentState, Side
from roles.models import Qualification, RoleAssignment
from tests.factories.organizations import MembershipFactory, TeamFactory
from tests.factories.roles import (
    AssignmentAnswerFactory,
    CertificateFactory,
    QualificationFactory,
    RoleAssignmentFactory,
    RoleProfileFactory,
)
from tests.factories.worlds import World, client_of, within
from tests.queries import exactly
from tests.roles.views.test_coverage import text_of


@pytest.fixture
def base(world: World) -> str:
    return f"/o/{world.organization.slug}/roles/staffing/"


def test_it_says_who_holds_what_and_what_they_lack(world: World, base: str) -> None:
    today = timezone.localdate()
    with within(world.organization):
        Qualification.objects.all().delete()
        basics, advanced, master = [
            QualificationFactory.create(role=Role.COACH, title=title) for title in ("Basics", "Advanced", "Master")
        ]
        RoleProfileFactory.create(role=Role.COACH, seats=3)
        coach = MembershipFactory.create(display_name="Cora Coach")
        RoleAssignmentFactory.create(
            membership=coach, role=Role.COACH, team=world.team, is_external=True, ends_on=today + timedelta(days=59)
        )
        CertificateFactory.create(membership=coach, qualification=basics, expires_on=today + timedelta(days=60))
        old = today - timedelta(days=1)
        CertificateFactory.create(
            membership=coach, qualification=advanced, issued_on=old - timedelta(days=9), expires_on=old
        )
        RoleAssignmentFactory.create(membership=world.lead, role=Role.COACH)
        for one in (basics, advanced, master):
            CertificateFactory.create(membership=world.lead, qualification=one)
    page = text_of(client_of(world.plo).get(base, {"role": "coach"}))
    assert "Cora Coach Ends soon External" in page
    assert "Basics expires on" in page
    assert "Advanced expired on" in page
    assert "Master is missing" in page
    assert "Fits the profile" in page
    assert "3 of 3" in page
    assert "Sponsor 0 Nobody yet" in page
    # Certificates are not for administrators.
    page = text_of(client_of(world.administrator).get(base))
    assert "Cora Coach" in page
    assert "Master is missing" not in page


def test_proposals_say_whom_they_wait_for_and_history_says_why(world: World, base: str) -> None:
    client = client_of(world.plo)
    with within(world.organization):
        AssignmentAnswerFactory.create(assignment=world.proposed_coach, side=Side.TEAM, answered_by=world.lead)
        RoleAssignmentFactory.create(
            membership=world.lead, role=Role.SPONSOR, state=AssignmentState.ENDED, reason="New job"
        )
    page = text_of(client.get(base, {"view": "proposed"}))
    assert f"Waits for: {world.member.display_name}, {world.lead.display_name} for the team" in page
    assert "New job" in text_of(client.get(base, {"view": "history"}))
    assert "No role fits what you chose." in text_of(client.get(base, {"view": "history", "role": "coach"}))


def test_an_office_of_a_part_sees_its_part_and_members_see_none(world: World, base: str) -> None:
    with within(world.organization):
        RoleAssignmentFactory.create(membership=world.lead, role=Role.PLO, team=world.team)
        other = TeamFactory.create(name="Beside", parent=world.root_team)
        RoleAssignmentFactory.create(membership=world.member, role=Role.SPONSOR, team=other)
    page = text_of(client_of(world.lead).get(base))
    assert world.lead.display_name in page
    assert "Beside" not in page
    assert client_of(world.member).get(base).status_code == 403
    assert "Beside" in text_of(client_of(world.plo).get(base, {"team": other.slug}))


def test_where_nobody_is_in_the_office_an_administrator_appoints(world: World, base: str) -> None:
    client = client_of(world.administrator)
    settings = reverse("organizations:settings_process", args=[world.organization.slug])
    assert "Appoint somebody" not in text_of(client.get(base)) + text_of(client.get(settings))
    with within(world.organization):
        RoleAssignment.objects.filter(role=Role.PLO).delete()
    for page in (base, settings):
        assert "Appoint somebody" in text_of(client.get(page))
    url = base.replace("staffing", "assignments/new")
    client.post(url, {"membership": world.lead.email})
    with within(world.organization):
        made = RoleAssignment.objects.get(role=Role.PLO)
        assert (made.membership, made.team) == (world.lead, None)


@pytest.mark.parametrize("coaches", [3, 300])
def test_it_takes_as_many_queries_for_many_coaches(coaches: int, world: World, base: str) -> None:
    with within(world.organization):
        # So many that objectives are agreed on, which the sidebar asks about.
        MembershipFactory.create_batch(30)
        for person in MembershipFactory.create_batch(coaches):
            RoleAssignmentFactory.create(membership=person, role=Role.COACH, team=world.team)
    client = client_of(world.plo)
    client.get(base)
    with exactly(18):
        client.get(base)
    with exactly(14):
        client.get(base, {"view": "history"})


def test_my_roles(world: World, base: str) -> None:
    page = text_of(client_of(world.member).get(base.replace("staffing", "mine")))
    assert f"You as coach of {world.root_team.name}" in page
    page = text_of(client_of(world.plo).get(base.replace("staffing", "mine")))
    assert "Program Lead Office" in page
