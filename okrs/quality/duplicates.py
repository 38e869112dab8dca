"""Nearly the same title somewhere else: words compared, not letters, so that order and endings matter little."""

from collections.abc import Iterable
from difflib import SequenceMatcher

from okrs.quality.lexicon import lexicon_of
from okrs.quality.sentence import tokens_of
from okrs.quality.statement import Code, Finding

ALIKE = 0.8
"""From this share of what two titles have in common they are told to be alike."""
MOST = 40
"""More words are not compared, so that a long title costs nothing."""
FEWEST = 2
"""A title with fewer words that mean something is like too many others."""


def duplicate_of(title: str, others: Iterable[str], language: str = "en") -> Finding | None:
    """Return the other title that says nearly the same, the most similar first, or None."""
    own = _words(title, language)
    if len(own) < FEWEST:
        return None
    best, found = ALIKE, ""
    for other in others:
        share = similarity(own, _words(other, language))
        if share >= best and (share > best or not found):
            best, found = share, other
    return Finding(Code.DUPLICATE, found) if found else None


def similarity(one: list[str], other: list[str]) -> float:
    """Return how much two titles have in common, from 0 to 1."""
    if not one or not other:
        return 0.0
    # Titles of very different length are told apart without comparing letters.
    if min(len(one), len(other)) / max(len(one), len(other)) < ALIKE / 2:
        return 0.0
    shared = 2 * len(set(one) & set(other)) / (len(set(one)) + len(set(other)))
    if shared < 0.4:
        return shared
    return max(shared, SequenceMatcher(None, " ".join(sorted(one)), " ".join(sorted(other))).ratio())


def telling_words(title: str, language: str) -> list[str]:
    """Return the two longest words of a title: one of them stands in every title that is alike."""
    words = {word for word in _words(title, language) if word.isalpha()}
    return sorted(words, key=lambda word: (-len(word), word))[:2]


def _words(title: str, language: str) -> list[str]:
    lexicon = lexicon_of(language)
    said = [token for token in tokens_of(title) if token.is_word or token.is_number]
    return [token.lower for token in said if token.lower not in lexicon.stop_words][:MOST]
