"""Vague words: what everybody reads differently, where no number says how much."""

import re
from functools import cache

from okrs.quality.lexicon import LEXICONS, Lexicon
from okrs.quality.sentence import Token, Tokens, head_index
from okrs.quality.statement import Kind

MOST_WORDS = 2
"""An objective that says "improve" and at most this many words more leaves open what will be true."""


@cache
def _fillers(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{'|'.join(LEXICONS[language].fillers)})(?![\w-])", re.IGNORECASE)


def vague_in(title: str, tokens: Tokens, lexicon: Lexicon, kind: Kind, is_measured: bool) -> Token | None:
    """Return the vague word, or None. `is_measured`: numbers say how much."""
    if filler := _fillers(lexicon.language).search(title):
        return Token(filler[0], filler.start(), filler.end())
    if kind is Kind.OBJECTIVE:
        return _in_objective(tokens, lexicon)
    if is_measured:
        return None
    return next(iter(_vague(tokens, lexicon)), None)


def _vague(tokens: Tokens, lexicon: Lexicon) -> Tokens:
    """The vague words; one that is also a noun ("support processes") only where the verb stands."""
    head, _ = head_index(tokens, lexicon)
    return [
        token
        for index, token in enumerate(tokens)
        if (token.lower in lexicon.vague_words and not (index == head and token.lower in lexicon.outcome))
        or (token.lower in lexicon.vague_verbs and (index == head or token.lower not in lexicon.noun_like))
    ]


def _in_objective(tokens: Tokens, lexicon: Lexicon) -> Token | None:
    """An objective may inspire; vague is one that says little else than "improve" or "be better"."""
    vague = _vague(tokens, lexicon)
    idle = lexicon.stop_words | lexicon.being | lexicon.openers | lexicon.vague_words | lexicon.vague_verbs
    content = [token for token in tokens if token.is_word and token.lower not in idle]
    if vague:
        verbs = [token for token in vague if token.lower in lexicon.vague_verbs]
        index, _ = head_index(tokens, lexicon)
        begins = index < len(tokens) and tokens[index].lower in lexicon.being | lexicon.vague_words
        ends = tokens[-1].lower in lexicon.being
        is_short = len(content) <= MOST_WORDS
        if is_short and (verbs or ((begins or ends) and all(token.lower in lexicon.generic for token in content))):
            return vague[0]
        return None
    moved = [token for token in content if token.lower in lexicon.outcome or token.lower in lexicon.outcome_infinitives]
    rest = [token for token in content if token not in moved]
    if moved and rest and all(token.lower in lexicon.generic for token in rest):
        return rest[0]
    return None
