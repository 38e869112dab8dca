"""Files that are wrong: a sentence for each problem, by row and column, and nothing written."""

import io
import zipfile
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from okrs.enums import Phase
from okrs.models import Cycle, ImportedRow, Objective
from organizations.enums import Role
from organizations.models import AuditEntry, ImportRun, Membership, Team
from organizations.spreadsheets import MAX_BYTES, MAX_ROWS, SpreadsheetError, read_table
from tests.factories.okrs import CycleFactory
from tests.factories.roles import RoleAssignmentFactory
from tests.factories.worlds import World, client_of, within
from tests.okrs.importers.running import HEADINGS, Row, as_csv, changed, counts, kr, row, run_import, small_file

Expected = list[tuple[int | None, str, str]]


def _circle() -> list[Row]:
    return [row("1", "3"), row("2", "1"), row("3", "2")]


# Rows, and what is said about them: (row of the file, column, a part of the message).
ROWS: dict[str, tuple[Callable[[], list[Row]], Expected]] = {
    "unknown parent": (
        lambda: [row("1"), row("2", "99")],
        [(3, "Parent", "no row with the reference 99")],
    ),
    "parent after child": (
        lambda: [row("1", "2"), row("2")],
        [(2, "Parent", "The parent 2 comes later, in row 3")],
    ),
    "circle": (
        _circle,
        [
            (2, "Parent", "The parents form a circle: 1 → 3 → 2 → 1"),
            (3, "Parent", "2 → 1 → 3 → 2"),
            (4, "Parent", "3 → 2 → 1 → 3"),
        ],
    ),
    "its own parent": (lambda: [row("1", "1")], [(2, "Parent", "1 → 1")]),
    "reference twice": (
        lambda: [row("1"), row("2"), row("1")],
        [(4, "Ref", "The reference 1 was used in row 2 already")],
    ),
    "reference twice beside other problems": (
        lambda: [row("1", Title=""), row("1", Level="Galaxy")],
        [
            (2, "Title", "The title is missing"),
            (3, "Level", "“Galaxy” is no level"),
            (3, "Ref", "The reference 1 was used in row 2 already"),
        ],
    ),
    "key result below a key result": (
        lambda: [row("1"), kr("2", "1"), kr("3", "2")],
        [(4, "Parent", "A key result belongs to an objective, and 2 is a key result")],
    ),
    "key result below nothing": (lambda: [kr("1", "")], [(2, "Parent", "needs the objective it belongs to")]),
    "neither objective nor key result": (
        lambda: [row("1"), row("2", "1", Type="Wish")],
        [(3, "Type", "“Wish” is neither an objective nor a key result")],
    ),
    "no type": (lambda: [row("1", Type="")], [(2, "Type", "Say whether the row is an objective")]),
    "no level of ours": (lambda: [row("1", Level="Galaxy")], [(2, "Level", "“Galaxy” is no level")]),
    "no reference": (lambda: [row("")], [(2, "Ref", "no reference")]),
    "no title": (lambda: [row("1", Title="")], [(2, "Title", "The title is missing")]),
    "long title": (lambda: [row("1", Title="x" * 501)], [(2, "Title", "longer than 500 characters")]),
    "no cycle": (lambda: [row("1", Cycle="")], [(2, "Cycle", "The cycle is missing")]),
    "no number": (
        lambda: [row("1"), kr("2", "1", "nearly"), kr("3", "1", "9" * 16)],
        [(3, "Progress %", "“nearly” is not a number"), (4, "Progress %", "too large")],
    ),
    "no day": (
        lambda: [row("1", **{"Start date": "soon", "End date": "2020-02-31"})],
        [(2, "End date", "“2020-02-31” is not a date"), (2, "Start date", "“soon” is not a date")],
    ),
    "days the wrong way round": (
        lambda: [row("1", **{"Start date": "2020-06-30", "End date": "2020-04-01"})],
        [(2, "End date", "The last day must come after the first")],
    ),
    "days that differ within a cycle": (
        lambda: [row("1"), row("2", **{"End date": "2020-07-31"})],
        [(3, "Start date", "The days differ")],
    ),
    "a new cycle without days": (
        lambda: [row("1", **{"Start date": "", "End date": ""})],
        [(2, "Cycle", "“2031-Q2” does not exist yet, so its first and last day are needed")],
    ),
    "a team's objective without a team": (lambda: [row("1", Team="")], [(2, "Team", "needs a team")]),
    "individual OKRs turned off": (
        lambda: [row("1", Level="Individual")],
        [(2, "Level", "Individual OKRs are turned off")],
    ),
    "rows below a wrong one are not blamed": (
        lambda: [row("1", Type="Wish"), row("2", "1"), kr("3", "2")],
        [(2, "Type", "neither")],
    ),
    "everything of a row at once": (
        lambda: [row("1", Type="Wish", Title="", **{"Progress %": "many"})],
        [(2, "Progress %", "many"), (2, "Title", "missing"), (2, "Type", "Wish")],
    ),
}


