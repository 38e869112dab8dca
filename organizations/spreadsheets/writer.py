"""Files for download. Texts can never become formulas in the reader's spreadsheet program."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from defusedcsv import csv
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV_TYPE = "text/csv; charset=utf-8"
# Characters XML cannot hold.
_FORBIDDEN = {code: None for code in range(32) if code not in (9, 10, 13)}


def write_csv(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Return a CSV file with commas, in UTF-8 with a mark that Excel needs to see it is."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow([str(heading) for heading in headings])
    writer.writerows(["" if value is None else value for value in row] for row in rows)
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook. `frozen_columns` stay in view while one scrolls to the right."""

    title: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Any]]
    frozen_columns: int = 0


def write_xlsx(headings: Sequence[str], rows: Iterable[Sequence[Any]], *, title: str = "") -> bytes:
    """Return a workbook of one sheet: bold headings that stay in view, typed cells."""
    return write_workbook([Sheet(title, headings, rows)])


def write_workbook(sheets: Iterable[Sheet]) -> bytes:
    """Return a workbook of several sheets, each as `write_xlsx` writes one."""
    book = Workbook(write_only=True)
    for one in sheets:
        sheet = book.create_sheet(_sheet_title(one.title))
        sheet.freeze_panes = f"{get_column_letter(one.frozen_columns + 1)}2"
        for index, heading in enumerate(one.headings, start=1):
            sheet.column_dimensions[get_column_letter(index)].width = max(14, min(48, len(str(heading)) + 6))
        head = []
        for heading in one.headings:
            cell = WriteOnlyCell(sheet, value=str(heading))
            cell.font = Font(bold=True)
            cell.data_type = "s"  # a heading may be somebody's name
            head.append(cell)
        sheet.append(head)
        for row in one.rows:
            sheet.append([_safe(sheet, value) for value in row])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _safe(sheet: Any, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, value=value.translate(_FORBIDDEN))
    cell.data_type = "s"  # openpyxl takes texts that begin with "=" for formulas
    return cell


def _sheet_title(title: str) -> str:
    return "".join(char for char in title if char not in "[]:*?/\\")[:31] or "okrapp"
