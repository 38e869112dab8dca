"""How far each team is with its objectives of a cycle, and what is missing. It advises; nothing is refused for it.

Every number is about objectives everybody sees, so none depends on who looks. Individual objectives are nobody's gap.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from okrs.enums import DRAFTS, Level, ObjectiveStatus
from okrs.models import Alignment, Cycle, KeyResult, Objective
from okrs.quality import Kind, Statement, check
from okrs.queries.cards import Card, cards, with_supports
from okrs.queries.participation import places_in
from okrs.queries.quality import Advice, advice_on, statement_of
from okrs.queries.standing import Standings
from organizations.actor import Actor
from organizations.models import Team

ALL, EMPTY, GAPS, LATER = "", "empty", "gaps", "later"
VIEWS = (ALL, EMPTY, GAPS, LATER)
PAGE = 30
OBJECTIVES = 30


@dataclass(slots=True)
class Row:
    """A team and its objectives of a cycle in numbers; `team` is None for the organization's own.

    `in_force` are active, paused or stopped. `findings` is None until it was counted for the page.
    """

    team: Team | None
    depth: int = 0
    takes_part: bool = True
    draft: int = 0
    submitted: int = 0
    agreed: int = 0
    in_force: int = 0
    no_key_result: int = 0
    no_owner: int = 0
    no_support: int = 0
    most: int = 0
    findings: int | None = None

    @property
    def total(self) -> int:
        return self.draft + self.submitted + self.agreed + self.in_force

    @property
    def is_expected(self) -> bool:
        """Whether something would be missing without objectives: what takes part, and whoever wrote some anyway."""
        return self.takes_part or self.total > 0

    @property
    def is_empty(self) -> bool:
        """Whether it takes part and has nothing yet."""
        return self.takes_part and self.total == 0

    @property
    def is_over(self) -> bool:
        """Whether there are more objectives than recommended."""
        return self.total > self.most

    @property
    def has_gaps(self) -> bool:
        """Whether something is missing that nearly every objective has."""
        return bool(self.no_key_result or self.no_owner or self.no_support)


class DraftingCheck:
    """The rows of a cycle: the organization's first, then teams as a tree. Three queries, four for chosen teams."""

    def __init__(self, actor: Actor, cycle: Cycle) -> None:
        self.actor = actor
        self.cycle = cycle

    @cached_property
    def rows(self) -> list[Row]:
        """Every team that is there now."""
        settings = self.actor.settings
        counts = _counts(self.cycle)
        none: dict[str, Any] = {}
        first = Row(None, most=settings.guidance_organization_objectives, **counts.get(None, none))
        rows = [first]
        for place in places_in(self.cycle, settings):
            numbers = counts.get(place.team.pk, none)
            most = settings.guidance_objectives
            rows.append(Row(place.team, place.depth, place.takes_part, most=most, **numbers))
        return rows

    def of(self, view: str) -> list[Row]:
        """Return the rows of a view: everybody expected, those without anything, with gaps, or not yet introduced."""
        if view == EMPTY:
            return [row for row in self.rows if row.is_empty]
        if view == GAPS:
            return [row for row in self.rows if row.has_gaps]
        if view == LATER:
            return [row for row in self.rows if not row.is_expected]
        return [row for row in self.rows if row.is_expected]

    def count_findings(self, rows: Sequence[Row]) -> None:
        """Let rows know how often the quality check says something about their objectives; two queries."""
        of_team: Counter[UUID | None] = Counter()
        open_ones = _expected(self.cycle).filter(_theirs(rows))
        for team_id, title in open_ones.values_list("team_id", "title"):
            of_team[team_id] += len(_findings(statement_of(Kind.OBJECTIVE, title)))
        key_results = KeyResult.objects.current().filter(objective__in=open_ones)
        names = ("objective__team_id", "title", "metric", "start", "target")
        for team_id, title, metric, start, target in key_results.values_list(*names):
            statement = statement_of(Kind.KEY_RESULT, title, metric=metric, start=start, target=target)
            of_team[team_id] += len(_findings(statement))
        for row in rows:
            row.findings = of_team[row.team.pk if row.team else None]


@dataclass(frozen=True, slots=True)
class Checked:
    """An objective with what is missing and what could be clearer, the objective's own title first."""

    card: Card
    no_key_result: bool
    no_owner: bool
    no_support: bool
    notes: tuple[tuple[str, list[Advice]], ...] = ()

    @property
    def objective(self) -> Objective:
        return self.card.objective

    @property
    def is_complete(self) -> bool:
        return not (self.no_key_result or self.no_owner or self.no_support or self.notes)


