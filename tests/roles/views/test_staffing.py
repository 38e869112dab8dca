"""The staffing page: who holds which role, what is missing, and what somebody holds themselves."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from organizations.enums import Role
from roles.enums import AssignmentState, Side
from roles.models import Qualification, RoleAssignment, RoleProfile
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
    # The world has a coach of one person, too.
    assert "2 of 3 1 seat empty 1 for one person only" in page
    assert "Sponsor 0 Nobody yet" in page
    # Certificates are not for administrators.
    page = text_of(client_of(world.administrator).get(base))
    assert "Cora Coach" in page
    assert "Master is missing" not in page


def test_seats_are_for_those_who_hold_the_role_today_and_everywhere(world: World, base: str) -> None:
    today = timezone.localdate()
    with within(world.organization):
        RoleAssignment.objects.all().delete()
        RoleProfile.objects.all().delete()
        for role, seats in ((Role.PLO, 1), (Role.SPONSOR, 2), (Role.COACH, 2)):
            RoleProfileFactory.create(role=role, seats=seats)
        RoleAssignmentFactory.create(membership=world.plo)
        RoleAssignmentFactory.create(membership=world.lead)
        # The same person in two places is one.
        RoleAssignmentFactory.create(membership=world.lead, starts_on=today + timedelta(days=9), team=world.team)
        RoleAssignmentFactory.create(membership=world.member, role=Role.SPONSOR, team=world.team)
        begins = today + timedelta(days=40)
        RoleAssignmentFactory.create(membership=world.administrator, role=Role.SPONSOR, starts_on=begins)
        RoleAssignmentFactory.create(membership=world.member, role=Role.COACH, person=world.lead)
        RoleAssignmentFactory.create(membership=world.administrator, role=Role.COACH, team=world.team)
    client = client_of(world.plo)
    page = text_of(client.get(base))
    assert "Program Lead Office 2 of 1 1 more than planned OKR Coach" in page
    assert "OKR Coach 1 of 2 1 seat empty 1 for one person only Sponsor" in page
    assert "Sponsor 0 of 2 2 seats empty 1 for a part only 1 begins later Leadership" in page
    assert page.index("Begin later") > page.index(f"for {world.lead.display_name}")
    later = page.split(" Begin later ")[1]
    assert f"{world.administrator.display_name} Sponsor Begins later" in later
    assert later.index(f"{world.lead.display_name} Program Lead Office") < later.index("Sponsor Begins later")
    assert f"from {date_format(begins, 'SHORT_DATE_FORMAT')}" in later
    # An office of a part counts whom it sees, without seats.
    with within(world.organization):
        RoleAssignment.objects.filter(membership=world.lead, team=None).delete()
        RoleAssignment.objects.filter(membership=world.lead).update(starts_on=today)
    assert "Sponsor 1 Leadership 0 Nobody yet" in text_of(client_of(world.lead).get(base))


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
    with exactly(17):
        client.get(base)
    with exactly(13):
        client.get(base, {"view": "history"})


def test_my_roles(world: World, base: str) -> None:
    page = text_of(client_of(world.member).get(base.replace("staffing", "mine")))
    assert f"You as coach of {world.root_team.name}" in page
    page = text_of(client_of(world.plo).get(base.replace("staffing", "mine")))
    assert "Program Lead Office" in page
