"""Throwing away what people were told long ago."""

from datetime import timedelta

from django.utils import timezone

from okrapp.notifications.models import Notification

KEPT = timedelta(days=182)


def throw_away() -> int:
    """Delete notifications older than half a year, with their deliveries. Returns how many rows."""
    rows, _by_table = Notification.objects.filter(created_at__lt=timezone.now() - KEPT).delete()
    return rows
