"""Certificates, with what their day of expiry means today."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from organizations.actor import Actor
from organizations.enums import Role
from organizations.models import Membership
from roles.models import Certificate, RoleAssignment
from roles.queries.assignment_sight import of_units

# So long before its last day a certificate is told to expire soon: a course must be found first.
SOON = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Shown:
    """A certificate, and whether it has expired or will soon."""

    certificate: Certificate
    has_expired: bool
    expires_soon: bool


def shown_certificates(rows: Iterable[Certificate], today: date) -> list[Shown]:
    """Return certificates with what their last day means on a day."""
    return [_shown(certificate, today) for certificate in rows]


def certificates_of(member: Membership, today: date) -> list[Shown]:
    """Return what somebody has been through or holds, the newest first; one query."""
    return shown_certificates(Certificate.objects.filter(membership=member).select_related("qualification"), today)


def readable_certificates(actor: Actor) -> QuerySet[Certificate]:
    """Return the certificates an actor may read anywhere: their own, and those of whoever holds a role in their scope.

    The same as profile_permissions.see_certificates, for many at once.
    """
    everything: QuerySet[Certificate] = Certificate.objects.all()
    if actor.membership is None:
        return everything
    own = Q(membership=actor.membership)
    if not actor.holds_somewhere(Role.PLO):
        return everything.filter(own)
    standing = RoleAssignment.objects.standing()
    if not actor.holds(Role.PLO):
        standing = standing.filter(of_units(actor))
    return everything.filter(own | Q(membership__in=standing.values("membership_id")))


def _shown(certificate: Certificate, today: date) -> Shown:
    last = certificate.expires_on
    has_expired = last is not None and last < today
    return Shown(certificate, has_expired, last is not None and not has_expired and last - today <= SOON)
