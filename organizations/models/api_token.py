"""Tokens for other programs."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from okrapp.tenancy.fields import TenantForeignKey
from okrapp.tenancy.models import TenantManager, TenantModel, TenantQuerySet
from organizations.enums import Scope


class ApiTokenQuerySet(TenantQuerySet):
    def usable(self) -> "ApiTokenQuerySet":
        """Those neither revoked nor expired."""
        return self.filter(revoked_at=None).filter(models.Q(expires_at=None) | models.Q(expires_at__gt=timezone.now()))


class ApiToken(TenantModel):
    """A personal token: acts as one member of one organization, within its scopes. Only a digest is kept."""

    membership = TenantForeignKey("organizations.Membership", on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(_("name"), max_length=80)
    prefix = models.CharField(_("begins with"), max_length=16, editable=False)
    digest = models.CharField(max_length=64, editable=False)
    scopes = ArrayField(models.CharField(max_length=24, choices=Scope.choices), verbose_name=_("scopes"))
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = TenantManager.from_queryset(ApiTokenQuerySet)()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("token")
        constraints = [models.UniqueConstraint(fields=["organization", "digest"], name="organizations_apitoken_digest")]
        indexes = [models.Index(fields=["organization", "membership"], name="organizations_tokens_of_member")]

    def __str__(self) -> str:
        return self.name


class IdempotentRequest(TenantModel):
    """A write that must not happen twice: the key a program sent, what it asked and what it was answered."""

    membership = TenantForeignKey("organizations.Membership", on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.JSONField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "membership", "key"], name="organizations_idempotent_once")
        ]
        indexes = [models.Index(fields=["organization", "created_at"], name="organizations_idempotent_age")]

    def __str__(self) -> str:
        return self.key
