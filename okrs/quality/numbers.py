"""What a key result says in numbers: in its fields and in its words."""

import re
from dataclasses import dataclass

from okrs.quality.lexicon import LEXICONS, Lexicon
from okrs.quality.statement import Measure, Statement
from okrs.scoring import Metric
from okrs.typed_line import Doubt, parse
from okrs.typed_line.phrases import Verb, verbs_of
from okrs.typed_line.quantities import Quantity, find_quantities

# Digits in names, which measure nothing.
_PRODUCTS = (
    "Office|Microsoft|Windows|Industrie|Industry|Industri|Python|Java|PHP|Angular|GPT|Web|SAP|Dynamics|Release|Version"
    "|Level|Phase|Tier|Scope|Horizon|Horizont|Euro|Gen|Building|Gebäude|Halle|Werk|Linie|Line|Room"
)
_NAMES = re.compile(
    rf"\b(?:{_PRODUCTS})[ -]?\d+(?:[.,]\d+)*\b|\b[A-Z]\d+[A-Z]?\b|\bS/4\w*|\b\d+(?:st|nd|rd|th)\b",
    re.IGNORECASE,
)
_NUMBER = r"[€$£]?\s?\d[\d.,]*"
_UNIT = (
    r"(?:s|ms|sec\w*|min\w*|hours?|h|days?|weeks?|months?|\w+\s(?:days?|hours?)|Sekunden?|Minuten?|Stunden?"
    r"|\w*[Tt]age?n?|Wochen?|Monate?n?|sekunder?|minuter?|timmar?|timme|\w*dagar?|dygn|veckor?|månader?)"
)
_FROM, _TO = "from|von|från", "to|auf|till|bis"
_INSTEAD = "instead of|rather than|statt|anstatt|i stället för|istället för"
_CHANGE = re.compile(
    rf"(?<![\w-])(?:{_FROM})\s+(?:\w+\s+)?{_NUMBER}.{{0,30}}?(?<![\w-])(?:{_TO})\s+(?:\w+\s+)?{_NUMBER}"
    rf"|{_NUMBER}\s?\S*\s*(?:→|->|–>|=>)\s*{_NUMBER}"
    rf"|(?<![\w-])(?:{_INSTEAD})\s+(?:\w+\s+)?{_NUMBER}|{_NUMBER}.{{0,12}}?(?:{_INSTEAD})",
    re.IGNORECASE,
)
_SHARE = re.compile(rf"{_NUMBER}\s?(?:%|percent|per cent|Prozent|procent)", re.IGNORECASE)
_TIMES = re.compile(r"\d\s?(?:-?mal|-?fache?\w*|x|-?fold|-?times)\b", re.IGNORECASE)
_STAYS = {Metric.STAY_ABOVE, Metric.STAY_BELOW, Metric.STAY_WITHIN}


@dataclass(frozen=True, slots=True)
class Numbers:
    """What was found: `has_change` is both from where and to where, `has_limit` a limit in time."""

    quantities: tuple[Quantity, ...]
    has_number: bool
    has_start: bool
    has_change: bool
    has_limit: bool
    has_share: bool
    needs_start: bool


@dataclass(frozen=True, slots=True)
class _Patterns:
    """What numbers look like in one language."""

    word: re.Pattern[str]
    named: re.Pattern[str]
    nothing: re.Pattern[str]
    start: re.Pattern[str]
    limit: re.Pattern[str]


