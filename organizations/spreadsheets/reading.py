"""One door for every spreadsheet: what kind of file it is decides its content, not its name."""

import zipfile
from io import BytesIO

from django.utils.translation import gettext as _

from organizations.spreadsheets.csv_file import read_csv
from organizations.spreadsheets.table import MAX_BYTES, SpreadsheetError, Table
from organizations.spreadsheets.xlsx_file import read_xlsx

_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
# Beginnings of files that people rename or pick by mistake.
_OTHERS = {
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"%PDF": "PDF",
    b"\x1f\x8b": "gzip",
    b"7z\xbc\xaf": "7-Zip",
    b"{\\rtf": "RTF",
    b"\x7fELF": "ELF",
    b"MZ\x90": "EXE",
}


def read_table(content: bytes, file_name: str = "") -> Table:
    """Return the table in a CSV or XLSX file; its name appears in messages only.

    Raises SpreadsheetError with a translated message when the file is too big or cannot be read.
    """
    if not content.strip():
        raise SpreadsheetError(_("The file is empty. Put headings into the first row and data below them."))
    if len(content) > MAX_BYTES:
        raise SpreadsheetError(
            _("The file is larger than {limit} MB. Split it, or leave out columns that are not needed.").format(
                limit=MAX_BYTES // 1024 // 1024
            )
        )
    if content.startswith(_ZIP):
        return read_xlsx(_opened_zip(content))
    if content.startswith(_OLD_EXCEL):
        raise SpreadsheetError(
            _(
                "This is a workbook of an old Excel version, or one with a password. "
                "Save it as “Excel workbook (.xlsx)” without a password and upload that."
            )
        )
    for beginning, kind in _OTHERS.items():
        if content.startswith(beginning):
            raise SpreadsheetError(
                _("“{name}” is a {kind} file, whatever its name says. Upload a CSV or XLSX file.").format(
                    name=file_name or _("The file"), kind=kind
                )
            )
    return read_csv(content)


def _opened_zip(content: bytes) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(BytesIO(content))
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise SpreadsheetError(
            _("The XLSX file is damaged. Open it in your spreadsheet program, save it again and upload that.")
        ) from error
    if "xl/workbook.xml" not in archive.namelist():
        raise SpreadsheetError(_("This is a ZIP file, but no Excel workbook. Upload a CSV or XLSX file."))
    return archive
