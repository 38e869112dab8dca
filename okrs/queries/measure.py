"""From rows to the values that scoring works on."""

from collections.abc import Iterable

from okrs import scoring
from okrs.models import KeyResult, Milestone


def measure_of(
    key_result: KeyResult,
    *,
    milestones: Iterable[Milestone] = (),
    supporting: Iterable[scoring.Contribution] = (),
) -> scoring.Measure:
    """Return what a key result's progress depends on; raises ScoringError where it can never be scored.

    `milestones` matter to a key result measured by them, `supporting` to one fed by aligned objectives.
    """
    return scoring.Measure(
        metric=scoring.Metric(key_result.metric),
        start=key_result.start,
        target=key_result.target,
        current=key_result.current,
        band_low=key_result.lower,
        band_high=key_result.upper,
        milestones=tuple(
            scoring.Milestone(done=one.done_at is not None, weight=one.weight, due=one.due_on) for one in milestones
        ),
        supporting=tuple(supporting),
    )
