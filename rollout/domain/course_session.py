"""Sessions of a course: when and where, how many places, and what becomes of those who have one."""

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organizations.actor import Actor
from organizations.domain import audit
from organizations.domain.editing import refuse_if_changed_since
from organizations.domain.removed import UNDO_WITHIN
from organizations.errors import Refused
from roles.domain.days import refuse_far_days
from rollout.domain.course import lock_course
from rollout.domain.telling_of_courses import forget_cancellation, tell_of_cancellation, tell_of_move
from rollout.domain.waiting_list import fill, taken
from rollout.enums import EnrolmentState, SessionState
from rollout.models import Course, CourseSession, Enrolment

EDITABLE = ("starts_at", "ends_at", "place", "link", "trainer", "trainer_name", "capacity", "enrol_until")
LONGEST_SESSION = timedelta(days=14)
LONGEST_REASON = 500


def plan_session(
    *, actor: Actor, course: Course, starts_at: datetime, ends_at: datetime, **fields: Any
) -> CourseSession:
    """Plan a session of a course and return it; who waits for any session gets its places, in turn.

    `fields` are those of EDITABLE. Raises Refused for times the wrong way round or far away, no place at all, two
    trainers, and an archived course. Side effects: one audit entry, and those who get a place are told.
    """
    with transaction.atomic():
        locked = lock_course(course)
        named = {name: fields[name] for name in EDITABLE if name in fields}
        session = CourseSession(course=locked, starts_at=starts_at, ends_at=ends_at, **named)
        _validate(session)
        session.save(force_insert=True)
        after = audit.snapshot(session, list(EDITABLE))
        audit.record(actor=actor, verb="created", subject=session, after=after)
        fill(actor=actor, session=session)
        return session


def edit_session(
    *, actor: Actor, session: CourseSession, changes: dict[str, Any], seen: datetime | None = None
) -> CourseSession:
    """Change fields of EDITABLE and return the session; who has a place is told of other times and places.

    Raises Refused as `plan_session`, for fewer places than are taken, for one that is cancelled, and for other times
    once it was held. Side effects: one audit entry; places that are added go to those who wait, who are told.
    """
    with transaction.atomic():
        locked = lock_session(session)
        changes = {name: value for name, value in changes.items() if name in EDITABLE}
        refuse_if_changed_since(locked, actor=actor, seen=seen, fields=changes)
        before, after = audit.apply_changes(locked, changes)
        if after:
            _validate(locked)
            if locked.state == SessionState.HELD and {"starts_at", "ends_at"} & after.keys():
                raise Refused({"starts_at": _("It was held already.")})
            _refuse_fewer_than_taken(locked)
            locked.save()
            audit.record(actor=actor, verb="changed", subject=locked, before=before, after=after)
            if {"starts_at", "place", "link"} & after.keys() and locked.starts_at > timezone.now():
                tell_of_move(actor=actor, session=locked)
            fill(actor=actor, session=locked)
        return locked


def cancel_session(*, actor: Actor, session: CourseSession, reason: str) -> CourseSession:
    """Cancel a session; who had a place or waited for one gets one elsewhere or waits on, in the order they had.

    Raises Refused without a reason, and for one that was held. Side effects: one audit entry, and they are told.
    """
    reason = " ".join(reason.split())
    if not reason or len(reason) > LONGEST_REASON:
        raise Refused({"reason": _("Say why. Those who would have come are told.")})
    with transaction.atomic():
        locked = lock_session(session)
        if locked.state == SessionState.HELD:
            raise Refused(_("It was held already."))
        locked.state, locked.reason, locked.cancelled_at = SessionState.CANCELLED, reason, timezone.now()
        locked.save(update_fields=["state", "reason", "cancelled_at", "updated_at"])
        audit.record(actor=actor, verb="cancelled", subject=locked, reason=reason)
        ids = list(Enrolment.objects.open().filter(session=locked).values_list("pk", flat=True))
        Enrolment.objects.filter(pk__in=ids).update(session=None, state=EnrolmentState.WAITING)
        if locked.course.archived_at is None:
            for other in CourseSession.objects.ahead(timezone.now()).filter(course=locked.course):
                fill(actor=actor, session=other, told=ids)
        after = Enrolment.objects.filter(pk__in=ids).select_related("course", "session")
        tell_of_cancellation(actor=actor, session=locked, enrolments=list(after))
        return locked


def reinstate_session(*, actor: Actor, session: CourseSession) -> CourseSession:
    """Let a session take place that was cancelled moments ago: who waits for any gets its places again, in turn.

    Raises Refused when it is too late. Side effects: one audit entry; nobody is told of the cancellation who was not
    yet.
    """
    with transaction.atomic():
        course = lock_course(session.course)
        locked: CourseSession = CourseSession.objects.get(pk=session.pk)
        locked.course = course
        if locked.cancelled_at is not None:
            if locked.cancelled_at < timezone.now() - UNDO_WITHIN:
                raise Refused(_("It is too late to take this back."))
            locked.state, locked.reason, locked.cancelled_at = SessionState.PLANNED, "", None
            locked.save(update_fields=["state", "reason", "cancelled_at", "updated_at"])
            audit.record(actor=actor, verb="restored", subject=locked)
            forget_cancellation(locked)
            fill(actor=actor, session=locked)
        return locked


def lock_session(session: CourseSession) -> CourseSession:
    """Hold the course of a session until commit and return the session as it stands.

    Raises Refused for one that is cancelled.
    """
    course = lock_course(session.course, also_archived=True)
    locked: CourseSession = CourseSession.objects.select_related("trainer").get(pk=session.pk)
    locked.course = course
    if locked.state == SessionState.CANCELLED:
        raise Refused(_("This session was cancelled."))
    return locked


def _validate(session: CourseSession) -> None:
    for name in ("place", "link", "trainer_name"):
        setattr(session, name, (getattr(session, name) or "").strip())
    days = {name: getattr(session, name) for name in ("starts_at", "ends_at", "enrol_until")}
    refuse_far_days({name: at.date() if at is not None else None for name, at in days.items()}, timezone.localdate())
    if session.ends_at <= session.starts_at:
        raise Refused({"ends_at": _("It must end after it begins.")})
    if session.ends_at - session.starts_at > LONGEST_SESSION:
        raise Refused({"ends_at": _("A session lasts two weeks at most. Plan one session for each part.")})
    if session.trainer is not None and session.trainer_name:
        raise Refused({"trainer_name": _("Either a member or somebody from outside.")})
    if session.enrol_until is not None and session.enrol_until > session.starts_at:
        raise Refused({"enrol_until": _("It begins before that.")})
    try:
        session.clean_fields(exclude=["organization", "course", "trainer"])
    except ValidationError as error:
        raise Refused(error.message_dict) from error


def _refuse_fewer_than_taken(session: CourseSession) -> None:
    if session.capacity is None:
        return
    count = taken(session)
    if count > session.capacity:
        text = ngettext("%(count)d place is taken.", "%(count)d places are taken.", count) % {"count": count}
        raise Refused({"capacity": text})
