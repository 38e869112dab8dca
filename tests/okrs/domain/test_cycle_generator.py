"""The cycles of a whole year."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import pairwise

import pytest

from okrs.calendar import period_containing, usual_days
from okrs.domain.cycle_generator import generate_cycles
from okrs.enums import CycleLength, Phase
from okrs.models import Cycle
from organizations.actor import Actor
from organizations.enums import Via
from organizations.errors import Refused
from organizations.models import OrganizationSettings
from tests.factories.okrs import CycleFactory
from tests.factories.worlds import World, within

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _inside(world: World) -> Iterator[None]:
    with within(world.organization):
        yield


@pytest.fixture
def actor(world: World) -> Actor:
    return Actor(world.plo, via=Via.WEB)


@pytest.mark.parametrize(
    ("length", "names"),
    [
        (CycleLength.QUARTER, ["2027", "Q1 2027", "Q2 2027", "Q3 2027", "Q4 2027"]),
        (CycleLength.TERTIAL, ["2027", "T1 2027", "T2 2027", "T3 2027"]),
        (CycleLength.HALF_YEAR, ["2027", "H1 2027", "H2 2027"]),
        (CycleLength.YEAR, ["2027"]),
        (CycleLength.MONTH, ["2027", *(f"2027-{month:02d}" for month in range(1, 13))]),
    ],
)
def test_a_year_of_each_length(actor: Actor, length: str, names: list[str]) -> None:
    made = generate_cycles(actor=actor, day=date(2027, 5, 5), length=length, now=NOW)
    assert [cycle.name for cycle in made] == names
    parts = made[1:] or made
    assert (parts[0].starts_on, parts[-1].ends_on) == (date(2027, 1, 1), date(2027, 12, 31))
    for one, after in pairwise(parts):
        assert (after.starts_on - one.ends_on).days == 1
    assert {cycle.phase for cycle in made} == {Phase.PLANNED}
    assert all(cycle.running_on == cycle.starts_on for cycle in made)


def test_a_fiscal_year_begins_in_its_own_month(actor: Actor) -> None:
    OrganizationSettings.objects.update(fiscal_year_start=4)
    made = generate_cycles(actor=actor, day=date(2027, 4, 1), length=CycleLength.HALF_YEAR, with_year=False, now=NOW)
    assert [(cycle.name, cycle.starts_on, cycle.ends_on) for cycle in made] == [
        ("H1 FY28", date(2027, 4, 1), date(2027, 9, 30)),
        ("H2 FY28", date(2027, 10, 1), date(2028, 3, 31)),
    ]


def test_what_exists_is_left_alone_and_twice_says_so(actor: Actor) -> None:
    CycleFactory.create(name="First three months", starts_on=date(2027, 1, 1), ends_on=date(2027, 3, 31))
    CycleFactory.create(name="Q2 2027", starts_on=date(2027, 4, 5), ends_on=date(2027, 6, 20))
    made = generate_cycles(actor=actor, day=date(2027, 1, 1), length=CycleLength.QUARTER, now=NOW)
    assert [cycle.name for cycle in made] == ["2027", "Q3 2027", "Q4 2027"]
    with pytest.raises(Refused, match="exist already"):
        generate_cycles(actor=actor, day=date(2027, 12, 31), length=CycleLength.QUARTER, now=NOW)
    assert Cycle.objects.filter(starts_on__year=2027).count() == 5


@pytest.mark.parametrize("length", [one for one in CycleLength if one != CycleLength.OWN])
def test_usual_days_come_in_order_and_leave_time_to_run(length: str) -> None:
    period = period_containing(date(2027, 2, 10), length)
    days = usual_days(period.starts_on, period.ends_on)
    assert list(days.values()) == sorted(days.values())
    assert days["drafting_on"] < days["aligning_on"] < period.starts_on == days["running_on"]
    assert days["reviewing_on"] <= period.ends_on < days["closing_on"]
    assert (days["reviewing_on"] - days["running_on"]).days * 2 > (period.ends_on - period.starts_on).days


def test_usual_days_of_a_quarter() -> None:
    assert usual_days(date(2027, 1, 1), date(2027, 3, 31)) == {
        "drafting_on": date(2026, 12, 4),
        "aligning_on": date(2026, 12, 22),
        "running_on": date(2027, 1, 1),
        "reviewing_on": date(2027, 3, 25),
        "closing_on": date(2027, 4, 14),
    }


@pytest.mark.parametrize("days", [1, 2, 5, 14])
def test_usual_days_of_a_very_short_cycle(days: int) -> None:
    start, end = date(2027, 1, 1), date(2027, 1, days)
    found = list(usual_days(start, end).values())
    assert found == sorted(found)
