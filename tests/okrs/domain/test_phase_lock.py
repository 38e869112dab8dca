"""A cycle that closes while somebody writes: either the write was first and counts, or it is refused."""

import inspect
from decimal import Decimal
from typing import Any

import pytest

from okrs.domain.check_in import check_in
from okrs.domain.cycle_phase import move_cycle
from okrs.domain.phase_lock import change_phases
from okrs.enums import Phase
from okrs.models import Cycle, CycleExtension, KeyResult, Objective, Review
from okrs.queries.review import proposal_for
from organizations.actor import Actor
from organizations.enums import Via
from organizations.errors import Refused
from tests.factories.worlds import make_organization, within
from tests.meanwhile import Other
from tests.okrs.domain.test_closed import CLOSED, FUNCTIONS, WRITES, Shut

# Locks nothing: what calls it has done so.
CALLED_UNDER_A_LOCK = {"review.refuse_unless_reviewing"}


def call(name: str, shut: Shut, given: dict[str, Any]) -> Any:
    function = FUNCTIONS[name]
    is_positional = inspect.signature(function).parameters["actor"].kind is inspect.Parameter.POSITIONAL_OR_KEYWORD
    return function(shut.actor, *given.values()) if is_positional else function(actor=shut.actor, **given)


@pytest.mark.django_db(transaction=True)
def test_who_wrote_while_it_closed_is_refused(record_property: Any) -> None:
    """Every function that writes, begun while the cycle is still open and someone is closing it."""
    world = make_organization("acme")
    with within(world.organization):
        shut = Shut(world)
    problems = []
    names = [name for name in WRITES if name not in CALLED_UNDER_A_LOCK]
    for name in names:
        with within(world.organization):
            Cycle.objects.filter(pk=world.cycle.pk).update(phase=Phase.REVIEWING)
            # As a view reads what it hands over: before the function begins.
            given = WRITES[name](shut)
        with within(world.organization):
            change_phases()
            Cycle.objects.filter(pk=world.cycle.pk).update(phase=Phase.CLOSED)
            other = Other(world.organization, lambda name=name, given=given: call(name, shut, given))
            waited = other.waits()
        failure = other.end()
        if not waited or not isinstance(failure, Refused) or CLOSED not in failure.messages:
            problems.append(f"{name}: {'waited, ' if waited else ''}{failure!r}")
    assert problems == []
    record_property("covered", ("functions that write, refused when the cycle closes meanwhile", len(names)))


@pytest.mark.django_db(transaction=True)
def test_what_was_written_first_counts_in_the_score_that_is_kept() -> None:
    world = make_organization("acme")
    plo, lead = Actor(world.plo, via=Via.WEB), Actor(world.lead, via=Via.WEB)
    with within(world.organization):
        Review.objects.all().delete()
        CycleExtension.objects.all().delete()
    with within(world.organization):
        key_result = KeyResult.objects.get(pk=world.key_result.pk)
        check_in(actor=lead, key_result=key_result, value=(key_result.start or Decimal(0)) + Decimal(1))
        closing = Other(world.organization, lambda: move_cycle(actor=plo, cycle=world.cycle, phase=Phase.CLOSED))
        assert closing.waits()
    assert closing.end() is None
    with within(world.organization):
        objective = Objective.objects.get(pk=world.objective.pk)
        review = Review.objects.get(objective=objective)
        assert review.not_reviewed
        assert review.score is not None
        assert review.score == proposal_for(objective).score
