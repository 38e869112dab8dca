"""Files as people really have them; no database."""

import io
import zipfile
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.utils import translation

from organizations.spreadsheets import (
    MAX_ROWS,
    Cell,
    Field,
    SpreadsheetError,
    Table,
    as_date,
    as_flag,
    as_number,
    as_text,
    guess_mapping,
    read_table,
    write_csv,
    write_xlsx,
)


def workbook(*sheets: tuple[str, list[list[object]]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def cells(table: Table) -> list[tuple[Cell, ...]]:
    return [row.cells for row in table.rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_is_read_without_a_warning(encoding: str) -> None:
    table = read_table("Name,Team\nJürgen Åström,Größe\n".encode(encoding), "people.csv")
    assert table.headings == ["Name", "Team"]
    assert cells(table) == [("Jürgen Åström", "Größe")]
    assert table.warnings == []


def test_windows_encoding_is_guessed_and_said() -> None:
    table = read_table("Name;Team\nJürgen Åström;Größe\nBjörn Öberg;Süd\n".encode("cp1252"))
    assert cells(table) == [("Jürgen Åström", "Größe"), ("Björn Öberg", "Süd")]
    assert "cp1252" in table.warnings[0]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimiters_are_detected(delimiter: str) -> None:
    rows = [["Name", "Note"], ["Ada", f'"a{delimiter} b"'], ["Ben", '"two ""quoted"" words"'], ["Cyd", '"two\nlines"']]
    table = read_table("\r\n".join(delimiter.join(row) for row in rows).encode())
    assert cells(table) == [("Ada", f"a{delimiter} b"), ("Ben", 'two "quoted" words'), ("Cyd", "two\nlines")]
    assert [row.number for row in table.rows] == [2, 3, 4]


def test_excels_own_line_about_the_delimiter_counts_as_a_row() -> None:
    table = read_table(b"sep=;\r\nName;Team\r\nAda;Sales\r\n")
    assert table.headings == ["Name", "Team"]
    assert table.rows[0].number == 3


def test_empty_rows_are_left_out_and_numbers_stay() -> None:
    table = read_table(b"\nName,Team\n\n,\nAda,Sales\n")
    assert [(row.number, row.cells) for row in table.rows] == [(5, ("Ada", "Sales"))]


def test_headings_become_unique_and_nameless_columns_are_named() -> None:
    table = read_table(b"Name,Name,,\nAda,B,extra,\n")
    assert table.headings == ["Name", "Name (2)", "Column C"]
    assert "C" in table.warnings[0]


def test_row_with_too_many_cells_is_a_problem_of_that_row() -> None:
    table = read_table(b"Name,Team\nAda,Sales, West\nBen,Sales\n")
    assert [problem.row for problem in table.problems] == [2]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"  \n \n", "empty"),
        (b"Name,Team\n", "no rows"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "PNG"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old", "old Excel"),
        (b"PK\x03\x04 not a workbook", "damaged"),
        (b'Name,Team\n"Ada,Sales\nBen,East', "Row 2"),
        (bytes(range(1, 32)) * 50, "no text"),
        (b"Name,Team\nA\x00da,Sales\n", "no text"),
        (b"Name,Team\n" + b"Ada,Sales\n" * 100 + b"A\x00da,Sales\n", "no text"),
        (b"Name,Team\n" + b"Ada,Sales\n" * 9000 + b"A\x00da,Sales\n", "no text"),
        (b"x" * (10 * 1024 * 1024 + 1), "10 MB"),
        (",".join(["a"] * 101).encode() + b"\n" + ",".join(["b"] * 101).encode(), "100 columns"),
    ],
)
def test_bad_files_are_refused_with_what_to_do(content: bytes, says: str) -> None:
    with pytest.raises(SpreadsheetError, match=says):
        read_table(content, "people.csv")


def test_too_many_rows_are_refused() -> None:
    with pytest.raises(SpreadsheetError, match="50,000 rows"):
        read_table(b"a\n" + b"1\n" * (MAX_ROWS + 1))


def test_workbook_keeps_types_and_takes_the_first_filled_sheet() -> None:
    content = workbook(
        ("Empty", []),
        ("Data", [["Name", "Since", "Share", "Left"], ["Ada", date(2025, 3, 1), 41.5, True], [None, None, None, None]]),
        ("More", [["x"], ["y"]]),
    )
    table = read_table(content, "people.xlsx")
    assert cells(table) == [("Ada", date(2025, 3, 1), Decimal("41.5"), True)]
    assert "Data" in table.warnings[0]


def test_percentages_count_as_people_see_them() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Progress"])
    sheet.append([0.41])
    sheet["A2"].number_format = "0%"
    buffer = io.BytesIO()
    book.save(buffer)
    assert cells(read_table(buffer.getvalue())) == [(Decimal(41),)]


def test_formulas_without_a_value_are_problems_by_row() -> None:
    table = read_table(workbook(("Data", [["Name", "Sum"], ["Ada", "=1+1"], ["Ben", 3], ["=A2", "=B2"]])))
    assert [(problem.row, problem.column) for problem in table.problems] == [(2, "B"), (4, "A"), (4, "B")]
    assert "formula" in table.problems[0].message


def test_zip_bomb_is_refused_unread() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (160 * 1024 * 1024))
    assert len(buffer.getvalue()) < 1_000_000
    with pytest.raises(SpreadsheetError, match="too large once unpacked"):
        read_table(buffer.getvalue())


