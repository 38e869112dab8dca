"""What a rollout tells people."""

import factory
from django.utils import timezone

from rollout.enums import AudienceKind
from rollout.models import MessageAudience, MessageRecipient, PlannedMessage, SentMessage
from tests.factories.organizations import MembershipFactory
from tests.factories.rollout import RolloutPlanFactory, days_from_now
from tests.factories.tenant import TenantFactory


class PlannedMessageFactory(TenantFactory[PlannedMessage]):
    """A draft without an audience, for in a week."""

    class Meta:
        model = PlannedMessage

    plan = factory.SubFactory(RolloutPlanFactory)
    title = factory.Sequence(lambda number: f"Message {number}")
    text = "We **begin** in spring."
    sends_on = days_from_now(7)


class MessageAudienceFactory(TenantFactory[MessageAudience]):
    """Everybody."""

    class Meta:
        model = MessageAudience

    message = factory.SubFactory(PlannedMessageFactory)
    kind = AudienceKind.EVERYBODY


class SentMessageFactory(TenantFactory[SentMessage]):
    """Sent to everybody yesterday."""

    class Meta:
        model = SentMessage

    message = factory.SubFactory(PlannedMessageFactory, state="sent", agreed_at=factory.LazyFunction(timezone.now))
    plan = factory.SelfAttribute("message.plan")
    title = factory.SelfAttribute("message.title")
    text = factory.SelfAttribute("message.text")
    channel = "app"
    format = "announcement"
    sender_name = "Sven Sponsor"
    audiences = factory.LazyFunction(lambda: [{"kind": "everybody", "name": ""}])
    recipient_count = 1
    sent_on = days_from_now(-1)


class MessageRecipientFactory(TenantFactory[MessageRecipient]):
    class Meta:
        model = MessageRecipient

    sent = factory.SubFactory(SentMessageFactory)
    membership = factory.SubFactory(MembershipFactory)
