"""Telling people of their courses. Called in the transaction of what happened.

What is told names the course and when it is; never who else takes part.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from okrapp.notifications.domain.notify import Told, notify_each, withdraw
from okrapp.web.days import start_of_day
from organizations.actor import Actor
from rollout.enums import EnrolmentSource, EnrolmentState, SessionState
from rollout.models import Course, CourseCertificate, CourseSession, Enrolment

COURSE_ENROLLED, COURSE_PLACE = "course_enrolled", "course_place"
SESSION_MOVED, SESSION_CANCELLED, SESSION_TOMORROW = "session_moved", "session_cancelled", "session_tomorrow"
COURSE_CERTIFICATE = "course_certificate"
DAY = timedelta(days=1)


def tell_of_enrolment(*, actor: Actor, enrolments: Iterable[Enrolment]) -> None:
    """Tell those who did not do it themselves that they are in a course, or wait for a place; they must be loaded.

    Not of a session that has begun: there it is written down who came.
    """
    now = timezone.now()
    told = [
        _told(actor, one, f"{one.pk}:{one.session_id or ''}:{one.state}", {"by_itself": _is_by_itself(one)})
        for one in enrolments
        if one.session is None or one.session.starts_at > now
    ]
    notify_each(actor=actor, kind=COURSE_ENROLLED, told=[one for one in told if one is not None])


def tell_of_place(*, actor: Actor, session: CourseSession, enrolments: Iterable[Enrolment]) -> None:
    """Tell those who waited that they have a place now."""
    told = [_told(actor, one, f"{one.pk}:{session.pk}") for one in enrolments]
    notify_each(actor=actor, kind=COURSE_PLACE, told=[one for one in told if one is not None])


def tell_of_move(*, actor: Actor, session: CourseSession) -> None:
    """Tell those with a place that a session is at another time or place."""
    rows = Enrolment.objects.filter(session=session, state=EnrolmentState.ENROLLED).select_related("course", "session")
    told = [_told(actor, one, f"{session.pk}:{session.updated_at.isoformat()}") for one in rows]
    notify_each(actor=actor, kind=SESSION_MOVED, told=[one for one in told if one is not None])


def tell_of_cancellation(*, actor: Actor, session: CourseSession, enrolments: Sequence[Enrolment]) -> None:
    """Tell those who would have come that a session is cancelled, why, and when they have a place instead."""
    told = []
    for one in enrolments:
        facts = {
            "starts_at": session.starts_at.isoformat(),
            "reason": session.reason,
            "instead": one.session.starts_at.isoformat() if one.session is not None and one.is_enrolled else "",
        }
        told.append(_told(actor, one, str(session.pk), facts))
    notify_each(actor=actor, kind=SESSION_CANCELLED, told=[one for one in told if one is not None])


def tell_of_certificate(*, actor: Actor, certificate: CourseCertificate, enrolment: Enrolment) -> None:
    """Tell somebody that their certificate is ready."""
    told = _told(actor, enrolment, str(certificate.pk))
    notify_each(actor=actor, kind=COURSE_CERTIFICATE, told=[told] if told is not None else [])


def tell_of_tomorrow(actor: Actor, today: date) -> None:
    """Remind people, once, of the session they have a place in tomorrow. Twice on a day tells nobody twice."""
    zone = actor.settings.time_zone
    day = start_of_day(today + DAY, zone), start_of_day(today + 2 * DAY, zone)
    rows = Enrolment.objects.filter(
        state=EnrolmentState.ENROLLED,
        session__state=SessionState.PLANNED,
        session__starts_at__gte=day[0],
        session__starts_at__lt=day[1],
    ).select_related("course", "session")
    told = []
    for one in rows.order_by("pk"):
        told.append(_told(actor, one, f"{one.pk}:{today + DAY}"))
    kept = [one for one in told if one is not None]
    notify_each(actor=actor, kind=SESSION_TOMORROW, told=kept, undo_for=timedelta(0))


def forget_enrolments(enrolments: Iterable[Enrolment]) -> None:
    """Take back what was told of places that are gone again, before anybody heard of it."""
    for one in enrolments:
        for kind in (COURSE_ENROLLED, COURSE_PLACE):
            withdraw(kind=kind, about=str(one.pk), to=[one.member_id])


def forget_cancellation(session: CourseSession) -> None:
    """Take back what was told of a cancellation that was taken back."""
    withdraw(kind=SESSION_CANCELLED, about=str(session.pk))


def forget_certificate(certificate: CourseCertificate) -> None:
    """Take back what was told of a certificate that was taken back."""
    withdraw(kind=COURSE_CERTIFICATE, about=str(certificate.pk))


def _told(actor: Actor, enrolment: Enrolment, period: str, facts: dict[str, Any] | None = None) -> Told | None:
    """Return what somebody is told of their enrolment, nothing where they did it themselves."""
    if actor.is_(enrolment.member_id):
        return None
    session = enrolment.session
    return Told(
        enrolment.member_id,
        period,
        _path(enrolment.course),
        {
            "what": enrolment.course.title,
            "enrolment": str(enrolment.pk),
            "state": enrolment.state,
            "starts_at": session.starts_at.isoformat() if session is not None else "",
            "place": session.place if session is not None else "",
            **(facts or {}),
        },
    )


def _path(course: Course) -> str:
    return f"rollout/courses/{course.pk}/"


def _is_by_itself(enrolment: Enrolment) -> bool:
    return bool(enrolment.source == EnrolmentSource.ITSELF)
