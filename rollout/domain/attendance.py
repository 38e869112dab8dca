"""Who came to a session, and the certificates that follow from it."""

import secrets
from datetime import date
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from okrapp.tenancy.context import require_organization_id
from organizations.actor import Actor
from organizations.domain import audit
from organizations.errors import Refused
from organizations.models import Organization
from organizations.queries.settings import today_of
from roles.domain.certificate import add_certificate, expiry_of, remove_certificate
from roles.models import Qualification
from rollout.domain.course_session import lock_session
from rollout.domain.telling_of_courses import forget_certificate, tell_of_certificate
from rollout.enums import EnrolmentState, SessionState
from rollout.models import CourseCertificate, CourseSession, Enrolment
from rollout.models.course import SEATED, EnrolmentQuerySet

MARKS = (EnrolmentState.ATTENDED, EnrolmentState.MISSED, EnrolmentState.ENROLLED)
# No letters and digits that look alike.
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def mark_attendance(*, actor: Actor, enrolment: Enrolment, state: str) -> Enrolment:
    """Say that somebody came, did not, or (enrolled) that it is not said yet; returns the enrolment.

    Who came gets the certificate of the course, if it has one; it is taken back with the mark. Raises Refused before
    the session begins, for who had no place, and for a mark that is taken back from somebody who is enrolled anew.
    Side effects: audit entries; whoever has a certificate now is told.
    """
    assert enrolment.session is not None
    with transaction.atomic():
        session = _begun(enrolment.session)
        locked = _seated(session).get(pk=enrolment.pk)
        _mark(actor, session, locked, state)
        _note_state(session)
        return locked


def mark_rest(*, actor: Actor, session: CourseSession) -> int:
    """Say that everybody came of whom nothing is said yet, and return how many.

    Raises and does as `mark_attendance`.
    """
    with transaction.atomic():
        locked = _begun(session)
        rows = list(_seated(locked).filter(state=EnrolmentState.ENROLLED).in_turn())
        for one in rows:
            _mark(actor, locked, one, EnrolmentState.ATTENDED)
        _note_state(locked)
        return len(rows)


def _mark(actor: Actor, session: CourseSession, enrolment: Enrolment, state: str) -> None:
    if state not in MARKS:
        raise Refused(_("This is none of the choices."))
    if enrolment.state == state:
        return
    before = enrolment.state
    enrolment.course, enrolment.session = session.course, session
    if state == EnrolmentState.ENROLLED:
        others = Enrolment.objects.open().filter(course=session.course, member=enrolment.member_id)
        if others.exists():
            raise Refused(_("They are enrolled anew already. Say whether they came."))
    enrolment.state = EnrolmentState(state)
    is_marked = state != EnrolmentState.ENROLLED
    enrolment.marked_by = actor.membership if is_marked else None
    enrolment.marked_at = timezone.now() if is_marked else None
    enrolment.counts_until = None
    if before == EnrolmentState.ATTENDED:
        _take_back_certificate(actor, enrolment)
    if state == EnrolmentState.ATTENDED and session.course.has_certificate:
        enrolment.counts_until = _certify(actor, enrolment)
    enrolment.save(update_fields=["state", "marked_by", "marked_at", "counts_until"])
    audit.record(
        actor=actor, verb="marked", subject=enrolment, before={"state": before}, after={"state": enrolment.state}
    )


def _certify(actor: Actor, enrolment: Enrolment) -> date | None:
    """Give somebody their certificate, and return its last day."""
    course, session = enrolment.course, enrolment.session
    assert session is not None
    zone = ZoneInfo(actor.settings.time_zone)
    on = min(session.starts_at.astimezone(zone).date(), today_of(actor.settings))
    until = expiry_of(Qualification(valid_months=course.valid_months), on)
    entry = add_certificate(
        actor=actor,
        membership=enrolment.member,
        title=course.title,
        issued_on=on,
        issuer=Organization.objects.get(pk=require_organization_id()).name,
        expires_on=until,
    )
    made: CourseCertificate = CourseCertificate.objects.create(
        enrolment=enrolment,
        certificate=entry,
        number=draw_number(on),
        title=course.title,
        issued_on=on,
        expires_on=until,
    )
    tell_of_certificate(actor=actor, certificate=made, enrolment=enrolment)
    return until


def _take_back_certificate(actor: Actor, enrolment: Enrolment) -> None:
    for given in CourseCertificate.objects.filter(enrolment=enrolment).select_related("certificate"):
        forget_certificate(given)
        if given.certificate is not None:
            remove_certificate(actor=actor, certificate=given.certificate)
        given.delete()


def draw_number(day: date) -> str:
    """Return a number that nobody guesses from another, and that says nothing about how many there are."""
    drawn = "".join(secrets.choice(_ALPHABET) for _each in range(8))
    return f"{day.year}-{drawn[:4]}-{drawn[4:]}"


def _begun(session: CourseSession) -> CourseSession:
    locked = lock_session(session)
    if locked.starts_at > timezone.now():
        raise Refused(_("It has not begun yet."))
    return locked


def _seated(session: CourseSession) -> EnrolmentQuerySet:
    found: EnrolmentQuerySet = Enrolment.objects.filter(session=session, state__in=SEATED).select_related("member")
    return found


def _note_state(session: CourseSession) -> None:
    """A session was held once it is said of anybody whether they came."""
    is_marked = _seated(session).exclude(state=EnrolmentState.ENROLLED).exists()
    state = SessionState.HELD if is_marked else SessionState.PLANNED
    if session.state != state:
        session.state = state
        session.save(update_fields=["state", "updated_at"])
