"""An objective's life: a draft is submitted, agreed on and comes into force; then it may rest or be stopped.

One function per verb, one table of what leads where. Everything else about an objective is edited in
okrs.domain.objective.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from okrs.domain.agreement import is_agreed_on, waits_for_agreement
from okrs.domain.cycle_calendar import today_of
from okrs.domain.objective import OPEN_PHASES, lock_objective, roll_up_above
from okrs.domain.phase_lock import keep_phases
from okrs.domain.telling import forget_step, tell_of_step
from okrs.enums import DRAFTS, Level, ObjectiveStatus, Visibility
from okrs.models import Cycle, Objective
from okrs.models.objective import ObjectiveQuerySet
from organizations.actor import Actor
from organizations.domain import audit
from organizations.errors import Refused
from organizations.models import AuditEntry

Status = ObjectiveStatus


@dataclass(frozen=True, slots=True)
class Step:
    """From which statuses a verb leads to which; `verb` is the audit trail's. `ask` says that a reason is needed."""

    verb: str
    sources: tuple[ObjectiveStatus, ...]
    target: ObjectiveStatus
    ask: str | Promise = ""


STEPS = {
    "submit": Step("submitted", (Status.DRAFT,), Status.SUBMITTED),
    "withdraw_submission": Step("withdrew_submission", (Status.SUBMITTED,), Status.DRAFT),
    "recommend": Step("recommended", (Status.SUBMITTED,), Status.SUBMITTED),
    "return_to_draft": Step(
        "returned",
        (Status.SUBMITTED, Status.AGREED),
        Status.DRAFT,
        gettext_lazy("Say what is missing, so that they know what to change."),
    ),
    "agree": Step("agreed", (Status.SUBMITTED,), Status.AGREED),
    "activate": Step("activated", DRAFTS, Status.ACTIVE),
    "pause": Step("paused", (Status.ACTIVE,), Status.PAUSED, gettext_lazy("Say why it rests; everybody can read it.")),
    "resume": Step("resumed", (Status.PAUSED, Status.STOPPED), Status.ACTIVE),
    "stop": Step(
        "stopped",
        (Status.ACTIVE, Status.PAUSED),
        Status.STOPPED,
        gettext_lazy("Say why it is stopped; everybody can read it."),
    ),
}
VERBS = tuple(step.verb for step in STEPS.values())
# How long a step can be taken back by whoever took it.
UNDO_WITHIN = timedelta(minutes=10)
_NOT_SUBMITTED: dict[str, Any] = {"submitted_by": None, "submitted_at": None}
_NOT_RECOMMENDED: dict[str, Any] = {"recommended_by": None, "recommended_at": None}
_NOT_AGREED: dict[str, Any] = {"agreed_by": None, "agreed_at": None}


def is_possible(name: str, objective: Objective) -> bool:
    """Return whether a step of STEPS leads on from where an objective stands; rights are another question."""
    return objective.status in STEPS[name].sources and objective.archived_at is None


def submit(*, actor: Actor, objective: Objective) -> Objective:
    """Hand a draft to whoever agrees on it. Returns it.

    Refused where nobody needs to agree on it. Side effects: one audit entry.
    """
    return _take(actor, objective, "submit", submitted_by=actor.membership, submitted_at=timezone.now())


def withdraw_submission(*, actor: Actor, objective: Objective) -> Objective:
    """Take a submitted draft back to go on writing. Side effects: one audit entry."""
    return _take(actor, objective, "withdraw_submission", **_NOT_SUBMITTED, **_NOT_RECOMMENDED)


def recommend(*, actor: Actor, objective: Objective, comment: str = "") -> Objective:
    """Recommend a submitted draft to whoever agrees on it, as its coach. Side effects: one audit entry, the comment."""
    return _take(actor, objective, "recommend", comment, recommended_by=actor.membership, recommended_at=timezone.now())


def return_to_draft(*, actor: Actor, objective: Objective, reason: str) -> Objective:
    """Give a submitted or agreed draft back to its writers with a reason, which stays on it until it comes again.

    Side effects: one audit entry.
    """
    return _take(
        actor,
        objective,
        "return_to_draft",
        reason,
        status_reason=reason.strip(),
        **_NOT_SUBMITTED,
        **_NOT_RECOMMENDED,
        **_NOT_AGREED,
    )


