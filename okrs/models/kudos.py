"""Celebrating a win."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from okrapp.tenancy.fields import TenantForeignKey
from okrapp.tenancy.models import TenantManager, TenantModel, TenantQuerySet
from okrs.models.visibility import readable_by

if TYPE_CHECKING:
    from organizations.actor import Actor


class KudosQuerySet(TenantQuerySet):
    def visible_to(self, actor: "Actor") -> "KudosQuerySet":
        """Those that name no objective, or one an actor may see."""
        return self.filter(Q(objective=None) | readable_by(actor, "objective"))

    def standing(self) -> "KudosQuerySet":
        """Those not removed."""
        return self.filter(removed_at=None)


class Kudos(TenantModel):
    """Thanks to people by name, for something; shown on a team's page."""

    team = TenantForeignKey(
        "organizations.Team", null=True, blank=True, on_delete=models.CASCADE, related_name="+", verbose_name=_("team")
    )
    objective = TenantForeignKey(
        "okrs.Objective", null=True, blank=True, on_delete=models.SET_NULL, related_name="kudos"
    )
    author = TenantForeignKey("organizations.Membership", null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField(_("what there is to celebrate"))
    created_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = TenantManager.from_queryset(KudosQuerySet)()

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = _("kudos")
        indexes = [models.Index(fields=["organization", "team", "-created_at"], name="okrs_kudos_team")]

    def __str__(self) -> str:
        return self.text[:80]


class KudosPerson(TenantModel):
    """Somebody who is celebrated."""

    kudos = TenantForeignKey(Kudos, on_delete=models.CASCADE, related_name="people")
    membership = TenantForeignKey("organizations.Membership", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "kudos", "membership"], name="okrs_kudosperson_once")
        ]
        indexes = [models.Index(fields=["organization", "membership"], name="okrs_kudosperson_member")]

    def __str__(self) -> str:
        return f"{self.membership_id}"
