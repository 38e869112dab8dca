"""Making cycles and moving them."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from okrs.domain.cycle import archive_cycle, create_cycle, edit_cycle, move_cycle, restore_cycle
from okrs.enums import ObjectiveStatus, Phase
from okrs.models import Cycle, CycleTeam, Objective
from organizations.actor import Actor
from organizations.enums import Via
from organizations.errors import Refused
from organizations.models import AuditEntry
from tests.factories.okrs import CycleFactory, ObjectiveFactory
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


def test_drafts_count_from_the_moment_it_runs(actor: Actor) -> None:
    cycle = CycleFactory.create(phase=Phase.DRAFTING)
    draft = ObjectiveFactory.create(cycle=cycle, status=ObjectiveStatus.DRAFT)
    move_cycle(actor=actor, cycle=cycle, phase=Phase.ALIGNING)
    assert Objective.objects.get(pk=draft.pk).status == ObjectiveStatus.DRAFT
    move_cycle(actor=actor, cycle=cycle, phase=Phase.RUNNING)
    assert Objective.objects.get(pk=draft.pk).status == ObjectiveStatus.ACTIVE
    assert AuditEntry.objects.filter(object_id=str(draft.pk), verb="activated").exists()


def test_it_may_skip_forward_and_goes_back_one_step_with_a_reason(actor: Actor) -> None:
    cycle = CycleFactory.create(phase=Phase.PLANNED)
    assert move_cycle(actor=actor, cycle=cycle, phase=Phase.REVIEWING).phase == Phase.REVIEWING
    with pytest.raises(Refused) as caught:
        move_cycle(actor=actor, cycle=cycle, phase=Phase.RUNNING, reason=" ")
    assert list(caught.value.error_dict) == ["reason"]
    with pytest.raises(Refused, match="one step"):
        move_cycle(actor=actor, cycle=cycle, phase=Phase.DRAFTING, reason="Because")
    move_cycle(actor=actor, cycle=cycle, phase=Phase.RUNNING, reason="Two more weeks")
    assert Cycle.objects.get(pk=cycle.pk).phase == Phase.RUNNING
    entry = AuditEntry.objects.filter(object_id=str(cycle.pk), verb="moved").first()
    assert (entry.before, entry.after, entry.reason) == (
        {"phase": "reviewing"},
        {"phase": "running"},
        "Two more weeks",
    )


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
