"""Which of the three languages a line is written in."""

import re

from okrs.typed_line.vocabulary import LANGUAGES, VOCABULARIES, words

LETTERS = {
    "de": re.compile(r"[ßüÜ]|\w{4}(?:ung|keit|heit|schaft)(?:en)?\b"),
    "sv": re.compile(r"[åÅ]|\w{3}(?:het|arna|erna|andet)\b|\d\s?(?:[tm]?kr|MSEK)\b", re.IGNORECASE),
}
UMLAUTS = re.compile("[äöÄÖ]")
VERBS = (
    "increase",
    "decrease",
    "keep",
    "reach",
    "count",
    "done",
    "baseline",
    "improve",
    "at_least",
    "below",
    "more",
    "less",
)
COMMON_WORDS = {language: words(VOCABULARIES[language].common) for language in LANGUAGES}
VERB_WORDS = {
    language: words("|".join(getattr(VOCABULARIES[language], name) for name in VERBS)) for language in LANGUAGES
}


def detect(text: str) -> tuple[str, bool]:
    """Return the likeliest language code and whether the line really shows it; English where nothing does."""
    scores: dict[str, int] = {}
    for language in LANGUAGES:
        letters = LETTERS.get(language)
        scores[language] = (
            len(COMMON_WORDS[language].findall(text))
            + 2 * len(VERB_WORDS[language].findall(text))
            + (2 if letters and letters.search(text) else 0)
            + (1 if letters and UMLAUTS.search(text) else 0)
        )
    first, second, _ = sorted(LANGUAGES, key=lambda language: -scores[language])
    return first, scores[first] > scores[second]