def agree(*, actor: Actor, objective: Objective) -> Objective:
    """Agree on a submitted draft. In a running cycle it comes into force at once. Returns it.

    Side effects: one audit entry; progress above where it comes into force.
    """
    return _take(actor, objective, "agree", agreed_by=actor.membership, agreed_at=timezone.now())


def activate(*, actor: Actor, objective: Objective) -> Objective:
    """Bring a draft left over in a running cycle into force, where nobody has to agree on it (any more).

    Side effects: one audit entry; progress above.
    """
    return _take(actor, objective, "activate")


def pause(*, actor: Actor, objective: Objective, reason: str) -> Objective:
    """Let an active objective rest: no check-ins, counted nowhere. Side effects: one audit entry; progress above."""
    return _take(actor, objective, "pause", reason, status_reason=reason.strip())


def resume(*, actor: Actor, objective: Objective) -> Objective:
    """Bring a resting or stopped objective back into force. Side effects: one audit entry; progress above."""
    return _take(actor, objective, "resume")


def stop(*, actor: Actor, objective: Objective, reason: str) -> Objective:
    """End an objective before its time; what it reached stays to be read. Side effects: as pause."""
    return _take(actor, objective, "stop", reason, status_reason=reason.strip())


def take_back(*, actor: Actor, objective: Objective) -> Objective:
    """Undo one's own last step moments after it was taken. Returns the objective as it stood before.

    Refused after UNDO_WITHIN, and once somebody moved it on. Side effects: one audit entry; progress above.
    """
    with transaction.atomic():
        locked = _lock(objective.pk)
        entry = _last_step(locked.pk, "took_back", "unsettled")
        if entry is None or actor.membership is None or entry.actor_id != actor.membership.pk:
            raise Refused(_moved_on(locked, entry))
        if timezone.now() - entry.at > UNDO_WITHIN:
            raise Refused(_("It is too late to take this back."))
        if entry.verb not in VERBS or (entry.after or {}).get("status", locked.status) != locked.status:
            raise Refused(_moved_on(locked, entry))
        forget_step(locked, entry.verb)
        return _write(actor, locked, "took_back", _as_values(entry.before or {}))


def drafts_that_start(actor: Actor, cycle: Cycle) -> ObjectiveQuerySet:
    """Return the drafts of a cycle that come into force when it begins to run: all, or those that are agreed."""
    rows: ObjectiveQuerySet = Objective.objects.drafts().filter(cycle=cycle)
    if is_agreed_on(actor.settings, actor.settings.active_members):
        free = Q(level=Level.INDIVIDUAL) | Q(visibility=Visibility.PRIVATE)
        rows = rows.filter(Q(status=Status.AGREED) | free)
    return rows


def activate_drafts(*, actor: Actor, cycle: Cycle) -> int:
    """Bring the drafts of a cycle into force, because it begins to run. Returns how many.

    Where drafts are agreed on, only agreed ones: the others wait as drafts and start when they are agreed. Individual
    and private objectives need nobody's agreement. The cycle must be locked by the caller.

    Side effects: one audit entry for each; progress above is computed anew.
    """
    drafts = list(drafts_that_start(actor, cycle).select_for_update().order_by("pk"))
    entries = []
    now = timezone.now()
    for draft in drafts:
        changes = {"status": Status.ACTIVE.value, "activated_at": now, "status_reason": ""}
        before, after = audit.apply_changes(draft, changes)
        entries.append(audit.entry(actor=actor, verb="activated", subject=draft, before=before, after=after))
    Objective.objects.bulk_update(drafts, ["status", "activated_at", "status_reason"])
    audit.record_many(actor, entries)
    roll_up_above([draft.pk for draft in drafts])
    return len(drafts)


