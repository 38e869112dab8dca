"""The base of every tenant table."""

from functools import cache
from typing import Any, ClassVar

import uuid_utils.compat
from django.db import models
from django.db.models.base import ModelBase
from django.db.models.sql.query import Query

from okrapp.tenancy.constraints import TENANT_FIELD, TenantKey, TenantWall
from okrapp.tenancy.context import require_organization_id
from okrapp.tenancy.expressions import CurrentOrganization
from okrapp.tenancy.fields import TenantForeignKey


class TenantQuerySet(models.QuerySet):
    """A queryset of one organization's rows; apps add their row filters to subclasses of it."""

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> list[Any]:
        """Insert many rows; rows without an organization get the one in context."""
        rows = list(objs)
        for row in rows:
            row.fill_organization()
        return super().bulk_create(rows, *args, **kwargs)


@cache
def _narrowed(model: type[models.Model]) -> Query:
    """Return the query that all others of a model begin with; built once, as building conditions costs most."""
    return models.QuerySet(model).filter(organization_id=CurrentOrganization()).query


class TenantManager(models.Manager):
    """Adds the organization in context to every query, also to Django's own (save, refresh, related rows)."""

    def get_queryset(self) -> models.QuerySet:
        found = super().get_queryset()
        found.query = _narrowed(found.model).chain()
        return found


class TenantModelBase(ModelBase):
    """Gives every concrete tenant model its wall, so that nobody can forget it.

    Adds to `Meta.constraints`, before Django reads it: the policy, the key that composite references point at, and
    one composite key for each TenantForeignKey. makemigrations sees them like any other constraint.
    """

    def __new__(mcs, name: str, bases: tuple[type, ...], attrs: dict[str, Any], **kwargs: Any) -> "TenantModelBase":
        meta = attrs.get("Meta")
        is_root = not any(isinstance(base, TenantModelBase) for base in bases)
        if not is_root and not getattr(meta, "abstract", False):
            declared = list(getattr(meta, "constraints", []))
            keys = [
                TenantKey(field=field_name, name=f"%(app_label)s_%(class)s_{field_name}_key")
                for field_name, value in attrs.items()
                if isinstance(value, TenantForeignKey)
            ]
            wall = [
                models.UniqueConstraint(fields=[TENANT_FIELD, "id"], name="%(app_label)s_%(class)s_tenant_id"),
                *keys,
                TenantWall(name="%(app_label)s_%(class)s_wall", own_rows=attrs.pop("OWN_ROWS", None)),
            ]
            namespace = dict(vars(meta)) if meta else {}
            namespace["constraints"] = declared + wall
            namespace.setdefault("base_manager_name", "objects")
            attrs["Meta"] = type("Meta", (), namespace)
        return super().__new__(mcs, name, bases, attrs, **kwargs)


class TenantModel(models.Model, metaclass=TenantModelBase):
    """A row of one organization: UUIDv7 key made by the application, walled in the database.

    Subclasses get the policy and composite keys from the metaclass; see docs/adding-a-model.md. A class attribute
    `OWN_ROWS = "user"` lets users read their own rows in every organization.
    """

    # Tells the SQL compilers that every UPDATE and DELETE must name the organization.
    IS_WALLED: ClassVar[bool] = True

    id = models.UUIDField(primary_key=True, default=uuid_utils.compat.uuid7, editable=False)
    organization = models.ForeignKey(
        "organizations.Organization",
        on_delete=models.CASCADE,
        related_name="+",
        db_index=False,  # every index of the table starts with it
        editable=False,
    )

    # Subclasses with row filters of their own say TenantManager.from_queryset(TheirQuerySet)().
    objects = TenantManager.from_queryset(TenantQuerySet)()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def fill_organization(self) -> None:
        """Give a new row the organization in context; raise TenantNotSet when there is none."""
        if self.organization_id is None:
            self.organization_id = require_organization_id()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert or update this row in the organization in context."""
        self.fill_organization()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete this row, naming the organization in the statement."""
        return type(self).objects.filter(pk=self.pk).delete()

    def _do_update(
        self,
        base_qs: Any,
        using: Any,
        pk_val: Any,
        values: list[Any],
        update_fields: Any,
        forced_update: bool,
    ) -> bool:
        # A row never moves to another organization, and a distributed table refuses to have its key written.
        kept = [value for value in values if value[0].name != TENANT_FIELD]
        return super()._do_update(base_qs, using, pk_val, kept, update_fields, forced_update)

    def validate_constraints(self, exclude: Any = None) -> None:
        """Validate as Django does, for the organization in context."""
        self.fill_organization()
        super().validate_constraints(exclude=exclude)
