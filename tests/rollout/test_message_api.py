"""Messages of rollouts in the API: the same people write, agree and read there as in the browser."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from rollout.models import MessageRecipient, RolloutPlan, SentMessage
from tests.factories.messages import MessageAudienceFactory, PlannedMessageFactory
from tests.factories.rollout import WaveFactory
from tests.factories.worlds import World, client_of, make_member, within
from tests.queries import exactly
from tests.rollout.test_messages import plan_of

pytestmark = pytest.mark.django_db


def address(name: str, *keys: object) -> str:
    return reverse(f"rollout_api:{name}", args=["acme", *keys])


def send(client: Client, name: str, *keys: object, method: str = "post", **body: Any) -> Any:
    return getattr(client, method)(address(name, *keys), body, content_type="application/json")


@pytest.fixture
def plan(world: World) -> RolloutPlan:
    with within(world.organization):
        return plan_of(world)


def draft(world: World, plan: RolloutPlan, **fields: Any) -> dict[str, Any]:
    day = timezone.localdate() + timedelta(days=3)
    return {
        "plan": str(plan.pk),
        "title": "We begin",
        "text": "In spring.",
        "sender": str(world.lead.pk),
        "sends_on": str(day),
        "audience": [{"kind": "everybody"}],
        **fields,
    }


def test_from_the_draft_to_the_archive(world: World, plan: RolloutPlan) -> None:
    office, sender = client_of(world.member), client_of(world.lead)
    made = send(office, "planned-message-list", **draft(world, plan))
    assert made.status_code == 201, made.content
    told = made.json()
    assert (told["state"], told["version"], told["audience"][0]["kind"]) == ("draft", 0, "everybody")
    key = told["id"]
    assert send(office, "planned-message-schedule", key).json()["state"] == "asked"
    assert send(office, "planned-message-agree", key, version=1).status_code == 403
    assert send(office, "planned-message-send-now", key).status_code == 422
    assert send(sender, "planned-message-send-back", key, reason="").status_code == 422
    back = send(sender, "planned-message-send-back", key, reason="Say why.").json()
    assert (back["state"], back["return_reason"]) == ("draft", "Say why.")
    changed = send(office, "planned-message-detail", key, method="patch", text="Because it helps.").json()
    assert changed["text"] == "Because it helps."
    version = send(office, "planned-message-schedule", key).json()["version"]
    assert send(sender, "planned-message-agree", key, version=version - 1).status_code == 422
    assert send(sender, "planned-message-agree", key, version=version).json()["state"] == "scheduled"
    assert send(office, "planned-message-cancel", key).json()["state"] == "cancelled"
    assert send(office, "planned-message-restore", key).json()["state"] == "scheduled"
    sent = send(office, "planned-message-send-now", key)
    assert sent.status_code == 200, sent.content
    archived = sent.json()
    assert archived["planned_message"] == key
    assert archived["recipient_count"] == len(recipients(world, archived["id"]))
    assert archived["sender_name"] == world.lead.display_name
    reader = client_of(world.plo)
    assert [one["id"] for one in listed(reader, "sent-message-list", plan=str(plan.pk))] == [archived["id"]]
    assert send(office, "planned-message-send-now", key).status_code == 422


def recipients(world: World, sent: str) -> set[Any]:
    with within(world.organization):
        return set(MessageRecipient.objects.filter(sent=sent).values_list("membership", flat=True))


def listed(client: Client, name: str, **query: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(address(name), query).json()["results"]
    return found


def test_told_by_people(world: World, plan: RolloutPlan) -> None:
    office = client_of(world.member)
    body = draft(world, plan, channel="meeting", sender=str(world.member.pk))
    key = send(office, "planned-message-list", **body).json()["id"]
    assert send(office, "planned-message-schedule", key).json()["state"] == "scheduled"
    tomorrow = str(timezone.localdate() + timedelta(days=1))
    assert send(office, "planned-message-mark-done", key, on=tomorrow).status_code == 422
    done = send(office, "planned-message-mark-done", key, on=str(timezone.localdate())).json()
    assert (done["recipient_count"], done["channel"]) == (None, "meeting")


@pytest.mark.parametrize(
    "line",
    [
        {"kind": "role"},
        {"kind": "everybody", "role": "plo"},
        {"kind": "friends"},
        {"kind": "wave"},
        {"kind": "team"},
        {"kind": "team", "role": "coach"},
    ],
    ids=str,
)
def test_an_audience_that_names_nothing(world: World, plan: RolloutPlan, line: dict[str, Any]) -> None:
    office = client_of(world.member)
    key = send(office, "planned-message-list", **draft(world, plan)).json()["id"]
    for answer in (
        send(office, "planned-message-list", **draft(world, plan, audience=[line])),
        send(office, "planned-message-detail", key, method="patch", audience=[line]),
    ):
        assert answer.status_code == 422
        assert "audience" in answer.content.decode()


def test_what_was_read_can_be_sent_back(world: World, plan: RolloutPlan) -> None:
    office = client_of(world.member)
    lines = [{"kind": "everybody"}, {"kind": "role", "role": "coach"}]
    told = send(office, "planned-message-list", **draft(world, plan, audience=lines)).json()
    again = send(office, "planned-message-detail", told["id"], method="patch", audience=told["audience"])
    assert again.status_code == 200, again.content
    assert again.json()["audience"] == told["audience"]


def test_a_wave_of_another_plan(world: World, plan: RolloutPlan) -> None:
    with within(world.organization):
        wave = WaveFactory.create()
    line = {"kind": "wave", "wave": str(wave.pk)}
    answer = send(client_of(world.member), "planned-message-list", **draft(world, plan, audience=[line]))
    assert answer.status_code == 422
    assert "waves of this plan" in answer.content.decode()


def test_who_got_it_lists_it_and_nothing_else(world: World, plan: RolloutPlan) -> None:
    with within(world.organization):
        gina, nils = make_member("Gina", "gina@acme"), make_member("Nils", "nils@acme")
    office = client_of(world.member)
    line = {"kind": "member", "member": str(gina.pk)}
    body = draft(world, plan, audience=[line], sender=str(world.member.pk))
    key = send(office, "planned-message-list", **body).json()["id"]
    sent = send(office, "planned-message-send-now", key).json()["id"]
    assert [one["id"] for one in listed(client_of(gina), "sent-message-list")] == [sent]
    assert listed(client_of(gina), "planned-message-list") == []
    assert listed(client_of(nils), "sent-message-list") == []
    assert client_of(gina).get(address("sent-message-detail", sent)).status_code == 200
    assert client_of(nils).get(address("sent-message-detail", sent)).status_code == 403
    with within(world.organization):
        assert SentMessage.objects.get(pk=sent).recipient_count == 1


@pytest.mark.parametrize("number", [1, 50])
def test_a_page_of_them_costs_the_same(world: World, plan: RolloutPlan, number: int) -> None:
    with within(world.organization):
        for _one in range(number):
            message = PlannedMessageFactory.create(plan=plan, sender=world.lead)
            MessageAudienceFactory.create(message=message)
    client = client_of(world.member)
    client.get(address("planned-message-list"), {"plan": str(plan.pk)})
    with exactly(8):
        client.get(address("planned-message-list"), {"plan": str(plan.pk)})
