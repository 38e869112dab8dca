"""What migrations need: rights of the application role, search functions, and a way through all organizations."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.migrations.operations import RunSQL
from django.db.migrations.operations.base import Operation

from okrapp.tenancy.context import tenant_context

SEARCH_ROLE = "okrapp_search"


class _Grant(Operation):
    """Changes grants on one table; nothing in the state of the models."""

    reversible = True
    reduces_to_sql = True

    def __init__(self, table: str) -> None:
        self.table = table

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Leave the models' state alone."""

    def _execute(self, schema_editor: Any, template: str) -> None:
        quote = schema_editor.quote_name
        schema_editor.execute(
            template % {"table": quote(self.table), "role": quote(settings.DATABASE_APPLICATION_ROLE)}
        )


class InsertOnly(_Grant):
    """The application role may read and append rows of a table, never change or delete them."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        self._execute(schema_editor, "REVOKE UPDATE, DELETE ON %(table)s FROM %(role)s")

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        self._execute(schema_editor, "GRANT UPDATE, DELETE ON %(table)s TO %(role)s")

    def describe(self) -> str:
        return f"Let the application only append to {self.table}"


class NoAccess(_Grant):
    """The application role may not touch a table at all."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        self._execute(schema_editor, "REVOKE ALL ON %(table)s FROM %(role)s")

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        self._execute(schema_editor, "GRANT SELECT, INSERT, UPDATE, DELETE ON %(table)s TO %(role)s")

    def describe(self) -> str:
        return f"Keep the application out of {self.table}"


def search_function(*, name: str, arguments: str, returns: str, body: str, tables: list[str]) -> RunSQL:
    """Return an operation that makes a search function which row-level security does not slow down.

    ILIKE is not leakproof, so under the policy PostgreSQL reads the whole table. The function belongs to a role that
    nobody can sign in as, bypasses the policy, may read `tables` only, and filters by the tenant setting itself.
    `body` is SQL that must compare `organization_id` with the placeholder TENANT. The function is STABLE.
    """
    if "TENANT" not in body:
        raise ValueError("A search function must filter by TENANT.")
    tenant = "NULLIF(current_setting('app.organization_id', true), '')::bigint"
    grants = "".join(f"GRANT SELECT ON {table} TO {SEARCH_ROLE};\n" for table in tables)
    return _past_the_wall(f"{name}({arguments})", returns, body.replace("TENANT", tenant), grants)


def counting_function(*, name: str, returns: str, body: str, table: str, columns: list[str]) -> RunSQL:
    """Return an operation that makes a function which counts the rows of a table over all organizations.

    For operators of the installation, in one statement however many organizations there are. It belongs to the same
    role as the search functions, which may read `columns` of the table and no other. Everybody who can send statements
    may call it, in any organization: it must return ids of organizations, fixed words, numbers and times, nothing else.
    The function is STABLE.
    """
    grants = f"GRANT SELECT ({', '.join(columns)}) ON {table} TO {SEARCH_ROLE};\n"
    revoke = f"REVOKE SELECT ({', '.join(columns)}) ON {table} FROM {SEARCH_ROLE};\n"  # noqa: S608 - names of columns
    return _past_the_wall(f"{name}()", returns, body, grants, on_drop=revoke)


def _past_the_wall(signature: str, returns: str, body: str, grants: str, on_drop: str = "") -> RunSQL:
    return RunSQL(
        f"""
        {grants}
        -- Checking the body would read the tables as their owner, whom the forced policy stops.
        SET LOCAL check_function_bodies = off;
        CREATE FUNCTION {signature} RETURNS {returns}
        -- pg_temp is named last: left out, it is searched first, and a temporary table could take a real one's place.
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
        AS $search${body}$search$;
        GRANT CREATE ON SCHEMA public TO {SEARCH_ROLE};
        ALTER FUNCTION {signature} OWNER TO {SEARCH_ROLE};
        REVOKE CREATE ON SCHEMA public FROM {SEARCH_ROLE};
        SET LOCAL check_function_bodies = on;
        """,
        reverse_sql=f"{on_drop}DROP FUNCTION {signature}",
    )


def each_organization(schema_editor: Any) -> Iterator[int]:
    """Enter each organization in turn and yield its id: the loop of a data migration (RunPython).

    Migrations run with row_security off, where every statement on a tenant table raises; here it is on, so that a
    statement touches the rows of the organization entered, as in the application. Side effects: a savepoint per
    organization in the transaction of the migration.
    """
    connection = schema_editor.connection
    directory = apps.get_model(settings.TENANCY_ORGANIZATION_MODEL)._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {connection.ops.quote_name(directory)} ORDER BY id")  # noqa: S608 - a table's name
        ids = [row[0] for row in cursor.fetchall()]
        cursor.execute("SET LOCAL row_security = on")
    for organization_id in ids:
        with tenant_context(organization_id):
            yield organization_id
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL row_security = off")
