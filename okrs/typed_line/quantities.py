"""Find the numbers of a line, with sign and unit, and leave out those that count nothing (dates, names,
versions)."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from okrs.typed_line.numbers import DIGITS, SPACES, read_number
from okrs.typed_line.result import Doubt, UnitKind
from okrs.typed_line.units import CURRENCY_PREFIX, SPACE, Unit, unit_after
from okrs.typed_line.vocabulary import words

MONTHS = (
    r"jan(?:uary|uar|uari)?|feb(?:ruary|ruar|ruari)?|mar(?:ch|s)?|märz|apr(?:il)?|may|mai|maj|june?|juni|july?|juli"
    r"|aug(?:ust|usti)?|sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?"
)
LABELS = (
    r"iso|soc|tier|top|phase|level|version|release|step|sprint|wave|series|stage|stufe|nr\.?|no\.|fas|nivå|steg|etapp"
    r"|welle|typ|type|week|kw|vecka|v\.|fy|gj|kapitel|chapter|room|platz|scope|paragraph|§|article|artikel"
)
YEAR_WORDS = (
    r"by|in|until|before|of|during|since|for|end|bis|jahr|ende|mitte|anfang|im|seit|år|året|före|innan|under|senast|för"
    r"|slutet av|start of|calendar year"
)
NOT_QUANTITIES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)",
        r"(?<![\d.,])\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})?(?!\d)",
        r"(?<!\d)\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})(?!\d)",
        r"(?<!\d)\d{1,2}:\d{2}(?!\d)",
        r"(?<!\d)24/7(?!\d)",
        rf"(?<!\d)\d{{1,2}}(?:st|nd|rd|th|\.)?[ ](?:of )?(?:{MONTHS})\b\.?(?:[ ]\d{{4}})?",
        rf"\b(?:{MONTHS})\b\.?[ ]\d{{1,2}}(?:st|nd|rd|th)?\b(?!\s?%)(?:, ?\d{{4}})?",
        rf"\b(?:{MONTHS})\b\.?[ ](?:19|20)\d\d\b",
        r"\b[QTH][1-4][ /-]?(?:19|20)?\d\d\b",
        r"\b(?:19|20)\d\d[ /-]?[QTH][1-4]\b",
        rf"(?<![\w])(?:{LABELS})[ ]?\d+(?:[.,]\d+)*(?![\d%])",
        rf"\b(?:{YEAR_WORDS})[ ](?:19|20)\d\d(?![\w.,]?\d|\s?[%€$£])\b",
        r"(?<![\d.,])20[2-3]\d/(?:20)?\d\d(?!\d)",
    )
)
BARE_YEAR = re.compile(r"20[2-3][0-9]")
RANGE_WORDS = words(r"from|to|von|auf|från|till|reach|hit|erreichen|nå")
NUMBER = re.compile(
    rf"(?<![\w#.,/])(?P<sign>(?<![\w%)€$£])[+\-−]{SPACE})?(?P<digits>{DIGITS})",
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of the line: `value` in its unit, `bare` as written; `start` to `end` holds sign, number and
    unit."""

    value: Decimal
    bare: Decimal
    sign: str
    start: int
    end: int
    number_start: int
    number_end: int
    unit: Unit
    prefix_start: int
    prefix_end: int
    doubts: frozenset[Doubt]

    @property
    def has_unit(self) -> bool:
        """Whether a unit or magnitude was written at it."""
        return bool(self.unit.text) or self.unit.multiplier != 1

    def sharing(self, other: "Quantity") -> "Quantity":
        """Return this quantity with the unit and magnitude of `other`, as in "from 1.2 to 1.5 m €"."""
        multiplier = other.unit.multiplier
        doubts = self.doubts | {Doubt.MAGNITUDE_SHARED} if multiplier != 1 else self.doubts
        unit = replace(other.unit, start=self.number_end, end=self.number_end)
        return replace(self, value=self.value * multiplier, unit=unit, doubts=doubts)


def find_quantities(text: str, language: str) -> list[Quantity]:
    """Return the quantities of `text` in order."""
    masked = _masked(text)
    found: list[Quantity] = []
    position = 0
    while number := NUMBER.search(text, position):
        position = number.end()
        if any(number.start("digits") < end and start < number.end("digits") for start, end in masked):
            continue
        quantity = _quantity(text, number, language, found[-1].end if found else 0)
        if quantity is not None:
            found.append(quantity)
            position = max(position, quantity.end)
    return found


def _masked(text: str) -> list[tuple[int, int]]:
    """Return the spans of dates, names and the like; of two that overlap the first kind wins ("30. Juni 3
    Teams")."""
    spans: list[tuple[int, int]] = []
    for pattern in NOT_QUANTITIES:
        for match in pattern.finditer(text):
            if all(match.end() <= start or end <= match.start() for start, end in spans):
                spans.append(match.span())
    return spans


def _quantity(text: str, number: re.Match[str], language: str, since: int) -> Quantity | None:
    read = read_number(number["digits"], language)
    if read is None:
        return None
    bare, ambiguous = read
    prefix_start, prefix_end = _prefix(text, number.start(), since)
    unit = unit_after(text, number.end(), language, text[prefix_start:prefix_end])
    if unit is None or _is_year(text, number, unit, since):
        return None
    sign = (number["sign"] or "").strip(SPACES)
    if not sign and prefix_start < prefix_end and re.search(r"(?:^|[\s(])[-−]$", text[:prefix_start]):
        sign = "-"
    doubts = {Doubt.NUMBER_FORMAT} if ambiguous else set()
    if unit.guessed:
        doubts.add(Doubt.UNIT_GUESSED)
    if unit.currency_guessed:
        doubts.add(Doubt.CURRENCY_GUESSED)
    value = bare * unit.multiplier
    return Quantity(
        value=-value if sign in {"-", "−"} else value,
        bare=bare,
        sign=sign,
        start=prefix_start - (text[:prefix_start][-1:] in {"-", "−"}) if prefix_start < prefix_end else number.start(),
        end=unit.end,
        number_start=number.start(),
        number_end=max(number.end(), min(unit.start, unit.end)) if unit.multiplier != 1 else number.end(),
        unit=unit,
        prefix_start=prefix_start,
        prefix_end=prefix_end,
        doubts=frozenset(doubts),
    )


def _prefix(text: str, position: int, since: int) -> tuple[int, int]:
    """Return the span of the currency that stands before a number at `position`, empty where there is
    none."""
    before = text[since:position].rstrip(SPACES)
    for length in range(1, 4):
        start = since + len(before) - length
        if start < since:
            break
        match = CURRENCY_PREFIX.match(text, start)
        glued = start > 0 and text[start - 1].isalnum()
        if match and match.end() == start + length and not glued:
            longer = start >= since + 2 and text[start - 2 : start + 1] == "US$"
            return (start - 2, start + length) if longer else (start, start + length)
    return position, position


def _is_year(text: str, number: re.Match[str], unit: Unit, since: int) -> bool:
    """Whether a bare number is a year of a strategy rather than a count: no unit sign and no word that
    leads to it."""
    if not BARE_YEAR.fullmatch(number["digits"]) or unit.kind is not UnitKind.NUMBER or unit.multiplier != 1:
        return False
    return RANGE_WORDS.search(text[since : number.start()][-12:]) is None
