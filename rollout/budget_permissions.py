"""Who may do what with the money of plans, and what its office and its sponsor say to each other; see rollout.policy.

The conditions for lists in rollout.models.sight say the same.
"""

from django.utils.translation import gettext_lazy as _

from okrapp.web.decisions import Decision
from organizations.actor import Actor
from organizations.rights import Place, decide, permission
from rollout import policy
from rollout.models import BudgetLine, Escalation, PlanComment, RolloutPlan
from rollout.permissions import edit_plan, place_of


@permission(_("See its budget"), about=RolloutPlan)
def see_budget(actor: Actor, plan: RolloutPlan) -> Decision:
    """See the money of a plan."""
    return decide(actor, policy.SEE_BUDGET, place_of(plan))


@permission(_("See it"), about=BudgetLine, is_sight=True)
def see_budget_line(actor: Actor, line: BudgetLine) -> Decision:
    """See a line of a budget; its plan must be loaded."""
    return see_budget(actor, line.plan)


@permission(_("Change or remove it"), about=BudgetLine)
def edit_budget_line(actor: Actor, line: BudgetLine) -> Decision:
    """Change a line of a budget, remove it, bring it back."""
    return edit_plan(actor, line.plan)


@permission(_("Answer when more money is asked for"), about=RolloutPlan)
def answer_budget(actor: Actor, plan: RolloutPlan) -> Decision:
    """Approve a sum beyond the approved one, or not."""
    return decide(actor, policy.APPROVE_PLAN, place_of(plan))


@permission(_("Read what its Program Lead Office and its Sponsor say to each other"), about=RolloutPlan)
def see_talk(actor: Actor, plan: RolloutPlan) -> Decision:
    """Read escalations and comments of a plan, and comment on it."""
    return decide(actor, policy.SEE_TALK, place_of(plan))


@permission(_("Read it"), about=Escalation, is_sight=True)
def see_escalation(actor: Actor, escalation: Escalation) -> Decision:
    """Read an escalation; its plan must be loaded."""
    return see_talk(actor, escalation.plan)


@permission(_("Change it, close it"), about=Escalation)
def edit_escalation(actor: Actor, escalation: Escalation) -> Decision:
    """Change what is asked, close it, open it again."""
    return edit_plan(actor, escalation.plan)


@permission(_("Answer it"), about=Escalation)
def answer_escalation(actor: Actor, escalation: Escalation) -> Decision:
    """Say what the sponsor says."""
    return decide(actor, policy.ANSWER_ESCALATION, place_of(escalation.plan))


@permission(_("Read it"), about=PlanComment, is_sight=True)
def see_plan_comment(actor: Actor, comment: PlanComment) -> Decision:
    """Read a comment on a plan; its plan must be loaded."""
    return see_talk(actor, comment.plan)


@permission(_("Remove it"), about=PlanComment)
def remove_plan_comment(actor: Actor, comment: PlanComment) -> Decision:
    """Take a comment away, or bring it back: whoever wrote it, as long as they read it."""
    own = decide(actor, policy.REMOVE_PLAN_COMMENT, Place(owner_id=comment.author_id))
    return own and see_talk(actor, comment.plan)
