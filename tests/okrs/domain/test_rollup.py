"""Progress goes up level by level, in a number of statements that depends on the depth alone."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from okrs.domain.alignment import align, remove_alignment
from okrs.domain.check_in import check_in
from okrs.domain.objective import archive_objective, restore_objective
from okrs.domain.rollup import roll_up
from okrs.enums import MetricType, ObjectiveStatus
from okrs.models import Alignment, KeyResult, Objective
from organizations.actor import Actor
from organizations.enums import Via
from organizations.models import AuditEntry
from tests.factories.okrs import AlignmentFactory, KeyResultFactory, ObjectiveFactory
from tests.factories.worlds import World, make_organization, within
from tests.meanwhile import Other


@pytest.fixture
def inside(world: World) -> Iterator[World]:
    with within(world.organization):
        yield world


@pytest.fixture
def actor(world: World) -> Actor:
    return Actor(world.member, via=Via.WEB)


def an_objective(world: World, **fields: object) -> Objective:
    return ObjectiveFactory.create(cycle=world.cycle, team=world.team, owner=world.member, **fields)


def measured(objective: Objective, world: World, value: int = 0, **fields: object) -> KeyResult:
    return KeyResultFactory.create(
        objective=objective, owner=world.member, current=Decimal(value), progress=value / 100, **fields
    )


def progress_of(*objectives: Objective) -> list[float | None]:
    found = dict(Objective.objects.filter(pk__in=[one.pk for one in objectives]).values_list("pk", "progress"))
    return [found[one.pk] for one in objectives]


def ladder(world: World, depth: int, breadth: int) -> tuple[KeyResult, list[Objective]]:
    """A ladder of objectives that count what supports them, the lowest measured; each has idle supporters too."""
    rungs = [an_objective(world, counts_supporting=True) for _rung in range(depth)]
    lowest = measured(rungs[0], world)
    for below, above in pairwise(rungs):
        AlignmentFactory(objective=below, target_objective=above)
        for _other in range(breadth):
            beside = an_objective(world, progress=0.5)
            AlignmentFactory(objective=beside, target_objective=above)
    roll_up([rung.pk for rung in rungs])
    return lowest, rungs


def statements(key_result: KeyResult, value: int, actor: Actor) -> int:
    # A request has read them before it comes to this: whoever may check in is asked first.
    assert actor.settings
    with CaptureQueriesContext(connection) as captured:
        check_in(actor=actor, key_result=key_result, value=Decimal(value))
    return len(captured)


def test_five_levels_take_statements_by_depth_not_by_breadth(inside: World, actor: Actor) -> None:
    lowest, rungs = ladder(inside, 5, 0)
    narrow = statements(lowest, 40, actor)
    assert progress_of(*rungs) == [0.4] * 5
    wide_lowest, wide_rungs = ladder(inside, 5, 6)
    wide = statements(wide_lowest, 40, actor)
    assert progress_of(*wide_rungs[:2]) == [0.4, pytest.approx((0.4 + 6 * 0.5) / 7)]
    assert wide == narrow
    deeper_lowest, _rungs = ladder(inside, 10, 0)
    # Each further level costs the same few statements.
    one_level = (statements(deeper_lowest, 40, actor) - narrow) / 5
    assert one_level == 3


# Locking, the check-in itself, its audit entry, and per level: objectives locked, what counts in them, the update.
STATEMENTS_OF_FIVE_LEVELS = 23


def test_five_levels_with_audit_take_as_many_statements_as_ever(inside: World, actor: Actor) -> None:
    """What it costs in time is measured by `bin/bench check-in`."""
    lowest, rungs = ladder(inside, 5, 6)
    assert statements(lowest, 30, actor) == STATEMENTS_OF_FIVE_LEVELS
    assert progress_of(rungs[0]) == [0.3]
    assert AuditEntry.objects.filter(verb="checked_in").count() == 1


def test_it_stops_where_nothing_changes(inside: World, actor: Actor) -> None:
    lowest, _rungs = ladder(inside, 5, 0)
    check_in(actor=actor, key_result=lowest, value=Decimal(40))
    assert statements(lowest, 40, actor) < statements(lowest, 50, actor)


def test_weights_count(inside: World, actor: Actor) -> None:
    objective = an_objective(inside)
    light = measured(objective, inside, weight=1)
    measured(objective, inside, 100, weight=3)
    measured(objective, inside, 50, weight=0)
    check_in(actor=actor, key_result=light, value=Decimal(0))
    assert progress_of(objective) == [0.75]


def test_a_diamond_counts_each_way_once(inside: World, actor: Actor) -> None:
    top = an_objective(inside, counts_supporting=True)
    left, right = (an_objective(inside, counts_supporting=True) for _side in range(2))
    bottom = an_objective(inside)
    key_result = measured(bottom, inside)
    measured(right, inside, 100)
    for below, above in ((bottom, left), (bottom, right), (left, top), (right, top)):
        align(actor=actor, objective=below, target=above)
    check_in(actor=actor, key_result=key_result, value=Decimal(40))
    assert progress_of(bottom, left, right, top) == [0.4, 0.4, pytest.approx(0.7), pytest.approx(0.55)]


def test_a_diamond_of_unequal_sides(inside: World, actor: Actor) -> None:
    top = an_objective(inside, counts_supporting=True)
    middle = an_objective(inside, counts_supporting=True)
    bottom = an_objective(inside)
    key_result = measured(bottom, inside)
    for below, above in ((bottom, top), (bottom, middle), (middle, top)):
        align(actor=actor, objective=below, target=above)
    check_in(actor=actor, key_result=key_result, value=Decimal(60))
    assert progress_of(bottom, middle, top) == [0.6, 0.6, pytest.approx(0.6)]


def test_a_key_result_fed_by_aligned_objectives(inside: World, actor: Actor) -> None:
    top = an_objective(inside)
    fed = KeyResultFactory(
        objective=top, metric=MetricType.ALIGNED, start=None, target=None, current=None, progress=None
    )
    heavy, light = an_objective(inside), an_objective(inside)
    key_results = [measured(heavy, inside), measured(light, inside)]
    align(actor=actor, objective=heavy, target=fed, weight=Decimal(3))
    align(actor=actor, objective=light, target=fed)
    check_in(actor=actor, key_result=key_results[0], value=Decimal(80))
    check_in(actor=actor, key_result=key_results[1], value=Decimal(40))
    assert KeyResult.objects.get(pk=fed.pk).progress == pytest.approx(0.7)
    assert progress_of(top) == [pytest.approx(0.7)]


def test_drafts_and_archived_objectives_count_nowhere(inside: World, actor: Actor) -> None:
    top = an_objective(inside, counts_supporting=True)
    counted = an_objective(inside)
    key_result = measured(counted, inside)
    draft = an_objective(inside, status=ObjectiveStatus.DRAFT, progress=1.0)
    gone = an_objective(inside, archived_at=timezone.now(), progress=1.0)
    for below in (counted, draft, gone):
        AlignmentFactory(objective=below, target_objective=top)
    check_in(actor=actor, key_result=key_result, value=Decimal(30))
    assert progress_of(top) == [0.3]
    archive_objective(actor=actor, objective=counted)
    assert progress_of(top) == [None]
    restore_objective(actor=actor, objective=counted)
    assert progress_of(top) == [0.3]


def test_an_objective_that_does_not_ask_for_it_counts_its_own_alone(inside: World, actor: Actor) -> None:
    top = an_objective(inside)
    measured(top, inside, 20)
    below = an_objective(inside)
    key_result = measured(below, inside)
    align(actor=actor, objective=below, target=top)
    roll_up([top.pk])
    check_in(actor=actor, key_result=key_result, value=Decimal(90))
    assert progress_of(below, top) == [0.9, 0.2]


def test_removing_what_supports_computes_anew(inside: World, actor: Actor) -> None:
    top = an_objective(inside, counts_supporting=True)
    measured(top, inside, 20)
    below = an_objective(inside)
    key_result = measured(below, inside)
    align(actor=actor, objective=below, target=top)
    check_in(actor=actor, key_result=key_result, value=Decimal(80))
    assert progress_of(top) == [0.5]
    remove_alignment(actor=actor, alignment=Alignment.objects.get(objective=below))
    assert progress_of(top) == [0.2]


def test_reported_progress_stands_in_only_while_nothing_counts(inside: World, actor: Actor) -> None:
    objective = an_objective(inside, reported_progress=0.9)
    roll_up([objective.pk])
    assert progress_of(objective) == [0.9]
    key_result = measured(objective, inside)
    check_in(actor=actor, key_result=key_result, value=Decimal(10))
    assert progress_of(objective) == [0.1]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("first", ["check-in", "link"])
def test_a_link_and_a_check_in_at_once_are_both_counted(first: str) -> None:
    """Whoever comes second waits, and then counts what the first wrote: neither ends with an old number above."""
    world = make_organization("acme")
    actor = Actor(world.lead, via=Via.WEB)
    with within(world.organization):
        below, above = an_objective(world), an_objective(world, counts_supporting=True)
        key_result = measured(below, world)
    steps = {
        "check-in": lambda: check_in(actor=actor, key_result=key_result, value=Decimal(40)),
        "link": lambda: align(actor=actor, objective=below, target=above),
    }
    second = next(step for name, step in steps.items() if name != first)
    with within(world.organization):
        steps[first]()
        other = Other(world.organization, second)
        assert other.waits()
    assert other.end() is None
    with within(world.organization):
        assert progress_of(below, above) == [0.4, 0.4]
