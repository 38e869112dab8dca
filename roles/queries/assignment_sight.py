"""Which assignments somebody may read."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from organizations.actor import Actor
from organizations.enums import Role
from roles.enums import AssignmentState
from roles.models import AssignmentAnswer, RoleAssignment


def is_for_everybody(assignment: RoleAssignment) -> bool:
    """Return whether an assignment is no secret: a role in force, or agreed for later, that is not for one person."""
    return assignment.state == AssignmentState.ACTIVE and assignment.person_id is None


def readable_assignments(actor: Actor) -> QuerySet[RoleAssignment]:
    """Return the assignments an actor may read anywhere: who holds which role, and what concerns them.

    Proposals, history and the coaching of one person concern the holder, whoever proposed or was asked, the person,
    the team's lead, the Program Lead Office in its scope, and administrators.
    """
    rows: QuerySet[RoleAssignment] = RoleAssignment.objects.all()
    if actor.is_administrator or actor.holds(Role.PLO):
        return rows
    me = actor.membership
    asked = AssignmentAnswer.objects.filter(assignment=OuterRef("pk"), answered_by=me)
    mine = Q(membership=me) | Q(person=me) | Q(proposed_by=me) | Q(team__lead=me) | Q(Exists(asked))
    mine |= Q(team__in=units_of(actor))
    return rows.filter(Q(state=AssignmentState.ACTIVE, person=None) | mine)


def units_of(actor: Actor) -> frozenset[object]:
    """Return the ids of the teams whose Program Lead Office an actor is in, without those of the whole organization."""
    units = (held.team_ids or frozenset() for held in actor.roles if held.role == Role.PLO)
    return frozenset().union(*units)
