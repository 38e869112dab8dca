"""Messages of a rollout on their way: written, scheduled, agreed to by whoever speaks in them, called off."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone, translation

from okrapp.notifications.models import Notification
from organizations.enums import Role
from organizations.errors import Refused
from rollout import message_permissions
from rollout.domain import message as domain
from rollout.domain.message_agenda import DISPATCH_KIND
from rollout.domain.message_audience import audience_of
from rollout.domain.message_consent import agree_to_message, return_message, schedule_message
from rollout.domain.part import remove_part, restore_part
from rollout.domain.phase_removal import remove_phase, restore_phase
from rollout.enums import AudienceKind, MessageState, PlanState
from rollout.models import MessageAudience, PlannedMessage, PlanPhase, RolloutPlan, SentMessage, Wave
from rollout.notices.messages import KINDS
from rollout.queries.audience_words import words_of
from tests.factories.organizations import TeamFactory
from tests.factories.roles import RoleAssignmentFactory
from tests.factories.rollout import PlanOfficerFactory, RolloutPlanFactory, WaveFactory
from tests.factories.worlds import World, client_of, make_member, make_organization, within
from tests.meanwhile import Other
from tests.scheduled import scheduled
from tests.told import acting, still_true, told

pytestmark = pytest.mark.django_db


def everybody() -> list[MessageAudience]:
    return [MessageAudience(kind=AudienceKind.EVERYBODY)]


def plan_of(world: World, **fields: Any) -> RolloutPlan:
    """Return a running plan; the lead is its sponsor, the member in its office."""
    made: RolloutPlan = RolloutPlanFactory.create(sponsor=world.lead, **fields)
    PlanOfficerFactory.create(plan=made, membership=world.member)
    return made


def written(world: World, plan: RolloutPlan, **fields: Any) -> PlannedMessage:
    """Return a draft by the office in the sponsor's name, for everybody, in a week."""
    values = {
        "title": "We begin",
        "text": "In **spring**.",
        "sender": world.lead,
        "sends_on": timezone.localdate() + timedelta(days=7),
        "audience": everybody(),
        **fields,
    }
    return domain.create_message(actor=acting(world.member), plan=plan, **values)


@pytest.fixture
def inside(world: World) -> Iterator[World]:
    with within(world.organization):
        Notification.objects.all().delete()
        yield world


@pytest.fixture
def plan(inside: World) -> RolloutPlan:
    return plan_of(inside)


def test_nobody_speaks_in_the_sponsors_name_without_their_yes(plan: RolloutPlan, inside: World) -> None:
    world = inside
    message = schedule_message(actor=acting(world.member), message=written(world, plan))
    assert (message.state, message.agreed_at) == (MessageState.ASKED, None)
    assert told("message_asked") == still_true("message_asked") == {world.lead.pk}
    assert scheduled(world.organization, DISPATCH_KIND) is None
    for other in (world.member, world.plo, world.administrator):
        with pytest.raises(Refused, match="Only whoever speaks"):
            agree_to_message(actor=acting(other), message=message, version=message.version)
    message = agree_to_message(actor=acting(world.lead), message=message, version=message.version)
    assert message.state == MessageState.SCHEDULED
    assert message.agreed_at is not None
    assert still_true("message_asked") == set()
    assert told("message_answered") == {world.member.pk}
    assert scheduled(world.organization, DISPATCH_KIND) is not None


def test_who_speaks_themself_needs_nobodys_yes(plan: RolloutPlan, inside: World) -> None:
    message = written(inside, plan, sender=inside.member)
    message = schedule_message(actor=acting(inside.member), message=message)
    assert message.state == MessageState.SCHEDULED
    assert told("message_asked") == set()


@pytest.mark.parametrize(
    "changes", [{"title": "We began"}, {"text": "In autumn."}, {"sender": "plo"}, {"audience": "role"}], ids=str
)
def test_another_text_or_audience_asks_again(plan: RolloutPlan, inside: World, changes: dict[str, Any]) -> None:
    world = inside
    message = schedule_message(actor=acting(world.member), message=written(world, plan))
    read = message.version
    message = agree_to_message(actor=acting(world.lead), message=message, version=read)
    lines = [MessageAudience(kind=AudienceKind.ROLE, role=Role.COACH)] if "audience" in changes else None
    values = {name: world.plo if name == "sender" else value for name, value in changes.items() if name != "audience"}
    message = domain.edit_message(actor=acting(world.member), message=message, changes=values, audience=lines)
    assert (message.state, message.agreed_at) == (MessageState.ASKED, None)
    sender = world.plo if "sender" in changes else world.lead
    assert still_true("message_asked") == {sender.pk}
    with pytest.raises(Refused, match="changed while you were reading"):
        agree_to_message(actor=acting(sender), message=message, version=read)


