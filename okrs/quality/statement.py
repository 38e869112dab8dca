"""What is checked, and what is found."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Kind(StrEnum):
    """What a statement is."""

    OBJECTIVE = "objective"
    KEY_RESULT = "key_result"


class Code(StrEnum):
    """What can be found; the order is the one findings are told in."""

    ACTIVITY = "activity"  # work is described, not what it changes
    NO_NUMBER = "no_number"  # nothing says when it is reached
    NO_START = "no_start"  # a number to reach, but not from where
    NO_CHANGE = "no_change"  # it starts where it should end
    VAGUE = "vague"  # words that everybody reads differently
    SEVERAL = "several"  # more than one goal in a sentence
    TOO_LONG = "too_long"
    DUPLICATE = "duplicate"  # another team has written nearly the same
    TOO_MANY = "too_many"  # more than the guidance of the organization


class Measure(StrEnum):
    """What a metric asks of a key result."""

    CHANGE = "change"  # from a start to a target
    STAY = "stay"  # a limit, no start
    NONE = "none"  # no number at all: done or not, milestones, a baseline, what others reach
    OPEN = "open"  # not said; the text decides


_NOT_A_LETTER = re.compile(r"[\s_-]+")
_MEASURES = {
    Measure.CHANGE: {"increase", "decrease", "increase_from_start", "grow", "reduce"},
    Measure.STAY: {
        "stay_above",
        "stay_below",
        "stay_within",
        "stay_between",
        "above",
        "below",
        "within",
        "between",
        "keep",
        "maintain",
        "threshold",
        "band",
    },
    Measure.NONE: {
        "done",
        "done_or_not",
        "boolean",
        "binary",
        "yes_no",
        "milestone",
        "milestones",
        "baseline",
        "aligned",
    },
}


def measure_of(metric: str) -> Measure:
    """Return what a metric asks for, whatever way it is written; OPEN for one that is empty or unknown."""
    name = _NOT_A_LETTER.sub("_", metric.strip().lower())
    return next((measure for measure, names in _MEASURES.items() if name in names), Measure.OPEN)


@dataclass(frozen=True, slots=True)
class Statement:
    """An objective or key result as written.

    `language` is "en", "de" or "sv", with or without a region; anything else is read as English. `metric` is
    the name of a metric or empty; `start` and `target` are what stands in those fields, None where nothing
    does. For a band, the target is either of its limits.
    """

    kind: Kind
    title: str
    language: str = "en"
    metric: str = ""
    start: Decimal | None = None
    target: Decimal | None = None

    @property
    def measure(self) -> Measure:
        return measure_of(self.metric)

    @property
    def is_baseline(self) -> bool:
        return self.metric.strip().lower() == "baseline"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at. `start` to `end` is the place in the title, both 0 where it is no one place.

    `word` is what stands there; for a duplicate, the other title.
    """

    code: Code
    word: str = ""
    start: int = 0
    end: int = 0
