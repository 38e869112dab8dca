"""What is wrong with a matrix: arithmetic on letters, without Django.

An activity needs exactly one who is accountable and at least one who does the work. Somebody who is responsible or
accountable for too much of the process is where it will stop: more than OVERLOAD_SHARE of all activities, and at least
OVERLOAD_LEAST of them, so that a matrix of few rows does not complain. Two in five is what remains sensible when six
parties share the work: an even share would be one in six.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

OVERLOAD_SHARE = 0.4
OVERLOAD_LEAST = 8

ACCOUNTABLE = "A"
RESPONSIBLE = "R"
# What a cell may hold, in the order in which they are offered. Who answers for something may also do it.
CELLS = ("", "R", "A", "AR", "C", "I")


class Kind(Enum):
    """What there is to say."""

    NO_ACCOUNTABLE = "no_accountable"
    SEVERAL_ACCOUNTABLE = "several_accountable"
    NO_RESPONSIBLE = "no_responsible"
    OVERLOAD = "overload"


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the matrix: the letters of each column that has some."""

    ref: str
    letters: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Found:
    """One finding: in a row or in a column; `columns` are those it is about, `count` of `total` rows an overload."""

    kind: Kind
    row: str = ""
    columns: tuple[str, ...] = ()
    count: int = 0
    total: int = 0


def find(lines: Sequence[Line], columns: Sequence[str]) -> list[Found]:
    """Return everything that is wrong, row by row in their order, then column by column."""
    found = [one for line in lines for one in _of_row(line, columns)]
    return found + [one for column in columns if (one := _of_column(column, lines)) is not None]


def cell_of(text: str) -> str | None:
    """Return letters in any order, case and spelling ("r/a") as a cell holds them; None for what is no cell."""
    letters = "".join(sorted(char for char in text.upper() if char not in " /,+"))
    return letters if letters in CELLS else None


def _of_row(line: Line, columns: Sequence[str]) -> list[Found]:
    accountable = tuple(column for column in columns if ACCOUNTABLE in line.letters.get(column, ""))
    found = []
    if not accountable:
        found.append(Found(Kind.NO_ACCOUNTABLE, row=line.ref))
    elif len(accountable) > 1:
        found.append(Found(Kind.SEVERAL_ACCOUNTABLE, row=line.ref, columns=accountable))
    if not any(RESPONSIBLE in line.letters.get(column, "") for column in columns):
        found.append(Found(Kind.NO_RESPONSIBLE, row=line.ref))
    return found


def _of_column(column: str, lines: Sequence[Line]) -> Found | None:
    count = sum(1 for line in lines if {ACCOUNTABLE, RESPONSIBLE} & set(line.letters.get(column, "")))
    if count < OVERLOAD_LEAST or count <= OVERLOAD_SHARE * len(lines):
        return None
    return Found(Kind.OVERLOAD, columns=(column,), count=count, total=len(lines))
