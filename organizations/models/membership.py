"""A person in one organization."""

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from okrapp.tenancy.fields import TenantForeignKey
from okrapp.tenancy.models import TenantManager, TenantModel, TenantQuerySet
from organizations.names import sort_key


class MembershipQuerySet(TenantQuerySet):
    def active(self) -> "MembershipQuerySet":
        """Those not deactivated, placeholders included."""
        return self.filter(deactivated_at=None)

    def of_user(self, user_id: int) -> "MembershipQuerySet":
        """The active membership of a user, if there is one."""
        return self.active().filter(user_id=user_id)


class Membership(TenantModel):
    """What all OKR data points at, never the user. Without a user it is a placeholder that a person can claim."""

    OWN_ROWS = "user"

    user = models.ForeignKey(
        "organizations.User",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
        # The named index below is for the switcher, the unique key for everything else.
        db_index=False,
    )
    display_name = models.CharField(_("name"), max_length=150)
    sort_key = models.CharField(max_length=300, editable=False)
    email = models.EmailField(_("e-mail address"), blank=True)
    title = models.CharField(_("job title"), max_length=120, blank=True)
    manager = TenantForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="reports",
        verbose_name=_("manager"),
    )
    is_administrator = models.BooleanField(_("administrator"), default=False)
    # Reads what is stored about people and every change to the settings about it; no other right comes with it.
    is_employee_representative = models.BooleanField(_("employee representative"), default=False)
    first_steps_dismissed = models.BooleanField(default=False, editable=False)
    joined_at = models.DateTimeField(auto_now_add=True)
    deactivated_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = TenantManager.from_queryset(MembershipQuerySet)()
    # For reader_context() alone: without a tenant the wall shows a user's own memberships only.
    across_organizations = models.Manager()

    class Meta:
        ordering = ["sort_key"]
        verbose_name = _("member")
        constraints = [
            models.UniqueConstraint(fields=["organization", "user"], name="organizations_membership_user"),
            models.UniqueConstraint(
                "organization",
                Lower("email"),
                condition=~models.Q(email=""),
                name="organizations_membership_email",
                violation_error_message=_("Somebody with this e-mail address is a member already."),
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "sort_key"], name="organizations_member_list"),
            models.Index(fields=["user"], name="organizations_member_user"),
        ]

    def __str__(self) -> str:
        return self.display_name

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the sort key equal to the name."""
        self.sort_key = sort_key(self.display_name)
        super().save(*args, **kwargs)

    @property
    def is_placeholder(self) -> bool:
        """Whether nobody signs in as this member yet."""
        return self.user_id is None

    @property
    def is_active(self) -> bool:
        return self.deactivated_at is None
