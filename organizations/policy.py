"""Who may do what with people, teams and the organization: the rules, as a table."""

from django.utils.translation import gettext_lazy as _

from organizations.actor import Actor
from organizations.registry import FOR_ALL
from organizations.rights import (
    ADMINISTRATOR,
    LEAD,
    LEADERSHIP,
    OWNER,
    PLO,
    Place,
    Rule,
    Section,
    Standing,
    directory,
    members,
)


def _leads_a_team(actor: Actor, place: Place) -> bool:
    return any(actor.is_(team.lead_id) for team in actor.teams)


LEAD_OF_ANY = Standing("lead_of_any", _("Lead of any team"), _("You lead a team."), _leads_a_team)

REPRESENTATIVE = Standing(
    "representative",
    _("Employee representative"),
    _("You speak for the employees."),
    lambda actor, place: actor.membership is not None and actor.membership.is_employee_representative,
    lambda place: members(FOR_ALL, is_employee_representative=True),
)

DIRECTION = Rule(
    _("Change vision, mission, values and strategic priorities"),
    (PLO, LEADERSHIP),
    _("Only the Program Lead Office and Leadership set the direction of the organization."),
)
PROCESS = Rule(
    _("Change rhythm, pause weeks, guidance and bands"),
    (PLO,),
    _("Only the Program Lead Office changes how OKRs work here."),
)
TREE = Rule(
    _("Create, move and archive teams"),
    (ADMINISTRATOR, PLO),
    _("Only administrators and the Program Lead Office change the tree of teams."),
)
TEAM = Rule(
    _("Edit a team and say who is in it"),
    (ADMINISTRATOR, PLO, LEAD),
    _("Only the team's lead, administrators and the Program Lead Office edit this team."),
)
PEOPLE = Rule(
    _("Manage people and sign-in"),
    (ADMINISTRATOR,),
    _("Only an administrator manages people. Ask one of them."),
)
INVITE = Rule(
    _("Invite people into a team"),
    (ADMINISTRATOR, LEAD),
    _("Administrators invite people, and leads invite people into their own team."),
)
INVITE_SOMEWHERE = Rule(
    _("Invite people"),
    (ADMINISTRATOR, LEAD_OF_ANY),
    _("Administrators invite people, and leads invite people into their own team."),
)
GENERAL = Rule(
    _("Change the name and time zone of the organization, read its audit trail"),
    (ADMINISTRATOR,),
    _("Only an administrator changes this. Ask one of them."),
)
SETTINGS_CHANGES = Rule(
    _("Read every change of settings that concern people"),
    (REPRESENTATIVE, ADMINISTRATOR, PLO),
    _("Only the employee representative, administrators and the Program Lead Office read who changed these settings."),
)
MEMBER_DETAILS = Rule(
    _("Change name and title of somebody"),
    (ADMINISTRATOR, OWNER),
    _("Only an administrator changes the details of somebody else."),
)

directory.sections += [
    Section(_("Direction and rhythm"), (DIRECTION, PROCESS), order=10),
    Section(
        _("People and teams"),
        (
            PEOPLE,
            INVITE_SOMEWHERE,
            INVITE,
            TREE,
            TEAM,
            MEMBER_DETAILS,
            GENERAL,
            SETTINGS_CHANGES,
        ),
        order=80,
    ),
]
