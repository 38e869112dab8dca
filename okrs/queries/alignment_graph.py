"""Who supports whom in a cycle and the cycles around it, light enough for thousands of objectives."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject

from okrs.enums import Level, ObjectiveStatus
from okrs.models import Alignment, Cycle, Objective
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
    # Whether it supports anything at all, also what lies outside the graph.
    supports_something: bool = False
    parents: list[Key] = field(default_factory=list)

    @property
    def is_draft(self) -> bool:
        return self.status == ObjectiveStatus.DRAFT

    @property
    def key(self) -> Key:
        return OBJECTIVE, self.id


class Graph:
    """Objectives of `cycle`, everything they support and everything that supports them, in cycles that overlap it."""

    def __init__(self, actor: Actor, cycle: Cycle) -> None:
        """Reads objectives with what they support, and the priorities: two queries."""
        self.actor = actor
        self.cycle = cycle
        self.priorities = {priority.pk: priority for priority in StrategicPriority.objects.current()}
        self.entries: dict[UUID, Entry] = {}
        # Key result → its objective, for those that are supported.
        self.objective_of: dict[UUID, UUID] = {}
        self.children: dict[Key, list[Key]] = defaultdict(list)
        self._read()
        self.own = {entry.id for entry in self.entries.values() if entry.cycle_id == cycle.pk}
        self.nodes = self.own | self.above(self.own) | self.below(self.own)

    def _read(self) -> None:
        links = (
            Alignment.objects.filter(objective=OuterRef("pk"))
            .filter(Q(target_objective=None) | Q(target_objective__archived_at=None))
            .filter(
                Q(target_key_result=None)
                | Q(target_key_result__archived_at=None, target_key_result__objective__archived_at=None)
            )
            .filter(Q(target_priority=None) | Q(target_priority__archived_at=None))
            .order_by("created_at", "id")
            .values(
                link=JSONObject(
                    objective="target_objective_id",
                    key_result="target_key_result_id",
                    of="target_key_result__objective_id",
                    priority="target_priority_id",
                )
            )
        )
        rows = (
            Objective.objects.visible_to(self.actor)
            .current()
            .filter(cycle__starts_on__lte=self.cycle.ends_on, cycle__ends_on__gte=self.cycle.starts_on)
            .filter(cycle__archived_at=None)
            .order_by("position", "id")
            .values_list(*_COLUMNS, ArraySubquery(links))
        )
        found = []
        for *values, targets in rows:
            entry = Entry(*values)
            entry.supports_something = bool(targets)
            self.entries[entry.id] = entry
            found.append((entry, targets))
        for entry, targets in found:
            for target in targets:
                self._link(entry, target)

    def _link(self, entry: Entry, target: dict[str, str | None]) -> None:
        if target["priority"]:
            parent = (PRIORITY, UUID(target["priority"]))
        elif target["objective"]:
            parent = (OBJECTIVE, UUID(target["objective"]))
            if parent[1] not in self.entries:
                return
        elif target["key_result"] and target["of"] and UUID(target["of"]) in self.entries:
            parent = (KEY_RESULT, UUID(target["key_result"]))
            self.objective_of[parent[1]] = UUID(target["of"])
            of = (OBJECTIVE, UUID(target["of"]))
            if parent not in self.children[of]:
                self.children[of].append(parent)
        else:
            return
        entry.parents.append(parent)
        self.children[parent].append(entry.key)

    def parents_of(self, key: Key) -> Iterable[Key]:
        """What stands directly above a node."""
        kind, node_id = key
        if kind == OBJECTIVE:
            return self.entries[node_id].parents
        return [(OBJECTIVE, self.objective_of[node_id])] if kind == KEY_RESULT else []

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
            if entry.id in nodes and not any(self._is_in(parent, nodes) for parent in entry.parents)
        ]
        for entry in sorted(tops, key=lambda one: one.level != Level.ORGANIZATION):
            if bare or entry.level == Level.ORGANIZATION or self.children_in(entry.key, nodes):
                yield entry.key

    def _is_in(self, parent: Key, nodes: set[UUID]) -> bool:
        kind, node_id = parent
        if kind == PRIORITY:
            return node_id in self.priorities
        return (self.objective_of[node_id] if kind == KEY_RESULT else node_id) in nodes

    def title_of(self, key: Key) -> str:
        """The title of a priority or objective; of a key result, its objective's."""
        kind, node_id = key
        if kind == PRIORITY:
            return str(self.priorities[node_id].title) if node_id in self.priorities else ""
        return self.entries[self.objective_of[node_id] if kind == KEY_RESULT else node_id].title

    @property
    def orphans(self) -> list[Entry]:
        """Team objectives of the cycle that support nothing."""
        return [
            self.entries[pk]
            for pk in self.entries
            if pk in self.own and self.entries[pk].level == Level.TEAM and not self.entries[pk].supports_something
        ]

    @property
    def unsupported(self) -> tuple[list[StrategicPriority], list[Entry]]:
        """Priorities, and organization objectives of the cycle, that nothing supports."""
        priorities = [one for pk, one in self.priorities.items() if not self.children_in((PRIORITY, pk), self.nodes)]
        objectives = [
            entry
            for entry in self.entries.values()
            if entry.id in self.own and entry.level == Level.ORGANIZATION and not self.children.get(entry.key)
        ]
        return priorities, objectives


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
