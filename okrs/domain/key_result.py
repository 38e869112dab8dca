"""Writing key results and their milestones."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from okrs import scoring
from okrs.domain.mention import refuse_those_kept_out
from okrs.domain.objective import lock_objective
from okrs.domain.phase_lock import keep_phases
from okrs.domain.reopening import reopen_if_agreed
from okrs.domain.rollup import roll_up, score_key_result
from okrs.enums import MetricType, ObjectiveStatus
from okrs.models import KeyResult, Milestone, Objective
from okrs.queries.locking import LOCKED_FIELDS, is_locked, locks_on
from okrs.queries.measure import measure_of
from organizations.actor import Actor
from organizations.domain import audit
from organizations.domain.editing import refuse_if_changed_since
from organizations.errors import Refused

EDITABLE = (
    "title",
    "description",
    "owner",
    "weight",
    "metric",
    "unit_kind",
    "unit",
    "start",
    "target",
    "lower",
    "upper",
    "starts_on",
    "ends_on",
    "check_in_frequency",
    "check_in_weekday",
    "check_in_hour",
)
# What a coach may change too.
WORDS = ("title", "description")
# Where scoring's names of values differ from the fields'.
FIELD_OF_VALUE = {"band_low": "lower", "band_high": "upper"}


def create_key_result(*, actor: Actor, objective: Objective, title: str, **values: Any) -> KeyResult:
    """Add a key result; `values` are fields of EDITABLE. Returns it.

    Raises Refused at the field that makes no sense (start = target, a band without limits, an owner who may not read
    the private objective). Side effects: one audit entry; the objective's progress is computed anew; an agreed
    objective may become a draft (okrs.domain.reopening).
    """
    with transaction.atomic():
        objective = lock_objective(objective.pk)
        last = objective.key_results.aggregate(last=Max("position"))["last"]
        key_result = KeyResult(
            objective=objective,
            title=title.strip(),
            position=(last or 0) + 1,
            **{name: value for name, value in values.items() if name in EDITABLE},
        )
        _validate(key_result, complete=True)
        _refuse_owner_kept_out(key_result)
        score_key_result(key_result)
        key_result.save()
        audit.record(
            actor=actor,
            verb="created",
            subject=key_result,
            after=audit.snapshot(key_result, ["title", "objective", "owner", "metric", "start", "target", "unit"]),
        )
        reopen_if_agreed(actor=actor, locked=objective)
        roll_up([objective.pk])
        return key_result


def edit_key_result(
    *,
    actor: Actor,
    key_result: KeyResult,
    changes: dict[str, Any],
    reason: str = "",
    seen: datetime | None = None,
) -> KeyResult:
    """Change fields of EDITABLE; a new metric scores the last value anew. Returns the key result as it now stands.

    `reason` is needed for LOCKED_FIELDS once they are locked (okrs.queries.locking); it is recorded and stays visible.
    `seen` as in edit_objective. Raises Refused as create_key_result does. Side effects: one audit entry; progress is
    computed anew, upwards; an agreed objective may become a draft (okrs.domain.reopening).
    """
    with transaction.atomic():
        locked = lock_key_result(key_result.pk)
        changes = {name: value for name, value in changes.items() if name in EDITABLE}
        refuse_if_changed_since(locked, actor=actor, seen=seen, fields=changes)
        before, after = audit.apply_changes(locked, changes)
        if not after:
            return locked
        is_locked_change = bool(set(LOCKED_FIELDS) & set(after)) and is_locked(locked.objective, actor.settings)
        if is_locked_change and not reason.strip():
            raise Refused({"reason": _locked_text(locked, actor)})
        measured = {"metric", "start", "target", "lower", "upper"} & set(after)
        _validate(locked, complete=bool(measured))
        if "owner" in after:
            _refuse_owner_kept_out(locked)
        score_key_result(locked)
        locked.save()
        audit.record(
            actor=actor,
            verb="changed",
            subject=locked,
            before=before,
            after=after,
            # Only what had to be explained is marked as such.
            reason=reason.strip() if is_locked_change else "",
        )
        _reopen(actor, locked, after)
        roll_up([locked.objective_id])
        return locked


def archive_key_result(*, actor: Actor, key_result: KeyResult, reason: str = "") -> KeyResult:
    """Put a key result away; it no longer counts. Can be undone. Once it is locked, that needs a reason.

    Side effects: audit entry with the reason, roll-up; an agreed objective may become a draft.
    """
    return _set_archived(actor, key_result.pk, timezone.now(), "archived", reason)


def restore_key_result(*, actor: Actor, key_result: KeyResult) -> KeyResult:
    """Bring an archived key result back. Side effects: as archive_key_result."""
    return _set_archived(actor, key_result.pk, None, "restored")


def add_milestone(
    *,
    actor: Actor,
    key_result: KeyResult,
    title: str,
    due_on: date | None = None,
    weight: Decimal = Decimal(1),
) -> Milestone:
    """Add a milestone to a key result measured by them. Side effects: audit entry, roll-up."""
    with transaction.atomic():
        locked = lock_key_result(key_result.pk)
        if locked.metric != MetricType.MILESTONES:
            raise Refused(_("This key result is not measured by milestones."))
        if not title.strip():
            raise Refused({"title": _("Name the milestone.")})
        last = locked.milestones.aggregate(last=Max("position"))["last"]
        milestone = Milestone.objects.create(
            key_result=locked, title=title.strip(), due_on=due_on, weight=weight, position=(last or 0) + 1
        )
        audit.record(
            actor=actor,
            verb="created",
            subject=milestone,
            after=audit.snapshot(milestone, ["title", "due_on", "weight", "key_result"]),
        )
        _score_and_roll_up(locked)
        return milestone


def remove_milestone(*, actor: Actor, milestone: Milestone) -> None:
    """Remove a milestone for good. Side effects: audit entry with what it was, roll-up."""
    with transaction.atomic():
        locked = lock_key_result(milestone.key_result_id)
        audit.record(
            actor=actor,
            verb="removed",
            subject=milestone,
            before=audit.snapshot(milestone, ["title", "due_on", "weight", "key_result", "done_at", "position"]),
        )
        milestone.delete()
        _score_and_roll_up(locked)


def lock_key_result(key_result_id: UUID) -> KeyResult:
    """Return a key result locked against others' changes, with objective and cycle; Refused if that is closed."""
    keep_phases()
    key_result = (
        KeyResult.objects.select_for_update(of=("self",))
        .select_related("objective__cycle", "owner")
        .get(pk=key_result_id)
    )
    if key_result.objective.cycle.is_read_only:
        raise Refused(_("This cycle is closed: its OKRs can be read, not changed."))
    return key_result


