"""One's own inbox and choices in the API."""

import pytest
from django.test import Client

from okrapp.notifications.domain.preference import choices_of
from okrapp.notifications.models import Habits, Notification
from tests.factories.notifications import NotificationFactory
from tests.factories.worlds import World, client_of, within
from tests.queries import exactly

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(world: World) -> Client:
    return client_of(world.member)


def url(world: World, path: str) -> str:
    return f"/api/v1/o/{world.organization.slug}/{path}"


def test_ones_own_lines_with_their_words(world: World, client: Client) -> None:
    with within(world.organization):
        NotificationFactory.create(recipient=world.lead)
    (one,) = client.get(url(world, "notifications/")).json()["results"]
    assert one["id"] == str(world.notification.pk)
    assert one["sentence"] == f"“Told in {world.organization.name}” has had no check-in twice. Does it still fit?"
    assert one["by"] == str(world.lead.pk)
    assert len(one["lines"]) == 1


def test_reading_and_not(world: World, client: Client) -> None:
    path = url(world, f"notifications/{world.notification.pk}/")
    read = client.post(f"{path}read/", content_type="application/json")
    assert read.status_code == 200, read.content
    assert read.json()["read_at"] is not None
    assert client.get(url(world, "notifications/?unread=true")).json()["results"] == []
    assert client.post(f"{path}unread/", content_type="application/json").json()["read_at"] is None
    assert len(client.get(url(world, "notifications/?unread=true")).json()["results"]) == 1
    assert client_of(world.lead).post(f"{path}read/", content_type="application/json").status_code == 404
    with within(world.organization):
        assert Notification.objects.get(pk=world.notification.pk).read_at is None


@pytest.mark.parametrize("lines", [1, 40])
def test_a_list_takes_the_same_number_of_statements(lines: int, world: World, client: Client) -> None:
    with within(world.organization):
        for _number in range(lines):
            NotificationFactory.create(recipient=world.member, by=world.lead)
    with exactly(5):
        client.get(url(world, "notifications/"))


def test_choices_and_habits_are_changed_one_by_one(world: World, client: Client) -> None:
    path = url(world, "notification-settings/")
    before = client.get(path).json()
    assert before["pace"] == ""
    assert {"kind": "check_in_due", "channel": "email", "is_on": True} in before["choices"]
    body = {"pace": "daily", "choices": [{"kind": "check_in_due", "channel": "email", "is_on": False}]}
    after = client.patch(path, body, content_type="application/json").json()
    assert (after["pace"], after["reminder_hour"]) == ("daily", None)
    assert {"kind": "check_in_due", "channel": "email", "is_on": False} in after["choices"]
    with within(world.organization):
        assert Habits.objects.get(member=world.member).pace == "daily"
        assert choices_of(world.lead)["check_in_due", "email"] is True


@pytest.mark.parametrize(
    "wrong",
    [
        {"pace": "hourly"},
        {"reminder_hour": 24},
        {"quiet_from": 20},
        {"choices": [{"kind": "nothing", "channel": "email", "is_on": True}]},
        {"choices": [{"kind": "check_in_due", "channel": "pigeon", "is_on": True}]},
        {"hour": 9},
    ],
)
def test_wrong_values_are_refused_and_nothing_is_kept(wrong: dict[str, object], world: World, client: Client) -> None:
    answer = client.patch(
        url(world, "notification-settings/"), {"pace": "weekly", **wrong}, content_type="application/json"
    )
    assert answer.status_code == 422
    with within(world.organization):
        assert not Habits.objects.filter(member=world.member).exists()
