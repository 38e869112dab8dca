"""Enrolling by itself: who joins a team that has started, is in one that starts, or gets a role, is in the courses.

It compares who needs a course with who has it or is enrolled, so that it may run at any time and any number of times:
every morning, and soon after something was written that it depends on.
"""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from organizations.actor import Actor, system_actor
from organizations.domain.dispatch import begin, schedule
from organizations.models import AuditEntry, Membership
from organizations.queries.settings import today_of
from rollout.domain.course import lock_course
from rollout.domain.enrolment import put_in, take_out
from rollout.domain.waiting_list import fill, places_left
from rollout.enums import CancelledBy, EnrolmentSource, EnrolmentState, SessionState
from rollout.models import Course, CourseSession, Enrolment
from rollout.models.course import EnrolmentQuerySet
from rollout.queries.needs import everybody_needing, read_having, read_people, started_teams
from rollout.queries.wave import team_tree

DISPATCH_KIND = "rollout.courses"
# After which writes somebody may need another course than before, by what the audit trail calls them.
_FOLLOWED = {
    "organizations.team": frozenset({"member_added", "member_removed", "joined", "archived", "unarchived"}),
    "organizations.membership": frozenset({"joined", "added", "reactivated"}),
    "roles.roleassignment": frozenset({"assigned", "agreed", "edited", "ended", "withdrawn", "resumed"}),
    "rollout.wave": frozenset({"started"}),
    "rollout.rolloutplan": frozenset({"started", "restored"}),
    "rollout.course": frozenset({"created", "changed", "restored"}),
}
# Entries with these fields, whatever was done: who leads a team and where it stands, teams that a started wave gains.
_FIELDS = {"organizations.team": frozenset({"lead", "parent"}), "rollout.wave": frozenset({"cycles"})}


def enrol_who_needs_it() -> int:
    """Enrol everybody who lacks a course that enrols by itself, end what nobody needs; returns how many were enrolled.

    They get places of the next sessions, in the order in which those come, else wait for any. Who left such a course
    themselves is left alone, and so is whom the office took out. Side effects: as rollout.domain.enrolment.put_in.
    """
    actor = system_actor()
    count = 0
    with transaction.atomic():
        begin(kind=DISPATCH_KIND)
        courses = list(Course.objects.current().order_by("pk"))
        if any(course.enrols_itself for course in courses):
            today, tree = today_of(actor.settings), team_tree()
            people, started = read_people(today), started_teams(tree)
        for course in courses:
            locked = lock_course(course, also_archived=True)
            if locked.archived_at is not None:
                continue
            _let_wait_for_any(locked)
            if locked.enrols_itself and course.enrols_itself:
                count += _enrol(actor, locked, everybody_needing(locked, people, started, tree), today)
            for session in _sessions(locked):
                fill(actor=actor, session=session)
    return count


def look_in_the_morning(actor: Actor, today: date) -> None:
    """Look once a day, whatever was written: days pass, and certificates expire."""
    enrol_who_needs_it()


def follow_writes(actor: Actor, entries: Sequence[AuditEntry]) -> None:
    """Look soon, when something was written on which it depends who needs what. Side effects: a row of the dispatch."""
    if any(_matters(entry) for entry in entries):
        schedule(kind=DISPATCH_KIND, due_at=timezone.now())


def give_up_enrolments(actor: Actor, member: Membership) -> None:
    """Take somebody who leaves the organization out of the courses that lie ahead; their places go to who waits.

    Courses are locked in the order in which `enrol_who_needs_it` does: two at once come one after the other.
    """
    rows = Enrolment.objects.open().filter(member=member).order_by("course_id", "pk")
    by_course: dict[UUID, list[Enrolment]] = {}
    for one in rows.select_related("course", "session"):
        by_course.setdefault(one.course_id, []).append(one)
    for theirs in by_course.values():
        course = lock_course(theirs[0].course, also_archived=True)
        present = _open_ones(course).filter(pk__in=[one.pk for one in theirs])
        take_out(actor=actor, enrolments=_ahead(list(present), timezone.now()), by=CancelledBy.GONE)


def _matters(entry: AuditEntry) -> bool:
    if entry.verb in _FOLLOWED.get(entry.object_type, frozenset()):
        return True
    return bool(_FIELDS.get(entry.object_type, frozenset()) & (entry.after or {}).keys())


def _enrol(actor: Actor, course: Course, needing: frozenset[UUID], today: date) -> int:
    """Enrol who lacks a course, and take out whom it took in for a need that is gone."""
    now = timezone.now()
    having = read_having([course], today).get(course.pk, frozenset())
    present = list(_open_ones(course))
    unneeded = [
        one for one in present if one.source == EnrolmentSource.ITSELF and one.member_id not in needing - having
    ]
    take_out(actor=actor, enrolments=_ahead(unneeded, now), by=CancelledBy.GONE)
    lacking = needing - having - {one.member_id for one in present} - _who_left(course)
    waiting = sorted(lacking)
    for session in _sessions(course):
        if session.closes_at <= now or not waiting:
            continue
        left = places_left(session)
        fitting = waiting if left is None else waiting[:left]
        waiting = waiting[len(fitting) :]
        put_in(actor=actor, course=course, session=session, member_ids=fitting, source=EnrolmentSource.ITSELF)
    put_in(actor=actor, course=course, session=None, member_ids=waiting, source=EnrolmentSource.ITSELF)
    return len(lacking)


def _who_left(course: Course) -> set[UUID]:
    """Return who was taken out of a course knowingly, and has not taken part since."""
    last = (
        Enrolment.objects.filter(course=course)
        .order_by("member", "-requested_at", "-pk")
        .distinct("member")
        .values_list("member", "state", "cancelled_by")
    )
    return {
        member_id
        for member_id, state, by in last
        if state == EnrolmentState.CANCELLED and by in (CancelledBy.SELF, CancelledBy.OFFICE)
    }


def _let_wait_for_any(course: Course) -> None:
    """Let those who wait for a session that has begun wait for any."""
    over = Q(session__starts_at__lte=timezone.now()) | ~Q(session__state=SessionState.PLANNED)
    Enrolment.objects.filter(over, course=course, state=EnrolmentState.WAITING, session__isnull=False).update(
        session=None
    )


def _sessions(course: Course) -> list[CourseSession]:
    """Return the sessions of a course that lie ahead, the next first, each with the course as it is locked."""
    found = list(CourseSession.objects.ahead(timezone.now()).filter(course=course).order_by("starts_at", "pk"))
    for session in found:
        session.course = course
    return found


def _open_ones(course: Course) -> EnrolmentQuerySet:
    found: EnrolmentQuerySet = Enrolment.objects.open().filter(course=course).select_related("course", "session")
    return found


def _ahead(enrolments: list[Enrolment], now: datetime) -> list[Enrolment]:
    """Return those whose session has not begun."""
    return [one for one in enrolments if one.session is None or one.session.starts_at > now]
