"""Objectives from key results, proposed scores, bands, and confidence."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrs.scoring import (
    Band,
    Confidence,
    Contribution,
    ExplanationKind,
    Measure,
    Metric,
    ProgressSource,
    ScoreBands,
    ScoringError,
    objective_confidence,
    objective_progress,
    progress,
    proposed_score,
    score_band,
    stay_share,
    worst,
)

D = Decimal
contributions = st.lists(
    st.builds(
        Contribution,
        st.none() | st.floats(min_value=-3, max_value=3),
        st.decimals(min_value=0, max_value=50, places=1),
        st.booleans(),
    ),
    max_size=8,
)


def test_weighted_mean_of_counted_key_results() -> None:
    result = objective_progress([Contribution(0.5, D(3)), Contribution(1.0, D(1))])
    assert result.raw == pytest.approx(0.625)
    assert result.source is ProgressSource.COMPUTED
    assert [part.numbers["share"] for part in result.explanation.parts] == [0.75, 0.25]


def test_raw_goes_up_and_is_clamped_only_for_showing() -> None:
    result = objective_progress([Contribution(1.6), Contribution(1.0)])
    assert result.raw == pytest.approx(1.3)
    assert result.value == 1.0
    assert objective_progress([Contribution(-0.5)]).value == 0.0


def test_supporting_objectives_count_where_they_are_passed() -> None:
    result = objective_progress([Contribution(0.0)], [Contribution(1.0, D(3))])
    assert result.raw == pytest.approx(0.75)
    assert (result.explanation.numbers["key_results"], result.explanation.numbers["supporting"]) == (1, 1)


@pytest.mark.parametrize(
    ("key_results", "supporting", "raw", "source"),
    [
        ([], [], 0.3, ProgressSource.REPORTED),
        ([Contribution(None)], [], 0.3, ProgressSource.REPORTED),
        ([Contribution(0.9, counted=False)], [], 0.3, ProgressSource.REPORTED),
        ([Contribution(0.9)], [], 0.9, ProgressSource.COMPUTED),
        ([Contribution(0.0)], [], 0.0, ProgressSource.COMPUTED),
        ([], [Contribution(0.9)], 0.9, ProgressSource.COMPUTED),
        ([Contribution(0.9, D(0))], [], None, ProgressSource.NONE),
    ],
)
def test_reported_progress_stands_in_only_while_nothing_counts(
    key_results: list[Contribution],
    supporting: list[Contribution],
    raw: float | None,
    source: ProgressSource,
) -> None:
    result = objective_progress(key_results, supporting, reported=0.3)
    assert (result.raw, result.source) == (raw, source)


def test_nothing_to_count_is_no_progress_and_not_zero() -> None:
    result = objective_progress([Contribution(None), Contribution(0.4, counted=False)])
    assert (result.raw, result.value, result.source) == (None, None, ProgressSource.NONE)
    assert result.explanation.kind is ExplanationKind.NOTHING_COUNTED
    assert result.explanation.numbers["left_out"] == 2


@given(parts=contributions, where=st.integers(min_value=0, max_value=8))
def test_a_baseline_anywhere_is_not_counted(parts: list[Contribution], where: int) -> None:
    baseline = Contribution(progress(Measure(Metric.BASELINE, current=D(99))), D(50))
    with_baseline = [*parts[:where], baseline, *parts[where:]]
    assert objective_progress(with_baseline).raw == objective_progress(parts).raw


@given(parts=contributions, reported=st.none() | st.floats(min_value=0, max_value=1))
def test_value_is_clamped_and_explained(parts: list[Contribution], reported: float | None) -> None:
    result = objective_progress(parts, reported=reported)
    if result.raw is None:
        assert result.value is None
    else:
        assert result.value is not None
        assert 0.0 <= result.value <= 1.0
        assert result.explanation.numbers["raw"] == result.raw
        assert result.explanation.numbers["value"] == result.value
    counted = sum(one.counts for one in parts)
    if result.source is ProgressSource.COMPUTED:
        assert len(result.explanation.parts) == counted
    assert result.explanation.numbers["left_out"] == len(parts) - counted


def test_a_stay_metric_is_scored_by_the_share_of_its_check_ins() -> None:
    churn = Measure(Metric.STAY_BELOW, target=D(2), current=D("2.5"))
    values = [D("1.5"), D(2), D("2.5"), D("1.9")]
    assert progress(churn) == 0.0
    score = proposed_score(churn, values)
    assert score.value == 0.75
    assert (score.explanation.numbers["inside"], score.explanation.numbers["count"]) == (3, 4)


def test_a_stay_metric_without_check_ins_or_band_has_no_share() -> None:
    assert stay_share(Measure(Metric.STAY_BELOW, target=D(2)), []) is None
    assert stay_share(Measure(Metric.STAY_WITHIN, band_low=D(2)), [D(1)]) is None
    assert stay_share(Measure(Metric.INCREASE, D(0), D(1)), [D(1)]) is None
    assert proposed_score(Measure(Metric.STAY_BELOW, target=D(2))).value is None


@pytest.mark.parametrize(
    ("measure", "score"),
    [
        (Measure(Metric.INCREASE, D(0), D(10), D(14)), 1.0),
        (Measure(Metric.INCREASE, D(0), D(10), D(-4)), 0.0),
        (Measure(Metric.INCREASE, D(0), D(10), D(4)), 0.4),
        (Measure(Metric.DONE, current=D(1)), 1.0),
        (Measure(Metric.BASELINE, current=D(1)), None),
    ],
)
def test_other_metrics_are_scored_by_clamped_progress(measure: Measure, score: float | None) -> None:
    assert proposed_score(measure, [D(1), D(2)]).value == score


@given(
    values=st.lists(st.decimals(min_value=0, max_value=10, places=1), min_size=1, max_size=20),
    limit=st.decimals(min_value=0, max_value=10, places=1),
)
def test_a_wider_band_never_scores_less(values: list[Decimal], limit: Decimal) -> None:
    narrow = stay_share(Measure(Metric.STAY_BELOW, target=limit), values)
    wide = stay_share(Measure(Metric.STAY_BELOW, target=limit + 1), values)
    assert narrow is not None
    assert wide is not None
    assert 0.0 <= narrow <= wide <= 1.0


@pytest.mark.parametrize(
    ("score", "band"),
    [
        (1.0, Band.GREEN),
        (0.7, Band.GREEN),
        (0.1 + 0.6, Band.GREEN),
        (0.69, Band.YELLOW),
        (0.4, Band.YELLOW),
        (0.39, Band.RED),
        (0.0, Band.RED),
    ],
)
def test_bands(score: float, band: Band) -> None:
    assert score_band(score) is band


def test_bands_are_settable_but_in_order() -> None:
    assert score_band(0.7, ScoreBands(green=0.8, yellow=0.5)) is Band.YELLOW
    with pytest.raises(ScoringError):
        ScoreBands(green=0.4, yellow=0.4)


words = st.none() | st.sampled_from(Confidence)


def test_worst_of() -> None:
    assert worst([]) is None
    assert worst([None]) is None
    assert worst([Confidence.ON_TRACK, None, Confidence.AT_RISK]) is Confidence.AT_RISK
    assert worst([Confidence.AT_RISK, Confidence.OFF_TRACK, Confidence.ON_TRACK]) is Confidence.OFF_TRACK


@given(own=st.sampled_from(Confidence), said=st.lists(st.tuples(words, st.booleans())))
def test_the_owners_word_goes_first(own: Confidence, said: list[tuple[Confidence | None, bool]]) -> None:
    result = objective_confidence(own, said)
    assert (result.value, result.is_own) == (own, True)
    assert result.explanation.kind is ExplanationKind.OWN_WORD


@given(said=st.lists(st.tuples(words, st.booleans())))
def test_else_the_worst_counted_key_result(said: list[tuple[Confidence | None, bool]]) -> None:
    result = objective_confidence(None, said)
    counted = [word for word, counts in said if counts and word]
    assert result.is_own is False
    if counted:
        assert result.value == worst(counted)
        assert result.explanation.numbers["said"] == len(counted)
    else:
        assert result.value is None
        assert result.explanation.kind is ExplanationKind.NOTHING_SAID
