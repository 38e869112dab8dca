"""Barriers of a plan: the page where they are collected, and what the plan's overview shows of them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
    Window,
)
from django.db.models.functions import Coalesce

from organizations.actor import Actor
from rollout.enums import BarrierState
from rollout.models import Barrier, BarrierCollection, BarrierComment, BarrierVote, RolloutPlan
from rollout.models.plan import OVER
from rollout.models.readiness import VOTES
from rollout.queries.audience import collects_now
from rollout.queries.crowd import asks_enough

# Each with a vote, what was said to it and a form.
PER_PAGE = 20
# How many of the open ones the overview shows.
SHOWN = 5


@dataclass(frozen=True, slots=True)
class BarrierRow:
    """A barrier as one person sees it. `votes` is None while people vote: nobody should follow the others."""

    barrier: Barrier
    votes: int | None
    my_votes: int
    comments: list[BarrierComment]
    is_mine: bool


@dataclass(frozen=True, slots=True)
class ReadinessPage:
    """What the page shows of a plan's barriers."""

    collection: BarrierCollection | None
    is_open: bool
    rows: list[BarrierRow]
    page: Page
    # By state, of all pages.
    counts: dict[str, int]
    votes_left: int
    # Whether so many are asked that one can say something without one's name.
    hides_names: bool

    @property
    def total(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class ReadinessSummary:
    """What the overview of a plan shows: the open barriers most people voted for, and how many there are."""

    is_collecting: bool
    open: int
    total: int
    top: list[Barrier]


def with_votes(actor: Actor, barriers: QuerySet[Barrier]) -> QuerySet[Barrier]:
    """Add `vote_sum` and `my_votes` to barriers, in the same query; who shows the sum looks first whether it may."""
    votes = BarrierVote.objects.filter(barrier=OuterRef("pk")).order_by()
    summed = votes.values("barrier").annotate(sum=Sum("count")).values("sum")
    mine = votes.filter(membership=actor.membership).values("count")
    return barriers.annotate(vote_sum=Coalesce(Subquery(summed), 0), my_votes=Coalesce(Subquery(mine), 0))


def with_collecting(barriers: QuerySet[Barrier]) -> QuerySet[Barrier]:
    """Add `is_collecting` to barriers: whether people vote now, so that no sums are told; in the same query."""
    collecting = BarrierCollection.objects.filter(plan=OuterRef("plan"), closed_at=None, plan__archived_at=None)
    return barriers.annotate(is_collecting=Exists(collecting.exclude(plan__state__in=OVER)))


def readiness_page(actor: Actor, plan: RolloutPlan, *, state: str = "", number: int | str = 1) -> ReadinessPage:
    """Return a page of a plan's barriers; five queries, and one for the collection unless it was read.

    While barriers are collected also those of asks_enough.

    The order is that of their votes once nobody votes any more, those still open first; before that the order of their
    random ids, which stays the same and tells nothing about when they were written.
    """
    collection = plan.collection
    is_open = collects_now(plan)
    standing = Barrier.objects.standing().filter(plan=plan)
    states = list(standing.order_by().values_list("state", flat=True))
    counts = {one: states.count(one) for one in BarrierState.values}
    found = with_votes(actor, standing.select_related("author", "owner"))
    if state in BarrierState.values:
        found = found.filter(state=state)
    first = Case(When(state=BarrierState.OPEN, then=Value(True)), default=Value(False), output_field=BooleanField())
    found = found.annotate(is_first=first)
    order = ("pk",) if is_open else ("-vote_sum", "pk")
    page = Paginator(found.order_by("-is_first", *order), PER_PAGE).get_page(number)
    barriers = list(page.object_list)
    said = comments_of(barriers)
    rows = [_row(actor, one, said.get(one.pk, []), shows_votes=not is_open) for one in barriers]
    hides_names = is_open and collection is not None and asks_enough(collection)
    return ReadinessPage(collection, is_open, rows, page, counts, votes_left(actor, plan), hides_names)


def comments_of(barriers: Sequence[Barrier]) -> dict[UUID, list[BarrierComment]]:
    """Return what was said to some barriers, by the barrier's id, in its order; one query."""
    found: dict[UUID, list[BarrierComment]] = defaultdict(list)
    said = BarrierComment.objects.standing().filter(barrier__in=[one.pk for one in barriers])
    for comment in said.select_related("author").order_by("position"):
        found[comment.barrier_id].append(comment)
    return found


def votes_left(actor: Actor, plan: RolloutPlan) -> int:
    """Return how many votes an actor has left in a plan; one query."""
    given = BarrierVote.objects.filter(
        barrier__plan=plan, barrier__removed_at=None, membership=actor.membership
    ).aggregate(spent=Sum("count"))
    return VOTES - (given["spent"] or 0)


def readiness_summary(plan: RolloutPlan) -> ReadinessSummary:
    """Return what the overview shows of a plan's barriers; one query, and one for the collection."""
    votes = BarrierVote.objects.filter(barrier=OuterRef("pk")).order_by()
    summed = votes.values("barrier").annotate(sum=Sum("count")).values("sum")
    rows = (
        Barrier.objects.standing()
        .filter(plan=plan)
        .select_related("owner")
        .annotate(
            vote_sum=Coalesce(Subquery(summed), 0),
            total=Window(Count("pk")),
            open=Window(Count("pk", filter=Q(state=BarrierState.OPEN))),
            is_settled=Case(When(state=BarrierState.OPEN, then=0), default=1),
        )
    )
    top = list(rows.order_by("is_settled", "-vote_sum", "pk")[:SHOWN])
    return ReadinessSummary(
        is_collecting=collects_now(plan),
        open=top[0].open if top else 0,
        total=top[0].total if top else 0,
        top=[one for one in top if one.state == BarrierState.OPEN],
    )


def _row(actor: Actor, barrier: Barrier, said: list[BarrierComment], *, shows_votes: bool) -> BarrierRow:
    return BarrierRow(
        barrier=barrier,
        votes=barrier.vote_sum if shows_votes else None,  # type: ignore[attr-defined]
        my_votes=barrier.my_votes,  # type: ignore[attr-defined]
        comments=said,
        is_mine=barrier.author_id is not None and actor.is_(barrier.author_id),
    )
