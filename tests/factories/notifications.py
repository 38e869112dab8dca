"""What people are told."""

import factory

from okrapp.notifications.models import Choice, Delivery, Endpoint, Event, Habits, Notification
from okrapp.notifications.sealed import seal
from tests.factories.organizations import MembershipFactory
from tests.factories.tenant import TenantFactory


class NotificationFactory(TenantFactory[Notification]):
    """Somebody is told that two check-ins were missed."""

    class Meta:
        model = Notification

    recipient = factory.SubFactory(MembershipFactory)
    kind = "check_in_missed"
    period = factory.Sequence(lambda number: f"period {number}")
    facts = factory.LazyFunction(lambda: {"key_result": "01890a5d-ac96-774b-bcce-b302099a8057", "title": "Told"})
    path = ""


class DeliveryFactory(TenantFactory[Delivery]):
    """A mail that waits."""

    class Meta:
        model = Delivery

    notification = factory.SubFactory(NotificationFactory)
    channel = "email"


class ChoiceFactory(TenantFactory[Choice]):
    """Somebody wants no mail about check-ins."""

    class Meta:
        model = Choice

    member = factory.SubFactory(MembershipFactory)
    kind = "check_in_due"
    channel = "email"
    is_on = False


class HabitsFactory(TenantFactory[Habits]):
    """Somebody has habits, all of them the organization's."""

    class Meta:
        model = Habits

    member = factory.SubFactory(MembershipFactory)


class EndpointFactory(TenantFactory[Endpoint]):
    """A program that listens to objectives."""

    class Meta:
        model = Endpoint

    kind = "webhook"
    name = factory.Sequence(lambda number: f"Program {number}")
    host = "hooks.example"
    sealed_address = factory.LazyFunction(lambda: seal("https://hooks.example/in"))
    sealed_secret = factory.LazyFunction(lambda: seal("whsec_" + "c2VjcmV0" * 5))
    topics = factory.LazyFunction(lambda: ["objective"])


class EventFactory(TenantFactory[Event]):
    """An objective was created."""

    class Meta:
        model = Event

    kind = "objective.created"
    period = factory.Sequence(lambda number: f"event {number}")
    facts = factory.LazyFunction(
        lambda: {"object": "objective", "id": "01890a5d-ac96-774b-bcce-b302099a8057", "verb": "created", "changed": []}
    )
