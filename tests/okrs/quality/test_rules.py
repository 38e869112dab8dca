"""Single rules: what fields say, where a finding stands, and what no text may do."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrs.quality import Code, Kind, Statement, check
from okrs.quality.checking import MOST_WORDS
from okrs.quality.duplicates import duplicate_of
from okrs.quality.language import guess

KEY_RESULT, OBJECTIVE = Kind.KEY_RESULT, Kind.OBJECTIVE


def codes(title: str, language: str = "en", kind: Kind = KEY_RESULT, metric: str = "", **values: int) -> set[str]:
    numbers = {name: Decimal(value) for name, value in values.items()}
    return {found.code.value for found in check(Statement(kind, title, language, metric, **numbers))}


@pytest.mark.parametrize("metric", ["done", "milestones", "baseline", "aligned", "Done or not", "boolean"])
def test_a_metric_without_number_needs_none(metric: str) -> None:
    assert codes("The certificate hangs on the wall", metric=metric) == set()


@pytest.mark.parametrize("metric", ["increase", "number", "", "something-new"])
def test_other_metrics_need_one(metric: str) -> None:
    assert codes("Repeat purchases", metric=metric) == {"no_number"}


def test_the_target_field_is_a_number_and_zero_is_one() -> None:
    assert codes("Open complaints", metric="decrease", start=14, target=0) == set()
    assert codes("Open complaints", metric="decrease", target=0) == {"no_start"}
    assert codes("Repeat purchases", metric="increase", start=0, target=40) == set()


@pytest.mark.parametrize("metric", ["stay_above", "stay_below", "stay_within"])
def test_a_limit_needs_no_start(metric: str) -> None:
    assert codes("Availability", metric=metric, target=99) == set()
    assert codes("Availability", metric=metric) == {"no_number"}


@pytest.mark.parametrize("metric", ["increase", "decrease", "stay_above", "stay_within", "number", ""])
def test_a_start_that_is_the_target_changes_nothing(metric: str) -> None:
    assert codes("Recommendation score", metric=metric, start=45, target=45) == {"no_change"}
    assert codes("Recommendation score", metric=metric, start=45, target=46) == set()
    assert codes("Friends recommend us", kind=OBJECTIVE, metric=metric, start=45, target=45) == set()


@pytest.mark.parametrize("metric", ["stay_below", "stay_within", "done", "milestones"])
def test_to_stay_at_zero_is_worth_saying(metric: str) -> None:
    assert codes("Accidents", metric=metric, start=0, target=0) == set()


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("Raise activation to 70 %, today 41", "en"),
        ("Answers within 4 hours instead of 12", "en"),
        ("Aktivierung auf 70 % steigern, bisher 41", "de"),
        ("Antwort nach 4 statt 12 Stunden", "de"),
        ("Höj aktiveringen till 70 %, i dag 41", "sv"),
        ("Svar efter 4 timmar i stället för 12", "sv"),
    ],
)
def test_a_start_may_stand_in_the_text(title: str, language: str) -> None:
    assert codes(title, language) == set()


def test_dates_names_and_versions_are_no_numbers() -> None:
    assert codes("Repeat purchases by 31 March 2027") == {"no_number"}
    assert codes("Happy users of Windows 11") == {"no_number"}
    assert codes("Zufriedene Kunden bis Q3 2027", "de") == {"no_number"}


def test_a_finding_says_where_it_stands() -> None:
    title = "By May, launch the new website"
    (activity,) = [found for found in check(Statement(KEY_RESULT, title)) if found.code is Code.ACTIVITY]
    assert (activity.word, title[activity.start : activity.end]) == ("launch", "launch")


def test_an_objective_needs_no_number() -> None:
    assert codes("Guests come back with their friends", kind=OBJECTIVE) == set()


def test_long_is_more_than_a_breath() -> None:
    assert "too_long" not in codes(" ".join(["word"] * MOST_WORDS), kind=OBJECTIVE)
    assert "too_long" in codes(" ".join(["word"] * (MOST_WORDS + 1)), kind=OBJECTIVE)
    assert "too_long" in codes("Donaudampfschifffahrtsgesellschaft " * 6, "de", kind=OBJECTIVE)


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("Forskning och utveckling i världsklass", "sv"),
        ("Research and development that leads the field", "en"),
        ("Forschung und Entwicklung auf Weltniveau", "de"),
    ],
)
def test_a_field_of_work_is_no_work(title: str, language: str) -> None:
    assert codes(title, language, OBJECTIVE) == set()


@pytest.mark.parametrize("language", ["de", "de-DE", "DE_at", " de "])
def test_a_region_does_not_matter(language: str) -> None:
    assert codes("Neue Website launchen", language, metric="done") == {"activity"}


def test_nothing_is_said_about_nothing() -> None:
    assert codes("") == codes("  … ") == set()


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("Launch the new website", "en"),
        ("Umsatz von 1 auf 2 Mio. € steigern", "de"),
        ("Kunden bleiben bei uns", "de"),
        ("Höj andelen till 70 %", "sv"),
        ("Genomför fem kundintervjuer", "sv"),
        ("NPS", "sv"),
    ],
)
def test_the_language_is_guessed(title: str, language: str) -> None:
    assert guess(title, "sv") == language


def test_a_duplicate_is_found_whatever_the_order_of_words() -> None:
    others = ["Customers come back on their own", "Reduce response time to 4 hours", "Raise activation"]
    found = duplicate_of("Reduce the response time to 4 hours", others)
    assert found is not None
    assert found.word == "Reduce response time to 4 hours"
    assert duplicate_of("Deliveries arrive on time", others) is None
    assert duplicate_of("Activation", ["Activation"]) is None, "a single word is like too many others"


@given(
    st.text(max_size=300),
    st.sampled_from(["en", "de", "sv", "fr", ""]),
    st.sampled_from(Kind),
    st.sampled_from(["", "increase", "done", "stay_below", "?"]),
)
def test_no_text_raises_and_words_stand_where_they_say(title: str, language: str, kind: Kind, metric: str) -> None:
    for found in check(Statement(kind, title, language, metric)):
        assert title[found.start : found.end] == found.word


WORDS = """
launch and reduce to from 4 to 10 % . ; , und senken steigern um zu och öka minska , damit so that som der by May 2027 (
) KR 1: - the new website die neue vi wir we Ein- und besser more things führe ein
"""


@given(st.lists(st.sampled_from(WORDS.split()), max_size=20).map(" ".join), st.sampled_from(["en", "de", "sv"]))
def test_likely_words_in_any_order_do_no_harm(title: str, language: str) -> None:
    found = [finding.code for finding in check(Statement(KEY_RESULT, title, language))]
    assert len(found) == len(set(found))
