"""Progress of one key result: raw (it may lie below 0 or above 1), and clamped for showing."""

from collections.abc import Callable, Iterable
from decimal import Decimal

from okrs.scoring.explanation import Explanation, ExplanationKind, Number
from okrs.scoring.metrics import GRADUAL, STAY, Contribution, Measure, Metric


def clamp(progress: float) -> float:
    """Return `progress` limited to 0–1, as it is shown."""
    return min(1.0, max(0.0, progress))


def progress(measure: Measure) -> float | None:
    """Return the raw progress of a key result; None where there is none to count.

    None: a baseline; a target, start or band not given yet; a stay metric without a value; milestones or
    supporting objectives without any weight.
    """
    return FORMULAS[measure.metric](measure)


def gradual_progress(measure: Measure) -> float | None:
    """(current − start) / (target − start), the same for both directions; without a check-in it is at its
    start."""
    if measure.start is None or measure.target is None:
        return None
    current = measure.start if measure.current is None else measure.current
    return float((current - measure.start) / (measure.target - measure.start))


def progress_at(measure: Measure, value: Decimal) -> float | None:
    """Return the raw progress a gradual metric would have at `value`; None for other metrics or without a
    start."""
    if measure.metric not in GRADUAL or measure.start is None or measure.target is None:
        return None
    return float((value - measure.start) / (measure.target - measure.start))


def is_inside(measure: Measure, value: Decimal) -> bool | None:
    """Return whether `value` lies in the band of a stay metric, limits included; None while no limit is
    set."""
    low, high = measure.limits
    if (low is None and high is None) or (measure.metric is Metric.STAY_WITHIN and None in (low, high)):
        return None
    return (low is None or value >= low) and (high is None or value <= high)


def is_better(measure: Measure, before: Decimal, after: Decimal) -> bool | None:
    """Return whether a value moved the right way; None where neither way is: inside a band, or for a baseline.

    Towards the target and past it for a gradual metric, towards the band for a stay metric, upwards for others.
    """
    if measure.metric in STAY:
        before, after = -_outside(measure, before), -_outside(measure, after)
    if before == after or measure.metric is Metric.BASELINE:
        return None
    falls = measure.metric is Metric.DECREASE
    if measure.metric in GRADUAL and measure.start is not None and measure.target is not None:
        falls = measure.target < measure.start
    return (after < before) if falls else (after > before)


def _outside(measure: Measure, value: Decimal) -> Decimal:
    """Return how far a value lies outside of the band of a stay metric; 0 inside."""
    low, high = measure.limits
    below = low - value if low is not None else Decimal(0)
    above = value - high if high is not None else Decimal(0)
    return max(below, above, Decimal(0))


def stay_progress(measure: Measure) -> float | None:
    """1 inside the band, 0 outside; without a check-in its start decides; None without either, when nobody
    knows."""
    value = measure.start if measure.current is None else measure.current
    inside = None if value is None else is_inside(measure, value)
    return None if inside is None else float(inside)


def done_progress(measure: Measure) -> float:
    """1 once done (current of 1 or more), else 0."""
    return float(measure.current is not None and measure.current >= 1)


def milestones_progress(measure: Measure) -> float | None:
    """Sum of the weights done / sum of all weights; None without any weight."""
    total = sum((one.weight for one in measure.milestones), Decimal(0))
    if not total:
        return None
    return float(sum((one.weight for one in measure.milestones if one.done), Decimal(0)) / total)


def baseline_progress(_measure: Measure) -> None:
    """None: a number that is still being looked for is not counted."""


def aligned_progress(measure: Measure) -> float | None:
    """Weighted mean of the objectives that support the key result; None while none of them counts."""
    return weighted_mean(measure.supporting)


def weighted_mean(contributions: Iterable[Contribution]) -> float | None:
    """Return Σ weight·progress / Σ weight over what counts; None without anything counted or with zero
    total weight."""
    counted = [one for one in contributions if one.counts]
    total = sum((one.weight for one in counted), Decimal(0))
    if not total:
        return None
    # Each share is taken before the multiplication, so that very small or large weights cannot overflow.
    return sum(float(one.weight / total) * one.progress for one in counted if one.progress is not None)


FORMULAS: dict[Metric, Callable[[Measure], float | None]] = {
    Metric.INCREASE: gradual_progress,
    Metric.DECREASE: gradual_progress,
    Metric.STAY_ABOVE: stay_progress,
    Metric.STAY_BELOW: stay_progress,
    Metric.STAY_WITHIN: stay_progress,
    Metric.DONE: done_progress,
    Metric.MILESTONES: milestones_progress,
    Metric.BASELINE: baseline_progress,
    Metric.ALIGNED: aligned_progress,
}


def explain_contributions(contributions: Iterable[Contribution]) -> tuple[Explanation, ...]:
    """Return one CONTRIBUTION per term that counts, in order, with its share of the total weight."""
    counted = [one for one in contributions if one.counts]
    total = sum((one.weight for one in counted), Decimal(0))
    return tuple(
        Explanation(
            ExplanationKind.CONTRIBUTION,
            {
                "progress": one.progress,
                "weight": one.weight,
                "share": float(one.weight / total) if total else 0.0,
            },
        )
        for one in counted
    )


def explain_progress(measure: Measure) -> Explanation:
    """Return how `progress(measure)` comes about."""
    raw = progress(measure)
    low, high = measure.limits
    result: dict[str, Number] = {"raw": raw, "value": None if raw is None else clamp(raw)}
    if measure.metric is Metric.BASELINE:
        return Explanation(ExplanationKind.BASELINE, {"current": measure.current})
    if measure.metric is Metric.ALIGNED:
        parts = explain_contributions(measure.supporting)
        counts: dict[str, Number] = {
            "counted": len(parts),
            "left_out": len(measure.supporting) - len(parts),
            "total_weight": sum((one.weight for one in measure.supporting if one.counts), Decimal(0)),
        }
        return Explanation(ExplanationKind.SUPPORTING_OBJECTIVES, counts | result, parts)
    if raw is None:
        values = {"start": measure.start, "target": measure.target, "low": low, "high": high}
        return Explanation(ExplanationKind.NOT_MEASURED, values | {"current": measure.current})
    current = measure.start if measure.current is None else measure.current
    if measure.metric in GRADUAL:
        ends: dict[str, Number] = {"start": measure.start, "target": measure.target, "current": current}
        return Explanation(ExplanationKind.FROM_START_TO_TARGET, ends | result)
    if measure.metric in STAY:
        band: dict[str, Number] = {"low": low, "high": high, "current": current}
        return Explanation(ExplanationKind.INSIDE_BAND, band | result)
    if measure.metric is Metric.DONE:
        return Explanation(ExplanationKind.DONE_OR_NOT, {"current": measure.current} | result)
    done = [one for one in measure.milestones if one.done]
    weights: dict[str, Number] = {
        "done": len(done),
        "count": len(measure.milestones),
        "weight_done": sum((one.weight for one in done), Decimal(0)),
        "weight_total": sum((one.weight for one in measure.milestones), Decimal(0)),
    }
    return Explanation(ExplanationKind.MILESTONES_DONE, weights | result)
