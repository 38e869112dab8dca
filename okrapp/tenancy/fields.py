"""Foreign keys between rows of the same organization."""

from typing import Any

from django.db import models
from django.db.models.lookups import Exact

from okrapp.tenancy.expressions import CurrentOrganization


class TenantForeignKey(models.ForeignKey):
    """A foreign key whose target must belong to the same organization.

    PostgreSQL checks foreign keys past row-level security, so a single-column key would accept a row of another
    organization. This field therefore has no constraint of its own; `TenantModel` adds the composite one,
    `(organization_id, x_id) → (organization_id, id)`, to the model's `Meta.constraints`. Every join carries the
    organization too, so plans stay right for distributed tables.
    """

    def __init__(self, to: Any, on_delete: Any, **kwargs: Any) -> None:
        kwargs["db_constraint"] = False
        # Indexes of tenant tables start with the organization; the model declares those it needs.
        kwargs.setdefault("db_index", False)
        super().__init__(to, on_delete, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("db_constraint", None)
        if not self.db_index:
            kwargs.pop("db_index", None)
        else:
            kwargs["db_index"] = True
        return name, path, args, kwargs

    def get_extra_restriction(self, alias: str | None, related_alias: str | None) -> Exact:
        """Return the part of the join condition that names the organization on both sides.

        Without `alias` the join was trimmed away (in the sub-query of an exclude()), and the organization in context
        takes its place.
        """
        if alias is None:
            return Exact(self.model._meta.get_field("organization").get_col(related_alias), CurrentOrganization())
        remote = self.remote_field.model._meta.get_field("organization")
        local = self.model._meta.get_field("organization")
        return Exact(remote.get_col(alias), local.get_col(related_alias))
