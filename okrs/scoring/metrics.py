"""What a key result measures: the metric, its stored values, and when those values make no sense."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from okrs.scoring.errors import (
    BAND_EMPTY,
    BAND_MISSING,
    MILESTONES_MISSING,
    NOT_FINITE,
    START_EQUALS_TARGET,
    START_MISSING,
    TARGET_ABOVE_START,
    TARGET_BELOW_START,
    TARGET_MISSING,
    WEIGHT_NEGATIVE,
    ScoringError,
)

ONE = Decimal(1)


class Metric(StrEnum):
    """How a key result is measured. The values are stored: never change one."""

    INCREASE = "increase"
    DECREASE = "decrease"
    STAY_ABOVE = "stay_above"
    STAY_BELOW = "stay_below"
    STAY_WITHIN = "stay_within"
    DONE = "done"
    MILESTONES = "milestones"
    BASELINE = "baseline"
    ALIGNED = "aligned"


GRADUAL = frozenset({Metric.INCREASE, Metric.DECREASE})
STAY = frozenset({Metric.STAY_ABOVE, Metric.STAY_BELOW, Metric.STAY_WITHIN})


@dataclass(frozen=True, slots=True)
class Milestone:
    """One milestone of a key result: done or not, its weight, and the day it is due (None: undated)."""

    done: bool
    weight: Decimal = ONE
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one key result or objective brings into a weighted mean.

    `progress` is raw (None: nothing to count, such as a baseline), `weight` ≥ 0; `counted` is False for
    what is archived, a draft, stopped or private.
    """

    progress: float | None
    weight: Decimal = ONE
    counted: bool = True

    def __post_init__(self) -> None:
        require_weight(self.weight)

    @property
    def counts(self) -> bool:
        """Whether it takes part in the mean."""
        return self.counted and self.progress is not None


@dataclass(frozen=True, slots=True)
class Measure:
    """Everything a key result's progress depends on; the values are in the key result's own unit.

    increase, decrease: `start`, `target`, `current` (None: no check-in yet, so still at the start).
    stay_above, stay_below: `target` is the limit. stay_within: `band_low` and `band_high`. Limits belong to
    the inside; `start` is optional and stands in until the first check-in. done: `current` of 1 or more is
    done. milestones: `milestones`. aligned: `supporting`.
    """

    metric: Metric
    start: Decimal | None = None
    target: Decimal | None = None
    current: Decimal | None = None
    band_low: Decimal | None = None
    band_high: Decimal | None = None
    milestones: tuple[Milestone, ...] = ()
    supporting: tuple[Contribution, ...] = ()

    def __post_init__(self) -> None:
        for name in ("start", "target", "current", "band_low", "band_high"):
            value = getattr(self, name)
            if value is not None and not value.is_finite():
                raise ScoringError(NOT_FINITE, name)
        if self.metric in GRADUAL and self.start is not None and self.start == self.target:
            raise ScoringError(START_EQUALS_TARGET, "target")
        for milestone in self.milestones:
            require_weight(milestone.weight)

    @property
    def limits(self) -> tuple[Decimal | None, Decimal | None]:
        """Lowest and highest value inside the band of a stay metric; None is open. (None, None) for other
        metrics."""
        if self.metric is Metric.STAY_ABOVE:
            return self.target, None
        if self.metric is Metric.STAY_BELOW:
            return None, self.target
        if self.metric is Metric.STAY_WITHIN:
            return self.band_low, self.band_high
        return None, None


def require_weight(weight: Decimal) -> None:
    """Raise ScoringError unless `weight` is a finite number of 0 or more."""
    if not weight.is_finite():
        raise ScoringError(NOT_FINITE, "weight")
    if weight < 0:
        raise ScoringError(WEIGHT_NEGATIVE, "weight")


def direction(start: Decimal, target: Decimal) -> Metric:
    """Return INCREASE or DECREASE, whichever leads from `start` to `target`; ScoringError where they are
    equal."""
    if start == target:
        raise ScoringError(START_EQUALS_TARGET, "target")
    return Metric.INCREASE if target > start else Metric.DECREASE


def problems(measure: Measure) -> tuple[ScoringError, ...]:
    """Return what is missing or contradictory in `measure` before it may be agreed; empty when it is
    complete.

    A measure with problems can still be scored where its values allow it (an imported key result, a draft);
    forms show each problem at its `field`. What can never be scored (start = target) is refused by
    `Measure` itself.
    """
    found: list[ScoringError] = []
    if measure.metric in GRADUAL:
        if measure.start is None:
            found.append(ScoringError(START_MISSING, "start"))
        if measure.target is None:
            found.append(ScoringError(TARGET_MISSING, "target"))
        if measure.start is not None and measure.target is not None:
            actual = direction(measure.start, measure.target)
            if measure.metric is not actual:
                code = TARGET_BELOW_START if actual is Metric.DECREASE else TARGET_ABOVE_START
                found.append(ScoringError(code, "target"))
    elif measure.metric is Metric.STAY_WITHIN:
        if measure.band_low is None:
            found.append(ScoringError(BAND_MISSING, "band_low"))
        if measure.band_high is None:
            found.append(ScoringError(BAND_MISSING, "band_high"))
        if measure.band_low is not None and measure.band_high is not None and measure.band_low >= measure.band_high:
            found.append(ScoringError(BAND_EMPTY, "band_high"))
    elif measure.metric in STAY:
        if measure.target is None:
            found.append(ScoringError(TARGET_MISSING, "target"))
    elif measure.metric is Metric.MILESTONES and not sum(one.weight for one in measure.milestones):
        found.append(ScoringError(MILESTONES_MISSING, "milestones"))
    return tuple(found)
