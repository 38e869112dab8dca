"""The objectives of a cycle by how far they are: draft, submitted, agreed, active, scored."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from okrs import permissions
from okrs.domain.agreement import is_agreed_on
from okrs.enums import Level, ObjectiveStatus, Phase
from okrs.models import Cycle, Objective, Review
from okrs.queries.cards import Card, cards, with_supports
from okrs.queries.life import Life, lives
from okrs.queries.review import SCORED as MAY_BE_SCORED
from okrs.queries.standing import Standings
from organizations.actor import Actor
from organizations.models import Team

DRAFT, SUBMITTED, AGREED, ACTIVE, DONE = "draft", "submitted", "agreed", "active", "scored"
NAMES: Mapping[str, str | Promise] = {
    DRAFT: ObjectiveStatus.DRAFT.label,
    SUBMITTED: ObjectiveStatus.SUBMITTED.label,
    AGREED: ObjectiveStatus.AGREED.label,
    ACTIVE: ObjectiveStatus.ACTIVE.label,
    DONE: pgettext_lazy("objective", "Scored"),
}
MEANINGS: Mapping[str, str | Promise] = {
    DRAFT: gettext_lazy("Being written; counted nowhere."),
    SUBMITTED: gettext_lazy("Waiting for somebody to agree."),
    AGREED: gettext_lazy("Agreed; they start with the cycle."),
    ACTIVE: gettext_lazy("In force, also what rests or was stopped."),
    DONE: gettext_lazy("Scored at the end of the cycle."),
}
# Cards of each column beside the others, and of one column alone.
SHOWN, PAGE = 15, 60
_RESTING = (ObjectiveStatus.PAUSED, ObjectiveStatus.STOPPED)


@dataclass(frozen=True, slots=True)
class BoardFilter:
    """What the address asks for; anything it does not know counts as nothing. `column` shows one alone, by pages."""

    team_id: UUID | None = None
    level: str = ""
    column: str = ""
    page: int = 1

    @classmethod
    def of(cls, query: Mapping[str, Any]) -> "BoardFilter":
        """Read it out of an address's parameters."""
        level, column, page = query.get("level", ""), query.get("column", ""), query.get("page", "")
        try:
            team_id = UUID(query.get("team", ""))
        except ValueError:
            team_id = None
        return cls(
            team_id=team_id,
            level=level if level in Level.values else "",
            column=column if column in NAMES else "",
            page=int(page) if page.isascii() and page.isdigit() and 0 < int(page) < 10_000 else 1,
        )

    @property
    def is_active(self) -> bool:
        """Whether anything is left out."""
        return bool(self.team_id or self.level)

    @property
    def first(self) -> int:
        """The number of the first card of the page, from 0."""
        return (self.page - 1) * PAGE if self.column else 0


@dataclass(frozen=True, slots=True)
class BoardCard:
    """An objective on the board: how it stands, and what the reader may do with it next."""

    card: Card
    life: Life
    may_score: bool

    @property
    def objective(self) -> Objective:
        return self.card.objective

    @property
    def steps(self) -> frozenset[str]:
        """The steps that lead on to another column; resting and stopping are for the objective's own page."""
        return self.life.steps - {"pause", "stop"}


@dataclass(slots=True)
class Column:
    """`count` is the number of objectives everybody sees; `has_more` says that not all fit."""

    key: str
    count: int
    cards: list[BoardCard] = field(default_factory=list)
    has_more: bool = False

    @property
    def name(self) -> str:
        return str(NAMES[self.key])

    @property
    def meaning(self) -> str:
        return str(MEANINGS[self.key])


@dataclass(slots=True)
class Board:
    """The columns of a cycle. Those of agreement are left out where nobody agrees on drafts and none is there."""

    cycle: Cycle
    wanted: BoardFilter
    columns: list[Column]
    teams: list[Team]

    @property
    def is_empty(self) -> bool:
        """Whether there is no card at all, on this page."""
        return not any(column.cards for column in self.columns)


def cycle_board(actor: Actor, cycle: Cycle, wanted: BoardFilter, *, slug: str) -> Board:
    """Return the board of a cycle; five queries, and three where drafts are agreed on. `slug` is the organization's.

    No count depends on who looks; cards are those of objectives the actor may see.
    """
    rows = _in_columns(actor, cycle, wanted)
    counts = dict(rows.open().order_by().values_list("place_on_board").annotate(number=Count("pk")))
    ids = _ids(rows, wanted)
    shown = _cards(actor, cycle, [pk for found in ids.values() for pk in found], slug)
    agrees = is_agreed_on(actor.settings, actor.settings.active_members)
    columns = []
    for key in [wanted.column] if wanted.column else NAMES:
        room = PAGE if wanted.column else SHOWN
        found = ids.get(key, [])
        if key in (SUBMITTED, AGREED) and not (agrees or found or wanted.column):
            continue
        column = Column(key, counts.get(key, 0), [shown[pk] for pk in found[:room] if pk in shown])
        column.has_more = len(found) > room
        columns.append(column)
    teams = Team.objects.filter(pk__in=Objective.objects.open().current().filter(cycle=cycle).values("team"))
    return Board(cycle, wanted, columns, list(teams))


def _in_columns(actor: Actor, cycle: Cycle, wanted: BoardFilter) -> Any:
    rows = Objective.objects.visible_to(actor).current().filter(cycle=cycle)
    if wanted.team_id:
        rows = rows.filter(team=wanted.team_id)
    if wanted.level:
        rows = rows.filter(level=wanted.level)
    is_scored = Exists(Review.objects.filter(objective=OuterRef("pk")))
    return rows.annotate(
        place_on_board=Case(
            When(is_scored, then=Value(DONE)),
            When(status__in=_RESTING, then=Value(ACTIVE)),
            default=F("status"),
            output_field=CharField(),
        )
    )


def _ids(rows: Any, wanted: BoardFilter) -> dict[str, list[UUID]]:
    """Return the ids to show, one more than fits, of each column: the organization's first, then by team; one query."""
    order = (F("team__sort_key").asc(nulls_first=True), F("position").asc(), F("pk").asc())
    found: dict[str, list[UUID]] = {}
    if wanted.column:
        picked = rows.filter(place_on_board=wanted.column).order_by(*order)
        last = wanted.first + PAGE + 1
        found[wanted.column] = list(picked.values_list("pk", flat=True)[wanted.first : last])
        return found
    number = Window(RowNumber(), partition_by=[F("place_on_board")], order_by=list(order))
    ranked = rows.annotate(number_on_board=number).filter(number_on_board__lte=SHOWN + 1)
    for key, pk in ranked.order_by("number_on_board").values_list("place_on_board", "pk"):
        found.setdefault(key, []).append(pk)
    return found


def _cards(actor: Actor, cycle: Cycle, ids: list[UUID], slug: str) -> dict[UUID, BoardCard]:
    rows: QuerySet[Objective] = Objective.objects.visible_to(actor).filter(pk__in=ids).select_related("team", "owner")
    objectives = list(with_supports(actor, rows))
    for objective in objectives:
        objective.cycle = cycle
    life_of = lives(actor, objectives)
    takes_scores = cycle.phase == Phase.REVIEWING
    return {
        card.objective.pk: BoardCard(
            card,
            life_of[card.objective.pk],
            takes_scores
            and card.objective.status in MAY_BE_SCORED
            and bool(permissions.review_objective(actor, card.objective)),
        )
        for card in cards(actor, objectives, Standings(actor), slug=slug, recent=False)
    }
