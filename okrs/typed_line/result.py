"""What a typed line was understood to mean, and how sure that is."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from okrs.scoring import Metric


class UnitKind(StrEnum):
    """What kind of number is measured."""

    NUMBER = "number"
    PERCENT = "percent"
    CURRENCY = "currency"


class Role(StrEnum):
    """What a piece of the text was understood as."""

    METRIC = "metric"
    START = "start"
    TARGET = "target"
    BAND_LOW = "band_low"
    BAND_HIGH = "band_high"
    CHANGE = "change"
    UNIT = "unit"


class Doubt(StrEnum):
    """Why the reading is a best guess that a person should look at."""

    NUMBER_FORMAT = "number_format"  # 1,200: a thousand two hundred, or one point two
    SEVERAL_NUMBERS = "several_numbers"  # more numbers than the reading needed
    MAGNITUDE_SHARED = "magnitude_shared"  # from 10 to 25k: the k was taken for both
    UNITS_DIFFER = "units_differ"  # from 2 days to 4 hours
    UNIT_GUESSED = "unit_guessed"  # 5m: million, or metres
    CURRENCY_GUESSED = "currency_guessed"  # kr: SEK, NOK or DKK
    METRIC_GUESSED = "metric_guessed"  # no verb said what to do with the number
    DIRECTION_CONTRADICTS = "direction_contradicts"  # increase … from 70 to 41
    START_EQUALS_TARGET = "start_equals_target"  # from 5 to 5; the start is left open
    START_ASSUMED = "start_assumed"  # win 10 customers: counted from 0
    RELATIVE_CHANGE = "relative_change"  # by 20 %: of a value the line does not name
    NO_NUMBER = "no_number"  # a direction without any number


@dataclass(frozen=True, slots=True)
class Match:
    """A piece of the text, from `start` up to but not including `end`, and what it was understood as."""

    start: int
    end: int
    role: Role


@dataclass(frozen=True, slots=True)
class TypedLine:
    """A typed line, understood.

    `title` is the text with its spaces tidied; nothing is cut from it. Values are in `unit`: a magnitude is
    already multiplied in ("1.5 m €" is 1500000). `start` and `target` belong to increase and decrease
    (`start` None: not said, to be asked for), `target` also to stay_above and stay_below as the limit, the
    band to stay_within. `unit` is "%" for percentages, a sign or code for currencies ("€", "kr", "CHF"),
    else a word or empty; `currency` is the ISO code. `change` is set where only a change was named ("by 20
    %", "double"); see `target_from`. `matched` spans lie in the text as it was given, in order, without
    overlap.
    """

    title: str
    language: str
    metric: Metric
    start: Decimal | None = None
    target: Decimal | None = None
    band_low: Decimal | None = None
    band_high: Decimal | None = None
    unit: str = ""
    unit_kind: UnitKind = UnitKind.NUMBER
    currency: str = ""
    change: Decimal | None = None
    change_is_percent: bool = False
    matched: tuple[Match, ...] = ()
    doubts: frozenset[Doubt] = frozenset()

    @property
    def direction(self) -> Metric | None:
        """INCREASE or DECREASE where the metric is one of them, else None."""
        return self.metric if self.metric in (Metric.INCREASE, Metric.DECREASE) else None

    @property
    def is_certain(self) -> bool:
        """Whether nothing had to be guessed."""
        return not self.doubts

    def target_from(self, start: Decimal) -> Decimal | None:
        """Return the target that the named `change` makes of `start`, or None without a change."""
        if self.change is None:
            return None
        return start + start * self.change / 100 if self.change_is_percent else start + self.change
