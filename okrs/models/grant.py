"""Single objectives shared with single people, by django-guardian."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import Permission
from django.db import models
from django.utils.translation import gettext_lazy as _
from guardian.managers import UserObjectPermissionManager
from guardian.models import UserObjectPermissionBase

from okrapp.tenancy.constraints import TenantKey
from okrapp.tenancy.fields import TenantForeignKey
from okrapp.tenancy.models import TenantManager, TenantModel, TenantQuerySet


class GrantManager(TenantManager.from_queryset(TenantQuerySet), UserObjectPermissionManager):
    """guardian's manager, behind the wall."""


class ObjectiveGrant(UserObjectPermissionBase, TenantModel):
    """One permission of one user on one objective: view, comment or change.

    guardian points at users, not memberships. The composite key ties each row to the user's membership here, and an
    inactive membership denies before any grant is looked at.
    """

    # guardian's own fields, without their indexes: those of a tenant table begin with the organization.
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    permission = models.ForeignKey(Permission, on_delete=models.CASCADE, related_name="+", db_index=False)
    content_object = TenantForeignKey("okrs.Objective", on_delete=models.CASCADE, related_name="grants")

    objects: ClassVar[GrantManager] = GrantManager()

    class Meta:
        verbose_name = _("share")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "content_object", "user", "permission"], name="okrs_objectivegrant_once"
            ),
            TenantKey(field="user", name="okrs_objectivegrant_user_key", parent="organizations.Membership"),
        ]
        indexes = [models.Index(fields=["organization", "user"], name="okrs_objectivegrant_user")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert or update as every tenant row; guardian's own check would read the objective each time.

        It asks whether the permission is one of objectives, and guardian's shortcuts look for no other.
        """
        self.fill_organization()
        models.Model.save(self, *args, **kwargs)
