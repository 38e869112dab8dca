"""Who may do what with barriers and decisions about pilots, and why not; the rules stand in rollout.policy."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from okrapp.web.decisions import Decision
from organizations.actor import Actor
from organizations.rights import decide, permission
from rollout import policy
from rollout.models import Barrier, BarrierComment, RolloutPlan
from rollout.permissions import place_of


@permission(_("Say and read what could be in its way"), about=RolloutPlan)
def see_readiness(actor: Actor, plan: RolloutPlan) -> Decision:
    """Read barriers of a plan; while they are collected also add some, vote and comment."""
    return decide(actor, policy.SEE_READINESS, replace(place_of(plan), about=plan))


@permission(_("Read it"), about=Barrier, is_sight=True)
def see_barrier(actor: Actor, barrier: Barrier) -> Decision:
    """Read a barrier and what is said to it; its plan must be loaded."""
    return see_readiness(actor, barrier.plan)


@permission(_("Read it"), about=BarrierComment, is_sight=True)
def see_barrier_comment(actor: Actor, comment: BarrierComment) -> Decision:
    """Read a comment on a barrier; barrier and plan must be loaded."""
    return see_readiness(actor, comment.barrier.plan)


@permission(_("Take it away"), about=Barrier)
def remove_barrier(actor: Actor, barrier: Barrier) -> Decision:
    """Take a barrier away and bring it back; its plan must be loaded."""
    return decide(actor, policy.REMOVE_SAID, replace(place_of(barrier.plan), about=barrier.author_id))


@permission(_("Take it away"), about=BarrierComment)
def remove_barrier_comment(actor: Actor, comment: BarrierComment) -> Decision:
    """Take a comment on a barrier away and bring it back; barrier and plan must be loaded."""
    return decide(actor, policy.REMOVE_SAID, replace(place_of(comment.barrier.plan), about=comment.author_id))


@permission(_("Decide about its pilot"), about=RolloutPlan)
def decide_pilot(actor: Actor, plan: RolloutPlan) -> Decision:
    """Decide whether to go on after a pilot, adjust, or stop."""
    return decide(actor, policy.DECIDE_PILOT, place_of(plan))
