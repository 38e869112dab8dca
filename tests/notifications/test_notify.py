"""Writing what people are told: once, to those who can read it, in the transaction of what happened."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from okrapp.notifications.domain.notify import DISPATCH_KIND, UNDO_FOR, Told, notify, notify_each, withdraw
from okrapp.notifications.enums import State
from okrapp.notifications.models import Delivery, Notification
from okrapp.notifications.registry import Kind
from organizations.actor import Actor, system_actor
from organizations.enums import Via
from organizations.models import Membership
from tests.factories.notifications import ChoiceFactory, NotificationFactory
from tests.factories.organizations import MembershipFactory
from tests.factories.worlds import World, within
from tests.notifications.channel import KeptChannel
from tests.scheduled import scheduled

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _inside(world: World, kind: Kind, channel: KeptChannel) -> object:
    with within(world.organization):
        yield


def told(kind: Kind) -> list[Notification]:
    return list(Notification.objects.filter(kind=kind.code))


def test_everybody_but_the_one_who_did_it_is_told_once(world: World, kind: Kind) -> None:
    actor = Actor(world.lead, via=Via.WEB)
    people = [world.member.pk, world.lead.pk, None, world.member.pk, world.plo.pk]
    assert notify(actor=actor, kind=kind.code, to=people, period="1", path="") == 2
    assert notify(actor=actor, kind=kind.code, to=people, period="1", path="") == 0
    assert {one.recipient_id for one in told(kind)} == {world.member.pk, world.plo.pk}
    assert {one.by_id for one in told(kind)} == {world.lead.pk}
    assert notify(actor=actor, kind=kind.code, to=[world.member.pk], period="2", path="") == 1


def test_nobody_is_told_who_cannot_sign_in(world: World, kind: Kind) -> None:
    gone = MembershipFactory.create(deactivated_at=timezone.now())
    people = [world.placeholder.pk, gone.pk]
    assert notify(actor=system_actor(), kind=kind.code, to=people, period="1", path="") == 0


def test_it_shows_when_it_can_no_longer_be_undone(world: World, kind: Kind) -> None:
    notify(actor=system_actor(), kind=kind.code, to=[world.member.pk], period="1", path="")
    (one,) = told(kind)
    assert not Notification.objects.in_inbox().filter(pk=one.pk).exists()
    assert one.visible_at - one.created_at == UNDO_FOR
    (delivery,) = one.deliveries.all()
    assert delivery.due_at == one.visible_at
    due_at = scheduled(world.organization, DISPATCH_KIND)
    assert due_at is not None
    assert due_at <= one.visible_at


def test_undoing_takes_back_what_has_not_left(world: World, kind: Kind) -> None:
    people = [world.member.pk, world.plo.pk]
    notify(actor=system_actor(), kind=kind.code, to=people, period="1", path="")
    Delivery.objects.filter(notification__recipient=world.plo).update(state=State.SENT)
    assert withdraw(kind=kind.code, about="1") == 1
    assert [one.recipient_id for one in told(kind)] == [world.plo.pk]


def test_what_was_read_in_the_inbox_alone_is_not_taken_back(world: World, kind: Kind) -> None:
    """The period begins with what was undone: lines of a former time are found too."""
    for period, read_at in (("1:then", timezone.now()), ("1:now", None)):
        NotificationFactory.create(recipient=world.member, kind=kind.code, period=period, read_at=read_at)
    assert withdraw(kind=kind.code, about="1") == 1
    assert [one.period for one in told(kind)] == ["1:then"]


@pytest.mark.parametrize(
    ("usual", "own", "expected"),
    [(None, None, 1), (False, None, 0), (None, False, 0), (False, True, 1), (True, False, 0)],
)
def test_mail_goes_to_those_who_want_it(
    usual: bool | None, own: bool | None, expected: int, world: World, kind: Kind
) -> None:
    if usual is not None:
        ChoiceFactory.create(member=None, kind=kind.code, is_on=usual)
    if own is not None:
        ChoiceFactory.create(member=world.member, kind=kind.code, is_on=own)
    notify(actor=system_actor(), kind=kind.code, to=[world.member.pk], period="1", path="")
    (one,) = told(kind)
    assert one.deliveries.count() == expected


def test_thousands_take_four_statements_for_each_five_thousand(world: World, kind: Kind) -> None:
    users = Membership.objects.filter(pk=world.member.pk).values_list("user", flat=True)
    assert users
    rows = [Told(world.member.pk, str(number), "") for number in range(6000)]
    with CaptureQueriesContext(connection) as captured:
        assert notify_each(actor=system_actor(), kind=kind.code, told=rows, undo_for=timedelta(0)) == 6000
    sent = [one["sql"] for one in captured if one["sql"].startswith(("SELECT", "INSERT", "UPDATE", "DELETE"))]
    # One for the choices, four for each 5000; that of the dispatch table is not counted here.
    assert len(sent) == 1 + 2 * 4
