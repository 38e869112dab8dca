"""Handing out work across organizations: each piece once, also with two sweepers at the same moment."""

import json
import threading
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from okrapp.celery import app
from okrapp.tenancy.context import TenantNotSet
from organizations.domain import clean_up
from organizations.domain.dispatch import LEASE, begin, hand_out_due, schedule
from organizations.models import Dispatch, Organization
from organizations.registry import registry
from tests.factories.organizations import DispatchFactory, OrganizationFactory
from tests.factories.worlds import World, within
from tests.meanwhile import Other

pytestmark = pytest.mark.django_db(transaction=True)

KIND, TASK = "counting", "tests.tenancy.count"


@pytest.fixture(autouse=True)
def _registered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(registry.dispatch_tasks, KIND, TASK)


def queued() -> list[int]:
    """Return the organizations whose task waits in the broker's queue."""
    server = cache._cache.get_client(None, write=True)
    prefix = settings.CELERY_BROKER_TRANSPORT_OPTIONS["global_keyprefix"]
    messages = [json.loads(raw) for raw in server.lrange(f"{prefix}{app.conf.task_default_queue}", 0, -1)]
    assert all(message["headers"]["task"] == TASK for message in messages)
    return sorted(
        json.loads(message["headers"]["kwargsrepr"].replace("'", '"'))["organization_id"] for message in messages
    )


@pytest.fixture
def due() -> list[Organization]:
    """Forty organizations with work that is due."""
    organizations = OrganizationFactory.create_batch(40)
    for organization in organizations:
        DispatchFactory.create(organization=organization, kind=KIND)
    return organizations


def test_what_is_due_is_handed_out_once(due: list[Organization]) -> None:
    later = DispatchFactory.create(kind=KIND, due_at=timezone.now() + timedelta(hours=1))
    unknown = DispatchFactory.create(kind="of another version")
    assert hand_out_due() == len(due)
    assert queued() == sorted(organization.pk for organization in due)
    assert hand_out_due() == 0
    waiting = Dispatch.objects.filter(due_at__lte=timezone.now())
    assert set(waiting.values_list("pk", flat=True)) == {unknown.pk}
    assert Dispatch.objects.filter(pk=later.pk).exists()


def test_the_work_of_closed_organizations_waits_until_they_open(
    due: list[Organization], monkeypatch: pytest.MonkeyPatch
) -> None:
    Organization.objects.filter(pk__in=[one.pk for one in due[:3]]).update(is_open=False)
    assert hand_out_due() == len(due) - 3
    monkeypatch.setattr(registry, "done_while_closed", {KIND})
    assert hand_out_due() == 3
    monkeypatch.setattr(registry, "done_while_closed", set())
    Dispatch.objects.update(due_at=timezone.now())
    Organization.objects.filter(pk=due[0].pk).update(is_open=True)
    assert hand_out_due() == len(due) - 2


def test_what_is_kept_for_a_while_is_thrown_away_in_closed_organizations_too() -> None:
    assert registry.done_while_closed == {clean_up.DISPATCH_KIND}


def test_two_sweepers_hand_out_nothing_twice(due: list[Organization]) -> None:
    """One has taken half of it and not finished; the other takes the rest without waiting."""
    with transaction.atomic():
        held = list(Dispatch.objects.select_for_update().order_by("pk")[:15])
        counts = _sweep_at_once(1)
        assert counts == [len(due) - len(held)]
    assert hand_out_due() == len(held)
    assert queued() == sorted(organization.pk for organization in due)


def test_sweepers_that_start_at_the_same_moment(due: list[Organization]) -> None:
    counts = _sweep_at_once(4)
    # A sweeper may pass over rows another held for a moment; the next minute's finds nothing or those.
    counts.append(hand_out_due())
    assert sum(counts) == len(due)
    assert queued() == sorted(organization.pk for organization in due)
    assert not Dispatch.objects.filter(due_at__lte=timezone.now()).exists()


