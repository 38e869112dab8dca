"""CSV, whoever wrote it: encodings, delimiters and quotes as they come."""

import csv
import io
import re
from collections.abc import Iterator

from charset_normalizer import from_bytes
from django.utils.translation import gettext as _

from organizations.spreadsheets.table import MAX_ROWS, Problem, SpreadsheetError, Table, assemble

DELIMITERS = ",;\t|"
MAX_CELL = 131_072
SAMPLE_ROWS = 30
# Texts in our alphabets are half zeros in UTF-16; a zero here and there means that it is no text.
UTF_16_ZEROS = 0.2
_GUARDED = re.compile(r"'(?:[@+\-=%]|\\?\|)")
# What spreadsheet programs write in the languages we speak, besides Unicode.
_OLD_ENCODINGS = ["cp1252", "mac_roman", "cp850"]
_BYTE_ORDER_MARKS = [
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
]


def read_csv(content: bytes) -> Table:
    """Return the table in a CSV file; raises SpreadsheetError when it is none."""
    text, warnings = decode(content)
    text, delimiter = _announced_delimiter(text)
    delimiter = delimiter or detect_delimiter(text)
    problems: list[Problem] = []
    numbered: list[tuple[int, list[str]]] = []
    width = 0
    for number, cells in enumerate(_records(text, delimiter, strict=True), start=1):
        if not any(cell.strip() for cell in cells):
            continue
        if not numbered:
            width = len(cells)
        elif any(cell.strip() for cell in cells[width:]):
            problems.append(
                Problem(
                    number,
                    "",
                    _(
                        "This row has more cells than there are headings. "
                        "Is a text with a “{delimiter}” missing its quotes?"
                    ).format(delimiter=delimiter),
                )
            )
        numbered.append((number, [_unguarded(cell) for cell in (cells[:width] if width else cells)]))
        if len(numbered) > MAX_ROWS + 1:
            break  # assemble() says that it is too long
    return assemble(numbered, warnings=warnings, problems=problems)


def decode(content: bytes) -> tuple[str, list[str]]:
    """Return the text of a CSV file and a warning if its encoding was guessed; raises SpreadsheetError."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            try:
                return content.decode(encoding), []
            except UnicodeDecodeError as error:
                raise _undecodable() from error
    if content[:4096].count(0) > len(content[:4096]) * UTF_16_ZEROS:
        return _utf_16_without_mark(content), []
    try:
        return _printable(content.decode("utf-8")), []
    except UnicodeDecodeError:
        pass
    # The guess looks at a part only: a file of 10 MB must not take a minute.
    guessed = from_bytes(content[:200_000], cp_isolation=_OLD_ENCODINGS, enable_fallback=False).best()
    encoding = guessed.encoding if guessed is not None else "cp1252"
    try:
        text = _printable(content.decode(encoding))
    except UnicodeDecodeError as error:
        raise _undecodable() from error
    return text, [
        _(
            "The file is not in UTF-8; it was read as {encoding}. Check that names with accents look right, "
            "or save it as “CSV UTF-8” and upload it again."
        ).format(encoding=encoding)
    ]


def detect_delimiter(text: str) -> str:
    """Return the delimiter that splits the first rows most evenly; a comma for a single column."""
    best, best_score = ",", (0.0, 0)
    for delimiter in DELIMITERS:
        sample = []
        for cells in _records(text[:200_000], delimiter, strict=False):
            if any(cells):
                sample.append(len(cells))
            if len(sample) == SAMPLE_ROWS:
                break
        if not sample or sample[0] < 2:
            continue
        even = sum(1 for count in sample if count == sample[0]) / len(sample)
        if (round(even, 1), sample[0]) > best_score:
            best, best_score = delimiter, (round(even, 1), sample[0])
    return best


def _records(text: str, delimiter: str, *, strict: bool) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if not strict:
                return
            raise SpreadsheetError(
                _('Row {row} cannot be read: its quotes (") do not match, or a cell is far too long.').format(
                    row=number
                )
            ) from error
        yield cells


def _unguarded(cell: str) -> str:
    """A text without the guard against formulas that our own files (and other careful programs) put before it."""
    return cell[1:].replace("\\|", "|") if _GUARDED.match(cell) else cell


def _announced_delimiter(text: str) -> tuple[str, str]:
    """Excel's own first line `sep=;`, taken off but still counted as a row by the blank line left behind."""
    first, newline, rest = text.partition("\n")
    announced = first.strip()
    if len(announced) == 5 and announced.lower().startswith("sep="):
        return newline + rest, announced[4]
    return text, ""


def _utf_16_without_mark(content: bytes) -> str:
    even, odd = content[0:4096:2].count(0), content[1:4096:2].count(0)
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise _undecodable() from error
    return _printable(text)


def _printable(text: str) -> str:
    sample = text[:20_000]
    odd = sum(1 for char in sample if char < " " and char not in "\t\r\n\f\v")
    if "\x00" in text or odd > len(sample) / 200:
        raise _undecodable()
    return text


def _undecodable() -> SpreadsheetError:
    return SpreadsheetError(
        _("This is no text that can be read. Save the file as “CSV UTF-8” or as XLSX and upload that.")
    )
