"""Numbers as people write them in three languages."""

import re
from decimal import Decimal

SPACES = "\u0020\u00a0\u2009\u202f"
DIGITS = (
    rf"[0-9]{{1,3}}(?:[{SPACES}][0-9]{{3}})+(?![0-9])(?:[.,][0-9]+)?"  # 1 200,5
    r"|[0-9]{1,3}(?:['’][0-9]{3})+(?![0-9])(?:[.,][0-9]+)?"  # 1’200.5
    r"|[0-9]+(?:[.,][0-9]+)*"  # 1200, 1.200,5, 1,200.5, 99.9
)
MAX_DIGITS = 24
"""More digits are no measure of anything, and no column holds them."""


def read_number(text: str, language: str) -> tuple[Decimal, bool] | None:
    """Return the value of a number without sign or unit and whether its form is ambiguous; None if it is
    none.

    Where one dot or comma stands before exactly three digits, the language decides: a comma groups in
    English, a dot in German and (foreign to it, so ambiguous) in Swedish. Everything else has one reading
    in any language.
    """
    digits = re.sub(rf"[{SPACES}'’]", "", text)
    if sum(character.isdigit() for character in digits) > MAX_DIGITS:
        return None
    grouped_by_space = len(digits) < len(text)
    signs = [character for character in digits if character in ".,"]
    ambiguous = False
    if not signs:
        group, decimal = "", ""
    elif len(set(signs)) == 2:
        group, decimal = signs[0], signs[-1]
        if signs.count(decimal) > 1 or signs[0] == signs[-1] or not _is_grouped(digits.split(decimal)[0], group):
            return None
    elif len(signs) > 1:
        group, decimal = signs[0], ""
        if not _is_grouped(digits, group):
            return None
    elif not grouped_by_space and _is_grouped(digits, signs[0]) and digits[0] != "0":
        groups_here = signs[0] == ("," if language == "en" else ".")
        group, decimal = (signs[0], "") if groups_here else ("", signs[0])
        ambiguous = not groups_here or language == "sv"
    else:
        group, decimal = "", signs[0]
    if group:
        digits = digits.replace(group, "")
    if decimal:
        digits = digits.replace(decimal, ".")
    return Decimal(digits), ambiguous


def _is_grouped(digits: str, sign: str) -> bool:
    """Whether `digits` are one to three digits and then groups of three, divided by `sign`."""
    return re.fullmatch(rf"[0-9]{{1,3}}(?:{re.escape(sign)}[0-9]{{3}})+", digits) is not None
