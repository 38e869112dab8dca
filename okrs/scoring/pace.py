"""Pace: progress compared with what could be expected by today.

There is no pace where progress does not grow with time: learning objectives (the plan is to find out),
baselines, done-or-not, undated milestones, and stay metrics (a value is inside its band or not; being
outside in week two is no "behind", it is outside, which progress itself says). There is also none before
the span starts and in its first 15 %, when a gap means nothing yet.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from okrs.scoring.errors import SPAN_ORDER, THRESHOLDS_ORDER, ScoringError
from okrs.scoring.explanation import Explanation, ExplanationKind, Number
from okrs.scoring.metrics import GRADUAL, STAY, Contribution, Measure, Metric
from okrs.scoring.progress import clamp, progress_at, weighted_mean


class ObjectiveKind(StrEnum):
    """What an objective promises. The values are stored: never change one."""

    COMMITTED = "committed"
    ASPIRATIONAL = "aspirational"
    LEARNING = "learning"


class Pace(StrEnum):
    """How progress compares with what is expected by today."""

    IN_STEP = "in_step"
    BEHIND = "behind"
    FAR_BEHIND = "far_behind"


class NoPace(StrEnum):
    """Why a key result has no pace."""

    LEARNING = "learning"
    BASELINE = "baseline"
    DONE_OR_NOT = "done_or_not"
    STAY = "stay"
    UNDATED_MILESTONES = "undated_milestones"
    NOT_STARTED = "not_started"
    TOO_EARLY = "too_early"
    NOT_MEASURED = "not_measured"
    RESTING = "resting"


@dataclass(frozen=True, slots=True)
class PaceRules:
    """The settable limits, all as shares from 0 to 1; ScoringError unless 0 ≤ behind < far behind.

    `behind`: largest gap (expected − progress) still in step. `far_behind`: largest gap that is only behind.
    """

    behind: float = 0.10
    far_behind: float = 0.25
    quiet: float = 0.15
    aspirational: float = 0.7

    def __post_init__(self) -> None:
        if not 0 <= self.behind < self.far_behind:
            raise ScoringError(THRESHOLDS_ORDER, "far_behind")


DEFAULT_RULES = PaceRules()


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `start` to `end`, both included; ScoringError when they are the wrong way round."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ScoringError(SPAN_ORDER, "end")

    def begun(self, day: date | None) -> "Span":
        """Return the span from a later day on, if that lies within it."""
        return Span(day, self.end) if day is not None and self.start < day <= self.end else self

    def elapsed(self, today: date) -> float:
        """Return the share of days that are over when `today` begins: 0 on the first day, 1 after the
        last."""
        days = (self.end - self.start).days + 1
        return clamp((today - self.start).days / days)


@dataclass(frozen=True, slots=True)
class PhasedTarget:
    """A step on the way: the value, in the key result's unit, that should be reached on the day `due`."""

    due: date
    value: Decimal


@dataclass(frozen=True, slots=True)
class Expected:
    """Progress expected by today (0–1), or None and the reason why there is none."""

    value: float | None
    reason: NoPace | None
    explanation: Explanation


