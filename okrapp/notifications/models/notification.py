"""What somebody is told."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from okrapp.tenancy.fields import TenantForeignKey
from okrapp.tenancy.models import TenantManager, TenantModel, TenantQuerySet


class NotificationQuerySet(TenantQuerySet):
    def in_inbox(self) -> "NotificationQuerySet":
        """Those that show by now: what can be undone shows when it no longer can."""
        return self.filter(visible_at__lte=timezone.now())

    def unread(self) -> "NotificationQuerySet":
        """Those not read yet."""
        return self.filter(read_at=None)


class Notification(TenantModel):
    """One thing one person is told, once: a line of the inbox, and what its deliveries to other channels say.

    `kind` names what the apps registered; `period` tells two of a kind apart, so that nobody is told the same twice.
    `facts` are the names and numbers of the sentence, which is put together in the reader's language.
    """

    recipient = TenantForeignKey("organizations.Membership", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("kind"), max_length=40)
    period = models.CharField(max_length=120)
    by = TenantForeignKey(
        "organizations.Membership", null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("by")
    )
    facts = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    # Where it leads, below the address of the organization.
    path = models.CharField(max_length=400)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    visible_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)

    objects = TenantManager.from_queryset(NotificationQuerySet)()

    class Meta:
        verbose_name = _("notification")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "recipient", "kind", "period"], name="notifications_notification_once"
            )
        ]
        indexes = [
            models.Index(fields=["organization", "recipient", "-visible_at"], name="notifications_inbox"),
            models.Index(
                fields=["organization", "recipient", "visible_at"],
                condition=models.Q(read_at=None),
                name="notifications_unread",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.period}"
