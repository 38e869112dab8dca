"""Two people who edit the same thing."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field, ForeignKey, Model
from django.utils.translation import gettext as _

from organizations.actor import Actor
from organizations.errors import Refused
from organizations.models import AuditEntry


def refuse_if_changed_since(subject: Model, *, actor: Actor, seen: datetime | None, fields: Iterable[str]) -> None:
    """Raise Refused when somebody else changed one of `fields` after `seen`, naming who and to what.

    `seen` is when the form was opened; None checks nothing. What the person typed stays in the form, and saving
    again from the newer state replaces the other's change knowingly.
    """
    if seen is None:
        return
    wanted = set(fields)
    later = (
        AuditEntry.objects.filter(object_type=subject._meta.label_lower, object_id=str(subject.pk), at__gt=seen)
        .exclude(actor=actor.membership)
        .select_related("actor")
        .order_by("-at")
    )
    for entry in later:
        for name in wanted & set(entry.after or {}):
            raise Refused(
                {
                    name: _(
                        "%(person)s changed this to “%(value)s” while you were writing. "
                        "Your version is still here: save again to replace theirs."
                    )
                    % {
                        "person": entry.actor or _("The system"),
                        "value": shown_value(subject, name, (entry.after or {})[name]),
                    }
                }
            )


def shown_value(subject: Model, name: str, value: Any) -> str:
    """Return a value as people know it: the name of what a reference points at, the label of a choice."""
    try:
        field = subject._meta.get_field(name)
    except FieldDoesNotExist:
        return str(value or "–")  # written down in words already
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(field, ForeignKey):
        row = field.related_model._default_manager.filter(pk=value).first()
        return str(row) if row is not None else "–"
    if isinstance(field, Field) and field.flatchoices:
        return str(dict(field.flatchoices).get(value, value))
    return str(value)
