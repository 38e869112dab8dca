"""Which language a title is written in, cheaply: by its small words, its verbs and its letters."""

from okrs.quality.lexicon import LEXICONS
from okrs.quality.sentence import tokens_of
from okrs.typed_line.language import detect

LANGUAGES = tuple(LEXICONS)


def base_of(language: str) -> str:
    """Return a language without its region: "de" for "de-AT"."""
    return language.strip().lower().replace("_", "-").partition("-")[0]


def guess(title: str, fallback: str) -> str:
    """Return the language of a title: "en", "de" or "sv"; `fallback` where nothing tells."""
    seen, is_clear = detect(title)
    if is_clear:
        return seen
    scores = {
        code: sum(
            token.lower in lexicon.stop_words or token.lower in lexicon.work or token.lower in lexicon.outcome
            for token in tokens_of(title)
        )
        for code, lexicon in LEXICONS.items()
    }
    best = max(scores.values())
    if best == 0 or list(scores.values()).count(best) > 1:
        return base_of(fallback) if base_of(fallback) in LANGUAGES else "en"
    return max(scores, key=lambda code: scores[code])
