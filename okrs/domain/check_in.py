"""Checking in: seconds for the person, one transaction for us."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from okrs.domain.key_result import lock_key_result
from okrs.domain.mention import refuse_those_kept_out
from okrs.domain.reminder import settle_reminders
from okrs.domain.rollup import roll_up, score_key_result
from okrs.domain.telling import forget_blocker, tell_helper
from okrs.enums import Confidence, MetricType, ObjectiveStatus
from okrs.models import CheckIn, KeyResult
from organizations.actor import Actor
from organizations.domain import audit
from organizations.enums import Via
from organizations.errors import Refused
from organizations.models import Membership

# How long a check-in can be taken back by whoever made it; afterwards a correction is a new check-in.
UNDO_WITHIN = timedelta(minutes=10)


def check_in(
    *,
    actor: Actor,
    key_result: KeyResult,
    value: Decimal | None = None,
    confidence: str = "",
    note: str = "",
    blocker: str = "",
    helper: Membership | None = None,
    next_step: str = "",
    milestones_done: Iterable[UUID] | None = None,
    at: datetime | None = None,
    corrects: CheckIn | None = None,
    carries: bool = True,
) -> CheckIn:
    """Record one update of a key result and carry its progress upwards. Returns the check-in.

    `value` None means unchanged; done-or-not takes 0 or 1. `confidence` empty keeps the last word. `milestones_done`
    are the ids of all milestones done so far (None: unchanged). `at` is for history that is brought in; default now.
    Two people at once: both check-ins are kept, one after the other, and the later one counts. `corrects` is the newest
    check-in, where that was wrong: it stays in the history and counts nowhere any more. `carries` False leaves it to
    the caller to carry the progress upwards, after other check-ins.

    Raises Refused when the cycle takes no check-ins, the objective is a draft or archived, or the value does not fit
    the metric, or `corrects` is not the newest. Side effects: the key result's current values, progress upwards, one
    audit entry; reminders of which nothing is left are read; whoever can help is told, unless the check-in before asked
    them for the same.
    """
    with transaction.atomic():
        locked = lock_key_result(key_result.pk)
        refuse_unless_running(locked)
        previous, said_before = locked.current, locked.confidence
        if corrects is not None:
            previous = _to_correct(locked, corrects).previous_value
        changed_milestones = _move_milestones(locked, milestones_done)
        if value is not None:
            locked.current = _fitting(locked, value)
        if confidence:
            if confidence not in Confidence.values:
                raise Refused({"confidence": _("Choose on track, at risk or off track.")})
            locked.confidence = confidence
        if helper is not None and not blocker.strip():
            raise Refused({"blocker": _("Say what is in the way, so that the person can help.")})
        if helper is not None:
            refuse_those_kept_out(locked.objective, [helper], field="helper")
        is_asked_already = helper is not None and _is_asked(helper, locked, blocker.strip())
        moment = at or timezone.now()
        score_key_result(locked)
        is_newest = locked.last_check_in_at is None or moment >= locked.last_check_in_at
        owner_id = locked.owner_id
        # What a file says was typed by somebody it does not name, and not by whoever brought the file.
        by_hand = actor.via != Via.IMPORT
        entry = CheckIn.objects.create(
            key_result=locked,
            author=actor.membership if by_hand else None,
            on_behalf_of_id=owner_id if by_hand and not actor.is_(owner_id) else None,
            value=locked.current,
            previous_value=previous,
            progress=locked.progress,
            confidence=locked.confidence,
            note=note.strip(),
            blocker=blocker.strip(),
            helper=helper,
            next_step=next_step.strip(),
            milestones=changed_milestones,
            corrects=corrects,
            via=actor.via,
            at=moment,
        )
        if is_newest:
            locked.last_check_in_at = moment
            locked.save(update_fields=["current", "progress", "confidence", "last_check_in_at", "updated_at"])
        audit.record(
            actor=actor,
            verb="checked_in" if corrects is None else "corrected_check_in",
            subject=locked,
            before={"value": previous if corrects is None else corrects.value, "confidence": said_before},
            after={"value": entry.value, "confidence": entry.confidence, "check_in": entry.pk},
        )
        if is_newest and carries:
            roll_up([locked.objective_id])
        if helper is not None and not is_asked_already:
            tell_helper(actor=actor, check_in=entry)
        if by_hand and actor.membership is not None:
            settle_reminders(actor=actor)
        return entry


def withdraw_check_in(*, actor: Actor, check_in: CheckIn) -> KeyResult:
    """Take back one's own check-in moments after it was made (undo). Returns the key result as it was before.

    It stays in the history as withdrawn. Refused after UNDO_WITHIN, for somebody else's check-in, and when a newer
    one came in between. Side effects: values of the check-in before it, progress upwards, one audit entry.
    """
    with transaction.atomic():
        locked = lock_key_result(check_in.key_result_id)
        entry = CheckIn.objects.select_for_update(of=("self",)).get(pk=check_in.pk)
        if entry.withdrawn_at is not None:
            return locked
        if actor.membership is None or entry.author_id != actor.membership.pk:
            raise Refused(_("Only whoever made a check-in can take it back."))
        if timezone.now() - entry.at > UNDO_WITHIN:
            raise Refused(_("It is too late to take this back. Check in again with the right value instead."))
        newest = locked.check_ins.standing().newest_first().first()
        if newest is None or newest.pk != entry.pk:
            raise Refused(_("Somebody has checked in since, so this one can no longer be taken back."))
        entry.withdrawn_at = timezone.now()
        entry.save(update_fields=["withdrawn_at"])
        if entry.helper_id is not None:
            forget_blocker(entry)
        _turn_back_milestones(locked, entry)
        before = locked.check_ins.standing().newest_first().first()
        locked.current = before.value if before else None
        locked.confidence = before.confidence if before else ""
        locked.last_check_in_at = before.at if before else None
        score_key_result(locked)
        locked.save(update_fields=["current", "progress", "confidence", "last_check_in_at", "updated_at"])
        audit.record(
            actor=actor,
            verb="withdrew_check_in",
            subject=locked,
            before={"value": entry.value, "check_in": entry.pk},
            after={"value": locked.current},
        )
        roll_up([locked.objective_id])
        return locked


def _is_asked(helper: Membership, key_result: KeyResult, blocker: str) -> bool:
    """Return whether the newest check-in asks somebody for help with the same, and it is still in the way."""
    last = key_result.check_ins.standing().newest_first().first()
    return last is not None and (last.blocker, last.helper_id, last.solved_at) == (blocker, helper.pk, None)


def _to_correct(key_result: KeyResult, check_in: CheckIn) -> CheckIn:
    """Return a check-in locked, if it is the newest of a locked key result; Refused otherwise."""
    newest = key_result.check_ins.standing().newest_first().first()
    if newest is None or newest.pk != check_in.pk:
        raise Refused(_("Somebody has checked in since. Check in anew instead of correcting the one before."))
    return CheckIn.objects.select_for_update(of=("self",)).get(pk=newest.pk)


def refuse_unless_running(key_result: KeyResult) -> None:
    """Raise Refused with the reason when a key result takes no check-ins now; objective and cycle must be loaded."""
    objective = key_result.objective
    if key_result.archived_at is not None or objective.archived_at is not None:
        raise Refused(_("This key result is archived. Restore it to check in."))
    if objective.is_draft:
        raise Refused(_("This objective is still a draft; check-ins begin when it is active."))
    if objective.status == ObjectiveStatus.PAUSED:
        raise Refused(_("This objective is paused. Resume it to check in."))
    if objective.status == ObjectiveStatus.STOPPED:
        raise Refused(_("This objective was stopped; it takes no check-ins any more."))
    if not objective.cycle.takes_check_ins:
        raise Refused(_("Check-ins begin when the cycle “%(cycle)s” is running.") % {"cycle": objective.cycle.name})


def _fitting(key_result: KeyResult, value: Decimal) -> Decimal:
    """Return the value as the metric takes it, or raise Refused at the field."""
    if not value.is_finite():
        raise Refused({"value": _("Enter a number.")})
    if key_result.metric == MetricType.DONE:
        if value not in (0, 1):
            raise Refused({"value": _("Say whether it is done or not.")})
    elif key_result.metric == MetricType.MILESTONES:
        raise Refused({"value": _("Tick the milestones that are done.")})
    elif key_result.metric == MetricType.ALIGNED:
        raise Refused({"value": _("This number comes from the objectives that support it.")})
    if abs(value) >= Decimal(10) ** 18:
        raise Refused({"value": _("This number is too large.")})
    return value


def _move_milestones(key_result: KeyResult, done_ids: Iterable[UUID] | None) -> dict[str, list[str]]:
    """Mark milestones as done or open again; return what moved, so that undo can turn it back."""
    if done_ids is None:
        return {}
    if key_result.metric != MetricType.MILESTONES:
        raise Refused({"milestones_done": _("This key result is not measured by milestones.")})
    wanted = set(done_ids)
    milestones = list(key_result.milestones.select_for_update())
    unknown = wanted - {milestone.pk for milestone in milestones}
    if unknown:
        raise Refused({"milestones_done": _("One of these milestones was removed. Reload and try again.")})
    now = timezone.now()
    moved: dict[str, list[str]] = {"done": [], "reopened": []}
    for milestone in milestones:
        if (milestone.done_at is not None) == (milestone.pk in wanted):
            continue
        milestone.done_at = now if milestone.pk in wanted else None
        milestone.save(update_fields=["done_at"])
        moved["done" if milestone.done_at else "reopened"].append(str(milestone.pk))
    key_result.current = Decimal(len(wanted))
    return {name: ids for name, ids in moved.items() if ids}


def _turn_back_milestones(key_result: KeyResult, entry: CheckIn) -> None:
    moved = entry.milestones or {}
    if done := moved.get("done"):
        key_result.milestones.filter(pk__in=done).update(done_at=None)
    if reopened := moved.get("reopened"):
        key_result.milestones.filter(pk__in=reopened).update(done_at=entry.at)
