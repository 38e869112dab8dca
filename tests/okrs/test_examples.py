"""The library of examples: the same in every language, measurable in each, and fit for the fields."""

from collections import Counter

import pytest

from okrs.enums import Function
from okrs.examples import ICONS, TEXTS, example_named, examples, first_of_each, known_language
from okrs.models import KeyResult, Objective
from okrs.scoring import GRADUAL, STAY
from okrs.typed_line import parse

LANGUAGES = ("en", "de", "sv")
# Shown under the title of a card; more would not be read.
LONGEST_REASON = 120


def test_every_language_has_the_same_examples_in_the_same_order() -> None:
    assert set(TEXTS) == set(LANGUAGES)
    assert [list(TEXTS[language]) for language in LANGUAGES] == [list(TEXTS["en"])] * 3
    counts = Counter(example.function for example in examples("en"))
    assert set(counts) == set(Function) == set(ICONS)
    assert len(counts) >= 9
    assert set(counts.values()) == {4}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_result_is_understood_without_a_doubt(language: str) -> None:
    """Nothing is guessed: metric and target, and the start where it goes from one to the other."""
    for example in examples(language):
        assert len(example.key_results) == 3, example.key
        for line in example.key_results:
            read = parse(line, language)
            assert not read.doubts, (line, read.doubts)
            assert read.metric in GRADUAL | STAY, line
            assert read.target is not None, line
            assert (read.start is not None) == (read.metric in GRADUAL), line


def test_the_languages_say_the_same() -> None:
    """The same metric in the same place, and the same way to go, whatever the currency."""
    for example in examples("en"):
        for language in ("de", "sv"):
            other = example_named(example.key, language)
            assert other is not None
            assert other.title != example.title
            assert other.why != example.why
            for mine, theirs in zip(example.key_results, other.key_results, strict=True):
                assert mine != theirs
                read, reread = parse(mine, "en"), parse(theirs, language)
                assert read.metric == reread.metric, theirs
                assert (read.unit == "%") == (reread.unit == "%"), theirs
                if read.unit != "€":
                    assert (read.start, read.target) == (reread.start, reread.target), theirs


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_fit_their_fields_and_none_appears_twice(language: str) -> None:
    found = examples(language)
    titles = [example.title for example in found]
    assert len(set(titles)) == len(titles)
    for example in found:
        assert len(example.title) <= (Objective._meta.get_field("title").max_length or 0)
        assert not any(letter.isdigit() for letter in example.title), "a goal is said without a number"
        assert len(example.why) <= LONGEST_REASON
        assert example.why.endswith(".")
        for line in example.key_results:
            assert len(line) <= (KeyResult._meta.get_field("title").max_length or 0)
            assert not line.endswith(".")


def test_one_of_each_function_comes_first() -> None:
    assert [example.function for example in first_of_each("sv")] == list(Function)


@pytest.mark.parametrize(("code", "language"), [("de", "de"), ("de-at", "de"), ("fr", "en"), (None, "en"), ("", "en")])
def test_languages_without_examples_read_the_english_ones(code: str | None, language: str) -> None:
    assert known_language(code) == language


def test_an_unknown_key_names_none() -> None:
    assert example_named("software.nothing", "en") is None
