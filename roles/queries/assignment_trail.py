"""What has happened to an assignment, from the audit trail."""

from uuid import UUID

from django.db.models import QuerySet

from organizations.models import AuditEntry
from organizations.queries.audit import Line, lines_of
from roles.models import RoleAssignment

MOST = 50


def trail_of(assignment: RoleAssignment) -> list[Line]:
    """Return the entries about an assignment, from new to old; one query, and one for each kind of thing they name."""
    return lines_of(list(_entries(assignment).select_related("actor")[:MOST]))


def ended_by(assignment: RoleAssignment) -> UUID | None:
    """Return who ended a role or withdrew a proposal last, None for the system and for what never ended; one query."""
    ended = _entries(assignment).filter(verb__in=("ended", "withdrawn"))
    found: UUID | None = ended.values_list("actor_id", flat=True).first()
    return found


def _entries(assignment: RoleAssignment) -> QuerySet[AuditEntry]:
    entries = AuditEntry.objects.filter(object_type=assignment._meta.label_lower, object_id=str(assignment.pk))
    return entries.order_by("-at", "-id")
