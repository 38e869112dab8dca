"""Courses, their sessions, and who takes part."""

from datetime import timedelta

import factory
from django.utils import timezone

from rollout.enums import EnrolmentState, SessionState
from rollout.models import Course, CourseCertificate, CourseSession, Enrolment
from tests.factories.organizations import MembershipFactory
from tests.factories.rollout import days_from_now
from tests.factories.tenant import TenantFactory


def hours_from_now(hours: int) -> factory.LazyFunction:
    """Return a moment so many hours from now."""
    return factory.LazyFunction(lambda: timezone.now().replace(microsecond=0) + timedelta(hours=hours))


class CourseFactory(TenantFactory[Course]):
    """A course of two hours for everybody, without a certificate."""

    class Meta:
        model = Course

    title = factory.Sequence(lambda number: f"Course {number}")
    text = "How we work with OKRs."
    minutes = 120


class CourseSessionFactory(TenantFactory[CourseSession]):
    """A session in a week, with ten places."""

    class Meta:
        model = CourseSession

    course = factory.SubFactory(CourseFactory)
    starts_at = hours_from_now(7 * 24)
    ends_at = factory.LazyAttribute(lambda session: session.starts_at + timedelta(hours=2))
    place = "Room 1"
    capacity = 10


class HeldSessionFactory(CourseSessionFactory):
    """A session of a week ago."""

    starts_at = hours_from_now(-7 * 24)
    state = SessionState.HELD


class EnrolmentFactory(TenantFactory[Enrolment]):
    """Somebody with a place."""

    class Meta:
        model = Enrolment

    session = factory.SubFactory(CourseSessionFactory)
    course = factory.SelfAttribute("session.course")
    member = factory.SubFactory(MembershipFactory)
    state = EnrolmentState.ENROLLED
    requested_at = factory.LazyFunction(timezone.now)


class AttendedFactory(EnrolmentFactory):
    """Somebody who came."""

    session = factory.SubFactory(HeldSessionFactory)
    state = EnrolmentState.ATTENDED
    marked_at = factory.LazyFunction(timezone.now)


class CourseCertificateFactory(TenantFactory[CourseCertificate]):
    """What somebody has in hand who came."""

    class Meta:
        model = CourseCertificate

    enrolment = factory.SubFactory(AttendedFactory)
    number = factory.Sequence(lambda number: f"2026-AAAA-{number:04}")
    title = factory.SelfAttribute("enrolment.course.title")
    issued_on = days_from_now(-7)
