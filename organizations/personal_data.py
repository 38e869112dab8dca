"""What is stored about people, who sees it, and for how long: what the data sheet says. Each app lists its own."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.contrib.admin.models import LogEntry
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from organizations.models import (
    ApiToken,
    AuditEntry,
    IdempotentRequest,
    ImportRun,
    Invitation,
    Membership,
    Team,
    TeamMembership,
    User,
)


@dataclass(frozen=True, slots=True)
class Kept:
    """One entry of the data sheet; `models` are the tables it speaks of."""

    title: str | Promise
    what: str | Promise
    sees: str | Promise
    until: str | Promise
    models: tuple[type[Model], ...]


AS_LONG_AS_THE_ORGANIZATION = _(
    "As long as the organization is here. After somebody has left, their name stays with it."
)

KEPT = (
    Kept(
        _("Account"),
        _("Name, e-mail address, language, time zone, theme, and the password in a form that nobody can read."),
        _("Only you and whoever operates this installation."),
        _("Until whoever operates this installation deletes the account."),
        (User, EmailAddress),
    ),
    Kept(
        _("Sign-in"),
        _("That a browser is signed in. No addresses of computers and no history of sign-ins are kept here."),
        _("Only you."),
        _("Until you sign out, 30 days at most."),
        (),
    ),
    Kept(
        _("Membership"),
        _(
            "Name, e-mail address, job title, manager, teams and who leads them, whether somebody is an "
            "administrator or speaks for the employees."
        ),
        _("Everybody in the organization."),
        AS_LONG_AS_THE_ORGANIZATION,
        (Membership, TeamMembership, Team),
    ),
    Kept(
        _("Invitations"),
        _("E-mail address, who invited, and when it was accepted."),
        _("Administrators and the leads who invited."),
        AS_LONG_AS_THE_ORGANIZATION,
        (Invitation,),
    ),
    Kept(
        _("API tokens"),
        _("Name, rights and last use of tokens for other programs; the answers to repeated requests."),
        _("Only you."),
        _("Tokens until they are revoked or expire, answers for one day."),
        (ApiToken, IdempotentRequest),
    ),
    Kept(
        _("Audit trail"),
        _("Who changed what, and when. What was only read is not recorded."),
        _(
            "Administrators; what concerns a private objective only those who see it. The history of an "
            "objective: everybody who sees it."
        ),
        _("As long as the organization is here. Entries cannot be changed or deleted."),
        (AuditEntry, LogEntry),
    ),
    Kept(
        _("Imports"),
        _("The spreadsheet as it was uploaded, by whom, and what came of each row."),
        _("Those who may import."),
        _("The file for 30 days, the result as long as the organization is here."),
        (ImportRun,),
    ),
)
