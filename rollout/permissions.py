"""Who may do what with rollout plans, and why not; the rules stand in rollout.policy."""

from django.utils.translation import gettext_lazy as _

from okrapp.web.decisions import Decision
from organizations.actor import Actor
from organizations.models import Team
from organizations.rights import Place, decide, permission
from rollout import policy
from rollout.models import PlanTask, RolloutPlan


def place_of(plan: RolloutPlan) -> Place:
    """Return where a plan stands as far as rights go; one query for its officers unless they are read already."""
    officers = tuple(officer.membership_id for officer in plan.officers.all())
    return Place(team_id=plan.team_id, owner_id=plan.sponsor_id, named=officers)


@permission(_("Write rollout plans"))
def create_some_plan(actor: Actor) -> Decision:
    """Write a rollout plan, somewhere."""
    return decide(actor, policy.CREATE_SOME_PLAN)


def create_plan(actor: Actor, team: Team | None) -> Decision:
    """Write a rollout plan for the whole organization (no team), or for a team and everything below it."""
    return decide(actor, policy.CREATE_PLAN, Place(team_id=team.pk if team is not None else None))


@permission(_("Read it"), about=RolloutPlan, is_sight=True)
def see_outline(actor: Actor, plan: RolloutPlan) -> Decision:
    """Read what everybody reads of an approved plan; others are for those who read the whole."""
    return decide(actor, policy.SEE_OUTLINE) if plan.is_public else see_plan(actor, plan)


@permission(_("Read the whole of it"), about=RolloutPlan)
def see_plan(actor: Actor, plan: RolloutPlan) -> Decision:
    """Read a whole plan with tasks, criteria and risks."""
    return decide(actor, policy.SEE_PLAN, place_of(plan))


@permission(_("Change it"), about=RolloutPlan)
def edit_plan(actor: Actor, plan: RolloutPlan) -> Decision:
    """Change a plan and everything in it, submit it, run it."""
    return decide(actor, policy.EDIT_PLAN, place_of(plan))


@permission(_("Approve it or send it back"), about=RolloutPlan)
def approve_plan(actor: Actor, plan: RolloutPlan) -> Decision:
    """Answer a plan that was submitted."""
    return decide(actor, policy.APPROVE_PLAN, place_of(plan))


@permission(_("Read it"), about=PlanTask, is_sight=True)
def see_task(actor: Actor, task: PlanTask) -> Decision:
    """Read a task: its owner, and who reads the whole plan, which must be loaded."""
    return decide(actor, policy.SEE_TASK, _place_of_task(task))


@permission(_("Say where it stands"), about=PlanTask)
def do_task(actor: Actor, task: PlanTask) -> Decision:
    """Say where a task stands; its plan must be loaded."""
    return decide(actor, policy.DO_TASK, _place_of_task(task))


def _place_of_task(task: PlanTask) -> Place:
    place = place_of(task.plan)
    return Place(team_id=place.team_id, owner_id=place.owner_id, named=place.named, about=task.owner_id)


@permission(_("Change some rollout plan"))
def edit_some_plan(actor: Actor) -> Decision:
    """Change some rollout plan; one query for those in no Program Lead Office."""
    return decide(actor, policy.EDIT_SOME_PLAN)
