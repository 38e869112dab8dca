"""Writing initiatives: a simple list of work below an objective."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from okrs.domain.mention import refuse_those_kept_out
from okrs.domain.objective import lock_objective
from okrs.models import Initiative, KeyResult, Objective
from organizations.actor import Actor
from organizations.domain import audit
from organizations.domain.removed import as_fields, removed_values
from organizations.errors import Refused

EDITABLE = ("title", "owner", "due_on", "status", "url", "key_result")


def create_initiative(
    *, actor: Actor, objective: Objective, title: str, key_result: KeyResult | None = None, **values: Any
) -> Initiative:
    """Add an initiative to an objective, or to one of its key results. Side effects: one audit entry."""
    with transaction.atomic():
        objective = lock_objective(objective.pk)
        last = objective.initiatives.aggregate(last=Max("position"))["last"]
        initiative = Initiative(
            objective=objective,
            key_result=key_result,
            title=title.strip(),
            position=(last or 0) + 1,
            **{name: value for name, value in values.items() if name in EDITABLE},
        )
        _validate(initiative)
        initiative.save()
        audit.record(
            actor=actor,
            verb="created",
            subject=initiative,
            after=audit.snapshot(initiative, ["title", "objective", "key_result", "owner", "due_on", "status"]),
        )
        return initiative


def edit_initiative(*, actor: Actor, initiative: Initiative, changes: dict[str, Any]) -> Initiative:
    """Change fields of EDITABLE. Side effects: one audit entry with before and after."""
    with transaction.atomic():
        objective = lock_objective(initiative.objective_id)
        locked = Initiative.objects.select_for_update(of=("self",)).get(pk=initiative.pk)
        locked.objective = objective
        before, after = audit.apply_changes(
            locked, {name: value for name, value in changes.items() if name in EDITABLE}
        )
        if after:
            _validate(locked)
            locked.save()
            audit.record(actor=actor, verb="changed", subject=locked, before=before, after=after)
        return locked


def remove_initiative(*, actor: Actor, initiative: Initiative) -> None:
    """Remove an initiative for good. Side effects: one audit entry with what it was."""
    with transaction.atomic():
        lock_objective(initiative.objective_id)
        names = ["title", "objective", "key_result", "owner", "due_on", "status", "url", "position"]
        audit.record(actor=actor, verb="removed", subject=initiative, before=audit.snapshot(initiative, names))
        initiative.delete()


def restore_initiative(*, actor: Actor, initiative_id: UUID) -> Initiative:
    """Bring back an initiative removed moments ago. Refused when it is too late. Side effects: one audit entry."""
    with transaction.atomic():
        values = as_fields(Initiative, removed_values(Initiative, initiative_id))
        lock_objective(values["objective_id"])
        present = Initiative.objects.filter(pk=initiative_id).first()
        if present is not None:
            return present
        initiative = Initiative(pk=initiative_id, **values)
        initiative.save(force_insert=True)
        audit.record(actor=actor, verb="restored", subject=initiative)
        return initiative


def _validate(initiative: Initiative) -> None:
    if not initiative.title.strip():
        raise Refused({"title": _("Say what you are going to do.")})
    if initiative.key_result is not None and initiative.key_result.objective_id != initiative.objective_id:
        raise Refused({"key_result": _("This key result belongs to another objective.")})
    if initiative.url and not initiative.url.startswith(("http://", "https://")):
        raise Refused({"url": _("A link starts with https://.")})
    if initiative.owner is not None:
        refuse_those_kept_out(initiative.objective, [initiative.owner], field="owner")