def _state(world: World) -> tuple[int, ...]:
    with within(world.organization):
        models = (Objective, ImportedRow, Cycle, Team, Membership, AuditEntry)
        return tuple(model.objects.count() for model in models)


@pytest.mark.parametrize("name", ROWS)
def test_each_problem_is_named_by_its_row(world: World, name: str) -> None:
    rows, expected = ROWS[name]
    before = _state(world)
    for dry_run in (True, False):
        outcome = run_import(world, as_csv(rows()), dry_run=dry_run)
        found = [(problem.row, problem.column, problem.message) for problem in outcome.problems]
        assert [one[:2] for one in found] == [one[:2] for one in expected], found
        assert all(part in message for (*_place, message), (*_, part) in zip(found, expected, strict=True)), found
    assert _state(world) == before


def test_missing_columns_are_named(world: World) -> None:
    """The columns that must be there are asked for by their names, once."""
    rows = [row("1")]
    headings = [name for name in HEADINGS if name not in ("Ref", "Title", "Type")]
    outcome = run_import(world, as_csv(rows, headings))
    (problem,) = outcome.problems
    assert problem.row is None
    assert "“Reference”, “Type”, “Title”" in problem.message


def test_columns_that_may_be_missing(world: World) -> None:
    """Without owners, levels, notes and progress there are still OKRs."""
    rows = [row("1", Level="", Owner=""), kr("2", "1", Level="", Owner="")]
    outcome = run_import(
        world, as_csv(rows, ["Ref", "Parent", "Type", "Team", "Title", "Cycle", "Start date", "End date"])
    )
    assert counts(outcome) == (2, 0, 0)


def test_a_closed_cycle_takes_new_and_changed_rows_no_more(world: World) -> None:
    """What is unchanged is no problem; what would be written is."""
    run_import(world, as_csv(small_file()))
    with within(world.organization):
        Cycle.objects.filter(name="2031-Q2").update(phase=Phase.CLOSED)
    assert counts(run_import(world, as_csv(small_file()))) == (0, 0, 10)
    rows = [*changed(small_file(), "3", Progress="260"), row("11")]
    outcome = run_import(world, as_csv(rows))
    assert [(one.row, one.column) for one in outcome.problems] == [(4, "Cycle"), (12, "Cycle")]
    assert "“2031-Q2” is closed" in outcome.problems[0].message
    with within(world.organization):
        CycleFactory.create(name="2031-Q4", phase=Phase.CLOSED)
    (problem,) = run_import(world, as_csv([row("1", Cycle="2031-Q4")])).problems
    assert problem.row == 2


def test_a_reference_that_became_another_type(world: World) -> None:
    run_import(world, as_csv(small_file()))
    (problem,) = run_import(world, as_csv(changed(small_file(), "9", Type="Objective"))).problems
    assert (problem.row, problem.column) == (10, "Type")


