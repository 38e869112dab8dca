"""What is found in a matrix, by hand, and that ours is without fault."""

import pytest

from roles.enums import Party, RaciPhase
from roles.raci.default import DEFAULT
from roles.raci.findings import CELLS, Found, Kind, Line, cell_of, find

COLUMNS = ["plo", "coach", "lead"]


def found(*cells: dict[str, str]) -> list[Found]:
    return find([Line(str(index), letters) for index, letters in enumerate(cells)], COLUMNS)


@pytest.mark.parametrize(
    ("letters", "expected"),
    [
        ({"plo": "A", "coach": "R"}, []),
        ({"plo": "AR"}, []),
        ({"plo": "A", "coach": "R", "lead": "R"}, []),
        ({"coach": "R"}, [Found(Kind.NO_ACCOUNTABLE, row="0")]),
        ({"plo": "A", "lead": "C"}, [Found(Kind.NO_RESPONSIBLE, row="0")]),
        ({"plo": "A", "coach": "AR"}, [Found(Kind.SEVERAL_ACCOUNTABLE, row="0", columns=("plo", "coach"))]),
        ({"plo": "I"}, [Found(Kind.NO_ACCOUNTABLE, row="0"), Found(Kind.NO_RESPONSIBLE, row="0")]),
        # A column that is no longer there counts for nobody.
        ({"gone": "AR"}, [Found(Kind.NO_ACCOUNTABLE, row="0"), Found(Kind.NO_RESPONSIBLE, row="0")]),
    ],
)
def test_a_row(letters: dict[str, str], expected: list[Found]) -> None:
    assert found(letters) == expected


@pytest.mark.parametrize(
    ("busy", "total", "is_too_much"),
    [(8, 19, True), (8, 20, False), (7, 7, False), (8, 8, True), (9, 20, True), (16, 40, False), (17, 40, True)],
)
def test_too_much_is_more_than_two_in_five_and_at_least_eight(busy: int, total: int, is_too_much: bool) -> None:
    rows = [{"plo": "AR"}] * busy + [{"coach": "A", "lead": "R"}] * (total - busy)
    about_plo = [one for one in found(*rows) if one.columns == ("plo",)]
    assert about_plo == ([Found(Kind.OVERLOAD, columns=("plo",), count=busy, total=total)] if is_too_much else [])


def test_being_asked_or_told_is_no_load() -> None:
    assert found(*[{"plo": "C", "coach": "AR" if index % 3 else "I", "lead": "AR" if not index % 3 else "I"}
                   for index in range(9)]) == []  # fmt: skip


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("", ""),
        ("r", "R"),
        ("RA", "AR"),
        ("a/r", "AR"),
        ("C", "C"),
        ("CR", None),
        ("AA", None),
        ("X", None),
        ("ACI", None),
    ],
)
def test_letters_of_a_cell(text: str, cell: str | None) -> None:
    assert cell_of(text) == cell


def test_ours_covers_every_phase_and_finds_nothing_in_itself() -> None:
    keys = [row.key for row in DEFAULT]
    assert len(set(keys)) == len(keys) >= 30
    assert {row.phase for row in DEFAULT} == set(RaciPhase)
    assert all(letters in CELLS for row in DEFAULT for letters in row.letters.values())
    lines = [Line(row.key, row.letters) for row in DEFAULT]
    assert find(lines, list(Party)) == []
