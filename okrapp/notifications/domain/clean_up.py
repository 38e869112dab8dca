"""Throwing away what people were told long ago, and the log of what was sent to programs and rooms."""

from datetime import timedelta

from django.utils import timezone

from okrapp.notifications.models import Event, Notification

KEPT = timedelta(days=182)
LOG_KEPT = timedelta(days=30)


def throw_away() -> int:
    """Delete notifications older than half a year and events older than 30 days, with their deliveries.

    Returns how many rows.
    """
    now = timezone.now()
    notifications, _by_table = Notification.objects.filter(created_at__lt=now - KEPT).delete()
    events, _by_table = Event.objects.filter(created_at__lt=now - LOG_KEPT).delete()
    return notifications + events
