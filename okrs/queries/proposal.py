"""What is proposed, and a team's backlog."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject

from okrs import permissions
from okrs import talk_permissions as talking
from okrs.enums import ProposalState
from okrs.models import Comment, Objective, Proposal, Reaction
from okrs.queries.reaction import Reacted, words
from organizations.actor import Actor
from organizations.models import Team

PAGE_SIZE = 50
IN_WEEK = 10
ORGANIZATION = "organization"


@dataclass(frozen=True, slots=True)
class Row:
    """A proposal as it is shown, and what the reader may do with it."""

    proposal: Proposal
    reactions: list[Reacted]
    comments: int
    may_edit: bool
    may_adopt: bool
    may_decline: bool
    # What became of it, unless that is private to others.
    objective: Objective | None

    @property
    def is_open(self) -> bool:
        """Whether it waits for a decision."""
        return self.proposal.state == ProposalState.OPEN and self.proposal.archived_at is None


@dataclass(slots=True)
class Proposals:
    """A page of proposals, newest first; `counts` by state, whatever state is shown."""

    rows: list[Row] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    has_next: bool = False


def proposals(
    actor: Actor, *, state: str = ProposalState.OPEN, team: Team | None = None, place: str = "", page: int = 1
) -> Proposals:
    """Return proposals in a state, of a team, of the organization (`place`) or all; two queries."""
    every = Proposal.objects.current()
    if team is not None:
        every = every.filter(team=team)
    elif place == ORGANIZATION:
        every = every.filter(team=None)
    counted = every.order_by().values("state").annotate(number=Count("pk"))
    counts = dict(counted.values_list("state", "number"))
    first = (page - 1) * PAGE_SIZE
    found = list(_with_talk(every.filter(state=state))[first : first + PAGE_SIZE + 1])
    return Proposals([_row(actor, one) for one in found[:PAGE_SIZE]], counts, len(found) > PAGE_SIZE)


def proposal_row(actor: Actor, proposal_id: UUID) -> Row | None:
    """Return one proposal, put away or not; one query. None where there is none."""
    found = _with_talk(Proposal.objects.filter(pk=proposal_id)).first()
    return _row(actor, found) if found is not None else None


def proposals_for(actor: Actor) -> Sequence[Proposal]:
    """Return the open proposals of others that an actor decides on, the oldest first; at most one query.

    Those to teams the actor leads, and to the organization for whoever writes its objectives.
    """
    if actor.membership is None:
        return []
    led = [team.pk for team in actor.teams if actor.is_(team.lead_id)]
    mine = Q(team__in=led)
    if permissions.draft_for_organization(actor):
        mine |= Q(team=None)
    elif not led:
        return []
    rows = Proposal.objects.open().current().filter(mine).exclude(proposed_by=actor.membership)
    return list(rows.select_related("team", "proposed_by").order_by("created_at", "pk")[:IN_WEEK])


def _with_talk(rows: QuerySet[Proposal]) -> Any:
    said = Reaction.objects.filter(proposal=OuterRef("pk")).order_by("pk")
    one = {"kind": "kind", "id": "membership_id", "name": "membership__display_name"}
    talk = Comment.objects.standing().filter(proposal=OuterRef("pk")).order_by().values("proposal")
    return rows.select_related("team", "proposed_by", "decided_by", "objective__cycle").annotate(
        said=ArraySubquery(said.values(json=JSONObject(**one))),
        comment_count=Coalesce(Subquery(talk.annotate(number=Count("pk")).values("number")), 0),
    )


def _row(actor: Actor, found: Any) -> Row:
    objective = found.objective
    # Made private since, it is told of nowhere; its owner finds it among their own.
    hidden = objective is None or (objective.is_private and not actor.is_(objective.owner_id))
    return Row(
        proposal=found,
        reactions=words(actor, [(one["kind"], one["id"], one["name"]) for one in found.said]),
        comments=found.comment_count,
        may_edit=bool(talking.edit_proposal(actor, found)),
        may_adopt=bool(talking.adopt_proposal(actor, found)),
        may_decline=bool(talking.decline_proposal(actor, found)),
        objective=None if hidden else objective,
    )
