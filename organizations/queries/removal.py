"""Who removed something, as the audit trail remembers it."""

from uuid import UUID

from django.db.models import Model

from organizations.models import AuditEntry


def remover_of(row: Model) -> UUID | None:
    """Return the member who last removed a row, None if nobody did; one query."""
    entries = AuditEntry.objects.filter(object_type=row._meta.label_lower, object_id=str(row.pk), verb="removed")
    found: UUID | None = entries.order_by("-at", "-pk").values_list("actor", flat=True).first()
    return found
