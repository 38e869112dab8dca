"""Who may change what is said about roles, and about those who hold them, and why not."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from okrapp.web.decisions import ALLOWED, Decision, Denied
from organizations.actor import Actor
from organizations.enums import Role
from organizations.models import Membership
from roles.models import CoachProfile, RoleAssignment


def edit_profiles(actor: Actor) -> Decision:
    """Change texts, names and seats of roles, and what is expected of their holders."""
    if actor.holds(Role.PLO):
        return ALLOWED
    return Denied(_("Only the Program Lead Office of the whole organization changes role profiles."))


def see_certificates(actor: Actor, member: Membership) -> Decision:
    """Read the certificates of somebody outside of a coach profile."""
    if actor.is_(member.pk) or _looks_after(actor, member):
        return ALLOWED
    return Denied(
        _("Certificates are read by whoever they belong to, and by the Program Lead Office where they hold a role.")
    )


def edit_certificates(actor: Actor, member: Membership) -> Decision:
    """Add, change and remove the certificates of somebody."""
    if actor.is_(member.pk) or _looks_after(actor, member):
        return ALLOWED
    return Denied(
        _("Certificates are kept by whoever they belong to, and by the Program Lead Office where they hold a role.")
    )


def edit_coach_profile(actor: Actor, member: Membership) -> Decision:
    """Write what a coach says about themselves; at most two queries."""
    if actor.is_(member.pk) and has_coach_profile(member):
        return ALLOWED
    if not actor.is_(member.pk) and _looks_after(actor, member, role=Role.COACH):
        return ALLOWED
    return Denied(_("A coach profile is written by the coach, and by the Program Lead Office."))


def has_coach_profile(member: Membership) -> bool:
    """Return whether somebody coaches, is proposed as a coach, or has written a coach profile; one or two queries."""
    return bool(_places(member, Role.COACH)) or CoachProfile.objects.filter(membership=member).exists()


def _looks_after(actor: Actor, member: Membership, role: str = "") -> bool:
    """Whether the actor's Program Lead Office rules where somebody holds a role; no query for all others."""
    if not actor.holds_somewhere(Role.PLO):
        return False
    return any(actor.holds(Role.PLO, team_id) for team_id in _places(member, role))


def _places(member: Membership, role: str) -> set[UUID | None]:
    """Where somebody holds a role, or is asked to: ids of teams, None for the organization and for one person."""
    standing = RoleAssignment.objects.standing().filter(membership=member)
    if role:
        standing = standing.filter(role=role)
    return set(standing.values_list("team_id", flat=True))
