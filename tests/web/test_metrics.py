"""What Prometheus is told, by whom it may be asked, and that nothing else suffers from it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families
from pytest_django import Settings

from okrapp import pulse
from okrapp.notifications.enums import State
from okrapp.notifications.models import Delivery
from organizations.models import Dispatch
from tests.factories.notifications import DeliveryFactory
from tests.factories.organizations import OrganizationFactory
from tests.factories.worlds import World, within
from tests.queries import exactly

TOKEN = "a-secret-of-forty-letters-for-prometheus"

Numbers = dict[tuple[str, tuple[tuple[str, str], ...]], float]


@pytest.fixture(autouse=True)
def _token(settings: Settings) -> None:
    settings.METRICS_TOKEN = TOKEN


def scraped(client: Client | None = None) -> Numbers:
    answer = (client or Client()).get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/plain; version=")
    return numbers(answer.content.decode())


def numbers(text: str) -> Numbers:
    """What a text in Prometheus' format says, by name and labels."""
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def one(found: Numbers, name: str, **labels: str) -> float:
    return found[name, tuple(sorted(labels.items()))]


def test_only_whoever_has_the_token(client: Client, settings: Settings) -> None:
    """No database fixture: who is refused costs no statement."""
    for wrong in ("", TOKEN, f"Bearer {TOKEN}x", "Bearer ", f"Basic {TOKEN}", "Bearer é"):
        answer = client.get("/metrics", headers={"Authorization": wrong})
        assert (answer.status_code, answer.content) == (401, b"")
        assert answer["WWW-Authenticate"] == "Bearer"
    assert client.post("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 405


def test_without_a_token_there_is_no_such_page(client: Client, settings: Settings, db: None) -> None:
    settings.METRICS_TOKEN = ""
    for sent in ("", "Bearer ", "Bearer x"):
        assert client.get("/metrics", headers={"Authorization": sent}).status_code == 404


def test_outboxes_of_all_organizations(world: World, other_world: World) -> None:
    now = timezone.now()
    for one_world in (world, other_world):
        with within(one_world.organization):
            Delivery.objects.filter(endpoint__isnull=False).delete()
    with within(world.organization):
        Delivery.objects.update(state=State.DEAD)
        DeliveryFactory.create(notification=world.reminder, due_at=now - timedelta(minutes=10))
    with within(other_world.organization):
        Delivery.objects.update(state=State.DEAD)
        DeliveryFactory.create(notification=other_world.reminder, channel="gone", due_at=now - timedelta(days=1))
    found = scraped()
    assert one(found, "okrapp_outbox_deliveries", channel="email", state="dead") == 2
    assert one(found, "okrapp_outbox_deliveries", channel="email", state="waiting") == 1
    assert one(found, "okrapp_outbox_deliveries", channel="email", state="sent") == 0
    assert one(found, "okrapp_outbox_deliveries", channel="gone", state="waiting") == 1
    assert one(found, "okrapp_outbox_dead") == 2
    # Nobody waits for a channel that is gone.
    assert 600 <= one(found, "okrapp_outbox_oldest_waiting_seconds") < 700


def test_nothing_waits(db: None) -> None:
    found = scraped()
    assert one(found, "okrapp_outbox_oldest_waiting_seconds") == 0
    assert one(found, "okrapp_dispatch_due") == one(found, "okrapp_dispatch_late_seconds") == 0
    assert ("okrapp_beat_age_seconds", ()) not in found
    assert {labels[0][1]: value for (name, labels), value in found.items() if name == "okrapp_source_up"} == {
        "broker": 1,
        "dispatch": 1,
        "outbox": 1,
    }


def test_work_that_is_due(world: World) -> None:
    Dispatch.objects.all().delete()
    now = timezone.now()
    for kind, minutes in (("outbox", 3), ("of another version", 60)):
        Dispatch.objects.create(organization=world.organization, kind=kind, due_at=now - timedelta(minutes=minutes))
    Dispatch.objects.create(organization=world.organization, kind="clean_up", due_at=now + timedelta(minutes=1))
    found = scraped()
    assert one(found, "okrapp_dispatch_due") == 1
    assert 180 <= one(found, "okrapp_dispatch_late_seconds") < 240


def test_beat_workers_and_tasks(db: None) -> None:
    pulse.note_beat()
    pulse.note_sweep()
    pulse.note_worker("worker-1@somewhere")
    pulse.count_task(name="a.task", outcome="success", seconds=1.5)
    pulse.count_task(name="a.task", outcome="failure", seconds=0.5)
    found = scraped()
    assert 0 <= one(found, "okrapp_beat_age_seconds") < 30
    assert 0 <= one(found, "okrapp_sweep_age_seconds") < 30
    assert one(found, "okrapp_workers") == 1
    assert one(found, "okrapp_queue_tasks") == 0
    assert one(found, "okrapp_tasks_total", task="a.task", outcome="failure") == 1
    assert one(found, "okrapp_task_seconds_total", task="a.task") == 2
    assert "somewhere" not in str(found)


def test_requests_by_route_and_status(client: Client, db: None) -> None:
    labels = {"method": "GET", "route": "healthz"}
    before = scraped().get(("okrapp_http_requests_total", (*sorted(labels.items()), ("status", "200"))), 0)
    for _ in range(3):
        client.get("/healthz")
    client.get("/nowhere/at/all/", headers={"Authorization": "x"})
    client.generic("FORGED", "/healthz")
    found = scraped()
    assert one(found, "okrapp_http_requests_total", **labels, status="200") == before + 3
    assert one(found, "okrapp_http_request_seconds_count", **labels) == before + 3
    assert one(found, "okrapp_http_requests_total", method="GET", route="nowhere", status="404") >= 1
    assert one(found, "okrapp_http_requests_total", method="other", route="healthz", status="405") >= 1


def test_no_label_names_anybody(world: World) -> None:
    Client().get(f"/o/{world.organization.slug}/")
    text = str(scraped())
    assert world.organization.slug not in text
    assert world.organization.name not in text


@pytest.mark.parametrize("organizations", [1, 50])
def test_two_statements_however_many_organizations(organizations: int, world: World) -> None:
    for organization in OrganizationFactory.create_batch(organizations - 1):
        with within(organization):
            DeliveryFactory.create()
    client = Client()
    with exactly(2):
        found = scraped(client)
    waiting = one(found, "okrapp_outbox_deliveries", channel="email", state="waiting")
    assert waiting == organizations


def test_without_a_broker_the_rest_is_told(world: World, settings: Settings) -> None:
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    found = scraped()
    assert one(found, "okrapp_source_up", source="broker") == 0
    assert one(found, "okrapp_source_up", source="outbox") == 1
    assert one(found, "okrapp_outbox_deliveries", channel="email", state="waiting") == 1
    assert ("okrapp_workers", ()) not in found
    # And nobody who has something to note waits or fails.
    pulse.note_sweep()
    pulse.count_task(name="a.task", outcome="success", seconds=1)


@pytest.mark.django_db(transaction=True)
def test_without_a_database_the_rest_is_told() -> None:
    pulse.note_beat()
    real: dict[str, Any] = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict.update(HOST="127.0.0.1", PORT="1")
    try:
        found = scraped()
    finally:
        connection.close()
        connection.settings_dict.update(real)
    assert one(found, "okrapp_source_up", source="broker") == 1
    assert one(found, "okrapp_source_up", source="outbox") == one(found, "okrapp_source_up", source="dispatch") == 0
    assert one(found, "okrapp_beat_age_seconds") < 30
    assert ("okrapp_outbox_dead", ()) not in found
