"""What is stored about people who are told something, and who sees it; see organizations.personal_data."""

from django.utils.translation import gettext_lazy as _

from okrapp.notifications.models import Choice, Endpoint, Habits, Notification
from organizations.personal_data import Kept

KEPT = (
    Kept(
        _("Inbox"),
        _("What you were told and when, who caused it, whether you have read it, whether a mail was sent about it."),
        _("Only you. Nobody can see whether you have read something."),
        _("Half a year."),
        (Notification,),
    ),
    Kept(
        _("Own chats"),
        _("The address of a chat in Slack or Microsoft Teams that you have connected, sealed; only its host is shown."),
        _("Only you."),
        _("Until you remove it."),
        (Endpoint,),
    ),
    Kept(
        _("Choices about notifications"),
        _("What you want to be told, through which channel, your quiet hours, and the days you are away."),
        _("Only you."),
        _("As long as you are a member."),
        (Choice, Habits),
    ),
)
