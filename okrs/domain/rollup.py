"""Carrying progress upwards: key result → objective → what it supports, level by level.

The number of statements depends on the depth of the alignment, not on how many objectives there are on a level.
Locks are taken from below upwards, so two check-ins below the same objective wait for, and then see, each other.
"""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from okrs import scoring
from okrs.domain.rollup_rows import Level, Rung, lock_rungs, read_level, write_progress
from okrs.enums import MetricType, ObjectiveStatus, Phase, Visibility
from okrs.models import Alignment, KeyResult, Milestone
from okrs.queries.measure import measure_of


def roll_up(objective_ids: Iterable[UUID], *, also_closed: bool = False) -> None:
    """Compute the progress of objectives anew, and of everything above that counts them.

    What stands in a closed cycle keeps its numbers, whatever goes on below it; `also_closed` is for whoever makes a
    past that never happened. Side effects: updates of Objective.progress, and of progress and current of key results
    fed by aligned objectives. Ends because alignment has no circle.
    """
    wanted = set(objective_ids)
    while wanted:
        rungs = lock_rungs(wanted, also_closed=also_closed)
        level = read_level(rungs)
        values = {rung.id: _progress_of(rung, level) for rung in rungs}
        changed = {rung.id: values[rung.id] for rung in rungs if values[rung.id] != rung.progress}
        if not changed:
            return
        write_progress(changed)
        wanted = {above for one in changed for above in level.above[one]}
        fed = {key_result for one in changed for key_result in level.fed[one]}
        if fed:
            wanted |= feed_key_results(fed, also_closed=also_closed)


def score_key_result(key_result: KeyResult) -> None:
    """Set `progress` of a key result from its stored values; does not save. At most one query, for its milestones."""
    milestones: list[Milestone] = []
    supporting: list[scoring.Contribution] = []
    if key_result.metric == MetricType.MILESTONES:
        milestones = list(key_result.milestones.all())
    elif key_result.metric == MetricType.ALIGNED:
        supporting = _supporters_of_key_results([key_result.pk])[key_result.pk]
    key_result.progress = scoring.progress(measure_of(key_result, milestones=milestones, supporting=supporting))


def feed_key_results(ids: set[UUID], *, also_closed: bool = False) -> set[UUID]:
    """Compute key results that are fed by aligned objectives; return the ids of their objectives."""
    supporters = _supporters_of_key_results(ids)
    wanted = KeyResult.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk")
    rows = list(wanted if also_closed else wanted.exclude(objective__cycle__phase=Phase.CLOSED))
    for row in rows:
        row.progress = scoring.progress(measure_of(row, supporting=supporters[row.pk]))
    KeyResult.objects.bulk_update(rows, ["progress"])
    return {row.objective_id for row in rows}


def _progress_of(rung: Rung, level: Level) -> float | None:
    found = scoring.objective_progress(level.key_results[rung.id], level.supporting[rung.id], rung.reported_progress)
    return found.raw


def _supporters_of_key_results(ids: Iterable[UUID]) -> dict[UUID, list[scoring.Contribution]]:
    """Return the objectives that support each key result, as contributions; one query."""
    found: dict[UUID, list[scoring.Contribution]] = defaultdict(list)
    rows = (
        Alignment.objects.filter(target_key_result__in=ids)
        .order_by("pk")
        .values_list(
            "target_key_result_id",
            "objective__progress",
            "weight",
            "objective__status",
            "objective__archived_at",
            "objective__visibility",
        )
    )
    for target_id, progress, weight, status, archived_at, visibility in rows:
        # Drafts, what rests, was stopped or is private counts nowhere.
        counts = status == ObjectiveStatus.ACTIVE and archived_at is None and visibility == Visibility.OPEN
        found[target_id].append(scoring.Contribution(progress, weight, counted=counts))
    return found
