"""What worries stakeholders, and what they were answered."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from organizations.actor import Actor
from organizations.domain.audit import apply_changes
from organizations.errors import Refused
from rollout.domain.quiet_trail import record_quietly, refuse_if_changed_quietly
from rollout.domain.stakeholder import lock_stakeholder
from rollout.enums import ConcernKind, ConcernState
from rollout.models import Stakeholder, StakeholderConcern

EDITABLE = ("kind", "own_kind", "text", "answer", "state")
MOST = 50


def add_concern(*, actor: Actor, stakeholder: Stakeholder, **values: Any) -> StakeholderConcern:
    """Write down a concern and return it; `values` are fields of EDITABLE.

    Raises Refused without a text, for an own kind without a name, and for one that is answered without an answer.
    Side effects: one audit entry, without what was written.
    """
    with transaction.atomic():
        locked = lock_stakeholder(stakeholder)
        if StakeholderConcern.objects.filter(stakeholder=locked).count() >= MOST:
            raise Refused(_("A stakeholder has at most %(count)d concerns here.") % {"count": MOST})
        row = StakeholderConcern(
            stakeholder=locked, **{name: value for name, value in values.items() if name in EDITABLE}
        )
        _validate(row)
        row.save(force_insert=True)
        record_quietly(actor=actor, verb="created", subject=row)
        return row


def edit_concern(
    *, actor: Actor, concern: StakeholderConcern, changes: dict[str, Any], seen: datetime | None = None
) -> StakeholderConcern:
    """Change a concern, its answer and its state; return it as it now stands.

    `seen` is when the form was opened: what somebody else changed since is refused once. Raises as add_concern. Side
    effects: one audit entry with the names of what changed.
    """
    with transaction.atomic():
        locked = _lock(concern)
        changes = {name: value for name, value in changes.items() if name in EDITABLE}
        refuse_if_changed_quietly(locked, actor=actor, seen=seen, fields=changes)
        _before, after = apply_changes(locked, changes)
        if after:
            _validate(locked)
            locked.save()
            record_quietly(actor=actor, verb="changed", subject=locked, fields=after)
        return locked


def remove_concern(*, actor: Actor, concern: StakeholderConcern) -> None:
    """Delete a concern for good; twice does no harm. Side effects: one audit entry."""
    with transaction.atomic():
        locked = lock_stakeholder(concern.stakeholder)
        deleted, _by_table = StakeholderConcern.objects.filter(pk=concern.pk).delete()
        if deleted:
            record_quietly(actor=actor, verb="changed", subject=locked, fields=["concerns"])


def _lock(concern: StakeholderConcern) -> StakeholderConcern:
    stakeholder = lock_stakeholder(concern.stakeholder)
    found: StakeholderConcern | None = StakeholderConcern.objects.filter(pk=concern.pk).first()
    if found is None:
        raise Refused(_("Somebody removed this meanwhile. Open the page again."))
    found.stakeholder = stakeholder
    return found


def _validate(row: StakeholderConcern) -> None:
    row.text, row.answer, row.own_kind = row.text.strip(), row.answer.strip(), row.own_kind.strip()
    if not row.text:
        raise Refused({"text": _("Write something.")})
    if row.kind != ConcernKind.OWN:
        row.own_kind = ""
    elif not row.own_kind:
        raise Refused({"own_kind": _("Say what kind of concern it is.")})
    if row.state == ConcernState.ANSWERED and not row.answer:
        raise Refused({"answer": _("Write down what was answered.")})
