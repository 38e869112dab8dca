"""Running the importer of OKRs as its callers do, and files to run it on."""

import csv
import io
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from okrs.importers.okrs import OKRImporter
from organizations.actor import Actor
from organizations.domain.imports import execute
from organizations.enums import Via
from organizations.importers.contract import Outcome
from organizations.spreadsheets import guess_mapping, read_table, write_xlsx
from tests.factories.worlds import World, within

HEADINGS = [
    "Ref", "Parent", "Type", "Level", "Team", "Owner", "Title", "Cycle", "Start date", "End date", "Progress %", "Note",
]  # fmt: skip
# Beside the checkout, on a machine that builds and on one that develops.
REAL_FILE = Path(__file__).resolve().parents[4] / "shared" / "data" / "gitlab-fy20-q4.csv"

Row = dict[str, str]


def real_file() -> bytes:
    """Return the file the import is measured with; where it may be missing, the test is skipped."""
    if REAL_FILE.exists():
        return REAL_FILE.read_bytes()
    if os.environ.get("OKRAPP_CI") == "1":
        pytest.fail(f"{REAL_FILE} is missing")
    pytest.skip(f"{REAL_FILE} is not on this machine")


def row(ref: str, parent: str = "", *, kind: str = "Objective", **cells: str) -> Row:
    """Return a row of a team's objective, or with `kind="Key result"` a key result, in a cycle long over."""
    base = dict.fromkeys(HEADINGS, "")
    base |= {
        "Ref": ref, "Parent": parent, "Type": kind, "Level": "Team", "Team": "Harbour", "Owner": "Pilot",
        "Title": f"{kind} {ref}", "Cycle": "2031-Q2", "Start date": "2020-04-01", "End date": "2020-06-30",
    }  # fmt: skip
    return base | {name.replace("_", " "): value for name, value in cells.items()}


def kr(ref: str, parent: str, progress: str = "", note: str = "", **cells: str) -> Row:
    """Return a row of a key result."""
    return row(ref, parent, kind="Key result", **{"Progress %": progress, "Note": note, **cells})


def changed(rows: Sequence[Row], ref: str, **cells: str) -> list[Row]:
    """Return the rows with cells of one of them changed; an underscore in a name is a space."""
    new = {name.replace("_", " ").replace("Progress", "Progress %"): value for name, value in cells.items()}
    assert any(one["Ref"] == ref for one in rows)
    return [one | new if one["Ref"] == ref else one for one in rows]


def small_file() -> list[Row]:
    """Return rows in the shape of the real file: seven levels, objectives below key results, messy progress."""
    return [
        row("1", Level="Company", Team="Fleet", Owner="Admiral", Title="A calm sea"),
        row("2", "1", Team="Harbour", Owner="Pilot", **{"Progress %": "40", "Note": "Half of it is done."}),
        kr("3", "2", "250", "More boats than berths."),
        kr("4", "2", note="Nothing counted yet."),
        row("5", "3", Team="VP, Docks", Owner="Dockhand"),
        row("6", "5", Team="VP Docks", Owner="Dockhand"),
        kr("7", "6", "12.5"),
        row("8", "7", Team="Ropes", Owner="Rigger", **{"Progress %": "90", "Note": "Told at the quay."}),
        kr("9", "8"),
        row("10", "1", Team="Ropes", Owner="Rigger", Title="A calm sea", **{"Progress %": "70", "Note": "By word."}),
    ]


def as_csv(rows: Iterable[Mapping[str, str]], headings: Sequence[str] = HEADINGS, delimiter: str = ",") -> bytes:
    """Return rows as a CSV file."""
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, headings, delimiter=delimiter, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue().encode()


def as_xlsx(content: bytes) -> bytes:
    """Return a CSV file as a workbook, numbers and days as such."""
    headings, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    progress = headings.index("Progress %")
    typed = [
        [float(cell) if index == progress and cell else cell for index, cell in enumerate(cells)] for cells in rows
    ]
    return write_xlsx(headings, typed)


def run_import(
    world: World,
    content: bytes,
    options: dict[str, Any] | None = None,
    *,
    dry_run: bool = False,
    name: str = "okrs.csv",
) -> Outcome:
    """Import a file into a world's organization as its administrator."""
    importer = OKRImporter()
    table = read_table(content, name)
    with within(world.organization):
        return execute(
            importer=importer,
            actor=Actor(world.administrator, via=Via.IMPORT),
            table=table,
            mapping=guess_mapping(table.headings, importer.fields()),
            options=options or {},
            dry_run=dry_run,
        )


def counts(outcome: Outcome) -> tuple[int, int, int]:
    """Return rows created, updated and unchanged; fails on problems."""
    assert [(problem.row, problem.column, problem.message) for problem in outcome.problems] == []
    return outcome.created, outcome.updated, outcome.unchanged
