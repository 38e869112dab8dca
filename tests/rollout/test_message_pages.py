"""The pages of messages: from the first word to the archive, in the browser's forms and in so many statements."""

from datetime import timedelta
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from organizations.models import Membership
from rollout.domain.message import edit_message
from rollout.enums import MessageState
from rollout.models import MessageAudience, MessageRecipient, PlannedMessage, RolloutPlan, SentMessage
from tests.factories.messages import (
    MessageAudienceFactory,
    MessageRecipientFactory,
    PlannedMessageFactory,
    SentMessageFactory,
)
from tests.factories.organizations import MembershipFactory, TeamFactory, UserFactory
from tests.factories.rollout import WaveFactory
from tests.factories.worlds import World, client_of, make_member, within
from tests.queries import exactly
from tests.rollout.test_messages import plan_of, written
from tests.told import acting

pytestmark = pytest.mark.django_db


def at(name: str, *keys: object) -> str:
    return reverse(f"rollout:{name}", args=["acme", *keys])


def page(client: Client, name: str, *keys: object, **query: str) -> str:
    answer = client.get(at(name, *keys), query)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


@pytest.fixture
def plan(world: World) -> RolloutPlan:
    with within(world.organization):
        return plan_of(world)


def body(world: World, **fields: Any) -> dict[str, Any]:
    """Return a filled form: to everybody, in the lead's name, in a week."""
    return {
        "title": "Why we begin",
        "text": "In **spring**.\n\n<script>alert(1)</script>",
        "format": "announcement",
        "channel": "app",
        "sender": world.lead.email,
        "sends_on": str(timezone.localdate() + timedelta(days=7)),
        "sends_hour": "9",
        "everybody": "on",
        **fields,
    }


def one_of(world: World, **which: Any) -> PlannedMessage:
    with within(world.organization):
        return PlannedMessage.objects.select_related("plan").get(**which)


def test_from_the_first_word_to_the_archive(world: World, plan: RolloutPlan) -> None:
    office, sender, reader = client_of(world.member), client_of(world.lead), client_of(world.administrator)
    new = at("message_create", plan.pk)
    assert office.post(new, body(world, title=" ")).status_code == 422
    made = office.post(new, body(world))
    message = one_of(world, plan=plan)
    assert made["Location"] == at("message", message.pk)
    assert message.title in page(office, "plan_messages", plan.pk)
    shown = page(office, "message", message.pk)
    assert "<strong>spring</strong>" in shown
    assert "<script>alert" not in office.get(at("message", message.pk)).content.decode()
    assert "people would get it today" in shown
    assert world.plo.display_name in shown
    assert world.plo.display_name not in page(reader, "message", message.pk)
    assert office.post(at("message_schedule", message.pk)).status_code == 302
    assert message.title in page(sender, "plans")
    assert sender.post(at("message_return", message.pk), {"version": 1, "reason": ""}).status_code == 422
    refused = sender.post(at("message_agree", message.pk), {"version": 7})
    assert refused.status_code == 422
    # What is shown now is what the next click is about.
    assert refused.context["form"]["version"].value() == "1"
    assert office.post(at("message_agree", message.pk), {"version": 1}).status_code == 403
    assert sender.post(at("message_agree", message.pk), {"version": 1}).status_code == 302
    assert message.title not in page(sender, "plans")
    assert reader.post(at("message_send", message.pk)).status_code == 403
    assert office.post(at("message_send", message.pk)).status_code == 302
    with within(world.organization):
        sent = SentMessage.objects.get(plan=plan)
    assert office.get(at("message", message.pk))["Location"] == at("sent_message", sent.pk)
    assert message.title not in page(office, "plan_messages", plan.pk)
    assert message.title in page(office, "plan_messages", plan.pk, state="sent")
    assert message.title in page(office, "sent_messages", plan.pk)
    assert "Who got it" in page(office, "sent_message", sent.pk)
    received = page(client_of(world.plo), "sent_message", sent.pk)
    assert "<strong>spring</strong>" in received
    assert world.lead.display_name in received


