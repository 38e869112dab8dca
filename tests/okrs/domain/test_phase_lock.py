"""A cycle that closes while somebody writes: either the write was first and counts, or it is refused."""

import inspect
import threading
import time
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from okrs.domain.check_in import check_in
from okrs.domain.cycle_phase import move_cycle
from okrs.domain.phase_lock import change_phases
from okrs.enums import Phase
from okrs.models import Cycle, CycleExtension, KeyResult, Objective, Review
from okrs.queries.review import proposal_for
from organizations.actor import Actor
from organizations.enums import Via
from organizations.errors import Refused
from tests.factories.worlds import World, make_organization, within
from tests.okrs.domain.test_closed import CLOSED, FUNCTIONS, WRITES, Shut

PATIENCE = 20.0  # seconds
# Locks nothing: what calls it has done so.
CALLED_UNDER_A_LOCK = {"review.refuse_unless_reviewing"}


class Other(threading.Thread):
    """Somebody who does one thing on a connection of their own; `failure` is what came of it, None for nothing bad."""

    def __init__(self, world: World, act: Any) -> None:
        super().__init__()
        self.world, self.act = world, act
        self.failure: BaseException | None = None
        self.process = 0
        self.ready = threading.Event()

    def run(self) -> None:
        try:
            with within(self.world.organization):
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_backend_pid()")
                    self.process = cursor.fetchone()[0]
                self.ready.set()
                self.act()
        except BaseException as failure:
            self.failure = failure
        finally:
            self.ready.set()
            connection.close()

    def waits(self) -> bool:
        """Begin, and return whether it came to wait for a lock: False when it got through without."""
        self.start()
        assert self.ready.wait(PATIENCE)
        deadline = time.monotonic() + PATIENCE
        while self.is_alive() and time.monotonic() < deadline:
            with connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM pg_locks WHERE pid = %s AND NOT granted", [self.process])
                if cursor.fetchone()[0]:
                    return True
        assert not self.is_alive(), "neither done nor waiting"
        return False

    def end(self) -> BaseException | None:
        self.join(PATIENCE)
        assert not self.is_alive()
        return self.failure


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
            other = Other(world, lambda name=name, given=given: call(name, shut, given))
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
        closing = Other(world, lambda: move_cycle(actor=plo, cycle=world.cycle, phase=Phase.CLOSED))
        assert closing.waits()
    assert closing.end() is None
    with within(world.organization):
        objective = Objective.objects.get(pk=world.objective.pk)
        review = Review.objects.get(objective=objective)
        assert review.not_reviewed
        assert review.score is not None
        assert review.score == proposal_for(objective).score
