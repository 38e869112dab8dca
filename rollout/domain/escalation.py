"""Bringing a difficulty before the sponsor of a plan, and the answer: open → answered → closed."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations.actor import Actor
from organizations.domain import audit
from organizations.domain.editing import refuse_if_changed_since
from organizations.errors import Refused
from rollout.days import refuse_far_days
from rollout.domain.plan import lock_plan
from rollout.domain.telling import forget_escalation, tell_of_answer, tell_of_escalation
from rollout.enums import EscalationState
from rollout.models import Escalation, RolloutPlan

EDITABLE = ("title", "difficulty", "request", "due_on")
LONGEST_TITLE = 200
LONGEST = 4000


def raise_escalation(
    *, actor: Actor, plan: RolloutPlan, title: str, difficulty: str, request: str, due_on: date
) -> Escalation:
    """Bring a difficulty before the sponsor of a plan; returns the escalation.

    Raises Refused for words that are missing or too many, for a plan without a sponsor, and for one that is over.
    Side effects: one audit entry, and the sponsor is told.
    """
    with transaction.atomic():
        locked = lock_plan(plan)
        if locked.sponsor_id is None:
            raise Refused(_("Name a Sponsor first: they are the one who answers."))
        escalation = Escalation(
            plan=locked,
            title=title.strip(),
            difficulty=difficulty.strip(),
            request=request.strip(),
            due_on=due_on,
            raised_by=actor.membership,
        )
        _validate(escalation)
        escalation.save(force_insert=True)
        after = audit.snapshot(escalation, ["plan", *EDITABLE])
        audit.record(actor=actor, verb="escalated", subject=escalation, after=after)
        tell_of_escalation(actor=actor, escalation=escalation)
        return escalation


def edit_escalation(
    *, actor: Actor, escalation: Escalation, changes: Mapping[str, Any], seen: datetime | None = None
) -> Escalation:
    """Change what is asked, while the sponsor has not answered. Returns it as it now stands.

    `seen` is when the form was opened: what somebody else changed since is refused once. Raises Refused also for words
    that are missing, and once it was answered or closed. Side effects: one audit entry.
    """
    with transaction.atomic():
        locked = _lock(escalation)
        if locked.state != EscalationState.OPEN:
            raise Refused(_("This was answered or closed meanwhile. Open the page again."))
        wanted = {name: _stripped(value) for name, value in changes.items() if name in EDITABLE}
        refuse_if_changed_since(locked, actor=actor, seen=seen, fields=wanted)
        before, after = audit.apply_changes(locked, wanted)
        if after:
            _validate(locked)
            locked.save()
            audit.record(actor=actor, verb="changed", subject=locked, before=before, after=after)
        return locked


def answer_escalation(*, actor: Actor, escalation: Escalation, answer: str) -> Escalation:
    """Say what the sponsor says; until it is closed they may say it anew. Returns it as it now stands.

    Raises Refused for no words, too many, and once it was closed. Side effects: one audit entry, and whoever asked is
    told; nothing where the answer stands already.
    """
    answer = answer.strip()
    if not answer:
        raise Refused({"answer": _("Write an answer.")})
    if len(answer) > LONGEST:
        raise Refused({"answer": _("At most %(count)d letters.") % {"count": LONGEST}})
    with transaction.atomic():
        locked = _lock(escalation)
        if locked.state == EscalationState.CLOSED:
            raise Refused(_("This is closed: the Program Lead Office needs no answer any more."))
        before, after = audit.apply_changes(locked, {"answer": answer, "state": EscalationState.ANSWERED.value})
        if after:
            locked.answered_at, locked.answered_by = timezone.now(), actor.membership
            locked.save()
            audit.record(actor=actor, verb="answered", subject=locked, before=before, after=after)
            tell_of_answer(actor=actor, escalation=locked)
        return locked


def close_escalation(*, actor: Actor, escalation: Escalation) -> Escalation:
    """Say that it is settled, answered or not; `reopen_escalation` takes it back. Returns it. Twice does no harm.

    Side effects: one audit entry.
    """
    with transaction.atomic():
        locked = _lock(escalation)
        if locked.state != EscalationState.CLOSED:
            before = {"state": locked.state}
            locked.state, locked.closed_at = EscalationState.CLOSED, timezone.now()
            locked.save(update_fields=["state", "closed_at"])
            audit.record(actor=actor, verb="closed", subject=locked, before=before, after={"state": locked.state})
            forget_escalation(locked)
        return locked


def reopen_escalation(*, actor: Actor, escalation: Escalation) -> Escalation:
    """Open a closed one again, as it was: answered, or waiting for the sponsor, who is told. Returns it.

    Nothing happens to one that is not closed. Side effects: one audit entry.
    """
    with transaction.atomic():
        locked = _lock(escalation)
        if locked.state == EscalationState.CLOSED:
            before = {"state": locked.state}
            locked.state = EscalationState.ANSWERED if locked.answered_at else EscalationState.OPEN
            locked.closed_at = None
            locked.save(update_fields=["state", "closed_at"])
            audit.record(actor=actor, verb="reopened", subject=locked, before=before, after={"state": locked.state})
            if locked.state == EscalationState.OPEN:
                tell_of_escalation(actor=actor, escalation=locked)
        return locked


def _lock(escalation: Escalation) -> Escalation:
    plan = lock_plan(escalation.plan)
    locked: Escalation = Escalation.objects.get(pk=escalation.pk)
    locked.plan = plan
    return locked


def _stripped(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


def _validate(escalation: Escalation) -> None:
    refuse_far_days({"due_on": escalation.due_on})
    missing = {
        "title": _("Give it a title."),
        "difficulty": _("Say what is difficult."),
        "request": _("Say what the Sponsor should do or decide."),
    }
    for name, text in missing.items():
        value = getattr(escalation, name)
        if not value:
            raise Refused({name: text})
        most = LONGEST_TITLE if name == "title" else LONGEST
        if len(value) > most:
            raise Refused({name: _("At most %(count)d letters.") % {"count": most}})