def test_it_is_sent_back_edited_and_called_off(world: World, plan: RolloutPlan) -> None:
    office, sender = client_of(world.member), client_of(world.lead)
    office.post(at("message_create", plan.pk), body(world))
    message = one_of(world, plan=plan)
    office.post(at("message_schedule", message.pk))
    sender.post(at("message_return", message.pk), {"version": 1, "reason": "Say who helps."})
    assert "Say who helps." in page(office, "message", message.pk)
    office.post(at("message_edit", message.pk), body(world, text="Your coach helps."))
    assert one_of(world, pk=message.pk).text == "Your coach helps."
    assert office.post(at("message_cancel", message.pk))["Location"] == at("plan_messages", plan.pk)
    assert message.title not in page(office, "plan_messages", plan.pk)
    assert "Bring it back" in page(office, "message", message.pk)
    office.post(at("message_restore", message.pk))
    assert one_of(world, pk=message.pk).state == MessageState.DRAFT


def test_told_by_people_and_ticked_off(world: World, plan: RolloutPlan) -> None:
    office = client_of(world.member)
    office.post(at("message_create", plan.pk), body(world, channel="meeting", sender=world.member.email))
    message = one_of(world, plan=plan)
    office.post(at("message_schedule", message.pk))
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert office.post(at("message_done", message.pk), {"on": str(tomorrow)}).status_code == 422
    answer = office.post(at("message_done", message.pk), {"on": str(timezone.localdate())})
    assert answer["Location"] == at("plan_messages", plan.pk)
    assert message.title in page(office, "sent_messages", plan.pk)
    with within(world.organization):
        sent = SentMessage.objects.get(plan=plan)
    assert "nobody counted" in page(office, "sent_message", sent.pk)
    office.post(at("message_undone", message.pk))
    assert message.title not in page(office, "sent_messages", plan.pk)


def test_every_kind_of_audience_and_back_into_the_form(world: World, plan: RolloutPlan) -> None:
    office = client_of(world.member)
    with within(world.organization):
        wave = WaveFactory.create(phase__plan=plan, name="Pilot teams")
        team, alone = TeamFactory.create(name="Sales"), TeamFactory.create(name="Support")
        anna, bert = make_member("Änna Smith", "as@acme"), make_member("Bert Smith", "bs@acme")
    lines = {
        "everybody": "",
        "roles": ["coach"],
        "waves": [str(wave.pk)],
        "teams": [str(team.pk), str(alone.pk)],
        "below": [str(team.pk), str(world.root_team.pk)],
        "people": f"anna smith\n  <{bert.email}> \n{bert.display_name}",
    }
    assert office.post(at("message_create", plan.pk), body(world, **lines | {"people": "Nobody X"})).status_code == 422
    office.post(at("message_create", plan.pk), body(world, **lines))
    message = one_of(world, plan=plan)
    with within(world.organization):
        rows = {
            (one.kind, one.role or one.wave_id or one.team_id or one.member_id, one.with_below): one.pk
            for one in message.audiences.all()
        }
    assert set(rows) == {
        ("role", "coach", True),
        ("wave", wave.pk, True),
        ("team", team.pk, True),
        ("team", alone.pk, False),
        ("member", anna.pk, True),
        ("member", bert.pk, True),
    }
    shown = page(office, "message", message.pk)
    for words in ("OKR Coach", "Pilot teams", "Sales and below", "Support", "Änna Smith"):
        assert words in shown
    form = office.get(at("message_edit", message.pk)).context["form"]
    saved = {name: form[name].value() for name in form.fields}
    again = {name: value for name, value in saved.items() if value not in (None, False)}
    hidden = {f"initial-{name}": value for name, value in again.items()}
    # Saved as it is, nothing changes: boxes beside teams that are not chosen mean nothing.
    again["below"] = [*again["below"], str(world.root_team.pk)]
    office.post(at("message_edit", message.pk), again | hidden)
    with within(world.organization):
        assert set(MessageAudience.objects.filter(message=message).values_list("pk", flat=True)) == set(rows.values())
    again["below"] = []
    office.post(at("message_edit", message.pk), again | hidden)
    with within(world.organization):
        assert not message.audiences.filter(kind="team", with_below=True).exists()


