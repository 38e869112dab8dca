"""Objectives without a cycle: proposed from below, adopted or declined; and a team's backlog of drafts."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from okrs.domain.example import create_objective_with_key_results
from okrs.domain.objective import archive_objective, lock_objective
from okrs.domain.phase_lock import keep_phases
from okrs.domain.telling import forget_decision, tell_of_decision
from okrs.enums import Level, MetricType, ObjectiveKind, ObjectiveStatus, ProposalState, UnitKind
from okrs.models import Cycle, Objective, Proposal
from organizations.actor import Actor
from organizations.domain import audit
from organizations.domain.editing import refuse_if_changed_since
from organizations.errors import Refused
from organizations.models import Membership, Team

EDITABLE = ("title", "description", "why", "kind", "level", "team", "key_results")
MOST_KEY_RESULTS = 10
# What a key result of a proposal may say, numbers as text: what measures is made of it in a cycle.
NUMBERS = ("start", "target", "lower", "upper")
FIELDS = ("title", "metric", "unit_kind", "unit", *NUMBERS)


def propose(
    *,
    actor: Actor,
    title: str,
    level: str = Level.TEAM,
    team: Team | None = None,
    why: str = "",
    description: str = "",
    kind: str = ObjectiveKind.COMMITTED,
    key_results: Iterable[dict[str, Any]] = (),
) -> Proposal:
    """Propose an objective to a team or to the organization, or put it into one's own team's backlog. Returns it.

    `key_results` are arguments of create_key_result. Raises Refused at the field that makes no sense. Side effects:
    one audit entry.
    """
    with transaction.atomic():
        proposal = Proposal(
            level=level,
            team=team if level == Level.TEAM else None,
            title=title,
            why=why,
            description=description,
            kind=kind,
            key_results=as_kept(key_results),
            proposed_by=actor.membership,
        )
        _validate(proposal)
        proposal.save()
        audit.record(
            actor=actor, verb="proposed", subject=proposal, after=audit.snapshot(proposal, ["title", "level", "team"])
        )
        return proposal


def edit_proposal(
    *, actor: Actor, proposal: Proposal, changes: dict[str, Any], seen: datetime | None = None
) -> Proposal:
    """Change fields of EDITABLE of an open proposal. Returns it as it now stands.

    `seen` is when the form was opened: what somebody else changed since is refused once. Side effects: one audit
    entry.
    """
    with transaction.atomic():
        locked = _lock(proposal)
        _refuse_unless_open(locked)
        changes = {name: value for name, value in changes.items() if name in EDITABLE}
        if "key_results" in changes:
            changes["key_results"] = as_kept(changes["key_results"])
        refuse_if_changed_since(locked, actor=actor, seen=seen, fields=changes)
        before, after = audit.apply_changes(locked, changes)
        if locked.level == Level.ORGANIZATION:
            locked.team = None
        if after:
            _validate(locked)
            locked.save()
            audit.record(actor=actor, verb="changed", subject=locked, before=before, after=after)
        return locked


def adopt_proposal(
    *, actor: Actor, proposal: Proposal, cycle: Cycle, owner: Membership | None = None, title: str = ""
) -> Objective:
    """Make an objective of a cycle out of an open proposal; whoever proposed it stays named. Returns the objective.

    `title` replaces the proposed one where it is given. Of two who decide at once the second is refused. Raises Refused
    for a closed cycle too. Side effects: the objective with its key results, an audit entry for each and one for the
    proposal.
    """
    with transaction.atomic():
        locked = _lock(proposal)
        _refuse_unless_open(locked)
        objective = create_objective_with_key_results(
            actor=actor,
            key_results=as_arguments(locked.key_results),
            cycle=cycle,
            title=title.strip() or locked.title,
            level=locked.level,
            team=locked.team,
            owner=owner,
            why=locked.why,
            description=locked.description,
            kind=locked.kind,
            proposed_by=locked.proposed_by,
        )
        locked.objective = objective
        return _decide(actor, locked, ProposalState.ADOPTED, "adopted").objective or objective


def decline_proposal(*, actor: Actor, proposal: Proposal, reason: str) -> Proposal:
    """Say no to an open proposal, with a reason. Returns it. Side effects: one audit entry."""
    if not reason.strip():
        raise Refused({"reason": _("Say why, so that whoever proposed it can learn from it.")})
    with transaction.atomic():
        locked = _lock(proposal)
        _refuse_unless_open(locked)
        locked.answer = reason.strip()
        return _decide(actor, locked, ProposalState.DECLINED, "declined")


def reopen_proposal(*, actor: Actor, proposal: Proposal) -> Proposal:
    """Let a proposal wait for a decision again; what it had become is archived. Returns it.

    Raises Refused where the objective is more than a fresh draft by now, and in a closed cycle. Side effects: one audit
    entry, two with an objective.
    """
    with transaction.atomic():
        locked = _lock(proposal)
        if locked.state == ProposalState.OPEN:
            return locked
        if locked.objective is not None and locked.objective.archived_at is None:
            objective = lock_objective(locked.objective.pk)
            if objective.key_results.exclude(last_check_in_at=None).exists():
                raise Refused(_("Its objective has been checked in on. Archive or stop the objective instead."))
            archive_objective(actor=actor, objective=objective)
        locked.objective, locked.answer = None, ""
        return _decide(actor, locked, ProposalState.OPEN, "reopened")


def set_aside(*, actor: Actor, objective: Objective) -> Proposal:
    """Take a draft out of its cycle and put it into the backlog, with its key results. Returns the proposal.

    Raises Refused for what is no draft, private or of a single person. Side effects: the objective is archived; an
    audit entry for each.
    """
    with transaction.atomic():
        locked = lock_objective(objective.pk)
        if locked.status != ObjectiveStatus.DRAFT or locked.archived_at is not None:
            raise Refused(_("Only a draft goes into the backlog."))
        if locked.is_private or locked.level == Level.INDIVIDUAL:
            raise Refused(_("The backlog is read by everybody, so nothing private or of a single person goes there."))
        measured = locked.key_results.filter(archived_at=None).listed()
        proposal = propose(
            actor=actor,
            title=locked.title,
            level=locked.level,
            team=locked.team,
            why=locked.why,
            description=locked.description,
            kind=locked.kind,
            key_results=[{name: getattr(one, name) for name in FIELDS} for one in measured],
        )
        if locked.proposed_by_id is not None:
            proposal.proposed_by_id = locked.proposed_by_id
            proposal.save(update_fields=["proposed_by"])
        archive_objective(actor=actor, objective=locked)
        return proposal


def archive_proposal(*, actor: Actor, proposal: Proposal) -> Proposal:
    """Put a proposal away, as whoever proposed it or could adopt it. Can be undone. Side effects: one audit entry."""
    return _set_archived(actor, proposal, timezone.now(), "archived")


def restore_proposal(*, actor: Actor, proposal: Proposal) -> Proposal:
    """Bring a proposal back that was put away. Side effects: one audit entry."""
    return _set_archived(actor, proposal, None, "restored")


def as_kept(key_results: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return key results as a proposal keeps them: fields of FIELDS that are set, numbers as text."""
    return [
        {name: str(one[name]) if name in NUMBERS else one[name] for name in FIELDS if one.get(name) not in (None, "")}
        for one in key_results
    ]


