"""Writing key results and milestones."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from okrs.domain.key_result import (
    add_milestone,
    archive_key_result,
    create_key_result,
    edit_key_result,
    remove_milestone,
    restore_key_result,
)
from okrs.domain.milestone import edit_milestone, move_milestone, restore_milestone
from okrs.enums import MetricType, Phase
from okrs.models import KeyResult, Milestone, Objective
from organizations.actor import Actor
from organizations.domain.removed import NeverRemoved
from organizations.enums import Via
from organizations.errors import Refused
from organizations.models import AuditEntry
from tests.factories.okrs import CycleFactory, KeyResultFactory, MilestoneFactory, ObjectiveFactory
from tests.factories.worlds import World, within


@pytest.fixture(autouse=True)
def _inside(world: World) -> Iterator[None]:
    with within(world.organization):
        yield


@pytest.fixture
def actor(world: World) -> Actor:
    return Actor(world.lead, via=Via.WEB)


@pytest.fixture
def objective(world: World) -> Objective:
    return ObjectiveFactory.create(cycle=world.cycle, team=world.team, owner=world.lead)


def test_a_key_result_starts_at_its_start(actor: Actor, objective: Objective) -> None:
    written = create_key_result(
        actor=actor, objective=objective, title="Activation", start=Decimal(41), target=Decimal(70), unit="%"
    )
    assert (written.progress, written.position) == (0.0, 1)
    assert Objective.objects.get(pk=objective.pk).progress == 0.0
    assert AuditEntry.objects.filter(object_id=str(written.pk), verb="created").count() == 1


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"start": 5, "target": 5}, "target"),
        ({"start": None, "target": 5}, "start"),
        ({"start": 5, "target": None}, "target"),
        ({"start": 70, "target": 41}, "target"),
        ({"metric": MetricType.DECREASE, "start": 41, "target": 70}, "target"),
        ({"metric": MetricType.STAY_ABOVE}, "target"),
        ({"metric": MetricType.STAY_WITHIN, "upper": 5}, "lower"),
        ({"metric": MetricType.STAY_WITHIN, "lower": 5, "upper": 5}, "upper"),
        ({"start": 1, "target": 2, "weight": Decimal(-1)}, "weight"),
        ({"start": 1, "target": 2, "starts_on": date(2026, 2, 1), "ends_on": date(2026, 1, 1)}, "ends_on"),
        ({"start": 1, "target": 2, "title": " "}, "title"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_field(
    actor: Actor, objective: Objective, values: dict[str, Any], field: str
) -> None:
    numbers = {key: Decimal(value) if isinstance(value, int) else value for key, value in values.items()}
    with pytest.raises(Refused) as caught:
        create_key_result(actor=actor, objective=objective, **{"title": "Activation", **numbers})
    assert list(caught.value.error_dict) == [field]
    assert not objective.key_results.exists()


def test_a_key_result_of_a_private_objective_is_owned_by_somebody_who_reads_it(world: World, actor: Actor) -> None:
    private, key_result = world.private_objective, world.private_key_result
    values = {"start": Decimal(0), "target": Decimal(9)}
    with pytest.raises(Refused) as caught:
        create_key_result(actor=actor, objective=private, title="Activation", owner=world.member, **values)
    assert list(caught.value.error_dict) == ["owner"]
    with pytest.raises(Refused):
        edit_key_result(actor=actor, key_result=key_result, changes={"owner": world.member})
    # It is shared with the Program Lead.
    assert edit_key_result(actor=actor, key_result=key_result, changes={"owner": world.plo}).owner == world.plo
    create_key_result(actor=actor, objective=private, title="Activation", owner=world.lead, **values)


@pytest.mark.parametrize("metric", [MetricType.BASELINE, MetricType.MILESTONES, MetricType.DONE, MetricType.ALIGNED])
def test_metrics_without_numbers_need_none(actor: Actor, objective: Objective, metric: MetricType) -> None:
    written = create_key_result(actor=actor, objective=objective, title="Something", metric=metric)
    assert written.start is None
    assert written.progress == (0.0 if metric == MetricType.DONE else None)


def test_a_closed_cycle_takes_no_key_result(actor: Actor) -> None:
    closed = ObjectiveFactory.create(cycle=CycleFactory.create(phase=Phase.CLOSED))
    with pytest.raises(Refused, match="closed"):
        create_key_result(actor=actor, objective=closed, title="Late", start=Decimal(0), target=Decimal(1))


def test_weights_make_the_mean_and_what_is_put_away_leaves_it(actor: Actor, objective: Objective) -> None:
    half = KeyResultFactory.create(objective=objective, current=Decimal(50), progress=0.5)
    full = KeyResultFactory.create(objective=objective, current=Decimal(100), progress=1.0)
    edit_key_result(actor=actor, key_result=half, changes={"weight": Decimal(3)})
    assert Objective.objects.get(pk=objective.pk).progress == pytest.approx(0.625)
    archive_key_result(actor=actor, key_result=full)
    assert Objective.objects.get(pk=objective.pk).progress == pytest.approx(0.5)
    restore_key_result(actor=actor, key_result=full)
    assert Objective.objects.get(pk=objective.pk).progress == pytest.approx(0.625)


def test_a_new_target_scores_the_last_value_anew(actor: Actor, objective: Objective) -> None:
    key_result = KeyResultFactory.create(objective=objective, current=Decimal(50), progress=0.5)
    changed = edit_key_result(actor=actor, key_result=key_result, changes={"target": Decimal(200)})
    assert changed.progress == 0.25
    assert Objective.objects.get(pk=objective.pk).progress == 0.25
    entry = AuditEntry.objects.get(object_id=str(key_result.pk))
    assert (Decimal(entry.before["target"]), Decimal(entry.after["target"])) == (100, 200)


def test_the_second_of_two_is_told_what_the_first_wrote(world: World, actor: Actor, objective: Objective) -> None:
    key_result = KeyResultFactory.create(objective=objective)
    opened = timezone.now() - timedelta(seconds=5)
    edit_key_result(actor=actor, key_result=key_result, changes={"title": "Lena's words"})
    other = Actor(world.member, via=Via.WEB)
    with pytest.raises(Refused) as caught:
        edit_key_result(actor=other, key_result=key_result, changes={"title": "Max's words"}, seen=opened)
    assert "Lena" in caught.value.message_dict["title"][0]
    assert KeyResult.objects.get(pk=key_result.pk).title == "Lena's words"


@pytest.fixture
def steps(objective: Objective) -> list[Milestone]:
    key_result = KeyResultFactory.create(
        objective=objective, metric=MetricType.MILESTONES, start=None, target=None, progress=None
    )
    return [
        MilestoneFactory.create(key_result=key_result, title=title, position=position, done_at=done)
        for position, (title, done) in enumerate([("First", timezone.now()), ("Second", None), ("Third", None)])
    ]


def titles(milestone: Milestone) -> list[str]:
    rows = Milestone.objects.filter(key_result=milestone.key_result_id)
    return list(rows.order_by("position", "id").values_list("title", flat=True))


def progress_of(milestone: Milestone) -> float | None:
    return KeyResult.objects.get(pk=milestone.key_result_id).progress


def test_adding_and_removing_a_milestone_moves_progress(actor: Actor, steps: list[Milestone]) -> None:
    added = add_milestone(actor=actor, key_result=steps[0].key_result, title=" Fourth ")
    assert titles(added) == ["First", "Second", "Third", "Fourth"]
    assert progress_of(added) == 0.25
    remove_milestone(actor=actor, milestone=added)
    assert progress_of(steps[0]) == pytest.approx(1 / 3)


def test_a_removed_milestone_comes_back_as_it_was(actor: Actor, steps: list[Milestone]) -> None:
    first = steps[0]
    first_id, done_at = first.pk, first.done_at
    remove_milestone(actor=actor, milestone=first)
    assert progress_of(steps[1]) == 0.0
    back = restore_milestone(actor=actor, milestone_id=first_id)
    assert (back.pk, back.title) == (first_id, "First")
    # JSON keeps thousandths of a second.
    assert back.done_at == done_at.replace(microsecond=done_at.microsecond // 1000 * 1000)
    assert titles(back) == ["First", "Second", "Third"]
    assert progress_of(back) == pytest.approx(1 / 3)
    assert restore_milestone(actor=actor, milestone_id=first_id).pk == first_id
    assert len(titles(back)) == 3


def test_what_was_never_removed_cannot_come_back(actor: Actor, world: World) -> None:
    with pytest.raises(NeverRemoved):
        restore_milestone(actor=actor, milestone_id=world.milestone.pk)


def test_milestones_change_places_and_stay_at_the_ends(actor: Actor, steps: list[Milestone]) -> None:
    move_milestone(actor=actor, milestone=steps[2], steps=-1)
    assert titles(steps[0]) == ["First", "Third", "Second"]
    move_milestone(actor=actor, milestone=steps[0], steps=-1)
    assert titles(steps[0]) == ["First", "Third", "Second"]
    move_milestone(actor=actor, milestone=steps[0], steps=9)
    assert titles(steps[0]) == ["Third", "Second", "First"]


def test_a_milestones_weight_counts(actor: Actor, steps: list[Milestone]) -> None:
    edit_milestone(actor=actor, milestone=steps[0], changes={"weight": Decimal(2)})
    assert progress_of(steps[0]) == 0.5
    for changes, field in (({"title": " "}, "title"), ({"weight": Decimal(-1)}, "weight")):
        with pytest.raises(Refused) as caught:
            edit_milestone(actor=actor, milestone=steps[0], changes=changes)
        assert list(caught.value.error_dict) == [field]


def test_only_key_results_by_milestones_have_some(actor: Actor, world: World) -> None:
    with pytest.raises(Refused, match="not measured by milestones"):
        add_milestone(actor=actor, key_result=world.key_result, title="Step")
