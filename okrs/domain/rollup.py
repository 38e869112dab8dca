"""Carrying progress upwards: key result → objective → what it supports, level by level.

The number of statements depends on the depth of the alignment, not on how many objectives there are on a level.
Locks are taken from below upwards, so two check-ins below the same objective wait for, and then see, each other.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from okrs import scoring
from okrs.enums import MetricType, ObjectiveStatus, Phase, Visibility
from okrs.models import Alignment, KeyResult, Milestone, Objective
from okrs.queries.measure import measure_of


def roll_up(objective_ids: Iterable[UUID], *, also_closed: bool = False) -> None:
    """Compute the progress of objectives anew, and of everything above that counts them.

    What stands in a closed cycle keeps its numbers, whatever goes on below it; `also_closed` is for whoever makes a
    past that never happened. Side effects: updates of Objective.progress, and of progress and current of key results
    fed by aligned objectives. Ends because alignment has no circle.
    """
    wanted = set(objective_ids)
    while wanted:
        changed = _compute_objectives(wanted, also_closed)
        wanted = _feed_targets(changed, also_closed)


def score_key_result(key_result: KeyResult) -> None:
    """Set `progress` of a key result from its stored values; does not save. At most one query, for its milestones."""
    milestones: list[Milestone] = []
    supporting: list[scoring.Contribution] = []
    if key_result.metric == MetricType.MILESTONES:
        milestones = list(key_result.milestones.all())
    elif key_result.metric == MetricType.ALIGNED:
        supporting = _supporters_of_key_results([key_result.pk])[key_result.pk]
    key_result.progress = scoring.progress(measure_of(key_result, milestones=milestones, supporting=supporting))


def _compute_objectives(ids: set[UUID], also_closed: bool) -> set[UUID]:
    """Compute, save and return the ids of those whose progress really changed."""
    columns = ("progress", "counts_supporting", "reported_progress")
    rows = Objective.objects.select_for_update(of=("self",)).filter(pk__in=ids).only(*columns).order_by("pk")
    objectives = list(rows if also_closed else rows.exclude(cycle__phase=Phase.CLOSED))
    results: dict[UUID, list[scoring.Contribution]] = defaultdict(list)
    for objective_id, progress, weight in (
        KeyResult.objects.filter(objective__in=ids, archived_at=None)
        .order_by("pk")
        .values_list("objective_id", "progress", "weight")
    ):
        results[objective_id].append(scoring.Contribution(progress, weight))
    counting = [objective.pk for objective in objectives if objective.counts_supporting]
    supporting = _supporters_of_objectives(counting) if counting else {}
    changed = []
    for objective in objectives:
        progress = scoring.objective_progress(
            results[objective.pk], supporting.get(objective.pk, ()), objective.reported_progress
        ).raw
        if progress != objective.progress:
            objective.progress = progress
            changed.append(objective)
    if len(changed) == 1:
        # The usual case on the way up, for less than half of what the general one costs.
        Objective.objects.filter(pk=changed[0].pk).update(progress=changed[0].progress)
    elif changed:
        Objective.objects.bulk_update(changed, ["progress"])
    return {objective.pk for objective in changed}


def _feed_targets(changed: set[UUID], also_closed: bool) -> set[UUID]:
    """Feed the key results that changed objectives are counted in; return the objectives to compute next."""
    if not changed:
        return set()
    above: set[UUID] = set()
    fed: set[UUID] = set()
    links = Alignment.objects.filter(objective__in=changed).values_list(
        "target_objective_id",
        "target_objective__counts_supporting",
        "target_key_result_id",
        "target_key_result__metric",
    )
    for objective_id, counts, key_result_id, metric in links:
        if objective_id is not None and counts:
            above.add(objective_id)
        if key_result_id is not None and metric == MetricType.ALIGNED:
            fed.add(key_result_id)
    if fed:
        above |= feed_key_results(fed, also_closed=also_closed)
    return above


def feed_key_results(ids: set[UUID], *, also_closed: bool = False) -> set[UUID]:
    """Compute key results that are fed by aligned objectives; return the ids of their objectives."""
    supporters = _supporters_of_key_results(ids)
    wanted = KeyResult.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk")
    rows = list(wanted if also_closed else wanted.exclude(objective__cycle__phase=Phase.CLOSED))
    for row in rows:
        row.progress = scoring.progress(measure_of(row, supporting=supporters[row.pk]))
    KeyResult.objects.bulk_update(rows, ["progress"])
    return {row.objective_id for row in rows}


def _contribution(
    progress: float | None, weight: Decimal, status: str, archived: datetime | None, visibility: str
) -> scoring.Contribution:
    """Return what an objective brings along: drafts, what rests, was stopped or is private counts nowhere."""
    counted = status == ObjectiveStatus.ACTIVE and archived is None and visibility == Visibility.OPEN
    return scoring.Contribution(progress, weight, counted=counted)


def _supporters_of_objectives(ids: Iterable[UUID]) -> dict[UUID, list[scoring.Contribution]]:
    return _supporters("target_objective", ids)


def _supporters_of_key_results(ids: Iterable[UUID]) -> dict[UUID, list[scoring.Contribution]]:
    return _supporters("target_key_result", ids)


def _supporters(target: str, ids: Iterable[UUID]) -> dict[UUID, list[scoring.Contribution]]:
    """Return what each target is supported by, as contributions; one query."""
    found: dict[UUID, list[scoring.Contribution]] = defaultdict(list)
    rows = (
        Alignment.objects.filter(**{f"{target}__in": ids})
        .order_by("pk")
        .values_list(
            f"{target}_id",
            "objective__progress",
            "weight",
            "objective__status",
            "objective__archived_at",
            "objective__visibility",
        )
    )
    for target_id, *values in rows:
        found[target_id].append(_contribution(*values))
    return found
