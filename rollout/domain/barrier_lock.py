"""Holding a plan while something is said about its readiness."""

from django.utils.translation import gettext as _

from organizations.errors import Refused
from rollout.domain.plan import lock_plan
from rollout.models import Barrier, BarrierCollection, RolloutPlan


def lock_open_collection(plan: RolloutPlan) -> RolloutPlan:
    """Return a plan locked until the transaction ends. Raises Refused unless its barriers are collected now."""
    locked = lock_plan(plan)
    if not BarrierCollection.objects.filter(plan=locked, closed_at=None).exists():
        raise Refused(_("Barriers are not collected now."))
    return locked


def lock_barrier(barrier: Barrier) -> Barrier:
    """Return a barrier of a locked plan as it is now. Raises Refused when it was taken away meanwhile."""
    found: Barrier | None = Barrier.objects.standing().filter(pk=barrier.pk).first()
    if found is None:
        raise Refused(_("This barrier was taken away meanwhile."))
    return found
