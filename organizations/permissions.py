"""Who may do what with people, teams and the organization, and why not."""

from django.utils.translation import gettext_lazy as _

from okrapp.web.decisions import ALLOWED, Decision, Denied
from organizations.actor import Actor
from organizations.enums import Role
from organizations.models import Membership, Team


def manage_people(actor: Actor) -> Decision:
    """Add, change, deactivate members; see and revoke invitations."""
    if actor.is_administrator:
        return ALLOWED
    return Denied(_("Only an administrator manages people. Ask one of them."))


def invite(actor: Actor, team: Team | None = None) -> Decision:
    """Invite people, into a team or none."""
    if actor.is_administrator or (team is not None and leads(actor, team)):
        return ALLOWED
    return Denied(_("Administrators invite people, and leads invite people into their own team."))


def invite_somebody(actor: Actor) -> Decision:
    """Invite people at all, into whatever team; at most one query."""
    if actor.is_administrator or any(leads(actor, team) for team in actor.teams):
        return ALLOWED
    return Denied(_("Administrators invite people, and leads invite people into their own team."))


def manage_teams(actor: Actor) -> Decision:
    """Create, move and archive teams."""
    if actor.is_administrator or actor.holds(Role.PLO):
        return ALLOWED
    return Denied(_("Only administrators and the Program Lead Office change the tree of teams."))


def edit_team(actor: Actor, team: Team) -> Decision:
    """Rename a team, say what it is for, add and remove its members."""
    if actor.is_administrator or actor.holds(Role.PLO, team.pk) or leads(actor, team):
        return ALLOWED
    return Denied(_("Only the team's lead, administrators and the Program Lead Office edit this team."))


def edit_general(actor: Actor) -> Decision:
    """Change name, language and time zone of the organization, and see its audit trail."""
    if actor.is_administrator:
        return ALLOWED
    return Denied(_("Only an administrator changes this. Ask one of them."))


def edit_direction(actor: Actor) -> Decision:
    """Change vision, mission, values and strategic priorities."""
    if actor.holds(Role.PLO) or actor.holds(Role.LEADERSHIP):
        return ALLOWED
    return Denied(_("Only the Program Lead Office and Leadership set the direction of the organization."))


def edit_process(actor: Actor) -> Decision:
    """Change rhythm, pause weeks, guidance and bands."""
    if actor.holds(Role.PLO):
        return ALLOWED
    return Denied(_("Only the Program Lead Office changes how OKRs work here."))


def edit_member(actor: Actor, member: Membership) -> Decision:
    """Change a member's name and title."""
    if actor.is_administrator or actor.is_(member.pk):
        return ALLOWED
    return Denied(_("Only an administrator changes the details of somebody else."))


def leads(actor: Actor, team: Team) -> bool:
    """Return whether the actor is the lead of a team."""
    return actor.membership is not None and actor.is_(team.lead_id)
