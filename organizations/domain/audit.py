"""The one call by which every domain write leaves its trace."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Model

from organizations.actor import Actor
from organizations.models import AuditEntry
from organizations.registry import registry


def record(
    *,
    actor: Actor,
    verb: str,
    subject: Model,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
) -> AuditEntry:
    """Append an entry to the audit trail: who did what to `subject`, what it was and what it became.

    `verb` is a past participle such as "created". `before` and `after` hold only what changed, as plain values.
    Side effects: one INSERT in the running transaction, and what upper apps registered for it (programs that listen
    are told). Anonymous input is recorded without its author.
    """
    made = entry(actor=actor, verb=verb, subject=subject, before=before, after=after, reason=reason)
    made.save(force_insert=True)
    _tell(actor, [made])
    return made


def entry(
    *,
    actor: Actor,
    verb: str,
    subject: Model,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
) -> AuditEntry:
    """Return an entry as `record` writes it, unsaved: for writes of many rows, which insert theirs together."""
    return AuditEntry(
        actor=actor.membership,
        verb=verb,
        object_type=subject._meta.label_lower,
        object_id=str(subject.pk),
        object_label=str(subject)[:200],
        before=before,
        after=after,
        reason=reason,
        via=actor.via,
    )


def record_many(actor: Actor, entries: Iterable[AuditEntry]) -> None:
    """Append many entries made by `entry`. Side effects: one INSERT for every thousand, else as record."""
    rows = list(entries)
    AuditEntry.objects.bulk_create(rows, batch_size=1000)
    _tell(actor, rows)


def _tell(actor: Actor, entries: Sequence[AuditEntry]) -> None:
    for tell in registry.recorded:
        tell(actor, entries)


def last_before(subject: Model, verbs: Iterable[str]) -> dict[str, Any] | None:
    """Return what a row was before it was last changed by one of some verbs, None if it never was; one query."""
    entries = AuditEntry.objects.filter(object_type=subject._meta.label_lower, object_id=str(subject.pk))
    found: dict[str, Any] | None = (
        entries.filter(verb__in=list(verbs)).order_by("-at", "-pk").values_list("before", flat=True).first()
    )
    return found


def snapshot(subject: Model, names: list[str]) -> dict[str, Any]:
    """Return the named fields as plain values; foreign keys as ids."""
    return {name: subject.serializable_value(name) for name in names}


def apply_changes(subject: Model, changes: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Set fields and return (before, after) of those that really changed; does not save.

    Instances given for foreign keys are compared and reported by id.
    """
    before, after = {}, {}
    for name, value in changes.items():
        field: Any = subject._meta.get_field(name)
        old = subject.serializable_value(name)
        new = value.pk if isinstance(value, Model) else value
        if old != new:
            setattr(subject, field.attname if not isinstance(value, Model) else field.name, value)
            before[name], after[name] = old, new
    return before, after
