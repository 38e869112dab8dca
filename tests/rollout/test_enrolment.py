"""Getting into a course: places, the waiting list, and who gets what is freed."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from organizations.errors import Refused
from organizations.models import AuditEntry, Membership
from rollout.domain.course import archive_course
from rollout.domain.course_session import cancel_session, edit_session, plan_session, reinstate_session
from rollout.domain.enrolment import enrol, enrol_many, leave, rejoin
from rollout.domain.telling_of_courses import COURSE_ENROLLED, COURSE_PLACE, SESSION_CANCELLED, SESSION_MOVED
from rollout.enums import CancelledBy, EnrolmentSource, EnrolmentState
from rollout.models import Course, CourseSession, Enrolment
from tests.factories.courses import CourseFactory, CourseSessionFactory, HeldSessionFactory
from tests.factories.worlds import World, make_member, within
from tests.meanwhile import Other
from tests.told import acting, still_true, told

ENROLLED, WAITING, CANCELLED = EnrolmentState.ENROLLED, EnrolmentState.WAITING, EnrolmentState.CANCELLED


@pytest.fixture
def inside(world: World) -> Iterator[World]:
    with within(world.organization):
        yield world


def people(*names: str) -> list[Membership]:
    return [make_member(name, f"{name.lower()}@acme") for name in names]


def take(session: CourseSession, member: Membership) -> Enrolment:
    """Let somebody enrol themself."""
    return enrol(actor=acting(member), course=session.course, member=member, session=session)


def states(course: Course) -> dict[str, str]:
    rows = Enrolment.objects.filter(course=course).select_related("member").order_by("requested_at", "pk")
    return {row.member.display_name: row.state for row in rows}


def test_who_comes_after_the_last_place_waits_and_moves_up_in_turn(inside: World) -> None:
    session = CourseSessionFactory.create(capacity=2)
    ann, ben, cem, dia = people("Ann", "Ben", "Cem", "Dia")
    first = take(session, ann)
    for member in (ben, cem, dia):
        take(session, member)
    assert states(session.course) == {"Ann": ENROLLED, "Ben": ENROLLED, "Cem": WAITING, "Dia": WAITING}
    assert take(session, ann).pk == first.pk
    leave(actor=acting(ann), enrolment=first)
    assert states(session.course) == {"Ann": CANCELLED, "Ben": ENROLLED, "Cem": ENROLLED, "Dia": WAITING}
    assert told(COURSE_PLACE) == {cem.pk} == still_true(COURSE_PLACE)
    assert told(COURSE_ENROLLED) == set()
    # Ann changes her mind: her place is Cem's, but she asked before Dia.
    back = rejoin(actor=acting(ann), enrolment=first)
    assert back.state == WAITING
    edit_session(actor=acting(inside.plo), session=session, changes={"capacity": 3})
    assert states(session.course) == {"Ann": ENROLLED, "Ben": ENROLLED, "Cem": ENROLLED, "Dia": WAITING}
    assert told(COURSE_PLACE) == {cem.pk, ann.pk}


def test_there_are_never_fewer_places_than_are_taken(inside: World) -> None:
    session = CourseSessionFactory.create(capacity=None)
    for member in people("Ann", "Ben"):
        take(session, member)
    with pytest.raises(Refused, match="2 places are taken"):
        edit_session(actor=acting(inside.plo), session=session, changes={"capacity": 1})
    edit_session(actor=acting(inside.plo), session=session, changes={"capacity": 2})
    assert take(session, inside.lead).state == WAITING


@pytest.mark.django_db(transaction=True)
def test_of_two_who_want_the_last_place_one_gets_it(world: World) -> None:
    with within(world.organization):
        session = CourseSessionFactory.create(capacity=1)
        ann, ben = people("Ann", "Ben")
    other = Other(world.organization, lambda: take(CourseSession.objects.get(pk=session.pk), ben))
    with within(world.organization):
        assert take(CourseSession.objects.get(pk=session.pk), ann).state == ENROLLED
        assert other.waits()
    assert other.end() is None
    with within(world.organization):
        assert states(session.course) == {"Ann": ENROLLED, "Ben": WAITING}


@pytest.mark.django_db(transaction=True)
def test_a_place_that_is_freed_is_given_once(world: World) -> None:
    """Two leave at once, two wait: both get a place, and the waiting list is empty."""
    with within(world.organization):
        session = CourseSessionFactory.create(capacity=2)
        ann, ben, cem, dia = people("Ann", "Ben", "Cem", "Dia")
        first, second = take(session, ann), take(session, ben)
        take(session, cem)
        take(session, dia)
    other = Other(world.organization, lambda: leave(actor=acting(ben), enrolment=Enrolment.objects.get(pk=second.pk)))
    with within(world.organization):
        leave(actor=acting(ann), enrolment=Enrolment.objects.get(pk=first.pk))
        assert other.waits()
    assert other.end() is None
    with within(world.organization):
        assert states(session.course) == {"Ann": CANCELLED, "Ben": CANCELLED, "Cem": ENROLLED, "Dia": ENROLLED}


@pytest.mark.django_db(transaction=True)
def test_places_are_not_lowered_under_somebody_who_enrols(world: World) -> None:
    with within(world.organization):
        session = CourseSessionFactory.create(capacity=2)
        ann, ben = people("Ann", "Ben")
        take(session, ann)
    other = Other(
        world.organization,
        lambda: edit_session(
            actor=acting(world.plo), session=CourseSession.objects.get(pk=session.pk), changes={"capacity": 1}
        ),
    )
    with within(world.organization):
        take(CourseSession.objects.get(pk=session.pk), ben)
        assert other.waits()
    assert "2 places are taken" in str(other.end())


def test_who_has_a_place_moves_and_frees_it(inside: World) -> None:
    session = CourseSessionFactory.create(capacity=1)
    later = CourseSessionFactory.create(course=session.course, capacity=1)
    ann, ben, cem = people("Ann", "Ben", "Cem")
    mine = take(session, ann)
    take(session, ben)
    moved = take(later, ann)
    assert (moved.pk, moved.session, moved.state) == (mine.pk, later, ENROLLED)
    assert states(session.course) == {"Ann": ENROLLED, "Ben": ENROLLED}
    with pytest.raises(Refused, match="is full"):
        take(session, ann)
    take(later, cem)
    assert states(session.course)["Cem"] == WAITING


def test_who_waits_for_any_session_gets_the_next_one_that_is_planned(inside: World) -> None:
    course = CourseFactory.create()
    ann, ben, cem = people("Ann", "Ben", "Cem")
    for member in (ann, ben, cem):
        enrol(actor=acting(member), course=course, member=member)
    assert set(states(course).values()) == {WAITING}
    at = timezone.now() + timedelta(days=3)
    office = acting(inside.plo)
    plan_session(actor=office, course=course, starts_at=at, ends_at=at + timedelta(hours=1), capacity=2)
    assert states(course) == {"Ann": ENROLLED, "Ben": ENROLLED, "Cem": WAITING}
    assert told(COURSE_PLACE) == {ann.pk, ben.pk}


def test_who_is_enrolled_by_the_office_is_told(inside: World) -> None:
    session = CourseSessionFactory.create(capacity=1)
    ann, ben, cem = people("Ann", "Ben", "Cem")
    take(session, cem)
    office = acting(inside.plo)
    other = CourseSessionFactory.create(course=session.course, capacity=1)
    made = enrol_many(actor=office, course=session.course, members=[ann, ben, cem], session=other)
    assert [(one.member, one.state, one.source) for one in made] == [
        (ann, ENROLLED, EnrolmentSource.OFFICE),
        (ben, WAITING, EnrolmentSource.OFFICE),
    ]
    assert told(COURSE_ENROLLED) == {ann.pk, ben.pk} == still_true(COURSE_ENROLLED)
    leave(actor=office, enrolment=made[0])
    assert Enrolment.objects.get(pk=made[0].pk).cancelled_by == CancelledBy.OFFICE
    # Nobody hears of a place that was taken back within seconds.
    assert told(COURSE_ENROLLED) == {ben.pk}


def test_what_is_over_takes_nobody(inside: World) -> None:
    closed = CourseSessionFactory.create(enrol_until=timezone.now() - timedelta(hours=1))
    ann, ben = people("Ann", "Ben")
    with pytest.raises(Refused, match="Enrolling for this session has ended"):
        take(closed, ann)
    enrol(actor=acting(inside.plo), course=closed.course, member=ann, session=closed)
    over = HeldSessionFactory.create()
    with pytest.raises(Refused, match="has ended"):
        take(over, ann)
    mine = enrol(actor=acting(inside.plo), course=over.course, member=ann, session=over)
    with pytest.raises(Refused, match="It has begun"):
        leave(actor=acting(ann), enrolment=mine)
    ben.deactivated_at = timezone.now()
    ben.save()
    with pytest.raises(Refused, match="Ben has left"):
        enrol(actor=acting(inside.plo), course=closed.course, member=ben, session=closed)
    with pytest.raises(Refused, match="belongs to another course"):
        enrol(actor=acting(ann), course=closed.course, member=ann, session=over)
    with pytest.raises(Refused, match="A session lies ahead"):
        archive_course(actor=acting(inside.plo), course=closed.course)
    archive_course(actor=acting(inside.plo), course=over.course)
    with pytest.raises(Refused, match="is archived"):
        enrol(actor=acting(ann), course=over.course, member=ann)


def test_a_cancelled_session_leaves_nobody_behind(inside: World) -> None:
    office = acting(inside.plo)
    session = CourseSessionFactory.create(capacity=2)
    other = CourseSessionFactory.create(course=session.course, capacity=1)
    ann, ben, cem = people("Ann", "Ben", "Cem")
    for member in (ann, ben, cem):
        take(session, member)
    with pytest.raises(Refused, match="Say why"):
        cancel_session(actor=office, session=session, reason=" ")
    cancel_session(actor=office, session=session, reason="The trainer is ill.")
    rows = {
        row.member.display_name: (row.state, row.session) for row in Enrolment.objects.filter(course=session.course)
    }
    assert rows == {"Ann": (ENROLLED, other), "Ben": (WAITING, None), "Cem": (WAITING, None)}
    assert told(SESSION_CANCELLED) == {ann.pk, ben.pk, cem.pk} == still_true(SESSION_CANCELLED)
    # Ann's other place is told together with that.
    assert told(COURSE_PLACE) == set()
    with pytest.raises(Refused, match="was cancelled"):
        take(session, ann)
    reinstate_session(actor=office, session=session)
    rows = {
        row.member.display_name: (row.state, row.session) for row in Enrolment.objects.filter(course=session.course)
    }
    assert rows == {"Ann": (ENROLLED, other), "Ben": (ENROLLED, session), "Cem": (ENROLLED, session)}
    assert told(SESSION_CANCELLED) == set()
    CourseSession.objects.filter(pk=session.pk).update(
        cancelled_at=timezone.now() - timedelta(hours=1), state="cancelled"
    )
    with pytest.raises(Refused, match="too late"):
        reinstate_session(actor=office, session=session)


def test_who_has_a_place_is_told_of_another_time(inside: World) -> None:
    session = CourseSessionFactory.create(capacity=1)
    ann, ben = people("Ann", "Ben")
    take(session, ann)
    take(session, ben)
    office = acting(inside.plo)
    at = session.starts_at + timedelta(days=1)
    changes = {"starts_at": at, "ends_at": at + timedelta(hours=1)}
    edit_session(actor=office, session=session, changes=changes)
    assert told(SESSION_MOVED) == {ann.pk} == still_true(SESSION_MOVED)
    edit_session(actor=office, session=session, changes={"place": "Room 2"})
    # The first message is not true any more, the second one is.
    assert still_true(SESSION_MOVED) == {ann.pk}
    leave(actor=acting(ann), enrolment=Enrolment.objects.get(member=ann))
    assert still_true(SESSION_MOVED) == set()
    with pytest.raises(Refused, match="end after it begins"):
        edit_session(actor=office, session=session, changes={"ends_at": session.starts_at})
    with pytest.raises(Refused, match="Is the year right"):
        edit_session(actor=office, session=session, changes={"enrol_until": session.starts_at.replace(year=1)})


def test_the_trail_says_who_enrolled_whom(inside: World) -> None:
    session = CourseSessionFactory.create(capacity=1)
    (ann,) = people("Ann")
    mine = take(session, ann)
    leave(actor=acting(ann), enrolment=mine)
    entries = AuditEntry.objects.filter(object_id=str(mine.pk)).order_by("at", "pk")
    assert [entry.verb for entry in entries] == ["enrolled", "left"]
