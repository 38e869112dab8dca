"""Who gets the places of a session: those with one, then those who wait for it or for any, in turn.

The course is locked by whoever calls these functions, so that nobody overtakes and no place is given twice.
"""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from organizations.actor import Actor
from organizations.domain import audit
from rollout.domain.telling_of_courses import tell_of_place
from rollout.enums import EnrolmentState
from rollout.models import CourseSession, Enrolment
from rollout.models.course import SEATED


def taken(session: CourseSession) -> int:
    """Return how many places of a session are taken; one query."""
    found: int = Enrolment.objects.filter(session=session, state__in=SEATED).count()
    return found


def places_left(session: CourseSession) -> int | None:
    """Return how many places are left, None where there is no limit; one query."""
    return None if session.capacity is None else max(0, session.capacity - taken(session))


def fill(*, actor: Actor, session: CourseSession, told: Collection[UUID] = ()) -> list[Enrolment]:
    """Give the free places of a session that lies ahead to those who wait, in turn; returns who moved up.

    Who waits for any session gets a place as long as people may enrol; who waits for this one until it begins. Side
    effects: audit entries, and they are told, without those whose ids are in `told`: who are told otherwise.
    """
    now = timezone.now()
    if not session.is_planned or session.starts_at <= now or session.course.archived_at is not None:
        return []
    left = places_left(session)
    if left == 0:
        return []
    waiting = Q(session=session) | Q(session=None) if session.closes_at > now else Q(session=session)
    rows = Enrolment.objects.filter(
        waiting, course=session.course, state=EnrolmentState.WAITING, member__deactivated_at=None
    ).in_turn()
    moved = list(rows if left is None else rows[:left])
    if not moved:
        return []
    for one in moved:
        one.session, one.state = session, EnrolmentState.ENROLLED
    Enrolment.objects.bulk_update(moved, ["session", "state"])
    after = {"state": EnrolmentState.ENROLLED, "session": session.pk}
    audit.record_many(actor, [audit.entry(actor=actor, verb="moved_up", subject=one, after=after) for one in moved])
    tell_of_place(actor=actor, session=session, enrolments=[one for one in moved if one.pk not in set(told)])
    return moved