@pytest.mark.parametrize("day", [date.max, date.min])
def test_a_year_that_nobody_means_is_said_at_its_field(plan: RolloutPlan, inside: World, day: date) -> None:
    with pytest.raises(Refused) as refused:
        written(inside, plan, sends_on=day)
    assert list(refused.value.error_dict) == ["sends_on"]
    message = written(inside, plan)
    with pytest.raises(Refused):
        domain.edit_message(actor=acting(inside.member), message=message, changes={"sends_on": day})


def test_another_channel_asks_again(plan: RolloutPlan, inside: World) -> None:
    """Whoever agreed to speak in a meeting did not agree to write to everybody."""
    message = schedule_message(actor=acting(inside.member), message=written(inside, plan, channel="meeting"))
    message = agree_to_message(actor=acting(inside.lead), message=message, version=message.version)
    message = domain.edit_message(actor=acting(inside.member), message=message, changes={"channel": "app"})
    assert (message.state, message.agreed_at) == (MessageState.ASKED, None)


@pytest.mark.parametrize("agrees", [True, False])
def test_nothing_waits_in_the_inbox_of_who_has_answered(plan: RolloutPlan, inside: World, agrees: bool) -> None:
    message = schedule_message(actor=acting(inside.member), message=written(inside, plan))
    asked = Notification.objects.filter(kind="message_asked", recipient=inside.lead)
    assert asked.get().read_at is None
    if agrees:
        agree_to_message(actor=acting(inside.lead), message=message, version=message.version)
    else:
        return_message(actor=acting(inside.lead), message=message, reason="Say why.")
    assert asked.get().read_at is not None


def test_another_day_asks_nobody(plan: RolloutPlan, inside: World) -> None:
    world = inside
    message = schedule_message(actor=acting(world.member), message=written(world, plan))
    message = agree_to_message(actor=acting(world.lead), message=message, version=message.version)
    day = timezone.localdate() + timedelta(days=20)
    changes = {"sends_on": day, "sends_hour": 14, "format": "story"}
    message = domain.edit_message(actor=acting(world.member), message=message, changes=changes, audience=everybody())
    assert (message.state, message.sends_on, message.sends_hour) == (MessageState.SCHEDULED, day, 14)
    past = {"sends_on": timezone.localdate() - timedelta(days=1)}
    with pytest.raises(Refused) as refused:
        domain.edit_message(actor=acting(world.member), message=message, changes=past)
    assert "sends_on" in refused.value.error_dict


def test_sent_back_with_a_reason_and_asked_again(plan: RolloutPlan, inside: World) -> None:
    world = inside
    message = schedule_message(actor=acting(world.member), message=written(world, plan))
    with pytest.raises(Refused) as refused:
        return_message(actor=acting(world.lead), message=message, reason=" ")
    assert "reason" in refused.value.error_dict
    message = return_message(actor=acting(world.lead), message=message, reason="Say why.")
    assert (message.state, message.return_reason) == (MessageState.DRAFT, "Say why.")
    assert told("message_answered") == {world.member.pk}
    message = schedule_message(actor=acting(world.member), message=message)
    assert (message.state, message.return_reason) == (MessageState.ASKED, "")
    assert still_true("message_asked") == {world.lead.pk}


def test_a_yes_can_be_taken_back_until_it_is_sent(plan: RolloutPlan, inside: World) -> None:
    world = inside
    message = schedule_message(actor=acting(world.member), message=written(world, plan))
    message = agree_to_message(actor=acting(world.lead), message=message, version=message.version)
    message = return_message(actor=acting(world.lead), message=message, reason="Not yet.")
    assert (message.state, message.agreed_at) == (MessageState.DRAFT, None)


def test_called_off_and_brought_back(plan: RolloutPlan, inside: World) -> None:
    world = inside
    message = schedule_message(actor=acting(world.member), message=written(world, plan))
    message = agree_to_message(actor=acting(world.lead), message=message, version=message.version)
    message = domain.cancel_message(actor=acting(world.plo), message=message)
    assert domain.cancel_message(actor=acting(world.plo), message=message).state == MessageState.CANCELLED
    with pytest.raises(Refused, match="cancelled"):
        domain.edit_message(actor=acting(world.member), message=message, changes={"title": "So"})
    message = domain.restore_message(actor=acting(world.plo), message=message)
    assert (message.state, message.cancelled_at) == (MessageState.SCHEDULED, None)
    domain.cancel_message(actor=acting(world.plo), message=message)
    PlannedMessage.objects.filter(pk=message.pk).update(cancelled_at=timezone.now() - timedelta(hours=1))
    message = domain.restore_message(actor=acting(world.plo), message=message)
    assert (message.state, message.agreed_at) == (MessageState.DRAFT, None)


