"""Which courses somebody needs for what they are."""

from uuid import UUID

from organizations.actor import Actor
from rollout.enums import NeededBy
from rollout.models import Course
from rollout.queries.needs import needed_courses, part_of, started_teams
from rollout.queries.wave import Tree, team_tree

_MEMO = "rollout.needed_courses"


def courses_needed(actor: Actor) -> frozenset[UUID]:
    """Return the ids of the courses an actor needs; at most six queries, once for each actor."""
    found: frozenset[UUID] | None = actor.memo.get(_MEMO)
    if found is None:
        found = actor.memo[_MEMO] = _needed(actor)
    return found


def needs_course(actor: Actor, course: Course) -> bool:
    """Return whether an actor needs a course."""
    return course.pk in courses_needed(actor)


def is_for(actor: Actor, course: Course) -> bool:
    """Return whether an actor may take part in a course: because everybody may, or because they need it."""
    return bool(course.is_open) or needs_course(actor, course)


def _needed(actor: Actor) -> frozenset[UUID]:
    courses = needed_courses() if actor.membership is not None else []
    if not courses:
        return frozenset()
    tree = team_tree()
    started = started_teams(tree) & actor.team_ids
    return frozenset(course.pk for course in courses if _is_needed(actor, course, started, tree))


def _is_needed(actor: Actor, course: Course, started: frozenset[UUID], tree: Tree) -> bool:
    part = part_of(course, tree)
    mine = started if part is None else started & part
    for need in course.needed_by:
        if need == NeededBy.STARTING:
            if mine:
                return True
        elif need == NeededBy.LEADS:
            if any(actor.is_(tree.teams[team_id].lead_id) for team_id in mine):
                return True
        elif part is None:
            if actor.holds_somewhere(need):
                return True
        elif any(held.role == need and held.team_ids is not None and held.team_ids & part for held in actor.roles):
            return True
    return False
