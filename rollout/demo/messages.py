"""What the rollout of the invented company has told its people, and what it tells next."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from okrapp.notifications.domain.notify import withdraw
from organizations.actor import Actor
from organizations.models import Membership
from rollout.domain.message import create_message
from rollout.domain.message_audience import audience_of
from rollout.domain.message_consent import schedule_message
from rollout.domain.telling_of_messages import MESSAGE_ASKED
from rollout.enums import AudienceKind, MessageFormat, MessageState
from rollout.models import MessageAudience, MessageRecipient, PlannedMessage, RolloutPlan, SentMessage
from rollout.queries.audience_words import kept_audience
from rollout.queries.reach import reached_by

WEEK = timedelta(weeks=1)


def add_messages(plan: RolloutPlan, *, office: Actor, today: date, zone: ZoneInfo) -> None:
    """Put the messages of the blueprint that are past into the archive, and plan two more.

    Nobody is told of what is past. Side effects: rows of messages and of the archive, and audit entries.
    """
    for message in PlannedMessage.objects.filter(plan=plan, sends_on__lt=today).select_related("plan__team", "sender"):
        _told(message, office.membership, zone)
    coaches: dict[str, Any] = {
        "title": _("Coaches meet on Thursday"),
        "text": _("Bring one key result that was hard to measure. We look at it together."),
        "format": MessageFormat.INVITATION,
        "sender": office.membership,
        "sends_on": today + WEEK,
        "audience": [MessageAudience(kind=AudienceKind.ROLE, role="coach")],
    }
    schedule_message(actor=office, message=create_message(actor=office, plan=plan, **coaches))
    everybody: dict[str, Any] = {
        "title": _("Where we stand after the first quarter"),
        "text": _("More than half of our teams check in every week. **Thank you!** What we want to get better at: …"),
        "format": MessageFormat.STORY,
        "sender": plan.sponsor,
        "sends_on": today + 2 * WEEK,
        "audience": [MessageAudience(kind=AudienceKind.EVERYBODY)],
    }
    asked = schedule_message(actor=office, message=create_message(actor=office, plan=plan, **everybody))
    withdraw(kind=MESSAGE_ASKED, about=str(asked.pk))


def _told(message: PlannedMessage, office: Membership | None, zone: ZoneInfo) -> None:
    """Say that a message was told on its day."""
    lines = audience_of(message)
    sender = message.sender or office
    people = list(reached_by(message.plan, lines)) if message.by_app else None
    at = datetime.combine(message.sends_on, time(message.sends_hour), zone)
    message.state, message.agreed_at, message.sender = MessageState.SENT, at, sender
    message.save()
    sent = SentMessage.objects.create(
        plan=message.plan,
        message=message,
        title=message.title,
        text=message.text,
        channel=message.channel,
        format=message.format,
        sender=sender,
        sender_name=sender.display_name if sender is not None else "",
        audiences=[kept_audience(one, message.plan) for one in lines],
        recipient_count=len(people) if people is not None else None,
        sent_on=message.sends_on,
        sent_at=at,
    )
    MessageRecipient.objects.bulk_create(MessageRecipient(sent=sent, membership=one) for one in people or ())
