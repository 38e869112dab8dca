"""Checking in from a mail, twice at the same moment."""

import threading
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from okrs.domain import quick_check_in
from okrs.domain.check_in import check_in
from okrs.domain.quick_check_in import check_in_once
from okrs.models import CheckIn, Objective
from organizations.actor import Actor
from organizations.enums import Via
from tests.factories.okrs import AlignmentFactory, KeyResultFactory, ObjectiveFactory
from tests.factories.worlds import make_organization, within
from tests.meanwhile import Other


@pytest.mark.django_db(transaction=True)
def test_a_form_sent_twice_at_once_is_one_check_in() -> None:
    world = make_organization("acme")
    since = timezone.now()
    with within(world.organization):
        CheckIn.objects.update(at=since - timedelta(days=1))
    start = threading.Barrier(2, timeout=20)
    saved: list[CheckIn | None] = []
    failures: list[BaseException] = []

    def send() -> None:
        try:
            with within(world.organization):
                actor = Actor(world.member, via=Via.WEB)
                start.wait()
                said = {"value": Decimal(20)}
                saved.append(check_in_once(actor=actor, key_result=world.key_result, since=since, **said))
        except BaseException as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert failures == []
    assert sum(one is not None for one in saved) == 1
    with within(world.organization):
        assert CheckIn.objects.filter(key_result=world.key_result, at__gt=since).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_check_in_below_the_same_objective_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """One answers a mail about two key results; between them somebody else checks in beside the second."""
    world = make_organization("acme")
    since, lead, member = timezone.now(), Actor(world.lead, via=Via.WEB), Actor(world.member, via=Via.WEB)
    with within(world.organization):
        above = ObjectiveFactory.create(cycle=world.cycle, team=world.root_team, counts_supporting=True)
        below = [ObjectiveFactory.create(cycle=world.cycle, team=world.team, owner=world.lead) for _number in range(2)]
        for one in below:
            AlignmentFactory.create(objective=one, target_objective=above)
        mine = [KeyResultFactory.create(objective=one, owner=world.member) for one in below]
        beside = KeyResultFactory.create(objective=below[1], owner=world.lead)
    said = {"value": Decimal(20), "confidence": "on_track"}
    other = Other(world.organization, lambda: check_in(actor=lead, key_result=beside, **said))

    def and_then_somebody_else(**given: Any) -> CheckIn | None:
        entry = check_in_once(**given)
        if given["key_result"] == mine[0]:
            other.waits()
        return entry

    monkeypatch.setattr(quick_check_in, "check_in_once", and_then_somebody_else)
    with within(world.organization):
        wanted = [(one, said) for one in mine]
        outcomes = quick_check_in.check_in_each(actor=member, wanted=wanted, since=since)
        assert all(isinstance(outcome, CheckIn) for outcome in outcomes.values())
    assert other.end() is None
    with within(world.organization):
        found = [Objective.objects.get(pk=one.pk).progress for one in (above, *below)]
        assert found == [0.2, 0.2, 0.2]
