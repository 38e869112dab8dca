"""Getting into a course, and out of it again: by oneself, or by its Program Lead Office for others."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations.actor import Actor
from organizations.domain import audit
from organizations.domain.removed import UNDO_WITHIN
from organizations.errors import Refused
from organizations.models import AuditEntry, Membership
from rollout.domain.course import lock_course
from rollout.domain.telling_of_courses import forget_enrolments, tell_of_enrolment
from rollout.domain.waiting_list import fill, places_left
from rollout.enums import CancelledBy, EnrolmentSource, EnrolmentState, SessionState
from rollout.models import Course, CourseSession, Enrolment


def enrol(*, actor: Actor, course: Course, member: Membership, session: CourseSession | None = None) -> Enrolment:
    """Enrol somebody into a session, or without one let them wait for any, and return their enrolment.

    Where no place is left they are on its waiting list. Who has a place in another session of the course moves, which
    frees that place; not into one that is full, for then they would have none. Raises Refused for a session that is
    over or cancelled, or, unless the office does it, closed; and for who has left. Side effects: audit entries; who is
    enrolled by others and who moves up is told.
    """
    with transaction.atomic():
        locked = lock_course(course)
        by_oneself = actor.is_(member.pk)
        into = _session(locked, session, by_oneself=by_oneself)
        if not Membership.objects.active().filter(pk=member.pk).exists():
            raise Refused(_("%(name)s has left.") % {"name": member.display_name})
        present = Enrolment.objects.open().filter(course=locked, member=member).first()
        moves = present is not None and _has_place(present) and into is not None and present.session_id != into.pk
        if moves and into is not None and places_left(into) == 0:
            raise Refused(_("This session is full. The place in the other session stays."))
        source = EnrolmentSource.SELF if by_oneself else EnrolmentSource.OFFICE
        found = put_in(actor=actor, course=locked, session=into, member_ids=[member.pk], source=source)
        return found[0]


def enrol_many(
    *, actor: Actor, course: Course, members: Iterable[Membership], session: CourseSession | None = None
) -> list[Enrolment]:
    """Enrol several at once and return their enrolments; those who have a place already keep it and are left out.

    Raises Refused as `enrol`. Side effects: as `enrol`, with so many statements for one as for many.
    """
    with transaction.atomic():
        locked = lock_course(course)
        into = _session(locked, session, by_oneself=False)
        wanted = [one.pk for one in members if one.is_active]
        rows = Enrolment.objects.open().filter(course=locked, member__in=wanted).select_related("session")
        settled = {one.member_id for one in rows if _has_place(one)}
        ids = [pk for pk in wanted if pk not in settled]
        return put_in(actor=actor, course=locked, session=into, member_ids=ids, source=EnrolmentSource.OFFICE)


def leave(*, actor: Actor, enrolment: Enrolment) -> Enrolment:
    """End an enrolment before the course, one's own or as the office, and return it; `rejoin` takes it back.

    Raises Refused for a session that has begun. Side effects: one audit entry; who waits gets the place and is told.
    """
    with transaction.atomic():
        locked = _lock(enrolment)
        if not locked.is_open:
            return locked
        if locked.session is not None and locked.is_enrolled and locked.session.starts_at <= timezone.now():
            raise Refused(_("It has begun. Whoever teaches it says who came."))
        by = CancelledBy.SELF if actor.is_(locked.member_id) else CancelledBy.OFFICE
        take_out(actor=actor, enrolments=[locked], by=by)
        return locked


def rejoin(*, actor: Actor, enrolment: Enrolment) -> Enrolment:
    """Take back that somebody left moments ago, and return their enrolment.

    Somebody else may have the place by now: then they are on the waiting list, where they stood when they first asked.
    Raises Refused when it is too late, and for who is enrolled anew meanwhile. Side effects: one audit entry.
    """
    with transaction.atomic():
        locked = _lock(enrolment)
        if locked.state != EnrolmentState.CANCELLED:
            return locked
        if locked.cancelled_at is None or locked.cancelled_at < timezone.now() - UNDO_WITHIN:
            raise Refused(_("It is too late to take this back."))
        if Enrolment.objects.open().filter(course=locked.course, member=locked.member_id).exists():
            raise Refused(_("There is a newer enrolment already."))
        session = _session(locked.course, locked.session, by_oneself=False)
        waits = session is None or places_left(session) == 0
        locked.state = EnrolmentState.WAITING if waits else EnrolmentState.ENROLLED
        locked.cancelled_by, locked.cancelled_at = "", None
        locked.save(update_fields=["state", "cancelled_by", "cancelled_at"])
        audit.record(actor=actor, verb="restored", subject=locked, after={"state": locked.state})
        return locked


def put_in(
    *,
    actor: Actor,
    course: Course,
    session: CourseSession | None,
    member_ids: Sequence[UUID],
    source: EnrolmentSource,
) -> list[Enrolment]:
    """Give members the places of a session in this order, the waiting list beyond them; the course must be locked.

    Their open enrolments move along, and keep their turn where they waited for any. Side effects: audit entries, and
    they are told; so is who gets a place that they free.
    """
    if not member_ids:
        return []
    placing = _place(course, session, member_ids, source)
    Enrolment.objects.bulk_update(placing.over, ["state"])
    Enrolment.objects.bulk_create(placing.made)
    Enrolment.objects.bulk_update(placing.moved, ["session", "state"])
    told = [*placing.made, *placing.moved]
    audit.record_many(actor, [_entry(actor, "enrolled", one, session=one.session_id, state=one.state) for one in told])
    tell_of_enrolment(actor=actor, enrolments=told)
    for other in placing.freed.values():
        other.course = course
        fill(actor=actor, session=other)
    by_member = {one.member_id: one for one in (*told, *placing.same)}
    return [by_member[pk] for pk in member_ids]


@dataclass(slots=True)
class _Placing:
    """What becomes of the enrolments of some members, not saved yet, and the sessions in which places are freed."""

    made: list[Enrolment] = field(default_factory=list)
    moved: list[Enrolment] = field(default_factory=list)
    # They stay where they are.
    same: list[Enrolment] = field(default_factory=list)
    # In sessions of which nobody has said who came.
    over: list[Enrolment] = field(default_factory=list)
    freed: dict[UUID, CourseSession] = field(default_factory=dict)


def _place(
    course: Course, session: CourseSession | None, member_ids: Sequence[UUID], source: EnrolmentSource
) -> _Placing:
    """Return where members are from now on: with the places of a session, else on its waiting list; three queries."""
    rows = Enrolment.objects.open().filter(course=course, member__in=member_ids).select_related("session")
    present = {one.member_id: one for one in rows}
    # Nobody gets a place before those who wait for it.
    left = places_left(session) if session is not None and not _is_awaited(session) else 0
    placing, now = _Placing(), timezone.now()
    for member_id in member_ids:
        one = present.get(member_id)
        if one is not None and _stays(one, session):
            placing.same.append(one)
            continue
        if one is not None and one.is_enrolled and not _has_place(one):
            # Nobody has said whether they came; who takes part anew did not, until somebody says otherwise.
            one.state = EnrolmentState.MISSED
            placing.over.append(one)
            one = None
        if one is None:
            one = Enrolment(course=course, member_id=member_id, source=source, requested_at=now)
            placing.made.append(one)
        else:
            if one.is_enrolled and one.session is not None:
                placing.freed[one.session.pk] = one.session
            placing.moved.append(one)
        has_place = left is None or left > 0
        if left:
            left -= 1
        one.course, one.session = course, session
        one.state = EnrolmentState.ENROLLED if has_place else EnrolmentState.WAITING
    return placing


def _stays(enrolment: Enrolment, session: CourseSession | None) -> bool:
    """Return whether somebody is where they are to be; who has a place does not give it up to wait for any."""
    if session is None:
        return bool(enrolment.session_id is None or _has_place(enrolment))
    return bool(enrolment.session_id == session.pk)


def _entry(actor: Actor, verb: str, enrolment: Enrolment, **after: object) -> AuditEntry:
    return audit.entry(actor=actor, verb=verb, subject=enrolment, after={"member": enrolment.member_id, **after})


def take_out(*, actor: Actor, enrolments: Sequence[Enrolment], by: CancelledBy) -> None:
    """End open enrolments of one course, which must be locked, and give their places to those who wait.

    Side effects: audit entries; who moves up is told. What was told of them and nobody heard yet is taken back, unless
    the need for it is gone: messages that are not true any more are not sent anyway.
    """
    now: datetime = timezone.now()
    freed = {one.session.pk: one.session for one in enrolments if one.session is not None and one.is_enrolled}
    for one in enrolments:
        one.state, one.cancelled_by, one.cancelled_at = EnrolmentState.CANCELLED, by, now
    Enrolment.objects.bulk_update(enrolments, ["state", "cancelled_by", "cancelled_at"])
    audit.record_many(actor, [_entry(actor, "left", one, cancelled_by=by) for one in enrolments])
    if by != CancelledBy.GONE:
        forget_enrolments(enrolments)
    for session in freed.values():
        fill(actor=actor, session=session)


def _is_awaited(session: CourseSession) -> bool:
    """Return whether anybody waits for a place in a session although some are left, as after its time was moved."""
    found: bool = Enrolment.objects.filter(session=session, state=EnrolmentState.WAITING).exists()
    return found


def _has_place(enrolment: Enrolment) -> bool:
    """Return whether an enrolment is one with a place in a session that lies ahead."""
    session = enrolment.session
    return enrolment.is_enrolled and session is not None and session.starts_at > timezone.now()


def _session(course: Course, session: CourseSession | None, *, by_oneself: bool) -> CourseSession | None:
    """Return a session of a course as it stands, if people may enrol into it."""
    if session is None:
        return None
    found: CourseSession | None = CourseSession.objects.filter(pk=session.pk, course=course).first()
    if found is None:
        raise Refused({"session": _("This session belongs to another course.")})
    if found.state == SessionState.CANCELLED:
        raise Refused({"session": _("This session was cancelled.")})
    now = timezone.now()
    if by_oneself and found.closes_at <= now:
        raise Refused({"session": _("Enrolling for this session has ended.")})
    found.course = course
    return found


def _lock(enrolment: Enrolment) -> Enrolment:
    """Hold the course of an enrolment until commit and return the enrolment as it stands."""
    course = lock_course(enrolment.course, also_archived=True)
    locked: Enrolment = Enrolment.objects.select_related("session").get(pk=enrolment.pk)
    locked.course = course
    if locked.session is not None:
        locked.session.course = course
    return locked
