"""Addresses that members enter: chats of theirs or of a team, and programs that listen."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from okrapp.notifications.enums import EndpointKind, OffBecause
from okrapp.tenancy.fields import TenantForeignKey
from okrapp.tenancy.models import TenantManager, TenantModel, TenantQuerySet


class EndpointQuerySet(TenantQuerySet):
    def on(self) -> "EndpointQuerySet":
        """Those that are used."""
        return self.filter(off_at=None)

    def webhooks(self) -> "EndpointQuerySet":
        """Programs that listen to what happens in the organization."""
        return self.filter(kind=EndpointKind.WEBHOOK)

    def rooms(self) -> "EndpointQuerySet":
        """Chats that several people read."""
        return self.exclude(kind=EndpointKind.WEBHOOK).filter(member=None)


class Endpoint(TenantModel):
    """Where messages are posted to: one member's own chat, a chat room of a team or of everybody, or a program.

    Addresses and signing secrets are kept sealed; only the host is shown again.
    """

    kind = models.CharField(_("kind"), max_length=8, choices=EndpointKind.choices)
    name = models.CharField(_("name"), max_length=80)
    host = models.CharField(_("host"), max_length=253, editable=False)
    sealed_address = models.TextField(editable=False)
    sealed_secret = models.TextField(blank=True, default="", editable=False)
    # After a rotation both count for a while, so that receivers can change over without losing a message.
    sealed_former_secret = models.TextField(blank=True, default="", editable=False)
    former_until = models.DateTimeField(null=True, editable=False)
    member = TenantForeignKey(
        "organizations.Membership", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    team = TenantForeignKey("organizations.Team", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    # What it is told of: topics of a program, kinds of a room. A member's own follows the member's choices.
    topics = ArrayField(models.CharField(max_length=40), default=list, blank=True, verbose_name=_("topics"))
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    off_at = models.DateTimeField(null=True, editable=False)
    off_because = models.CharField(max_length=8, choices=OffBecause.choices, blank=True, default="", editable=False)

    objects = TenantManager.from_queryset(EndpointQuerySet)()

    class Meta:
        verbose_name = _("endpoint")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "member", "kind"],
                condition=models.Q(member__isnull=False),
                name="notifications_endpoint_own",
                violation_error_message=_("There is one already."),
            ),
            models.CheckConstraint(
                condition=models.Q(member=None) | models.Q(team=None), name="notifications_endpoint_whose"
            ),
        ]
        indexes = [models.Index(fields=["organization", "kind", "name"], name="notifications_endpoint_list")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_room(self) -> bool:
        """Whether it is a chat that several people read."""
        return self.kind != EndpointKind.WEBHOOK and self.member_id is None

    @property
    def is_on(self) -> bool:
        """Whether anything is posted to it."""
        return self.off_at is None

    @property
    def has_two_secrets(self) -> bool:
        """Whether messages are signed with the former secret too."""
        return self.former_until is not None and self.former_until > timezone.now()
