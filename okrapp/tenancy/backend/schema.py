"""Schema changes of walled tables."""

from typing import Any

from django.db.backends.ddl_references import Statement
from django.db.backends.postgresql import schema
from django.db.models import Model, UUIDField

from okrapp.tenancy.constraints import TENANT_FIELD


def _is_walled(model: type[Model]) -> bool:
    """Return whether a model of a migration's state is a tenant table.

    Told by its fields: a new table's keys are made after its policy, but from a state that does not know it yet.
    """
    names = {field.name for field in model._meta.local_fields}
    return TENANT_FIELD in names and isinstance(model._meta.pk, UUIDField)


class DatabaseSchemaEditor(schema.DatabaseSchemaEditor):
    """Adds plain foreign keys (to users, to organizations) to tables that are walled already.

    The owner cannot validate a key under a forced policy; it is lifted from the owner for that one statement, inside
    the transaction of the migration.
    """

    # A key in the statement that adds the column could not be wrapped.
    sql_create_column_inline_fk = None

    def _create_fk_sql(self, model: type[Model], field: Any, suffix: str) -> Statement:
        statement = super()._create_fk_sql(model, field, suffix)
        if _is_walled(model):
            statement.template = (
                "ALTER TABLE %(table)s NO FORCE ROW LEVEL SECURITY; "
                f"{statement.template}; "
                "ALTER TABLE %(table)s FORCE ROW LEVEL SECURITY"
            )
        return statement
