"""A message that only shows whether messages arrive."""

from datetime import timedelta

import uuid_utils.compat
from django.db import transaction
from django.utils import timezone

from okrapp.notifications.domain.notify import send_soon
from okrapp.notifications.models import Delivery, Notification
from organizations.actor import Actor

KIND = "test"


def send_test(*, actor: Actor, channel: str) -> Delivery:
    """Write a test message to the actor for one channel, whatever they have chosen. Side effects: as send_soon."""
    assert actor.membership is not None, "only members are told something"
    now = timezone.now()
    with transaction.atomic():
        notification = Notification.objects.create(
            recipient_id=actor.membership.pk,
            kind=KIND,
            period=str(uuid_utils.compat.uuid7()),
            path="inbox/settings/",
            # Seen while it was asked for.
            read_at=now,
        )
        delivery: Delivery = Delivery.objects.create(notification=notification, channel=channel, due_at=now)
        send_soon(due_at=now, after=timedelta(0))
        return delivery
