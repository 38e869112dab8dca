"""What is said to barriers.

No comment has an audit entry, also those with a name: the entries of these would say between which two moments those
without one were written.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations.actor import Actor
from organizations.domain import audit
from organizations.errors import Refused
from organizations.queries.settings import local_today
from rollout.domain.barrier_lock import lock_barrier, lock_open_collection, refuse_recognized
from rollout.domain.plan import lock_plan
from rollout.models import Barrier, BarrierComment

LONGEST = 1000
MOST = 500


def comment_on_barrier(*, actor: Actor, barrier: Barrier, text: str, is_anonymous: bool = True) -> BarrierComment:
    """Say something to a barrier, while barriers are collected. Returns the comment.

    Raises Refused for no words, for too many, and without a name where few are asked. Side effects: none, also no
    audit entry.
    """
    text = text.strip()
    if not text:
        raise Refused({"text": _("Write something first.")})
    if len(text) > LONGEST:
        raise Refused({"text": _("At most %(count)d letters.") % {"count": LONGEST}})
    with transaction.atomic():
        plan = lock_open_collection(barrier.plan)
        if is_anonymous:
            refuse_recognized(plan)
        locked = lock_barrier(barrier)
        said = BarrierComment.objects.filter(barrier=locked)
        last: int = said.order_by().aggregate(last=Max("position"))["last"] or 0
        if last >= MOST:
            raise Refused(_("More than %(count)d comments nobody reads. Talk to each other.") % {"count": MOST})
        comment: BarrierComment = BarrierComment.objects.create(
            barrier=locked,
            text=text,
            author=None if is_anonymous else actor.membership,
            written_on=local_today(),
            position=last + 1,
        )
        return comment


def remove_barrier_comment(*, actor: Actor, comment: BarrierComment) -> BarrierComment:
    """Take a comment away; can be undone. Side effects: one audit entry, without its text."""
    return _set_removed(actor, comment, timezone.now(), "removed")


def restore_barrier_comment(*, actor: Actor, comment: BarrierComment) -> BarrierComment:
    """Bring back a comment that was taken away. Side effects: one audit entry, without its text."""
    return _set_removed(actor, comment, None, "restored")


def _set_removed(actor: Actor, comment: BarrierComment, when: datetime | None, verb: str) -> BarrierComment:
    with transaction.atomic():
        lock_plan(comment.barrier.plan)
        locked: BarrierComment = BarrierComment.objects.select_related("barrier").get(pk=comment.pk)
        if (locked.removed_at is None) != (when is None):
            locked.removed_at = when
            locked.save(update_fields=["removed_at"])
            entry = audit.entry(actor=actor, verb=verb, subject=locked)
            entry.object_label = str(locked.barrier)[:200]
            entry.save(force_insert=True)
        return locked
