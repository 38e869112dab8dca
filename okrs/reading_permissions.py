"""Who sees what of OKRs; the querysets' `visible_to(actor)` say the same about many rows at once."""

from django.utils.translation import gettext_lazy as _

from okrapp.web.decisions import Decision
from okrs import policy
from okrs.models import (
    Alignment,
    AlignmentRequest,
    CheckIn,
    Comment,
    Dependency,
    Initiative,
    KeyResult,
    Kudos,
    Objective,
    Review,
)
from organizations.actor import Actor
from organizations.rights import Place, decide, permission

_SEE = _("See it")


@permission(_SEE, about=Objective, is_sight=True)
def see_objective(actor: Actor, objective: Objective) -> Decision:
    """See an objective and what belongs to it: open ones are everybody's."""
    rule = policy.SEE_PRIVATE if objective.is_private else policy.SEE
    return decide(actor, rule, Place(owner_id=objective.owner_id, about=objective))


@permission(_SEE, about=KeyResult, is_sight=True)
def see_key_result(actor: Actor, key_result: KeyResult) -> Decision:
    """See a key result, as its objective."""
    return see_objective(actor, key_result.objective)


@permission(_SEE, about=CheckIn, is_sight=True)
def see_check_in(actor: Actor, check_in: CheckIn) -> Decision:
    """See a check-in, as its objective."""
    return see_objective(actor, check_in.key_result.objective)


@permission(_SEE, about=Initiative, is_sight=True)
def see_initiative(actor: Actor, initiative: Initiative) -> Decision:
    """See an initiative, as its objective."""
    return see_objective(actor, initiative.objective)


@permission(_SEE, about=Review, is_sight=True)
def see_review(actor: Actor, review: Review) -> Decision:
    """See how an objective was scored, as the objective."""
    return see_objective(actor, review.objective)


@permission(_SEE, about=AlignmentRequest, is_sight=True)
def see_request(actor: Actor, request: AlignmentRequest) -> Decision:
    """See what another team is asked, as the objective it is for."""
    return see_objective(actor, request.objective)


@permission(_SEE, about=Alignment, is_sight=True)
def see_alignment(actor: Actor, alignment: Alignment) -> Decision:
    """See what supports what: both ends must be seen."""
    target = alignment.target_objective
    if alignment.target_key_result is not None:
        target = alignment.target_key_result.objective
    own = see_objective(actor, alignment.objective)
    return own and see_objective(actor, target) if target is not None else own


@permission(_SEE, about=Dependency, is_sight=True)
def see_dependency(actor: Actor, dependency: Dependency) -> Decision:
    """See what cannot be reached without what: both ends must be seen."""
    return see_objective(actor, dependency.objective) and see_objective(actor, dependency.needs)


@permission(_SEE, about=Comment, is_sight=True)
def see_comment(actor: Actor, comment: Comment) -> Decision:
    """See what was said about an objective, as the objective; about proposals everybody does."""
    return see_objective(actor, comment.objective) if comment.objective is not None else decide(actor, policy.SEE)


@permission(_SEE, about=Kudos, is_sight=True)
def see_kudos(actor: Actor, kudos: Kudos) -> Decision:
    """See kudos, as the objective they are about, if any."""
    return see_objective(actor, kudos.objective) if kudos.objective is not None else decide(actor, policy.SEE)
