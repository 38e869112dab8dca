"""Reading and writing CSV and XLSX. Knows no tables of the database: bytes in, cells out, and back."""

from organizations.spreadsheets.cells import as_date, as_flag, as_number, as_text
from organizations.spreadsheets.mapping import Field, guess_mapping
from organizations.spreadsheets.reading import read_table
from organizations.spreadsheets.table import (
    MAX_BYTES,
    MAX_COLUMNS,
    MAX_ROWS,
    Cell,
    Problem,
    Row,
    SpreadsheetError,
    Table,
)
from organizations.spreadsheets.writer import Sheet, write_csv, write_workbook, write_xlsx

__all__ = [
    "MAX_BYTES",
    "MAX_COLUMNS",
    "MAX_ROWS",
    "Cell",
    "Field",
    "Problem",
    "Row",
    "Sheet",
    "SpreadsheetError",
    "Table",
    "as_date",
    "as_flag",
    "as_number",
    "as_text",
    "guess_mapping",
    "read_table",
    "write_csv",
    "write_workbook",
    "write_xlsx",
]
