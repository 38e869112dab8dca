"""Sending messages of a rollout: to exactly those they are for, once, at their moment, and kept as they were."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from okrapp.notifications.models import Delivery, Notification
from organizations.enums import Role
from organizations.errors import Refused
from organizations.models import Membership, OrganizationSettings
from organizations.registry import registry
from rollout.domain import message_sending as sending
from rollout.domain.message import cancel_message, edit_message
from rollout.domain.message_agenda import DISPATCH_KIND
from rollout.domain.message_consent import agree_to_message, schedule_message
from rollout.enums import AudienceKind, MessageState, PlanState
from rollout.models import MessageAudience, MessageRecipient, PlannedMessage, RolloutPlan, SentMessage
from rollout.notices.messages import KINDS
from rollout.queries.messages import words_of_kept
from rollout.queries.reach import reached_by
from rollout.tasks import send_messages
from tests.factories.organizations import MembershipFactory, TeamFactory, TeamMembershipFactory, UserFactory
from tests.factories.roles import RoleAssignmentFactory
from tests.factories.rollout import RolloutPlanFactory, WaveFactory, WaveTeamFactory
from tests.factories.worlds import World, client_of, make_member, make_organization, within
from tests.meanwhile import Other
from tests.queries import exactly
from tests.rollout.test_messages import everybody, plan_of, written
from tests.scheduled import scheduled
from tests.told import acting, told

pytestmark = pytest.mark.django_db


def line(kind: str, **fields: Any) -> MessageAudience:
    return MessageAudience(kind=kind, **fields)


def ready(world: World, plan: RolloutPlan, **fields: Any) -> PlannedMessage:
    """Return a message that is scheduled, its sender having agreed."""
    message = schedule_message(actor=acting(world.member), message=written(world, plan, **fields))
    if message.state == MessageState.SCHEDULED:
        return message
    return agree_to_message(actor=acting(message.sender), message=message, version=message.version)


def moment(days: int, hour: int = 12) -> datetime:
    """Return a moment so many days from today where the organization is."""
    zone = ZoneInfo(OrganizationSettings.objects.get().time_zone)
    day = timezone.localdate() + timedelta(days=days)
    return datetime.combine(day, time(hour), zone)


def got(sent: SentMessage) -> set[Any]:
    return set(MessageRecipient.objects.filter(sent=sent).values_list("membership", flat=True))


def everyone() -> set[Any]:
    rows = Membership.objects.active().filter(user__isnull=False)
    return set(rows.values_list("pk", flat=True))


@pytest.fixture
def inside(world: World) -> Iterator[World]:
    with within(world.organization):
        Notification.objects.all().delete()
        yield world


@pytest.fixture
def plan(inside: World) -> RolloutPlan:
    return plan_of(inside)


def test_at_its_moment_everybody_gets_it_once(plan: RolloutPlan, inside: World) -> None:
    world = inside
    message = ready(world, plan, sends_hour=9, audience=[*everybody(), line(AudienceKind.ROLE, role=Role.PLO)])
    assert sending.send_due_messages(moment(7, 8)) == 0
    assert sending.send_due_messages(moment(7, 9)) == 1
    assert sending.send_due_messages(moment(7, 10)) == 0
    sent = SentMessage.objects.get(message=message)
    assert got(sent) == told("rollout_message") == everyone()
    assert world.placeholder.pk not in got(sent)
    assert (sent.recipient_count, sent.sender_name, sent.sent_by) == (len(everyone()), world.lead.display_name, None)
    assert words_of_kept(sent.audiences) == ["Everybody", "Program Lead Office"]
    assert sent.sent_on == message.sends_on
    assert PlannedMessage.objects.get(pk=message.pk).state == MessageState.SENT
    told_of = Notification.objects.filter(kind="rollout_message")
    assert set(told_of.values_list("by", flat=True)) == {world.lead.pk}
    kind = next(one for one in KINDS if one.code == "rollout_message")
    assert {tuple(kind.lines(one.facts)) for one in told_of} == {("In spring.",)}, "words, without marks"
    assert Delivery.objects.filter(notification__kind="rollout_message").exists()


def test_what_was_sent_stays_as_it_was(plan: RolloutPlan, inside: World) -> None:
    world = inside
    message = ready(world, plan)
    sent = sending.send_now(actor=acting(world.member), message=message)
    assert (sent.sent_by, sent.sent_on) == (world.member, timezone.localdate())
    world.lead.display_name = "Somebody Else"
    world.lead.save()
    joined = make_member("Nina New", "nina@acme")
    for write in (
        lambda: edit_message(actor=acting(world.member), message=message, changes={"text": "Never said."}),
        lambda: cancel_message(actor=acting(world.member), message=message),
        lambda: sending.send_now(actor=acting(world.member), message=message),
    ):
        with pytest.raises(Refused, match="was sent"):
            write()
    assert sending.send_due_messages(moment(8)) == 0
    assert SentMessage.objects.get(pk=sent.pk).sender_name != "Somebody Else"
    assert joined.pk not in got(sent)


def test_nothing_is_sent_without_a_yes(plan: RolloutPlan, inside: World) -> None:
    draft = written(inside, plan)
    asked = schedule_message(actor=acting(inside.member), message=written(inside, plan))
    assert sending.send_due_messages(moment(7)) == 0
    for message in (draft, asked):
        with pytest.raises(Refused, match="not said yes"):
            sending.send_now(actor=acting(inside.member), message=message)
    mine = written(inside, plan, sender=inside.member)
    assert sending.send_now(actor=acting(inside.member), message=mine).recipient_count == len(everyone())


@pytest.mark.parametrize(
    "changes",
    [
        {"state": PlanState.DRAFT},
        {"state": PlanState.SUBMITTED},
        {"state": PlanState.STOPPED},
        {"state": PlanState.COMPLETED},
        {"archived_at": "now"},
    ],
    ids=str,
)
def test_not_in_a_plan_that_does_not_go_on(plan: RolloutPlan, inside: World, changes: dict[str, Any]) -> None:
    message = ready(inside, plan)
    values = {name: timezone.now() if value == "now" else value for name, value in changes.items()}
    RolloutPlan.objects.filter(pk=plan.pk).update(**values)
    assert sending.send_due_messages(moment(7)) == 0
    with pytest.raises(Refused):
        sending.send_now(actor=acting(inside.member), message=message)
    assert not SentMessage.objects.filter(plan=plan).exists()
    # Looked at again the next day, and sent late once the plan goes on.
    assert scheduled(inside.organization, DISPATCH_KIND) is not None
    RolloutPlan.objects.filter(pk=plan.pk).update(state=PlanState.RUNNING, archived_at=None)
    assert sending.send_due_messages(moment(9)) == 1


def test_a_cancelled_one_is_not_sent(plan: RolloutPlan, inside: World) -> None:
    message = ready(inside, plan)
    cancel_message(actor=acting(inside.member), message=message)
    assert sending.send_due_messages(moment(7)) == 0
    with pytest.raises(Refused, match="cancelled"):
        sending.send_now(actor=acting(inside.member), message=message)


@pytest.mark.parametrize(("days", "count"), [(7, 1), (14, 1), (15, 0)])
def test_at_most_a_week_late(plan: RolloutPlan, inside: World, days: int, count: int) -> None:
    message = ready(inside, plan)
    assert sending.send_due_messages(moment(days)) == count
    if not count:
        assert message.is_missed(timezone.localdate() + timedelta(days=days))
        # Its office decides: it may still be sent by hand.
        assert sending.send_now(actor=acting(inside.member), message=message).recipient_count


def test_a_worker_comes_back_for_the_next_one(plan: RolloutPlan, inside: World) -> None:
    world = inside
    ready(world, plan, sends_hour=9)
    later = ready(world, plan, sends_hour=14)
    assert scheduled(world.organization, DISPATCH_KIND) == moment(7, 9)
    assert sending.send_due_messages(moment(7, 9)) == 1
    assert scheduled(world.organization, DISPATCH_KIND) == moment(7, 14)
    day = later.sends_on - timedelta(days=3)
    edit_message(actor=acting(world.member), message=later, changes={"sends_on": day})
    assert scheduled(world.organization, DISPATCH_KIND) == moment(4, 14)
    assert sending.send_due_messages(moment(4, 14)) == 1
    assert scheduled(world.organization, DISPATCH_KIND) is None
    assert registry.dispatch_tasks[DISPATCH_KIND] == send_messages.name


def test_nobody_to_get_it_is_refused_and_seen(plan: RolloutPlan, inside: World) -> None:
    message = ready(inside, plan, audience=[line(AudienceKind.TEAM, team=TeamFactory.create())])
    with pytest.raises(Refused) as refused:
        sending.send_now(actor=acting(inside.member), message=message)
    assert "audience" in refused.value.error_dict
    good = ready(inside, plan, title="The other one")
    assert sending.send_due_messages(moment(7)) == 1
    assert SentMessage.objects.get(plan=plan).message_id == good.pk
    assert message.is_late(timezone.localdate() + timedelta(days=8))


def test_a_sender_who_has_left_sends_nothing(plan: RolloutPlan, inside: World) -> None:
    message = ready(inside, plan)
    Membership.objects.filter(pk=inside.lead.pk).update(deactivated_at=timezone.now())
    assert sending.send_due_messages(moment(7)) == 0
    with pytest.raises(Refused) as refused:
        sending.send_now(actor=acting(inside.member), message=message)
    assert "sender" in refused.value.error_dict


def names(plan: RolloutPlan, *lines: MessageAudience) -> list[str]:
    return [one.display_name for one in reached_by(plan, lines)]


def test_whom_each_line_reaches(plan: RolloutPlan, inside: World) -> None:
    division = TeamFactory.create(name="Division", lead=make_member("Dora Lead", "dora@acme"))
    sales, support = (TeamFactory.create(name=name, parent=division) for name in ("Sales", "Support"))
    anna, bert, gone = (make_member(f"{name} X", f"{name}.x@acme") for name in ("Anna", "Bert", "Gone"))
    for team, person in ((sales, anna), (support, bert), (support, gone)):
        TeamMembershipFactory.create(team=team, membership=person)
    Membership.objects.filter(pk=gone.pk).update(deactivated_at=timezone.now())
    assert names(plan, line(AudienceKind.TEAM, team=division)) == ["Anna X", "Bert X", "Dora Lead"]
    assert names(plan, line(AudienceKind.TEAM, team=division, with_below=False)) == ["Dora Lead"]
    wave = WaveFactory.create(phase__plan=plan, plan=plan)
    WaveTeamFactory.create(wave=wave, plan=plan, team=division)
    other = WaveFactory.create(phase=wave.phase, plan=plan)
    WaveTeamFactory.create(wave=other, plan=plan, team=support)
    # A team that stands in another wave of the plan belongs there.
    assert names(plan, line(AudienceKind.WAVE, wave=wave)) == ["Anna X", "Dora Lead"]
    assert names(plan, line(AudienceKind.WAVE, wave=other)) == ["Bert X"]
    both = [line(AudienceKind.WAVE, wave=wave), line(AudienceKind.MEMBER, member=anna)]
    assert names(plan, *both, line(AudienceKind.TEAM, team=sales)) == ["Anna X", "Dora Lead"]
    assert names(plan, line(AudienceKind.MEMBER, member=gone)) == []
    assert names(plan) == []


def test_everybody_and_roles_in_a_part_of_the_organization(inside: World) -> None:
    division = TeamFactory.create(name="Division")
    sales = TeamFactory.create(name="Sales", parent=division)
    part = RolloutPlanFactory.create(team=division)
    whole = RolloutPlanFactory.create()
    anna, cora, max_, far = (make_member(f"{name} X", f"{name}.x@acme") for name in ("Anna", "Cora", "Max", "Far"))
    TeamMembershipFactory.create(team=sales, membership=anna)
    RoleAssignmentFactory.create(membership=cora, role=Role.LEADERSHIP, team=sales)
    RoleAssignmentFactory.create(membership=max_, role=Role.LEADERSHIP)
    RoleAssignmentFactory.create(membership=far, role=Role.LEADERSHIP, team=TeamFactory.create(name="Elsewhere"))
    assert names(part, *everybody()) == ["Anna X"]
    assert len(names(whole, *everybody())) == len(everyone())
    leaders = line(AudienceKind.ROLE, role=Role.LEADERSHIP)
    assert names(part, leaders) == ["Cora X", "Max X"]
    assert set(names(whole, leaders)) >= {"Cora X", "Far X", "Max X"}


def test_what_people_tell_is_ticked_off(plan: RolloutPlan, inside: World) -> None:
    world = inside
    message = ready(world, plan, channel="meeting", text="")
    assert sending.send_due_messages(moment(7)) == 0
    with pytest.raises(Refused, match="People tell this one"):
        sending.send_now(actor=acting(world.member), message=message)
    for wrong in (timezone.localdate() + timedelta(days=1), date.min):
        with pytest.raises(Refused) as refused:
            sending.mark_done(actor=acting(world.member), message=message, on=wrong)
        assert "on" in refused.value.error_dict
    day = timezone.localdate() - timedelta(days=2)
    sent = sending.mark_done(actor=acting(world.member), message=message, on=day)
    assert (sent.sent_on, sent.recipient_count, sent.channel) == (day, None, "meeting")
    assert words_of_kept(sent.audiences) == ["Everybody"]
    assert not MessageRecipient.objects.filter(sent=sent).exists()
    assert told("rollout_message") == set()
    message = sending.take_back_done(actor=acting(world.member), message=message)
    assert message.state == MessageState.SCHEDULED
    assert not SentMessage.objects.filter(message=message).exists()
    sending.mark_done(actor=acting(world.member), message=message, on=day)
    SentMessage.objects.filter(message=message).update(sent_at=timezone.now() - timedelta(hours=1))
    with pytest.raises(Refused, match="too late"):
        sending.take_back_done(actor=acting(world.member), message=message)


def test_nothing_is_ticked_off_in_a_name_without_its_yes(plan: RolloutPlan, inside: World) -> None:
    message = written(inside, plan, channel="meeting")
    with pytest.raises(Refused, match="not said yes"):
        sending.mark_done(actor=acting(inside.member), message=message, on=timezone.localdate())
    by_app = ready(inside, plan)
    with pytest.raises(Refused, match="through the app"):
        sending.mark_done(actor=acting(inside.member), message=by_app, on=timezone.localdate())
    sent = sending.send_now(actor=acting(inside.member), message=by_app)
    with pytest.raises(Refused, match="too late"):
        sending.take_back_done(actor=acting(inside.member), message=by_app)
    assert SentMessage.objects.filter(pk=sent.pk).exists()


def test_only_who_got_it_reads_it_besides_the_readers_of_the_plan(plan: RolloutPlan, inside: World) -> None:
    world = inside
    got_it, nobody = make_member("Gina", "gina@acme"), make_member("Nils", "nils@acme")
    message = ready(world, plan, audience=[line(AudienceKind.MEMBER, member=got_it)])
    sent = sending.send_now(actor=acting(world.member), message=message)
    address = f"/o/{world.organization.slug}/rollout/sent/{sent.pk}/"
    expected = {got_it: 200, nobody: 403, world.plo: 200, world.lead: 200, world.administrator: 200}
    for person, status in expected.items():
        page = client_of(person).get(address)
        assert page.status_code == status, person
        seen = SentMessage.objects.visible_to(acting(person)).filter(pk=sent.pk).exists()
        assert seen == (status == 200), person
        # Who got it is said to the office alone.
        assert ("Who got it" in page.content.decode()) == (person == world.plo), person


@pytest.mark.parametrize("number", [50, 500])
def test_many_cost_no_more_statements_than_few(world: World, number: int) -> None:
    with within(world.organization):
        plan = plan_of(world)
        users = UserFactory.create_batch(number)
        people = [
            MembershipFactory.build(organization=world.organization, user=user, email=f"p{place}@acme")
            for place, user in enumerate(users)
        ]
        Membership.objects.bulk_create(people)
        message = ready(world, plan)
        assert sending.send_due_messages(moment(0)) == 0
        with exactly(17):
            assert sending.send_due_messages(moment(7)) == 1
        reached = SentMessage.objects.get(message=message).recipient_count
        assert reached is not None
        assert reached >= number


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_it_once() -> None:
    world = make_organization("acme")
    with within(world.organization):
        message = ready(world, plan_of(world))
    at = None
    with within(world.organization):
        at = moment(7)
        assert sending.send_due_messages(at) == 1
        other = Other(world.organization, lambda: sending.send_due_messages(at))
        assert other.waits()
    assert other.end() is None
    with within(world.organization):
        assert SentMessage.objects.filter(message=message).count() == 1
        people = Notification.objects.filter(kind="rollout_message")
        assert people.count() == len(everyone()) == MessageRecipient.objects.filter(sent__message=message).count()


@pytest.mark.django_db(transaction=True)
def test_sent_by_hand_while_a_worker_sends_it() -> None:
    world = make_organization("acme")
    with within(world.organization):
        message = ready(world, plan_of(world))
    with within(world.organization):
        assert sending.send_due_messages(moment(7)) == 1
        other = Other(world.organization, lambda: sending.send_now(actor=acting(world.member), message=message))
        assert other.waits()
    assert "was sent" in str(other.end())
    with within(world.organization):
        assert SentMessage.objects.filter(message=message).count() == 1


@pytest.mark.django_db(transaction=True)
def test_cancelled_while_a_worker_waits() -> None:
    world = make_organization("acme")
    with within(world.organization):
        message, at = ready(world, plan_of(world)), moment(7)
    with within(world.organization):
        cancel_message(actor=acting(world.member), message=message)
        other = Other(world.organization, lambda: sending.send_due_messages(at))
        assert other.waits()
    assert other.end() is None
    with within(world.organization):
        assert not SentMessage.objects.filter(message=message).exists()


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_dies_in_the_middle_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """What tells people comes last: everything before it is taken back with it, and the next one sends it whole."""
    world = make_organization("acme")
    with within(world.organization):
        message, at = ready(world, plan_of(world)), moment(7)
        Notification.objects.all().delete()

    def die(**_values: Any) -> None:
        raise SystemExit("killed")

    with monkeypatch.context() as patched:
        patched.setattr(sending, "tell_all", die)
        with pytest.raises(SystemExit), within(world.organization):
            sending.send_due_messages(at)
    with within(world.organization):
        assert not SentMessage.objects.filter(message=message).exists()
        assert not MessageRecipient.objects.filter(sent__message=message).exists()
        assert told("rollout_message") == set()
        # The dispatch table still has it.
        assert scheduled(world.organization, DISPATCH_KIND) is not None
        assert sending.send_due_messages(at) == 1
        assert told("rollout_message") == everyone()


def test_of_a_long_text_people_are_told_the_beginning(plan: RolloutPlan, inside: World) -> None:
    sending.send_now(actor=acting(inside.member), message=ready(inside, plan, text="**Read** this. " + "word " * 1900))
    one = Notification.objects.filter(kind="rollout_message").first()
    assert one is not None
    assert one.facts["begins"].startswith("Read this. word")
    assert one.facts["begins"].endswith("word …")
    assert len(one.facts["begins"]) <= 400
