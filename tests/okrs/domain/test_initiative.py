"""Initiatives: added, changed, removed and brought back."""

from collections.abc import Iterator
from datetime import date

import pytest

from okrs.domain.initiative import create_initiative, edit_initiative, remove_initiative, restore_initiative
from okrs.enums import InitiativeStatus, Phase
from okrs.models import Initiative
from organizations.actor import Actor
from organizations.domain.removed import NeverRemoved
from organizations.enums import Via
from organizations.errors import Refused
from organizations.models import AuditEntry
from tests.factories.okrs import CycleFactory, KeyResultFactory, ObjectiveFactory
from tests.factories.worlds import World, within


@pytest.fixture(autouse=True)
def _inside(world: World) -> Iterator[None]:
    with within(world.organization):
        yield


@pytest.fixture
def actor(world: World) -> Actor:
    return Actor(world.member, via=Via.WEB)


def test_initiatives_stand_in_the_order_they_came(actor: Actor, world: World) -> None:
    objective = ObjectiveFactory.create(cycle=world.cycle, team=world.team)
    for title in ("First", " Second "):
        create_initiative(actor=actor, objective=objective, title=title)
    assert list(objective.initiatives.values_list("title", flat=True)) == ["First", "Second"]


@pytest.mark.parametrize(
    ("values", "field"),
    [({"title": " "}, "title"), ({"url": "ftp://example.com"}, "url")],
)
def test_what_makes_no_sense_is_refused_at_its_field(
    actor: Actor, world: World, values: dict[str, str], field: str
) -> None:
    with pytest.raises(Refused) as caught:
        create_initiative(actor=actor, objective=world.objective, **{"title": "Call them", **values})
    assert list(caught.value.error_dict) == [field]


def test_its_key_result_belongs_to_the_same_objective(actor: Actor, world: World) -> None:
    stranger = KeyResultFactory.create()
    with pytest.raises(Refused) as caught:
        create_initiative(actor=actor, objective=world.objective, title="Call them", key_result=stranger)
    assert list(caught.value.error_dict) == ["key_result"]


def test_a_change_is_recorded(actor: Actor, world: World) -> None:
    edit_initiative(actor=actor, initiative=world.initiative, changes={"status": InitiativeStatus.DOING})
    entry = AuditEntry.objects.get(object_id=str(world.initiative.pk))
    assert (entry.before, entry.after) == ({"status": "planned"}, {"status": "doing"})


def test_a_removed_initiative_comes_back_as_it_was(actor: Actor, world: World) -> None:
    edit_initiative(
        actor=actor,
        initiative=world.initiative,
        changes={"due_on": date(2026, 12, 1), "url": "https://tracker.example.com/1"},
    )
    initiative = Initiative.objects.get(pk=world.initiative.pk)
    remove_initiative(actor=actor, initiative=initiative)
    assert not Initiative.objects.filter(pk=world.initiative.pk).exists()
    back = restore_initiative(actor=actor, initiative_id=world.initiative.pk)
    fresh = Initiative.objects.get(pk=world.initiative.pk)
    assert back.pk == world.initiative.pk
    assert (fresh.title, fresh.owner, fresh.key_result) == (world.initiative.title, world.member, world.key_result)
    assert (fresh.due_on, fresh.url) == (date(2026, 12, 1), "https://tracker.example.com/1")


def test_what_was_never_removed_cannot_come_back(actor: Actor, world: World) -> None:
    with pytest.raises(NeverRemoved):
        restore_initiative(actor=actor, initiative_id=world.initiative.pk)


def test_a_closed_cycle_takes_no_initiative(actor: Actor) -> None:
    closed = ObjectiveFactory.create(cycle=CycleFactory.create(phase=Phase.CLOSED))
    with pytest.raises(Refused, match="closed"):
        create_initiative(actor=actor, objective=closed, title="Late")
