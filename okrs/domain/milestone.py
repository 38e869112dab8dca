"""Changing the milestones of a key result; adding and removing them is in okrs.domain.key_result."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from okrs.domain.key_result import lock_key_result
from okrs.domain.rollup import roll_up, score_key_result
from okrs.enums import MetricType
from okrs.models import KeyResult, Milestone
from organizations.actor import Actor
from organizations.domain import audit
from organizations.domain.removed import as_fields, removed_values
from organizations.errors import Refused

EDITABLE = ("title", "due_on", "weight")


def edit_milestone(*, actor: Actor, milestone: Milestone, changes: dict[str, Any]) -> Milestone:
    """Change title, due day and weight. Returns the milestone. Side effects: audit entry, roll-up."""
    with transaction.atomic():
        key_result = lock_key_result(milestone.key_result_id)
        locked = Milestone.objects.select_for_update(of=("self",)).get(pk=milestone.pk)
        before, after = audit.apply_changes(
            locked, {name: value for name, value in changes.items() if name in EDITABLE}
        )
        if not after:
            return locked
        if not locked.title.strip():
            raise Refused({"title": _("Name the milestone.")})
        if locked.weight < 0:
            raise Refused({"weight": _("A weight is zero or more.")})
        locked.save()
        audit.record(actor=actor, verb="changed", subject=locked, before=before, after=after)
        _score(key_result)
        return locked


def move_milestone(*, actor: Actor, milestone: Milestone, steps: int) -> None:
    """Move a milestone up (negative) or down its list; beyond an end it stays there. Side effects: audit entry."""
    with transaction.atomic():
        key_result = lock_key_result(milestone.key_result_id)
        order = list(key_result.milestones.select_for_update())
        ids = [one.pk for one in order]
        if milestone.pk not in ids:
            raise Refused(_("This milestone was removed. Reload and try again."))
        old = ids.index(milestone.pk)
        new = min(max(old + steps, 0), len(order) - 1)
        if new == old:
            return
        order.insert(new, order.pop(old))
        for position, one in enumerate(order, start=1):
            one.position = position
        Milestone.objects.bulk_update(order, ["position"])
        audit.record(
            actor=actor, verb="moved", subject=milestone, before={"position": old + 1}, after={"position": new + 1}
        )


def restore_milestone(*, actor: Actor, milestone_id: UUID) -> Milestone:
    """Bring back a milestone removed moments ago, done or not as it was. Refused when it is too late.

    Side effects: audit entry, roll-up.
    """
    with transaction.atomic():
        values = as_fields(Milestone, removed_values(Milestone, milestone_id))
        key_result = lock_key_result(values["key_result_id"])
        if key_result.metric != MetricType.MILESTONES:
            raise Refused(_("This key result is not measured by milestones."))
        present = key_result.milestones.filter(pk=milestone_id).first()
        if present is not None:
            return present
        milestone = Milestone(pk=milestone_id, **values)
        milestone.save(force_insert=True)
        audit.record(actor=actor, verb="restored", subject=milestone)
        _score(key_result)
        return milestone


def _score(key_result: KeyResult) -> None:
    score_key_result(key_result)
    key_result.save(update_fields=["progress", "updated_at"])
    roll_up([key_result.objective_id])
