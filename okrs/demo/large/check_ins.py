"""The check-ins of a large invented organization: by far most of its rows."""

import json
from collections.abc import Iterator
from random import Random
from typing import Any

from okrs.demo.journal import id_of
from okrs.demo.large.names import BLOCKERS, NOTES
from okrs.demo.large.objectives import Row
from okrs.demo.large.scale import shares
from okrs.enums import Confidence, MetricType

COLUMNS = (
    "id", "key_result_id", "author_id", "on_behalf_of_id", "value", "previous_value", "progress", "confidence", "note",
    "blocker", "helper_id", "milestones", "at",
)  # fmt: skip
# Somebody else of the team checks in for the owner, or something is in the way.
FOR_OTHERS, BLOCKED = 0.1, 0.3
# The newest check-in lies at most this share of the way between two back; a few have been silent for longer.
SILENT, SILENCE = 0.1, 0.35


def check_ins(rows: list[Row], total: int, random: Random) -> Iterator[tuple[Any, ...]]:
    """Yield the values of COLUMNS of so many check-ins, more of them where a cycle has lasted longer.

    Side effects: each key result gets the values of its last one, and milestones the moment they were done.
    """
    weights = [float((row.plan.window[1] - row.plan.window[0]).days) for row in rows]
    for row, count in zip(rows, shares(total, weights), strict=True):
        yield from _of_key_result(row, count, random)


def _of_key_result(row: Row, count: int, random: Random) -> Iterator[tuple[Any, ...]]:
    key_result = row.key_result
    first, until = row.plan.window
    lasts = 1 - SILENCE if random.random() < SILENT else 1.0
    length, elapsed = (until - first) * lasts, row.plan.elapsed * lasts
    previous, steps_done = None, 0
    key_result_id, owner_id = str(key_result.pk), str(key_result.owner_id)
    for number in range(count):
        part = (number + 0.25 + 0.7 * random.random()) / count
        at, share = first + length * part, elapsed * part
        said = row.story.at(share)
        author_id, for_id = owner_id, None
        if len(row.people) > 1 and random.random() < FOR_OTHERS:
            author_id = str(random.choice(row.people).pk)
            for_id = owner_id if author_id != owner_id else None
        changed = "{}"
        if key_result.metric == MetricType.MILESTONES:
            now_done = row.story.milestones_done(share)
            finished = row.milestones[steps_done:now_done]
            for milestone in finished:
                milestone.done_at = at
            changed = json.dumps({"done": [str(one.pk) for one in finished]} if finished else {})
            steps_done = max(steps_done, now_done)
        blocker, helper_id = "", None
        if said.confidence == Confidence.OFF_TRACK and random.random() < BLOCKED:
            blocker, helper_id = random.choice(BLOCKERS), str(random.choice(row.people).pk)
        yield (
            str(id_of(at)), key_result_id, author_id, for_id, said.value, previous, said.progress,
            said.confidence, random.choice(NOTES), blocker, helper_id, changed, at,
        )  # fmt: skip
        previous = said.value
        key_result.current, key_result.progress = said.value, said.progress
        key_result.confidence, key_result.last_check_in_at = said.confidence, at
        key_result.updated_at = at
