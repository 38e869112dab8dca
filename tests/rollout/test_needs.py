"""Who needs which course, who is enrolled by itself, what a wave still lacks, and who may know."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from okrapp.notifications.domain.morning import look_in_the_morning
from organizations.domain.membership import deactivate_member
from organizations.domain.team import add_team_members, remove_team_member
from organizations.enums import Role
from organizations.models import Dispatch, Membership, OrganizationSettings
from organizations.queries.settings import local_today
from rollout.domain.course import edit_course
from rollout.domain.course_session import plan_session
from rollout.domain.enrolling_by_itself import DISPATCH_KIND, enrol_who_needs_it, give_up_enrolments
from rollout.domain.enrolment import enrol, leave
from rollout.domain.telling_of_courses import COURSE_ENROLLED, COURSE_PLACE, SESSION_TOMORROW
from rollout.domain.wave import start_wave
from rollout.enums import EnrolmentSource, EnrolmentState, NeededBy, PlanState
from rollout.models import Course, Enrolment, RolloutPlan, Wave
from rollout.queries.criterion import standings_of
from rollout.queries.needs import everybody_needing, read_needs, read_people, started_teams
from rollout.queries.own_needs import courses_needed
from rollout.queries.wave import team_tree, waves_of
from tests.factories.courses import AttendedFactory, CourseFactory, CourseSessionFactory, HeldSessionFactory
from tests.factories.organizations import TeamFactory, TeamMembershipFactory
from tests.factories.roles import RoleAssignmentFactory
from tests.factories.rollout import CriterionFactory, WaveTeamFactory
from tests.factories.worlds import World, client_of, make_member, within
from tests.queries import exactly
from tests.told import acting, still_true, told

ENROLLED, WAITING, CANCELLED = EnrolmentState.ENROLLED, EnrolmentState.WAITING, EnrolmentState.CANCELLED


@pytest.fixture
def inside(world: World) -> Iterator[World]:
    with within(world.organization):
        yield world


def introduction(**fields: Any) -> Course:
    """Return a course that everybody in a team that starts needs, and is enrolled in."""
    made: Course = CourseFactory.create(
        title="Introduction", **({"needed_by": [NeededBy.STARTING], "enrols_itself": True} | fields)
    )
    return made


def start(world: World) -> None:
    Wave.objects.filter(pk=world.wave.pk).update(started_at=timezone.now())


def of(course: Course) -> dict[str, str]:
    rows = Enrolment.objects.filter(course=course).select_related("member").order_by("requested_at", "pk")
    return {row.member.display_name.split()[0]: row.state for row in rows}


def attend(course: Course, member: Membership, **fields: Any) -> Enrolment:
    session = HeldSessionFactory.create(course=course)
    made: Enrolment = AttendedFactory.create(session=session, member=member, **fields)
    return made


def needing(course: Course) -> set[Membership]:
    tree = team_tree()
    ids = everybody_needing(course, read_people(local_today()), started_teams(tree), tree)
    return set(Membership.objects.filter(pk__in=ids))


def test_what_somebody_is_says_what_they_need(inside: World) -> None:
    coach = make_member("Cora Coach", "cora@acme")
    RoleAssignmentFactory.create(membership=coach, role=Role.COACH, team=inside.team)
    everybody = introduction()
    leads = CourseFactory.create(needed_by=[NeededBy.LEADS])
    coaches = CourseFactory.create(needed_by=[Role.COACH])
    elsewhere = CourseFactory.create(needed_by=[Role.COACH, NeededBy.STARTING], team=TeamFactory.create(slug="else"))
    assert needing(everybody) == set()
    assert courses_needed(acting(inside.member)) == frozenset()
    # A role needs no team that starts; Petra coaches one person.
    assert needing(coaches) == {coach, inside.plo}
    start(inside)
    assert needing(everybody) == {inside.lead, inside.member, *inside.people}
    assert needing(leads) == {inside.lead}
    assert needing(elsewhere) == set()
    for person in (inside.lead, inside.member, coach, inside.plo, inside.administrator):
        expected = {one.pk for one in (everybody, leads, coaches, elsewhere) if person in needing(one)}
        assert courses_needed(acting(person)) == expected, person
    needs = read_needs(local_today(), team_tree(), [inside.team.pk])
    # The coach of a team stands in its row.
    assert needs.needing(inside.team.pk, coaches) == {coach.pk}
    RolloutPlan.objects.filter(pk=inside.plan.pk).update(state=PlanState.STOPPED)
    assert needing(everybody) == set()


def test_who_is_in_a_team_that_starts_is_enrolled(inside: World) -> None:
    course = introduction()
    session = CourseSessionFactory.create(course=course, capacity=1)
    enrol_who_needs_it()
    assert of(course) == {}
    start_wave(actor=acting(inside.plo), wave=inside.wave)
    assert enrol_who_needs_it() == 2 + len(inside.people)
    rows = Enrolment.objects.filter(course=course)
    assert sorted(row.state for row in rows) == [ENROLLED] + [WAITING] * (len(rows) - 1)
    assert {row.source for row in rows} == {EnrolmentSource.ITSELF}
    assert told(COURSE_ENROLLED) == {inside.lead.pk, inside.member.pk, *(one.pk for one in inside.people)}
    assert still_true(COURSE_ENROLLED) == told(COURSE_ENROLLED)
    # Again and again does no harm, and a session that is planned takes who waits.
    assert enrol_who_needs_it() == 0
    look_in_the_morning()
    assert Enrolment.objects.filter(course=course).count() == len(rows)
    at = session.starts_at + timedelta(days=7)
    plan_session(actor=acting(inside.plo), course=course, starts_at=at, ends_at=at + timedelta(hours=1))
    assert not Enrolment.objects.filter(course=course, state=WAITING).exists()


def test_who_joins_later_is_enrolled_and_who_leaves_is_not(inside: World) -> None:
    start(inside)
    course = introduction()
    CourseSessionFactory.create(course=course, capacity=None)
    enrol_who_needs_it()
    Dispatch.objects.filter(kind=DISPATCH_KIND).delete()
    late = make_member("Late Joiner", "late@acme")
    assert not Dispatch.objects.filter(kind=DISPATCH_KIND).exists()
    add_team_members(actor=acting(inside.lead), team=inside.team, members=[late])
    assert enrol_who_needs_it() == 1
    assert of(course)["Late"] == ENROLLED
    remove_team_member(actor=acting(inside.lead), team=inside.team, member=late)
    enrol_who_needs_it()
    assert of(course)["Late"] == CANCELLED
    # Back again, they need it again.
    add_team_members(actor=acting(inside.lead), team=inside.team, members=[late])
    enrol_who_needs_it()
    assert Enrolment.objects.get(course=course, member=late, state=ENROLLED)
    deactivate_member(actor=acting(inside.administrator), member=late)
    assert not Enrolment.objects.open().filter(member=late).exists()


def test_writes_that_matter_are_followed(world: World) -> None:
    """The sweeper finds the organization as soon as the transaction is over."""
    with within(world.organization):
        late = make_member("Late Joiner", "late@acme")
    with within(world.organization):
        add_team_members(actor=acting(world.lead), team=world.team, members=[late])
    with within(world.organization):
        assert Dispatch.objects.filter(organization=world.organization, kind=DISPATCH_KIND).exists()
        enrol_who_needs_it()
    with within(world.organization):
        assert not Dispatch.objects.filter(organization=world.organization, kind=DISPATCH_KIND).exists()
        edit_course(actor=acting(world.plo), course=world.course, changes={"needed_by": ["starting"]})
    with within(world.organization):
        assert Dispatch.objects.filter(organization=world.organization, kind=DISPATCH_KIND).exists()


def test_who_left_a_course_is_left_alone(inside: World) -> None:
    start(inside)
    course = introduction()
    CourseSessionFactory.create(course=course, capacity=None)
    enrol_who_needs_it()
    leave(actor=acting(inside.member), enrolment=Enrolment.objects.get(course=course, member=inside.member))
    assert enrol_who_needs_it() == 0
    # Who enrolled themself keeps their place, whatever they need.
    own = enrol(actor=acting(inside.plo), course=course, member=inside.plo)
    enrol_who_needs_it()
    assert Enrolment.objects.get(pk=own.pk).is_open


def test_what_has_expired_is_needed_again(inside: World) -> None:
    start(inside)
    course = introduction(has_certificate=True, valid_months=12)
    yesterday = local_today() - timedelta(days=1)
    for member in (inside.lead, inside.member, *inside.people):
        attend(course, member, counts_until=yesterday if member == inside.member else None)
    needs = read_needs(local_today(), team_tree())
    assert needs.lacking(inside.team.pk, course) == {inside.member.pk}
    assert enrol_who_needs_it() == 1
    assert told(COURSE_ENROLLED) == {inside.member.pk}


def test_who_waits_for_what_is_over_waits_for_the_next(inside: World) -> None:
    course = CourseFactory.create()
    session = CourseSessionFactory.create(course=course, capacity=1)
    for member in (inside.lead, inside.member):
        enrol(actor=acting(member), course=course, member=member, session=session)
    type(session).objects.filter(pk=session.pk).update(
        starts_at=timezone.now() - timedelta(hours=3), ends_at=timezone.now() - timedelta(hours=1)
    )
    enrol_who_needs_it()
    waiting = Enrolment.objects.get(course=course, member=inside.member)
    assert (waiting.state, waiting.session) == (WAITING, None)
    later = CourseSessionFactory.create(course=course)
    enrol_who_needs_it()
    waiting.refresh_from_db()
    assert (waiting.state, waiting.session) == (ENROLLED, later)
    assert told(COURSE_PLACE) == {inside.member.pk}


def test_the_day_before_people_are_reminded_once(inside: World) -> None:
    at = timezone.now().replace(hour=12, minute=0, second=0, microsecond=0) + timedelta(days=1)
    session = CourseSessionFactory.create(starts_at=at, capacity=1)
    for member in (inside.lead, inside.member):
        enrol(actor=acting(member), course=session.course, member=member, session=session)
    for _twice in range(2):
        look_in_the_morning()
    assert told(SESSION_TOMORROW) == {inside.lead.pk} == still_true(SESSION_TOMORROW)
    leave(actor=acting(inside.lead), enrolment=Enrolment.objects.get(course=session.course, member=inside.lead))
    assert still_true(SESSION_TOMORROW) == set()


def test_a_phase_ends_when_its_teams_are_trained(inside: World) -> None:
    criterion = CriterionFactory.create(phase=inside.plan_phase, measure="trained", text="", percent=100)

    def standing() -> Any:
        found = standings_of(acting(inside.plo), [criterion], [inside.plan_phase], waves_of(inside.plan))
        return found[0]

    # Nobody has said what there is to learn.
    assert standing().is_met is False
    course = introduction(enrols_itself=False)
    people = [inside.lead, inside.member, *inside.people]
    for member in people[:-1]:
        attend(course, member)
    assert (standing().is_met, standing().missing) == (False, [inside.team])
    attend(course, people[-1])
    assert standing().is_met is True
    assert standing().text == "In 100% of the teams everybody has the courses they need"


def fill(world: World, teams: int) -> None:
    """Put teams into the wave, each with a lead and a member, of whom one has been through the course."""
    course = Course.objects.get(title="Introduction")
    session = HeldSessionFactory.create(course=course)
    for number in range(teams):
        team = TeamFactory.create(name=f"Team {number:03}", slug=f"team-{number}", parent=world.root_team)
        WaveTeamFactory.create(wave=world.wave, team=team)
        member = TeamMembershipFactory.create(team=team).membership
        TeamMembershipFactory.create(team=team)
        AttendedFactory.create(session=session, member=member)


@pytest.mark.parametrize("teams", [5, 200])
def test_the_matrix_costs_the_same_for_few_and_many_teams(world: World, teams: int) -> None:
    with within(world.organization):
        # Else it would depend on how many people there are whether drafts are agreed on, which costs one statement.
        OrganizationSettings.objects.update(agreement="always")
        introduction()
        fill(world, teams)
    client = client_of(world.plo)
    page = reverse("rollout:enablement", args=["acme", world.plan.pk])
    client.get(page)
    with exactly(18):
        said = client.get(page).content.decode()
    assert "1 of 2 have it" in said
    drawer = reverse("rollout:lacking", args=["acme", world.wave.pk, course_id(world)])
    with exactly(19):
        client.get(drawer, headers={"HX-Request": "true"})


def course_id(world: World) -> Any:
    with within(world.organization):
        return Course.objects.get(title="Introduction").pk


def test_names_are_for_the_office_and_for_coaches_of_the_team(world: World) -> None:
    with within(world.organization):
        course = introduction()
        other = TeamFactory.create(name="Others", slug="others", parent=world.root_team)
        WaveTeamFactory.create(wave=world.wave, team=other)
        TeamMembershipFactory.create(team=other, membership=make_member("Olga Other", "olga@acme"))
        coach = make_member("Cora Coach", "cora@acme")
        RoleAssignmentFactory.create(membership=coach, role=Role.COACH, team=world.team)
    page = reverse("rollout:enablement", args=["acme", world.plan.pk])
    drawer = reverse("rollout:lacking", args=["acme", world.wave.pk, course.pk])
    for person in (world.member, world.lead, world.administrator):
        assert client_of(person).get(page).status_code == 403
        assert client_of(person).get(drawer).status_code == 403
    for person, sees_all in ((world.plo, True), (coach, False)):
        client = client_of(person)
        said, names = client.get(page).content.decode(), client.get(drawer).content.decode()
        assert world.team.name in said
        assert ("Others" in said) == sees_all
        assert world.member.display_name in names
        assert ("Olga Other" in names) == sees_all
        assert client.get(f"{drawer}?team={other.pk}").status_code == (200 if sees_all else 404)
    # A coach looks; the office enrols.
    assert client_of(coach).post(drawer, {"session": ""}).status_code == 403
    with within(world.organization):
        assert not Enrolment.objects.filter(course=course).exists()


def test_the_office_enrols_all_who_lack_it(world: World) -> None:
    with within(world.organization):
        course = introduction(enrols_itself=False)
        session = CourseSessionFactory.create(course=course, capacity=1)
        attend(course, world.lead)
    drawer = reverse("rollout:lacking", args=["acme", world.wave.pk, course.pk])
    client = client_of(world.plo)
    answer = client.post(f"{drawer}?team={world.team.pk}", {"session": str(session.pk)})
    assert answer.status_code == 302
    with within(world.organization):
        rows = Enrolment.objects.open().filter(course=course)
        assert {row.member_id for row in rows} == {world.member.pk, *(one.pk for one in world.people)}
        assert sorted(row.state for row in rows)[0] == ENROLLED
        assert told(COURSE_ENROLLED) == {row.member_id for row in rows}


def test_who_leaves_locks_courses_in_the_order_of_the_daily_look(inside: World) -> None:
    """By id, whatever their titles: in two orders, two who lock them would wait for each other for good."""
    courses = [CourseFactory.create(title=title) for title in ("Zebra", "Middle", "Alpha")]
    for course in courses:
        enrol(actor=acting(inside.member), course=course, member=inside.member)
    with CaptureQueriesContext(connection) as captured:
        give_up_enrolments(acting(inside.administrator), inside.member)
    locking = [query["sql"] for query in captured if "FOR NO KEY UPDATE" in query["sql"]]
    locked = [next(course.title for course in courses if str(course.pk) in sql) for sql in locking]
    assert locked == [course.title for course in sorted(courses, key=lambda one: one.pk)]


def test_of_many_who_lack_a_course_the_first_are_named_and_all_are_enrolled(world: World) -> None:
    with within(world.organization):
        course = introduction(enrols_itself=False)
        for number in range(60):
            TeamMembershipFactory.create(team=world.team, membership=make_member(f"Zoe {number:02}", f"z{number}@acme"))
    drawer = reverse("rollout:lacking", args=["acme", world.wave.pk, course.pk])
    said = client_of(world.plo).get(drawer).content.decode()
    assert "Zoe 00" in said
    assert "Zoe 59" not in said
    assert "more</p>" in said
    assert client_of(world.plo).post(drawer, {"session": ""}).status_code == 302
    with within(world.organization):
        assert Enrolment.objects.open().filter(course=course, member__display_name="Zoe 59").exists()
