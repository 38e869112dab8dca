"""The check: one statement in, what is to be looked at out."""

from okrs.quality.activity import activity_in
from okrs.quality.lexicon import lexicon_of
from okrs.quality.numbers import lacks_number, lacks_start, numbers_of, stands_still
from okrs.quality.sentence import Token, Tokens, tokens_of
from okrs.quality.several import second_goal
from okrs.quality.statement import Code, Finding, Kind, Statement
from okrs.quality.vague import vague_in
from okrs.typed_line.vocabulary import BASELINE_WORDS

MAX_READ = 1000
"""A title is shorter; more is not looked at."""
MOST_WORDS = 25
MOST_CHARACTERS = 170
"""German says in few long words what others say in many short ones, so letters count as well."""


def check(statement: Statement) -> tuple[Finding, ...]:
    """Return the findings of a statement in the order of `Code`; never raises, whatever the text.

    Nothing is read but the statement. An empty title has no findings: that it is missing is not a matter of quality.
    """
    title = statement.title[:MAX_READ]
    lexicon = lexicon_of(statement.language)
    tokens = tokens_of(title)
    if not any(token.is_word or token.is_number for token in tokens):
        return ()
    numbers = numbers_of(statement, lexicon)
    is_key_result = statement.kind is Kind.KEY_RESULT
    is_baseline = statement.is_baseline or (not numbers.quantities and BASELINE_WORDS.search(title) is not None)
    is_baseline = is_baseline and is_key_result
    work = None if is_baseline else activity_in(tokens, lexicon, statement.kind, numbers)
    findings = [_found(Code.ACTIVITY, work)] if work else []
    if is_key_result and lacks_number(statement, numbers, is_baseline):
        findings.append(Finding(Code.NO_NUMBER))
    if is_key_result and not is_baseline and lacks_start(statement, numbers, work is not None):
        findings.append(Finding(Code.NO_START))
    if is_key_result and stands_still(statement):
        findings.append(Finding(Code.NO_CHANGE))
    if not is_baseline and (word := vague_in(title, tokens, lexicon, statement.kind, numbers.has_number)):
        findings.append(_found(Code.VAGUE, word))
    if joint := second_goal(tokens, lexicon, numbers):
        findings.append(_found(Code.SEVERAL, joint))
    if is_too_long(title, tokens):
        findings.append(Finding(Code.TOO_LONG))
    return tuple(findings)


def is_too_long(title: str, tokens: Tokens) -> bool:
    """Whether a title is more than one breath."""
    words = sum(token.is_word or token.is_number for token in tokens)
    return words > MOST_WORDS or len(title.strip()) > MOST_CHARACTERS


def _found(code: Code, token: Token) -> Finding:
    return Finding(code, token.text, token.start, token.end)
