"""When messages of rollouts are due, on the organization's clock, and letting a worker come back for them."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from okrapp.notifications.clock import moment_of
from okrapp.web.days import day_at
from organizations.actor import Actor
from organizations.domain.dispatch import schedule
from rollout.enums import MessageChannel, MessageState
from rollout.models import PlannedMessage
from rollout.models.message import LATE

DISPATCH_KIND = "rollout.messages"
DAY = timedelta(days=1)


def moment_for(message: PlannedMessage, time_zone: str) -> datetime:
    """Return the moment at which a message is to be sent."""
    return moment_of(message.sends_on, message.sends_hour, ZoneInfo(time_zone))


def come_back_for(actor: Actor, message: PlannedMessage) -> None:
    """Let a worker come when a message is due, if it is scheduled. Side effects: a row of the dispatch table."""
    if message.state == MessageState.SCHEDULED and message.by_app:
        schedule(kind=DISPATCH_KIND, due_at=max(moment_for(message, actor.settings.time_zone), timezone.now()))


def come_back_for_others(actor: Actor, now: datetime) -> None:
    """Let a worker come back for the next message that waits for its moment; one query.

    One that is due and could not be sent, as its plan does not go on, is looked at again each day, while it is not
    missed. Side effects: a row of the dispatch table.
    """
    zone = ZoneInfo(actor.settings.time_zone)
    today = day_at(now, actor.settings.time_zone)
    moments = []
    rows = PlannedMessage.objects.filter(
        state=MessageState.SCHEDULED, channel=MessageChannel.APP, sends_on__gte=today - LATE
    )
    for day, hour in rows.order_by().values_list("sends_on", "sends_hour").distinct():
        at = moment_of(day, hour, zone)
        while at <= now:
            day += DAY
            at = moment_of(day, hour, zone)
        moments.append(at)
    if moments:
        schedule(kind=DISPATCH_KIND, due_at=min(moments))
