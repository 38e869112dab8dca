"""Invitations into an organization."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from okrapp.tenancy.fields import TenantForeignKey
from okrapp.tenancy.models import TenantManager, TenantModel, TenantQuerySet


class InvitationQuerySet(TenantQuerySet):
    def usable(self) -> "InvitationQuerySet":
        """Those that can still be accepted."""
        return self.filter(revoked_at=None, accepted_at=None, expires_at__gt=timezone.now())


class Invitation(TenantModel):
    """Lets one addressed person in, or everybody who has the link (no address). The token is kept as a digest."""

    email = models.EmailField(_("e-mail address"), blank=True)
    # As it stood beside the address; whoever joins finds it filled in.
    name = models.CharField(_("name"), max_length=150, blank=True)
    team = TenantForeignKey(
        "organizations.Team",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("team"),
    )
    # The placeholder or imported member whom the invited person becomes.
    claims = TenantForeignKey(
        "organizations.Membership", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    invited_by = TenantForeignKey("organizations.Membership", null=True, on_delete=models.SET_NULL, related_name="+")
    accepted_by = TenantForeignKey(
        "organizations.Membership", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    token_digest = models.CharField(max_length=64, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager.from_queryset(InvitationQuerySet)()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("invitation")
        constraints = [
            models.UniqueConstraint(fields=["organization", "token_digest"], name="organizations_invitation_token")
        ]
        indexes = [models.Index(fields=["organization", "-created_at"], name="organizations_invitation_list")]

    def __str__(self) -> str:
        return self.email or "link"

    @property
    def is_usable(self) -> bool:
        """Whether somebody can still accept it."""
        return self.revoked_at is None and self.accepted_at is None and self.expires_at > timezone.now()
