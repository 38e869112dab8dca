"""Judging criteria that are not computed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations.actor import Actor
from organizations.domain import audit
from organizations.domain.editing import refuse_if_changed_since
from organizations.errors import Refused
from rollout.domain.part import lock_part, plan_of
from rollout.domain.plan import lock_plan
from rollout.enums import Measure
from rollout.models import Criterion

JUDGED = ("is_met", "note")


def judge_criterion(
    *, actor: Actor, criterion: Criterion, changes: Mapping[str, Any], seen: datetime | None = None
) -> Criterion:
    """Say whether a criterion is met (`is_met`) and why (`note`); None takes the judgement back.

    `seen` is when the form was opened: what somebody else said since is refused once. Raises Refused for one that is
    computed. Side effects: one audit entry.
    """
    with transaction.atomic():
        lock_plan(plan_of(criterion))
        locked = lock_part(criterion)
        if locked.measure != Measure.JUDGED:
            raise Refused(_("This criterion is computed. Nobody judges it."))
        wanted = {name: value for name, value in changes.items() if name in JUDGED}
        if "note" in wanted:
            wanted["note"] = str(wanted["note"]).strip()[:500]
        wanted = {name: value for name, value in wanted.items() if value != getattr(locked, name)}
        refuse_if_changed_since(locked, actor=actor, seen=seen, fields=wanted)
        before, after = audit.apply_changes(locked, wanted)
        if after:
            judged = locked.is_met is not None
            locked.judged_by, locked.judged_at = (actor.membership, timezone.now()) if judged else (None, None)
            locked.save()
            audit.record(actor=actor, verb="judged", subject=locked, before=before, after=after)
        return locked
