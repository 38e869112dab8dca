"""The money of a plan."""

from decimal import Decimal
from typing import TYPE_CHECKING

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from okrapp.tenancy.fields import TenantForeignKey
from okrapp.tenancy.models import TenantManager, TenantModel, TenantQuerySet
from rollout.enums import BudgetCategory
from rollout.models.plan import PlanPhase, RolloutPlan
from rollout.models.sight import of_budget

if TYPE_CHECKING:
    from organizations.actor import Actor

ZERO = Decimal("0.00")


class BudgetLineQuerySet(TenantQuerySet):
    def visible_to(self, actor: "Actor") -> "BudgetLineQuerySet":
        """Those of plans whose budget an actor reads."""
        return self.filter(of_budget(actor))


class BudgetLine(TenantModel):
    """What something costs: as planned, what was promised to somebody of it, and what was paid."""

    plan = TenantForeignKey(RolloutPlan, on_delete=models.CASCADE, related_name="budget_lines")
    # None: for the whole plan.
    phase = TenantForeignKey(
        PlanPhase,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="budget_lines",
        verbose_name=_("phase"),
    )
    category = models.CharField(
        _("category"), max_length=8, choices=BudgetCategory.choices, default=BudgetCategory.OTHER
    )
    note = models.CharField(_("what for"), max_length=300, blank=True)
    # In the plan's currency.
    planned = models.DecimalField(
        _("planned"), max_digits=14, decimal_places=2, default=ZERO, validators=[MinValueValidator(0)]
    )
    committed = models.DecimalField(
        _("committed"), max_digits=14, decimal_places=2, default=ZERO, validators=[MinValueValidator(0)]
    )
    actual = models.DecimalField(
        _("actual"), max_digits=14, decimal_places=2, default=ZERO, validators=[MinValueValidator(0)]
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = TenantManager.from_queryset(BudgetLineQuerySet)()

    class Meta:
        verbose_name = _("line of the budget")
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(planned__gte=0, committed__gte=0, actual__gte=0),
                name="rollout_budget_not_negative",
                violation_error_message=_("Amounts are not less than 0."),
            )
        ]
        indexes = [
            models.Index(fields=["organization", "plan"], name="rollout_budget"),
            models.Index(fields=["organization", "phase"], name="rollout_budget_phase"),
        ]

    def __str__(self) -> str:
        return self.note or str(BudgetCategory(self.category).label)