def test_one_wrong_row_stops_all(world: World) -> None:
    """All or nothing: nine good rows are not written for the sake of the tenth, neither new nor changed."""
    run_import(world, as_csv(small_file()))
    before = _state(world)
    rows = [*changed(small_file(), "2", Title="Better"), row("11"), kr("12", "7")]
    outcome = run_import(world, as_csv(rows))
    assert [problem.row for problem in outcome.problems] == [13]
    assert _state(world) == before


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig", "utf-16-le"])
def test_other_encodings_are_read(world: World, encoding: str) -> None:
    """Whatever a spreadsheet program writes: the names come out right, a guess is mentioned."""
    text = as_csv([row("1", Team="Küche", Owner="Åsa Öberg", Title="Größere Töpfe für alle Gäste")]).decode()
    outcome = run_import(world, text.encode(encoding))
    assert counts(outcome) == (1, 0, 0)
    with within(world.organization):
        assert Team.objects.filter(name="Küche").exists()
        assert Membership.objects.filter(display_name="Åsa Öberg").exists()
    assert bool(outcome.warnings) == (encoding == "cp1252")


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_other_delimiters_are_read(world: World, delimiter: str) -> None:
    assert counts(run_import(world, as_csv(small_file(), delimiter=delimiter))) == (10, 0, 0)


def _png() -> bytes:
    return b"\x89PNG\r\n\x1a\n" + bytes(2000)


def _formulas() -> bytes:
    """A workbook as a program writes it that never computed its formulas."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADINGS)
    for number in range(2, 40):
        sheet.append([f"=A{number}+1", "", "Objective", "Team", "=B1", "", "=C1", "Q", "2020-01-01", "2020-02-01"])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _no_workbook() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("readme.txt", "nothing")
    return buffer.getvalue()


# File name, content, a part of what is said.
UNREADABLE: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "empty": ("okrs.csv", lambda: b"", "empty"),
    "blank": ("okrs.csv", lambda: b"\n , \n\n", "empty"),
    "only headings": ("okrs.csv", lambda: as_csv([]), "headings, but no rows"),
    "renamed PNG": ("okrs.csv", _png, "PNG"),
    "renamed PNG as workbook": ("okrs.xlsx", _png, "PNG"),
    "ZIP that is no workbook": ("okrs.xlsx", _no_workbook, "no Excel workbook"),
    "damaged workbook": ("okrs.xlsx", lambda: b"PK\x03\x04" + bytes(300), "damaged"),
    "no text at all": ("okrs.csv", lambda: bytes(range(1, 32)) * 200, "no text"),
    "over 10 MB": ("okrs.csv", lambda: as_csv([row("1")]) + b"," * (MAX_BYTES + 1), "larger than 10 MB"),
    "too many rows": (
        "okrs.csv",
        lambda: b"Ref,Type,Title,Cycle\n" + b"".join(b"%d,O,x,Q\n" % number for number in range(MAX_ROWS + 1)),
        "more than 50,000 rows",
    ),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_files_that_cannot_be_read_say_why(name: str) -> None:
    file_name, content, part = UNREADABLE[name]
    with pytest.raises(SpreadsheetError) as raised:
        read_table(content(), file_name)
    assert part in str(raised.value)


@pytest.mark.parametrize("name", UNREADABLE)
def test_the_upload_says_it_at_the_file(world: World, name: str) -> None:
    """422, the sentence at the field, no import begun."""
    file_name, content, part = UNREADABLE[name]
    address = reverse("organizations:import_upload", args=[world.organization.slug, "okrs"])
    _make_plo(world)
    response = client_of(world.administrator).post(address, {"file": SimpleUploadedFile(file_name, content())})
    assert response.status_code == 422
    assert part in response.content.decode()
    with within(world.organization):
        assert not ImportRun.objects.filter(kind="okrs", file_name=file_name).exclude(pk=world.import_run.pk).exists()


def test_a_workbook_full_of_formulas(world: World) -> None:
    """A formula nobody computed is a problem of its cell, with what to do about it."""
    before = _state(world)
    outcome = run_import(world, _formulas(), name="okrs.xlsx")
    assert len(outcome.problems) == 38 * 3
    assert {problem.row for problem in outcome.problems} == set(range(2, 40))
    assert "The formula in A2 has no stored value" in outcome.problems[0].message
    assert _state(world) == before


def _make_plo(world: World) -> None:

    with within(world.organization):
        RoleAssignmentFactory.create(membership=world.administrator, role=Role.PLO)
