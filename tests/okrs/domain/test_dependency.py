"""What an objective depends on: no circle, nothing private, taking it back."""

from collections.abc import Iterator

import pytest

from okrs.domain.dependency import add_dependency, remove_dependency, restore_dependency
from okrs.enums import Phase, Visibility
from okrs.models import Dependency, Objective
from organizations.actor import Actor
from organizations.domain.removed import NeverRemoved
from organizations.enums import Via
from organizations.errors import Refused
from organizations.models import AuditEntry
from tests.factories.okrs import ObjectiveFactory
from tests.factories.worlds import World, within


@pytest.fixture(autouse=True)
def _inside(world: World) -> Iterator[None]:
    with within(world.organization):
        yield


@pytest.fixture
def actor(world: World) -> Actor:
    return Actor(world.plo, via=Via.WEB)


@pytest.fixture
def chain(world: World, actor: Actor) -> list[Objective]:
    """First depends on Second, Second on Third."""
    rows = [ObjectiveFactory.create(cycle=world.cycle, team=world.team, title=t) for t in ("First", "Second", "Third")]
    add_dependency(actor=actor, objective=rows[0], needs=rows[1])
    add_dependency(actor=actor, objective=rows[1], needs=rows[2])
    return rows


def test_a_circle_is_refused_by_the_names_on_it(actor: Actor, chain: list[Objective]) -> None:
    with pytest.raises(Refused) as caught:
        add_dependency(actor=actor, objective=chain[2], needs=chain[0])
    assert caught.value.message_dict == {
        "target": ["This would be a circle: “Third” depends on “First” depends on “Second” depends on “Third”."]
    }
    assert not Dependency.objects.filter(objective=chain[2]).exists()


def test_nothing_depends_on_itself(actor: Actor, chain: list[Objective]) -> None:
    with pytest.raises(Refused, match="cannot depend on itself"):
        add_dependency(actor=actor, objective=chain[0], needs=chain[0])


def test_saying_it_twice_changes_the_reason_and_nothing_else(actor: Actor, chain: list[Objective]) -> None:
    before = AuditEntry.objects.count()
    again = add_dependency(actor=actor, objective=chain[0], needs=chain[1], reason="Their data")
    add_dependency(actor=actor, objective=chain[0], needs=chain[1], reason="Their data")
    assert Dependency.objects.get(objective=chain[0]) == again
    assert again.reason == "Their data"
    assert AuditEntry.objects.count() == before + 1


def test_a_removal_can_be_taken_back_with_its_reason(actor: Actor, chain: list[Objective]) -> None:
    first = add_dependency(actor=actor, objective=chain[0], needs=chain[1], reason="Their data")
    remove_dependency(actor=actor, dependency=first)
    assert not Dependency.objects.filter(objective=chain[0]).exists()
    assert restore_dependency(actor=actor, objective=chain[0], needs_id=chain[1].pk).reason == "Their data"
    with pytest.raises(NeverRemoved):
        restore_dependency(actor=actor, objective=chain[0], needs_id=chain[2].pk)


def test_nothing_open_depends_on_something_private(actor: Actor, chain: list[Objective], world: World) -> None:
    private = Objective.objects.get(pk=world.private_objective.pk)
    assert private.visibility == Visibility.PRIVATE
    with pytest.raises(Refused, match="is private"):
        add_dependency(actor=actor, objective=chain[0], needs=private)


def test_a_closed_cycle_is_read_only(actor: Actor, chain: list[Objective], world: World) -> None:
    chain[0].cycle.phase = Phase.CLOSED
    chain[0].cycle.save()
    with pytest.raises(Refused, match="closed"):
        remove_dependency(actor=actor, dependency=Dependency.objects.get(objective=chain[0]))
