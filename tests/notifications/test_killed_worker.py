"""A worker that is killed in the middle of sending, against a real mail server and a program that listens.

Nothing is lost, and nothing comes twice in secret.

`OKRAPP_KILLS=100` makes it long; `bin/bench chaos` does.
"""

import os
import random
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.conf import settings
from django.db import connection
from standardwebhooks import Webhook

from okrapp.env import BASE_DIR
from okrapp.notifications.domain.endpoint import new_secret
from okrapp.notifications.domain.notify import Told, notify_each
from okrapp.notifications.enums import State
from okrapp.notifications.models import Delivery, Event, Notification
from okrapp.notifications.sealed import seal
from organizations.actor import system_actor
from tests.factories.notifications import EndpointFactory, EventFactory
from tests.factories.organizations import MembershipFactory, UserFactory
from tests.factories.worlds import make_organization, within
from tests.notifications.receiver import Listening
from tests.notifications.receiver import Receiver as Program
from tests.tenancy.servers import environment

pytestmark = pytest.mark.django_db(transaction=True)

KILLS = int(os.environ.get("OKRAPP_KILLS", "8"))
PEOPLE = 10 * KILLS


class Receiver:
    """Keeps the id of every mail it accepts."""

    def __init__(self) -> None:
        self.accepted: Counter[str] = Counter()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Accept one mail."""
        head = envelope.content.decode(errors="replace").split("\r\n\r\n", 1)[0]
        (line,) = (line for line in head.splitlines() if line.lower().startswith("message-id:"))
        self.accepted[line.split(":", 1)[1].strip()] += 1
        return "250 accepted"


@pytest.fixture
def receiver() -> Iterator[tuple[Receiver, int]]:
    """A mail server on a free port of this machine."""
    kept = Receiver()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(kept, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield kept, port
    finally:
        controller.stop()


@pytest.fixture
def program() -> Iterator[Program]:
    """A program that listens on a free port of this machine."""
    with Listening() as found:
        yield found


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_nothing_is_lost_and_what_came_twice_is_marked(receiver: tuple[Receiver, int], program: Program) -> None:
    kept, port = receiver
    organization = make_organization("acme").organization
    with within(organization):
        Delivery.objects.all().delete()
        people = [MembershipFactory.create(user=UserFactory.create()) for _number in range(PEOPLE)]
        told = [Told(one.pk, f"{number} {one.pk}", "", {}) for one in people for number in range(2)]
        notify_each(actor=system_actor(), kind="test", told=told, undo_for=timedelta(0))
        # A kind without channels of its own: they are written here, as for somebody who chose mail.
        rows = Notification.objects.filter(kind="test")
        Delivery.objects.bulk_create([Delivery(notification=one, channel="email") for one in rows])
        secret = new_secret()
        endpoint = EndpointFactory.create(
            host="127.0.0.1", sealed_address=seal(f"http://127.0.0.1:{program.port}/"), sealed_secret=seal(secret)
        )
        events = [EventFactory.build(organization=organization) for _number in range(PEOPLE)]
        Event.objects.bulk_create(events)
        Delivery.objects.bulk_create([Delivery(event=one, endpoint=endpoint, channel="webhook") for one in events])
    connection.close()
    seed = _seed()
    worker = subprocess.run(
        [sys.executable, "-m", "tests.notifications.mortal_worker", str(organization.pk), str(KILLS), str(seed)],
        cwd=BASE_DIR,
        env=environment(settings.DATABASES["default"])
        | {"OKRAPP_EMAIL_HOST": "127.0.0.1", "OKRAPP_EMAIL_PORT": str(port), "OKRAPP_OUTBOX_LEASE": "0"}
        | {"OKRAPP_WEBHOOK_NETWORKS": "127.0.0.0/8", "OKRAPP_SECRET_KEY": settings.SECRET_KEY},
        capture_output=True,
        text=True,
        timeout=3000,
    )
    assert worker.returncode == 0, f"OKRAPP_KILL_SEED={seed} {worker.stderr[-2000:]}"
    killed = int(worker.stdout)
    assert killed > 0, "nobody was killed: the timer is too long for this machine"
    with within(organization):
        deliveries = list(Delivery.objects.filter(notification__kind="test"))
        assert {one.state for one in deliveries} == {State.SENT}, f"lost, OKRAPP_KILL_SEED={seed}"
        assert len(deliveries) == 2 * PEOPLE
        # In the inbox each stands exactly once.
        assert Notification.objects.filter(kind="test").count() == 2 * PEOPLE
    ids = {f"<{one.envelope}@127.0.0.1>" for one in deliveries}
    assert set(kept.accepted) == ids
    assert len(ids) == PEOPLE, "what belongs to one person came in several mails"
    twice = {message_id for message_id, times in kept.accepted.items() if times > 1}
    marked = {f"<{one.envelope}@127.0.0.1>" for one in deliveries if one.possibly_twice}
    assert twice <= marked
    with within(organization):
        sent = list(Delivery.objects.filter(endpoint=endpoint))
    assert {one.state for one in sent} == {State.SENT}, f"lost, OKRAPP_KILL_SEED={seed}"
    assert set(program.ids) == {f"msg_{one.envelope}" for one in sent}
    assert len(program.ids) == PEOPLE
    twice_told = {message_id for message_id, times in program.ids.items() if times > 1}
    assert twice_told <= {f"msg_{one.envelope}" for one in sent if one.possibly_twice}
    for taken in program.taken:
        # Whichever attempt it was: signed, and not long ago.
        assert Webhook(secret).verify(taken.body, taken.headers)["type"] == "objective.created"
    # A kill marks at most the batch that was claimed then, and sends at most one message twice.
    assert sum(kept.accepted.values()) + sum(program.ids.values()) <= 2 * PEOPLE + killed


def _seed() -> int:
    """Return another beginning each time; OKRAPP_KILL_SEED has one again."""
    return int(os.environ.get("OKRAPP_KILL_SEED", "") or random.SystemRandom().randrange(10**6))