def _patterns_of(lexicon: Lexicon) -> _Patterns:
    words = "|".join(sorted(map(re.escape, lexicon.numbers), key=len, reverse=True))
    whole = r"(?<![\w-])(?:{})(?![\w-])".format
    limit = rf"(?:{lexicon.time_limit})\s+(?:{_NUMBER}\s?{_UNIT}|{lexicon.one_unit})"
    start = (
        rf"(?<![\w-])(?:{lexicon.instead})\s+(?:\w+\s+)?{_NUMBER}"
        rf"|(?<![\w-])(?:{lexicon.today})[:\s(=]*(?:\w+\s+)?{_NUMBER}"
        rf"|{_NUMBER}\s*%?\s*\w*\s*(?:{lexicon.today})(?![\w-])"
    )
    return _Patterns(
        word=re.compile(whole(f"{lexicon.number_compounds}|{words}"), re.IGNORECASE),
        named=re.compile(whole(f"{lexicon.multiples}|{lexicon.one_unit}"), re.IGNORECASE),
        nothing=re.compile(whole(lexicon.nothing), re.IGNORECASE),
        start=re.compile(start, re.IGNORECASE),
        limit=re.compile(whole(limit), re.IGNORECASE),
    )


_PATTERNS = {code: _patterns_of(lexicon) for code, lexicon in LEXICONS.items()}


def with_digits(title: str, lexicon: Lexicon) -> str:
    """Return a title with number words as digits: "from 14 to zero" becomes "from 14 to 0"."""

    def digits(match: re.Match[str]) -> str:
        return str(lexicon.numbers.get(match[0].lower(), 21))  # a compound: which one does not matter here

    return _PATTERNS[lexicon.language].word.sub(digits, title)


def numbers_of(statement: Statement, lexicon: Lexicon) -> Numbers:
    """Read the numbers of a key result."""
    patterns = _PATTERNS[lexicon.language]
    text = with_digits(statement.title, lexicon)
    bare = _NAMES.sub(lambda match: "x" * len(match[0]), text)
    quantities = tuple(find_quantities(bare, lexicon.language))
    named = patterns.named.search(text) is not None
    nothing = patterns.nothing.search(text)
    line = parse(bare, lexicon.language)
    verbs = verbs_of(bare)
    # "Eine Quote von 35 % erreichen" names no start.
    is_reached = line.target is None and Verb.REACH in verbs
    said = line.start is not None and line.start != 0 and not is_reached
    has_start = statement.start is not None or said or patterns.start.search(bare) is not None
    has_change = _CHANGE.search(bare) is not None
    has_limit = patterns.limit.search(bare) is not None
    has_share = _SHARE.search(bare) is not None
    in_words = bool(quantities) or named or _TIMES.search(bare) is not None or nothing is not None
    counted = Doubt.START_ASSUMED in line.doubts and bool(quantities)
    stays = line.metric in _STAYS or (has_limit and not has_share and verbs.towards is None)
    moved = line.direction is not None and Doubt.METRIC_GUESSED not in line.doubts and not counted
    at_zero = not moved and (nothing is not None or any(one.value == 0 for one in quantities))
    is_done = line.metric is Metric.BASELINE or (line.metric is Metric.DONE and not has_share)
    return Numbers(
        quantities=quantities,
        has_number=in_words or statement.target is not None,
        has_start=has_start or has_change,
        has_change=has_change,
        has_limit=has_limit,
        has_share=has_share,
        needs_start=not (stays or counted or at_zero or is_done),
    )


def lacks_number(statement: Statement, numbers: Numbers, is_baseline: bool) -> bool:
    """Whether nothing says when a key result is reached."""
    if statement.measure is Measure.NONE or is_baseline:
        return False
    return not numbers.has_number


def lacks_start(statement: Statement, numbers: Numbers, is_work: bool) -> bool:
    """Whether a number is to be reached but nothing says from where."""
    if statement.measure in (Measure.NONE, Measure.STAY) or numbers.has_start or not numbers.has_number:
        return False
    if statement.measure is Measure.CHANGE and statement.target is not None:
        return True
    # What is done or won is counted from zero.
    return numbers.needs_start and not is_work


def stands_still(statement: Statement) -> bool:
    """Whether a key result starts at its target. To stay at zero ("no accident") is worth saying as it is."""
    if statement.start is None or statement.start != statement.target or statement.measure is Measure.NONE:
        return False
    return statement.measure is not Measure.STAY or statement.target != 0
