"""Two beats at once tell nobody twice, and an emptied broker loses nothing."""

import json
import threading
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from okrapp.celery import app
from okrapp.notifications.domain.notify import DISPATCH_KIND, SEND_TASK, Told, notify_each
from okrapp.notifications.models import Delivery, Notification
from okrapp.notifications.registry import Kind
from okrs.domain.reminder import DUE, remind
from okrs.models import KeyResult, Objective
from organizations.actor import system_actor
from organizations.domain.dispatch import hand_out_due
from organizations.models import Dispatch, Organization, PausePeriod
from tests.factories.okrs import CycleFactory, KeyResultFactory, ObjectiveFactory
from tests.factories.organizations import MembershipFactory, UserFactory
from tests.factories.worlds import World, make_organization, within
from tests.notifications.channel import KeptChannel
from tests.queries import exactly

pytestmark = pytest.mark.django_db(transaction=True)

BEGAN = datetime(2026, 10, 1, 8, tzinfo=UTC)


@pytest.fixture
def world() -> World:
    return make_organization("acme")


def queue() -> tuple[object, str]:
    """Return the broker's client and the key of this process's queue."""
    prefix = settings.CELERY_BROKER_TRANSPORT_OPTIONS["global_keyprefix"]
    return cache._cache.get_client(None, write=True), f"{prefix}{app.conf.task_default_queue}"


def queued() -> list[str]:
    """Return the names of the tasks that wait in the broker."""
    server, key = queue()
    return [json.loads(raw)["headers"]["task"] for raw in server.lrange(key, 0, -1)]


def test_two_beats_at_once_remind_once(world: World) -> None:
    with within(world.organization):
        PausePeriod.objects.all().delete()
        Objective.objects.update(status="paused")
        cycle = CycleFactory.create(starts_on=date(2026, 10, 1), ends_on=date(2026, 12, 31), phase="running")
        objective = ObjectiveFactory.create(cycle=cycle, team=world.team, owner=world.lead)
        Objective.objects.filter(pk=objective.pk).update(activated_at=BEGAN, created_at=BEGAN)
        for _number in range(20):
            member = MembershipFactory.create(user=UserFactory.create())
            KeyResultFactory.create(objective=objective, owner=member)
        KeyResult.objects.filter(objective=objective).update(created_at=BEGAN)
    barrier, failures = threading.Barrier(3, timeout=20), []

    def beat() -> None:
        try:
            barrier.wait()
            with within(world.organization):
                remind(datetime(2026, 11, 27, 11, tzinfo=UTC))
        except BaseException as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=beat) for _number in range(3)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    assert failures == []
    with within(world.organization):
        told = Counter(Notification.objects.filter(kind=DUE, period="2026-11-27").values_list("recipient", "period"))
        assert len(told) == 20
        deliveries = Counter(
            Delivery.objects.filter(notification__kind=DUE, notification__period="2026-11-27").values_list(
                "notification", "channel"
            )
        )
        assert set(deliveries.values()) == {1}
        assert len(deliveries) == 20


@pytest.mark.parametrize("organizations", [2, 1000])
def test_organizations_that_are_due_together_are_handed_out_in_two_statements(organizations: int) -> None:
    rows = Organization.objects.bulk_create(
        [Organization(slug=f"o{number}", name=f"Number {number}") for number in range(organizations)]
    )
    now = timezone.now()
    Dispatch.objects.bulk_create([Dispatch(organization=one, kind=DISPATCH_KIND, due_at=now) for one in rows])
    server, key = queue()
    server.delete(key)
    with exactly(2):
        assert hand_out_due() == organizations
    assert queued() == [SEND_TASK] * organizations
    assert hand_out_due() == 0
    server.delete(key)


def test_an_emptied_broker_delays_by_one_sweep(world: World, kind: Kind, channel: KeptChannel) -> None:
    with within(world.organization):
        told = [Told(world.member.pk, "1", "", {})]
        notify_each(actor=system_actor(), kind=kind.code, told=told, undo_for=timedelta(0))
    assert SEND_TASK in queued()
    server, key = queue()
    server.delete(key)
    assert queued() == []
    hand_out_due()
    assert SEND_TASK in queued()
    server.delete(key)