def _sweep_at_once(number: int) -> list[int]:
    """Run so many sweeps, each in a thread and connection of its own; return what each handed out."""
    counts: list[int] = []
    barrier = threading.Barrier(number)

    def sweep() -> None:
        try:
            barrier.wait(30)
            counts.append(hand_out_due())
        finally:
            connection.close()

    threads = [threading.Thread(target=sweep) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(counts) == number
    return counts


def test_a_task_that_never_began_is_handed_out_again(world: World) -> None:
    """The broker forgot it, or the worker died: the row stands until the task takes it, and is due again then."""
    with within(world.organization):
        schedule(kind=KIND, due_at=timezone.now())
    assert hand_out_due() == 1
    Dispatch.objects.filter(kind=KIND).update(due_at=F("due_at") - LEASE)
    assert hand_out_due() == 1
    assert queued() == [world.organization.pk, world.organization.pk]


def test_a_task_takes_its_work_off_the_table(world: World) -> None:
    with within(world.organization):
        schedule(kind=KIND, due_at=timezone.now())
    hand_out_due()
    with within(world.organization):
        begin(kind=KIND)
    assert not Dispatch.objects.filter(kind=KIND).exists()


def test_a_task_that_comes_back_stands_there_for_when_it_does(world: World) -> None:
    later = timezone.now() + timedelta(hours=1)
    with within(world.organization):
        schedule(kind=KIND, due_at=timezone.now())
    with within(world.organization):
        begin(kind=KIND)
        schedule(kind=KIND, due_at=later)
    assert Dispatch.objects.get(kind=KIND).due_at == later


@pytest.mark.parametrize("stands", [True, False])
@pytest.mark.parametrize("in_minutes", [-1, 0, 60])
def test_a_task_takes_off_nothing_that_is_scheduled_while_it_runs(world: World, stands: bool, in_minutes: int) -> None:
    """Neither what was committed while it ran, nor what is committed after it: it saw neither."""
    now = timezone.now()
    if stands:
        with within(world.organization):
            schedule(kind=KIND, due_at=now)
    due_at = now + timedelta(minutes=in_minutes)
    with within(world.organization):
        begin(kind=KIND)
        other = Other(world.organization, lambda: schedule(kind=KIND, due_at=due_at))
        assert not other.waits()
    assert other.end() is None
    assert Dispatch.objects.get(kind=KIND).due_at == (min(now, due_at) if stands else due_at)


def test_a_task_that_begins_before_a_change_is_committed_does_not_take_it_off(world: World) -> None:
    with within(world.organization):
        schedule(kind=KIND, due_at=timezone.now())

    def work() -> None:
        begin(kind=KIND)

    with within(world.organization):
        schedule(kind=KIND, due_at=timezone.now())
        # The whole task, from its beginning to its commit: it sees nothing of this change.
        task = Other(world.organization, work)
        assert not task.waits()
        assert task.end() is None
    assert Dispatch.objects.filter(kind=KIND).exists()


def test_a_task_that_ends_in_the_moment_of_a_commit_waits_for_it(world: World) -> None:
    """A change has written its row and is about to commit: the task sees that it is another one by then."""
    with within(world.organization):
        schedule(kind=KIND, due_at=timezone.now())
    has_begun, is_written = threading.Event(), threading.Event()

    def work() -> None:
        begin(kind=KIND)
        has_begun.set()
        assert is_written.wait(20)

    task = Other(world.organization, work)
    task.start()
    assert has_begun.wait(20)
    with transaction.atomic():
        with within(world.organization):
            schedule(kind=KIND, due_at=timezone.now())
        is_written.set()
        assert task.is_waiting()
    assert task.end() is None
    assert Dispatch.objects.filter(kind=KIND).exists()


def test_those_who_schedule_do_not_wait_for_each_other(world: World) -> None:
    with within(world.organization):
        schedule(kind=KIND, due_at=timezone.now())
        other = Other(world.organization, lambda: schedule(kind=KIND, due_at=timezone.now()))
        assert not other.waits()
    assert other.end() is None


def test_nothing_is_scheduled_by_what_is_rolled_back(world: World) -> None:
    with within(world.organization):
        schedule(kind=KIND, due_at=timezone.now())
        transaction.set_rollback(True)
    assert not Dispatch.objects.filter(kind=KIND).exists()


def test_a_task_that_fails_leaves_its_work_on_the_table(world: World) -> None:
    with within(world.organization):
        schedule(kind=KIND, due_at=timezone.now())
    hand_out_due()
    with pytest.raises(LookupError), within(world.organization):
        _begin_and_fail()
    assert Dispatch.objects.filter(kind=KIND).exists()


def _begin_and_fail() -> None:
    begin(kind=KIND)
    raise LookupError


def test_the_earlier_time_wins(world: World) -> None:
    soon = timezone.now() + timedelta(minutes=5)
    with within(world.organization):
        for minutes in (10, 0, 20):
            schedule(kind=KIND, due_at=soon + timedelta(minutes=minutes))
    assert Dispatch.objects.get(kind=KIND).due_at == soon


def test_only_an_organization_schedules() -> None:
    with pytest.raises(TenantNotSet):
        schedule(kind=KIND, due_at=timezone.now())
