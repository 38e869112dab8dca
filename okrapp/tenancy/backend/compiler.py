"""SQL of tenant tables: UPDATE and DELETE name the organization, however they were built.

Managers add the organization, but Django builds some statements past them: deletions of rows that others point at,
and updates whose conditions join other tables (`WHERE id IN (SELECT …)`).
"""

from typing import Any

from django.db.backends.postgresql.compiler import (
    SQLAggregateCompiler,
    SQLCompiler,
    SQLInsertCompiler,
)
from django.db.models.lookups import Exact
from django.db.models.sql import compiler
from django.db.models.sql.query import Query
from django.db.models.sql.where import AND, WhereNode

from okrapp.tenancy.constraints import TENANT_FIELD
from okrapp.tenancy.expressions import CurrentOrganization

__all__ = [
    "SQLAggregateCompiler",
    "SQLCompiler",
    "SQLDeleteCompiler",
    "SQLInsertCompiler",
    "SQLUpdateCompiler",
]


def _names_organization(where: Any) -> bool:
    """Return whether a condition requires the organization in context whatever else it says."""
    if isinstance(where, WhereNode):
        required = not where.negated and (where.connector == AND or len(where.children) == 1)
        return required and any(_names_organization(child) for child in where.children)
    return isinstance(where, Exact) and isinstance(where.rhs, CurrentOrganization)


def _with_organization(query: Query) -> WhereNode:
    """Return the condition of a query on one table, narrowed to the organization in context."""
    # Models of migrations have no such attribute: the owner works past organizations there.
    if not getattr(query.model, "IS_WALLED", False) or _names_organization(query.where):
        return query.where
    column = query.model._meta.get_field(TENANT_FIELD).get_col(query.get_initial_alias())
    return WhereNode([Exact(column, CurrentOrganization()), query.where], connector=AND)


class SQLDeleteCompiler(compiler.SQLDeleteCompiler):
    def _as_sql(self, query: Query) -> tuple[str, tuple[Any, ...]]:
        query = query.clone()
        query.where = _with_organization(query)
        return super()._as_sql(query)


class SQLUpdateCompiler(compiler.SQLUpdateCompiler):
    def pre_sql_setup(self, *args: Any, **kwargs: Any) -> Any:
        result = super().pre_sql_setup(*args, **kwargs)
        self.query.where = _with_organization(self.query)
        return result
