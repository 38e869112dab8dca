"""Holding a plan while something is said about its readiness."""

from django.utils.translation import gettext as _

from organizations.errors import Refused
from rollout.domain.plan import lock_plan
from rollout.enums import BarrierGroup
from rollout.models import Barrier, BarrierCollection, RolloutPlan
from rollout.queries.crowd import LEAST, asks_enough, has_enough_speakers


def lock_open_collection(plan: RolloutPlan) -> RolloutPlan:
    """Return a plan locked until the transaction ends. Raises Refused unless its barriers are collected now."""
    locked = lock_plan(plan)
    if not BarrierCollection.objects.filter(plan=locked, closed_at=None).exists():
        raise Refused(_("Barriers are not collected now."))
    return locked


def refuse_recognized(plan: RolloutPlan, group: str | None = None) -> None:
    """Raise Refused where few are asked or few speak in the name of a group, so that everybody would know who wrote."""
    collection = BarrierCollection.objects.filter(plan=plan).first()
    if collection is not None:
        collection.plan = plan
        if not asks_enough(collection):
            raise Refused(
                _("Fewer than %(count)d people are asked: everybody would know who wrote it. Say it with your name.")
                % {"count": LEAST}
            )
    if group is not None and not has_enough_speakers(plan, group):
        text = _(
            "Fewer than %(count)d people are “%(group)s” here: everybody would know who wrote it. Choose another group."
        )
        raise Refused({"group": text % {"count": LEAST, "group": BarrierGroup(group).label}})


def lock_barrier(barrier: Barrier) -> Barrier:
    """Return a barrier of a locked plan as it is now. Raises Refused when it was taken away meanwhile."""
    found: Barrier | None = Barrier.objects.standing().filter(pk=barrier.pk).first()
    if found is None:
        raise Refused(_("This barrier was taken away meanwhile."))
    return found
