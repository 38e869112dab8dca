"""The strategic priorities of an organization, in their order."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from organizations.actor import Actor
from organizations.domain import audit
from organizations.domain.editing import refuse_if_changed_since
from organizations.models import OrganizationSettings, StrategicPriority


def create_priority(*, actor: Actor, title: str, description: str = "") -> StrategicPriority:
    """Add a priority at the end of the list and return it. Side effects: an audit entry."""
    with transaction.atomic():
        rows = _locked()
        priority = StrategicPriority.objects.create(
            title=title.strip(), description=description, position=rows[-1].position + 1 if rows else 0
        )
        audit.record(
            actor=actor, verb="created", subject=priority, after=audit.snapshot(priority, ["title", "description"])
        )
    return priority


def update_priority(
    *, actor: Actor, priority: StrategicPriority, changes: dict[str, Any], seen: datetime | None = None
) -> StrategicPriority:
    """Change title or description and return the priority; raises Refused when somebody else just did."""
    with transaction.atomic():
        priority = StrategicPriority.objects.select_for_update().get(pk=priority.pk)
        refuse_if_changed_since(priority, actor=actor, seen=seen, fields=changes)
        before, after = audit.apply_changes(
            priority, {name: changes[name] for name in ("title", "description") if name in changes}
        )
        if after:
            priority.save()
            audit.record(actor=actor, verb="edited", subject=priority, before=before, after=after)
    return priority


def move_priority(*, actor: Actor, priority: StrategicPriority, up: bool) -> bool:
    """Swap a priority with the one above or below it; returns whether there was one. Side effects: an audit entry."""
    with transaction.atomic():
        rows = [row for row in _locked() if row.archived_at is None]
        place = next((index for index, row in enumerate(rows) if row.pk == priority.pk), None)
        other = None if place is None else place + (-1 if up else 1)
        if place is None or other is None or not 0 <= other < len(rows):
            return False
        rows[place], rows[other] = rows[other], rows[place]
        for position, row in enumerate(rows):
            row.position = position
        StrategicPriority.objects.bulk_update(rows, ["position"])
        audit.record(
            actor=actor,
            verb="moved",
            subject=rows[other],
            before={"position": place + 1},
            after={"position": other + 1},
        )
    return True


def archive_priority(*, actor: Actor, priority: StrategicPriority, archived: bool = True) -> StrategicPriority:
    """Take a priority out of what can be chosen (or back in) and return it; what supports it keeps its link."""
    with transaction.atomic():
        priority = StrategicPriority.objects.select_for_update().get(pk=priority.pk)
        if (priority.archived_at is not None) == archived:
            return priority
        priority.archived_at = timezone.now() if archived else None
        priority.save(update_fields=["archived_at"])
        audit.record(actor=actor, verb="archived" if archived else "unarchived", subject=priority)
    return priority


def _locked() -> list[StrategicPriority]:
    """Every priority in its order, while nobody else changes that order."""
    OrganizationSettings.objects.select_for_update().only("pk").get()
    return list(StrategicPriority.objects.order_by("position", "title"))
