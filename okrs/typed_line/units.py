"""Units as people write them: magnitudes, currencies, per cent, and the word after a number."""

import re
from dataclasses import dataclass
from decimal import Decimal

from okrs.typed_line.numbers import SPACES
from okrs.typed_line.result import UnitKind
from okrs.typed_line.vocabulary import ADJECTIVES, NOT_UNITS

MAX_UNIT = 24
SPACE = rf"[{SPACES}]?"
LONG_SCALE = ("de", "sv")
"""Where a Billion or biljon is a million millions."""

SIGNS = {"€": "EUR", "$": "USD", "US$": "USD", "£": "GBP", "¥": "JPY", "₹": "INR"}
CODES = (
    "EUR",
    "USD",
    "GBP",
    "CHF",
    "SEK",
    "NOK",
    "DKK",
    "ISK",
    "PLN",
    "CZK",
    "HUF",
    "JPY",
    "CNY",
    "INR",
    "CAD",
    "AUD",
)
SHOWN = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥", "SEK": "kr", "NOK": "kr", "DKK": "kr"}
NAMES = {
    r"euros?": "EUR",
    r"(?:us[- ])?dollars?": "USD",
    r"pounds?": "GBP",
    r"franken|francs?": "CHF",
    r"kronor|kronen|kr\.?": "SEK",
}

MAGNITUDE_WORDS = {
    r"thousands?|tausend|tsd\.?|tusen": 10**3,
    r"millions?|millionen|mio\.?|miljon(?:er)?|milj\.?|mill\.|mln\.?|mn": 10**6,
    r"milliarden?|mrd\.?|miljard(?:er)?|mdr|md|bn": 10**9,
    r"billionen|biljon(?:er)?": 10**12,
    r"billions?": 10**9,
}
CURRENCY_PREFIX = re.compile(rf"(?:US\$|[€$£¥₹]|(?:{'|'.join(CODES)})(?![a-z]))(?={SPACE}[+\-−]?{SPACE}[0-9])")
_CODES = "|".join(CODES)
_NAMES = "|".join(NAMES)
_SIGN = r"US\$|[€$£¥₹]"
COMPOUND = re.compile(
    rf"{SPACE}(?:(?P<letter>k|K|t|T|m|M|mn|Md|md|bn)(?P<code>{_SIGN}|{_CODES}|kr|sek|eur)(?![\w]))",
    re.UNICODE,
)
LETTER_VALUES = {"k": 10**3, "t": 10**3, "m": 10**6, "mn": 10**6, "md": 10**9, "bn": 10**9, "b": 10**9}
MAGNITUDE_WORD = re.compile(rf"{SPACE}(?P<word>{'|'.join(MAGNITUDE_WORDS)})(?![\w])", re.IGNORECASE)
MAGNITUDE_LETTER = re.compile(r"(?P<letter>[kKmMB])(?![\w])")
SPACED_LETTER = re.compile(rf"[{SPACES}](?P<letter>[kKM])(?![\w])")
CURRENCY = re.compile(
    rf"{SPACE}(?P<sign>{_SIGN})|{SPACE}(?P<code>{_CODES})(?![\w])|{SPACE}(?P<name>(?i:{_NAMES}))(?![\w])"
)
PERCENT = re.compile(
    rf"{SPACE}(?:%(?:-?(?:Punkte|enheter))?|(?i:percentage points?|per ?cent|pct\.?|prozentpunkten?|prozent"
    rf"|procentenheter|procent|pp)(?![\w]))"
)
RATING = re.compile(r"/(?:5|10|100)(?![0-9.,])")
WORD = r"[^\W\d_]+(?:-[^\W\d_]+)*"
RATE = (
    r"(?:per|pro|je|a|i)[ \u00a0](?:day|week|month|quarter|year|hour|user|customer|team|person|employee|tag|woche|monat"
    r"|quartal|jahr|stunde|kunde|nutzer|mitarbeiter|dag|vecka|månad|kvartal|år|timme|kund|användare|medarbetare|månaden"
    r"|veckan|året)(?!\w)"
)
NOUN = re.compile(
    rf"[{SPACES}]?(?P<unit>(?P<core>(?:(?P<adjective>{ADJECTIVES})[{SPACES}]+)?(?P<noun>°[CF]|m[²³]|{WORD})(?!\w))"
    rf"(?:{SPACE}/{SPACE}{WORD}(?!\w)|[{SPACES}]{RATE})?)",
    re.IGNORECASE,
)
ONLY_RATE = re.compile(rf"[{SPACES}](?P<unit>{RATE})|{SPACE}(?P<slash>/{SPACE}(?:{WORD})(?!\w))", re.IGNORECASE)
GLUED = frozenset({"h", "s", "ms", "min", "km", "kg", "g", "t", "GB", "MB", "TB", "kB", "kWh", "MWh", "d", "x", "Std"})


