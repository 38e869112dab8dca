"""What is looked at once a day, in the organization's morning: days that come near, and who should know of them."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from okrapp.notifications.clock import moment_of
from okrapp.notifications.registry import registry
from okrapp.web.days import day_at
from organizations.actor import Actor, system_actor
from organizations.domain.dispatch import begin, schedule
from organizations.models import Organization

DISPATCH_KIND = "mornings"
# On the organization's clock.
HOUR = 8
DAY = timedelta(days=1)


def look_in_the_morning(now: datetime | None = None) -> int:
    """Let each app look at the days of the organization in context. Returns how many looked.

    Twice, or at another hour, does no harm: what is told has a period of its own. Side effects: those of
    `registry.mornings`; the organization comes back next morning.
    """
    now = now or timezone.now()
    actor = system_actor()
    with transaction.atomic():
        begin(kind=DISPATCH_KIND)
        schedule(kind=DISPATCH_KIND, due_at=next_morning(now, actor.settings.time_zone))
        today = day_at(now, actor.settings.time_zone)
        for look in registry.mornings:
            look(actor, today)
    return len(registry.mornings)


def next_morning(now: datetime, time_zone: str) -> datetime:
    """Return the first morning after a moment, where an organization is."""
    today, zone = day_at(now, time_zone), ZoneInfo(time_zone)
    at = moment_of(today, HOUR, zone)
    return at if at > now else moment_of(today + DAY, HOUR, zone)


def look_soon() -> None:
    """Let the days be looked at again at once, as after somebody changed them by hand."""
    schedule(kind=DISPATCH_KIND, due_at=timezone.now())


def begin_mornings(actor: Actor, organization: Organization) -> None:
    """Make a new organization known to the sweeper."""
    look_soon()
