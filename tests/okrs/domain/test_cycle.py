"""Making cycles and moving them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from okrs.domain.cycle import archive_cycle, create_cycle, edit_cycle, restore_cycle
from okrs.enums import Phase
from okrs.models import CycleTeam
from organizations.actor import Actor
from organizations.enums import Via
from organizations.errors import Refused
from organizations.models import AuditEntry
from tests.factories.worlds import World, within

Q1 = {"name": "Q1 2027", "starts_on": date(2027, 1, 1), "ends_on": date(2027, 3, 31)}


@pytest.fixture(autouse=True)
def _inside(world: World) -> Iterator[None]:
    with within(world.organization):
        yield


@pytest.fixture
def actor(world: World) -> Actor:
    return Actor(world.plo, via=Via.WEB)


def test_a_cycle_for_all_or_for_some(actor: Actor, world: World) -> None:
    for_all = create_cycle(actor=actor, **Q1)
    assert (for_all.for_all_teams, for_all.phase, for_all.days) == (True, Phase.PLANNED, 90)
    for_some = create_cycle(actor=actor, **{**Q1, "name": "Pilot"}, teams=[world.team])
    assert not for_some.for_all_teams
    assert [row.team for row in CycleTeam.objects.filter(cycle=for_some)] == [world.team]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "Cycle of Acme"}, "name"),
        ({"ends_on": date(2027, 1, 1)}, "ends_on"),
        ({"ends_on": date(2026, 1, 1)}, "ends_on"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_field(actor: Actor, values: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as caught:
        create_cycle(actor=actor, **{**Q1, **values})
    assert list(caught.value.error_dict) == [field]


def test_who_takes_part_can_change(actor: Actor, world: World) -> None:
    cycle = create_cycle(actor=actor, **Q1, teams=[world.team])
    edit_cycle(actor=actor, cycle=cycle, changes={"name": "Spring"}, teams=[world.root_team])
    assert [row.team for row in CycleTeam.objects.filter(cycle=cycle)] == [world.root_team]
    entry = AuditEntry.objects.filter(object_id=str(cycle.pk), verb="changed").get()
    assert entry.after == {"name": "Spring", "teams_added": [world.root_team.name]}
    edit_cycle(actor=actor, cycle=cycle, changes={"for_all_teams": True})
    assert not CycleTeam.objects.filter(cycle=cycle).exists()


def test_a_cycle_with_objectives_stays(actor: Actor, world: World) -> None:
    with pytest.raises(Refused, match="has objectives"):
        archive_cycle(actor=actor, cycle=world.cycle)


def test_an_archived_cycle_comes_back_unless_its_name_is_taken(actor: Actor) -> None:
    cycle = create_cycle(actor=actor, **Q1)
    archive_cycle(actor=actor, cycle=cycle)
    again = create_cycle(actor=actor, **Q1)
    with pytest.raises(Refused, match="this name"):
        restore_cycle(actor=actor, cycle=cycle)
    archive_cycle(actor=actor, cycle=again)
    assert restore_cycle(actor=actor, cycle=cycle).archived_at is None


def test_days_of_phases_stand_in_their_order(actor: Actor) -> None:
    days = {"drafting_on": date(2026, 12, 4), "running_on": date(2026, 12, 3)}
    with pytest.raises(Refused) as caught:
        create_cycle(actor=actor, **Q1, days=days)
    assert list(caught.value.error_dict) == ["running_on"]
    cycle = create_cycle(actor=actor, **Q1, days={**days, "running_on": date(2027, 1, 1)})
    with pytest.raises(Refused) as caught:
        edit_cycle(actor=actor, cycle=cycle, changes={"drafting_on": date(2027, 1, 2)})
    assert list(caught.value.error_dict) == ["running_on"]
    assert edit_cycle(actor=actor, cycle=cycle, changes={"drafting_on": None}).drafting_on is None
    entry = AuditEntry.objects.filter(object_id=str(cycle.pk), verb="changed").get()
    assert (entry.before, entry.after) == ({"drafting_on": "2026-12-04"}, {"drafting_on": None})


def test_a_phase_that_has_begun_did_not_begin_in_the_future(actor: Actor) -> None:
    now = datetime(2027, 1, 5, 12, tzinfo=UTC)
    with pytest.raises(Refused) as caught:
        create_cycle(actor=actor, **Q1, phase=Phase.RUNNING, days={"running_on": date(2027, 1, 6)}, now=now)
    assert list(caught.value.error_dict) == ["running_on"]
    days = {"running_on": date(2027, 1, 5), "closing_on": date(2027, 1, 5)}
    assert create_cycle(actor=actor, **Q1, phase=Phase.RUNNING, days=days, now=now).running_on == date(2027, 1, 5)