@dataclass(frozen=True, slots=True)
class Unit:
    """What stands after (or before) a number. `end` is where it ends; `start` where the unit itself
    begins."""

    end: int
    start: int
    multiplier: Decimal = Decimal(1)
    text: str = ""
    kind: UnitKind = UnitKind.NUMBER
    currency: str = ""
    guessed: bool = False  # the magnitude letter may be a unit
    currency_guessed: bool = False


def currency_named(text: str, language: str) -> tuple[str, bool]:
    """Return the ISO code for a sign, code or name, and whether it was a guess (kr outside Swedish)."""
    if text in SIGNS:
        return SIGNS[text], False
    if text.upper() in CODES:
        return text.upper(), False
    code = next(code for pattern, code in NAMES.items() if re.fullmatch(pattern, text, re.IGNORECASE))
    return code, code == "SEK" and language != "sv"


def unit_after(text: str, position: int, language: str, prefix: str) -> Unit | None:
    """Read the unit after a number that ends at `position`; None if letters follow that make it no number
    (2nd, 5G).

    `prefix` is the currency that stood before the number, or empty.
    """
    compound = COMPOUND.match(text, position)
    if compound and not prefix:
        code, guessed = currency_named(compound["code"], language)
        if compound["letter"] not in {"t", "m"} or compound["code"] in {"kr", "€"}:
            multiplier = Decimal(LETTER_VALUES[compound["letter"].lower()])
            return Unit(
                compound.end(),
                compound.start("letter"),
                multiplier,
                SHOWN.get(code, code),
                UnitKind.CURRENCY,
                code,
                currency_guessed=guessed,
            )
    end, multiplier, guessed_letter = _magnitude(text, position, language)
    if prefix:
        code, _ = currency_named(prefix, language)
        return Unit(end, end, multiplier, SHOWN.get(code, code), UnitKind.CURRENCY, code) if _ends(text, end) else None
    if percent := PERCENT.match(text, end):
        return Unit(percent.end(), percent.end() - len(percent[0].lstrip(SPACES)), multiplier, "%", UnitKind.PERCENT)
    if currency := CURRENCY.match(text, end):
        code, guessed = currency_named(currency["sign"] or currency["code"] or currency["name"], language)
        start = currency.end() - len(currency[0].lstrip(SPACES))
        return Unit(
            currency.end(),
            start,
            multiplier,
            SHOWN.get(code, code),
            UnitKind.CURRENCY,
            code,
            currency_guessed=guessed,
        )
    if text.startswith("+", end):  # 100+ customers
        end += 1
    if rating := RATING.match(text, end):
        return Unit(rating.end(), rating.start(), multiplier, rating[0])
    if rate := ONLY_RATE.match(text, end):
        which = "unit" if rate["unit"] else "slash"
        if len(rate[which]) <= MAX_UNIT:
            return Unit(rate.end(which), rate.start(which), multiplier, rate[which], guessed=guessed_letter)
    noun = _noun(text, end, language)
    if noun is not None:
        start, stop = noun
        return Unit(stop, start, multiplier, text[start:stop], guessed=guessed_letter)
    return Unit(end, end, multiplier, guessed=guessed_letter) if _ends(text, end) else None


def _ends(text: str, position: int) -> bool:
    """Whether a number may end here: no letter follows, also not behind a hyphen (5G, 2nd, 3-day)."""
    return re.match(r"-?[^\W\d_]|_", text[position:]) is None


def _magnitude(text: str, position: int, language: str) -> tuple[int, Decimal, bool]:
    """Return where the magnitude ends, its factor, and whether it was a lone letter that may mean something
    else."""
    if word := MAGNITUDE_WORD.match(text, position):
        for pattern, factor in MAGNITUDE_WORDS.items():
            if re.fullmatch(pattern, word["word"], re.IGNORECASE):
                is_long = factor == 10**9 and word["word"].lower() == "billion" and language in LONG_SCALE
                return word.end(), Decimal(10**12 if is_long else factor), False
    if letter := MAGNITUDE_LETTER.match(text, position) or SPACED_LETTER.match(text, position):
        return letter.end(), Decimal(LETTER_VALUES[letter["letter"].lower()]), letter["letter"] == "m"
    return position, Decimal(1), False


def _noun(text: str, position: int, language: str) -> tuple[int, int] | None:
    """Return the span of the word after a number if it can be a unit: in German a noun begins with a
    capital letter."""
    noun = NOUN.match(text, position)
    if noun is None:
        return None
    if noun.start("unit") == position and noun["noun"][0].isalpha():  # only what people glue to a number (4h, 12ms)
        is_unit = noun["unit"] in GLUED or (
            noun["unit"] == "st" and language == "sv"
        )  # 5st: five pieces; 1st: no number
        return noun.span("unit") if is_unit else None
    if noun["adjective"] is None and NOT_UNITS.match(noun["noun"]):
        return None
    if language == "de" and noun["noun"] not in GLUED and noun["noun"][0].islower() and noun["noun"][-1].isalpha():
        return None
    return next((noun.span(part) for part in ("unit", "core", "noun") if len(noun[part]) <= MAX_UNIT), None)
