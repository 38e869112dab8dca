"""Steps on the way to the target of a key result: what should be reached by when."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from okrs.domain.key_result import lock_key_result
from okrs.models import KeyResult, PhasedTarget
from okrs.scoring import GRADUAL
from organizations.actor import Actor
from organizations.domain import audit
from organizations.domain.editing import refuse_if_changed_since
from organizations.errors import Refused

# More steps than weeks in a year are no plan.
MOST = 60


class Step(NamedTuple):
    """A value to be reached by a day."""

    due_on: date
    value: Decimal


def set_phased_targets(
    *, actor: Actor, key_result: KeyResult, steps: Iterable[Step], seen: datetime | None = None
) -> list[PhasedTarget]:
    """Replace the steps of a key result; pace follows them from now on. Returns them, the earliest first.

    `seen` is when they were read: then what somebody else wrote since is not replaced unknowingly. Raises Refused for
    that, where progress is not gradual, a day comes twice or lies outside the key result's days, or a value does not
    lead on from the one before to the target. Side effects: one audit entry if anything changed.
    """
    with transaction.atomic():
        locked = lock_key_result(key_result.pk)
        wanted = sorted(steps)
        _validate(locked, wanted)
        present = list(locked.phased_targets.select_for_update())
        before = [Step(one.due_on, one.value) for one in present]
        if before == wanted:
            return present
        refuse_if_changed_since(locked, actor=actor, seen=seen, fields=["steps"])
        locked.phased_targets.all().delete()
        made = PhasedTarget.objects.bulk_create(
            PhasedTarget(key_result=locked, due_on=one.due_on, value=one.value) for one in wanted
        )
        audit.record(
            actor=actor,
            verb="changed",
            subject=locked,
            before={"steps": _told(before)},
            after={"steps": _told(wanted)},
        )
        return made


def _validate(key_result: KeyResult, steps: Sequence[Step]) -> None:
    start, target = key_result.start, key_result.target
    if not steps:
        return
    if key_result.metric not in GRADUAL or start is None or target is None:
        raise Refused(_("Only a key result that goes from a start to a target has steps on its way."))
    if len(steps) > MOST:
        raise Refused(_("At most %(most)d steps.") % {"most": MOST})
    cycle = key_result.objective.cycle
    first, last = key_result.starts_on or cycle.starts_on, key_result.ends_on or cycle.ends_on
    if steps[0].due_on < first or steps[-1].due_on > last:
        raise Refused(_("Each step lies within the days of the key result."))
    if any(one.due_on == other.due_on for one, other in pairwise(steps)):
        raise Refused(_("There is a target for this day already."))
    shares = [(one.value - start) / (target - start) for one in steps]
    if min(shares) < 0 or max(shares) > 1 or any(later < earlier for earlier, later in pairwise(shares)):
        raise Refused(_("Each step lies between start and target, and no step goes back."))


def _told(steps: Iterable[Step]) -> str:
    """Return steps as the trail keeps them."""
    return ", ".join(f"{one.due_on.isoformat()}: {one.value.normalize():f}" for one in steps)
