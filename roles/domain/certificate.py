"""Trainings that people have been through, and certificates that they hold."""

from calendar import monthrange
from collections.abc import Collection
from datetime import MAXYEAR, date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from organizations.actor import Actor
from organizations.domain import audit
from organizations.domain.editing import refuse_if_changed_since
from organizations.domain.removed import as_fields, removed_values
from organizations.errors import Refused
from organizations.models import Membership
from organizations.queries.settings import local_today
from roles.domain.days import FIRST_CERTIFICATE, YEARS_VALID, refuse_far_days
from roles.models import Certificate, Qualification

FIELDS = ("title", "issuer", "issued_on", "expires_on", "qualification")


def expiry_of(qualification: Qualification | None, issued_on: date) -> date | None:
    """Return until when a certificate counts by what is expected of it; None where that does not expire."""
    if qualification is None or qualification.valid_months is None:
        return None
    month = issued_on.month - 1 + qualification.valid_months
    year, month = issued_on.year + month // 12, month % 12 + 1
    if year > MAXYEAR:
        return date.max
    return date(year, month, min(issued_on.day, monthrange(year, month)[1]))


def add_certificate(
    *,
    actor: Actor,
    membership: Membership,
    title: str,
    issued_on: date,
    issuer: str = "",
    expires_on: date | None = None,
    qualification: Qualification | None = None,
) -> Certificate:
    """Write down a certificate and return it.

    Without `expires_on` it expires when the qualification it counts as says so. Raises Refused without a title, for a
    day of issue in the future, for days far away, and for an expiry before the issue. Side effects: an audit entry.
    """
    with transaction.atomic():
        certificate = Certificate(
            membership=membership,
            qualification=qualification,
            title=" ".join(title.split()),
            issuer=issuer.strip(),
            issued_on=issued_on,
            expires_on=expires_on or expiry_of(qualification, issued_on),
        )
        _refuse_nonsense(certificate, FIELDS)
        certificate.save(force_insert=True)
        after = audit.snapshot(certificate, ["membership", *FIELDS])
        audit.record(actor=actor, verb="created", subject=certificate, after=after)
    return certificate


def update_certificate(
    *, actor: Actor, certificate: Certificate, changes: dict[str, Any], seen: datetime | None = None
) -> Certificate:
    """Change fields of FIELDS and return the certificate.

    An emptied `expires_on` is again what the qualification says. Raises Refused as `add_certificate` does, when it
    was removed, and when somebody else changed one of the fields since `seen`. Side effects: an audit entry if
    anything changed.
    """
    with transaction.atomic():
        locked = Certificate.objects.select_for_update(of=("self",)).filter(pk=certificate.pk).first()
        if locked is None:
            raise Refused(_("This certificate was removed meanwhile."))
        refuse_if_changed_since(locked, actor=actor, seen=seen, fields=changes)
        wanted = {name: changes[name] for name in FIELDS if name in changes}
        if "title" in wanted:
            wanted["title"] = " ".join(wanted["title"].split())
        if "issuer" in wanted:
            wanted["issuer"] = wanted["issuer"].strip()
        if "expires_on" in wanted and wanted["expires_on"] is None:
            counts_as = wanted.get("qualification", locked.qualification)
            wanted["expires_on"] = expiry_of(counts_as, wanted.get("issued_on") or locked.issued_on)
        before, after = audit.apply_changes(locked, wanted)
        if after:
            _refuse_nonsense(locked, after)
            locked.save()
            audit.record(actor=actor, verb="edited", subject=locked, before=before, after=after)
    return locked


def remove_certificate(*, actor: Actor, certificate: Certificate) -> None:
    """Remove a certificate; `restore_certificate` brings it back. Twice does no harm. Side effects: an audit entry."""
    with transaction.atomic():
        locked = Certificate.objects.select_for_update(of=("self",)).filter(pk=certificate.pk).first()
        if locked is not None:
            before = audit.snapshot(locked, ["membership", *FIELDS])
            audit.record(actor=actor, verb="removed", subject=locked, before=before)
            locked.delete()


def removed_certificate(certificate_id: UUID) -> Certificate:
    """Return a certificate removed moments ago, not saved; two queries.

    Raises NeverRemoved when no such one was removed, Refused when it is too late.
    """
    fields = as_fields(Certificate, removed_values(Certificate, certificate_id))
    if not Qualification.objects.filter(pk=fields["qualification_id"]).exists():
        fields["qualification_id"] = None
    return Certificate(pk=certificate_id, **fields)


def restore_certificate(*, actor: Actor, certificate_id: UUID) -> Certificate:
    """Bring a certificate back that was removed moments ago, and return it; one that is there stays as it is.

    Raises as `removed_certificate` does. Side effects: an audit entry.
    """
    with transaction.atomic():
        # Two who take the same removal back at once: the second finds it there.
        removed = removed_certificate(certificate_id) if not _is_there(certificate_id) else None
        if removed is not None:
            Membership.objects.select_for_update(of=("self",)).only("pk").get(pk=removed.membership_id)
        if removed is None or _is_there(certificate_id):
            return Certificate.objects.get(pk=certificate_id)
        removed.save(force_insert=True)
        audit.record(actor=actor, verb="restored", subject=removed)
        return removed


def _is_there(certificate_id: UUID) -> bool:
    return bool(Certificate.objects.filter(pk=certificate_id).exists())


def _refuse_nonsense(certificate: Certificate, changed: Collection[str]) -> None:
    if not certificate.title:
        raise Refused({"title": _("Say what it is called.")})
    today = local_today()
    if certificate.issued_on > today:
        raise Refused({"issued_on": _("This day is still to come.")})
    days = {name: getattr(certificate, name) for name in ("issued_on", "expires_on") if name in changed}
    refuse_far_days(days, today, first=FIRST_CERTIFICATE, years=YEARS_VALID)
    if certificate.expires_on is not None and certificate.expires_on < certificate.issued_on:
        raise Refused({"expires_on": _("It must not expire before it is issued.")})