def as_arguments(kept: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return kept key results as arguments of create_key_result."""
    return [{name: Decimal(value) if name in NUMBERS else value for name, value in one.items()} for one in kept]


def _lock(proposal: Proposal) -> Proposal:
    keep_phases()
    locked: Proposal = (
        Proposal.objects.select_for_update(of=("self",))
        .select_related("team__lead", "proposed_by", "objective__cycle")
        .get(pk=proposal.pk)
    )
    return locked


def _refuse_unless_open(proposal: Proposal) -> None:
    if proposal.archived_at is not None:
        raise Refused(_("This proposal was put away."))
    if proposal.state != ProposalState.OPEN:
        raise Refused(_("This proposal was decided meanwhile: %(state)s.") % {"state": proposal.get_state_display()})


def _decide(actor: Actor, proposal: Proposal, state: ProposalState, verb: str) -> Proposal:
    before, is_open = proposal.state, state == ProposalState.OPEN
    proposal.state = state
    proposal.decided_by = None if is_open else actor.membership
    proposal.decided_at = None if is_open else timezone.now()
    proposal.save()
    after = audit.snapshot(proposal, ["state", "objective"])
    audit.record(
        actor=actor, verb=verb, subject=proposal, before={"state": before}, after=after, reason=proposal.answer
    )
    if is_open:
        forget_decision(proposal)
    else:
        tell_of_decision(actor=actor, proposal=proposal)
    return proposal


def _set_archived(actor: Actor, proposal: Proposal, when: datetime | None, verb: str) -> Proposal:
    with transaction.atomic():
        locked = _lock(proposal)
        if (locked.archived_at is None) != (when is None):
            locked.archived_at = when
            locked.save(update_fields=["archived_at", "updated_at"])
            audit.record(actor=actor, verb=verb, subject=locked)
        return locked


def _validate(proposal: Proposal) -> None:
    """Tidy the texts; raise Refused at the field that makes no sense."""
    proposal.title = " ".join(proposal.title.split())
    if not proposal.title:
        raise Refused({"title": _("Say what you want to achieve.")})
    if proposal.level not in (Level.ORGANIZATION, Level.TEAM):
        raise Refused({"level": _("Propose something to a team or to the whole organization.")})
    if proposal.level == Level.TEAM and proposal.team is None:
        raise Refused({"team": _("Choose the team you propose it to.")})
    if proposal.team is not None and proposal.team.archived_at is not None:
        raise Refused({"team": _("This team is archived.")})
    if len(proposal.key_results) > MOST_KEY_RESULTS:
        raise Refused({"key_results": _("At most %(count)d key results.") % {"count": MOST_KEY_RESULTS}})
    if any(not one.get("title", "").strip() for one in proposal.key_results):
        raise Refused({"key_results": _("A key result needs a title.")})
    known = {"metric": MetricType.values, "unit_kind": UnitKind.values}
    for one in proposal.key_results:
        if any(name in one and one[name] not in values for name, values in known.items()):
            raise Refused({"key_results": _("“%(line)s” says nothing that can be measured.") % {"line": one["title"]}})
