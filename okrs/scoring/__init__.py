"""Scoring of OKRs: pure functions over frozen values, without database, clock, settings or language.

Stored values (start, target, current, weights) come in as `Decimal`; progress goes out as `float`, where
1.0 is the target. Everything public is importable from `okrs.scoring`:

- Metric, Measure, Milestone, Contribution, problems(measure), direction(start, target): what is measured,
  what is wrong.
- progress(measure) → raw p or None; clamp(p) → as shown; is_inside(measure, value); is_better(measure, before, after);
  explain_progress(measure).
- objective_progress(key_results, supporting, reported) → ObjectiveProgress(raw, value, source, explanation).
- proposed_score(measure, check_in_values), stay_share(…), score_band(score, ScoreBands()).
- expected_progress(measure, kind, cycle: Span, today, own=, phased=, rules=) → Expected(value, reason,
  explanation); pace(expected, progress, PaceRules()) → Pace or None; combined_pace(parts) for an objective
  or a team.
- worst(confidences), objective_confidence(own, [(confidence, counted)]).
- check_in_status(CheckInRhythm(…), window: Span, last_check_in, now, active_since=) → CheckInStatus(is_due,
  is_outdated, state, open_period, overdue, next_due_at); history(…, check_ins, now) → cells of the rhythm;
  periods_of(rhythm, window); last_asked(rhythm, window, now) and is_outdated(asked, last_check_in, active_since),
  for many at once.
- Explanation(kind, numbers, parts): “How is this computed?” as data; the template owns the words.
- ScoringError(code, field): a ValueError for what cannot be scored (start = target, a negative weight, …).

Usage:

    measure = Measure(Metric.INCREASE, start=Decimal(41), target=Decimal(70), current=Decimal(55))
    p = progress(measure)                                                   # 0.4827…
    cycle = Span(date(2026, 7, 1), date(2026, 9, 30))
    expected = expected_progress(measure, ObjectiveKind.COMMITTED, cycle, today)
    pace(expected.value, p)                                                 # Pace.IN_STEP, …, or None
    objective_progress([Contribution(p, Decimal(2)), Contribution(None)])   # the baseline is not counted
"""

from okrs.scoring.confidence import Confidence, ObjectiveConfidence, objective_confidence, worst
from okrs.scoring.errors import ScoringError
from okrs.scoring.explanation import Explanation, ExplanationKind
from okrs.scoring.metrics import GRADUAL, STAY, Contribution, Measure, Metric, Milestone, direction, problems
from okrs.scoring.outdated import CheckInState, CheckInStatus, check_in_status, is_outdated, last_asked
from okrs.scoring.pace import (
    CombinedPace,
    Expected,
    NoPace,
    ObjectiveKind,
    Pace,
    PacePart,
    PaceRules,
    PhasedTarget,
    Span,
    combined_pace,
    expected_progress,
    no_pace,
    pace,
)
from okrs.scoring.periods import (
    CheckInRhythm,
    Pause,
    Period,
    PeriodResult,
    PeriodState,
    Rhythm,
    history,
    periods_of,
)
from okrs.scoring.progress import clamp, explain_progress, is_better, is_inside, progress, weighted_mean
from okrs.scoring.rollup import (
    Band,
    ObjectiveProgress,
    ProgressSource,
    ProposedScore,
    ScoreBands,
    objective_progress,
    proposed_score,
    score_band,
    stay_share,
)

__all__ = [
    "GRADUAL",
    "STAY",
    "Band",
    "CheckInRhythm",
    "CheckInState",
    "CheckInStatus",
    "CombinedPace",
    "Confidence",
    "Contribution",
    "Expected",
    "Explanation",
    "ExplanationKind",
    "Measure",
    "Metric",
    "Milestone",
    "NoPace",
    "ObjectiveConfidence",
    "ObjectiveKind",
    "ObjectiveProgress",
    "Pace",
    "PacePart",
    "PaceRules",
    "Pause",
    "Period",
    "PeriodResult",
    "PeriodState",
    "PhasedTarget",
    "ProgressSource",
    "ProposedScore",
    "Rhythm",
    "ScoreBands",
    "ScoringError",
    "Span",
    "check_in_status",
    "clamp",
    "combined_pace",
    "direction",
    "expected_progress",
    "explain_progress",
    "history",
    "is_better",
    "is_inside",
    "is_outdated",
    "last_asked",
    "no_pace",
    "objective_confidence",
    "objective_progress",
    "pace",
    "periods_of",
    "problems",
    "progress",
    "proposed_score",
    "score_band",
    "stay_share",
    "weighted_mean",
    "worst",
]
