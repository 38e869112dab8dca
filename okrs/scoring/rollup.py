"""From key results to an objective, and from progress to the score that is proposed at the review."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from okrs.scoring.errors import THRESHOLDS_ORDER, ScoringError
from okrs.scoring.explanation import Explanation, ExplanationKind
from okrs.scoring.metrics import STAY, Contribution, Measure
from okrs.scoring.progress import clamp, explain_contributions, is_inside, progress, weighted_mean


class ProgressSource(StrEnum):
    """Where an objective's progress comes from."""

    COMPUTED = "computed"
    REPORTED = "reported"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class ObjectiveProgress:
    """Progress of an objective: `raw` is kept, `value` is shown (0–1); both None where nothing is counted."""

    raw: float | None
    source: ProgressSource
    explanation: Explanation

    @property
    def value(self) -> float | None:
        """The progress to show, limited to 0–1."""
        return None if self.raw is None else clamp(self.raw)


def objective_progress(
    key_results: Iterable[Contribution],
    supporting: Iterable[Contribution] = (),
    reported: float | None = None,
) -> ObjectiveProgress:
    """Return Σ weight·p / Σ weight over the counted key results, with raw p, so that nothing is lost on the
    way up.

    `supporting` holds the objectives that support this one, only where the objective says that they count.
    `reported` (raw, such as from an import) stands in only while nothing at all is counted; counted key
    results that weigh 0 together give no progress rather than the reported one.
    """
    results = tuple(key_results)
    others = tuple(supporting)
    every = results + others
    counted = sum(one.counts for one in every)
    left_out = len(every) - counted
    if counted == 0 and reported is not None:
        numbers = {"raw": reported, "value": clamp(reported), "left_out": left_out}
        explanation = Explanation(ExplanationKind.REPORTED, numbers)
        return ObjectiveProgress(reported, ProgressSource.REPORTED, explanation)
    raw = weighted_mean(every)
    total = sum((one.weight for one in every if one.counts), Decimal(0))
    if raw is None:
        nothing = Explanation(ExplanationKind.NOTHING_COUNTED, {"left_out": left_out, "total_weight": total})
        return ObjectiveProgress(None, ProgressSource.NONE, nothing)
    explanation = Explanation(
        ExplanationKind.WEIGHTED_MEAN,
        {
            "key_results": sum(one.counts for one in results),
            "supporting": sum(one.counts for one in others),
            "left_out": left_out,
            "total_weight": total,
            "raw": raw,
            "value": clamp(raw),
        },
        explain_contributions(every),
    )
    return ObjectiveProgress(raw, ProgressSource.COMPUTED, explanation)


def stay_share(measure: Measure, values: Sequence[Decimal]) -> float | None:
    """Return the share (0–1) of check-in `values` inside the band; None without values or without a band."""
    inside = [is_inside(measure, value) for value in values]
    if not inside or None in inside:
        return None
    return sum(bool(one) for one in inside) / len(inside)


@dataclass(frozen=True, slots=True)
class ProposedScore:
    """The score (0–1) a review starts from; None where there is nothing to score."""

    value: float | None
    explanation: Explanation


def proposed_score(measure: Measure, check_in_values: Sequence[Decimal] = ()) -> ProposedScore:
    """Return the score of a key result that its owner may override.

    A stay metric is scored by the share of its check-ins inside the band; everything else by its clamped
    progress. `check_in_values` are the values of all check-ins, in any order; only stay metrics look at
    them.
    """
    if measure.metric in STAY:
        share = stay_share(measure, check_in_values)
        if share is not None:
            inside = sum(bool(is_inside(measure, value)) for value in check_in_values)
            numbers = {"inside": inside, "count": len(check_in_values), "value": share}
            return ProposedScore(share, Explanation(ExplanationKind.SHARE_INSIDE, numbers))
    raw = progress(measure)
    value = None if raw is None else clamp(raw)
    return ProposedScore(value, Explanation(ExplanationKind.PROPOSED_FROM_PROGRESS, {"raw": raw, "value": value}))


class Band(StrEnum):
    """The colour of a score."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


@dataclass(frozen=True, slots=True)
class ScoreBands:
    """Lower limits of the green and yellow bands, as scores from 0 to 1; ScoringError unless yellow <
    green."""

    green: float = 0.7
    yellow: float = 0.4

    def __post_init__(self) -> None:
        if not 0 < self.yellow < self.green <= 1:
            raise ScoringError(THRESHOLDS_ORDER, "green")


DEFAULT_BANDS = ScoreBands()


def score_band(score: float, bands: ScoreBands = DEFAULT_BANDS) -> Band:
    """Return the band of a score from 0 to 1; a limit belongs to the better band."""
    rounded = round(score, 9)  # 0.1 + 0.6 is a green 0.7
    if rounded >= bands.green:
        return Band.GREEN
    return Band.YELLOW if rounded >= bands.yellow else Band.RED