def test_the_second_is_told_what_the_first_changed_and_loses_nothing(world: World, plan: RolloutPlan) -> None:
    with within(world.organization):
        message = written(world, plan)
    office = client_of(world.member)
    opened = office.get(at("message_edit", message.pk)).context["form"].opened
    moment = opened.split('value="', 1)[1].split('"', 1)[0]
    with within(world.organization):
        roles = [MessageAudience(kind="role", role="coach")]
        edit_message(actor=acting(world.plo), message=message, changes={"title": "Theirs"}, audience=roles)
    mine = body(world, title="Mine", everybody="", people=world.plo.email)
    answer = office.post(at("message_edit", message.pk), mine | {"opened_at": moment, "initial-title": "We begin"})
    assert answer.status_code == 422
    said = unescape(answer.content.decode())
    assert "while you were writing" in said
    assert 'value="Mine"' in said
    assert world.plo.email in said
    again = office.post(at("message_edit", message.pk), mine | {"opened_at": timezone.now().isoformat()})
    assert again["Location"] == at("message", message.pk)
    assert one_of(world, pk=message.pk).title == "Mine"


def test_filters_stand_in_the_address(world: World, plan: RolloutPlan) -> None:
    with within(world.organization):
        team = TeamFactory.create(name="Sales")
        past = timezone.localdate() - timedelta(days=9)
        coach = PlannedMessageFactory.create(plan=plan, title="For coaches")
        MessageAudienceFactory.create(message=coach, kind="role", role="coach")
        sales = PlannedMessageFactory.create(plan=plan, title="For sales", sends_on=past)
        MessageAudienceFactory.create(message=sales, kind="team", team=team)
        PlannedMessageFactory.create(plan=plan, title="Off", state="cancelled", cancelled_at=timezone.now())
    reader = client_of(world.administrator)

    def titles(**query: str) -> set[str]:
        shown = page(reader, "plan_messages", plan.pk, **query)
        return {title for title in ("For coaches", "For sales", "Off") if f">{title}<" in shown}

    assert titles() == {"For coaches", "For sales"}
    assert titles(state="all") == {"For coaches", "For sales", "Off"}
    assert titles(state="cancelled") == {"Off"}
    assert titles(state="overdue") == {"For sales"}
    assert titles(audience="role:coach") == {"For coaches"}
    assert titles(audience=f"team:{team.pk}") == {"For sales"}
    assert titles(audience=f"team:{UUID(int=1)}", state="nonsense") == {"For coaches", "For sales"}
    shown = page(reader, "plan_messages", plan.pk)
    assert "1 message was missed" in shown
    assert "Missed" in shown


def test_a_copy_begins_as_the_other_one_did(world: World, plan: RolloutPlan) -> None:
    with within(world.organization):
        message = written(world, plan)
        other = PlannedMessageFactory.create(title="Of another plan")
    office = client_of(world.member)
    form = office.get(at("message_create", plan.pk), {"from": str(message.pk)}).context["form"]
    assert (form.initial["title"], form.initial["everybody"]) == (message.title, True)
    for nonsense in (str(other.pk), "x"):
        form = office.get(at("message_create", plan.pk), {"from": nonsense}).context["form"]
        assert "title" not in form.initial


def test_empty_pages_say_what_belongs_there(world: World, plan: RolloutPlan) -> None:
    office = client_of(world.member)
    assert "No messages are planned" in page(office, "plan_messages", plan.pk)
    assert "Nothing was sent yet" in page(office, "sent_messages", plan.pk)
    assert "No message fits" in page(office, "plan_messages", plan.pk, state="sent")
    assert client_of(world.plo).get(at("plan_messages", plan.pk)).status_code == 200
    with within(world.organization):
        nobody = make_member("Nils", "nils@acme")
    for name in ("plan_messages", "sent_messages", "message_gaps", "message_create"):
        assert client_of(nobody).get(at(name, plan.pk)).status_code == 403


def test_who_got_it_is_found_by_name(world: World, plan: RolloutPlan) -> None:
    with within(world.organization):
        sent = SentMessageFactory.create(message__plan=plan)
        for name in ("Anna Adams", "Bert Brown"):
            MessageRecipientFactory.create(sent=sent, membership__display_name=name)
    office = client_of(world.member)
    assert "Bert Brown" in page(office, "sent_message", sent.pk)
    found = page(office, "sent_message", sent.pk, q="adam")
    assert "Anna Adams" in found
    assert "Bert Brown" not in found
    # Others who read the plan see how many, not who.
    assert "Anna Adams" not in page(client_of(world.lead), "sent_message", sent.pk)


