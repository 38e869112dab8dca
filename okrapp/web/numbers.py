"""Numbers as people of the active language read and write them."""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from django.utils import formats
from django.utils.translation import get_language, pgettext

MISSING = "–"
NO_BREAK = "\u00a0"
# Currency signs stand before the amount in English, after it in German and Swedish.
CURRENCY_SIGNS = "€$£¥"
MAX_DIGITS = 40
SHORT_FROM = 100_000
MILLION = 1_000_000


def as_decimal(value: object) -> Decimal | None:
    """The value as a finite Decimal, or None when it is missing or no number."""
    if value is None or value == "" or isinstance(value, bool):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def format_number(value: object, unit: str = "", places: int = 2, *, grouped: bool = True) -> str:
    """Text for a number: at most `places` decimals, no trailing zeros, with its unit if it has one.

    "–" for a missing value. Never splits from its unit at a line end. Ungrouped for number fields.
    """
    number = as_decimal(value)
    if number is None:
        return MISSING
    rounded = number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    text = f"{rounded:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if text == "-0":
        text = "0"
    decimals = len(text.partition(".")[2])
    shown = formats.number_format(text, decimal_pos=decimals, use_l10n=True, force_grouping=grouped)
    return with_unit(shown.replace("-", "−"), unit)


def format_short(value: object, unit: str = "") -> str:
    """Like `format_number`, but large numbers are abbreviated to three digits ("1.23 M"), for narrow places."""
    number = as_decimal(value)
    if number is None or abs(number) < SHORT_FROM:
        return format_number(value, unit)
    size, sign = (MILLION, pgettext("million", "M")) if abs(number) >= MILLION else (1000, pgettext("thousand", "k"))
    shown = number / size
    places = max(0, 2 - len(str(int(abs(shown)))) + 1)
    return with_unit(f"{format_number(shown, places=places)}{NO_BREAK}{sign}", unit)


def with_unit(shown: str, unit: str) -> str:
    """A formatted number with its unit, joined the way the active language does it."""
    unit = unit.strip()
    if not unit:
        return shown
    if unit == "%" and _language() == "en":
        return f"{shown}%"
    if unit in CURRENCY_SIGNS and _language() == "en":
        return f"−{unit}{shown[1:]}" if shown.startswith("−") else f"{unit}{shown}"
    return f"{shown}{NO_BREAK}{unit}"


def format_percent(share: object, places: int = 0) -> str:
    """Text for a share (1 = 100 %): "67%" in English, "67 %" in German and Swedish; "–" when missing."""
    number = as_decimal(share)
    if number is None:
        return MISSING
    return format_number(number * 100, "%", places)


def parse_number(text: str) -> Decimal | None:
    """The number somebody typed in the active language, or None if it is none.

    Spaces and apostrophes group; so do dots before three digits where the comma is the decimal sign, and the
    other way round. A lone dot or comma that cannot be a group is taken as the decimal sign.
    """
    bare = "".join(text.split()).replace("'", "").replace("’", "").replace("−", "-")
    if len(bare) > MAX_DIGITS:
        return None
    decimal_sign = "," if formats.get_format("DECIMAL_SEPARATOR") == "," else "."
    group_sign = "." if decimal_sign == "," else ","
    whole, _, fraction = bare.partition(decimal_sign)
    if _is_grouped(whole, group_sign):
        whole = whole.replace(group_sign, "")
    elif not fraction and whole.count(group_sign) == 1 and decimal_sign not in bare:
        whole = whole.replace(group_sign, ".")
    candidate = f"{whole}.{fraction}" if fraction else whole
    if not set(candidate) <= set("+-0123456789."):
        return None
    return as_decimal(candidate)


def _is_grouped(whole: str, sign: str) -> bool:
    first, *rest = whole.lstrip("+-").split(sign)
    return bool(rest) and 1 <= len(first) <= 3 and all(len(group) == 3 for group in rest)


def _language() -> str:
    return (get_language() or "en").partition("-")[0]