def _score_and_roll_up(key_result: KeyResult) -> None:
    score_key_result(key_result)
    key_result.save(update_fields=["progress", "updated_at"])
    roll_up([key_result.objective_id])


def _set_archived(actor: Actor, key_result_id: UUID, when: datetime | None, verb: str, reason: str = "") -> KeyResult:
    with transaction.atomic():
        key_result = lock_key_result(key_result_id)
        if (key_result.archived_at is None) == (when is None):
            return key_result
        if when is not None and not reason.strip() and is_locked(key_result.objective, actor.settings):
            raise Refused({"reason": _locked_text(key_result, actor)})
        key_result.archived_at = when
        key_result.save(update_fields=["archived_at", "updated_at"])
        audit.record(actor=actor, verb=verb, subject=key_result, reason=reason.strip())
        _reopen(actor, key_result)
        roll_up([key_result.objective_id])
        return key_result


def _locked_text(key_result: KeyResult, actor: Actor) -> str:
    """Return what is said where something locked should change without a reason."""
    day = locks_on(key_result.objective, actor.settings) or key_result.objective.cycle.starts_on
    return _("Locked since %(day)s: say why this changes. The reason stays visible.") % {
        "day": date_format(day, "SHORT_DATE_FORMAT")
    }


def _reopen(actor: Actor, key_result: KeyResult, changed: Iterable[str] | None = None) -> None:
    """Let an agreed objective become a draft if its measure changed."""
    if key_result.objective.status == ObjectiveStatus.AGREED:
        reopen_if_agreed(actor=actor, locked=lock_objective(key_result.objective_id), changed=changed)


def _validate(key_result: KeyResult, *, complete: bool) -> None:
    """Raise Refused at the field for what makes no sense; `complete` also asks for what is missing.

    Milestones are added after their key result, so none is no problem yet.
    """
    if not key_result.title.strip():
        raise Refused({"title": _("Say what you measure.")})
    if key_result.weight is not None and key_result.weight < 0:
        raise Refused({"weight": _("A weight is zero or more.")})
    try:
        measure = measure_of(key_result)
        found = scoring.problems(measure) if complete and key_result.metric != MetricType.MILESTONES else ()
    except scoring.ScoringError as error:
        found = (error,)
    if found:
        raise Refused({FIELD_OF_VALUE.get(error.field, error.field): _problem_text(error.code) for error in found})
    if key_result.starts_on and key_result.ends_on and key_result.ends_on <= key_result.starts_on:
        raise Refused({"ends_on": _("The last day must come after the first.")})


def _refuse_owner_kept_out(key_result: KeyResult) -> None:
    if key_result.owner is not None:
        refuse_those_kept_out(key_result.objective, [key_result.owner], field="owner")


def _problem_text(code: str) -> str:
    """Return the sentence for a problem of scoring."""
    return {
        "start_equals_target": _("Start and target are the same, so there is nothing to move."),
        "start_missing": _("Where does it stand today? Without a start there is no progress."),
        "target_missing": _("Which number should be reached?"),
        "target_below_start": _("The target lies below the start: choose “Decrease from start to target”."),
        "target_above_start": _("The target lies above the start: choose “Increase from start to target”."),
        "band_missing": _("A band needs a lower and an upper limit."),
        "band_empty": _("The upper limit must lie above the lower one."),
        "not_finite": _("Enter a number."),
        "weight_negative": _("A weight is zero or more."),
    }.get(code, _("This value makes no sense here."))
