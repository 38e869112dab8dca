"""Progress of one key result: formulas by hand, then what must hold for any values."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from okrs.scoring import (
    Contribution,
    ExplanationKind,
    Measure,
    Metric,
    Milestone,
    ScoringError,
    clamp,
    direction,
    explain_progress,
    is_better,
    is_inside,
    problems,
    progress,
    weighted_mean,
)
from okrs.scoring.metrics import GRADUAL

D = Decimal
values = st.decimals(min_value=-(10**9), max_value=10**9, places=3)
weights = st.decimals(min_value=0, max_value=1000, places=2)
shares = st.floats(min_value=-5, max_value=5)


@pytest.mark.parametrize(
    ("metric", "start", "target", "current", "expected"),
    [
        (Metric.INCREASE, 41, 70, 41, 0.0),
        (Metric.INCREASE, 41, 70, 70, 1.0),
        (Metric.INCREASE, 0, 200, 50, 0.25),
        (Metric.INCREASE, 0, 100, 130, 1.3),
        (Metric.INCREASE, 10, 20, 5, -0.5),
        (Metric.INCREASE, -10, 10, 0, 0.5),
        (Metric.INCREASE, 0, 10, None, 0.0),
        (Metric.DECREASE, 12, 4, 8, 0.5),
        (Metric.DECREASE, 12, 4, 2, 1.25),
        (Metric.DECREASE, 12, 4, 16, -0.5),
        (Metric.DECREASE, 12, 4, None, 0.0),
        (Metric.INCREASE, None, 10, 5, None),
        (Metric.INCREASE, 0, None, 5, None),
    ],
)
def test_gradual_metrics(
    metric: Metric, start: int | None, target: int | None, current: int | None, expected: float | None
) -> None:
    def stored(value: int | None) -> Decimal | None:
        return None if value is None else D(value)

    measure = Measure(metric, stored(start), stored(target), stored(current))
    assert progress(measure) == expected


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        (Measure(Metric.STAY_ABOVE, target=D("99.9"), current=D("99.95")), 1.0),
        (Measure(Metric.STAY_ABOVE, target=D("99.9"), current=D("99.9")), 1.0),
        (Measure(Metric.STAY_ABOVE, target=D("99.9"), current=D("99.89")), 0.0),
        (Measure(Metric.STAY_BELOW, target=D(2), current=D("1.9")), 1.0),
        (Measure(Metric.STAY_BELOW, target=D(2), current=D(2)), 1.0),
        (Measure(Metric.STAY_BELOW, target=D(2), current=D("2.1")), 0.0),
        (Measure(Metric.STAY_WITHIN, band_low=D(40), band_high=D(60), current=D(40)), 1.0),
        (Measure(Metric.STAY_WITHIN, band_low=D(40), band_high=D(60), current=D(60)), 1.0),
        (Measure(Metric.STAY_WITHIN, band_low=D(40), band_high=D(60), current=D("39.9")), 0.0),
        (Measure(Metric.STAY_WITHIN, band_low=D(40), band_high=D(60), current=D("60.1")), 0.0),
        (Measure(Metric.STAY_WITHIN, band_low=D(40), current=D(50)), None),
        (Measure(Metric.STAY_BELOW, target=D(2)), None),
        (Measure(Metric.STAY_BELOW, target=D(2), start=D(3)), 0.0),
        (Measure(Metric.STAY_BELOW, current=D(2)), None),
        (Measure(Metric.DONE), 0.0),
        (Measure(Metric.DONE, current=D(0)), 0.0),
        (Measure(Metric.DONE, current=D(1)), 1.0),
        (Measure(Metric.MILESTONES), None),
        (Measure(Metric.MILESTONES, milestones=(Milestone(True, D(0)),)), None),
        (Measure(Metric.MILESTONES, milestones=(Milestone(True), Milestone(False))), 0.5),
        (Measure(Metric.MILESTONES, milestones=(Milestone(True, D(3)), Milestone(False, D(1)))), 0.75),
        (Measure(Metric.BASELINE, current=D(17)), None),
        (Measure(Metric.ALIGNED), None),
        (Measure(Metric.ALIGNED, supporting=(Contribution(0.2, D(3)), Contribution(1.0, D(1)))), 0.4),
        (Measure(Metric.ALIGNED, supporting=(Contribution(0.2), Contribution(None, D(9)))), 0.2),
        (Measure(Metric.ALIGNED, supporting=(Contribution(0.2), Contribution(1.0, counted=False))), 0.2),
    ],
)
def test_other_metrics(measure: Measure, expected: float | None) -> None:
    assert progress(measure) == (None if expected is None else pytest.approx(expected))


@pytest.mark.parametrize("metric", sorted(GRADUAL))
def test_start_equal_to_target_is_refused(metric: Metric) -> None:
    with pytest.raises(ScoringError) as caught:
        Measure(metric, D("5.0"), D(5))
    assert caught.value.code == "start_equals_target"
    assert caught.value.field == "target"
    assert isinstance(caught.value, ValueError)


def test_start_may_equal_target_where_it_means_nothing() -> None:
    assert progress(Measure(Metric.STAY_BELOW, D(2), D(2))) == 1.0


@pytest.mark.parametrize("bad", ["NaN", "Infinity", "-Infinity", "sNaN"])
@pytest.mark.parametrize("field", ["start", "target", "current", "band_low", "band_high"])
def test_values_are_finite(bad: str, field: str) -> None:
    with pytest.raises(ScoringError) as caught:
        Measure(Metric.BASELINE, **{field: D(bad)})  # type: ignore[arg-type]
    assert (caught.value.code, caught.value.field) == ("not_finite", field)


@pytest.mark.parametrize(("bad", "code"), [("-0.01", "weight_negative"), ("NaN", "not_finite")])
def test_weights_are_not_negative(bad: str, code: str) -> None:
    with pytest.raises(ScoringError) as caught:
        Contribution(0.5, D(bad))
    assert caught.value.code == code
    with pytest.raises(ScoringError):
        Measure(Metric.MILESTONES, milestones=(Milestone(True, D(bad)),))


@pytest.mark.parametrize(
    ("measure", "codes"),
    [
        (Measure(Metric.INCREASE), ["start_missing", "target_missing"]),
        (Measure(Metric.INCREASE, D(5), D(1)), ["target_below_start"]),
        (Measure(Metric.DECREASE, D(1), D(5)), ["target_above_start"]),
        (Measure(Metric.INCREASE, D(1), D(5)), []),
        (Measure(Metric.STAY_ABOVE), ["target_missing"]),
        (Measure(Metric.STAY_WITHIN), ["band_missing", "band_missing"]),
        (Measure(Metric.STAY_WITHIN, band_low=D(3), band_high=D(3)), ["band_empty"]),
        (Measure(Metric.STAY_WITHIN, band_low=D(2), band_high=D(3)), []),
        (Measure(Metric.MILESTONES), ["milestones_missing"]),
        (Measure(Metric.DONE), []),
        (Measure(Metric.BASELINE), []),
        (Measure(Metric.ALIGNED), []),
    ],
)
def test_problems_name_what_is_missing(measure: Measure, codes: list[str]) -> None:
    assert [one.code for one in problems(measure)] == codes


@given(start=values, target=values, current=values)
def test_direction_is_symmetric(start: Decimal, target: Decimal, current: Decimal) -> None:
    assume(start != target)
    forward = progress(Measure(direction(start, target), start, target, current))
    mirrored = progress(Measure(direction(-start, -target), -start, -target, -current))
    assert forward == mirrored
    assert direction(start, target) is not direction(-start, -target)
    # The metric names the direction; the formula does not depend on it.
    assert forward == progress(Measure(direction(target, start), start, target, current))
    backward = progress(Measure(direction(target, start), target, start, current))
    assert forward is not None
    assert backward is not None
    assert forward + backward == pytest.approx(1.0, abs=1e-9 * max(1.0, abs(forward)))


@given(start=values, target=values, factor=st.decimals(min_value=D("0.001"), max_value=1000, places=3))
def test_the_ends_are_exactly_0_and_1_in_any_unit(start: Decimal, target: Decimal, factor: Decimal) -> None:
    assume(start != target)
    metric = direction(start, target)
    assert progress(Measure(metric, start * factor, target * factor, start * factor)) == 0.0
    assert progress(Measure(metric, start * factor, target * factor, target * factor)) == 1.0


@given(start=values, target=values, one=values, other=values)
def test_progress_grows_towards_the_target(start: Decimal, target: Decimal, one: Decimal, other: Decimal) -> None:
    assume(start != target)
    metric = direction(start, target)
    low, high = sorted((one, other), reverse=metric is Metric.DECREASE)
    less = progress(Measure(metric, start, target, low))
    more = progress(Measure(metric, start, target, high))
    assert less is not None
    assert more is not None
    assert less <= more


@given(raw=st.floats(allow_nan=False))
def test_clamp_limits_and_keeps_what_is_inside(raw: float) -> None:
    shown = clamp(raw)
    assert 0.0 <= shown <= 1.0
    assert clamp(shown) == shown
    assert shown == raw or not 0.0 <= raw <= 1.0


@pytest.mark.parametrize(
    ("measure", "before", "after", "expected"),
    [
        (Measure(Metric.INCREASE, D(41), D(70)), 50, 55, True),
        (Measure(Metric.INCREASE, D(41), D(70)), 55, 50, False),
        (Measure(Metric.INCREASE), 50, 55, True),
        (Measure(Metric.DECREASE, D(9), D(5)), "6.1", "5.1", True),
        (Measure(Metric.DECREASE, D(9), D(5)), "5.1", "6.1", False),
        (Measure(Metric.DECREASE), 6, 5, True),
        # A file may call it an increase and mean the opposite.
        (Measure(Metric.INCREASE, D(9), D(5)), 6, 5, True),
        (Measure(Metric.STAY_ABOVE, target=D(99)), 97, 98, True),
        (Measure(Metric.STAY_ABOVE, target=D(99)), 100, 98, False),
        (Measure(Metric.STAY_BELOW, target=D(3)), 5, 4, True),
        (Measure(Metric.STAY_BELOW, target=D(3)), 1, 2, None),
        (Measure(Metric.STAY_WITHIN, band_low=D(2), band_high=D(4)), 1, 5, None),
        (Measure(Metric.STAY_WITHIN, band_low=D(2), band_high=D(4)), 6, 3, True),
        (Measure(Metric.DONE), 0, 1, True),
        (Measure(Metric.MILESTONES), 3, 2, False),
        (Measure(Metric.BASELINE), 3, 4, None),
        (Measure(Metric.ALIGNED), 3, 3, None),
    ],
)
def test_whether_it_moved_the_right_way(measure: Measure, before: object, after: object, expected: bool | None) -> None:
    assert is_better(measure, D(str(before)), D(str(after))) is expected


@given(start=values, target=values, current=values)
def test_raw_is_kept_beside_the_shown_value(start: Decimal, target: Decimal, current: Decimal) -> None:
    assume(start != target)
    measure = Measure(direction(start, target), start, target, current)
    numbers = explain_progress(measure).numbers
    assert numbers["raw"] == progress(measure)
    assert numbers["value"] == clamp(float(numbers["raw"]))  # type: ignore[arg-type]


@given(low=values, high=values, value=values)
def test_within_is_above_and_below_together(low: Decimal, high: Decimal, value: Decimal) -> None:
    within = is_inside(Measure(Metric.STAY_WITHIN, band_low=low, band_high=high), value)
    above = is_inside(Measure(Metric.STAY_ABOVE, target=low), value)
    below = is_inside(Measure(Metric.STAY_BELOW, target=high), value)
    assert within == (above and below)


parts = st.lists(st.tuples(shares, weights), min_size=1, max_size=8)


@given(parts=parts, factor=st.decimals(min_value=D("0.01"), max_value=1000, places=2))
def test_scaling_every_weight_changes_nothing(parts: list[tuple[float, Decimal]], factor: Decimal) -> None:
    plain = weighted_mean(Contribution(share, weight) for share, weight in parts)
    scaled = weighted_mean(Contribution(share, weight * factor) for share, weight in parts)
    assert scaled == (None if plain is None else pytest.approx(plain, abs=1e-9))


@given(parts=parts)
def test_a_mean_lies_between_its_parts(parts: list[tuple[float, Decimal]]) -> None:
    mean = weighted_mean(Contribution(share, weight) for share, weight in parts)
    weighing = [share for share, weight in parts if weight]
    if not weighing:
        assert mean is None
    else:
        assert mean is not None
        assert min(weighing) - 1e-9 <= mean <= max(weighing) + 1e-9


@given(parts=parts, data=st.data())
def test_the_order_of_parts_does_not_matter(parts: list[tuple[float, Decimal]], data: st.DataObject) -> None:
    mean = weighted_mean(Contribution(share, weight) for share, weight in parts)
    shuffled = data.draw(st.permutations(parts))
    other = weighted_mean(Contribution(share, weight) for share, weight in shuffled)
    assert other == (None if mean is None else pytest.approx(mean, abs=1e-9))


@given(done=st.lists(st.tuples(st.booleans(), weights), min_size=1, max_size=8))
def test_finishing_a_milestone_never_lowers_progress(done: list[tuple[bool, Decimal]]) -> None:
    def at(flags: list[tuple[bool, Decimal]]) -> float | None:
        return progress(Measure(Metric.MILESTONES, milestones=tuple(Milestone(*flag) for flag in flags)))

    before = at(done)
    for index in range(len(done)):
        after = at([*done[:index], (True, done[index][1]), *done[index + 1 :]])
        if before is None:
            assert after is None
        else:
            assert after is not None
            assert before <= after <= 1.0


every_measure = st.builds(
    Measure,
    metric=st.sampled_from(Metric),
    start=st.none() | st.just(D(1)),
    target=st.none() | st.just(D(5)),
    current=st.none() | values,
    band_low=st.none() | values,
    band_high=st.none() | values,
    milestones=st.lists(
        st.builds(Milestone, st.booleans(), weights, st.none() | st.just(date(2026, 1, 1))), max_size=3
    ).map(tuple),
    supporting=st.lists(st.builds(Contribution, st.none() | shares, weights, st.booleans()), max_size=3).map(tuple),
)


@settings(max_examples=300)
@given(measure=every_measure)
def test_every_measure_is_scored_and_explained_alike(measure: Measure) -> None:
    raw = progress(measure)
    explanation = explain_progress(measure)
    problems(measure)
    if measure.metric is Metric.BASELINE:
        assert raw is None
        assert explanation.kind is ExplanationKind.BASELINE
    elif raw is None:
        assert explanation.kind in {ExplanationKind.NOT_MEASURED, ExplanationKind.SUPPORTING_OBJECTIVES}
    else:
        assert explanation.kind is not ExplanationKind.NOT_MEASURED
        assert explanation.numbers["raw"] == raw
    if explanation.parts:
        given_shares = [float(str(part.numbers["share"])) for part in explanation.parts]
        assert sum(given_shares) == (0.0 if raw is None else pytest.approx(1.0))
    assert explanation.as_dict()["kind"] == explanation.kind.value


def test_an_explanation_cannot_be_changed() -> None:
    explanation = explain_progress(Measure(Metric.INCREASE, D(0), D(10), D(4)))
    assert explanation.kind is ExplanationKind.FROM_START_TO_TARGET
    assert dict(explanation.numbers) == {
        "start": D(0),
        "target": D(10),
        "current": D(4),
        "raw": 0.4,
        "value": 0.4,
    }
    with pytest.raises(TypeError):
        explanation.numbers["raw"] = 1.0  # type: ignore[index]
