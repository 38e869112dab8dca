"""Who may talk, celebrate and propose, and why not; beside okrs.permissions, which says who may do the rest."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from okrapp.web.decisions import ALLOWED, Decision, Denied
from okrs.enums import ProposalState
from okrs.models import Comment, Kudos, Objective, Proposal
from okrs.permissions import CLOSED, draft_for_organization, draft_in_team, edit_objective
from okrs.queries.sharing import may_comment_by_grant
from organizations.actor import Actor
from organizations.enums import Role
from organizations.permissions import leads
from organizations.queries.removal import remover_of


def comment_on(actor: Actor, objective: Objective) -> Decision:
    """Talk about an objective and what belongs to it, and react: everybody who sees it, unless it is only shown."""
    if objective.cycle.is_read_only:
        return CLOSED
    if objective.archived_at is not None:
        return Denied(_("This objective is archived: what was said about it can be read."))
    if not objective.is_private or actor.is_system:
        return ALLOWED
    if actor.is_(objective.owner_id) or may_comment_by_grant(actor, objective):
        return ALLOWED
    return Denied(_("This objective is private and shared with you to read. Its owner can let you comment on it."))


def comment_on_proposal(actor: Actor, proposal: Proposal) -> Decision:
    """Talk about a proposal, and react to it."""
    if proposal.archived_at is not None:
        return Denied(_("This proposal was put away: what was said about it can be read."))
    return ALLOWED


def join_talk_of(actor: Actor, comment: Comment) -> Decision:
    """Go on where a comment stands; objective with cycle, or proposal, must be loaded."""
    if comment.objective is not None:
        return comment_on(actor, comment.objective)
    return comment_on_proposal(actor, comment.proposal) if comment.proposal is not None else ALLOWED


def edit_comment(actor: Actor, comment: Comment) -> Decision:
    """Change what somebody said: only they do, also moderators do not."""
    decision = join_talk_of(actor, comment)
    if not decision:
        return decision
    if actor.is_(comment.author_id):
        return ALLOWED
    return Denied(_("Only whoever wrote a comment changes it."))


def remove_comment(actor: Actor, comment: Comment) -> Decision:
    """Take a comment away: its author, and those who moderate."""
    decision = join_talk_of(actor, comment)
    if not decision:
        return decision
    if actor.is_(comment.author_id) or moderates(actor, comment):
        return ALLOWED
    return Denied(_("Only whoever wrote a comment and the Program Lead Office remove it."))


def restore_comment(actor: Actor, comment: Comment) -> Decision:
    """Bring a removed comment back: whoever removed it, and those who moderate; at most one query."""
    decision = join_talk_of(actor, comment)
    if not decision:
        return decision
    if moderates(actor, comment):
        return ALLOWED
    # What a moderator took away does not come back by its author's hand.
    if actor.membership is not None and remover_of(comment) == actor.membership.pk:
        return ALLOWED
    return Denied(_("Only whoever removed a comment and the Program Lead Office bring it back."))


def moderates(actor: Actor, comment: Comment) -> bool:
    """Whether an actor keeps order where a comment stands: the owner alone in a private objective."""
    about = comment.objective or comment.proposal
    if isinstance(about, Objective) and about.is_private:
        return actor.is_(about.owner_id)
    return about is not None and actor.holds(Role.PLO, about.team_id)


def remove_kudos(actor: Actor, kudos: Kudos, people: Iterable[UUID | str]) -> Decision:
    """Take kudos away: who wrote them, who is named in them (`people`, by id), and those who moderate."""
    mine = str(actor.membership.pk) if actor.membership is not None else ""
    if actor.is_system or actor.is_(kudos.author_id) or mine in {str(one) for one in people}:
        return ALLOWED
    if actor.holds(Role.PLO, kudos.team_id):
        return ALLOWED
    return Denied(_("Only whoever wrote kudos, those named in them and the Program Lead Office remove them."))


def restore_kudos(actor: Actor, kudos: Kudos) -> Decision:
    """Bring kudos back: only by the same hand, since somebody may not want to be named; one query."""
    if actor.is_system or (actor.membership is not None and remover_of(kudos) == actor.membership.pk):
        return ALLOWED
    return Denied(_("Only whoever removed kudos brings them back."))


def adopt_proposal(actor: Actor, proposal: Proposal) -> Decision:
    """Make an objective out of a proposal: those who write the objectives of its team, which must be loaded."""
    return draft_in_team(actor, proposal.team) if proposal.team is not None else draft_for_organization(actor)


def decline_proposal(actor: Actor, proposal: Proposal) -> Decision:
    """Say no to a proposal, and open it again after that."""
    if proposal.team is None:
        return draft_for_organization(actor)
    if actor.is_system or leads(actor, proposal.team) or actor.holds(Role.PLO, proposal.team_id):
        return ALLOWED
    return Denied(_("Only the team's lead and the Program Lead Office decline what is proposed to it."))


def reopen_proposal(actor: Actor, proposal: Proposal) -> Decision:
    """Let a proposal wait again that was declined, or adopted, whose objective (loaded with its cycle) then goes."""
    if proposal.state != ProposalState.ADOPTED:
        return decline_proposal(actor, proposal)
    decision, objective = adopt_proposal(actor, proposal), proposal.objective
    if not decision or objective is None or objective.archived_at is not None:
        return decision
    decision = edit_objective(actor, objective)
    if not decision and objective.is_private:
        # Whoever made it private since need not have told anybody.
        return Denied(_("Only those who may change the objective it became can open a proposal again."))
    return decision


def edit_proposal(actor: Actor, proposal: Proposal) -> Decision:
    """Change a proposal and put it away."""
    if actor.is_(proposal.proposed_by_id) or adopt_proposal(actor, proposal):
        return ALLOWED
    return Denied(_("Only whoever proposed it and those who could adopt it change a proposal."))
