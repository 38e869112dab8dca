"""Who may do what with roles and what belongs to them, and why not."""

from django.utils.translation import gettext_lazy as _

from okrapp.web.decisions import ALLOWED, Decision, Denied
from organizations.actor import Actor
from organizations.enums import Role
from organizations.models import Membership, Team
from organizations.permissions import leads
from roles.enums import Side
from roles.models import CoachingNote, RoleAssignment
from roles.queries.assignment import answerer_for, has_program_lead_office


def see_roles(actor: Actor) -> Decision:
    """See who holds which role, and who was proposed: the Program Lead Office, of any unit, and administrators."""
    if actor.is_administrator or actor.holds_somewhere(Role.PLO):
        return ALLOWED
    return Denied(_("Only the Program Lead Office and administrators see the staffing. Who is who is for everybody."))


def assign_role(actor: Actor, role: str, team: Team | None = None) -> Decision:
    """Give somebody a role: the Program Lead Office in its scope. One query more for administrators.

    Where nobody is in the Program Lead Office of the whole organization, an administrator appoints somebody.
    """
    if actor.holds(Role.PLO, team.pk if team is not None else None):
        return ALLOWED
    if role == Role.PLO and team is None and actor.is_administrator and not has_program_lead_office():
        return ALLOWED
    return Denied(_("Only the Program Lead Office gives roles, each in its own part of the organization."))


def assign_somebody(actor: Actor) -> Decision:
    """Give some role to somebody, somewhere."""
    if actor.holds_somewhere(Role.PLO):
        return ALLOWED
    return assign_role(actor, Role.PLO)


def propose_coach(actor: Actor, member: Membership, team: Team | None) -> Decision:
    """Propose a coach: the Program Lead Office, the team's lead, and whoever volunteers."""
    if actor.is_(member.pk) or assign_role(actor, Role.COACH, team) or (team is not None and leads(actor, team)):
        return ALLOWED
    return Denied(_("Only the Program Lead Office, the team's lead and the coach themselves propose a coach."))


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


def edit_assignment(actor: Actor, assignment: RoleAssignment) -> Decision:
    """Change the days of an assignment."""
    if actor.holds(Role.PLO, assignment.team_id):
        return ALLOWED
    return Denied(_("Only the Program Lead Office changes roles, each in its own part of the organization."))


def end_assignment(actor: Actor, assignment: RoleAssignment) -> Decision:
    """End a role before its day, or take back a proposal: the Program Lead Office, the holder and who proposed it."""
    if actor.is_(assignment.membership_id) or edit_assignment(actor, assignment):
        return ALLOWED
    if assignment.person_id is not None and actor.is_(assignment.person_id):
        return ALLOWED
    if assignment.is_proposed and actor.is_(assignment.proposed_by_id):
        return ALLOWED
    return Denied(_("Only the Program Lead Office and whoever holds a role end it."))


def grant_exception(actor: Actor, member: Membership, team: Team) -> Decision:
    """Let somebody coach a team in their own line: the Program Lead Office, never the person concerned."""
    if actor.is_(member.pk):
        return Denied(_("Nobody grants themselves an exception. Ask somebody else in the Program Lead Office."))
    if actor.holds(Role.PLO, team.pk):
        return ALLOWED
    return Denied(_("Only the Program Lead Office grants exceptions."))


def write_notes(actor: Actor, assignment: RoleAssignment) -> Decision:
    """Write notes about the coaching of one person: the coach."""
    if actor.is_(assignment.membership_id):
        return ALLOWED
    return Denied(_("Only the coach writes notes about a coaching."))


def see_note(actor: Actor, note: CoachingNote) -> Decision:
    """Read a note: the coach, and the person coached where it is for both. Its assignment must be loaded."""
    if actor.is_(note.assignment.membership_id) or (note.is_shared and actor.is_(note.assignment.person_id)):
        return ALLOWED
    return Denied(_("Notes about a coaching are for the coach and the person coached."))


def turn_on_coaching(actor: Actor) -> Decision:
    """Show roles and coaches to everybody."""
    if actor.holds(Role.PLO):
        return ALLOWED
    return Denied(_("Only the Program Lead Office turns this on."))


def edit_raci(actor: Actor) -> Decision:
    """Change the RACI matrix of the organization, which everybody in it may read."""
    if actor.holds(Role.PLO):
        return ALLOWED
    return Denied(_("Only the Program Lead Office of the whole organization changes who does what."))


def see_coverage(actor: Actor) -> Decision:
    """See which teams have a coach and what coaches carry: the Program Lead Office, coaches and administrators."""
    if actor.is_administrator or actor.holds_somewhere(Role.PLO, Role.COACH):
        return ALLOWED
    return Denied(_("Only the Program Lead Office, coaches and administrators see which teams have a coach."))


def find_coach(actor: Actor, team: Team) -> Decision:
    """See who could coach a team: the Program Lead Office, and the team's lead."""
    if actor.holds(Role.PLO, team.pk) or leads(actor, team):
        return ALLOWED
    return Denied(_("Only the Program Lead Office and the team's lead look for its coach."))
