"""Pace: what is expected by today, where nothing is, and how a gap is named."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrs.scoring import (
    ExplanationKind,
    Measure,
    Metric,
    Milestone,
    NoPace,
    ObjectiveKind,
    Pace,
    PacePart,
    PaceRules,
    PhasedTarget,
    ScoringError,
    Span,
    combined_pace,
    expected_progress,
    pace,
)

D = Decimal
QUARTER = Span(date(2026, 1, 1), date(2026, 4, 10))  # 100 days
GROWTH = Measure(Metric.INCREASE, D(0), D(100), D(30))
COMMITTED, ASPIRATIONAL, LEARNING = ObjectiveKind


def day(number: int) -> date:
    """Return the day on which `number` days of the quarter are over."""
    return QUARTER.start + timedelta(days=number)


@pytest.mark.parametrize(
    ("over", "kind", "expected"),
    [
        (15, COMMITTED, 0.15),
        (50, COMMITTED, 0.5),
        (99, COMMITTED, 0.99),
        (100, COMMITTED, 1.0),
        (500, COMMITTED, 1.0),
        (50, ASPIRATIONAL, 0.35),
        (100, ASPIRATIONAL, 0.7),
    ],
)
def test_expected_by_time(over: int, kind: ObjectiveKind, expected: float) -> None:
    result = expected_progress(GROWTH, kind, QUARTER, day(over))
    assert result.value == pytest.approx(expected)
    assert result.reason is None


@pytest.mark.parametrize(
    ("begun", "over", "expected"),
    [
        (60, 80, 0.5),  # 40 days are left, 20 are over
        (60, 100, 1.0),
        (60, 61, NoPace.TOO_EARLY),
        (60, 60, NoPace.TOO_EARLY),
        (-20, 50, 0.5),
        (150, 50, 0.5),  # written into a cycle that is over: says nothing about when it began
    ],
)
def test_pace_begins_when_it_came_into_force(begun: int, over: int, expected: float | NoPace) -> None:
    result = expected_progress(GROWTH, COMMITTED, QUARTER, day(over), begun=day(begun))
    if isinstance(expected, NoPace):
        assert result.reason is expected
    else:
        assert result.value == pytest.approx(expected)


def test_own_dates_say_when_it_begins() -> None:
    own = Span(day(20), day(99))
    assert expected_progress(GROWTH, COMMITTED, QUARTER, day(60), own=own, begun=day(50)).value == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("measure", "kind", "over", "reason"),
    [
        (GROWTH, LEARNING, 50, NoPace.LEARNING),
        (Measure(Metric.BASELINE), COMMITTED, 50, NoPace.BASELINE),
        (Measure(Metric.DONE), COMMITTED, 50, NoPace.DONE_OR_NOT),
        (Measure(Metric.STAY_BELOW, target=D(2)), COMMITTED, 50, NoPace.STAY),
        (Measure(Metric.STAY_ABOVE, target=D(2)), COMMITTED, 50, NoPace.STAY),
        (Measure(Metric.STAY_WITHIN, band_low=D(1), band_high=D(2)), COMMITTED, 50, NoPace.STAY),
        (Measure(Metric.MILESTONES, milestones=(Milestone(True),)), COMMITTED, 50, NoPace.UNDATED_MILESTONES),
        (Measure(Metric.MILESTONES), COMMITTED, 50, NoPace.NOT_MEASURED),
        (Measure(Metric.INCREASE, target=D(5)), COMMITTED, 50, NoPace.NOT_MEASURED),
        (GROWTH, COMMITTED, -1, NoPace.NOT_STARTED),
        (GROWTH, COMMITTED, 0, NoPace.TOO_EARLY),
        (GROWTH, COMMITTED, 14, NoPace.TOO_EARLY),
    ],
)
def test_no_pace_and_why(measure: Measure, kind: ObjectiveKind, over: int, reason: NoPace) -> None:
    result = expected_progress(measure, kind, QUARTER, day(over))
    assert (result.value, result.reason) == (None, reason)
    assert result.explanation.kind is ExplanationKind.NO_PACE
    assert result.explanation.numbers["reason"] == reason.value
    assert pace(result.value, 0.0) is None


def test_own_dates_replace_those_of_the_cycle() -> None:
    own = Span(day(40), day(59))
    assert expected_progress(GROWTH, COMMITTED, QUARTER, day(39), own=own).reason is NoPace.NOT_STARTED
    assert expected_progress(GROWTH, COMMITTED, QUARTER, day(42), own=own).reason is NoPace.TOO_EARLY
    assert expected_progress(GROWTH, COMMITTED, QUARTER, day(50), own=own).value == pytest.approx(0.5)
    assert expected_progress(GROWTH, COMMITTED, QUARTER, day(60), own=own).value == 1.0
    long_ago = Span(day(-300), day(99))
    assert expected_progress(GROWTH, COMMITTED, QUARTER, day(5), own=long_ago).reason is NoPace.TOO_EARLY


def test_phased_targets_are_steps() -> None:
    steps = (PhasedTarget(day(60), D(50)), PhasedTarget(day(30), D(10)))

    def at(over: int, kind: ObjectiveKind = COMMITTED) -> float | None:
        return expected_progress(GROWTH, kind, QUARTER, day(over), phased=steps).value

    assert [at(over) for over in (20, 29, 30, 59, 60, 99, 100)] == [0, 0, 0.1, 0.1, 0.5, 0.5, 1.0]
    assert at(60, ASPIRATIONAL) == pytest.approx(0.35)
    falling = Measure(Metric.DECREASE, D(100), D(0), D(70))
    expected = expected_progress(falling, COMMITTED, QUARTER, day(60), phased=(PhasedTarget(day(60), D(80)),))
    assert expected.value == pytest.approx(0.2)


def test_dated_milestones_expect_the_weight_due() -> None:
    milestones = (
        Milestone(True, D(1), day(20)),
        Milestone(False, D(2), day(50)),
        Milestone(False, D(1), None),
    )
    measure = Measure(Metric.MILESTONES, milestones=milestones)

    def at(over: int) -> float | None:
        return expected_progress(measure, COMMITTED, QUARTER, day(over)).value

    assert [at(over) for over in (15, 20, 49, 50, 99, 100)] == [0, 0.25, 0.25, 0.75, 0.75, 1.0]


@pytest.mark.parametrize(
    ("expected", "progress", "named"),
    [
        (0.8, 0.7, Pace.IN_STEP),
        (0.3, 0.2, Pace.IN_STEP),
        (0.5, 0.9, Pace.IN_STEP),
        (0.5, 0.39, Pace.BEHIND),
        (0.5, 0.25, Pace.BEHIND),
        (0.5, 0.249, Pace.FAR_BEHIND),
        (0.2, -0.2, Pace.FAR_BEHIND),
        (None, 0.5, None),
        (0.5, None, None),
    ],
)
def test_gaps_have_names(expected: float | None, progress: float | None, named: Pace | None) -> None:
    assert pace(expected, progress) is named


def test_limits_are_settable_but_in_order() -> None:
    assert pace(0.5, 0.3, PaceRules(behind=0.2, far_behind=0.4)) is Pace.IN_STEP
    with pytest.raises(ScoringError):
        PaceRules(behind=0.3, far_behind=0.3)
    with pytest.raises(ScoringError):
        Span(date(2026, 2, 1), date(2026, 1, 31))


spans = st.builds(
    lambda start, days: Span(start, start + timedelta(days=days)),
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.integers(0, 800),
)
offsets = st.integers(-100, 1000)


@given(span=spans, one=offsets, other=offsets, kind=st.sampled_from([COMMITTED, ASPIRATIONAL]))
def test_expectation_never_falls_and_stays_in_range(span: Span, one: int, other: int, kind: ObjectiveKind) -> None:
    top = 0.7 if kind is ASPIRATIONAL else 1.0
    earlier, later = sorted((one, other))
    first = expected_progress(GROWTH, kind, span, span.start + timedelta(days=earlier))
    second = expected_progress(GROWTH, kind, span, span.start + timedelta(days=later))
    for result in (first, second):
        assert (result.value is None) == (result.reason is not None)
        assert result.value is None or 0.0 <= result.value <= top
    if first.value is not None:
        assert second.value is not None
        assert first.value <= second.value
    if later > (span.end - span.start).days:
        assert second.value == top


@given(span=spans, today=st.dates(date(2019, 1, 1), date(2033, 1, 1)), metric=st.sampled_from(Metric))
def test_learning_objectives_never_have_a_pace(span: Span, today: date, metric: Metric) -> None:
    measure = Measure(metric, D(0), D(10), D(5))
    assert expected_progress(measure, LEARNING, span, today).value is None


@given(
    metric=st.sampled_from([Metric.BASELINE, Metric.DONE, Metric.STAY_ABOVE, Metric.STAY_BELOW, Metric.STAY_WITHIN]),
    kind=st.sampled_from(ObjectiveKind),
    span=spans,
    today=st.dates(date(2019, 1, 1), date(2033, 1, 1)),
)
def test_no_pace_where_nothing_grows(metric: Metric, kind: ObjectiveKind, span: Span, today: date) -> None:
    measure = Measure(metric, D(0), D(10), D(5), band_low=D(1), band_high=D(9))
    assert expected_progress(measure, kind, span, today, own=span).value is None


@given(expected=st.floats(0, 1), one=st.floats(-1, 2), other=st.floats(-1, 2))
def test_more_progress_is_never_a_worse_pace(expected: float, one: float, other: float) -> None:
    order = [Pace.FAR_BEHIND, Pace.BEHIND, Pace.IN_STEP]
    less, more = (pace(expected, value) for value in sorted((one, other)))
    assert less is not None
    assert more is not None
    assert order.index(less) <= order.index(more)


def test_combined_pace_looks_only_at_parts_that_have_one() -> None:
    result = combined_pace(
        [
            PacePart(0.5, 0.5, D(3)),
            PacePart(0.5, 0.1, D(1)),
            PacePart(None, 1.0, D(100)),
            PacePart(0.5, None, D(100)),
            PacePart(1.0, 0.0, D(100), counted=False),
        ]
    )
    assert result.expected == pytest.approx(0.5)
    assert result.progress == pytest.approx(0.4)
    assert result.pace is Pace.IN_STEP
    assert combined_pace([PacePart(None, 0.5)]).pace is None
    assert combined_pace([]).expected is None