def _take(actor: Actor, objective: Objective, name: str, reason: str = "", **changes: Any) -> Objective:
    """Take one step of STEPS. Two at once: the first wins, the second reads what became of it meanwhile."""
    step = STEPS[name]
    with transaction.atomic():
        locked = _lock(objective.pk)
        if locked.archived_at is not None:
            raise Refused(_("This objective is archived. Bring it back first."))
        if locked.status not in step.sources:
            last = _last_step(locked.pk)
            if last is not None and last.verb == step.verb and actor.is_(last.actor_id):
                # The same click twice.
                return locked
            raise Refused(_moved_on(locked, last))
        if step.ask and not reason.strip():
            raise Refused({"reason": str(step.ask)})
        _refuse_agreement(actor, locked, name)
        target = step.target
        if target == Status.AGREED and locked.cycle.phase in OPEN_PHASES:
            target = Status.ACTIVE
        if name == "resume":
            changes["rested_until"] = today_of(actor)
        elif target == Status.ACTIVE:
            changes["activated_at"] = timezone.now()
        elif locked.status == Status.ACTIVE:
            changes |= {"rested_from": today_of(actor), "rested_until": None}
        values = {"status_reason": "", **changes, "status": target.value}
        if name == "recommend":
            # What it was returned for last time is no longer shown, but a recommendation changes nothing about that.
            values.pop("status_reason")
        writers = (locked.submitted_by_id,)
        written = _write(actor, locked, step.verb, values, reason.strip())
        tell_of_step(actor=actor, objective=written, step=name, at=timezone.now(), before=writers)
        return written


def _as_values(stored: dict[str, Any]) -> dict[str, Any]:
    """Return values of an objective's fields as the audit trail keeps them, as the model takes them."""
    fields: dict[str, Any] = {name: Objective._meta.get_field(name) for name in stored}
    return {name: field.to_python(stored[name]) for name, field in fields.items()}


def _refuse_agreement(actor: Actor, locked: Objective, name: str) -> None:
    """Raise Refused for agreement where none is needed, and for starting without one where it is."""
    if name in ("submit", "agree") and not waits_for_agreement(actor.settings, locked):
        raise Refused(_("Nobody needs to agree on this objective: it starts with its cycle."))
    if name == "activate":
        if locked.cycle.phase not in OPEN_PHASES:
            raise Refused(
                _("It starts by itself once the cycle “%(cycle)s” is running.") % {"cycle": locked.cycle.name}
            )
        if locked.status != Status.AGREED and waits_for_agreement(actor.settings, locked):
            raise Refused(_("It starts once it is agreed. Submit it first."))


def _write(actor: Actor, locked: Objective, verb: str, values: dict[str, Any], reason: str = "") -> Objective:
    counted = locked.status == Status.ACTIVE
    before, after = audit.apply_changes(locked, values)
    locked.save(update_fields=[*after, "updated_at"])
    audit.record(actor=actor, verb=verb, subject=locked, before=before, after=after, reason=reason)
    if counted != (locked.status == Status.ACTIVE):
        roll_up_above([locked.pk])
    return locked


def _lock(objective_id: UUID) -> Objective:
    """Lock the cycle, then the objective: whoever starts the cycle meanwhile sees this step, or this one its start."""
    keep_phases()
    cycle_id = Objective.objects.values_list("cycle_id", flat=True).get(pk=objective_id)
    Cycle.objects.select_for_update(no_key=True).get(pk=cycle_id)
    return lock_objective(objective_id)


def _last_step(objective_id: UUID, *others: str) -> AuditEntry | None:
    """Return the newest entry about an objective's status; one query."""
    return (
        AuditEntry.objects.filter(
            object_type=Objective._meta.label_lower, object_id=str(objective_id), verb__in=(*VERBS, *others)
        )
        .select_related("actor")
        .order_by("-at", "-id")
        .first()
    )


def _moved_on(objective: Objective, last: AuditEntry | None) -> str:
    """Say where an objective stands by now, and by whom."""
    status = str(objective.get_status_display())
    if last is None:
        return _("That is not possible while the objective is “%(status)s”.") % {"status": status}
    who = last.actor.display_name if last.actor else _("the system")
    return _("That is no longer possible: the objective is “%(status)s” by now (%(person)s).") % {
        "status": status,
        "person": who,
    }
