"""Leaving a trace of writes about people without what was written: the audit trail outlives what is deleted."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Model
from django.utils.translation import gettext as _

from organizations.actor import Actor
from organizations.domain import audit
from organizations.domain.editing import shown_value
from organizations.errors import Refused
from organizations.models import AuditEntry


def record_quietly(*, actor: Actor, verb: str, subject: Model, fields: Iterable[str] = ()) -> None:
    """Append an entry that says who did what to which row, and the names of fields that changed: no values.

    Side effects: one audit entry.
    """
    names = sorted(fields)
    audit.record(actor=actor, verb=verb, subject=subject, after={"fields": names} if names else None)


def refuse_if_changed_quietly(subject: Model, *, actor: Actor, seen: datetime | None, fields: Iterable[str]) -> None:
    """Raise Refused when somebody else changed one of `fields` after `seen`, naming who, and what stands there now.

    As organizations.domain.editing.refuse_if_changed_since, for what was recorded by record_quietly; `subject` is the
    row as it is in the database.
    """
    wanted = set(fields)
    if seen is None or not wanted:
        return
    later = (
        AuditEntry.objects.filter(object_type=subject._meta.label_lower, object_id=str(subject.pk), at__gt=seen)
        .exclude(actor=actor.membership)
        .select_related("actor")
        .order_by("-at")
    )
    for entry in later:
        for name in sorted(wanted & set((entry.after or {}).get("fields", ()))):
            text = _(
                "%(person)s changed this to “%(value)s” while you were writing. "
                "Your version is still here: save again to replace theirs."
            )
            words = {
                "person": entry.actor or _("The system"),
                "value": shown_value(subject, name, subject.serializable_value(name)),
            }
            raise Refused({name: text % words})
