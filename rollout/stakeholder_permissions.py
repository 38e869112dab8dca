"""Who may read and write about the stakeholders of a plan, and why not; administrators as little as others."""

from django.utils.translation import gettext_lazy as _

from okrapp.web.decisions import Decision
from organizations.actor import Actor
from organizations.rights import decide, permission
from rollout import policy
from rollout.models import RolloutPlan
from rollout.permissions import place_of


@permission(_("Read its stakeholders"), about=RolloutPlan)
def see_stakeholders(actor: Actor, plan: RolloutPlan) -> Decision:
    """Read who has a stake in a rollout; as StakeholderQuerySet.visible_to() says of many."""
    return decide(actor, policy.SEE_STAKEHOLDERS, place_of(plan))


@permission(_("Write about its stakeholders"), about=RolloutPlan)
def edit_stakeholders(actor: Actor, plan: RolloutPlan) -> Decision:
    """Write about stakeholders, disclose an entry to the person, delete them with the programme."""
    return decide(actor, policy.EDIT_STAKEHOLDERS, place_of(plan))
