"""What a spreadsheet becomes once it is read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

MAX_BYTES = 10 * 1024 * 1024
MAX_ROWS = 50_000
MAX_COLUMNS = 100

# CSV gives texts only; XLSX gives typed cells. An empty cell is "".
Cell = str | Decimal | bool | date | datetime


class SpreadsheetError(ValueError):
    """The file cannot be read at all. The message is one translated sentence or two that say what to do."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in one row (None: with the file) and column (its heading; "": with the row)."""

    row: int | None
    column: str
    message: str


@dataclass(frozen=True, slots=True)
class Row:
    """One filled row: its number as spreadsheet programs show it, and one cell per heading."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(slots=True)
class Table:
    """Headings (unique, in order), filled rows, what looked odd (warnings), unreadable cells (problems)."""

    headings: list[str]
    rows: list[Row]
    warnings: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def records(self, mapping: Mapping[str, str]) -> list[tuple[int, dict[str, Cell]]]:
        """Return (row number, {field: cell}) by a mapping {field: heading}.

        Unmapped fields are absent, headings the table does not have are ignored. Texts are stripped.
        """
        places = {heading: index for index, heading in enumerate(self.headings)}
        wanted = [(name, places[heading]) for name, heading in mapping.items() if heading in places]
        return [(row.number, {name: _stripped(row.cells[index]) for name, index in wanted}) for row in self.rows]


def _stripped(cell: Cell) -> Cell:
    return cell.strip() if isinstance(cell, str) else cell


def assemble(numbered: Sequence[tuple[int, Sequence[Cell]]], *, warnings: list[str], problems: list[Problem]) -> Table:
    """Make a table of numbered raw rows whose first is the headings.

    Empty rows and empty columns without a heading are left out, short rows filled up, headings made unique.
    Raises SpreadsheetError when there are no headings or no rows.
    """
    troubled = {problem.row for problem in problems}
    filled = [
        (number, cells)
        for number, cells in numbered
        if number in troubled or any(cell not in ("", None) for cell in cells)
    ]
    if not filled:
        raise SpreadsheetError(_("The file is empty. Put headings into the first row and data below them."))
    (_number, heading_cells), *body = filled
    width = max(len(cells) for _number, cells in filled)
    if width > MAX_COLUMNS and any(cell not in ("", None) for _number, cells in filled for cell in cells[MAX_COLUMNS:]):
        raise SpreadsheetError(
            _("The file has more than {limit} columns. Leave out those that are not needed.").format(limit=MAX_COLUMNS)
        )
    width = min(width, MAX_COLUMNS)
    if not body:
        raise SpreadsheetError(_("There are headings, but no rows below them."))
    if len(body) > MAX_ROWS:
        raise SpreadsheetError(
            _("The file has more than {limit} rows. Split it into several files.").format(limit=f"{MAX_ROWS:,}")
        )
    padded = [(number, [*cells[:width], *[""] * (width - len(cells))]) for number, cells in body]
    titles = [str(cell).strip() for cell in heading_cells[:width]] + [""] * (width - len(heading_cells))
    used = [
        index
        for index in range(width)
        if titles[index] or any(cells[index] not in ("", None) for _number, cells in padded)
    ]
    nameless = [column_letters(index) for index in used if not titles[index]]
    if nameless:
        warnings = [*warnings, _("Columns without a heading: {columns}.").format(columns=", ".join(nameless))]
    headings = _unique([titles[index] or _("Column {letters}").format(letters=column_letters(index)) for index in used])
    rows = [Row(number, tuple(cells[index] for index in used)) for number, cells in padded]
    return Table(headings, rows, warnings, problems)


def column_letters(index: int) -> str:
    """Return what spreadsheet programs call a column: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _unique(titles: list[str]) -> list[str]:
    seen: set[str] = set()
    result = []
    for title in titles:
        name, number = title, 2
        while name in seen:
            name, number = f"{title} ({number})", number + 1
        seen.add(name)
        result.append(name)
    return result
