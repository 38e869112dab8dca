"""What somebody's week holds: check-ins that are due, their objectives, and what waits for them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from okrs.enums import ObjectiveStatus, Phase
from okrs.models import AlignmentRequest, CheckIn, Cycle, Mention, Objective, Proposal, RetroAction
from okrs.queries.agreement import to_agree
from okrs.queries.alignment_request import waiting_for
from okrs.queries.cards import Card, cards, with_supports
from okrs.queries.due import standings_of_mine
from okrs.queries.mention import unread_mentions
from okrs.queries.proposal import proposals_for
from okrs.queries.retro_actions import my_actions
from okrs.queries.review_sitting import Due, reviews_due
from okrs.queries.standing import KeyResultStanding, Standings
from organizations.actor import Actor

# A blocker older than this was forgotten, not waited for.
BLOCKERS_FOR = timedelta(days=42)
MOST_BLOCKERS = 20
MOST_OBJECTIVES = 20
# What is listed as one's own: drafts are not (they wait for one's hand), nor is what was stopped.
SHOWN_STATUSES = (
    ObjectiveStatus.ACTIVE,
    ObjectiveStatus.SUBMITTED,
    ObjectiveStatus.AGREED,
    ObjectiveStatus.PAUSED,
)
# What should be measured by something by now.
MEASURED = (ObjectiveStatus.ACTIVE, ObjectiveStatus.SUBMITTED, ObjectiveStatus.AGREED)


@dataclass(frozen=True, slots=True)
class Waiting:
    """An objective of somebody that needs their hand: a draft, or one that nothing measures yet."""

    objective: Objective
    is_draft: bool
    lacks_key_results: bool


@dataclass(slots=True)
class CheckIns:
    """The queue: what is due, what is done for this period, and when the next one is due."""

    due: list[KeyResultStanding] = field(default_factory=list)
    done: list[KeyResultStanding] = field(default_factory=list)
    # Of cycles whose last day is over: nobody asks for them any more, which does not make them done.
    ended: list[KeyResultStanding] = field(default_factory=list)
    # Of cycles under review: nobody asks for them, a last reading may be taken.
    reviewed: list[KeyResultStanding] = field(default_factory=list)
    next_due_at: datetime | None = None

    @property
    def cycles_reviewed(self) -> list[Cycle]:
        """The cycles under review, each once."""
        return list({one.pk: one for one in (kr.key_result.objective.cycle for kr in self.reviewed)}.values())

    @property
    def total(self) -> int:
        """How many key results they answer for now."""
        return len(self.due) + len(self.done)


@dataclass(slots=True)
class Week:
    """Everything on the page."""

    check_ins: CheckIns
    cards: list[Card]
    waiting: list[Waiting]
    blockers: list[CheckIn]
    requests: Sequence[AlignmentRequest]
    reviews: list[Due]
    actions: list[RetroAction]
    to_agree: list[Objective]
    mentions: Sequence[Mention]
    proposals: Sequence[Proposal]
    has_cycle: bool

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is theirs."""
        theirs = (self.cards, self.waiting, self.blockers, self.requests, self.reviews, self.actions, self.to_agree)
        asked = self.check_ins.total or self.check_ins.ended or self.check_ins.reviewed
        return not (asked or self.mentions or self.proposals or any(theirs))


def check_ins_of(actor: Actor) -> CheckIns:
    """Return somebody's queue; two queries."""
    every = standings_of_mine(actor)
    reviewed = [one for one in every if one.key_result.objective.cycle.phase == Phase.REVIEWING]
    standings = [one for one in every if one not in reviewed]
    today = Standings(actor).today
    due = [one for one in standings if one.is_due]
    others = [one for one in standings if not one.is_due]
    ended = [one for one in others if one.key_result.objective.cycle.ends_on < today]
    done = [one for one in others if one.key_result.objective.cycle.ends_on >= today]
    upcoming = [one.check_in.next_due_at for one in standings if one.check_in and one.check_in.next_due_at]
    return CheckIns(due, done, ended, reviewed, min(upcoming, default=None))


def week_of(actor: Actor, *, slug: str) -> Week:
    """Return somebody's week; at most ten queries, and three where drafts wait for their agreement.

    `slug` is the organization's.
    """
    objectives = _objectives(actor)
    every = cards(actor, objectives, Standings(actor), slug=slug) if objectives else []
    running = [card for card in every if card.objective.status in SHOWN_STATUSES]
    waiting = [
        Waiting(card.objective, card.objective.status == ObjectiveStatus.DRAFT, not card.rows)
        for card in every
        if card.objective.status == ObjectiveStatus.DRAFT or (card.objective.status in MEASURED and not card.rows)
    ]
    check_ins = check_ins_of(actor)
    return Week(
        check_ins=check_ins,
        cards=running,
        waiting=waiting,
        blockers=list(blockers_for(actor)),
        requests=waiting_for(actor),
        reviews=reviews_due(actor),
        actions=my_actions(actor),
        to_agree=to_agree(actor),
        mentions=unread_mentions(actor),
        proposals=proposals_for(actor),
        # Whoever has something has a cycle, so it is only asked for somebody who has nothing.
        has_cycle=bool(every or check_ins.total or check_ins.ended or check_ins.reviewed)
        or Cycle.objects.current().exclude(phase=Phase.CLOSED).exists(),
    )


def blockers_for(actor: Actor) -> Sequence[CheckIn]:
    """Return what blocks others and names an actor as who can help, newest first; one query.

    Only the last check-in of a key result counts: the next one says whether it is still in the way.
    """
    newer = CheckIn.objects.standing().filter(
        Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), pk__gt=OuterRef("pk")), key_result=OuterRef("key_result")
    )
    return list(
        CheckIn.objects.visible_to(actor)
        .standing()
        .filter(helper=actor.membership, solved_at=None, at__gte=timezone.now() - BLOCKERS_FOR)
        .exclude(blocker="")
        .exclude(key_result__objective__cycle__phase=Phase.CLOSED)
        .filter(key_result__archived_at=None, key_result__objective__archived_at=None)
        .exclude(Exists(newer))
        .newest_first()
        .select_related("author", "key_result__objective__team")[:MOST_BLOCKERS]
    )


def _objectives(actor: Actor) -> list[Objective]:
    """Objectives somebody owns in cycles that are not over."""
    rows = (
        Objective.objects.current()
        .filter(owner=actor.membership, cycle__archived_at=None)
        .exclude(cycle__phase=Phase.CLOSED)
        .select_related("cycle", "team", "owner")
        .order_by("cycle__starts_on", "position", "pk")
    )
    return list(with_supports(actor, rows)[:MOST_OBJECTIVES])
