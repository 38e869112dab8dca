"""Becoming a member: accepting an invitation, and becoming a placeholder that was there before."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations.actor import Actor
from organizations.domain import audit
from organizations.enums import Via
from organizations.errors import Refused
from organizations.models import Invitation, Membership, Team, TeamMembership, User
from organizations.registry import registry

_NAME_LENGTH = 150
_TITLE_LENGTH = 120


@dataclass(frozen=True, slots=True)
class Joined:
    """The membership somebody has now, the team they were invited into, and whether it is new."""

    membership: Membership
    team: Team | None
    is_new: bool


def join_organization(*, user: User, invitation: Invitation, via: Via = Via.WEB) -> Joined:
    """Let a user into the organization in context through an invitation, and return the membership.

    Whoever has the link may accept it, with whatever address they signed in: the trail keeps both addresses. Members
    already are let in without using the invitation up. Otherwise the user becomes the placeholder the invitation
    names, or one with a fitting address, or a new member. An addressed invitation works once: of two people at
    the same moment one wins. Raises Refused when it cannot be accepted (any more), and for people who were
    deactivated. Side effects: team membership, audit entries.
    """
    with transaction.atomic():
        # One user through two invitations, then one invitation for two users: always in this order.
        User.objects.select_for_update().get(pk=user.pk)
        current = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
        present = Membership.objects.filter(user_id=user.pk).first()
        if present is not None:
            if not present.is_active:
                raise Refused(_("Your membership was deactivated. Ask an administrator to activate it again."))
            return Joined(present, None, is_new=False)
        if not current.is_usable:
            raise Refused(_("This invitation cannot be accepted any more. Ask for a new one."))
        placeholder = _placeholder_for(user, current)
        if placeholder is not None:
            member = claim_membership(membership=placeholder, user=user, via=via)
        else:
            member = _new_member(user)
        actor = Actor(member, via=via)
        if current.email:
            current.accepted_at = timezone.now()
            current.accepted_by = member
            current.save(update_fields=["accepted_at", "accepted_by"])
        audit.record(
            actor=actor,
            verb="joined",
            subject=member,
            after={"invitation": current.pk, "invited_address": current.email, "signed_in_as": user.email},
        )
        team = _join_team(actor, current)
        for tell in registry.joined:
            tell(actor, current)
    return Joined(member, team, is_new=True)


def claim_membership(*, membership: Membership, user: User, via: Via = Via.WEB) -> Membership:
    """Make a user the member that a placeholder stood for, and return it.

    Everything the placeholder owns is the user's from now on. The member takes the user's name; the name of a
    placeholder without an address is usually a role ("VP Sales") and lives on as the job title. Raises Refused
    when somebody was faster. Side effects: one audit entry, in the name of the member.
    """
    with transaction.atomic():
        member = Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
        if not member.is_placeholder or not member.is_active:
            raise Refused(_("Somebody else has joined as %(name)s already.") % {"name": member.display_name})
        changes: dict[str, object] = {"user": user, "display_name": _name_of(user)}
        if not member.email:
            changes["email"] = _free_address(user)
            if not member.title and member.display_name.casefold() != user.name.casefold():
                changes["title"] = member.display_name[:_TITLE_LENGTH]
        before, after = audit.apply_changes(member, changes)
        member.save()
        audit.record(actor=Actor(member, via=via), verb="claimed", subject=member, before=before, after=after)
    return member


def _placeholder_for(user: User, invitation: Invitation) -> Membership | None:
    """The placeholder that the user becomes by this invitation, locked; None when there is none.

    An invitation sent to an address makes its owner who that address belongs to. Through an open link, or when the
    signed-in address is another, an address proves nothing unless it was confirmed, so that nobody
    gains an administrator's or a role's rights by signing up with a colleague's address.
    """
    free = Membership.objects.active().filter(user=None).select_for_update(of=("self",))
    if invitation.claims_id is not None:
        named = free.filter(pk=invitation.claims_id).first()
        if named is not None:
            return named
    if invitation.email:
        addressed = free.filter(email__iexact=invitation.email).first()
        if addressed is not None:
            return addressed
    found = free.filter(email__iexact=user.email).first()
    if found is not None and _has_rights(found) and not _confirmed(user):
        raise Refused(
            _("%(name)s has rights of their own here. Ask an administrator for an invitation to %(address)s.")
            % {"name": found.display_name, "address": user.email}
        )
    return found


def _has_rights(member: Membership) -> bool:
    return member.is_administrator or bool(Actor(member, via=Via.WEB).roles)


def _confirmed(user: User) -> bool:
    return EmailAddress.objects.filter(user_id=user.pk, email__iexact=user.email, verified=True).exists()


def _new_member(user: User) -> Membership:
    return Membership.objects.create(user=user, display_name=_name_of(user), email=_free_address(user))


def _name_of(user: User) -> str:
    return (user.name or user.email.partition("@")[0])[:_NAME_LENGTH]


def _free_address(user: User) -> str:
    """The user's address, or nothing when another member is known by it."""
    taken = Membership.objects.filter(email__iexact=user.email).exists()
    return "" if taken else user.email


def _join_team(actor: Actor, invitation: Invitation) -> Team | None:
    """Add the new member to the team of the invitation, unless it was archived since."""
    team = Team.objects.current().filter(pk=invitation.team_id).first() if invitation.team_id else None
    if team is None or actor.membership is None:
        return None
    _row, created = TeamMembership.objects.get_or_create(team=team, membership=actor.membership)
    if created:
        audit.record(actor=actor, verb="joined", subject=team, after={"member": actor.membership.pk, "team": team.pk})
    return team
