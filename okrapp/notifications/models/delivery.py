"""What must leave the house: the outbox."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from okrapp.notifications.enums import State
from okrapp.notifications.problems import in_words
from okrapp.tenancy.fields import TenantForeignKey
from okrapp.tenancy.models import TenantManager, TenantModel, TenantQuerySet


class DeliveryQuerySet(TenantQuerySet):
    def unsent(self) -> "DeliveryQuerySet":
        """Those that still have a way to go."""
        return self.filter(state__in=(State.WAITING, State.CLAIMED))


class Delivery(TenantModel):
    """A notification or an event on its way through one channel, written with it in the transaction of the change.

    A notification goes to its recipient, wherever that is when it is sent; an event to one endpoint.

    `envelope` is the message it travels in, alone or with others to the same person; it is given before the first
    attempt and never changes, so that a second attempt is the same message to whoever receives it.
    """

    notification = TenantForeignKey(
        "notifications.Notification", null=True, on_delete=models.CASCADE, related_name="deliveries"
    )
    event = TenantForeignKey("notifications.Event", null=True, on_delete=models.CASCADE, related_name="deliveries")
    endpoint = TenantForeignKey(
        "notifications.Endpoint", null=True, on_delete=models.CASCADE, related_name="deliveries"
    )
    channel = models.CharField(_("channel"), max_length=16)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.WAITING)
    # While it waits: not before this. While it is claimed: whoever holds it is taken for dead from then on.
    due_at = models.DateTimeField(_("due"), default=timezone.now)
    envelope = models.UUIDField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    # A worker died between handing it over and saying so: nobody can know whether it arrived.
    possibly_twice = models.BooleanField(_("possibly twice"), default=False)
    # What the other side answered last, where it answers in numbers.
    answer = models.PositiveSmallIntegerField(_("answer"), null=True, editable=False)
    error = models.CharField(_("error"), max_length=300, blank=True, default="")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    settled_at = models.DateTimeField(null=True)

    objects = TenantManager.from_queryset(DeliveryQuerySet)()

    class Meta:
        verbose_name = _("delivery")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "notification", "channel"], name="notifications_delivery_once"
            ),
            models.UniqueConstraint(fields=["organization", "event", "endpoint"], name="notifications_delivery_event"),
            models.CheckConstraint(
                condition=models.Q(notification__isnull=False, event=None)
                | models.Q(notification=None, event__isnull=False),
                name="notifications_delivery_what",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organization", "due_at"],
                condition=models.Q(state__in=(State.WAITING, State.CLAIMED)),
                name="notifications_delivery_due",
            ),
            models.Index(fields=["organization", "envelope"], name="notifications_delivery_mail"),
            models.Index(fields=["organization", "state", "-created_at"], name="notifications_delivery_list"),
            models.Index(
                fields=["organization", "endpoint", "-created_at", "-id"],
                condition=models.Q(endpoint__isnull=False),
                name="notifications_delivery_log",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.state}"

    @property
    def problem(self) -> str:
        """What went wrong last, in the active language."""
        return in_words(self.error)

    @property
    def kind(self) -> str:
        """What it tells of: the kind of its notification or event."""
        told = self.notification or self.event
        assert told is not None, "the table holds no delivery of nothing"
        return told.kind
