"""How right the quality check is: precision and recall over the labelled corpus, printed at the end of a run."""

from collections.abc import Callable

import pytest

from okrs.examples import TEXTS
from okrs.quality import Kind, Statement, check
from okrs.quality.lexicon import LEXICONS
from tests.okrs.quality.corpus import Labelled, corpus, scores

EXAMPLES = corpus()


def wrong_ones(examples: list[Labelled]) -> str:
    """Return what a failure needs to show."""
    return "\n".join(
        f"{one.language} {one.statement.title}: found {sorted(one.found)}, labelled {sorted(one.codes)}"
        for one in examples
        if one.found != one.codes
    )


@pytest.mark.parametrize("half", ["dev", "held"])
def test_the_check_is_right_and_misses_little(half: str, record_property: Callable[[str, object], None]) -> None:
    examples = [one for one in EXAMPLES if one.half == half]
    for language in LEXICONS:
        for code, score in scores(one for one in examples if one.language == language).items():
            name = f"quality check, {half}, {language}, {code} ({score.expected} labelled)"
            record_property("covered", (f"% precision: {name}", round(100 * score.precision)))
            record_property("covered", (f"% recall: {name}", round(100 * score.recall)))
    whole = scores(examples)["all"]
    assert whole.precision >= 0.9, wrong_ones(examples)
    assert whole.recall >= 0.8, wrong_ones(examples)


@pytest.mark.parametrize("language", LEXICONS)
def test_the_hard_ones_are_no_worse(language: str) -> None:
    hard = [one for one in EXAMPLES if one.is_hard and one.language == language]
    wrong = sum(len(one.found - one.codes) for one in hard)
    missed = sum(len(one.codes - one.found) for one in hard)
    assert wrong + missed <= len(hard) / 20, wrong_ones(hard)


def test_the_corpus_is_long_enough_to_mean_something() -> None:
    for language in LEXICONS:
        held = [one for one in EXAMPLES if one.half == "held" and one.language == language]
        both = [one for one in EXAMPLES if one.language == language]
        assert len(held) >= 30
        assert len(both) >= 60
        assert sum(one.is_hard for one in both) >= 20
    statements = [one.statement for one in EXAMPLES]
    assert len(statements) == len(set(statements))


@pytest.mark.parametrize("language", LEXICONS)
def test_our_own_examples_have_nothing_to_be_said_about(language: str) -> None:
    texts = TEXTS[language].values()
    statements = [Statement(Kind.OBJECTIVE, one.title, language) for one in texts]
    statements += [Statement(Kind.KEY_RESULT, line, language) for one in texts for line in one.lines]
    assert len(statements) > 100
    assert {one.title: [found.code for found in check(one)] for one in statements if check(one)} == {}
