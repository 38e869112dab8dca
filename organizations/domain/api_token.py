"""Personal tokens: made, found, revoked. The secret is shown once and never stored."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations.actor import Actor
from organizations.domain import audit
from organizations.enums import Scope
from organizations.errors import Refused
from organizations.models import ApiToken, Membership

SECRET_PREFIX = "okrapp_"  # noqa: S105 - what every secret begins with
PREFIX_LENGTH = len(SECRET_PREFIX) + 5
# Undo brings a revoked token back only as long as nobody can have relied on its being gone.
RESTORE_WITHIN = timedelta(minutes=2)
USED_EVERY = timedelta(minutes=10)


def create_token(
    *,
    actor: Actor,
    membership: Membership,
    name: str,
    scopes: Iterable[str],
    expires_at: datetime | None = None,
) -> tuple[ApiToken, str]:
    """Make a token that acts as a member within its scopes; returns it and the secret, which is told only here.

    Raises Refused for no or unknown scopes, an expiry in the past, and a member who has left. Side effects: an audit
    entry without the secret.
    """
    wanted = list(dict.fromkeys(scopes))
    if not wanted:
        raise Refused({"scopes": _("Choose at least one thing the token may do.")})
    if unknown := [scope for scope in wanted if scope not in Scope.values]:
        raise Refused(
            {
                "scopes": _("Unknown scope: {unknown}. There are: {known}.").format(
                    unknown=", ".join(unknown), known=", ".join(Scope.values)
                )
            }
        )
    if expires_at is not None and expires_at <= timezone.now():
        raise Refused({"expires_at": _("Choose a day in the future.")})
    if not membership.is_active or membership.is_placeholder:
        raise Refused(_("Only active members who sign in can have a token."))
    secret = SECRET_PREFIX + secrets.token_urlsafe(32)
    with transaction.atomic():
        token = ApiToken.objects.create(
            membership=membership,
            name=name.strip(),
            prefix=secret[:PREFIX_LENGTH],
            digest=digest_of(secret),
            scopes=wanted,
            expires_at=expires_at,
        )
        audit.record(
            actor=actor,
            verb="created",
            subject=token,
            after={"membership": membership.pk, "scopes": wanted, "expires_at": expires_at},
        )
    return token, secret


def find_token(secret: str) -> ApiToken | None:
    """Return the usable token with a secret, its active member and user loaded, in the organization in context."""
    if not secret or len(secret) > 200:
        return None
    token = (
        ApiToken.objects.usable()
        .filter(digest=digest_of(secret), membership__deactivated_at=None)
        .select_related("membership__user")
        .first()
    )
    if token is None or token.membership.user is None or not token.membership.user.is_active:
        return None
    return token


def mark_used(token: ApiToken) -> None:
    """Note that a token was used, every ten minutes at most: reading must not write a row each time."""
    now = timezone.now()
    if token.last_used_at is None or now - token.last_used_at > USED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)


def revoke_token(*, actor: Actor, token: ApiToken) -> ApiToken:
    """Make a token useless at once, and return it. Side effects: an audit entry."""
    with transaction.atomic():
        token = ApiToken.objects.select_for_update().get(pk=token.pk)
        if token.revoked_at is None:
            token.revoked_at = timezone.now()
            token.save(update_fields=["revoked_at"])
            audit.record(actor=actor, verb="revoked", subject=token)
    return token


def restore_token(*, actor: Actor, token: ApiToken) -> ApiToken:
    """Take a revocation back; raises Refused once it is more than two minutes old. Side effects: an audit entry."""
    with transaction.atomic():
        token = ApiToken.objects.select_for_update().get(pk=token.pk)
        if token.revoked_at is None:
            return token
        if timezone.now() - token.revoked_at > RESTORE_WITHIN:
            raise Refused(_("It is too late to take this back. Create a new token."))
        token.revoked_at = None
        token.save(update_fields=["revoked_at"])
        audit.record(actor=actor, verb="restored", subject=token)
    return token


def digest_of(secret: str) -> str:
    """Return what is stored of a secret. It is random, so a plain hash is as good as a slow one."""
    return hashlib.sha256(secret.encode()).hexdigest()
