"""Who may do what with roles and what belongs to them, and why not."""

from django.utils.translation import gettext_lazy as _

from okrapp.web.decisions import ALLOWED, Decision, Denied
from organizations.actor import Actor
from organizations.enums import Role
from organizations.models import Membership, Team
from roles.enums import Side
from roles.models import RoleAssignment
from roles.queries.assignment import answerer_for, has_program_lead_office


def assign_role(actor: Actor, role: str, team: Team | None = None) -> Decision:
    """Give somebody a role: the Program Lead Office in its scope. One query more for administrators.

    Where nobody is in the Program Lead Office of the whole organization, an administrator appoints somebody.
    """
    if actor.holds(Role.PLO, team.pk if team is not None else None):
        return ALLOWED
    if role == Role.PLO and team is None and actor.is_administrator and not has_program_lead_office():
        return ALLOWED
    return Denied(_("Only the Program Lead Office gives roles, each in its own part of the organization."))


def answer_assignment(actor: Actor, assignment: RoleAssignment, side: str) -> Decision:
    """Say yes or no to a proposed coach on one of the sides that were asked; team must be loaded."""
    if actor.is_system:
        return ALLOWED
    if side == Side.PLO:
        if actor.holds(Role.PLO, assignment.team_id):
            return ALLOWED
        return Denied(_("Only the Program Lead Office answers this."))
    if side == Side.COACH and actor.is_(assignment.membership_id):
        return ALLOWED
    if side == Side.PERSON and actor.is_(assignment.person_id):
        return ALLOWED
    if side == Side.TEAM and assignment.team is not None:
        answerer = answerer_for(assignment.team, assignment.membership_id)
        if answerer is not None and actor.is_(answerer.pk):
            return ALLOWED
        return Denied(_("Only the team's lead answers for the team."))
    return Denied(_("Only whoever was asked answers."))


def grant_exception(actor: Actor, member: Membership, team: Team) -> Decision:
    """Let somebody coach a team in their own line: the Program Lead Office, never the person concerned."""
    if actor.is_(member.pk):
        return Denied(_("Nobody grants themselves an exception. Ask somebody else in the Program Lead Office."))
    if actor.holds(Role.PLO, team.pk):
        return ALLOWED
    return Denied(_("Only the Program Lead Office grants exceptions."))


def edit_raci(actor: Actor) -> Decision:
    """Change the RACI matrix of the organization, which everybody in it may read."""
    if actor.holds(Role.PLO):
        return ALLOWED
    return Denied(_("Only the Program Lead Office of the whole organization changes who does what."))


def edit_profiles(actor: Actor) -> Decision:
    """Change texts, names and seats of roles, and what is expected of their holders."""
    if actor.holds(Role.PLO):
        return ALLOWED
    return Denied(_("Only the Program Lead Office of the whole organization changes role profiles."))
