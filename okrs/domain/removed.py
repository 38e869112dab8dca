"""What was removed for good, as the audit trail remembers it, so that moments later it can be brought back."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations.errors import Refused
from organizations.models import AuditEntry

# How long a removal can be taken back.
UNDO_WITHIN = timedelta(minutes=10)


def removed_values(model: type[Model], object_id: UUID) -> dict[str, Any]:
    """Return the fields of a removed row as they last were, by name, as plain values; one query.

    Raises Refused when no such row was removed within UNDO_WITHIN.
    """
    entry = (
        AuditEntry.objects.filter(object_type=model._meta.label_lower, object_id=str(object_id), verb="removed")
        .filter(at__gte=timezone.now() - UNDO_WITHIN)
        .first()
    )
    if entry is None:
        raise Refused(_("It is too late to take this back."))
    return dict(entry.before or {})


def as_fields(model: type[Model], values: dict[str, Any]) -> dict[str, Any]:
    """Return remembered values as arguments for a new row: dates and numbers as such, references by id."""
    fields = {}
    for name, value in values.items():
        field: Any = model._meta.get_field(name)
        fields[field.attname] = field.target_field.to_python(value) if field.is_relation else field.to_python(value)
    return fields
