"""The tenant as an SQL expression."""

from typing import Any

from django.db.models import BigIntegerField, Expression
from django.db.models.sql.compiler import SQLCompiler

from okrapp.tenancy.context import require_organization_id


class CurrentOrganization(Expression):
    """The id of the organization in context, read when the query is compiled.

    Lazy on purpose: ModelForm, FilterSet and DRF build querysets at import time, when no tenant can be set. A query
    that is compiled without a tenant raises TenantNotSet instead of returning rows.
    """

    def __init__(self) -> None:
        super().__init__(output_field=BigIntegerField())

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, tuple[int]]:
        return "%s", (require_organization_id(),)

    def __repr__(self) -> str:
        return "CurrentOrganization()"
