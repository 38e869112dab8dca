"""Inviting people, and taking it back. Joining is in joining.py."""

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Lower
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from okrapp.celery import app
from okrapp.tenancy.context import require_organization_id
from okrapp.tenancy.locks import lock_in_organization
from organizations.actor import Actor
from organizations.domain import audit
from organizations.errors import Refused
from organizations.mail import Mail, mail_goes_out
from organizations.models import Invitation, Membership, Organization, OrganizationSettings, Team

DAYS_VALID = 14
LINK_DAYS = (7, 14, 30, 90)


@dataclass(frozen=True, slots=True)
class Issued:
    """An invitation with its secret, which exists only here: the table keeps a digest."""

    invitation: Invitation
    token: str


@dataclass(slots=True)
class Outcome:
    """What became of each address that was to be invited."""

    issued: list[Issued] = field(default_factory=list)
    members: list[Membership] = field(default_factory=list)
    deactivated: list[Membership] = field(default_factory=list)
    pending: list[Invitation] = field(default_factory=list)


def digest_of(token: str) -> str:
    """Return what the table keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def find_invitation(token: str) -> Invitation | None:
    """Return the invitation of the organization in context that a link's token belongs to, usable or not."""
    return (
        Invitation.objects.select_related("team", "invited_by", "claims").filter(token_digest=digest_of(token)).first()
    )


def invite_people(
    *,
    actor: Actor,
    addresses: Iterable[str],
    team: Team | None = None,
    claims: Membership | None = None,
    names: Mapping[str, str] | None = None,
) -> Outcome:
    """Invite each address for 14 days, into a team if one is given, and return what became of every one.

    `names` are those known of addresses; who joins finds theirs filled in.

    Members and addresses with an open invitation are left alone and reported. A placeholder with the same address
    is claimed by whoever accepts; `claims` names one for a single address whatever its own. Raises Refused when
    `claims` is no placeholder or comes with several addresses. Side effects: audit entries.
    """
    wanted = list(addresses)
    outcome = Outcome()
    with transaction.atomic():
        # Two people who invite the same address at once must not write two invitations.
        lock_in_organization("invitations")
        _check_claims(claims, wanted)
        members = {
            member.email.casefold(): member
            for member in Membership.objects.annotate(address=Lower("email")).filter(address__in=wanted)
        }
        pending = {
            invitation.email.casefold(): invitation
            for invitation in Invitation.objects.usable().filter(email__in=wanted)
        }
        for address in wanted:
            member = members.get(address)
            if member is not None and not member.is_active:
                outcome.deactivated.append(member)
            elif member is not None and not member.is_placeholder:
                outcome.members.append(member)
            elif address in pending:
                outcome.pending.append(pending[address])
            else:
                name = (names or {}).get(address, "")
                outcome.issued.append(
                    _issue(actor=actor, email=address, name=name, team=team, claims=claims or member, days=DAYS_VALID)
                )
    return outcome


def _check_claims(claims: Membership | None, addresses: list[str]) -> None:
    if claims is None:
        return
    if not claims.is_placeholder or not claims.is_active:
        raise Refused(_("%(name)s is somebody already.") % {"name": claims.display_name})
    if len(addresses) > 1:
        raise Refused({"addresses": _("Give one address: only one person can become %s.") % claims.display_name})


def create_link(*, actor: Actor, team: Team | None = None, days: int = DAYS_VALID) -> Issued:
    """Create a link that lets in everybody who has it, for a number of days, into a team if one is given.

    Side effects: one audit entry.
    """
    with transaction.atomic():
        return _issue(actor=actor, email="", team=team, claims=None, days=days)


def renew_invitation(*, actor: Actor, invitation: Invitation) -> Issued:
    """Give an invitation a new secret and 14 more days; the old link stops working.

    Raises Refused when it was accepted. Side effects: one audit entry.
    """
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        current = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
        if current.accepted_at is not None:
            raise Refused(_("This invitation has been accepted already."))
        before = current.expires_at
        current.token_digest = digest_of(token)
        current.expires_at = timezone.now() + timedelta(days=DAYS_VALID)
        current.revoked_at = None
        current.save(update_fields=["token_digest", "expires_at", "revoked_at"])
        audit.record(
            actor=actor,
            verb="renewed",
            subject=current,
            before={"expires_at": before},
            after={"expires_at": current.expires_at},
        )
    return Issued(current, token)


def revoke_invitation(*, actor: Actor, invitation: Invitation) -> None:
    """Stop an invitation from being accepted; once more changes nothing. Side effects: one audit entry."""
    _set_revoked(actor=actor, invitation=invitation, revoked=True)


def restore_invitation(*, actor: Actor, invitation: Invitation) -> None:
    """Take back a revocation: the same link works again. Side effects: one audit entry."""
    _set_revoked(actor=actor, invitation=invitation, revoked=False)


def _set_revoked(*, actor: Actor, invitation: Invitation, revoked: bool) -> None:
    with transaction.atomic():
        current = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
        if current.accepted_at is not None:
            raise Refused(_("This invitation has been accepted already."))
        if (current.revoked_at is not None) == revoked:
            return
        before = current.revoked_at
        current.revoked_at = timezone.now() if revoked else None
        current.save(update_fields=["revoked_at"])
        audit.record(
            actor=actor,
            verb="revoked" if revoked else "restored",
            subject=current,
            before={"revoked_at": before},
            after={"revoked_at": current.revoked_at},
        )


def _issue(
    *, actor: Actor, email: str, team: Team | None, claims: Membership | None, days: int, name: str = ""
) -> Issued:
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        email=email,
        name=name,
        team=team,
        claims=claims,
        invited_by=actor.membership,
        token_digest=digest_of(token),
        expires_at=timezone.now() + timedelta(days=days),
    )
    audit.record(
        actor=actor,
        verb="invited",
        subject=invitation,
        after={
            "email": email,
            "team": team.pk if team else None,
            "claims": claims.pk if claims else None,
            "expires_at": invitation.expires_at,
        },
    )
    return Issued(invitation, token)


def mail_invitation_soon(*, invitation: Invitation, link: str) -> None:
    """Have an addressed invitation mailed by a worker after the commit; nothing without a mail server.

    `link` is absolute and holds the secret. Side effects: one task.
    """
    if not invitation.email or not mail_goes_out():
        return
    organization_id = require_organization_id()
    kwargs = {"organization_id": organization_id, "invitation_id": str(invitation.pk), "link": link}
    transaction.on_commit(
        # The link is a secret: the worker's log must not repeat the arguments.
        lambda: app.send_task("organizations.tasks.mail_invitation", kwargs=kwargs, kwargsrepr="{…}"),
        robust=True,
    )


def compose_invitation(*, invitation_id: UUID, link: str) -> Mail | None:
    """Return the mail of an invitation in the organization's language; None if it is of no use any more."""
    invitation = Invitation.objects.usable().select_related("team", "invited_by").filter(pk=invitation_id).first()
    if invitation is None or not invitation.email:
        return None
    organization = Organization.objects.get(pk=require_organization_id())
    context = {"invitation": invitation, "organization": organization, "link": link}
    with translation.override(OrganizationSettings.objects.get().language):
        subject = render_to_string("organizations/invitation/mail/subject.txt", context)
        text = render_to_string("organizations/invitation/mail/message.txt", context)
        html = render_to_string("organizations/invitation/mail/message.html", context)
    return Mail(to=[invitation.email], subject=" ".join(subject.split()), text=text.strip() + "\n", html=html)
