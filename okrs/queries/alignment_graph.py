"""Who supports whom in a cycle and the cycles around it, light enough for thousands of objectives."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, UUIDField, Value

from okrs.enums import DRAFTS, Level, Visibility
from okrs.models import Alignment, Cycle, CycleTeam, Dependency, KeyResult, Objective
from organizations.actor import Actor
from organizations.models import StrategicPriority

PRIORITY, OBJECTIVE, KEY_RESULT = "priority", "objective", "key_result"

# What a node is and its id.
Key = tuple[str, UUID]

_COLUMNS = (
    "id",
    "cycle_id",
    "level",
    "title",
    "kind",
    "status",
    "visibility",
    "stands_alone",
    "activated_at",
    "rested_from",
    "rested_until",
    "confidence",
    "progress",
    "position",
    "team_id",
    "team__name",
    "team__slug",
    "team__check_in_frequency",
    "team__check_in_weekday",
    "team__check_in_hour",
    "owner_id",
    "owner__display_name",
)


@dataclass(slots=True)
class Entry:
    """An objective of the graph, as plain values."""

    id: UUID
    cycle_id: UUID
    level: str
    title: str
    kind: str
    status: str
    visibility: str
    stands_alone: bool
    activated_at: datetime | None
    rested_from: date | None
    rested_until: date | None
    confidence: str
    progress: float | None
    position: int
    team_id: UUID | None
    team: str | None
    team_slug: str | None
    check_in_frequency: str | None
    check_in_weekday: int | None
    check_in_hour: int | None
    owner_id: UUID | None
    owner: str | None
    # Whether its team takes part in the cycle of the graph.
    takes_part: bool = True
    # Ids of the objectives it depends on.
    needs: list[UUID] = field(default_factory=list)
    # Whether it supports anything of the graph that everybody sees.
    supports_something: bool = False
    parents: list[Key] = field(default_factory=list)

    @property
    def is_draft(self) -> bool:
        return self.status in DRAFTS

    @property
    def is_open(self) -> bool:
        """Whether everybody sees it: no number depends on who looks, so private ones make and fill no gap."""
        return self.visibility == Visibility.OPEN

    @property
    def key(self) -> Key:
        return OBJECTIVE, self.id

    @property
    def rhythm(self) -> tuple[str | None, int | None, int | None]:
        """When its team checks in."""
        return self.check_in_frequency, self.check_in_weekday, self.check_in_hour


class KeyResultRow(NamedTuple):
    """A key result as plain values; the names are those that its rhythm and window have in `Standings`."""

    id: UUID
    objective_id: UUID
    title: str
    progress: float | None
    metric: str
    confidence: str
    last_check_in_at: datetime | None
    created_at: datetime
    starts_on: date | None
    ends_on: date | None
    check_in_frequency: str
    check_in_weekday: int | None
    check_in_hour: int | None

    @property
    def own(self) -> tuple[Any, ...]:
        """Its own dates and rhythm: where they are alike, so is what is asked."""
        return self[8:]


def key_result_rows(**wanted: Any) -> list[KeyResultRow]:
    """Return current key results by a filter; one query, none where the filter cannot hold."""
    rows = KeyResult.objects.filter(archived_at=None, **wanted).values_list(*KeyResultRow._fields)
    return [KeyResultRow(*values) for values in rows]


SUPPORTS, NEEDS = "supports", "needs"


class _Link(NamedTuple):
    """A row of what is read together: an alignment, a dependency or a priority."""

    kind: str
    id: UUID
    position: int
    objective: UUID
    target: UUID
    key_result: UUID
    priority: UUID
    title: str


class Graph:
    """Objectives of `cycle`, everything they support and everything that supports them, in cycles that overlap it.

    Holds what the actor may see.
    """

    def __init__(self, actor: Actor, cycle: Cycle, *, with_all_key_results: bool = False) -> None:
        """Reads objectives, then links with priorities, then the key results that are supported: three queries.

        `with_all_key_results` reads every key result at that third place instead: `key_result_rows` holds what it was.
        Nothing is joined or correlated: the numbers of a new, large organization are not known to the planner yet, and
        a plan for one row would compare ten thousand with ten thousand.
        """
        self.cycle = cycle
        # Titles, in order.
        self.priorities: dict[UUID, str] = {}
        self.entries: dict[UUID, Entry] = {}
        # Those that are supported.
        self.key_results: dict[UUID, KeyResultRow] = {}
        self.children: dict[Key, list[Key]] = defaultdict(list)
        self._read_objectives(actor)
        supports = self._read_links()
        wanted = {"objective__in": list(self.entries)}
        if not with_all_key_results:
            wanted = {"pk__in": list({link.key_result for link in supports if link.key_result})}
        self.key_result_rows = key_result_rows(**wanted)
        self._connect(supports)
        self.own = {entry.id for entry in self.entries.values() if entry.cycle_id == cycle.pk}
        self.nodes = self.own | self.above(self.own) | self.below(self.own)

    def _read_objectives(self, actor: Actor) -> None:
        rows = (
            Objective.objects.current()
            .visible_to(actor)
            .filter(cycle__starts_on__lte=self.cycle.ends_on, cycle__ends_on__gte=self.cycle.starts_on)
            .filter(cycle__archived_at=None)
            .order_by("position", "id")
            .values_list(*_COLUMNS, self._participation())
        )
        for values in rows:
            entry = Entry(*values)
            self.entries[entry.id] = entry

    def _participation(self) -> Exists | Value:
        """Whether the team of a row takes part in the cycle."""
        if self.cycle.for_all_teams:
            return Value(True)
        return Exists(CycleTeam.objects.filter(cycle=self.cycle, team=OuterRef("team")))

    def _read_links(self) -> "list[_Link]":
        """Read what supports what and what needs what, and the priorities with them; return the first."""
        ours = {"objective__in": list(self.entries)}
        none, nothing = Value(None, UUIDField()), Value("")
        links = Alignment.objects.filter(**ours).values_list(
            Value(SUPPORTS), "id", Value(0), "objective_id", "target_objective_id", "target_key_result_id",
            "target_priority_id", nothing,
        )  # fmt: skip
        needs = Dependency.objects.filter(**ours).values_list(
            Value(NEEDS), "id", Value(0), "objective_id", "needs_id", none, none, nothing
        )
        priorities = (
            StrategicPriority.objects.current()
            .order_by()
            .values_list(Value(PRIORITY), "id", "position", none, none, none, none, "title")
        )
        found = []
        # Ids are in the order of their making, so what was said first comes first.
        for values in sorted(links.union(needs, priorities, all=True), key=lambda row: row[2:0:-1]):
            link = _Link(*values)
            if link.kind == SUPPORTS:
                found.append(link)
            elif link.kind == PRIORITY:
                self.priorities[link.id] = link.title
            elif link.target in self.entries:
                self.entries[link.objective].needs.append(link.target)
        return found

    def _connect(self, supports: "list[_Link]") -> None:
        rows = {row.id: row for row in self.key_result_rows}
        for link in supports:
            entry = self.entries[link.objective]
            if link.priority in self.priorities:
                parent, counts = (PRIORITY, link.priority), True
            elif link.target in self.entries:
                parent, counts = (OBJECTIVE, link.target), self.entries[link.target].is_open
            elif link.key_result in rows and rows[link.key_result].objective_id in self.entries:
                row = rows[link.key_result]
                parent, counts = (KEY_RESULT, row.id), self.entries[row.objective_id].is_open
                if row.id not in self.key_results:
                    self.key_results[row.id] = row
                    self.children[OBJECTIVE, row.objective_id].append(parent)
            else:
                continue
            entry.parents.append(parent)
            entry.supports_something |= counts
            self.children[parent].append(entry.key)

    def parents_of(self, key: Key) -> Iterable[Key]:
        """What stands directly above a node."""
        kind, node_id = key
        if kind == OBJECTIVE:
            return self.entries[node_id].parents
        return [(OBJECTIVE, self.key_results[node_id].objective_id)] if kind == KEY_RESULT else []

    def above(self, ids: Iterable[UUID]) -> set[UUID]:
        """Ids of all objectives that these support, directly or not."""
        return self._walk(ids, self.parents_of)

    def below(self, ids: Iterable[UUID]) -> set[UUID]:
        """Ids of all objectives that support these, directly or not."""
        return self._walk(ids, lambda key: self.children.get(key, []))

    def _walk(self, ids: Iterable[UUID], step: Callable[[Key], Iterable[Key]]) -> set[UUID]:
        seen: set[Key] = set()
        waiting: list[Key] = [(OBJECTIVE, node_id) for node_id in ids]
        while waiting:
            for key in step(waiting.pop()):
                if key not in seen:
                    seen.add(key)
                    waiting.append(key)
        return {node_id for kind, node_id in seen if kind == OBJECTIVE}

    def children_in(self, key: Key, nodes: set[UUID]) -> list[Key]:
        """The nodes right below one, out of `nodes`: key results that are supported, then objectives."""
        found = []
        for child in self.children.get(key, []):
            kind, node_id = child
            if kind == KEY_RESULT:
                if any(below[1] in nodes for below in self.children[child]):
                    found.append(child)
            elif node_id in nodes:
                found.append(child)
        return sorted(found, key=lambda one: one[0] == OBJECTIVE)

    def roots_in(self, nodes: set[UUID], *, bare: bool) -> list[Key]:
        """Where the tree begins: priorities that are supported, then objectives with nothing above them in `nodes`.

        `bare` also takes objectives that neither stand for the organization nor are supported.
        """
        priorities = [(PRIORITY, pk) for pk in self.priorities if self.children_in((PRIORITY, pk), nodes)]
        return [*priorities, *self._top(nodes, bare=bare)]

    def _top(self, nodes: set[UUID], *, bare: bool) -> Iterator[Key]:
        tops = [
            entry
            for entry in self.entries.values()
            if entry.id in nodes and not any(self.is_in(parent, nodes) for parent in entry.parents)
        ]
        for entry in sorted(tops, key=lambda one: one.level != Level.ORGANIZATION):
            if bare or entry.level == Level.ORGANIZATION or self.children_in(entry.key, nodes):
                yield entry.key

    def is_in(self, parent: Key, nodes: set[UUID]) -> bool:
        """Whether a priority is current, or an objective, or that of a key result, is one of `nodes`."""
        kind, node_id = parent
        if kind == PRIORITY:
            return node_id in self.priorities
        return (self.key_results[node_id].objective_id if kind == KEY_RESULT else node_id) in nodes

    def title_of(self, key: Key) -> str:
        """The title of a priority or objective; of a key result, its objective's."""
        kind, node_id = key
        if kind == PRIORITY:
            return self.priorities.get(node_id, "")
        return self.entries[self.key_results[node_id].objective_id if kind == KEY_RESULT else node_id].title

    @property
    def orphans(self) -> list[Entry]:
        """Objectives of the cycle that support nothing, of teams that take part in it.

        Neither goals of one's own are among them, nor what supports nothing knowingly.
        """
        return [
            entry
            for entry in self.entries.values()
            if entry.id in self.own
            and entry.level == Level.TEAM
            and entry.takes_part
            and entry.is_open
            and not entry.stands_alone
            and not entry.supports_something
        ]

    @property
    def unsupported(self) -> list[Key]:
        """Priorities, then organization objectives of the cycle, that nothing supports."""
        objectives = (
            entry.key
            for entry in self.entries.values()
            if entry.id in self.own and entry.level == Level.ORGANIZATION and entry.is_open
        )
        return [
            key for key in (*((PRIORITY, pk) for pk in self.priorities), *objectives) if not self._is_supported(key)
        ]

    def _is_supported(self, key: Key) -> bool:
        """Whether an objective of the graph that everybody sees supports a node, or one of its key results."""
        return any(
            self._is_supported(below) if below[0] == KEY_RESULT else self._counts(below[1])
            for below in self.children.get(key, ())
        )

    def _counts(self, objective_id: UUID) -> bool:
        return objective_id in self.nodes and self.entries[objective_id].is_open


def choose_cycle(cycles: Iterable[Cycle], wanted: str, today: date) -> Cycle | None:
    """Return the cycle with an id, else the running one of today (the shortest, so the quarter before the year),
    else the newest; None without any."""
    cycles = list(cycles)
    for cycle in cycles:
        if str(cycle.pk) == wanted:
            return cycle

    def nearness(cycle: Cycle) -> tuple[bool, bool, int]:
        return cycle.phase != "running", not cycle.starts_on <= today <= cycle.ends_on, cycle.days

    return min(cycles, key=nearness, default=None)