@dataclass(slots=True)
class TeamCheck:
    """What the drafting check says about one team's objectives, or the organization's; those the reader may see."""

    row: Row
    items: list[Checked] = field(default_factory=list)
    has_more: bool = False


def team_check(actor: Actor, cycle: Cycle, team: Team | None, *, slug: str, page: int = 1) -> TeamCheck:
    """Return the objectives of a team in a cycle with what is missing; four queries. `slug` is the organization's."""
    settings = actor.settings
    most = settings.guidance_objectives if team else settings.guidance_organization_objectives
    numbers = _counts(cycle, team=team.pk if team else None).get(team.pk if team else None, {})
    found = TeamCheck(Row(team, most=most, **numbers))
    own = Q(level=Level.TEAM, team=team) if team else Q(level=Level.ORGANIZATION)
    rows: QuerySet[Objective] = Objective.objects.visible_to(actor).current().filter(own, cycle=cycle)
    marked = _marked(with_supports(actor, rows)).select_related("team", "owner").listed()
    first = (page - 1) * OBJECTIVES
    objectives: list[Any] = list(marked[first : first + OBJECTIVES + 1])
    found.has_more = len(objectives) > OBJECTIVES
    for objective in objectives:
        objective.cycle = cycle
    shown = objectives[:OBJECTIVES]
    for card in cards(actor, shown, Standings(actor), slug=slug, recent=False):
        found.items.append(_checked(card))
    return found


def _checked(card: Card) -> Checked:
    objective: Any = card.objective
    statements = [statement_of(Kind.OBJECTIVE, objective.title)]
    for row in card.rows:
        one = row.standing.key_result
        statements.append(
            statement_of(Kind.KEY_RESULT, one.title, metric=one.metric, start=one.start, target=one.target)
        )
    notes = [(one.title, advice_on(one, _findings(one))) for one in statements]
    return Checked(
        card,
        no_key_result=not objective.has_key_result,
        no_owner=objective.owner_id is None,
        no_support=_needs_support(objective) and not objective.has_support,
        notes=tuple((title, advice) for title, advice in notes if advice),
    )


def _needs_support(objective: Objective) -> bool:
    return objective.level == Level.TEAM and not objective.stands_alone


@lru_cache(maxsize=20_000)
def _findings(statement: Statement) -> tuple[Any, ...]:
    """What the check finds; the same text is read on every look at the page."""
    return tuple(check(statement))


def _expected(cycle: Cycle) -> Any:
    return Objective.objects.open().current().filter(cycle=cycle).exclude(level=Level.INDIVIDUAL)


def _theirs(rows: Iterable[Row]) -> Q:
    team_ids = [row.team.pk for row in rows if row.team]
    found = Q(level=Level.TEAM, team__in=team_ids)
    return found | Q(level=Level.ORGANIZATION) if any(row.team is None for row in rows) else found


def _marked(rows: Any) -> Any:
    """Add whether each objective has a key result, and whether it supports something that is still there."""
    supports = Alignment.objects.filter(objective=OuterRef("pk")).filter(
        target_objective__archived_at=None,
        target_key_result__archived_at=None,
        target_priority__archived_at=None,
    )
    return rows.annotate(
        has_key_result=Exists(KeyResult.objects.current().filter(objective=OuterRef("pk"))),
        has_support=Exists(supports),
    )


def _counts(cycle: Cycle, **only: UUID | None) -> Mapping[UUID | None, dict[str, Any]]:
    """Return the numbers of each team by its id, None for the organization; one query."""
    rows = _marked(_expected(cycle).filter(**only))
    in_force = ~Q(status__in=DRAFTS)
    counted = (
        rows.order_by()
        .values("team_id")
        .annotate(
            draft=Count("pk", filter=Q(status=ObjectiveStatus.DRAFT)),
            submitted=Count("pk", filter=Q(status=ObjectiveStatus.SUBMITTED)),
            agreed=Count("pk", filter=Q(status=ObjectiveStatus.AGREED)),
            in_force=Count("pk", filter=in_force),
            no_key_result=Count("pk", filter=Q(has_key_result=False)),
            no_owner=Count("pk", filter=Q(owner=None)),
            no_support=Count("pk", filter=Q(has_support=False, level=Level.TEAM, stands_alone=False)),
        )
    )
    return {row.pop("team_id"): row for row in counted}
