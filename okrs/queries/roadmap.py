"""The roadmap of a year: what the organization wants, what supports it, and the teams' objectives cycle by cycle."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber

from okrs.enums import CycleLength, Level
from okrs.models import Alignment, Cycle, Objective
from okrs.queries.cards import Card, cards, with_supports
from okrs.queries.cycles import teams_in_order
from okrs.queries.standing import Standings
from organizations.actor import Actor
from organizations.models import Team

GOALS = 20
LANES = 15
IN_CELL = 5
# A year of weeks would be no roadmap.
MOST_COLUMNS = 13


@dataclass(slots=True)
class Goal:
    """An objective of the organization for the whole year; `supporting` counts what supports it in each column."""

    card: Card
    supporting: list[int]


@dataclass(slots=True)
class Cell:
    """Objectives of one lane in one cycle; `has_more` says that not all are shown."""

    cycle: Cycle
    cards: list[Card] = field(default_factory=list)
    has_more: bool = False


@dataclass(slots=True)
class Lane:
    """A team through the year; `team` is None for the organization."""

    team: Team | None
    cells: list[Cell]


@dataclass(slots=True)
class Roadmap:
    """A year and the cycles in it. Without a year there is nothing else."""

    years: list[Cycle]
    year: Cycle | None
    today: date
    columns: list[Cycle] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    lanes: list[Lane] = field(default_factory=list)
    page: int = 1
    has_next: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.goals or self.lanes)


def roadmap(actor: Actor, wanted: UUID | None, *, slug: str, page: int = 1) -> Roadmap:
    """Return the roadmap of a year, of the present one without `wanted`; eight queries.

    `slug` is the organization's.
    """
    standings = Standings(actor)
    cycles = list(Cycle.objects.current())
    years = [cycle for cycle in cycles if cycle.length == CycleLength.YEAR]
    year = _year(years, wanted, standings.today)
    found = Roadmap(years, year, standings.today, page=page)
    if year is None:
        return found
    found.columns = _inside(year, cycles)
    visible = Objective.objects.visible_to(actor).current()
    goal_ids = list(visible.filter(cycle=year, level=Level.ORGANIZATION).listed().values_list("pk", flat=True)[:GOALS])
    teams = _lanes(visible, found)
    ids = _ids(visible, found.columns, teams)
    shown = [*goal_ids, *(pk for cell in ids.values() for pk in cell[:IN_CELL])]
    of_id = _cards(actor, shown, cycles, standings, slug)
    supporting = _supporting(goal_ids, found.columns)
    found.goals = [
        Goal(of_id[pk], [supporting[pk, cycle.pk] for cycle in found.columns]) for pk in goal_ids if pk in of_id
    ]
    for team in teams:
        cells = []
        for cycle in found.columns:
            own = ids.get((team.pk if team else None, cycle.pk), [])
            cells.append(Cell(cycle, [of_id[pk] for pk in own[:IN_CELL] if pk in of_id], len(own) > IN_CELL))
        if team or any(cell.cards for cell in cells):
            found.lanes.append(Lane(team, cells))
    return found


def _year(years: Sequence[Cycle], wanted: UUID | None, today: date) -> Cycle | None:
    """The year asked for, else the one that is now, else the last that has begun, else the next."""
    for year in years:
        if year.pk == wanted:
            return year
    begun = [year for year in years if year.starts_on <= today]
    now = [year for year in begun if today <= year.ends_on]
    return next(iter([*now, *begun, *reversed(years)]), None)


def _inside(year: Cycle, cycles: Sequence[Cycle]) -> list[Cycle]:
    """The cycles whose days lie in the year, in their order."""
    found = [
        cycle
        for cycle in cycles
        if cycle.length != CycleLength.YEAR and year.starts_on <= cycle.starts_on and cycle.ends_on <= year.ends_on
    ]
    return sorted(found, key=lambda cycle: (cycle.starts_on, cycle.ends_on, cycle.name))[:MOST_COLUMNS]


def _lanes(visible: Any, found: Roadmap) -> list[Team | None]:
    """The organization and the teams with objectives in the year, one page of them; two queries."""
    own = visible.filter(cycle__in=found.columns, level=Level.TEAM)
    team_ids = set(own.order_by().values_list("team_id", flat=True).distinct())
    teams = [team for team, _depth in teams_in_order() if team.pk in team_ids]
    first = (found.page - 1) * LANES
    found.has_next = len(teams) > first + LANES
    return [*([None] if found.page == 1 else []), *teams[first : first + LANES]]


def _ids(
    visible: Any, columns: Sequence[Cycle], teams: Sequence[Team | None]
) -> dict[tuple[UUID | None, UUID], list[UUID]]:
    """The ids of each cell, one more than fits; one query."""
    theirs = Q(level=Level.TEAM, team__in=[team.pk for team in teams if team])
    if None in teams:
        theirs |= Q(level=Level.ORGANIZATION)
    number = Window(
        RowNumber(), partition_by=[F("team_id"), F("cycle_id")], order_by=[F("position").asc(), F("pk").asc()]
    )
    rows = visible.filter(theirs, cycle__in=columns).annotate(number_in_cell=number)
    found: dict[tuple[UUID | None, UUID], list[UUID]] = defaultdict(list)
    picked = rows.filter(number_in_cell__lte=IN_CELL + 1).order_by("number_in_cell")
    for team_id, cycle_id, pk in picked.values_list("team_id", "cycle_id", "pk"):
        found[team_id, cycle_id].append(pk)
    return found


def _cards(
    actor: Actor, ids: Sequence[UUID], cycles: Sequence[Cycle], standings: Standings, slug: str
) -> dict[UUID, Card]:
    """Two queries."""
    of_cycle = {cycle.pk: cycle for cycle in cycles}
    rows = Objective.objects.visible_to(actor).filter(pk__in=ids).select_related("team", "owner")
    objectives = list(with_supports(actor, rows))
    for objective in objectives:
        objective.cycle = of_cycle[objective.cycle_id]
    return {card.objective.pk: card for card in cards(actor, objectives, standings, slug=slug, recent=False)}


def _supporting(goal_ids: Sequence[UUID], columns: Sequence[Cycle]) -> dict[tuple[UUID, UUID], int]:
    """How many objectives of each column support each goal or one of its key results; only what everybody sees counts.

    One query.
    """
    links = Alignment.objects.between_open().filter(
        Q(target_objective__in=goal_ids) | Q(target_key_result__objective__in=goal_ids),
        objective__cycle__in=columns,
        objective__archived_at=None,
    )
    found: dict[tuple[UUID, UUID], int] = defaultdict(int)
    counted = links.order_by().values_list("target_objective_id", "target_key_result__objective_id", "objective__cycle")
    for target_id, of_key_result_id, cycle_id, number in counted.annotate(number=Count("objective_id", distinct=True)):
        found[target_id or of_key_result_id, cycle_id] += number
    return found
