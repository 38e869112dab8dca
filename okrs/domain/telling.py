"""Telling people what happened that concerns them. Called in the transaction of what happened, by the domain functions.

What is undone or removed before it has left the house is taken back; who did it is never told.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils.text import Truncator

from okrapp.notifications.domain.notify import notify, withdraw
from okrs.enums import RequestState
from okrs.models import AlignmentRequest, CheckIn, Comment, Dependency, Kudos, Objective, Proposal, RetroAction
from okrs.queries.agreement import agreers_of
from okrs.queries.sight import Sight
from organizations.actor import Actor
from organizations.models import Membership

MENTIONED, COMMENTED, CELEBRATED = "mentioned", "commented", "celebrated"
TO_AGREE, RETURNED, AGREED = "draft_to_agree", "draft_returned", "draft_agreed"
TEAM_ASKED, REQUEST_ANSWERED = "contribution_asked", "contribution_answered"
PROPOSAL_DECIDED, HELP_WANTED = "proposal_decided", "help_wanted"
ACTION_GIVEN, BLOCKER_SOLVED, NEEDED = "action_given", "blocker_solved", "objective_needed"
# So much of what somebody wrote goes into a message.
LONGEST = 300
# What is told of a step of an objective's life, by its verb in the audit trail.
_STEPS = {"submitted": TO_AGREE, "returned": RETURNED, "agreed": AGREED}


def tell_of_comment(*, actor: Actor, comment: Comment, mentioned: Iterable[Membership], is_new: bool = True) -> None:
    """Tell those a comment names, and (once) whoever owns what it is about."""
    place: Objective | Proposal | None = comment.objective or comment.proposal
    assert place is not None, "the table holds no comment about nothing"
    # It may be told when somebody else brings it back.
    who = comment.author.display_name if comment.author is not None else ""
    facts = {"who": who, "what": place.title, "private": getattr(place, "is_private", False)}
    path = f"{'objectives' if comment.objective_id else 'proposals'}/{place.pk}/"
    named = {one.pk for one in mentioned}
    notify(actor=actor, kind=MENTIONED, to=named, period=str(comment.pk), path=path, facts=facts)
    if is_new:
        owners = {place.owner_id if isinstance(place, Objective) else place.proposed_by_id}
        # Of a private objective only its owner is sure to read it.
        if comment.key_result is not None and not facts["private"]:
            owners.add(comment.key_result.owner_id)
        others = owners - named - {comment.author_id}
        notify(actor=actor, kind=COMMENTED, to=others, period=str(comment.pk), path=path, facts=facts)


def forget_comment(comment: Comment) -> None:
    """Take back what was told of a comment that is gone."""
    for kind in (MENTIONED, COMMENTED):
        withdraw(kind=kind, about=str(comment.pk))


def forget_mentions(comment: Comment, members: Iterable[UUID]) -> None:
    """Take back that some members are named, in a comment that names them no more."""
    withdraw(kind=MENTIONED, about=str(comment.pk), to=members)


def tell_of_kudos(*, actor: Actor, kudos: Kudos, people: Iterable[Membership]) -> None:
    """Tell those who are celebrated."""
    to = {one.pk for one in people} - {kudos.author_id}
    facts = {"who": kudos.author.display_name if kudos.author is not None else ""}
    notify(actor=actor, kind=CELEBRATED, to=to, period=str(kudos.pk), path="kudos/", facts=facts)


def forget_kudos(kudos: Kudos) -> None:
    """Take back what was told of kudos that are gone."""
    withdraw(kind=CELEBRATED, about=str(kudos.pk))


def tell_of_step(*, actor: Actor, objective: Objective, step: str, at: datetime, before: Iterable[UUID | None]) -> None:
    """Tell whoever agrees of a submitted draft; and those it belongs to, `before` the step too, that it came back."""
    period = f"{objective.pk}:{at.isoformat()}"
    facts = {"who": _name(actor), "what": objective.title}
    if step == "submit":
        to = [one.pk for one in agreers_of(objective)]
        _tell_about(objective, actor=actor, kind=TO_AGREE, to=to, period=period, facts=facts)
    elif step in ("return_to_draft", "agree"):
        kind = RETURNED if step == "return_to_draft" else AGREED
        _tell_about(objective, actor=actor, kind=kind, to=[objective.owner_id, *before], period=period, facts=facts)
    elif step == "withdraw_submission":
        withdraw(kind=TO_AGREE, about=str(objective.pk))


def forget_step(objective: Objective, verb: str) -> None:
    """Take back what was told of a step that was taken back, by its verb; what others were told of others stays."""
    if verb in _STEPS:
        withdraw(kind=_STEPS[verb], about=str(objective.pk))


def tell_of_request(*, actor: Actor, request: AlignmentRequest) -> None:
    """Tell the lead of the asked team; once it is answered, those who asked."""
    objective = request.objective
    facts = {"team": request.team.name, "what": objective.title, "state": str(request.state)}
    if request.state == RequestState.ASKED:
        to = [request.team.lead_id]
        _tell_about(objective, actor=actor, kind=TEAM_ASKED, to=to, period=str(request.pk), facts=facts)
    elif request.state == RequestState.WITHDRAWN:
        withdraw(kind=TEAM_ASKED, about=str(request.pk))
    else:
        to = [request.asked_by_id, objective.owner_id]
        period = f"{request.pk}:{request.state}"
        _tell_about(objective, actor=actor, kind=REQUEST_ANSWERED, to=to, period=period, facts=facts)


def tell_of_decision(*, actor: Actor, proposal: Proposal) -> None:
    """Tell whoever proposed something what became of it."""
    facts = {"what": proposal.title, "state": str(proposal.state)}
    path = f"proposals/{proposal.pk}/"
    to = [proposal.proposed_by_id]
    notify(actor=actor, kind=PROPOSAL_DECIDED, to=to, period=f"{proposal.pk}:{proposal.state}", path=path, facts=facts)


def forget_decision(proposal: Proposal) -> None:
    """Take back what was told of a decision that was taken back."""
    withdraw(kind=PROPOSAL_DECIDED, about=str(proposal.pk))


def tell_helper(*, actor: Actor, check_in: CheckIn) -> None:
    """Tell whoever can help with what is in the way."""
    blocker = Truncator(check_in.blocker).chars(LONGEST)
    facts = {"who": _name(actor), "what": check_in.key_result.title, "blocker": blocker}
    path = f"objectives/{check_in.key_result.objective_id}/"
    notify(actor=actor, kind=HELP_WANTED, to=[check_in.helper_id], period=str(check_in.pk), path=path, facts=facts)


def forget_blocker(check_in: CheckIn) -> None:
    """Take back that help is wanted."""
    withdraw(kind=HELP_WANTED, about=str(check_in.pk))


def tell_of_solved(*, actor: Actor, check_in: CheckIn) -> None:
    """Tell who named it that something is no longer in the way."""
    objective, to = check_in.key_result.objective, [check_in.author_id]
    facts = {"who": _name(actor), "what": check_in.key_result.title}
    _tell_about(objective, actor=actor, kind=BLOCKER_SOLVED, to=to, period=str(check_in.pk), facts=facts)


def forget_solved(check_in: CheckIn) -> None:
    """Take back that it is no longer in the way."""
    withdraw(kind=BLOCKER_SOLVED, about=str(check_in.pk))


def tell_of_dependency(*, actor: Actor, dependency: Dependency) -> None:
    """Tell who answers for an objective that another cannot be reached without it."""
    needs = dependency.needs
    to = [needs.owner_id or (needs.team.lead_id if needs.team is not None else None)]
    facts = {"what": needs.title, "other": dependency.objective.title}
    period = str(dependency.pk)
    _tell_about(dependency.objective, actor=actor, kind=NEEDED, to=to, period=period, facts=facts)


def forget_dependency(dependency: Dependency) -> None:
    """Take back that an objective is needed."""
    withdraw(kind=NEEDED, about=str(dependency.pk))


def tell_of_action(*, actor: Actor, action: RetroAction) -> None:
    """Tell whose it is what a team wants to do after looking back."""
    path = f"retrospectives/{action.retrospective_id}/"
    facts = {"who": _name(actor), "what": action.title}
    period = f"{action.pk}:{action.owner_id}"
    notify(actor=actor, kind=ACTION_GIVEN, to=[action.owner_id], period=period, path=path, facts=facts)


def _tell_about(
    objective: Objective,
    *,
    actor: Actor,
    kind: str,
    to: Iterable[UUID | None],
    period: str,
    facts: dict[str, str],
) -> None:
    """Tell those of some members who may read an objective something about it, with its title."""
    people = {one for one in to if one is not None}
    sight = Sight([objective], people)
    readers = {one for one in people if sight.reads(one, objective)}
    notify(actor=actor, kind=kind, to=readers, period=period, path=f"objectives/{objective.pk}/", facts=facts)


def _name(actor: Actor) -> str:
    return actor.membership.display_name if actor.membership is not None else ""
