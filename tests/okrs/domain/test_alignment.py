"""Saying what an objective supports: no circle, progress upwards, taking it back."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest

from okrs.domain.alignment import align, remove_alignment, restore_alignment
from okrs.enums import MetricType, Phase
from okrs.models import Alignment, KeyResult, Objective
from organizations.actor import Actor
from organizations.domain import removed
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
    return Actor(world.plo, via=Via.WEB)


@pytest.fixture
def chain(world: World, actor: Actor) -> list[Objective]:
    """Low supports Middle, Middle supports a key result of High."""
    high, middle, low = (
        ObjectiveFactory.create(cycle=world.cycle, team=world.team, title=title) for title in ("High", "Middle", "Low")
    )
    align(actor=actor, objective=middle, target=KeyResultFactory.create(objective=high, title="Measured"))
    align(actor=actor, objective=low, target=middle)
    return [high, middle, low]


def test_a_circle_is_refused_by_the_names_on_it(actor: Actor, chain: list[Objective]) -> None:
    high, _middle, low = chain
    with pytest.raises(Refused) as caught:
        align(actor=actor, objective=high, target=low)
    assert caught.value.message_dict == {
        "target": ["This would be a circle: “High” supports “Low” supports “Middle” supports “High”."]
    }
    assert not Alignment.objects.filter(objective=high).exists()


def test_a_circle_through_a_key_result_is_one_too(actor: Actor, chain: list[Objective]) -> None:
    high, _middle, low = chain
    with pytest.raises(Refused, match="circle"):
        align(actor=actor, objective=high, target=KeyResultFactory.create(objective=low))


def test_nothing_supports_itself(actor: Actor, chain: list[Objective]) -> None:
    with pytest.raises(Refused, match="cannot support itself"):
        align(actor=actor, objective=chain[0], target=chain[0])
    with pytest.raises(Refused, match="cannot support itself"):
        align(actor=actor, objective=chain[0], target=KeyResultFactory.create(objective=chain[0]))


def test_saying_it_twice_changes_weight_and_reason(actor: Actor, world: World) -> None:
    first = align(actor=actor, objective=world.objective, target=world.priority)
    again = align(actor=actor, objective=world.objective, target=world.priority, weight=Decimal(2), reason="Half")
    assert (again.pk, again.weight, again.reason) == (first.pk, 2, "Half")
    verbs = AuditEntry.objects.filter(object_id=str(world.objective.pk)).order_by("at", "id")
    assert [entry.verb for entry in verbs] == ["aligned", "changed"]
    align(actor=actor, objective=world.objective, target=world.priority, weight=Decimal(2), reason="Half")
    assert verbs.count() == 2


def test_a_key_result_is_fed_by_what_supports_it(actor: Actor, world: World) -> None:
    fed = KeyResultFactory.create(
        objective=world.organization_objective, metric=MetricType.ALIGNED, start=None, target=None, progress=None
    )
    below = [ObjectiveFactory.create(cycle=world.cycle, team=world.team, progress=share) for share in (0.2, 0.8)]
    align(actor=actor, objective=below[0], target=fed)
    link = align(actor=actor, objective=below[1], target=fed, weight=Decimal(2))
    assert KeyResult.objects.get(pk=fed.pk).progress == pytest.approx(0.6)
    assert Objective.objects.get(pk=world.organization_objective.pk).progress == pytest.approx(0.6)
    remove_alignment(actor=actor, alignment=link)
    assert KeyResult.objects.get(pk=fed.pk).progress == pytest.approx(0.2)


def test_a_removed_alignment_comes_back_with_weight_and_reason(actor: Actor, world: World) -> None:
    link = align(actor=actor, objective=world.objective, target=world.priority, weight=Decimal("1.5"), reason="Because")
    remove_alignment(actor=actor, alignment=link)
    assert not Alignment.objects.filter(target_priority=world.priority).exists()
    back = restore_alignment(actor=actor, objective=world.objective, target_id=world.priority.pk)
    assert (back.target_priority, back.weight, back.reason) == (world.priority, Decimal("1.5"), "Because")


def test_what_was_never_removed_cannot_come_back(actor: Actor, world: World) -> None:
    with pytest.raises(NeverRemoved):
        restore_alignment(actor=actor, objective=world.objective, target_id=world.priority.pk)


def test_what_was_removed_long_ago_cannot_come_back(
    actor: Actor, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    remove_alignment(actor=actor, alignment=align(actor=actor, objective=world.objective, target=world.priority))
    monkeypatch.setattr(removed, "UNDO_WITHIN", timedelta(0))
    with pytest.raises(Refused, match="too late"):
        restore_alignment(actor=actor, objective=world.objective, target_id=world.priority.pk)


def test_a_closed_cycle_keeps_what_it_has(actor: Actor, world: World) -> None:
    closed = ObjectiveFactory.create(cycle=CycleFactory.create(phase=Phase.CLOSED), team=world.team)
    with pytest.raises(Refused, match="closed"):
        align(actor=actor, objective=closed, target=world.priority)