def test_a_sender_who_has_not_heard_of_it_is_not_asked(plan: RolloutPlan, inside: World) -> None:
    message = schedule_message(actor=acting(inside.member), message=written(inside, plan))
    domain.cancel_message(actor=acting(inside.member), message=message)
    assert told("message_asked") == set()
    domain.restore_message(actor=acting(inside.member), message=message)
    assert told("message_asked") == {inside.lead.pk}


@pytest.mark.parametrize(
    ("field", "missing"),
    [("text", {"text": " "}), ("audience", {"audience": []}), ("sender", {"sender": None})],
)
def test_what_is_missing_is_said_when_it_is_scheduled(
    plan: RolloutPlan, inside: World, field: str, missing: dict[str, Any]
) -> None:
    message = written(inside, plan, **missing)
    with pytest.raises(Refused) as refused:
        schedule_message(actor=acting(inside.member), message=message)
    assert field in refused.value.error_dict


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("title", {"title": " "}),
        ("title", {"title": "x" * 121}),
        ("text", {"text": "x" * 10001}),
        ("channel", {"channel": "pigeon"}),
        ("format", {"format": "opera"}),
        ("sends_hour", {"sends_hour": 24}),
        ("audience", {"audience": [MessageAudience(kind=AudienceKind.ROLE)]}),
        ("audience", {"audience": [MessageAudience(kind=AudienceKind.EVERYBODY, role=Role.COACH)]}),
        ("audience", {"audience": [MessageAudience(kind="friends")]}),
    ],
)
def test_what_makes_no_sense_is_refused(plan: RolloutPlan, inside: World, field: str, wrong: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refused:
        written(inside, plan, **wrong)
    assert field in refused.value.error_dict


def test_a_day_that_is_past_is_refused(plan: RolloutPlan, inside: World) -> None:
    message = written(inside, plan, sends_on=timezone.localdate() - timedelta(days=1))
    with pytest.raises(Refused) as refused:
        schedule_message(actor=acting(inside.member), message=message)
    assert "sends_on" in refused.value.error_dict


def test_a_wave_goes_from_drafts_and_comes_back_but_not_from_what_is_agreed_to(
    plan: RolloutPlan, inside: World
) -> None:
    wave = WaveFactory.create(phase__plan=plan, plan=plan, name="Pilot teams")
    lines = [MessageAudience(kind=AudienceKind.WAVE, wave=wave), MessageAudience(kind=AudienceKind.ROLE, role="plo")]
    draft, asked = (written(inside, plan, audience=lines) for _one in range(2))
    schedule_message(actor=acting(inside.member), message=asked)
    remove = (
        lambda: remove_part(actor=acting(inside.member), part=Wave.objects.get(pk=wave.pk)),
        lambda: remove_phase(actor=acting(inside.member), phase=PlanPhase.objects.get(pk=wave.phase_id)),
    )
    for one in remove:
        with pytest.raises(Refused, match="waits to be sent to Pilot teams"):
            one()
    domain.cancel_message(actor=acting(inside.member), message=asked)
    back = (
        lambda: restore_part(actor=acting(inside.member), model=Wave, part_id=wave.pk),
        lambda: restore_phase(actor=acting(inside.member), phase_id=wave.phase_id),
    )
    for gone, again in zip(remove, back, strict=True):
        gone()
        assert words_of(audience_of(draft), plan) == ["Program Lead Office"]
        again()
        assert set(words_of(audience_of(draft), plan)) == {"Pilot teams", "Program Lead Office"}
    schedule_message(actor=acting(inside.member), message=draft)
    domain.edit_message(actor=acting(inside.member), message=draft, changes={}, audience=lines[1:])
    remove[0]()
    back[0]()
    # What somebody is asked to agree to by now keeps the audience they read.
    assert words_of(audience_of(draft), plan) == ["Program Lead Office"]


def test_waves_are_those_of_the_plan(plan: RolloutPlan, inside: World) -> None:
    wave = WaveFactory.create(phase__plan=plan, plan=plan, name="Pilot teams")
    message = written(inside, plan, audience=[MessageAudience(kind=AudienceKind.WAVE, wave=wave)])
    assert words_of(audience_of(message), plan) == ["Pilot teams"]
    other = WaveFactory.create()
    with pytest.raises(Refused) as refused:
        written(inside, plan, audience=[MessageAudience(kind=AudienceKind.WAVE, wave=other)])
    assert "audience" in refused.value.error_dict


def test_the_same_twice_is_one_line(plan: RolloutPlan, inside: World) -> None:
    team = TeamFactory.create(name="Sales")
    twice = [
        MessageAudience(kind=AudienceKind.TEAM, team=team),
        MessageAudience(kind=AudienceKind.TEAM, team=team, with_below=False),
        *everybody(),
        *everybody(),
    ]
    message = written(inside, plan, audience=twice)
    assert words_of(audience_of(message), plan) == ["Sales", "Everybody"]


def test_a_plan_that_is_over_stays_as_it_is(plan: RolloutPlan, inside: World) -> None:
    message = schedule_message(actor=acting(inside.member), message=written(inside, plan))
    RolloutPlan.objects.filter(pk=plan.pk).update(state=PlanState.STOPPED)
    for write in (
        lambda: written(inside, plan),
        lambda: domain.edit_message(actor=acting(inside.member), message=message, changes={"title": "So"}),
        lambda: agree_to_message(actor=acting(inside.lead), message=message, version=message.version),
        lambda: domain.cancel_message(actor=acting(inside.member), message=message),
    ):
        with pytest.raises(Refused, match="over"):
            write()


def test_the_second_is_told_what_the_first_changed(plan: RolloutPlan, inside: World) -> None:
    message, opened = written(inside, plan), timezone.now()
    roles = [MessageAudience(kind=AudienceKind.ROLE, role=Role.COACH)]
    domain.edit_message(
        actor=acting(inside.plo), message=message, changes={"title": "We start"}, audience=roles, seen=opened
    )
    for mine in ({"changes": {"title": "Off we go"}}, {"changes": {}, "audience": []}):
        with pytest.raises(Refused, match="while you were writing"):
            domain.edit_message(actor=acting(inside.member), message=message, seen=opened, **mine)
    saved = domain.edit_message(actor=acting(inside.member), message=message, changes={"text": "New"}, seen=opened)
    assert (saved.title, saved.text) == ("We start", "New")


def test_who_reads_what_is_planned(plan: RolloutPlan, inside: World) -> None:
    world = inside
    speaker = make_member("Sven Speaker", "sven@acme")
    message = written(world, plan, sender=speaker)
    assert message_permissions.see_message(acting(speaker), message)
    assert PlannedMessage.objects.visible_to(acting(speaker)).filter(pk=message.pk).exists()
    coach, nobody = make_member("Cora", "cora@acme"), make_member("Nils", "nils@acme")
    RoleAssignmentFactory.create(membership=coach, role=Role.COACH)
    for person, may in ((coach, True), (nobody, False), (world.plo, True), (world.lead, True), (world.member, True)):
        assert bool(message_permissions.see_message(acting(person), message)) == may, person
        assert PlannedMessage.objects.visible_to(acting(person)).filter(pk=message.pk).exists() == may, person
        assert bool(message_permissions.answer_message(acting(person), message)) is False, person
        assert bool(message_permissions.edit_message(acting(person), message)) == (person in (world.plo, world.member))
    assert not SentMessage.objects.visible_to(acting(nobody)).filter(plan=plan).exists()


FACTS = {"who": "Mira Santos", "what": "We begin", "agrees": True}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_every_kind_has_words(kind: Any) -> None:
    for language in ("en", "de", "sv"):
        with translation.override(language):
            sentence = kind.sentence(FACTS)
            assert FACTS["who"] in sentence
            assert FACTS["what"] in sentence
            assert str(kind.label)


def test_every_line_leads_somewhere(plan: RolloutPlan, inside: World) -> None:
    world = inside
    message = schedule_message(actor=acting(world.member), message=written(world, plan))
    return_message(actor=acting(world.lead), message=message, reason="Say why.")
    rows = set(Notification.objects.values_list("recipient", "path"))
    people = {world.lead.pk: world.lead, world.member.pk: world.member}
    assert {recipient for recipient, _path in rows} == set(people)
    for recipient, path in rows:
        assert client_of(people[recipient]).get(f"/o/{world.organization.slug}/{path}").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_agreed_to_while_the_text_is_changed() -> None:
    world = make_organization("acme")
    with within(world.organization):
        plan = plan_of(world)
        message = schedule_message(actor=acting(world.member), message=written(world, plan))
    with within(world.organization):
        domain.edit_message(actor=acting(world.member), message=message, changes={"text": "All is different."})
        other = Other(
            world.organization,
            lambda: agree_to_message(actor=acting(world.lead), message=message, version=message.version),
        )
        assert other.waits()
    assert "changed while you were reading" in str(other.end())
    with within(world.organization):
        assert PlannedMessage.objects.get(pk=message.pk).state == MessageState.ASKED
