"""Weeks without check-ins."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from organizations.actor import Actor
from organizations.domain import audit
from organizations.domain.editing import refuse_if_changed_since
from organizations.errors import Refused
from organizations.models import PausePeriod

FIELDS = ("name", "starts_on", "ends_on")


def create_pause(*, actor: Actor, name: str, starts_on: date, ends_on: date) -> PausePeriod:
    """Add a pause, both days included, and return it. Raises Refused when it ends before it begins."""
    with transaction.atomic():
        pause = PausePeriod(name=name.strip(), starts_on=starts_on, ends_on=ends_on)
        _refuse_backwards(pause)
        pause.save()
        audit.record(actor=actor, verb="created", subject=pause, after=audit.snapshot(pause, list(FIELDS)))
    return pause


def update_pause(
    *, actor: Actor, pause: PausePeriod, changes: dict[str, Any], seen: datetime | None = None
) -> PausePeriod:
    """Change name or days and return the pause; raises Refused when somebody else just did, or for wrong days."""
    with transaction.atomic():
        pause = PausePeriod.objects.select_for_update().get(pk=pause.pk)
        refuse_if_changed_since(pause, actor=actor, seen=seen, fields=changes)
        before, after = audit.apply_changes(pause, {name: changes[name] for name in FIELDS if name in changes})
        if after:
            _refuse_backwards(pause)
            pause.save()
            audit.record(actor=actor, verb="edited", subject=pause, before=before, after=after)
    return pause


def delete_pause(*, actor: Actor, pause: PausePeriod) -> None:
    """Remove a pause: check-ins are due in these weeks again. Side effects: an audit entry."""
    with transaction.atomic():
        audit.record(actor=actor, verb="deleted", subject=pause, before=audit.snapshot(pause, list(FIELDS)))
        pause.delete()


def _refuse_backwards(pause: PausePeriod) -> None:
    if pause.ends_on < pause.starts_on:
        raise Refused({"ends_on": _("The pause must not end before it begins.")})
