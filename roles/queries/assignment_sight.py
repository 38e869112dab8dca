"""Which assignments somebody may read, and whose office they belong to."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from organizations.actor import Actor
from organizations.enums import Role
from organizations.queries.people import people_in
from roles.enums import AssignmentState
from roles.models import AssignmentAnswer, RoleAssignment


def is_for_everybody(assignment: RoleAssignment) -> bool:
    """Return whether an assignment is no secret: a role in force, or agreed for later, that is not for one person."""
    return assignment.state == AssignmentState.ACTIVE and assignment.person_id is None


def readable_assignments(actor: Actor) -> QuerySet[RoleAssignment]:
    """Return the assignments an actor may read anywhere: who holds which role, and what concerns them.

    Proposals, history and the coaching of one person concern the holder, whoever proposed or was asked, the person,
    the team's lead, the Program Lead Office in its scope (for one person: where they work), and administrators.
    """
    rows: QuerySet[RoleAssignment] = RoleAssignment.objects.all()
    if actor.is_administrator or actor.holds(Role.PLO):
        return rows
    me = actor.membership
    asked = AssignmentAnswer.objects.filter(assignment=OuterRef("pk"), answered_by=me)
    mine = Q(membership=me) | Q(person=me) | Q(proposed_by=me) | Q(team__lead=me) | Q(Exists(asked))
    mine |= of_units(actor)
    return rows.filter(Q(state=AssignmentState.ACTIVE, person=None) | mine)


def of_units(actor: Actor) -> Q:
    """Return the condition for assignments in a part whose Program Lead Office an actor is in.

    Those for a team of the part, and those for a person who belongs to or leads one. Without those of the whole
    organization, as `units_of`; for one of them see `people_of_units`.
    """
    units = units_of(actor)
    return Q(team__in=units) | Q(person__in=people_in(units).values("pk")) if units else Q(pk=None)


def people_of_units(actor: Actor) -> frozenset[UUID]:
    """Return the ids of all who belong to or lead a team whose Program Lead Office an actor is in.

    One query at its first use, none for those in no such office of a part.
    """
    found: frozenset[UUID] | None = actor.memo.get("roles.people_of_units")
    if found is None:
        units = units_of(actor)
        found = frozenset(people_in(units).order_by().values_list("pk", flat=True)) if units else frozenset()
        actor.memo["roles.people_of_units"] = found
    return found


def units_of(actor: Actor) -> frozenset[UUID]:
    """Return the ids of the teams whose Program Lead Office an actor is in, without those of the whole organization."""
    units = (held.team_ids or frozenset() for held in actor.roles if held.role == Role.PLO)
    return frozenset().union(*units)
