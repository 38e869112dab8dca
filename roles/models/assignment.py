"""Who holds which role, where, from when until when."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from okrapp.tenancy.fields import TenantForeignKey
from okrapp.tenancy.models import TenantManager, TenantModel, TenantQuerySet
from organizations.enums import Role


class RoleAssignmentQuerySet(TenantQuerySet):
    def current(self, on: date) -> "RoleAssignmentQuerySet":
        """Those in force on a day."""
        return self.filter(starts_on__lte=on).filter(models.Q(ends_on=None) | models.Q(ends_on__gte=on))


class RoleAssignment(TenantModel):
    """A membership holds a role for the whole organization, or for a team and everything under it."""

    membership = TenantForeignKey("organizations.Membership", on_delete=models.CASCADE, related_name="role_assignments")
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)
    team = TenantForeignKey(
        "organizations.Team",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("for the team"),
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = TenantManager.from_queryset(RoleAssignmentQuerySet)()

    class Meta:
        verbose_name = _("role assignment")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
                name="roles_roleassignment_order",
            )
        ]
        indexes = [models.Index(fields=["organization", "membership"], name="roles_of_member")]

    def __str__(self) -> str:
        return f"{self.role} {self.membership_id}"
