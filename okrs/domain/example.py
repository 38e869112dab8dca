"""The organization's own examples, and beginning with one."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from okrs.domain.key_result import create_key_result
from okrs.domain.objective import create_objective
from okrs.models import Example, Objective
from organizations.actor import Actor
from organizations.domain import audit
from organizations.domain.editing import refuse_if_changed_since
from organizations.errors import Refused

EDITABLE = ("function", "language", "title", "why", "key_results")
MOST_KEY_RESULTS = 10


def create_example(*, actor: Actor, **values: Any) -> Example:
    """Add an example to the organization's own; `values` are fields of EDITABLE. Returns it.

    Raises Refused at the field that makes no sense. Side effects: one audit entry.
    """
    with transaction.atomic():
        example = Example(
            created_by=actor.membership, **{name: value for name, value in values.items() if name in EDITABLE}
        )
        _validate(example)
        example.save()
        audit.record(actor=actor, verb="created", subject=example, after=audit.snapshot(example, ["title", "function"]))
        return example


def edit_example(*, actor: Actor, example: Example, changes: dict[str, Any], seen: datetime | None = None) -> Example:
    """Change fields of EDITABLE. Returns the example as it now stands.

    `seen` is when the form was opened: what somebody else changed since is refused once. Side effects: one audit
    entry.
    """
    with transaction.atomic():
        locked = Example.objects.select_for_update(of=("self",)).get(pk=example.pk)
        changes = {name: value for name, value in changes.items() if name in EDITABLE}
        refuse_if_changed_since(locked, actor=actor, seen=seen, fields=changes)
        before, after = audit.apply_changes(locked, changes)
        if after:
            _validate(locked)
            locked.save()
            audit.record(actor=actor, verb="changed", subject=locked, before=before, after=after)
        return locked


def archive_example(*, actor: Actor, example: Example) -> Example:
    """Put an example away; what began with it stays as it is. Can be undone. Side effects: one audit entry."""
    return _set_archived(actor, example, timezone.now(), "archived")


def restore_example(*, actor: Actor, example: Example) -> Example:
    """Bring an archived example back. Side effects: one audit entry."""
    return _set_archived(actor, example, None, "restored")


def create_objective_with_key_results(*, actor: Actor, key_results: list[dict[str, Any]], **values: Any) -> Objective:
    """Write an objective as create_objective does, with its key results: all of it or nothing. Returns it.

    `key_results` are arguments of create_key_result; their owner is the objective's. Raises Refused, also at
    "key_results" with the line that makes no sense. Side effects: an audit entry for each.
    """
    with transaction.atomic():
        objective = create_objective(actor=actor, **values)
        for one in key_results:
            try:
                create_key_result(
                    actor=actor, objective=objective, **{"owner": objective.owner or actor.membership, **one}
                )
            except Refused as refused:
                told = {"line": one["title"], "problem": " ".join(refused.messages)}
                raise Refused({"key_results": _("“%(line)s”: %(problem)s") % told}) from refused
        return objective


def _set_archived(actor: Actor, example: Example, when: datetime | None, verb: str) -> Example:
    with transaction.atomic():
        locked = Example.objects.select_for_update(of=("self",)).get(pk=example.pk)
        if (locked.archived_at is None) != (when is None):
            locked.archived_at = when
            locked.save(update_fields=["archived_at"])
            audit.record(actor=actor, verb=verb, subject=locked)
        return locked


def _validate(example: Example) -> None:
    """Tidy the texts; raise Refused at the field that makes no sense."""
    example.title = example.title.strip()
    example.key_results = [line for line in (" ".join(line.split()) for line in example.key_results) if line]
    if not example.title:
        raise Refused({"title": _("Say what you want to achieve.")})
    if len(example.key_results) > MOST_KEY_RESULTS:
        raise Refused({"key_results": _("At most %(count)d key results.") % {"count": MOST_KEY_RESULTS}})
    longest = Example._meta.get_field("title").max_length or 0
    if any(len(line) > longest for line in example.key_results):
        raise Refused({"key_results": _("A key result has at most %(count)d letters.") % {"count": longest}})
