"""What stands around a number: the words that lead to it and the verb of the line."""

import re
from dataclasses import dataclass
from enum import StrEnum

from okrs.typed_line.quantities import Quantity
from okrs.typed_line.vocabulary import (
    ABOUT,
    ABOVE,
    AND,
    AT_LEAST,
    BELOW,
    BETWEEN,
    BY,
    COUNT_WORDS,
    DECREASE_WORDS,
    DONE_WORDS,
    FROM,
    IMPROVE_WORDS,
    INCREASE_WORDS,
    KEEP_WORDS,
    LESS,
    MORE,
    REACH_WORDS,
    TO,
    TODAY,
)

ARROW = r"→|⇒|➔|➜|⟶|-{1,2}>|={1,2}>|–>|—>"
LIMIT = (
    rf"(?:(?P<at_least>(?:{AT_LEAST})(?!\w)|≥|>=)|(?P<above>(?:{ABOVE})(?!\w)|>)"
    rf"|(?P<below>(?:{BELOW})(?!\w)|≤|<=|<)|(?:{ABOUT})(?!\w)|(?:{TODAY})(?!\w)|[~≈:])"
)
LEAD = re.compile(
    rf"(?:(?P<arrow>{ARROW})|(?<![\w-])(?P<word>(?P<from>{FROM})|(?P<to>{TO})|(?P<by>{BY})|(?P<between>{BETWEEN}))(?!\w))?"
    rf"\s*(?:(?<![\w-]){LIMIT}\s*)?\(?\s*\Z",
    re.IGNORECASE,
)
JOINED = re.compile(rf"\s*(?:(?P<and>{AND})|[-–—]|(?:{TO}))\s*\Z", re.IGNORECASE)
TODAY_BEFORE = re.compile(rf"(?<![\w-])(?:{FROM}|{TODAY})(?!\w)[\s:]*(?:{FROM}|{TODAY}|{ABOUT})?\s*\Z", re.IGNORECASE)
TODAY_AFTER = re.compile(rf"\s*(?:{TODAY})(?!\w)", re.IGNORECASE)
OR_MORE = re.compile(rf"\+|\s*(?:or|oder|eller)\s+(?:{MORE})(?!\w)", re.IGNORECASE)
OR_LESS = re.compile(rf"\s*(?:or|oder|eller)\s+(?:{LESS})(?!\w)", re.IGNORECASE)
MORE_OF = re.compile(rf"\s*(?:(?P<more>{MORE})|(?P<less>{LESS}))(?!\w)(?!\s+(?:than|als|än)(?!\w))", re.IGNORECASE)
NEVER = re.compile(r"never|nie|aldrig", re.IGNORECASE)
NEAR = 2
"""At most so many words lie between a verb and the number it counts: "win ten new customers", not "… in 2
languages"."""


class Lead(StrEnum):
    """The preposition in front of a number."""

    FROM = "from"
    TO = "to"
    BY = "by"
    BETWEEN = "between"
    ARROW = "arrow"
    NONE = "none"


class Limit(StrEnum):
    """A comparison in front of (or behind) a number."""

    AT_LEAST = "at_least"
    ABOVE = "above"
    BELOW = "below"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Context:
    """A quantity and what was said about it; `span` holds the words that lead to it."""

    quantity: Quantity
    lead: Lead
    limit: Limit
    span: tuple[int, int]
    is_today: bool
    more_or_less: int  # +1: "20 % more", -1: "20 % fewer"


def context_of(text: str, quantity: Quantity, since: int, until: int) -> Context:
    """Return what is said about `quantity` between the quantity before it and the one after it."""
    before, after = text[since : quantity.start], text[quantity.end : until]
    match = LEAD.search(before)
    lead, limit, span = Lead.NONE, Limit.NONE, (quantity.start, quantity.start)
    if match is not None:
        lead = next((one for one in Lead if one is not Lead.NONE and match[one.value]), Lead.NONE)
        limit = next((one for one in Limit if one is not Limit.NONE and match[one.value]), Limit.NONE)
        span = (since + match.start(), since + len(before.rstrip(" \u00a0(")))
    if OR_MORE.match(after) or "+" in text[quantity.number_end : quantity.unit.start + 1]:
        limit = Limit.AT_LEAST
    elif OR_LESS.match(after):
        limit = Limit.BELOW
    is_today = bool(TODAY_BEFORE.search(before)) or bool(TODAY_AFTER.match(after))
    comparison = MORE_OF.match(after)
    more_or_less = 0 if comparison is None else 1 if comparison["more"] else -1
    return Context(quantity, lead, limit, span, is_today, more_or_less)


class Verb(StrEnum):
    """What the line does with its number."""

    KEEP = "keep"
    INCREASE = "increase"
    DECREASE = "decrease"
    REACH = "reach"
    IMPROVE = "improve"
    COUNT = "count"
    DONE = "done"


# In this order where two stand at the same place.
VERB_WORDS = {
    Verb.DECREASE: DECREASE_WORDS,
    Verb.INCREASE: INCREASE_WORDS,
    Verb.KEEP: KEEP_WORDS,
    Verb.REACH: REACH_WORDS,
    Verb.COUNT: COUNT_WORDS,
    Verb.IMPROVE: IMPROVE_WORDS,
    Verb.DONE: DONE_WORDS,
}


@dataclass(frozen=True, slots=True)
class Verbs:
    """The verbs of a line: the first span of each kind."""

    spans: dict[Verb, tuple[int, int]]

    def __contains__(self, verb: Verb) -> bool:
        return verb in self.spans

    @property
    def towards(self) -> Verb | None:
        """INCREASE or DECREASE, whichever comes first; None without either."""
        both = [verb for verb in (Verb.DECREASE, Verb.INCREASE) if verb in self.spans]
        return min(both, key=lambda verb: self.spans[verb][0], default=None)


def verbs_of(text: str) -> Verbs:
    """Return the verbs of `text`."""
    found = {verb: pattern.search(text) for verb, pattern in VERB_WORDS.items()}
    return Verbs({verb: match.span() for verb, match in found.items() if match})


def is_near(text: str, span: tuple[int, int], quantity: Quantity) -> bool:
    """Whether a verb stands close enough to a number to count it, before it or (in German) behind it."""
    between = text[span[1] : quantity.start] if span[1] <= quantity.start else text[quantity.end : span[0]]
    return len(between.split()) <= NEAR