@pytest.mark.parametrize("number", [1, 50])
def test_pages_cost_the_same_at_any_length(world: World, plan: RolloutPlan, number: int) -> None:
    with within(world.organization):
        wave = WaveFactory.create(phase__plan=plan)
        message = written(world, plan)
        sent = SentMessageFactory.create(message__plan=plan, sender=world.lead)
        users = UserFactory.create_batch(number)
        people = [MembershipFactory.create(user=user) for user in users]
        MessageRecipient.objects.bulk_create(MessageRecipient(sent=sent, membership=one) for one in people)
        for one in people:
            MessageAudienceFactory.create(message=message, kind="member", member=one)
            other = PlannedMessageFactory.create(plan=plan, sender=one)
            MessageAudienceFactory.create(message=other, kind="wave", wave=wave)
            MessageAudienceFactory.create(message=other, kind="team", team=TeamFactory.create())
            SentMessageFactory.create(message__plan=plan, message__sender=one)
    office = client_of(world.member)
    costs = {
        at("plan_messages", plan.pk): 14,
        at("sent_messages", plan.pk): 11,
        at("message", message.pk): 12,
        at("message_edit", message.pk): 13,
        at("sent_message", sent.pk): 11,
    }
    for address, statements in costs.items():
        office.get(address)
        with exactly(statements):
            assert office.get(address).status_code == 200
    reader = client_of(people[0])
    reader.get(at("sent_message", sent.pk))
    with exactly(10):
        assert reader.get(at("sent_message", sent.pk)).status_code == 200


def test_somebody_outside_the_plan_answers_for_their_name(world: World, plan: RolloutPlan) -> None:
    with within(world.organization):
        speaker: Membership = make_member("Sven Speaker", "sven@acme")
        message = written(world, plan, sender=speaker)
    office, client = client_of(world.member), client_of(speaker)
    office.post(at("message_schedule", message.pk))
    shown = page(client, "message", message.pk)
    assert "May this be told in your name?" in shown
    assert at("plan_messages", plan.pk) not in shown
    assert client.get(at("plan_messages", plan.pk)).status_code == 403
    assert client.post(at("message_agree", message.pk), {"version": 1})["Location"] == at("message", message.pk)
    assert one_of(world, pk=message.pk).state == MessageState.SCHEDULED


def test_teams_of_a_large_organization_are_found_and_unfolded(world: World, plan: RolloutPlan) -> None:
    """A few of the tree show; what is chosen stays, and looking saves nothing and complains of nothing."""
    with within(world.organization):
        divisions = [TeamFactory.create(name=f"Division {n}", parent=world.root_team) for n in range(4)]
        squads = [TeamFactory.create(name=f"Squad {n:02}", parent=divisions[n % 4]) for n in range(48)]
    office, new = client_of(world.member), at("message_create", plan.pk)
    first = page(office, "message_create", plan.pk)
    assert divisions[3].name in first
    assert "Squad 03" not in first
    chosen = {"teams": [str(squads[7].pk)], "below": [str(squads[7].pk)], "title": "", "everybody": ""}
    looked = office.post(new, body(world, **chosen, q="squad 1", find="1"))
    assert looked.status_code == 200
    said = unescape(looked.content.decode())
    assert "field-error" not in said
    assert said.index("Squad 07") < said.index("Squad 11")
    assert "Squad 20" not in said
    unfolded = office.post(new, body(world, **chosen, q="", open=str(divisions[3].pk)))
    said = unescape(unfolded.content.decode())
    assert "Squad 07 (chosen)" in " ".join(said.split())
    assert "Squad 03" in said
    assert "Squad 04" not in said
    with within(world.organization):
        assert not PlannedMessage.objects.filter(plan=plan).exists()
    office.post(new, body(world, **chosen | {"title": "For one squad"}, q="squad 1"))
    with within(world.organization):
        line = MessageAudience.objects.get(message__plan=plan)
        assert (line.team_id, line.with_below) == (squads[7].pk, True)
