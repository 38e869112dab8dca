"""Trainings and certificates an organization expects of those who hold a role."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations.actor import Actor
from organizations.domain import audit
from organizations.domain.editing import refuse_if_changed_since
from organizations.errors import Refused
from organizations.models import OrganizationSettings
from roles.models import Qualification

FIELDS = ("title", "description", "valid_months")


def create_qualification(
    *, actor: Actor, role: str, title: str, description: str = "", valid_months: int | None = None
) -> Qualification:
    """Expect something of those who hold a role, and return it. Raises Refused without a title.

    Side effects: an audit entry.
    """
    with transaction.atomic():
        OrganizationSettings.objects.select_for_update().only("pk").get()
        last = Qualification.objects.filter(role=role).order_by().aggregate(last=Max("position"))["last"]
        qualification = Qualification.objects.create(
            role=role,
            title=_clean_title(title),
            description=description.strip(),
            valid_months=valid_months,
            position=0 if last is None else last + 1,
        )
        after = audit.snapshot(qualification, ["role", *FIELDS])
        audit.record(actor=actor, verb="created", subject=qualification, after=after)
    return qualification


def update_qualification(
    *, actor: Actor, qualification: Qualification, changes: dict[str, Any], seen: datetime | None = None
) -> Qualification:
    """Change fields of FIELDS and return the qualification; certificates that exist keep the day they expire on.

    Raises Refused when somebody else just did, and without a title. Side effects: an audit entry if anything changed.
    """
    with transaction.atomic():
        qualification = Qualification.objects.select_for_update().get(pk=qualification.pk)
        refuse_if_changed_since(qualification, actor=actor, seen=seen, fields=changes)
        wanted = {name: changes[name] for name in FIELDS if name in changes}
        if "title" in wanted:
            wanted["title"] = _clean_title(wanted["title"])
        before, after = audit.apply_changes(qualification, wanted)
        if after:
            qualification.save()
            audit.record(actor=actor, verb="edited", subject=qualification, before=before, after=after)
    return qualification


def archive_qualification(*, actor: Actor, qualification: Qualification, archived: bool = True) -> Qualification:
    """Expect it no longer (or again) and return it; certificates that count as it stay.

    Side effects: an audit entry.
    """
    with transaction.atomic():
        qualification = Qualification.objects.select_for_update().get(pk=qualification.pk)
        if (qualification.archived_at is not None) == archived:
            return qualification
        qualification.archived_at = timezone.now() if archived else None
        qualification.save(update_fields=["archived_at"])
        audit.record(actor=actor, verb="archived" if archived else "unarchived", subject=qualification)
    return qualification


def _clean_title(title: str) -> str:
    title = " ".join(title.split())
    if not title:
        raise Refused({"title": _("Say what it is called.")})
    return title
