"""The alignment outline: the tree from priorities and organization objectives down, opened two levels deep."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from okrs.enums import Confidence
from okrs.models import Cycle
from okrs.queries.alignment_graph import KEY_RESULT, OBJECTIVE, PRIORITY, Entry, Graph, Key
from okrs.queries.alignment_status import SILENT, TONES, Statuses
from okrs.queries.standing import Standings
from organizations.actor import Actor

OPEN_DEPTH = 2
# As many rows as a page shows at once; what is left out can be opened node by node.
MOST_ROWS = 150
MOST_CHILDREN = 60
MOST_LISTED = 100


@dataclass(frozen=True, slots=True)
class OutlineFilter:
    """What to show of a cycle; empty means everything. `status` is a confidence, outdated, draft or silent."""

    cycle: Cycle
    team_id: UUID | None = None
    status: str = ""
    text: str = ""

    @property
    def is_active(self) -> bool:
        """Whether anything is left out."""
        return bool(self.team_id or self.status or self.text)


@dataclass(slots=True)
class Node:
    """One row of the outline."""

    key: Key
    depth: int
    title: str = ""
    progress: float | None = None
    status: str = ""
    team: str = ""
    team_slug: str = ""
    owner: str = ""
    cycle: str = ""
    # Whether it is what was asked for, rather than the way there.
    is_match: bool = True
    # Titles of what else it stands under.
    also: list[str] = field(default_factory=list)
    below: int = 0
    children: list["Node"] = field(default_factory=list)
    # The objective whose page shows it.
    page_id: UUID | None = None
    # Key results of an objective that nothing supports: its page lists them, the tree does not.
    unsupported: int = 0
    # Children that did not fit, and where to go on.
    more: int = 0
    next_start: int = 0

    @property
    def kind(self) -> str:
        return self.key[0]

    @property
    def id(self) -> UUID:
        return self.key[1]

    @property
    def tone(self) -> str:
        """Colour of its bar; never good while outdated."""
        return TONES.get(Confidence(self.status), "neutral") if self.status in Confidence.values else "neutral"


class Outline:
    """The tree of a cycle. Reads objectives, priorities and key results: three queries, however many there are."""

    def __init__(self, actor: Actor, wanted: OutlineFilter, cycles: Iterable[Cycle]) -> None:
        self.wanted = wanted
        self.cycles = {cycle.pk: cycle for cycle in cycles}
        self.graph = Graph(actor, wanted.cycle)
        self.statuses = Statuses(Standings(actor), self.cycles, self.graph.entries)
        if wanted.status:
            # Only the key results know what is outdated and what was said last.
            self.statuses.load(self.graph.nodes)
        self.matches = self._matching()
        self.nodes = self.matches | self.graph.above(self.matches) if wanted.is_active else self.graph.nodes

    def tree(self, start: int = 0) -> tuple[list[Node], int]:
        """Return the top nodes from `start` on, opened as far as there is room, and how many top nodes are left."""
        keys = self.graph.roots_in(self.nodes, bare=self.wanted.is_active)
        roots = [self._node(key, 0) for key in keys[start : start + MOST_ROWS]]
        depth = 20 if self.wanted.is_active else OPEN_DEPTH
        self._open(roots, depth, MOST_ROWS - len(roots))
        self._fill(roots)
        return roots, max(len(keys) - start - len(roots), 0)

    def branch(self, key: Key, depth: int, start: int = 0) -> Node | None:
        """Return a node with its children from `start` on and what is below them; None when it is not here."""
        known = key[1] in self.graph.priorities if key[0] == PRIORITY else self._is_known(key)
        if not known:
            return None
        node = self._node(key, depth)
        self._take_children(node, start)
        self._open(node.children, depth + OPEN_DEPTH, MOST_ROWS - len(node.children))
        self._fill([node])
        return node

    @property
    def count(self) -> int:
        """How many objectives fit that everybody sees: no number depends on who looks."""
        return sum(self.graph.entries[pk].is_open for pk in self.matches)

    @cached_property
    def orphan_entries(self) -> list[Entry]:
        """Team objectives that support nothing."""
        return [entry for entry in self.graph.orphans if entry.id in self.matches]

    @property
    def orphans(self) -> list[Node]:
        """The first MOST_LISTED of them as flat nodes."""
        return self._listed(self.orphan_entries)

    @cached_property
    def gap_entries(self) -> list[Key]:
        """Priorities and organization objectives that nothing supports."""
        return [
            key
            for key in self.graph.unsupported
            if (not self.wanted.is_active if key[0] == PRIORITY else key[1] in self.matches)
        ]

    @property
    def gaps(self) -> list[Node]:
        """They as flat nodes."""
        nodes = [self._node(key, 0) for key in self.gap_entries[:MOST_LISTED]]
        self._fill(nodes)
        return nodes

    @property
    def teams(self) -> list[tuple[str, str]]:
        """(id, name) of the teams with objectives in the cycle, by name."""
        found = {
            (str(entry.team_id), entry.team)
            for entry in self.graph.entries.values()
            if entry.team_id and entry.team and entry.id in self.graph.own
        }
        return sorted(found, key=lambda pair: pair[1].casefold())

    def _matching(self) -> set[UUID]:
        text = self.wanted.text.casefold()
        return {
            pk
            for pk in self.graph.nodes
            if (entry := self.graph.entries[pk])
            and (not self.wanted.team_id or entry.team_id == self.wanted.team_id)
            and (not text or text in entry.title.casefold())
            and (not self.wanted.status or (self.statuses.of_objective(pk) or SILENT) == self.wanted.status)
        }

    def _is_known(self, key: Key) -> bool:
        kind, node_id = key
        return node_id in self.graph.key_results if kind == KEY_RESULT else node_id in self.graph.entries

    def _node(self, key: Key, depth: int) -> Node:
        node = Node(key, depth, below=len(self.graph.children_in(key, self.nodes)))
        if node.kind == PRIORITY:
            node.title = self.graph.priorities[node.id]
            node.is_match = not self.wanted.is_active
        elif node.kind == OBJECTIVE:
            self._describe(node, self.graph.entries[node.id])
            node.page_id = node.id
        else:
            node.page_id = self.graph.key_results[node.id].objective_id
        return node

    def _describe(self, node: Node, entry: Entry) -> None:
        node.title, node.progress = entry.title, entry.progress
        node.team, node.team_slug, node.owner = entry.team or "", entry.team_slug or "", entry.owner or ""
        node.is_match = entry.id in self.matches
        if entry.cycle_id != self.wanted.cycle.pk and entry.cycle_id in self.cycles:
            node.cycle = self.cycles[entry.cycle_id].name

    def _open(self, roots: list[Node], depth: int, room: int) -> None:
        """Open nodes level by level while there is room, so that the upper levels come first."""
        level = roots
        while level:
            below: list[Node] = []
            for node in level:
                if node.depth >= depth or not node.below or min(node.below, MOST_CHILDREN) > room:
                    continue
                self._take_children(node)
                room -= len(node.children)
                below += node.children
            level = below

    def _take_children(self, node: Node, start: int = 0) -> None:
        keys = self.graph.children_in(node.key, self.nodes)
        taken = keys[start : start + MOST_CHILDREN]
        node.children = [self._node(key, node.depth + 1) for key in taken]
        node.next_start = start + len(taken)
        node.more = len(keys) - node.next_start
        for child in node.children:
            parents = [parent for parent in self.graph.parents_of(child.key) if parent != node.key]
            child.also = [title for parent in parents if (title := self.graph.title_of(parent))]

    def _listed(self, entries: Iterable[Entry]) -> list[Node]:
        nodes = [self._node(entry.key, 0) for entry in entries][:MOST_LISTED]
        self._fill(nodes)
        return nodes

    def _fill(self, nodes: list[Node]) -> None:
        """Add what key results know to nodes and everything opened below them."""
        flat: list[Node] = []
        waiting = list(nodes)
        while waiting:
            node = waiting.pop()
            flat.append(node)
            waiting += node.children
        self.statuses.load(node.page_id for node in flat if node.page_id is not None)
        for node in flat:
            if node.kind == OBJECTIVE:
                node.status = self.statuses.of_objective(node.id)
                shown = {child_id for _kind, child_id in self.graph.children_in(node.key, self.graph.nodes)}
                node.unsupported = len(self.statuses.key_results_of(node.id) - shown)
            elif node.kind == KEY_RESULT:
                key_result = self.graph.key_results[node.id]
                node.title, node.progress = key_result.title, key_result.progress
                node.status = self.statuses.of_key_result(node.id)
                node.is_match = not self.wanted.is_active
