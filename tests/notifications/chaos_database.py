"""The database server is stopped and started while a real worker sends: `bin/bench chaos`.

Not among the tests, because it stops the server that others may be testing on.
"""

import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError, connection

from okrapp.celery import app
from okrapp.env import BASE_DIR
from okrapp.local import postgres
from okrapp.local.checkout import here, read_json
from okrapp.notifications.domain.notify import Told, notify_each
from okrapp.notifications.enums import State
from okrapp.notifications.models import Delivery, Notification
from organizations.actor import system_actor
from organizations.domain.dispatch import hand_out_due
from organizations.models import Dispatch
from tests.factories.organizations import MembershipFactory, UserFactory
from tests.factories.worlds import make_organization, within
from tests.notifications.test_killed_worker import Receiver, receiver
from tests.tenancy.servers import environment

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]
# A fixture that is used by its name.
__all__ = ["receiver"]
SUFFIX = "chaos"
PEOPLE, RESTARTS, PATIENCE = 300, 3, 240


def restart_database() -> None:
    """Stop the server, with every connection cut, and start it again; the broker goes on."""
    assert postgres.stop(read_json(here().state)["postgres"]), "bin/bench uses the local server"
    subprocess.run([sys.executable, "-m", "okrapp.local", "start"], cwd=BASE_DIR, check=True, capture_output=True)


def until_it_answers(ask: Any) -> Any:
    """Ask the database until it is there again."""
    for _attempt in range(600):
        try:
            return ask()
        except OperationalError:
            connection.close()
            time.sleep(0.1)
    raise AssertionError("the database has not come back")


def test_a_worker_recovers_by_itself(receiver: tuple[Receiver, int], monkeypatch: pytest.MonkeyPatch) -> None:
    kept, port = receiver
    # The worker is a process of its own and knows only names that come from its environment.
    monkeypatch.setitem(settings.CELERY_BROKER_TRANSPORT_OPTIONS, "global_keyprefix", f"okrapp{SUFFIX}:")
    app._after_fork()  # type: ignore[attr-defined]  # forgets its connections, which have the former name
    organization = make_organization("acme").organization
    with within(organization):
        Delivery.objects.all().delete()
        people = [MembershipFactory.create(user=UserFactory.create()) for _number in range(PEOPLE)]
        told = [Told(one.pk, str(one.pk), "", {}) for one in people]
        notify_each(actor=system_actor(), kind="test", told=told, undo_for=timedelta(0))
        rows = Notification.objects.filter(kind="test")
        Delivery.objects.bulk_create([Delivery(notification=one, channel="email") for one in rows])
        Dispatch.objects.update_or_create(
            organization=organization, kind="outbox", defaults={"due_at": organization.created_at}
        )
    connection.close()
    worker = subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "okrapp", "worker", "--pool", "solo", "--loglevel", "ERROR"],
        cwd=BASE_DIR,
        env=environment(settings.DATABASES["default"])
        | {"OKRAPP_EMAIL_HOST": "127.0.0.1", "OKRAPP_EMAIL_PORT": str(port), "OKRAPP_OUTBOX_LEASE": "2"}
        | {"OKRAPP_TEST_SUFFIX": SUFFIX},
    )
    try:
        restarts, began = 0, time.monotonic()
        while time.monotonic() - began < PATIENCE:
            # What the beat does each minute; a row that was handed out to a worker that failed is due again.
            until_it_answers(lambda: Dispatch.objects.filter(kind="outbox").update(due_at=organization.created_at))
            until_it_answers(hand_out_due)
            time.sleep(0.5)
            done = sum(kept.accepted.values())
            if restarts < RESTARTS and done >= (restarts + 1) * PEOPLE // (RESTARTS + 2):
                connection.close()
                restart_database()
                restarts += 1

            def unsent() -> int:
                with within(organization):
                    return Delivery.objects.unsent().count()  # type: ignore[no-any-return]

            if restarts == RESTARTS and until_it_answers(unsent) == 0:
                break
    finally:
        worker.terminate()
        worker.wait(30)
    assert restarts == RESTARTS
    with within(organization):
        deliveries = list(Delivery.objects.filter(notification__kind="test"))
    assert Counter(one.state for one in deliveries) == {State.SENT: PEOPLE}
    assert set(kept.accepted) == {f"<{one.envelope}@127.0.0.1>" for one in deliveries}
    twice = {message_id for message_id, times in kept.accepted.items() if times > 1}
    assert twice <= {f"<{one.envelope}@127.0.0.1>" for one in deliveries if one.possibly_twice}
