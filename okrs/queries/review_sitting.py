"""Going through objectives one by one at the end of a cycle: one's own, or a team's."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from okrs import permissions, scoring
from okrs.enums import Outcome, Phase
from okrs.models import Cycle, CycleExtension, Objective, Review
from okrs.queries.review import (
    AWAITED,
    SCORED,
    Proposal,
    Scored,
    bands_of,
    carried_draft,
    default_next,
    extended_team_ids,
    next_cycles,
    proposal_for,
    scored_of,
    with_review,
)
from okrs.queries.standing import Standings
from organizations.actor import Actor
from organizations.models import Team


@dataclass(frozen=True, slots=True)
class Item:
    """An objective of a sitting. `is_open` says that scores are taken now, `may_score` that this person gives them."""

    objective: Objective
    scored: Scored | None
    is_open: bool
    may_score: bool

    @property
    def is_over(self) -> bool:
        """Whether its cycle closed without anybody having to score it any more."""
        return self.objective.cycle.is_read_only and not self.is_open

    @property
    def is_done(self) -> bool:
        """Whether somebody has scored it."""
        return self.scored is not None and not self.scored.not_reviewed

    @property
    def outcome(self) -> str:
        """What becomes of it, in words; empty while nobody has said so."""
        return str(Outcome(self.scored.outcome).label) if self.scored and self.scored.outcome else ""


@dataclass(slots=True)
class Sitting:
    """Everything one goes through. `items` are those this person scores, `others` those somebody else does."""

    cycle: Cycle
    team: Team | None
    items: list[Item] = field(default_factory=list)
    others: list[Item] = field(default_factory=list)
    bands: scoring.ScoreBands = field(default_factory=scoring.ScoreBands)

    @property
    def total(self) -> int:
        return len(self.items)

    @property
    def done(self) -> int:
        """How many of them are scored."""
        return sum(item.is_done for item in self.items)

    @property
    def every(self) -> list[Item]:
        return [*self.items, *self.others]

    @property
    def mean(self) -> float | None:
        """The mean of the scores there are; None without any."""
        scores = [item.scored.score for item in self.every if item.scored and item.scored.score is not None]
        return sum(scores) / len(scores) if scores else None

    def next_open(self, after: UUID | None = None) -> Item | None:
        """Return the next one nobody has scored, beginning behind `after` and round again; None when all are."""
        place = next((place for place, item in enumerate(self.items) if item.objective.pk == after), -1)
        ordered = [*self.items[place + 1 :], *self.items[: place + 1]]
        return next((item for item in ordered if item.is_open and not item.is_done), None)

    def place_of(self, item: Item) -> int:
        """Return which one it is, from 1."""
        return self.items.index(item) + 1

    def neighbours(self, item: Item) -> tuple[Item | None, Item | None]:
        """Return the one before and the one behind it."""
        place = self.items.index(item)
        return (
            self.items[place - 1] if place else None,
            self.items[place + 1] if place + 1 < len(self.items) else None,
        )


class Turn:
    """One objective in its turn: what its score starts from and where it may go on. Queries when asked for."""

    def __init__(self, item: Item, cycle: Cycle) -> None:
        self.item = item
        self.objective = item.objective
        self.cycle = cycle

    @cached_property
    def review(self) -> Review | None:
        """What was written so far; one query."""
        return Review.objects.filter(objective=self.objective).select_related("reviewed_by").first()

    @cached_property
    def proposal(self) -> Proposal:
        """The proposed score with its parts; at most four queries."""
        return proposal_for(self.objective)

    @cached_property
    def next_cycles(self) -> list[Cycle]:
        """Where it can be carried over to; one query."""
        return next_cycles(self.cycle)

    @property
    def default_next(self) -> Cycle | None:
        return default_next(self.cycle, self.next_cycles)

    @cached_property
    def draft(self) -> Objective | None:
        """What carries it on already; one query."""
        return carried_draft(self.objective)


def sitting_of(actor: Actor, cycle: Cycle, team: Team | None = None, *, also: UUID | None = None) -> Sitting:
    """Return what somebody goes through in a cycle: their own objectives, or a team's; two queries.

    One's own are those one owns, and those nobody owns in a team one leads. `also` adds one more objective.
    """
    today = Standings(actor).today
    rows = Objective.objects.visible_to(actor).current().filter(cycle=cycle, status__in=SCORED)
    if team is not None:
        wanted = Q(team=team)
    else:
        wanted = Q(owner=actor.membership) | Q(owner=None, team__lead=actor.membership)
    rows = rows.filter(wanted | Q(pk=also) if also else wanted).select_related("owner", "team")
    extended = extended_team_ids(cycle, today) if cycle.is_read_only else set()
    sitting = Sitting(cycle, team, bands=bands_of(actor.settings))
    for objective in with_review(rows.order_by("level", "position", "pk")):
        objective.cycle = cycle
        is_open = cycle.phase == Phase.REVIEWING or objective.team_id in extended
        may = bool(permissions.review_objective(actor, objective))
        item = Item(objective, scored_of(objective), is_open, may)
        (sitting.items if may else sitting.others).append(item)
    return sitting


@dataclass(frozen=True, slots=True)
class Due:
    """A review that waits for somebody: the cycle, how many of theirs are scored, and how many there are."""

    cycle: Cycle
    done: int
    total: int
    until: date | None


def reviews_due(actor: Actor) -> list[Due]:
    """Return the cycles in which objectives of somebody wait for a score; one query."""
    me = actor.membership
    if me is None:
        return []
    today = Standings(actor).today
    extended = CycleExtension.objects.filter(
        cycle=OuterRef("cycle"), team=OuterRef("team"), until__gte=today, ended_at=None
    )
    scored = Review.objects.filter(objective=OuterRef("pk"), not_reviewed=False)
    rows = (
        Objective.objects.current()
        .filter(Q(owner=me) | Q(owner=None, team__lead=me), status__in=AWAITED, cycle__archived_at=None)
        .filter(Q(cycle__phase=Phase.REVIEWING) | Q(Exists(extended), cycle__phase=Phase.CLOSED))
        .annotate(is_scored=Exists(scored))
        .select_related("cycle")
        .order_by("cycle__starts_on", "cycle_id")
    )
    return _by_cycle(rows)


def _by_cycle(rows: Sequence[Any] | Any) -> list[Due]:
    found: dict[UUID, list[Any]] = {}
    for row in rows:
        found.setdefault(row.cycle_id, []).append(row)
    return [
        Due(of_cycle[0].cycle, sum(row.is_scored for row in of_cycle), len(of_cycle), of_cycle[0].cycle.closing_on)
        for of_cycle in found.values()
        if not all(row.is_scored for row in of_cycle)
    ]
