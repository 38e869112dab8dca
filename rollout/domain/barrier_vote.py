"""Votes for barriers: each person has a few in a plan and spreads them freely."""

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organizations.actor import Actor
from organizations.errors import Refused
from rollout.domain.barrier_lock import lock_barrier, lock_open_collection
from rollout.models import Barrier, BarrierVote
from rollout.models.readiness import VOTES


def set_votes(*, actor: Actor, barrier: Barrier, count: int) -> int:
    """Give a barrier so many of one's votes, 0 to take them back; returns how many one has left.

    Raises Refused beyond VOTES in the whole plan, for more votes on a barrier that is not open any more, and unless
    barriers are collected now. Side effects: no audit entry: what somebody finds important is their own.
    """
    assert actor.membership is not None, "the system has no votes"
    with transaction.atomic():
        # The plan is locked, so two votes of one person cannot pass the limit together.
        plan = lock_open_collection(barrier.plan)
        locked = lock_barrier(barrier)
        given = BarrierVote.objects.filter(barrier__plan=plan, membership=actor.membership)
        here = given.filter(barrier=locked).first()
        others = given.exclude(barrier=locked).filter(barrier__removed_at=None)
        elsewhere: int = others.aggregate(spent=Sum("count"))["spent"] or 0
        if count < 0 or elsewhere + count > VOTES:
            raise Refused({"count": _too_many(VOTES - elsewhere)})
        if not locked.is_open and count > (here.count if here is not None else 0):
            raise Refused({"count": _("This barrier has its answer. Give your votes to one that is open.")})
        if count == 0:
            given.filter(barrier=locked).delete()
        elif here is None:
            BarrierVote.objects.create(barrier=locked, membership=actor.membership, count=count)
        elif here.count != count:
            here.count = count
            here.save(update_fields=["count"])
        return VOTES - elsewhere - count


def keep_within_limit(barrier: Barrier) -> None:
    """Take away those votes of a barrier that people gave to others since it was taken away; its plan is locked."""
    votes = list(BarrierVote.objects.filter(barrier=barrier))
    others = BarrierVote.objects.filter(
        barrier__plan=barrier.plan_id, barrier__removed_at=None, membership__in=[vote.membership_id for vote in votes]
    )
    spent = dict(others.exclude(barrier=barrier).order_by().values_list("membership").annotate(spent=Sum("count")))
    for vote in votes:
        left = VOTES - spent.get(vote.membership_id, 0)
        if left <= 0:
            vote.delete()
        elif vote.count > left:
            vote.count = left
            vote.save(update_fields=["count"])


def _too_many(left: int) -> str:
    if left <= 0:
        return _("You have used your %(count)d votes. Take one back first.") % {"count": VOTES}
    return ngettext("You have %(left)d vote for this one.", "You have %(left)d votes for this one.", left) % {
        "left": left
    }
