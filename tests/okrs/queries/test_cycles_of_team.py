"""Which cycle a team's page opens with."""

from datetime import date
from uuid import uuid4

import pytest

from okrs.enums import Phase
from okrs.models import Cycle
from okrs.queries.cycles_of_team import chosen

TODAY = date(2026, 11, 23)
QUARTER = (date(2026, 10, 1), date(2026, 12, 31))
YEAR = (date(2026, 1, 1), date(2026, 12, 31))
NEXT = (date(2027, 1, 1), date(2027, 3, 31))
LAST = (date(2026, 7, 1), date(2026, 9, 30))
LONG_AGO = (date(2019, 11, 1), date(2020, 1, 31))


def a_cycle(name: str, days: tuple[date, date], phase: str = Phase.RUNNING, *, filled: bool = False) -> Cycle:
    cycle = Cycle(name=name, starts_on=days[0], ends_on=days[1], phase=phase)
    cycle.has_objectives = filled
    return cycle


@pytest.mark.parametrize(
    ("cycles", "expected"),
    [
        ([a_cycle("quarter", QUARTER, filled=True), a_cycle("year", YEAR, filled=True)], "quarter"),
        ([a_cycle("quarter", QUARTER), a_cycle("year", YEAR, filled=True)], "year"),
        # An import of old OKRs runs, although its days are over: that is what there is to see.
        ([a_cycle("quarter", QUARTER), a_cycle("import", LONG_AGO, filled=True)], "import"),
        ([a_cycle("quarter", QUARTER), a_cycle("year", YEAR), a_cycle("next", NEXT, Phase.DRAFTING)], "quarter"),
        ([a_cycle("next", NEXT, Phase.DRAFTING), a_cycle("last", LAST, Phase.CLOSED, filled=True)], "next"),
        ([a_cycle("ages", LONG_AGO, Phase.CLOSED, filled=True), a_cycle("last", LAST, Phase.CLOSED)], "ages"),
        ([a_cycle("ages", LONG_AGO, Phase.CLOSED), a_cycle("last", LAST, Phase.CLOSED)], "last"),
    ],
)
def test_the_cycle_one_means(cycles: list[Cycle], expected: str) -> None:
    found = chosen(cycles, None, TODAY)
    assert found is not None
    assert found.name == expected


def test_the_cycle_one_asks_for() -> None:
    quarter, year = a_cycle("quarter", QUARTER, filled=True), a_cycle("year", YEAR)
    assert chosen([quarter, year], year.pk, TODAY) is year
    assert chosen([quarter, year], uuid4(), TODAY) is quarter
    assert chosen([], None, TODAY) is None
