"""Giving, answering, changing and ending a role on the pages."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from organizations.enums import Role
from organizations.models import Membership
from roles.enums import AssignmentState, Side
from roles.models import AssignmentAnswer, ConflictException, RoleAssignment
from tests.factories.organizations import TeamFactory
from tests.factories.roles import RoleAssignmentFactory
from tests.factories.worlds import World, client_of, make_member, within
from tests.roles.views.test_coverage import text_of


@pytest.fixture
def base(world: World) -> str:
    with within(world.organization):
        ConflictException.objects.all().delete()
        RoleAssignment.objects.exclude(role=Role.PLO).delete()
    return f"/o/{world.organization.slug}/roles/assignments/"


@pytest.fixture
def coach(world: World) -> Membership:
    with within(world.organization):
        return make_member("Cora Coach", "cora@acme")


def only(world: World, **wanted: Any) -> RoleAssignment:
    with within(world.organization):
        rows = RoleAssignment.objects.exclude(membership=world.plo).select_related("membership", "team")
        return rows.get(**wanted)


def asked(world: World) -> set[str]:
    with within(world.organization):
        return set(AssignmentAnswer.objects.filter(agrees=None).values_list("side", flat=True))


def test_the_office_gives_roles_and_takes_them_back(world: World, base: str) -> None:
    client = client_of(world.plo)
    values = {"membership": world.lead.email, "role": "sponsor", "team": "", "starts_on": "", "is_external": "on"}
    answer = client.post(f"{base}new/", values, follow=True)
    assert f"{world.lead.display_name} holds the role: Sponsor." in text_of(answer)
    given = only(world)
    assert (given.state, given.role, given.team, given.is_external) == ("active", Role.SPONSOR, None, True)
    again = client.post(f"{base}new/", values)
    assert again.status_code == 422
    assert "holds this role in these days already" in again.content.decode()
    client.post(f"{base}{given.pk}/end/")
    assert only(world).state == AssignmentState.ENDED
    client.post(f"{base}{given.pk}/resume/")
    assert only(world).state == AssignmentState.ACTIVE


def test_a_lead_proposes_a_coach_for_their_own_team_only(world: World, base: str, coach: Membership) -> None:
    client = client_of(world.lead)
    page = client.get(f"{base}new/", {"team": world.team.slug, "role": "coach"}).content.decode()
    assert world.root_team.name + "</option>" not in page
    values = {"membership": coach.email, "team": str(world.root_team.pk)}
    assert client.post(f"{base}new/", values).status_code == 422
    client.post(f"{base}new/", values | {"team": str(world.team.pk)})
    assert only(world).state == AssignmentState.PROPOSED
    assert asked(world) == {Side.COACH, Side.PLO}
    # They can take it back, and take that back.
    client.post(f"{base}{only(world).pk}/end/", {"reason": "Somebody else"})
    assert (only(world).state, only(world).reason) == ("withdrawn", "Somebody else")
    client.post(f"{base}{only(world).pk}/resume/")
    assert only(world).state == AssignmentState.PROPOSED


def test_anybody_volunteers_and_is_in_force_with_the_last_yes(world: World, base: str, coach: Membership) -> None:
    client = client_of(coach)
    url = f"{base}new/?team={world.team.slug}&role=coach"
    page = client.get(url).content.decode()
    assert "Volunteer" in page
    assert 'name="membership"' not in page
    client.post(url, {"team": str(world.team.pk), "membership": world.member.email})
    proposal = only(world)
    assert (proposal.membership, asked(world)) == (coach, {Side.TEAM, Side.PLO})
    week = f"/o/{world.organization.slug}/"
    for person, side in ((world.lead, Side.TEAM), (world.plo, Side.PLO)):
        client = client_of(person)
        assert "Cora Coach as coach of" in text_of(client.get(week, follow=True))
        client.post(f"{base}{proposal.pk}/answer/", {"side": side, "agrees": "1"})
        assert "Cora Coach as coach of" not in text_of(client.get(week, follow=True))
    assert only(world).state == AssignmentState.ACTIVE


def test_a_no_needs_a_reason_which_those_concerned_read(world: World, base: str, coach: Membership) -> None:
    client_of(world.plo).post(f"{base}new/", {"membership": coach.email, "role": "coach", "team": str(world.team.pk)})
    url = f"{base}{only(world).pk}/"
    client = client_of(world.lead)
    assert client_of(world.member).post(f"{url}answer/", {"side": "team", "agrees": "1"}).status_code == 403
    assert client.post(f"{url}answer/?side=team", {"reason": " "}).status_code == 422
    client.post(f"{url}answer/?side=team", {"reason": "We want <b>Otto</b>"})
    assert only(world).state == AssignmentState.DECLINED
    for person in (coach, world.plo, world.lead, world.administrator):
        assert "We want &lt;b&gt;Otto" in client_of(person).get(url).content.decode()
    assert client_of(world.member).get(url).status_code == 403
    # Declined is declined.
    again = client_of(coach).post(f"{url}answer/", {"side": "coach", "agrees": "1"}, follow=True)
    assert "answered or withdrawn meanwhile" in text_of(again)


def test_an_office_of_a_part_gives_roles_there_only(world: World, base: str) -> None:
    with within(world.organization):
        TeamFactory.create(name="Beside", slug="beside", parent=world.root_team)
        RoleAssignmentFactory.create(membership=world.lead, role=Role.PLO, team=world.team)
    client = client_of(world.lead)
    page = client.get(f"{base}new/").content.decode()
    assert "Beside" not in page
    values = {"membership": world.member.email, "role": "sponsor"}
    assert client.post(f"{base}new/", values | {"team": ""}).status_code == 422
    assert client.post(f"{base}new/", values | {"team": str(world.root_team.pk)}).status_code == 422
    client.post(f"{base}new/", values | {"team": str(world.team.pk)})
    assert only(world, role=Role.SPONSOR).team == world.team


def test_an_office_of_a_part_gives_coaches_to_its_people_only(world: World, base: str, coach: Membership) -> None:
    with within(world.organization):
        office = make_member("Stella Scoped", "stella@acme")
        RoleAssignmentFactory.create(membership=office, role=Role.PLO, team=world.team)
        outside = make_member("Olga Outside", "olga@acme")
    client, url = client_of(office), f"{base}new/"
    page = client.get(url).content.decode()
    assert "people/options/?of=plo" in page
    assert " required" not in page.split('name="team"')[1].split(">")[0]
    suggested = f"/o/{world.organization.slug}/people/options/"
    for query, expected in (({"of": "plo", "person": "o"}, False), ({"person": "o"}, True)):
        html = client.get(suggested, query).content.decode()
        assert (outside.email in html) is expected
        assert world.lead.email in html or world.member.email in html
    values = {"membership": coach.email, "role": "coach", "team": ""}
    wrongs: list[tuple[dict[str, str], str, str]] = [
        ({}, "team", "Choose a team."),
        ({"person": outside.email}, "person", "Olga Outside is in no team of your part."),
        ({"person": world.member.email, "role": "sponsor"}, "person", "Only a coach is there for one person."),
    ]
    for wrong, field, sentence in wrongs:
        refused = client.post(url, values | wrong)
        assert refused.status_code == 422
        assert dict(refused.context["form"].errors) == {field: [sentence]}
    client.post(url, values | {"person": world.member.email})
    given = only(world, role=Role.COACH)
    with within(world.organization):
        assert given.person_id == world.member.pk
    assert (given.team, asked(world)) == (None, {Side.COACH, Side.PERSON})
    staffing = text_of(client.get(f"/o/{world.organization.slug}/roles/staffing/?view=proposed"))
    assert f"for {world.member.display_name}" in staffing
    # Whoever rules it ends it, and takes that back.
    client.post(f"{base}{given.pk}/end/")
    assert only(world, role=Role.COACH).state == AssignmentState.WITHDRAWN
    client.post(f"{base}{given.pk}/resume/")
    assert only(world, role=Role.COACH).state == AssignmentState.PROPOSED


def test_the_office_of_a_part_answers_for_a_coach_of_its_people(world: World, base: str, coach: Membership) -> None:
    with within(world.organization):
        office = make_member("Stella Scoped", "stella@acme")
        RoleAssignmentFactory.create(membership=office, role=Role.PLO, team=world.team)
        given = RoleAssignmentFactory.create(
            membership=coach, role=Role.COACH, person=world.member, state=AssignmentState.PROPOSED
        )
        AssignmentAnswer.objects.create(assignment=given, side=Side.PLO)
    client, week = client_of(office), f"/o/{world.organization.slug}/"
    assert "Cora Coach as coach of" in text_of(client.get(week, follow=True))
    client.post(f"{base}{given.pk}/answer/", {"side": "plo", "agrees": "1"})
    assert only(world, role=Role.COACH).state == AssignmentState.ACTIVE


def test_holders_end_their_own_role_but_do_not_get_it_back(world: World, base: str) -> None:
    with within(world.organization):
        given = RoleAssignmentFactory.create(membership=world.member, role=Role.SPONSOR)
    office, holder = client_of(world.plo), client_of(world.member)
    assert holder.post(f"{base}{given.pk}/end/", {"reason": ""}).status_code == 422
    assert client_of(world.lead).post(f"{base}{given.pk}/end/", {"reason": "No"}).status_code == 403
    holder.post(f"{base}{given.pk}/end/", {"reason": "New job"})
    assert only(world).state == AssignmentState.ENDED
    holder.post(f"{base}{given.pk}/resume/")
    assert only(world).state == AssignmentState.ACTIVE
    office.post(f"{base}{given.pk}/end/", {"reason": "Over"})
    assert holder.post(f"{base}{given.pk}/resume/").status_code == 403
    assert only(world).state == AssignmentState.ENDED


def test_days_change(world: World, base: str) -> None:
    today = timezone.localdate()
    with within(world.organization):
        given = RoleAssignmentFactory.create(membership=world.member, role=Role.SPONSOR, starts_on=today)
    client = client_of(world.plo)
    values = {"starts_on": str(today), "ends_on": str(today - timedelta(days=1))}
    wrong = client.post(f"{base}{given.pk}/edit/", values)
    assert wrong.status_code == 422
    assert "It must not end before it begins." in wrong.content.decode()
    wrong = client.post(f"{base}{given.pk}/edit/", values | {"ends_on": "9999-12-31"})
    assert "Is the year right?" in wrong.context["form"]["ends_on"].errors[0]
    last = today + timedelta(days=40)
    client.post(f"{base}{given.pk}/edit/", values | {"ends_on": str(last)})
    assert only(world).ends_on == last
    assert "History" in client.get(f"{base}{given.pk}/").content.decode()
