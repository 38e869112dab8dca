"""The labelled sentences of corpus.csv, written by us.

Two halves: `dev` was looked at while the rules were made; `held` was written before them and looked at once, when
they stood. `hard` marks what fools a list of words: activity words inside outcomes, "and" in noun phrases,
number words, targets of zero.
"""

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from okrs.quality import Kind, Statement, check

FILE = Path(__file__).with_name("corpus.csv")


@dataclass(frozen=True)
class Labelled:
    """A statement and the codes that belong to it."""

    half: str
    statement: Statement
    codes: frozenset[str]
    is_hard: bool

    @property
    def language(self) -> str:
        return self.statement.language

    @property
    def found(self) -> frozenset[str]:
        return frozenset(finding.code.value for finding in check(self.statement))


def corpus() -> list[Labelled]:
    """Return all labelled statements."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return [_labelled(row) for row in csv.DictReader(file, delimiter=";")]


def _labelled(row: dict[str, str]) -> Labelled:
    statement = Statement(
        Kind(row["kind"]),
        row["title"],
        row["language"],
        row["metric"],
        _number(row["start"]),
        _number(row["target"]),
    )
    return Labelled(row["half"], statement, frozenset(row["findings"].split()), row["hard"] == "x")


def _number(text: str) -> Decimal | None:
    return Decimal(text.replace(",", ".")) if text else None


@dataclass(frozen=True)
class Score:
    """How often what was found is right (precision), and how much of what there is was found (recall)."""

    precision: float
    recall: float
    expected: int


def scores(examples: Iterable[Labelled]) -> dict[str, Score]:
    """Return the score of each code, and of all together under "all"."""
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for example in examples:
        found = example.found
        for code in found | example.codes:
            counter = right if code in found & example.codes else wrong if code in found else missed
            counter[code] += 1
            counter["all"] += 1
    return {
        code: Score(
            right[code] / max(1, right[code] + wrong[code]),
            right[code] / max(1, right[code] + missed[code]),
            right[code] + missed[code],
        )
        for code in sorted(right.keys() | wrong.keys() | missed.keys())
    }
