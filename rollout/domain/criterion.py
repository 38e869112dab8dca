"""Judging criteria that are not computed."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations.actor import Actor
from organizations.domain import audit
from organizations.errors import Refused
from rollout.domain.part import lock_part, plan_of
from rollout.domain.plan import lock_plan
from rollout.enums import Measure
from rollout.models import Criterion


def judge_criterion(*, actor: Actor, criterion: Criterion, is_met: bool | None, note: str = "") -> Criterion:
    """Say whether a criterion is met, and why; None takes the judgement back.

    Raises Refused for one that is computed. Side effects: one audit entry.
    """
    with transaction.atomic():
        lock_plan(plan_of(criterion))
        locked = lock_part(criterion)
        if locked.measure != Measure.JUDGED:
            raise Refused(_("This criterion is computed. Nobody judges it."))
        before, after = audit.apply_changes(locked, {"is_met": is_met, "note": note.strip()[:500]})
        if after:
            judged = is_met is not None
            locked.judged_by, locked.judged_at = (actor.membership, timezone.now()) if judged else (None, None)
            locked.save()
            audit.record(actor=actor, verb="judged", subject=locked, before=before, after=after)
        return locked
