"""The words of the three languages."""

from okrs.quality.lexicon.english import ENGLISH
from okrs.quality.lexicon.german import GERMAN
from okrs.quality.lexicon.model import Lexicon
from okrs.quality.lexicon.swedish import SWEDISH

__all__ = ["LEXICONS", "Lexicon", "lexicon_of"]

LEXICONS: dict[str, Lexicon] = {"en": ENGLISH, "de": GERMAN, "sv": SWEDISH}


def lexicon_of(language: str) -> Lexicon:
    """Return the words of a language, with or without region; English for one that has none."""
    return LEXICONS.get(language.strip().lower().replace("_", "-").partition("-")[0], ENGLISH)
