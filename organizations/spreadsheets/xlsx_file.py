"""XLSX, as values: what the person saw in their spreadsheet program."""

import re
import warnings as python_warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.xml import DEFUSEDXML

from organizations.spreadsheets.table import (
    MAX_COLUMNS,
    MAX_ROWS,
    Cell,
    Problem,
    SpreadsheetError,
    Table,
    assemble,
    column_letters,
)

# A sheet of 50,000 rows and 20 columns takes about 60 MB unpacked. The archive's own figures can be trusted:
# zipfile never unpacks more than they say.
MAX_UNPACKED = 150 * 1024 * 1024
MAX_PARTS = 1_000
MAX_PROBLEMS = 500
# Rows with nothing but formatting can reach to the end of the sheet.
MAX_ROW_NUMBER = MAX_ROWS * 4
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_CHUNK = 1024 * 1024


def read_xlsx(archive: zipfile.ZipFile) -> Table:
    """Return the first sheet shown that has something in it; raises SpreadsheetError when there is none.

    Dates and numbers keep their type, percentages count as people see them (41 for 41 %). A formula counts as
    the value stored with it; one without is a problem of its row, and so is an error such as #REF!.
    """
    _refuse_bombs(archive)
    if not DEFUSEDXML:
        raise RuntimeError("openpyxl must find defusedxml")
    try:
        return _first_table(archive)
    except SpreadsheetError:
        raise
    # Damaged and hostile files make openpyxl raise nearly anything; none of it may become a failure of ours.
    except Exception as error:
        raise SpreadsheetError(
            _("The XLSX file is damaged. Open it in your spreadsheet program, save it again and upload that.")
        ) from error


def _refuse_bombs(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise SpreadsheetError(_("The workbook is too large once unpacked. Save only the sheet you need, or use CSV."))
    if any(part.flag_bits & 0x1 for part in parts):
        raise SpreadsheetError(_("The workbook has a password. Save it without one and upload that."))


def _first_table(archive: zipfile.ZipFile) -> Table:
    with python_warnings.catch_warnings():
        python_warnings.simplefilter("ignore")  # about styles and extensions, nothing a person could act on
        book = load_workbook(_stream(archive), read_only=True, data_only=True, keep_links=False)
        shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        for sheet in shown:
            sheet.reset_dimensions()  # what the file claims about its size need not be true
            numbered, problems = _read_sheet(sheet, archive)
            if numbered:
                skipped = [_("Only the sheet “{title}” was read.").format(title=sheet.title)] if len(shown) > 1 else []
                return assemble(numbered, warnings=skipped, problems=problems)
    raise SpreadsheetError(_("The workbook is empty. Put headings into the first row and data below them."))


def _read_sheet(sheet: Any, archive: zipfile.ZipFile) -> tuple[list[tuple[int, list[Cell]]], list[Problem]]:
    numbered: list[tuple[int, list[Cell]]] = []
    problems: list[Problem] = []
    unknown = _formula_places(sheet, archive)
    for number, raw in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS + 1), start=1):
        wrong = [
            Problem(number, column_letters(index), message)
            for index, cell in enumerate(raw)
            if (message := _fault(cell, f"{column_letters(index)}{number}", (number, index) in unknown))
        ]
        cells = [_value(cell) for cell in raw]
        if wrong or any(cell != "" for cell in cells):
            numbered.append((number, cells))
            problems += wrong
        # assemble() and the person hear of the first ones; there is no use in reading on.
        if len(numbered) > MAX_ROWS + 1 or number > MAX_ROW_NUMBER or len(problems) > MAX_PROBLEMS:
            break
    return numbered, problems


def _fault(cell: Any, place: str, is_formula: bool) -> str:
    """What is wrong with a cell, or nothing. A formula whose result is an empty text is stored as such."""
    if cell.value is None and is_formula and cell.data_type not in ("str", "s"):
        return _(
            "The formula in {cell} has no stored value. Open the file in your spreadsheet program, save it "
            "and upload it again, or replace formulas by their values."
        ).format(cell=place)
    if cell.value is not None and cell.data_type == "e":
        return _("{cell} shows the error {error}.").format(cell=place, error=cell.value)
    return ""


def _value(cell: Any) -> Cell:
    value = cell.value
    if value is None or cell.data_type == "e":
        return ""
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        number = Decimal(repr(value))
        if "%" in (getattr(cell, "number_format", "") or ""):
            # 0.41 formatted as a percentage is what people see as 41 %.
            number = (number * 100).quantize(Decimal("0.0000000001")).normalize()
        return number + 0 if number.is_finite() else str(value)
    if isinstance(value, datetime):
        return value.date() if value.time() == time.min else value
    if isinstance(value, date):
        return value
    if isinstance(value, time | timedelta):
        return str(value)
    return str(value)


def _formula_places(sheet: Any, archive: zipfile.ZipFile) -> set[tuple[int, int]]:
    """Places (row, column index) of all formulas; cheap to find out where there are none."""
    part = sheet._worksheet_path
    with sheet.parent._archive.open(part) as stream:
        tail = b""
        while chunk := stream.read(_CHUNK):
            if _FORMULA.search(tail + chunk):
                return set(_formulas(archive, sheet.title))
            tail = chunk[-16:]
    return set()


def _formulas(archive: zipfile.ZipFile, title: str) -> Iterator[tuple[int, int]]:
    book = load_workbook(_stream(archive), read_only=True, data_only=False, keep_links=False)
    sheet = book[title]
    sheet.reset_dimensions()
    for number, raw in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS + 1), start=1):
        for index, cell in enumerate(raw):
            if cell.value is not None and cell.data_type == "f":
                yield number, index
        if number > MAX_ROW_NUMBER:
            return


def _stream(archive: zipfile.ZipFile) -> Any:
    stream = archive.fp
    assert stream is not None
    stream.seek(0)
    return stream
