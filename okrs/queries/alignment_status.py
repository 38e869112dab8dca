"""The word of each objective's and key result's pill in the alignment graph, for thousands of them at once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, cast
from uuid import UUID

from okrs import scoring
from okrs.enums import Confidence, MetricType, ObjectiveStatus, Phase
from okrs.models import Cycle, KeyResult, Objective
from okrs.queries.alignment_graph import Entry, KeyResultRow, key_result_rows
from okrs.queries.standing import RESTING, Standings, asked_since
from organizations.models import Team

OUTDATED, SILENT = "outdated", "silent"
TONES = {Confidence.ON_TRACK: "ok", Confidence.AT_RISK: "warn", Confidence.OFF_TRACK: "bad"}


class Statuses:
    """Words as pills show them: a confidence or outdated, empty while nobody has said anything, else the status.

    Nothing is known before `load` or `learn`.
    """

    def __init__(self, standings: Standings, cycles: Mapping[UUID, Cycle], entries: Mapping[UUID, Entry]) -> None:
        self.standings = standings
        self.cycles = cycles
        self.entries = entries
        self._loaded: set[UUID] = set()
        self._said: dict[UUID, set[str]] = defaultdict(set)
        self._outdated: set[UUID] = set()
        self._of_key_results: dict[UUID, str] = {}
        self._ids: dict[UUID, set[UUID]] = defaultdict(set)
        # Many key results share a rhythm: what was asked of them last is the same.
        self._asked: dict[tuple[Any, ...], scoring.Period | None] = {}

    def load(self, objective_ids: Iterable[UUID]) -> None:
        """Read the key results of objectives that have not been read yet; no query when all have."""
        missing = set(objective_ids) - self._loaded
        if missing:
            self.learn(key_result_rows(objective__in=missing), missing)

    def learn(self, rows: Iterable[KeyResultRow], objective_ids: Iterable[UUID]) -> None:
        """Take key results that were read elsewhere: all that these objectives have."""
        self._loaded.update(objective_ids)
        for row in rows:
            entry = self.entries[row.objective_id]
            self._ids[entry.id].add(row.id)
            if row.confidence:
                self._said[entry.id].add(row.confidence)
            outdated = self._is_outdated(row, entry)
            if outdated:
                self._outdated.add(entry.id)
            resting = entry.status if entry.status in RESTING else ""
            self._of_key_results[row.id] = resting or (OUTDATED if outdated else row.confidence)

    def of_objective(self, objective_id: UUID) -> str:
        """The word of an objective's pill; a good one that rests on old numbers is none."""
        entry = self.entries[objective_id]
        if entry.status != ObjectiveStatus.ACTIVE:
            return entry.status
        said = scoring.worst(scoring.Confidence(one) for one in self._said.get(objective_id, ()))
        word = entry.confidence or (said.value if said else "")
        if word in ("", Confidence.ON_TRACK) and objective_id in self._outdated:
            return OUTDATED
        return word

    def key_results_of(self, objective_id: UUID) -> set[UUID]:
        """The ids of an objective's key results."""
        return self._ids.get(objective_id, set())

    def of_key_result(self, key_result_id: UUID) -> str:
        """The word of a key result's pill."""
        return self._of_key_results.get(key_result_id, "")

    def _is_outdated(self, row: KeyResultRow, entry: Entry) -> bool:
        cycle = self.cycles.get(entry.cycle_id)
        if (
            cycle is None
            or cycle.phase != Phase.RUNNING
            or entry.status != ObjectiveStatus.ACTIVE
            or row.metric == MetricType.ALIGNED
        ):
            return False
        key = (cycle.pk, *entry.rhythm, *row.own, entry.rested_from, entry.rested_until)
        if key not in self._asked:
            # Both carry the names that a key result and a team have there.
            key_result, team, objective = cast(KeyResult, row), cast(Team, entry), cast(Objective, entry)
            rhythm = self.standings.rhythm(key_result, team, objective)
            window = self.standings.window(key_result, cycle)
            self._asked[key] = scoring.last_asked(rhythm, window, self.standings.now)
        since = asked_since(cast(KeyResult, row), cast(Objective, entry))
        return scoring.is_outdated(self._asked[key], row.last_check_in_at, since)
