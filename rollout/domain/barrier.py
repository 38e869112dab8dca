"""What could be in the way of a rollout: said by those who are asked, answered by the Program Lead Office.

What is said anonymously leaves no trace of who said it: no author, an id that carries no time, the day and nothing
finer, no entry in the audit trail, and so nothing for programs that listen. Nobody can change it afterwards, whoever
wrote it included.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations.actor import Actor
from organizations.domain import audit
from organizations.domain.editing import refuse_if_changed_since
from organizations.errors import Refused
from organizations.queries.settings import local_today
from rollout.domain.barrier_lock import lock_barrier, lock_open_collection, refuse_recognized
from rollout.domain.barrier_vote import keep_within_limit
from rollout.domain.plan import lock_plan
from rollout.domain.telling_of_readiness import forget_barrier, tell_of_barrier
from rollout.enums import BarrierGroup, BarrierState
from rollout.models import Barrier, RolloutPlan

LONGEST = 1000
LONGEST_ANSWER = 2000
ANSWERING = ("answer", "owner", "state")
# More than these nobody reads, and nobody writes by hand.
MOST = 2000


def add_barrier(*, actor: Actor, plan: RolloutPlan, text: str, group: str, is_anonymous: bool = True) -> Barrier:
    """Say what could be in the way, while barriers are collected. Returns the barrier.

    Raises Refused at the field; also without a name where few are asked, and in the name of a group of few. Side
    effects: with a name one audit entry, without one none at all.
    """
    with transaction.atomic():
        locked = lock_open_collection(plan)
        if Barrier.objects.filter(plan=locked).count() >= MOST:
            raise Refused(_("A plan holds at most %(count)d of these.") % {"count": MOST})
        barrier = Barrier(
            plan=locked,
            text=text.strip(),
            group=group,
            author=None if is_anonymous else actor.membership,
            written_on=local_today(),
        )
        _validate(barrier)
        if is_anonymous:
            refuse_recognized(locked, group)
        barrier.save(force_insert=True)
        if not is_anonymous:
            audit.record(actor=actor, verb="created", subject=barrier, after=audit.snapshot(barrier, ["text", "group"]))
        return barrier


def edit_barrier(*, actor: Actor, barrier: Barrier, changes: dict[str, Any]) -> Barrier:
    """Change `text` and `group` of what one said under one's name, while barriers are collected.

    Raises Refused for what somebody else said, and for what was said without a name: it is nobody's. Side effects: one
    audit entry.
    """
    with transaction.atomic():
        lock_open_collection(barrier.plan)
        locked = lock_barrier(barrier)
        if locked.author_id is None:
            raise Refused(_("A barrier without a name cannot be changed: nobody can tell whose it is."))
        if not actor.is_(locked.author_id):
            raise Refused(_("Only whoever wrote a barrier changes it."))
        wanted = {name: value for name, value in changes.items() if name in ("text", "group")}
        if "text" in wanted:
            wanted["text"] = wanted["text"].strip()
        before, after = audit.apply_changes(locked, wanted)
        if after:
            _validate(locked)
            locked.save(update_fields=["text", "group"])
            audit.record(actor=actor, verb="changed", subject=locked, before=before, after=after)
        return locked


def answer_barrier(*, actor: Actor, barrier: Barrier, changes: dict[str, Any], seen: datetime | None = None) -> Barrier:
    """Answer a barrier: change `answer`, `owner` and `state`. Returns it as it now stands.

    `seen` is when the form was opened: what somebody else changed since is refused once. Raises Refused also for any
    state but open without an answer. Side effects: one audit entry, and whoever becomes its owner is told.
    """
    with transaction.atomic():
        lock_plan(barrier.plan)
        locked = lock_barrier(barrier)
        wanted = {name: value for name, value in changes.items() if name in ANSWERING}
        if "answer" in wanted:
            wanted["answer"] = wanted["answer"].strip()
        refuse_if_changed_since(locked, actor=actor, seen=seen, fields=wanted)
        before, after = audit.apply_changes(locked, wanted)
        if after:
            if locked.state not in BarrierState.values:
                raise Refused({"state": _("Choose one of the states.")})
            if len(locked.answer) > LONGEST_ANSWER:
                raise Refused({"answer": _("At most %(count)d letters.") % {"count": LONGEST_ANSWER}})
            if not locked.is_open and not locked.answer:
                raise Refused({"answer": _("Say what the answer is.")})
            locked.save(update_fields=list(ANSWERING))
            audit.record(actor=actor, verb="answered", subject=locked, before=before, after=after)
            if "owner" in after:
                forget_barrier(locked)
                tell_of_barrier(actor=actor, barrier=locked)
        return locked


def remove_barrier(*, actor: Actor, barrier: Barrier) -> Barrier:
    """Take a barrier away, with its votes and comments; can be undone. Side effects: one audit entry."""
    return _set_removed(actor, barrier, timezone.now(), "removed")


def restore_barrier(*, actor: Actor, barrier: Barrier) -> Barrier:
    """Bring back a barrier that was taken away, with its comments and votes. Side effects: one audit entry.

    Votes that somebody gave to other barriers meanwhile do not come back.
    """
    return _set_removed(actor, barrier, None, "restored")


def _set_removed(actor: Actor, barrier: Barrier, when: datetime | None, verb: str) -> Barrier:
    with transaction.atomic():
        lock_plan(barrier.plan)
        locked = Barrier.objects.get(pk=barrier.pk)
        if (locked.removed_at is None) != (when is None):
            locked.removed_at = when
            if when is None:
                keep_within_limit(locked)
            locked.save(update_fields=["removed_at"])
            audit.record(actor=actor, verb=verb, subject=locked)
            if when is not None:
                forget_barrier(locked)
        return locked


def _validate(barrier: Barrier) -> None:
    if not barrier.text:
        raise Refused({"text": _("Say what could be in the way.")})
    if len(barrier.text) > LONGEST:
        raise Refused({"text": _("At most %(count)d letters.") % {"count": LONGEST}})
    if barrier.group not in BarrierGroup.values:
        raise Refused({"group": _("Choose one of the groups.")})
    if barrier.author_id is None and barrier.group == BarrierGroup.SPONSOR:
        raise Refused({"group": _("A plan has one Sponsor: everybody would know who wrote it. Choose another group.")})
