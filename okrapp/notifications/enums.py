"""Fixed words of notifications."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a delivery stands. A claimed one is being sent; one whose worker died is claimed again."""

    WAITING = "waiting", _("Waiting")
    CLAIMED = "claimed", _("Being sent")
    SENT = "sent", _("Sent")
    DROPPED = "dropped", _("Not needed any more")
    DEAD = "dead", _("Given up")


class MailPace(models.TextChoices):
    """How often somebody wants mail."""

    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("Once a day")
    WEEKLY = "weekly", _("Once a week")


class EndpointKind(models.TextChoices):
    """What listens at an address that somebody entered."""

    SLACK = "slack", _("Slack")
    TEAMS = "teams", _("Microsoft Teams")
    WEBHOOK = "webhook", _("Webhook")


class OffBecause(models.TextChoices):
    """Why nothing is posted to an endpoint any more."""

    BY_HAND = "by_hand", _("Switched off")
    GONE = "gone", _("The other side says that it is gone")
