"""Who may do what with people, teams and the organization, and why not; the rules stand in organizations.policy."""

from django.utils.translation import gettext_lazy as _

from okrapp.web.decisions import Decision
from organizations import policy
from organizations.actor import Actor
from organizations.models import Membership, Team
from organizations.rights import Place, decide, permission


@permission(_("Manage people"))
def manage_people(actor: Actor) -> Decision:
    """Add, change, deactivate members; see and revoke invitations."""
    return decide(actor, policy.PEOPLE)


def invite(actor: Actor, team: Team | None = None) -> Decision:
    """Invite people, into a team or none."""
    return decide(actor, policy.INVITE, place_of(team) if team is not None else Place())


@permission(_("Invite people into it"), about=Team)
def invite_into(actor: Actor, team: Team) -> Decision:
    """Invite people into a team."""
    return invite(actor, team)


@permission(_("Invite people"))
def invite_somebody(actor: Actor) -> Decision:
    """Invite people at all, into whatever team; at most one query."""
    return decide(actor, policy.INVITE_SOMEWHERE)


@permission(_("Change the tree of teams"))
def manage_teams(actor: Actor) -> Decision:
    """Create, move and archive teams."""
    return decide(actor, policy.TREE)


@permission(_("Edit it and say who is in it"), about=Team)
def edit_team(actor: Actor, team: Team) -> Decision:
    """Rename a team, say what it is for, add and remove its members."""
    return decide(actor, policy.TEAM, place_of(team))


@permission(_("Change name, language and time zone of the organization, read its audit trail"))
def edit_general(actor: Actor) -> Decision:
    """Change name, language and time zone of the organization, and see its audit trail."""
    return decide(actor, policy.GENERAL)


@permission(_("Set vision, mission, values and strategic priorities"))
def edit_direction(actor: Actor) -> Decision:
    """Change vision, mission, values and strategic priorities."""
    return decide(actor, policy.DIRECTION)


@permission(_("Set rhythm, pause weeks, guidance and bands"))
def edit_process(actor: Actor) -> Decision:
    """Change rhythm, pause weeks, guidance and bands."""
    return decide(actor, policy.PROCESS)


@permission(_("Read every change of settings that concern people"))
def read_settings_changes(actor: Actor) -> Decision:
    """Read who changed how OKRs work here, and who named whom employee representative."""
    return decide(actor, policy.SETTINGS_CHANGES)


@permission(_("Change their name and title"), about=Membership)
def edit_member(actor: Actor, member: Membership) -> Decision:
    """Change a member's name and title."""
    return decide(actor, policy.MEMBER_DETAILS, Place(owner_id=member.pk))


def leads(actor: Actor, team: Team) -> bool:
    """Return whether the actor is the lead of a team."""
    return actor.membership is not None and actor.is_(team.lead_id)


def place_of(team: Team) -> Place:
    """Return where a team stands, for rules about it."""
    return Place(team_id=team.pk, lead_id=team.lead_id)
