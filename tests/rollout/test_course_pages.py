"""The pages of courses: what one finds there, does there, and what they cost."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from organizations.models import Membership, OrganizationSettings
from rollout.enums import EnrolmentState, SessionState
from rollout.models import Course, CourseSession, Enrolment
from tests.factories.courses import CourseFactory, CourseSessionFactory, EnrolmentFactory, HeldSessionFactory
from tests.factories.worlds import World, client_of, make_member, within
from tests.queries import exactly


def address(name: str, *keys: object) -> str:
    return reverse(f"rollout:{name}", args=["acme", *keys])


def test_a_course_is_offered_held_and_taken(world: World) -> None:
    office, me = client_of(world.plo), client_of(world.member)
    assert office.post(address("course_create"), {"title": " "}).status_code == 422
    body = {"title": "Writing OKRs", "text": "**Short** ones.", "is_open": "on", "minutes": "90"}
    made = office.post(address("course_create"), body)["Location"]
    assert "<strong>Short</strong>" in me.get(made).content.decode()
    with within(world.organization):
        course = Course.objects.get(title="Writing OKRs")
    day = (timezone.now() + timedelta(days=5)).date()
    body = {"starts_at": f"{day}T09:00", "ends_at": f"{day}T08:00", "place": "Room 7", "capacity": "1"}
    refused = office.post(address("session_create", course.pk), body)
    assert refused.status_code == 422
    assert "It must end after it begins." in refused.content.decode()
    for_years = body | {"ends_at": f"{day + timedelta(days=900)}T09:00"}
    assert "two weeks at most" in office.post(address("session_create", course.pk), for_years).content.decode()
    assert office.post(address("session_create", course.pk), body | {"ends_at": f"{day}T11:00"})["Location"] == made
    with within(world.organization):
        session = CourseSession.objects.get(course=course)
    assert me.post(address("session_enrol", session.pk))["Location"] == made
    said = me.get(made).content.decode()
    assert "You are enrolled:" in said
    assert "Room 7" in said
    assert client_of(world.lead).post(address("session_enrol", session.pk)).status_code == 302
    with within(world.organization):
        mine = Enrolment.objects.get(course=course, member=world.member)
        theirs = Enrolment.objects.get(course=course, member=world.lead)
    assert (mine.state, theirs.state) == (EnrolmentState.ENROLLED, EnrolmentState.WAITING)
    # Who takes part is not told on the page of the course.
    assert world.lead.display_name not in me.get(made).content.decode().split("<main")[1]
    me.post(address("enrolment_leave", mine.pk))
    me.post(address("enrolment_rejoin", mine.pk))
    assert "You wait for a place:" in me.get(made).content.decode()
    assert client_of(world.lead).get(address("my_courses")).content.decode().count("Writing OKRs") >= 1


def test_a_session_is_cancelled_and_reinstated(world: World) -> None:
    office = client_of(world.plo)
    url = address("session_cancel", world.course_session.pk)
    assert office.post(url, {"reason": ""}).status_code == 422
    assert office.post(url, {"reason": "The room burns."})["Location"] == address("course", world.course.pk)
    assert "The room burns." in client_of(world.member).get(address("course", world.course.pk)).content.decode()
    office.post(address("session_reinstate", world.course_session.pk))
    with within(world.organization):
        assert CourseSession.objects.get(pk=world.course_session.pk).state == SessionState.PLANNED


def test_two_who_edit_a_session_lose_nothing(world: World) -> None:
    """The second is told what the first changed, and keeps what they typed."""
    with within(world.organization):
        session = world.course_session
        other = make_member("Paula Office", "paula@acme")
        other.role_assignments.create(role="plo", starts_on=timezone.localdate())
    form = client_of(world.plo).get(address("session_edit", session.pk)).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    body = {name: "" if value is None else value for name, value in shown.items()}
    body |= {name: f"{timezone.localtime(getattr(session, name)):%Y-%m-%dT%H:%M}" for name in ("starts_at", "ends_at")}
    body |= {f"initial-{name}": value for name, value in body.items()}
    body |= {"opened_at": (timezone.now() - timedelta(minutes=1)).isoformat(), "trainer": world.lead.email}
    assert client_of(other).post(address("session_edit", session.pk), body | {"place": "Room A"}).status_code == 302
    second = client_of(world.plo).post(address("session_edit", session.pk), body | {"place": "Room B"})
    assert second.status_code == 422
    said = second.content.decode()
    assert "Room A" in said
    assert 'value="Room B"' in said


def test_only_those_who_need_it_get_in(world: World) -> None:
    with within(world.organization):
        course = CourseFactory.create(title="Closed", is_open=False, needed_by=["coach"])
        session = CourseSessionFactory.create(course=course)
    me = client_of(world.member)
    assert me.post(address("session_enrol", session.pk)).status_code == 403
    assert me.post(address("course_wait", course.pk)).status_code == 403
    said = me.get(address("course", course.pk)).content.decode()
    assert "only for those who need it" in said
    assert address("session_enrol", session.pk) not in said


def test_a_session_goes_into_a_calendar(world: World) -> None:
    with within(world.organization):
        name = "Goals, plans; and\\or more – " + "Übung " * 12
        course = CourseFactory.create(title=name.strip())
        session = CourseSessionFactory.create(course=course, place="Room 1")
    answer = client_of(world.member).get(address("session_calendar", session.pk))
    assert answer["Content-Type"].startswith("text/calendar")
    text = answer.content.decode()
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    whole = text.replace("\r\n ", "")
    assert f"DTSTART:{session.starts_at:%Y%m%dT%H%M%SZ}\r\n" in whole
    assert "SUMMARY:Goals\\, plans\\; and\\\\or more – Übung" in whole
    assert "LOCATION:Room 1\r\n" in whole


def many_courses(world: World, count: int) -> None:
    for _each in range(count):
        course = CourseFactory.create()
        session = CourseSessionFactory.create(course=course)
        EnrolmentFactory.create(session=session, member=world.member)


def many_sessions(world: World, count: int) -> None:
    for _each in range(count):
        EnrolmentFactory.create(session=CourseSessionFactory.create(course=world.course))
        HeldSessionFactory.create(course=world.course)


def many_people(world: World, count: int) -> None:
    world.course_session.capacity = None
    world.course_session.save()
    for _each in range(count):
        EnrolmentFactory.create(session=world.course_session)
        EnrolmentFactory.create(session=world.course_session, state=EnrolmentState.WAITING)


@pytest.mark.parametrize("count", [1, 50])
@pytest.mark.parametrize(
    ("place", "fill", "number"),
    [
        ("courses", many_courses, 12),
        ("my_courses", many_courses, 10),
        ("course", many_sessions, 14),
        ("session", many_people, 13),
    ],
)
def test_pages_cost_the_same_for_few_and_many(
    world: World, place: str, fill: Callable[[World, int], None], number: int, count: int
) -> None:
    with within(world.organization):
        # Else it would depend on how many people there are whether drafts are agreed on, which costs one statement.
        OrganizationSettings.objects.update(agreement="always")
        fill(world, count)
    keys = {"course": [world.course.pk], "session": [world.course_session.pk]}.get(place, [])
    reader: Membership = world.plo if place in ("course", "session") else world.member
    client = client_of(reader)
    client.get(address(place, *keys))
    with exactly(number):
        assert client.get(address(place, *keys)).status_code == 200


def test_many_people_of_a_session_stand_on_several_pages(world: World) -> None:
    """Whoever marks them on one page stays there."""
    with within(world.organization):
        session = HeldSessionFactory.create(course=world.course)
        for number in range(60):
            member = make_member(f"Person {number:02}", f"p{number}@acme")
            EnrolmentFactory.create(course=world.course, session=session, member=member)
        last = Enrolment.objects.get(session=session, member__display_name="Person 59")
    office, url = client_of(world.plo), address("session", session.pk)
    first, second = (office.get(f"{url}{query}").content.decode() for query in ("", "?page=2"))
    assert "Person 49" in first
    assert "Person 50" not in first
    assert 'href="?page=2"' in first
    assert "The other 60 came" in first
    assert "Person 50" in second
    assert 'href="?page=1"' in second
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{url}?page=2"}
    marked = office.post(address("attendance_mark", last.pk), {"state": "attended"}, headers=headers)
    said = marked.content.decode()
    assert "Person 50" in said
    assert "Person 49" not in said
    assert "The other 59 came" in said


def test_many_who_wait_stand_on_several_pages(world: World) -> None:
    with within(world.organization):
        course = CourseFactory.create()
        for number in range(60):
            member = make_member(f"Person {number:02}", f"p{number}@acme")
            EnrolmentFactory.create(course=course, session=None, member=member, state=EnrolmentState.WAITING)
    url = address("course", course.pk)
    first, last = (client_of(world.plo).get(f"{url}{query}").content.decode() for query in ("", "?page=3"))
    assert "Person 59" in last
    assert "Person 59" not in first
    assert first.count("Person ") > last.count("Person ")