def test_entities_are_never_expanded() -> None:
    content = workbook(("Data", [["Name"], ["Ada"]]))
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "boom">]><worksheet><sheetData/></worksheet>'
    source, buffer = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in source.namelist():
            archive.writestr(name, bomb if name == "xl/worksheets/sheet1.xml" else source.read(name))
    with pytest.raises(SpreadsheetError, match="damaged"):
        read_table(buffer.getvalue())


def test_zip_that_is_no_workbook_is_named() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("readme.txt", "hello")
    with pytest.raises(SpreadsheetError, match="no Excel workbook"):
        read_table(buffer.getvalue())


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("41,5", "41.5"),
        ("41.5", "41.5"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("12 %", "12"),
        ("€ 3", "3"),
        ("-7", "-7"),
        ("1 250", "1250"),
        (Decimal(3), "3"),
    ],
)
@pytest.mark.parametrize("language", ["en", "de", "sv"])
def test_numbers(cell: Cell, number: str, language: str) -> None:
    with translation.override(language):
        assert as_number(cell) == Decimal(number)


@pytest.mark.parametrize("cell", ["many", "12 apples", "%", True, "1.2.3"])
def test_no_numbers(cell: Cell) -> None:
    with pytest.raises(ValueError):
        as_number(cell)


def test_other_cells() -> None:
    assert as_number("  ") is None
    assert as_text(Decimal("3.00")) == "3"
    assert as_text(date(2025, 1, 2)) == "2025-01-02"
    assert [
        as_date(text) for text in ("2025-12-31", "31.12.2025", "31/12/2025", "12/31/2025", "2025-12-31T10:00:00")
    ] == [date(2025, 12, 31)] * 5
    assert as_date("") is None
    assert [as_flag(text) for text in ("Ja", "x", "nej", "")] == [True, True, False, None]
    with pytest.raises(ValueError, match="2025-12-31"):
        as_date("31. Dezember")


FIELDS = [
    Field("name", "Name", ("Vollständiger Name", "Namn"), required=True),
    Field("email", "E-mail address", ("E-Mail", "E-post")),
    Field("team", "Team", ("Abteilung", "Avdelning")),
    Field("manager", "Manager", ("Vorgesetzte", "Chef")),
]


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (["Name", "E-Mail", "Team"], {"name": "Name", "email": "E-Mail", "team": "Team"}),
        (["vollstaendiger name", "NAMN", "e-post"], {"name": "NAMN", "email": "e-post"}),
        (["Team lead name", "Team", "Full Name"], {"team": "Team", "name": "Team lead name"}),
        (["E-post (arbete)", "Chef"], {"email": "E-post (arbete)", "manager": "Chef"}),
        (["Foo", "Bar"], {}),
    ],
)
def test_columns_are_guessed(headings: list[str], expected: dict[str, str]) -> None:
    assert guess_mapping(headings, FIELDS) == expected


def test_records_follow_the_mapping() -> None:
    table = read_table(b"A,B\n x , y\n")
    assert table.records({"name": "A", "gone": "Z"}) == [(2, {"name": "x"})]


def test_written_files_can_be_read_and_carry_no_formula() -> None:
    rows = [["=HYPERLINK(1)", "Åsa"], ["+1", "b"]]
    from_xlsx = read_table(write_xlsx(["Näme", "B"], rows, title="a/b:c"))
    assert cells(from_xlsx) == [("=HYPERLINK(1)", "Åsa"), ("+1", "b")]
    assert from_xlsx.problems == []
    written = write_csv(["Näme", "B"], rows)
    assert written.decode("utf-8-sig").splitlines()[1:] == ["'=HYPERLINK(1),Åsa", "'+1,b"]
    assert cells(read_table(written)) == [("=HYPERLINK(1)", "Åsa"), ("+1", "b")]


@pytest.mark.parametrize("text", ["%", "=1+1", "+49 30 1234", "-x", "@home", "|a|b", "'quoted'", "it's", "-5,5"])
def test_what_is_written_is_read_again(text: str) -> None:
    """The guard against formulas that a file is written with is taken off again."""
    table = read_table(write_csv(["Unit", "Other"], [[text, "x"]]))
    assert table.rows[0].cells == (text, "x")
