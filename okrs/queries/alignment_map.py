"""The alignment map as data: every node of a cycle's graph once, in columns short enough for ten thousand."""

import zlib
from base64 import b64encode
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from hashlib import blake2b
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from okrs.enums import Level
from okrs.models import Cycle
from okrs.queries.alignment_graph import KEY_RESULT, OBJECTIVE, PRIORITY, Entry, Graph, Key
from okrs.queries.alignment_status import Statuses
from okrs.queries.standing import Standings
from organizations.actor import Actor

# What a node is, as one digit of the column `kinds`.
KINDS = {Level.ORGANIZATION: "1", Level.TEAM: "2", Level.INDIVIDUAL: "3"}
PRIORITY_KIND, KEY_RESULT_KIND, GROUP_KIND = "0", "4", "5"
# Marks: nothing to say, supports nothing, supported by nothing.
PLAIN, ORPHAN, GAP = "0", "1", "2"

# Stands at the end of the tree for what is connected to nothing.
GROUP: Key = ("group", UUID(int=0))

# Bytes that ids and titles of the first answer may take when compressed; the rest follows when the map stands.
FIRST_TITLES = 44 * 1024
_CHUNK = 250


class AlignmentMap:
    """The graph of a cycle as a forest: each node stands under the first thing it supports and is linked to the others.

    Nodes are numbered level by level, so that the children of a node are neighbours and their number says which.
    Reads objectives, links and key results: three queries, however many there are.
    """

    def __init__(self, actor: Actor, cycle: Cycle, cycles: Iterable[Cycle]) -> None:
        self.graph = Graph(actor, cycle, with_all_key_results=True)
        self.cycles = {one.pk: one for one in cycles}
        self.statuses = Statuses(Standings(actor), self.cycles, self.graph.entries)
        self.statuses.learn(self.graph.key_result_rows, self.graph.entries)
        self._tree: dict[Key, list[Key]] = defaultdict(list)
        self.roots = self._plant()
        self.keys = list(self._level_by_level())
        self.number = {key: number for number, key in enumerate(self.keys)}

    def columns(self) -> dict[str, Any]:
        """Return the nodes as columns, the links beside the tree, and as many titles as fit; see static/src/js/map."""
        statuses = [self.status_of(key) for key in self.keys]
        words = list(dict.fromkeys(statuses))
        letters = {word: chr(ord("0") + place) for place, word in enumerate(words)}  # an eleventh is ":"
        entries = [self.entry_of(key) for key in self.keys]
        teams = {entry.team_id: entry for entry in entries if entry is not None and entry.team_id is not None}
        places = {team_id: place for place, team_id in enumerate(teams)}
        others = [one for one in self.cycles.values() if one.pk != self.graph.cycle.pk]
        other_places = {one.pk: place for place, one in enumerate(others, start=1)}
        return {
            "version": self.version,
            "roots": len(self.roots),
            "kinds": "".join(map(self.kind_of, self.keys)),
            "below": [len(self._tree.get(key, ())) for key in self.keys],
            "marks": "".join(map(self.mark_of, self.keys)),
            "statuses": words,
            "status": "".join(letters[word] for word in statuses),
            "progress": [_percent(self.progress_of(key)) for key in self.keys],
            "team": [places[entry.team_id] if entry and entry.team_id else -1 for entry in entries],
            "teams": [[team.team for team in teams.values()], [team.team_slug for team in teams.values()]],
            "cycle": [other_places.get(entry.cycle_id, 0) if entry else 0 for entry in entries],
            "cycles": ["", *(one.name for one in others)],
            "also": [self.number[key] for pair in self.also for key in pair],
            "depends": [self.number[key] for pair in self.dependencies for key in pair],
            **self.titles(0),
        }

    def titles(self, start: int) -> dict[str, Any]:
        """Return ids and titles of the nodes from `start` on: as many as fit into the first answer, or all the rest."""
        end = self._first_titles() if start == 0 else len(self.keys)
        keys = self.keys[start:end]
        return {"ids": _packed(keys), "titles": [self.title_of(key) for key in keys]}

    @cached_property
    def version(self) -> str:
        """Names this very order of nodes: titles that are fetched later belong to it or to none."""
        return blake2b(b"".join(key[1].bytes for key in self.keys), digest_size=8).hexdigest()

    @cached_property
    def also(self) -> list[tuple[Key, Key]]:
        """Pairs of a node and what else it supports, beside what it stands under."""
        return [(key, one) for key in self.keys if key[0] == OBJECTIVE for one in self._supported(key[1])[1:]]

    @cached_property
    def edges(self) -> list[tuple[Key, Key]]:
        """Every pair of an objective and what it supports."""
        return [(key, one) for key in self.keys if key[0] == OBJECTIVE for one in self._supported(key[1])]

    @cached_property
    def dependencies(self) -> list[tuple[Key, Key]]:
        """Every pair of an objective and another one that it cannot be reached without."""
        return [
            (entry.key, (OBJECTIVE, needed))
            for entry in self.graph.entries.values()
            for needed in entry.needs
            if entry.id in self.graph.nodes and needed in self.graph.nodes
        ]

    def kind_of(self, key: Key) -> str:
        """What a node is, as a digit."""
        if key[0] == OBJECTIVE:
            return KINDS[Level(self.graph.entries[key[1]].level)]
        return {PRIORITY: PRIORITY_KIND, KEY_RESULT: KEY_RESULT_KIND}.get(key[0], GROUP_KIND)

    def mark_of(self, key: Key) -> str:
        """Whether a node is an orphan or a gap."""
        if key in self._orphans:
            return ORPHAN
        return GAP if key in self._gaps else PLAIN

    def title_of(self, key: Key) -> str:
        """The title of a node."""
        if key == GROUP:
            return _("Supports nothing")
        return self.graph.key_results[key[1]].title if key[0] == KEY_RESULT else self.graph.title_of(key)

    def entry_of(self, key: Key) -> Entry | None:
        """The objective a node is, or whose key result it is."""
        if key[0] == KEY_RESULT:
            return self.graph.entries[self.graph.key_results[key[1]].objective_id]
        return self.graph.entries.get(key[1])

    def progress_of(self, key: Key) -> float | None:
        """Raw progress; None where there is none."""
        if key[0] == KEY_RESULT:
            return self.graph.key_results[key[1]].progress
        return self.graph.entries[key[1]].progress if key[0] == OBJECTIVE else None

    def status_of(self, key: Key) -> str:
        """The word of a node's pill."""
        if key[0] == KEY_RESULT:
            return self.statuses.of_key_result(key[1])
        return self.statuses.of_objective(key[1]) if key[0] == OBJECTIVE else ""

    @cached_property
    def _orphans(self) -> set[Key]:
        return {entry.key for entry in self.graph.orphans}

    @cached_property
    def _gaps(self) -> set[Key]:
        return set(self.graph.unsupported)

    def _supported(self, objective_id: UUID) -> list[Key]:
        """What an objective supports in this graph, the first it was said of first."""
        return [one for one in self.graph.entries[objective_id].parents if self.graph.is_in(one, self.graph.nodes)]

    def _plant(self) -> list[Key]:
        """Put every node under the first thing it supports; return where trees begin: priorities, then objectives."""
        tops: list[Entry] = []
        key_results: set[Key] = set()
        for node_id, entry in self.graph.entries.items():
            if node_id not in self.graph.nodes:
                continue
            above = self._supported(node_id)
            key_results.update(one for one in above if one[0] == KEY_RESULT)
            if above:
                self._tree[above[0]].append(entry.key)
            else:
                tops.append(entry)
        for key in sorted(key_results, reverse=True):
            self._tree[OBJECTIVE, self.graph.key_results[key[1]].objective_id].insert(0, key)
        first = [entry.key for entry in tops if entry.level == Level.ORGANIZATION]
        others = [entry.key for entry in tops if entry.level != Level.ORGANIZATION]
        alone = [key for key in others if not self.graph.children.get(key)]
        self._tree[GROUP] = alone
        return [
            *((PRIORITY, pk) for pk in self.graph.priorities),
            *first,
            *(key for key in others if self.graph.children.get(key)),
            *([GROUP] if alone else []),
        ]

    def _level_by_level(self) -> Iterator[Key]:
        level = self.roots
        while level:
            yield from level
            level = [below for key in level for below in self._tree.get(key, ())]

    def _first_titles(self) -> int:
        """How many nodes' ids and titles fit into the first answer, measured as they will be compressed."""
        squeeze, size = zlib.compressobj(6), 0
        for start in range(0, len(self.keys), _CHUNK):
            keys = self.keys[start : start + _CHUNK]
            text = "".join(map(self.title_of, keys)) + _packed(keys)
            size += len(squeeze.compress(text.encode())) + len(squeeze.flush(zlib.Z_SYNC_FLUSH))
            if size > FIRST_TITLES:
                return start
        return len(self.keys)


def _percent(progress: float | None) -> int:
    """Whole percent, -1 where there is no progress; what lies beyond the ends of a bar is shown at them."""
    return -1 if progress is None else round(min(max(progress, 0.0), 1.0) * 100)


def _packed(keys: Iterable[Key]) -> str:
    """Ids one after the other, 16 bytes each: a third of their usual length."""
    return b64encode(b"".join(key[1].bytes for key in keys)).decode()
