"""The board of a retrospective, and what reaches the Program Lead Office."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from okrs import permissions
from okrs.domain.retrospective import VOTES
from okrs.enums import RetroColumn, RetroState
from okrs.models import RetroAction, RetroCard, Retrospective, RetroVote
from organizations.actor import Actor
from organizations.enums import Role
from organizations.models import Team

MOST_PROCESS_CARDS = 500


@dataclass(frozen=True, slots=True)
class Card:
    """A card as one member sees it. `votes` is None until voting has ended: nobody should follow the others."""

    card: RetroCard
    votes: int | None
    is_voted: bool
    may_edit: bool
    may_remove: bool


@dataclass(slots=True)
class Board:
    """Everything of a retrospective."""

    retrospective: Retrospective
    columns: list[tuple[RetroColumn, list[Card]]]
    actions: list[RetroAction]
    votes_left: int
    may_moderate: bool
    may_write: bool

    @property
    def is_collecting(self) -> bool:
        return self.may_write and self.retrospective.state == RetroState.COLLECTING

    @property
    def is_voting(self) -> bool:
        return self.may_write and self.retrospective.state == RetroState.VOTING

    @property
    def is_closed(self) -> bool:
        return self.retrospective.state == RetroState.CLOSED


def cards_of(actor: Actor, retrospective: Retrospective) -> list[RetroCard]:
    """Return the cards with `is_voted` and `vote_count`; one query.

    The order is that of their random ids: it stays the same, and tells nothing about when they were written. After the
    vote the most wanted go first.
    """
    rows = with_votes(actor, RetroCard.objects.filter(retrospective=retrospective).select_related("author"))
    if retrospective.state == RetroState.CLOSED:
        return sorted(rows, key=lambda card: (-card.vote_count, card.pk))  # type: ignore[attr-defined]
    return list(rows.order_by("pk"))


def with_votes(actor: Actor, cards: QuerySet[RetroCard]) -> QuerySet[RetroCard]:
    """Add `is_voted` and `vote_count` to cards, in the same query; who shows the count looks at the state first."""
    votes = RetroVote.objects.filter(card=OuterRef("pk"))
    counted = votes.order_by().values("card").annotate(count=Count("pk")).values("count")
    return cards.annotate(
        is_voted=Exists(votes.filter(membership=actor.membership)), vote_count=Coalesce(Subquery(counted), 0)
    )


def board_of(actor: Actor, retrospective: Retrospective, *, may_write: bool) -> Board:
    """Return the board as one member sees it; two queries. Cycle, team and moderator must be loaded."""
    moderates = bool(permissions.moderate_retrospective(actor, retrospective))
    cards = [
        _card(actor, card, retrospective, moderates=moderates, may_write=may_write)
        for card in cards_of(actor, retrospective)
    ]
    actions = RetroAction.objects.filter(retrospective=retrospective).select_related("owner")
    return Board(
        retrospective=retrospective,
        columns=[(column, [one for one in cards if one.card.column == column]) for column in RetroColumn],
        actions=list(actions.order_by("state", "due_on", "pk")),
        votes_left=VOTES - sum(one.is_voted for one in cards),
        may_moderate=moderates and may_write,
        may_write=may_write,
    )


def retrospectives_of(team: Team) -> list[Retrospective]:
    """Return a team's retrospectives, the newest first; one query."""
    return list(Retrospective.objects.filter(team=team).select_related("cycle", "team", "moderator")[:20])


def process_cards(actor: Actor) -> list[RetroCard]:
    """Return what teams said about the process, without authors, as far as somebody leads the programme; one query.

    Only from boards that collect no more, so that nobody can watch a card appear. The author is not even read.
    """
    rows = RetroCard.objects.filter(about_process=True).exclude(retrospective__state=RetroState.COLLECTING)
    scopes = [held.team_ids for held in actor.roles if held.role == Role.PLO]
    if not actor.is_system and None not in scopes:
        rows = rows.filter(retrospective__team__in=_together(one for one in scopes if one is not None))
    ordered = rows.defer("author").select_related("retrospective__team", "retrospective__cycle")
    return list(ordered.order_by("-retrospective__opened_at", "retrospective_id", "column", "pk")[:MOST_PROCESS_CARDS])


def visible_retrospectives(actor: Actor, path: str = "", *, owned: str = "") -> Q:
    """Return the condition for rows of retrospectives somebody may see: of their teams, and those they moderate.

    `path` leads from the row to its retrospective; `owned` names what else makes a row theirs.
    """
    if actor.is_system:
        return Q()
    prefix = f"{path}__" if path else ""
    mine = Q(**{f"{prefix}team__in": actor.team_ids}) | Q(**{f"{prefix}moderator": actor.membership})
    return mine | Q(**{owned: actor.membership}) if owned else mine


def _card(actor: Actor, card: RetroCard, retrospective: Retrospective, *, moderates: bool, may_write: bool) -> Card:
    is_own = card.author_id is not None and actor.is_(card.author_id)
    is_open = may_write and retrospective.state != RetroState.CLOSED
    return Card(
        card=card,
        votes=card.vote_count if retrospective.state == RetroState.CLOSED else None,  # type: ignore[attr-defined]
        is_voted=card.is_voted,  # type: ignore[attr-defined]
        may_edit=is_own and may_write and retrospective.state == RetroState.COLLECTING,
        may_remove=is_open and (is_own or moderates),
    )


def _together(scopes: Iterable[frozenset[UUID]]) -> set[UUID]:
    found: set[UUID] = set()
    for scope in scopes:
        found |= scope
    return found
