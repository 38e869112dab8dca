"""What a review starts from, and what became of objectives."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from okrs import scoring
from okrs.enums import ObjectiveKind, ObjectiveStatus, Phase, Visibility
from okrs.models import Alignment, CheckIn, Cycle, CycleExtension, KeyResult, Objective, Review
from okrs.queries.measure import measure_of
from okrs.scoring import STAY, Contribution, ScoreBands
from organizations.models import OrganizationSettings

# What can be scored: whatever was in force. What was stopped may be, and nobody waits for it.
SCORED = (ObjectiveStatus.ACTIVE, ObjectiveStatus.PAUSED, ObjectiveStatus.STOPPED)
AWAITED = (ObjectiveStatus.ACTIVE, ObjectiveStatus.PAUSED)
_PLACES = Decimal("0.001")


@dataclass(frozen=True, slots=True)
class Part:
    """A key result in the proposal: its own score, None where there is nothing to score."""

    key_result: KeyResult
    score: float | None

    @property
    def is_finished(self) -> bool:
        """Whether nothing of it is left for another cycle."""
        return self.score is not None and self.score >= 1


@dataclass(frozen=True, slots=True)
class Proposal:
    """The score that a review of one objective starts from; None where nothing was measured.

    `is_reported` says that it was said rather than measured.
    """

    score: Decimal | None
    parts: tuple[Part, ...] = ()
    is_reported: bool = False


@dataclass(frozen=True, slots=True)
class Scored:
    """What a card or a page shows of a review."""

    score: float | None
    proposed: float | None
    not_reviewed: bool
    outcome: str
    kind: str

    @property
    def is_below_commitment(self) -> bool:
        """Whether a committed objective fell short: those are expected at 1.0."""
        return self.kind == ObjectiveKind.COMMITTED and self.score is not None and self.score < 1


def proposals_for(objectives: Iterable[Objective]) -> dict[UUID, Proposal]:
    """Return the proposed score of each objective; at most four queries, however many there are.

    The weighted mean of its key results' own scores: progress limited to 0–1, for what should stay somewhere the share
    of check-ins inside. Where the objective says so, also of the objectives that support it. Where nothing counts,
    what was reported.
    """
    wanted = list(objectives)
    found: dict[UUID, list[KeyResult]] = {one.pk: [] for one in wanted}
    for key_result in KeyResult.objects.filter(objective__in=list(found), archived_at=None).listed():
        found[key_result.objective_id].append(key_result)
    values = _values_of_stay([row for rows in found.values() for row in rows])
    supporting = _supporting([one.pk for one in wanted if one.counts_supporting])
    return {one.pk: _proposal(one, found[one.pk], values, supporting[one.pk]) for one in wanted}


def proposal_for(objective: Objective) -> Proposal:
    """Return the proposed score of one objective; at most four queries."""
    return proposals_for([objective])[objective.pk]


def bands_of(settings: OrganizationSettings) -> ScoreBands:
    """Return where the bands of an organization begin."""
    return ScoreBands(green=float(settings.band_green), yellow=float(settings.band_yellow))


def extended_team_ids(cycle: Cycle, today: date) -> set[UUID]:
    """Return the teams that may go on reviewing although the cycle has closed; one query."""
    rows = CycleExtension.objects.filter(cycle=cycle, until__gte=today, ended_at=None)
    return set(rows.values_list("team_id", flat=True))


def takes_reviews(cycle: Cycle, team_id: UUID | None, today: date) -> bool:
    """Whether objectives of a team (None: of nobody's team) in a cycle are scored now; a query only once it closed."""
    if cycle.phase == Phase.REVIEWING:
        return True
    return cycle.is_read_only and team_id is not None and team_id in extended_team_ids(cycle, today)


def next_cycles(cycle: Cycle) -> list[Cycle]:
    """Return the cycles that something of a cycle can be carried over to, the one to propose first; one query.

    Those that begin later and are not closed; the next of the same length goes first.
    """
    rows = (
        Cycle.objects.current()
        .exclude(phase=Phase.CLOSED)
        .filter(starts_on__gt=cycle.starts_on)
        .exclude(pk=cycle.pk)
        .order_by("starts_on", "ends_on", "name")
    )
    found = list(rows)
    proposed = next((one for one in found if one.length == cycle.length), None)
    return found if proposed is None else [proposed, *(one for one in found if one.pk != proposed.pk)]


def default_next(cycle: Cycle, choices: Sequence[Cycle]) -> Cycle | None:
    """Return the cycle that carrying over proposes, out of `next_cycles`: the next of the same length, if any."""
    return choices[0] if choices and choices[0].length == cycle.length else None


def with_review(objectives: QuerySet[Objective]) -> QuerySet[Objective]:
    """Add the review of each objective, in the same query; `scored_of` reads it."""
    reviews = Review.objects.filter(objective=OuterRef("pk"))
    return objectives.annotate(
        reviewed=ArraySubquery(
            reviews.values(
                json=JSONObject(
                    score="score", proposed="proposed_score", not_reviewed="not_reviewed", outcome="outcome"
                )
            )
        )
    )


def scored_of(objective: Objective) -> Scored | None:
    """Return what became of an objective read `with_review` and with its cycle; no query.

    None while nobody scored it, and where its cycle was taken back to an earlier phase: what was said then waits.
    """
    rows: list[dict[str, Any]] = getattr(objective, "reviewed", [])
    if not rows or objective.cycle.phase not in (Phase.REVIEWING, Phase.CLOSED):
        return None
    row = rows[0]
    return Scored(
        _float(row["score"]), _float(row["proposed"]), row["not_reviewed"], row["outcome"], kind=objective.kind
    )


def scored_by(review: Review, objective: Objective) -> Scored:
    """Return what a review says of its objective; no query."""
    return Scored(
        _float(review.score), _float(review.proposed_score), review.not_reviewed, review.outcome, kind=objective.kind
    )


def carried_draft(objective: Objective) -> Objective | None:
    """Return the objective that carries this one on, None while there is none; one query."""
    return (
        Objective.objects.current()
        .filter(origin=objective)
        .select_related("cycle", "team")
        .order_by("created_at")
        .first()
    )


def _proposal(
    objective: Objective,
    key_results: Sequence[KeyResult],
    values: dict[UUID, list[Decimal]],
    supporting: Sequence[Contribution],
) -> Proposal:
    parts = tuple(Part(row, _score_of(row, values[row.pk])) for row in key_results)
    own = [Contribution(part.score, part.key_result.weight) for part in parts]
    reported = None if objective.reported_progress is None else scoring.clamp(objective.reported_progress)
    result = scoring.objective_progress(own, supporting, reported)
    is_reported = result.source is scoring.ProgressSource.REPORTED
    if result.value is None:
        return Proposal(None, parts)
    return Proposal(Decimal(str(result.value)).quantize(_PLACES, ROUND_HALF_UP), parts, is_reported)


def _score_of(key_result: KeyResult, values: Sequence[Decimal]) -> float | None:
    if key_result.metric in STAY:
        return scoring.proposed_score(measure_of(key_result), values).value
    # The stored progress counts milestones and what supports it already.
    return None if key_result.progress is None else scoring.clamp(key_result.progress)


def _values_of_stay(key_results: Iterable[KeyResult]) -> dict[UUID, list[Decimal]]:
    """Return the values of all check-ins on those that should stay somewhere; no query without any, else one."""
    found: dict[UUID, list[Decimal]] = defaultdict(list)
    wanted = [row.pk for row in key_results if row.metric in STAY]
    if wanted:
        rows = CheckIn.objects.valid().filter(key_result__in=wanted, value__isnull=False)
        for key_result_id, value in rows.values_list("key_result_id", "value"):
            found[key_result_id].append(value)
    return found


def _supporting(objective_ids: Sequence[UUID]) -> dict[UUID, list[Contribution]]:
    """Return what supports objectives that count it, as contributions; no query without any, else one."""
    found: dict[UUID, list[Contribution]] = defaultdict(list)
    if objective_ids:
        rows = Alignment.objects.filter(
            target_objective__in=objective_ids,
            objective__status=ObjectiveStatus.ACTIVE,
            objective__visibility=Visibility.OPEN,
            objective__archived_at=None,
        )
        for target_id, progress, weight in rows.values_list("target_objective_id", "objective__progress", "weight"):
            found[target_id].append(Contribution(None if progress is None else scoring.clamp(progress), weight))
    return found


def _float(value: Any) -> float | None:
    return None if value is None else float(value)
