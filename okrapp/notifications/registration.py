"""What the notifications app tells the apps below it, and its own registry."""

from django.utils.translation import gettext_lazy as _

from okrapp.notifications import (
    permissions,  # noqa: F401 - so that the directory of rights knows every action from the start
    personal_data,
)
from okrapp.notifications.channels.email.channel import EmailChannel
from okrapp.notifications.channels.slack.channel import SlackChannel
from okrapp.notifications.channels.teams.channel import TeamsChannel
from okrapp.notifications.channels.webhook.channel import WebhookChannel
from okrapp.notifications.domain import morning, preference
from okrapp.notifications.domain.clean_up import throw_away
from okrapp.notifications.domain.event import publish
from okrapp.notifications.domain.joining import tell_of_joining
from okrapp.notifications.domain.notify import DISPATCH_KIND, SEND_TASK
from okrapp.notifications.metrics import outbox_metrics
from okrapp.notifications.notices import KINDS, TEST_OF_ROOM, TOPICS
from okrapp.notifications.queries.endpoint import webhook_topics
from okrapp.notifications.queries.inbox import count_unread, unread_with_member
from okrapp.notifications.registry import registry as notifications
from okrapp.web import metrics
from organizations.registry import Page, SettingsPage, registry

_CONNECTION_PLACES = (
    "notifications:webhook_create",
    "notifications:room_create",
    "notifications:endpoint",
    "notifications:endpoint_rotate",
    "notifications:delivery_log",
    "notifications:delivery",
)


def register() -> None:
    """Register channels, pages and background work; called once, at start-up."""
    notifications.channels |= {
        channel.code: channel for channel in (EmailChannel(), SlackChannel(), TeamsChannel(), WebhookChannel())
    }
    notifications.add(*KINDS, place=300)
    notifications.add_announcements(TEST_OF_ROOM)
    notifications.add_topics(*TOPICS)
    registry.settings_extras["webhook_topics"] = webhook_topics()
    registry.audit_values["notifications.Endpoint.topics"] = notifications.topic_label
    registry.recorded.append(publish)
    registry.personal_data += personal_data.KEPT
    registry.cleaning.append(throw_away)
    metrics.sources["outbox"] = outbox_metrics
    registry.dispatch_tasks[DISPATCH_KIND] = SEND_TASK
    registry.dispatch_tasks[morning.DISPATCH_KIND] = "okrapp.notifications.tasks.look_in_the_morning"
    registry.founding.append(morning.begin_mornings)
    registry.joined.append(tell_of_joining)
    registry.zone_changed.append(preference.follow_zone)
    registry.read_with_member["unread_notifications"] = unread_with_member
    registry.pages.append(
        Page(
            _("Inbox"),
            "notifications:inbox",
            "inbox",
            key="g i",
            order=12,
            badge=count_unread,
            covers=("notifications:preferences", "notifications:chat_connect"),
        )
    )
    registry.settings_pages.append(SettingsPage(_("Notifications"), "notifications:defaults", "bell", order=55))
    registry.settings_pages.append(
        SettingsPage(_("Connections"), "notifications:connections", "plug", order=57, covers=_CONNECTION_PLACES)
    )
