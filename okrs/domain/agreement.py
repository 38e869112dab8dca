"""Whether drafts are agreed on before they come into force."""

from okrs.enums import Level, Visibility
from okrs.models import Objective
from organizations.enums import AGREEMENT_FROM, Agreement
from organizations.models import OrganizationSettings


def is_agreed_on(settings: OrganizationSettings, active_members: int) -> bool:
    """Return whether an organization agrees on its drafts: as it says, else from 30 people on.

    `active_members` are those who can sign in (see OrganizationSettings.active_members).
    """
    if settings.agreement == Agreement.BY_SIZE:
        return active_members >= AGREEMENT_FROM
    return bool(settings.agreement == Agreement.ALWAYS)


def needs_agreement(settings: OrganizationSettings, *, level: str, visibility: str = Visibility.OPEN) -> bool:
    """Return whether an objective of a level comes into force only once it is agreed on.

    An individual objective is its owner's alone, and a private one feeds no number of anybody else: nobody agrees on
    those.
    """
    if level == Level.INDIVIDUAL or visibility == Visibility.PRIVATE:
        return False
    return is_agreed_on(settings, settings.active_members)


def waits_for_agreement(settings: OrganizationSettings, objective: Objective) -> bool:
    """Return whether this draft comes into force only once it is agreed on."""
    return needs_agreement(settings, level=objective.level, visibility=objective.visibility)
