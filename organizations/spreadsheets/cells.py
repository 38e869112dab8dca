"""What people mean by what stands in a cell. Each raises ValueError with a translated sentence."""

import re
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from okrapp.web.numbers import as_decimal, format_number, parse_number
from organizations.spreadsheets.table import Cell

_YES = {"true", "yes", "y", "x", "1", "ja", "j", "wahr", "sant", "✓", "done", "erledigt", "klar", "klart"}
_NO = {"false", "no", "n", "0", "nein", "falsch", "nej", "falskt", "-"}
_DATE_FORMATS = ("%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d")
_SLASHED = re.compile(r"^(\d{1,2})[/-](\d{1,2})[/-](\d{4})$")
_UNITS = re.compile(r"[%€$£¥]|\b(?:eur|usd|sek|kr)\b\.?", re.IGNORECASE)


def as_text(cell: Cell) -> str:
    """Return the cell as one would type it: 3 for 3.0, ISO dates, no surrounding space."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return _("yes") if cell else _("no")
    if isinstance(cell, Decimal):
        whole = cell.to_integral_value()
        return str(whole) if whole == cell else format(cell.normalize(), "f")
    return cell.isoformat()


def as_number(cell: Cell) -> Decimal | None:
    """Return the number in a cell, None for an empty one; "%", currencies and spaces do not matter."""
    if isinstance(cell, Decimal):
        return cell
    if isinstance(cell, str):
        bare = _UNITS.sub("", cell).strip()
        if not bare and not cell.strip():
            return None
        number = _plain_number(bare)
        if number is not None:
            return number
    raise ValueError(_("“{text}” is not a number.").format(text=as_text(cell)))


def _plain_number(text: str) -> Decimal | None:
    # "1,234.5" and "1.234,5" say themselves which sign is which; the rest follows the person's language.
    bare = text.replace("\u00a0", "").replace("\u202f", "").replace(" ", "").replace("'", "")
    comma, dot = bare.rfind(","), bare.rfind(".")
    if comma >= 0 and dot >= 0:
        bare = bare.replace(",", "") if dot > comma else bare.replace(".", "").replace(",", ".")
        return as_decimal(bare)
    if re.fullmatch(r"[+-]?\d*[.,]\d{1,2}|[+-]?\d*[.,]\d{4,}", bare):
        return as_decimal(bare.replace(",", "."))
    return parse_number(bare)


def as_date(cell: Cell) -> date | None:
    """Return the day in a cell, None for an empty one; days before months where slashes stand between."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, str):
        text = cell.strip()
        if not text:
            return None
        head = text.partition("T")[0] if re.match(r"^\d{4}-\d\d-\d\dT", text) else text
        for pattern in _DATE_FORMATS:
            try:
                return datetime.strptime(head, pattern).date()  # noqa: DTZ007 - a day, not a moment
            except ValueError:
                continue
        if slashed := _SLASHED.match(text):
            first, second, year = (int(part) for part in slashed.groups())
            # 12/31/2025 can only be American; the rest of the world begins with the day.
            day, month = (second, first) if second > 12 >= first else (first, second)
            try:
                return date(year, month, day)
            except ValueError:
                pass
    raise ValueError(_("“{text}” is not a date. Write it as 2025-12-31.").format(text=as_text(cell)))


def as_flag(cell: Cell) -> bool | None:
    """Return yes or no in three languages, None for an empty cell."""
    if isinstance(cell, bool):
        return cell
    text = as_text(cell).casefold()
    if not text:
        return None
    if text in _YES:
        return True
    if text in _NO:
        return False
    raise ValueError(_("“{text}” is neither yes nor no.").format(text=as_text(cell)))


def shown(cell: Cell) -> str:
    """Return the cell for a preview, numbers in the reader's language."""
    return format_number(cell, places=6) if isinstance(cell, Decimal) else as_text(cell)
