"""What the typed line of a key result was understood to mean, ready for form and screen."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from okrapp.web.numbers import format_number
from okrapp.web.widgets import NumberInput
from okrs import typed_line
from okrs.enums import MetricType, UnitKind
from okrs.typed_line import Doubt
from okrs.typed_line.units import CODES, SHOWN, SIGNS

# The fields of a key result that a line can fill.
FIELDS = ("metric", "start", "target", "lower", "upper", "unit")
_CURRENCIES = {*CODES, *SIGNS, *SHOWN.values()}


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the line; `role` is empty where nothing was understood of it."""

    text: str
    role: str = ""


class Reading:
    """A line, read in the active language."""

    def __init__(self, text: str) -> None:
        self.line = typed_line.parse(text, (get_language() or "en").partition("-")[0])
        self.text = text
        # What the quality check says beside it is not said twice.
        self.number_is_told = self.start_is_told = False

    @cached_property
    def numbers(self) -> dict[str, Decimal | None]:
        """The values by the names of the key result's fields."""
        return {
            "start": self.line.start,
            "target": self.line.target,
            "lower": self.line.band_low,
            "upper": self.line.band_high,
        }

    @cached_property
    def values(self) -> dict[str, str]:
        """What each field of FIELDS gets, as a person would type it; empty where the line says nothing."""
        if not self.text.strip():
            return dict.fromkeys(FIELDS, "")
        written = {name: NumberInput().format_value(value) or "" for name, value in self.numbers.items()}
        return {"metric": self.line.metric.value, "unit": self.line.unit, **written}

    def merged_into(self, typed: Mapping[str, str], understood: Mapping[str, str]) -> dict[str, str]:
        """Return the fields' texts: this reading, except where somebody typed something else than the last one said.

        `typed` is what stands in the fields, `understood` what the reading before this one had put there. What
        somebody typed holds as long as the line says the same of that field: a new line has a new meaning.
        """

        def is_own(name: str, value: str) -> bool:
            said_before = understood.get(name, value)
            return bool(typed.get(name)) and typed[name] != said_before and value == said_before

        return {name: typed[name] if is_own(name, value) else value for name, value in self.values.items()}

    def target_for(self, start: Decimal | None) -> Decimal | None:
        """Return the target of a line that only names a change ("by 20 %"), once the start is known."""
        return None if start is None else self.line.target_from(start)

    @property
    def as_json(self) -> str:
        """The values for the hidden field that remembers them."""
        return json.dumps(self.values)

    def pieces(self) -> Iterator[Piece]:
        """The line cut into what was understood and what was not, in order."""
        position = 0
        for match in self.line.matched:
            if match.start > position:
                yield Piece(self.text[position : match.start])
            yield Piece(self.text[match.start : match.end], match.role.value)
            position = match.end
        if position < len(self.text):
            yield Piece(self.text[position:])

    @property
    def has_matches(self) -> bool:
        return bool(self.line.matched)

    @property
    def summary(self) -> str:
        """The reading in words: "Increase from start to target: from 41 % to 70 %"."""
        label = MetricType(self.line.metric.value).label
        numbers = self._numbers_in_words()
        return f"{label}: {numbers}" if numbers else str(label)

    def _numbers_in_words(self) -> str:
        def shown(value: Decimal | None) -> str:
            return format_number(value, self.line.unit)

        start, target = self.line.start, self.line.target
        if self.line.band_low is not None and self.line.band_high is not None:
            limits = {"low": shown(self.line.band_low), "high": shown(self.line.band_high)}
            return _("between %(low)s and %(high)s") % limits
        if start is not None and target is not None:
            return _("from %(start)s to %(target)s") % {"start": shown(start), "target": shown(target)}
        if target is not None and self.line.metric.value.startswith("stay"):
            return shown(target)
        if target is not None:
            return _("to %(target)s") % {"target": shown(target)}
        if start is not None:
            return _("from %(start)s") % {"start": shown(start)}
        return ""

    def hints(self) -> list[str]:
        """What to look at, because it was guessed or is missing."""
        texts = _doubt_texts()
        if self.number_is_told:
            del texts[Doubt.NO_NUMBER]
        found = [texts[doubt] for doubt in Doubt if doubt in self.line.doubts and doubt in texts]
        explained = {Doubt.RELATIVE_CHANGE, Doubt.START_EQUALS_TARGET}
        asks = self.line.direction is not None and self.line.start is None
        if asks and not (self.start_is_told or self.number_is_told) and not explained & self.line.doubts:
            found.append(_("Where does it stand today? Add the start."))
        return found


def unit_kind(unit: str) -> str:
    """Return whether a unit means a percentage, a currency or a plain number."""
    if unit.strip() == "%":
        return UnitKind.PERCENT
    return UnitKind.CURRENCY if unit.strip() in _CURRENCIES else UnitKind.NUMBER


def remembered(text: Any) -> dict[str, str]:
    """Return what the hidden field remembers; nothing for anything else than what `as_json` wrote."""
    try:
        found = json.loads(text or "{}")
    except (TypeError, ValueError):
        return {}
    return {name: str(found[name]) for name in FIELDS if name in found} if isinstance(found, dict) else {}


def _doubt_texts() -> dict[Doubt, str]:
    return {
        Doubt.NUMBER_FORMAT: _("A number can be read in two ways: please look at it."),
        Doubt.SEVERAL_NUMBERS: _("There are several numbers: is it the right one?"),
        Doubt.MAGNITUDE_SHARED: _("The magnitude was taken for both numbers."),
        Doubt.UNITS_DIFFER: _("Start and target have different units."),
        Doubt.UNIT_GUESSED: _("Is the unit right?"),
        Doubt.CURRENCY_GUESSED: _("Is the currency right?"),
        Doubt.METRIC_GUESSED: _("The line leaves open what should happen: is it the right metric?"),
        Doubt.DIRECTION_CONTRADICTS: _("The word and the numbers point in different directions."),
        Doubt.START_EQUALS_TARGET: _("Start and target are the same."),
        Doubt.START_ASSUMED: _("Counted from 0."),
        Doubt.RELATIVE_CHANGE: _("Add where it stands today; the target follows from it."),
        Doubt.NO_NUMBER: _("Which number should it reach?"),
    }
