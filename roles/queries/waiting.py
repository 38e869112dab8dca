"""Proposed coaches that wait for somebody's answer."""

from collections.abc import Iterable
from typing import NamedTuple

from organizations.actor import Actor
from roles.enums import Side
from roles.models import AssignmentAnswer, RoleAssignment
from roles.permissions import answer_assignment
from roles.queries.assignment import waiting_for


class Asked(NamedTuple):
    """A proposal, and the side on which somebody is asked about it."""

    assignment: RoleAssignment
    side: str


def asked_now(actor: Actor) -> list[Asked]:
    """Return what waits for an actor's answer, the oldest first.

    One query where nothing waits; else two, and two more for each proposal to a team they lead.
    """
    return [Asked(one, side) for one in waiting_for(actor) for side in open_sides(actor, one)]


def open_sides(actor: Actor, assignment: RoleAssignment) -> list[str]:
    """Return on which sides an actor can answer a proposal now; its answers, team and person must be loaded."""
    if not assignment.is_proposed:
        return []
    return [
        answer.side
        for answer in unanswered(assignment.answers.all())
        if _could_be(actor, assignment, answer) and answer_assignment(actor, assignment, answer.side)
    ]


def unanswered(answers: Iterable[AssignmentAnswer]) -> list[AssignmentAnswer]:
    """Return those of the answers that are still to come."""
    return [answer for answer in answers if answer.agrees is None]


def _could_be(actor: Actor, assignment: RoleAssignment, answer: AssignmentAnswer) -> bool:
    """Spare the way up the tree, which is a query or two, for whoever has no part in the team."""
    if answer.side != Side.TEAM or assignment.team is None:
        return True
    return actor.is_(assignment.team.lead_id) or actor.is_(answer.answered_by_id)
