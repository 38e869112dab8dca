"""What was removed for good, as the audit trail remembers it, so that moments later it can be brought back."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations.errors import Refused
from organizations.models import AuditEntry

# How long a removal can be taken back.
UNDO_WITHIN = timedelta(minutes=10)


class NeverRemoved(ObjectDoesNotExist):
    """Nothing of this kind was ever removed here under this id."""


def removed_values(model: type[Model], object_id: UUID) -> dict[str, Any]:
    """Return the fields of a removed row as they last were, by name, as plain values; one query.

    Raises Refused when it was removed longer than UNDO_WITHIN ago, NeverRemoved when no such row ever was.
    """
    return last_removal(AuditEntry.objects.filter(object_id=str(object_id), verb="removed"), model)


def last_removal(entries: QuerySet[AuditEntry], model: type[Model]) -> dict[str, Any]:
    """Return what was noted at the last of some removals from rows of a model; raises as `removed_values` does."""
    entry = entries.filter(object_type=model._meta.label_lower).order_by("-at", "-pk").first()
    if entry is None:
        raise NeverRemoved
    if entry.at < timezone.now() - UNDO_WITHIN:
        raise Refused(_("It is too late to take this back."))
    return dict(entry.before or {})


def as_fields(model: type[Model], values: dict[str, Any]) -> dict[str, Any]:
    """Return remembered values as arguments for a new row: dates and numbers as such, references by id."""
    fields = {}
    for name, value in values.items():
        field: Any = model._meta.get_field(name)
        fields[field.attname] = field.target_field.to_python(value) if field.is_relation else field.to_python(value)
    return fields
