"""Who may talk, celebrate and propose, and why not; beside okrs.permissions, which says who may do the rest."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from okrapp.web.decisions import ALLOWED, Decision, Denied
from okrs import policy
from okrs.enums import ProposalState
from okrs.models import Comment, Kudos, Objective, Proposal
from okrs.permissions import CLOSED, draft_for_organization, draft_in_team, edit_objective
from organizations.actor import Actor
from organizations.permissions import place_of
from organizations.rights import Place, Rule, decide, permission


@permission(_("Comment on it"), about=Objective)
def comment_on(actor: Actor, objective: Objective) -> Decision:
    """Talk about an objective and what belongs to it, and react: everybody who sees it, unless it is only shown."""
    if objective.cycle.is_read_only:
        return CLOSED
    if objective.archived_at is not None:
        return Denied(_("This objective is archived: what was said about it can be read."))
    rule = policy.COMMENT_ON_PRIVATE if objective.is_private else policy.COMMENT
    return decide(actor, rule, Place(owner_id=objective.owner_id, about=objective))


@permission(_("Comment on it"), about=Proposal)
def comment_on_proposal(actor: Actor, proposal: Proposal) -> Decision:
    """Talk about a proposal, and react to it."""
    if proposal.archived_at is not None:
        return Denied(_("This proposal was put away: what was said about it can be read."))
    return decide(actor, policy.COMMENT)


@permission(_("Answer it"), about=Comment)
def join_talk_of(actor: Actor, comment: Comment) -> Decision:
    """Go on where a comment stands; objective with cycle, or proposal, must be loaded."""
    if comment.objective is not None:
        return comment_on(actor, comment.objective)
    return comment_on_proposal(actor, comment.proposal) if comment.proposal is not None else ALLOWED


@permission(_("Change it"), about=Comment)
def edit_comment(actor: Actor, comment: Comment) -> Decision:
    """Change what somebody said: only they do, also moderators do not."""
    decision = join_talk_of(actor, comment)
    return decision and decide(actor, policy.EDIT_COMMENT, Place(owner_id=comment.author_id))


@permission(_("Remove it"), about=Comment)
def remove_comment(actor: Actor, comment: Comment) -> Decision:
    """Take a comment away: its author, and those who moderate."""
    return _about_comment(actor, comment, policy.REMOVE_COMMENT, policy.REMOVE_COMMENT_IN_PRIVATE)


@permission(_("Bring it back after it was removed"), about=Comment)
def restore_comment(actor: Actor, comment: Comment) -> Decision:
    """Bring a removed comment back: whoever removed it, and those who moderate; at most one query.

    What a moderator took away does not come back by its author's hand.
    """
    return _about_comment(actor, comment, policy.RESTORE_COMMENT, policy.RESTORE_COMMENT_IN_PRIVATE)


@permission(_("Remove them"), about=Kudos)
def remove_kudos(actor: Actor, kudos: Kudos, people: Iterable[UUID | str] | None = None) -> Decision:
    """Take kudos away: who wrote them, who is named in them, and those who moderate.

    `people`: the ids of those named, if they are read already; one query otherwise.
    """
    if people is None:
        people = kudos.people.values_list("membership_id", flat=True)
    named = tuple(UUID(str(one)) for one in people)
    return decide(actor, policy.REMOVE_KUDOS, Place(team_id=kudos.team_id, owner_id=kudos.author_id, named=named))


@permission(_("Bring them back after they were removed"), about=Kudos)
def restore_kudos(actor: Actor, kudos: Kudos) -> Decision:
    """Bring kudos back: only by the same hand, since somebody may not want to be named; one query."""
    return decide(actor, policy.RESTORE_KUDOS, Place(about=kudos))


@permission(_("Make an objective of it"), about=Proposal)
def adopt_proposal(actor: Actor, proposal: Proposal) -> Decision:
    """Make an objective out of a proposal: those who write the objectives of its team, which must be loaded."""
    return draft_in_team(actor, proposal.team) if proposal.team is not None else draft_for_organization(actor)


@permission(_("Decline it, and open it again"), about=Proposal)
def decline_proposal(actor: Actor, proposal: Proposal) -> Decision:
    """Say no to a proposal, and open it again after that."""
    if proposal.team is None:
        return draft_for_organization(actor)
    return decide(actor, policy.DECLINE_PROPOSAL, place_of(proposal.team))


@permission(_("Let it wait again"), about=Proposal)
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


@permission(_("Change it"), about=Proposal)
def edit_proposal(actor: Actor, proposal: Proposal) -> Decision:
    """Change a proposal and put it away."""
    own = decide(actor, policy.EDIT_PROPOSAL, Place(owner_id=proposal.proposed_by_id))
    return own or adopt_proposal(actor, proposal) or own


def _about_comment(actor: Actor, comment: Comment, rule: Rule, in_private: Rule) -> Decision:
    """Decide on a comment where it stands: its owner alone keeps order in a private objective."""
    decision = join_talk_of(actor, comment)
    if not decision:
        return decision
    about = comment.objective or comment.proposal
    if isinstance(about, Objective) and about.is_private:
        place = Place(owner_id=comment.author_id, named=(about.owner_id,), about=comment)
        return decide(actor, in_private, place)
    team_id = about.team_id if about is not None else None
    return decide(actor, rule, Place(team_id=team_id, owner_id=comment.author_id, about=comment))
