"""Coachings of one person, and the notes about them: for the two of them, and nobody else."""

from django.db.models import Q, QuerySet

from organizations.actor import Actor
from organizations.enums import Role
from organizations.models import Membership
from roles.enums import AssignmentState
from roles.models import CoachingNote, RoleAssignment

PAGE_SIZE = 50


def coachings() -> QuerySet[RoleAssignment]:
    """Return the coachings of one person, with coach and person."""
    rows: QuerySet[RoleAssignment] = RoleAssignment.objects.filter(role=Role.COACH, person__isnull=False)
    return rows.select_related("membership", "person")


def readable_notes(actor: Actor) -> QuerySet[CoachingNote]:
    """Return the notes an actor may read: their own, and those shared with them. None for the system.

    The same as permissions.see_note, for many at once.
    """
    me = actor.membership
    if me is None:
        return CoachingNote.objects.none()
    shared = Q(is_shared=True, assignment__person=me)
    rows: QuerySet[CoachingNote] = CoachingNote.objects.filter(Q(assignment__membership=me) | shared)
    return rows


def notes_of(actor: Actor, coaching: RoleAssignment, number: int) -> tuple[list[CoachingNote], bool]:
    """Return a page of the notes about a coaching that an actor may read, the newest first, and whether there are more.

    `number` from 1; one query.
    """
    first = (number - 1) * PAGE_SIZE
    found = list(readable_notes(actor).filter(assignment=coaching)[first : first + PAGE_SIZE + 1])
    return found[:PAGE_SIZE], len(found) > PAGE_SIZE


def coachings_between(actor: Actor, coach: Membership) -> list[RoleAssignment]:
    """Return the coachings of persons by a coach that concern an actor: all for the coach, else one's own; one query.

    Those that have ended come last.
    """
    rows = coachings().filter(membership=coach, state__in=(AssignmentState.ACTIVE, AssignmentState.ENDED))
    if not actor.is_(coach.pk):
        rows = rows.filter(person=actor.membership)
    return list(rows.order_by("state", "person__sort_key", "-starts_on", "pk"))
