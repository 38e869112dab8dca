"""Who supports whom."""

from typing import TYPE_CHECKING

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from okrapp.tenancy.fields import TenantForeignKey
from okrapp.tenancy.models import TenantModel

if TYPE_CHECKING:
    from okrs.models.key_result import KeyResult
    from okrs.models.objective import Objective
    from organizations.models import StrategicPriority


def _exactly_one(*names: str) -> Q:
    """Return the condition that exactly one of the named references is set."""
    condition = Q()
    for chosen in names:
        condition |= Q(**{f"{name}__isnull": name != chosen for name in names})
    return condition


class Alignment(TenantModel):
    """The objective supports one objective, key result or strategic priority. Never a circle."""

    objective = TenantForeignKey("okrs.Objective", on_delete=models.CASCADE, related_name="supports")
    target_objective = TenantForeignKey(
        "okrs.Objective", null=True, blank=True, on_delete=models.CASCADE, related_name="supported_by"
    )
    target_key_result = TenantForeignKey(
        "okrs.KeyResult", null=True, blank=True, on_delete=models.CASCADE, related_name="supported_by"
    )
    target_priority = TenantForeignKey(
        "organizations.StrategicPriority", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    weight = models.DecimalField(
        _("weight"), max_digits=8, decimal_places=3, default=1, validators=[MinValueValidator(0)]
    )
    reason = models.TextField(_("how it contributes"), blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("alignment")
        constraints = [
            models.CheckConstraint(
                condition=_exactly_one("target_objective", "target_key_result", "target_priority"),
                name="okrs_alignment_one_target",
            ),
            models.CheckConstraint(
                condition=Q(target_objective=None) | ~Q(target_objective=models.F("objective")),
                name="okrs_alignment_not_itself",
            ),
            models.UniqueConstraint(
                fields=[
                    "organization",
                    "objective",
                    "target_objective",
                    "target_key_result",
                    "target_priority",
                ],
                nulls_distinct=False,
                name="okrs_alignment_once",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "target_objective"], name="okrs_alignment_objective"),
            models.Index(fields=["organization", "target_key_result"], name="okrs_alignment_keyresult"),
            models.Index(fields=["organization", "target_priority"], name="okrs_alignment_priority"),
        ]

    @property
    def target(self) -> "Objective | KeyResult | StrategicPriority":
        """What is supported; a query unless it was loaded with the row."""
        target = self.target_objective or self.target_key_result or self.target_priority
        assert target is not None, "the database accepts exactly one target"
        return target

    def __str__(self) -> str:
        return f"{self.objective_id} supports"
