"""Who may commit themself to a rollout, and read what leaders have committed themselves to; and why not."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from okrapp.web.decisions import Decision
from organizations.actor import Actor
from organizations.rights import decide, permission
from rollout import policy
from rollout.models import LeaderCommitment, RolloutPlan
from rollout.permissions import place_of


@permission(_("See whether leaders are behind it"), about=RolloutPlan)
def see_buy_in(actor: Actor, plan: RolloutPlan) -> Decision:
    """Open the page about leaders: with names for the office, in sums for the sponsor."""
    return decide(actor, policy.SEE_BUY_IN, place_of(plan))


@permission(_("Invite leaders to commit themselves"), about=RolloutPlan)
def invite_leaders(actor: Actor, plan: RolloutPlan) -> Decision:
    """Invite leaders, and read what they have committed themselves to."""
    return decide(actor, policy.INVITE_LEADERS, place_of(plan))


@permission(_("Commit oneself to it"), about=RolloutPlan)
def commit(actor: Actor, plan: RolloutPlan) -> Decision:
    """Commit oneself: Leadership where the plan holds, and team leads who were invited; one query at most."""
    return decide(actor, policy.COMMIT, replace(place_of(plan), about=plan.pk))


@permission(_("Read one's own commitments to it"), about=RolloutPlan)
def see_own_commitments(actor: Actor, plan: RolloutPlan) -> Decision:
    """Open the page of one's own commitments: whoever may commit themself, or has; two queries at most."""
    return decide(actor, policy.OWN_COMMITMENTS, replace(place_of(plan), about=plan.pk))


def commit_as_leadership(actor: Actor, plan: RolloutPlan) -> Decision:
    """Say without a query whether somebody is asked as one of Leadership: every page of a plan wants to know."""
    return decide(actor, policy.COMMIT_AS_LEADERSHIP, place_of(plan))


@permission(_("Read it"), about=LeaderCommitment, is_sight=True)
def see_commitment(actor: Actor, commitment: LeaderCommitment) -> Decision:
    """Read a commitment with what became of it; as LeaderCommitmentQuerySet.visible_to() says of many."""
    return decide(actor, policy.SEE_COMMITMENT, replace(place_of(commitment.plan), about=commitment.leader_id))


@permission(_("Change it, say what became of it"), about=LeaderCommitment)
def edit_commitment(actor: Actor, commitment: LeaderCommitment) -> Decision:
    """Write about a commitment: the leader, and nobody for them."""
    return decide(actor, policy.EDIT_COMMITMENT, replace(place_of(commitment.plan), about=commitment.leader_id))
