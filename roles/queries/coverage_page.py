"""What the pages about coverage and load show of it: a part of the tree, one view, one page."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from organizations.models import Membership
from roles.queries.coverage import Cover, Coverage, Held, Load, Reach
from roles.queries.line import Lines, TeamPlace

WITHOUT, FAR, ALL, LOAD = "", "organization", "all", "load"
VIEWS = (WITHOUT, FAR, ALL, LOAD)
PAGE = 50
# Names in a row; how many more there are is said as a number.
NAMES = 3


@dataclass(frozen=True, slots=True)
class Summary:
    """How many teams of a part have a coach."""

    total: int
    covered: int
    far: int

    @property
    def without(self) -> int:
        return self.total - self.covered

    @property
    def share(self) -> float | None:
        """The share of teams that have a coach, 0 to 1; None without teams."""
        return self.covered / self.total if self.total else None


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A team, who leads it, and who coaches it or will."""

    team: TeamPlace
    path: tuple[str, ...]
    lead: Membership | None
    cover: Cover | None
    place: str
    coaches: tuple[str, ...]
    more_coaches: int
    coming: Held | None


@dataclass(frozen=True, slots=True)
class LoadRow:
    """A coach, and names of what they are coach of."""

    load: Load
    places: tuple[str, ...]
    more_places: int


def summary_of(coverage: Coverage, team_ids: Sequence[UUID]) -> Summary:
    """Return the numbers of some teams; no query."""
    covers = [coverage.covers[team_id] for team_id in team_ids if team_id in coverage.covers]
    far = sum(cover.reach == Reach.ORGANIZATION for cover in covers)
    return Summary(len(team_ids), len(covers), far)


def in_part(lines: Lines, team_ids: Iterable[UUID], part: TeamPlace | None) -> list[UUID]:
    """Return those of some teams that are a team or below it; all without one."""
    if part is None:
        return list(team_ids)
    return [team_id for team_id in team_ids if any(above.id == part.id for above in lines.up(team_id))]


def part_named(lines: Lines, team_ids: Iterable[UUID], slug: str) -> TeamPlace | None:
    """Return the one of some teams that has a short name."""
    return next((lines.teams[team_id] for team_id in team_ids if lines.teams[team_id].slug == slug), None)


def parts(lines: Lines, team_ids: Sequence[UUID], chosen: TeamPlace | None) -> list[tuple[str, str]]:
    """Return parts of the tree to choose from, as short names and labels: the way to the chosen one and what is below.

    Two levels where none is chosen. Only teams that have others below them, so that it stays short in a large tree.
    """
    inside = frozenset(team_ids)
    below = Counter(lines.teams[team_id].parent_id for team_id in team_ids)
    found: list[tuple[str, str]] = []

    def add(team: TeamPlace, depth: int) -> None:
        found.append((team.slug, "\u2003" * depth + team.name))

    def add_below(parent_id: UUID | None, depth: int, levels: int) -> None:
        for team_id in team_ids:
            team = lines.teams[team_id]
            above = team.parent_id if team.parent_id in inside else None
            if above == parent_id and below[team_id] and levels:
                add(team, depth)
                add_below(team_id, depth + 1, levels - 1)

    if chosen is None:
        add_below(None, 0, 2)
        return found
    way = [team for team in lines.up(chosen.id) if team.id in inside][::-1]
    for depth, team in enumerate(way):
        add(team, depth)
    add_below(chosen.id, len(way), 1)
    return found


def teams_of(coverage: Coverage, team_ids: Sequence[UUID], view: str) -> list[UUID]:
    """Return the teams of a view: without a coach, with one of the whole organization only, or all."""
    covers = coverage.covers
    if view == WITHOUT:
        return [team_id for team_id in team_ids if team_id not in covers]
    if view == FAR:
        return [one for one in team_ids if one in covers and covers[one].reach == Reach.ORGANIZATION]
    return list(team_ids)


def team_rows_of(coverage: Coverage, team_ids: Sequence[UUID]) -> list[TeamRow]:
    """Return teams as rows; one query for their leads, none without teams."""
    if not team_ids:
        return []
    lines = coverage.lines
    teams = [lines.teams[team_id] for team_id in team_ids]
    lead_ids = {team.lead_id for team in teams if team.lead_id is not None}
    leads = {person.pk: person for person in Membership.objects.filter(pk__in=lead_ids)}
    rows = []
    for team in teams:
        cover = coverage.covers.get(team.id)
        coach_ids = cover.coach_ids if cover else ()
        rows.append(
            TeamRow(
                team=team,
                path=tuple(above.name for above in lines.up(team.id))[:0:-1],
                lead=leads.get(team.lead_id) if team.lead_id else None,
                cover=cover,
                place=lines.teams[cover.place_id].name if cover and cover.place_id else "",
                coaches=tuple(coverage.names[one] for one in coach_ids[:NAMES]),
                more_coaches=max(0, len(coach_ids) - NAMES),
                coming=coverage.coming(team.id),
            )
        )
    return rows


def loads_of(coverage: Coverage, team_ids: Sequence[UUID] | None) -> list[Load]:
    """Return the coaches of some teams, or all for None: who carries too much first, then who has least room, by name.

    Whoever has said nothing about their capacity comes last.
    """
    wanted: set[UUID] | None = None
    if team_ids is not None:
        covers = (coverage.covers[team_id] for team_id in team_ids if team_id in coverage.covers)
        wanted = set().union(*{cover.coach_ids for cover in covers})
    loads = [one for one in coverage.loads.values() if wanted is None or one.member_id in wanted]
    return sorted(loads, key=lambda one: (one.free is None, one.free or 0, one.name.casefold(), str(one.member_id)))


def load_rows_of(coverage: Coverage, loads: Iterable[Load]) -> list[LoadRow]:
    """Return coaches as rows; no query."""
    rows = []
    for load in loads:
        # An archived team keeps its assignments.
        names = [coverage.lines.teams[one].name for one in load.place_ids if one in coverage.lines.teams]
        rows.append(LoadRow(load, tuple(names[:NAMES]), max(0, len(names) - NAMES)))
    return rows