def expected_progress(
    measure: Measure,
    kind: ObjectiveKind,
    cycle: Span,
    today: date,
    *,
    own: Span | None = None,
    begun: date | None = None,
    phased: Sequence[PhasedTarget] = (),
    rules: PaceRules = DEFAULT_RULES,
) -> Expected:
    """Return what a key result should have reached when `today` (in the organization's time zone) begins.

    The elapsed share of the cycle, or of the key result's `own` dates; of the cycle from the day `begun` on, if it
    came into force later than the cycle began. `phased` targets go first where the
    metric is gradual: the step last due counts in full from its day on, and nothing is expected before the
    first. Milestones expect the weight due by today; undated ones beside dated ones only at the end. All of
    it × 0.7 for aspirational objectives, also after the end.
    """
    span = own or cycle.begun(begun)
    reason = _why_none(measure, kind, cycle, span, today, rules)
    if reason is not None:
        return no_pace(reason)
    factor = rules.aspirational if kind is ObjectiveKind.ASPIRATIONAL else 1.0
    numbers: dict[str, Number]
    if today > span.end:
        share, what, numbers = 1.0, ExplanationKind.EXPECTED_AT_END, {"end": span.end, "today": today}
    elif measure.metric is Metric.MILESTONES:
        total = sum((one.weight for one in measure.milestones), Decimal(0))
        due = sum((one.weight for one in measure.milestones if one.due and one.due <= today), Decimal(0))
        share, what = float(due / total), ExplanationKind.EXPECTED_BY_MILESTONES
        numbers = {"weight_due": due, "weight_total": total, "share": share}
    elif phased and measure.metric in GRADUAL:
        reached = max((step for step in phased if step.due <= today), key=lambda step: step.due, default=None)
        at_step = progress_at(measure, reached.value) if reached else None
        share, what = clamp(at_step or 0.0), ExplanationKind.EXPECTED_BY_PHASE
        numbers = {
            "due": reached.due if reached else None,
            "phase_value": reached.value if reached else None,
            "phase_progress": share,
        }
    else:
        share, what = span.elapsed(today), ExplanationKind.EXPECTED_BY_TIME
        numbers = {"start": span.start, "end": span.end, "today": today, "elapsed": share}
    value = share * factor
    return Expected(value, None, Explanation(what, numbers | {"factor": factor, "value": value}))


def no_pace(reason: NoPace) -> Expected:
    """Return that nothing is expected, for a reason."""
    return Expected(None, reason, Explanation(ExplanationKind.NO_PACE, {"reason": reason.value}))


def _why_none(
    measure: Measure, kind: ObjectiveKind, cycle: Span, span: Span, today: date, rules: PaceRules
) -> NoPace | None:
    """Return why there is no pace; what never has one comes before what has none yet."""
    if kind is ObjectiveKind.LEARNING:
        return NoPace.LEARNING
    if measure.metric is Metric.BASELINE:
        return NoPace.BASELINE
    if measure.metric is Metric.DONE:
        return NoPace.DONE_OR_NOT
    if measure.metric in STAY:
        return NoPace.STAY
    if measure.metric in GRADUAL and (measure.start is None or measure.target is None):
        return NoPace.NOT_MEASURED
    if measure.metric is Metric.MILESTONES:
        if not sum(one.weight for one in measure.milestones):
            return NoPace.NOT_MEASURED
        if not any(one.due for one in measure.milestones):
            return NoPace.UNDATED_MILESTONES
    if today < span.start or today < cycle.start:
        return NoPace.NOT_STARTED
    # Own dates that began long ago (carried over work) do not make the first days of a cycle count, nor the
    # reverse.
    if cycle.elapsed(today) < rules.quiet or span.elapsed(today) < rules.quiet:
        return NoPace.TOO_EARLY
    return None


def pace(expected: float | None, progress: float | None, rules: PaceRules = DEFAULT_RULES) -> Pace | None:
    """Return the pace from expected and raw progress; None where either is missing. Limits belong to the
    better side."""
    if expected is None or progress is None:
        return None
    gap = round(expected - progress, 9)  # 0.8 − 0.7 is exactly at the limit of 0.10, not beyond it
    if gap <= rules.behind:
        return Pace.IN_STEP
    return Pace.BEHIND if gap <= rules.far_behind else Pace.FAR_BEHIND


@dataclass(frozen=True, slots=True)
class PacePart:
    """One key result (or objective) in the pace of what stands above it."""

    expected: float | None
    progress: float | None
    weight: Decimal = Decimal(1)
    counted: bool = True


@dataclass(frozen=True, slots=True)
class CombinedPace:
    """Pace of an objective or a team: expected and reached progress over the same parts; all None without
    any."""

    expected: float | None
    progress: float | None
    pace: Pace | None


def combined_pace(parts: Iterable[PacePart], rules: PaceRules = DEFAULT_RULES) -> CombinedPace:
    """Return the pace of several parts together, by weight, over those that have a pace at all.

    Parts without one (a baseline, done-or-not) would otherwise pull either side; so `progress` here may
    differ from the objective's own progress, which counts them.
    """
    measured = [one for one in parts if one.counted and one.expected is not None and one.progress is not None]
    expected = weighted_mean(Contribution(one.expected, one.weight) for one in measured)
    reached = weighted_mean(Contribution(one.progress, one.weight) for one in measured)
    return CombinedPace(expected, reached, pace(expected, reached, rules))
