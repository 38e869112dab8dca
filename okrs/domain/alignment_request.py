"""Asking another team to contribute: "we need you for this"."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from okrs.domain.alignment import align
from okrs.domain.objective import create_objective, refuse_closed, refuse_if_closed_by_now
from okrs.domain.phase_lock import keep_phases
from okrs.domain.telling import tell_of_request
from okrs.enums import Level, RequestState
from okrs.models import AlignmentRequest, Cycle, Objective
from organizations.actor import Actor
from organizations.domain import audit
from organizations.errors import Refused
from organizations.models import Team


def ask_team(*, actor: Actor, objective: Objective, team: Team, message: str) -> AlignmentRequest:
    """Ask a team to contribute to an objective. Returns the request.

    Raises Refused for the objective's own team, a private objective, a team that has not answered the last request yet,
    and a closed cycle. Side effects: one audit entry.
    """
    with transaction.atomic():
        refuse_if_closed_by_now(objective)
        if objective.is_private:
            raise Refused(_("This objective is private, so no other team can contribute to it."))
        if team.pk == objective.team_id:
            raise Refused({"team": _("It is this team's own objective. Ask another team.")})
        if not message.strip():
            raise Refused({"message": _("Say what you need from them.")})
        try:
            # A transaction within: what is refused by the table leaves the one around it whole.
            with transaction.atomic():
                asked = AlignmentRequest.objects.create(
                    objective=objective, team=team, message=message.strip(), asked_by=actor.membership
                )
        except IntegrityError as error:
            raise Refused(
                {"team": _("%(team)s has been asked already and has not answered yet.") % {"team": team.name}}
            ) from error
        audit.record(
            actor=actor,
            verb="asked",
            subject=asked,
            after={"objective": objective.pk, "team": team.pk, "message": asked.message},
        )
        tell_of_request(actor=actor, request=asked)
        return asked


def accept_request(
    *,
    actor: Actor,
    request: AlignmentRequest,
    contribution: Objective | None = None,
    title: str = "",
    cycle: Cycle | None = None,
    answer: str = "",
) -> AlignmentRequest:
    """Say yes, with an objective of the asked team that contributes, or a `title` for a new one. Returns the request.

    With neither, the objective is to come. A new one is written into `cycle` (default: the asking objective's). Either
    then supports the asking objective. Raises Refused when it was answered already. Side effects: an audit entry,
    perhaps a new objective and an alignment.
    """
    with transaction.atomic():
        locked = _lock_open(request)
        if contribution is not None and contribution.team_id != locked.team_id:
            raise Refused({"contribution": _("This is no objective of %(team)s.") % {"team": locked.team.name}})
        if contribution is None and title.strip():
            contribution = create_objective(
                actor=actor,
                cycle=cycle or locked.objective.cycle,
                title=title,
                level=Level.TEAM,
                team=locked.team,
                owner=locked.team.lead,
            )
        if contribution is not None:
            align(actor=actor, objective=contribution, target=locked.objective, reason=locked.message)
        return _answer(actor, locked, RequestState.ACCEPTED, answer, contribution)


def decline_request(*, actor: Actor, request: AlignmentRequest, reason: str) -> AlignmentRequest:
    """Say no, with a reason. Returns the request. Side effects: one audit entry."""
    if not reason.strip():
        raise Refused({"answer": _("Say why, so that they can plan without you.")})
    with transaction.atomic():
        return _answer(actor, _lock_open(request), RequestState.DECLINED, reason, None)


def withdraw_request(*, actor: Actor, request: AlignmentRequest) -> AlignmentRequest:
    """Take a request back that nobody has answered. Returns it. Side effects: one audit entry."""
    with transaction.atomic():
        return _answer(actor, _lock_open(request), RequestState.WITHDRAWN, "", None)


def reopen_request(*, actor: Actor, request: AlignmentRequest) -> AlignmentRequest:
    """Let a declined or withdrawn request wait for an answer again (undo). Returns it. Side effects: an audit entry."""
    with transaction.atomic():
        locked = _lock(request)
        if locked.state not in (RequestState.DECLINED, RequestState.WITHDRAWN):
            raise Refused(_("This request was answered meanwhile."))
        if AlignmentRequest.objects.open().filter(objective=locked.objective_id, team=locked.team_id).exists():
            raise Refused(_("The team has been asked again meanwhile."))
        return _answer(actor, locked, RequestState.ASKED, "", None)


def _lock(request: AlignmentRequest) -> AlignmentRequest:
    keep_phases()
    locked: AlignmentRequest = (
        AlignmentRequest.objects.select_for_update(of=("self",))
        .select_related("objective__cycle", "team__lead")
        .get(pk=request.pk)
    )
    refuse_closed(locked.objective.cycle)
    return locked


def _lock_open(request: AlignmentRequest) -> AlignmentRequest:
    """Return the request locked; of two who answer at once the second reads what the first said."""
    locked = _lock(request)
    if locked.state != RequestState.ASKED:
        raise Refused(_("This request was answered meanwhile: %(state)s.") % {"state": locked.get_state_display()})
    return locked


def _answer(
    actor: Actor, request: AlignmentRequest, state: RequestState, answer: str, contribution: Objective | None
) -> AlignmentRequest:
    before = request.state
    is_open = state == RequestState.ASKED
    request.state = state
    request.answer = answer.strip()
    request.answered_by = None if is_open else actor.membership
    request.answered_at = None if is_open else timezone.now()
    request.contribution = contribution
    request.save()
    audit.record(
        actor=actor,
        verb={
            RequestState.ASKED: "reopened",
            RequestState.ACCEPTED: "accepted",
            RequestState.DECLINED: "declined",
            RequestState.WITHDRAWN: "withdrew",
        }[state],
        subject=request,
        before={"state": before},
        after={"state": state, "objective": request.objective_id},
        reason=request.answer,
    )
    tell_of_request(actor=actor, request=request)
    return request
