"""What the notifications app tells the apps below it, and its own registry."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from okrapp.notifications import personal_data
from okrapp.notifications.channels.email.channel import EmailChannel
from okrapp.notifications.domain.clean_up import throw_away
from okrapp.notifications.domain.notify import DISPATCH_KIND, SEND_TASK
from okrapp.notifications.domain.test_message import KIND as TEST
from okrapp.notifications.metrics import outbox_metrics
from okrapp.notifications.queries.inbox import count_unread, unread_with_member
from okrapp.notifications.registry import Facts, Kind
from okrapp.notifications.registry import registry as notifications
from okrapp.web import metrics
from organizations.registry import Page, SettingsPage, registry


def register() -> None:
    """Register channels, pages and background work; called once, at start-up."""
    notifications.channels["email"] = EmailChannel()
    notifications.add(
        Kind(TEST, _("Test"), _("Test"), "send", _test_sentence, is_offered=False, is_urgent=True, channels=frozenset())
    )
    registry.personal_data += personal_data.KEPT
    registry.cleaning.append(throw_away)
    metrics.sources["outbox"] = outbox_metrics
    registry.dispatch_tasks[DISPATCH_KIND] = SEND_TASK
    registry.read_with_member["unread_notifications"] = unread_with_member()
    registry.pages.append(
        Page(
            _("Inbox"),
            "notifications:inbox",
            "inbox",
            key="g i",
            order=12,
            badge=count_unread,
            covers=("notifications:preferences",),
        )
    )
    registry.settings_pages.append(SettingsPage(_("Notifications"), "notifications:defaults", "bell", order=55))


def _test_sentence(facts: Facts) -> str:
    return gettext("This is a test. Messages reach you.")
