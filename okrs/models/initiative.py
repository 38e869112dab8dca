"""Work meant to move a key result."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from okrapp.tenancy.fields import TenantForeignKey
from okrapp.tenancy.models import TenantManager, TenantModel, TenantQuerySet
from okrs.enums import InitiativeStatus
from okrs.models.visibility import readable_by

if TYPE_CHECKING:
    from organizations.actor import Actor


class InitiativeQuerySet(TenantQuerySet):
    def visible_to(self, actor: "Actor") -> "InitiativeQuerySet":
        """Those of objectives an actor may see."""
        return self.filter(readable_by(actor, "objective"))


class Initiative(TenantModel):
    """Belongs to an objective, and to one of its key results where that can be said."""

    objective = TenantForeignKey("okrs.Objective", on_delete=models.CASCADE, related_name="initiatives")
    key_result = TenantForeignKey(
        "okrs.KeyResult", null=True, blank=True, on_delete=models.CASCADE, related_name="initiatives"
    )
    title = models.CharField(_("title"), max_length=300)
    owner = TenantForeignKey(
        "organizations.Membership",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("owner"),
    )
    due_on = models.DateField(_("due"), null=True, blank=True)
    status = models.CharField(
        _("status"), max_length=8, choices=InitiativeStatus.choices, default=InitiativeStatus.PLANNED
    )
    url = models.URLField(_("link"), max_length=500, blank=True)
    position = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = TenantManager.from_queryset(InitiativeQuerySet)()

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("initiative")
        constraints = [
            models.CheckConstraint(
                condition=Q(url="") | Q(url__startswith="https://") | Q(url__startswith="http://"),
                name="okrs_initiative_url",
            )
        ]
        indexes = [models.Index(fields=["organization", "objective", "position"], name="okrs_initiative_list")]

    def __str__(self) -> str:
        return self.title
