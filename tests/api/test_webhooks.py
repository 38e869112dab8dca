"""Webhooks, chat rooms and one's own chats for programs."""

from collections.abc import Callable

import pytest

from okrapp.notifications.enums import State
from okrapp.notifications.models import Endpoint
from okrapp.notifications.sealed import unseal
from organizations.enums import Scope
from tests.api.conftest import Program, fields
from tests.factories.notifications import DeliveryFactory, EventFactory
from tests.factories.worlds import World, within
from tests.queries import exactly

pytestmark = pytest.mark.django_db
ADDRESS = "https://hooks.example/in?key=hunter2"
NEW = {"name": "Warehouse", "address": ADDRESS, "topics": ["objective"]}
ROOM = {"kind": "teams", "name": "Growth", "address": ADDRESS, "topics": ["celebrated"]}


@pytest.fixture
def api(world: World, program: Callable[..., Program]) -> Program:
    return program(world.administrator)


def test_a_webhook_from_the_first_to_the_last(world: World, api: Program) -> None:
    made = api.write("POST", "webhooks/", NEW, status=201)
    where = f"webhooks/{made['id']}/"
    assert made["host"] == "hooks.example"
    with within(world.organization):
        assert unseal(Endpoint.objects.get(pk=made["id"]).sealed_secret) == made["secret"]
    assert "secret" not in api.get(where)
    assert "hunter2" not in str(api.get("webhooks/"))
    changed = api.write("PATCH", where, {"topics": ["objective", "cycle"]}, status=200)
    assert changed["topics"] == ["cycle", "objective"]
    assert api.write("POST", f"{where}rotate-secret/", status=200)["secret"] != made["secret"]
    sent = api.write("POST", f"{where}test/", status=202)
    assert (sent["type"], sent["state"], sent["message"]["type"]) == ("ping", "waiting", "ping")
    assert api.write("POST", f"{where}switch-off/", status=200)["off_because"] == "by_hand"
    assert api.get(f"{where}deliveries/")["results"][0]["error"] == "Switched off"
    assert "switched off" in str(api.write("POST", f"{where}test/", status=422))
    assert api.write("POST", f"{where}switch-on/", status=200)["is_on"] is True
    api.write("DELETE", where, status=204)
    assert api.ask("GET", where).status_code == 404


def test_a_repeated_request_makes_one_and_tells_the_secret_once(world: World, api: Program) -> None:
    first = api.write("POST", "webhooks/", NEW, status=201, **{"idempotency-key": "one"})
    again = api.write("POST", "webhooks/", NEW, status=201, **{"idempotency-key": "one"})
    assert again["id"] == first["id"]
    assert "secret" in first
    assert "secret" not in again


def test_what_is_wrong_is_said_at_its_field(api: Program) -> None:
    for change, name in (
        ({"address": "https://10.0.0.7/"}, "address"),
        ({"address": "http://hooks.example/"}, "address"),
        ({"topics": []}, "topics"),
        ({"topics": ["salary"]}, "topics"),
        ({"secret": "mine"}, "secret"),
    ):
        assert fields(api.ask("POST", "webhooks/", NEW | change)) == [name]


def test_what_was_sent_and_sending_it_again(world: World, api: Program) -> None:
    where = f"webhooks/{world.endpoint.pk}/"
    with within(world.organization):
        dead = DeliveryFactory.create(
            notification=None,
            event=EventFactory.create(kind="objective.changed"),
            endpoint=world.endpoint,
            channel="webhook",
            state=State.DEAD,
            answer=500,
        )
    rows = api.get(f"{where}deliveries/")["results"]
    assert [(one["type"], one["state"], one["answer"]) for one in rows] == [
        ("objective.created", "sent", None),
        ("objective.changed", "dead", 500),
    ]
    assert rows[0]["message"]["data"]["organization"] == "acme"
    assert api.write("POST", f"{where}replay/", {"deliveries": [str(dead.pk)]}, status=200) == {"count": 1}
    assert api.write("POST", f"{where}replay/", {}, status=200) == {"count": 0}
    # Deliveries of another endpoint are not of this one.
    where = f"chat-rooms/{world.room.pk}/"
    assert api.write("POST", f"{where}replay/", {"deliveries": [str(dead.pk)]}, status=200) == {"count": 0}


@pytest.mark.parametrize("count", [1, 40])
def test_the_log_takes_the_same_number_of_statements(world: World, api: Program, count: int) -> None:
    with within(world.organization):
        for _number in range(count):
            DeliveryFactory.create(
                notification=None, event=EventFactory.create(), endpoint=world.endpoint, channel="webhook"
            )
    with exactly(5):
        api.get(f"webhooks/{world.endpoint.pk}/deliveries/")


def test_a_lead_connects_a_room_of_their_own_team(world: World, program: Callable[..., Program]) -> None:
    lead = program(world.lead)
    made = lead.write("POST", "chat-rooms/", ROOM | {"team": str(world.team.pk)}, status=201)
    assert (made["kind"], made["team"]) == ("teams", str(world.team.pk))
    for team in (str(world.root_team.pk), None):
        assert lead.ask("POST", "chat-rooms/", ROOM | {"team": team}).status_code == 403
    changed = lead.write("PATCH", f"chat-rooms/{made['id']}/", {"name": "Growth and more"}, status=200)
    assert changed["name"] == "Growth and more"
    member = program(world.member)
    assert member.ask("PATCH", f"chat-rooms/{made['id']}/", {"name": "Mine"}).status_code == 403
    assert member.get(f"chat-rooms/{made['id']}/")["name"] == "Growth and more"


def test_ones_own_chat(world: World, program: Callable[..., Program]) -> None:
    mine = program(world.member)
    assert mine.get("chats/slack/") == {"kind": "slack", "host": ""}
    assert mine.write("PUT", "chats/slack/", {"address": ADDRESS}, status=200)["host"] == "hooks.example"
    choices = mine.get("notification-settings/")["choices"]
    assert {"kind": "check_in_due", "channel": "slack", "is_on": True} in choices
    assert program(world.lead).get("chats/slack/")["host"] == ""
    with within(world.organization):
        own = Endpoint.objects.get(member=world.member)
    assert program(world.administrator).ask("GET", f"chat-rooms/{own.pk}/").status_code == 404
    mine.write("DELETE", "chats/slack/", status=204)
    assert mine.get("chats/slack/")["host"] == ""
    assert mine.ask("GET", "chats/webhook/").status_code == 404


def test_a_token_needs_the_right_scope(world: World, program: Callable[..., Program]) -> None:
    reader = program(world.administrator, Scope.OKRS_READ)
    assert reader.ask("GET", "webhooks/").status_code == 200
    assert reader.ask("POST", "webhooks/", NEW).status_code == 403
