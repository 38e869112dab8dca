"""PostgreSQL's own word on what stands in the database, read as the application role; models are not asked."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.db import connection

TENANT_COLUMN = "organization_id"


@dataclass(frozen=True)
class ForeignKey:
    """A foreign key of the catalogue."""

    table: str
    name: str
    columns: tuple[str, ...]
    target: str
    target_columns: tuple[str, ...]
    on_delete: str

    @property
    def column(self) -> str:
        """The column that is not the tenant."""
        return next(name for name in self.columns if name != TENANT_COLUMN)

    @property
    def target_column(self) -> str:
        """The column of the target that is not the tenant."""
        return next(name for name in self.target_columns if name != TENANT_COLUMN)


@dataclass(frozen=True)
class Policy:
    """A policy of the catalogue, with its conditions as PostgreSQL prints them."""

    table: str
    name: str
    permissive: bool
    command: str
    roles: tuple[str, ...]
    using: str | None
    check: str | None


def rows(sql: str, params: Any = None) -> list[tuple[Any, ...]]:
    """Return the rows of a statement run past every manager."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def value(sql: str, params: Any = None) -> Any:
    """Return the only value of a statement."""
    return rows(sql, params)[0][0]


def touched(sql: str, params: Any = None) -> int:
    """Return how many rows a writing statement touched."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return int(cursor.rowcount)


def all_tables() -> list[str]:
    """Return every table, view, materialized view and foreign table outside of PostgreSQL's own schemas."""
    return [
        name if schema == "public" else f"{schema}.{name}"
        for schema, name in rows(
            "SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname !~ '^pg_'"
            " AND n.nspname <> 'information_schema' ORDER BY 1, 2"
        )
    ]


def walled_tables() -> list[str]:
    """Return the tables with row-level security both enabled and forced."""
    return [
        name
        for (name,) in rows(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
            " AND relrowsecurity AND relforcerowsecurity ORDER BY 1"
        )
    ]


def foreign_keys() -> list[ForeignKey]:
    """Return every foreign key."""
    return [
        ForeignKey(table, name, tuple(columns), target, tuple(target_columns), on_delete)
        for table, name, columns, target, target_columns, on_delete in rows(
            """
            SELECT k.conrelid::regclass::text, k.conname,
                   ARRAY(SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY AS c(number, place)
                         JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = c.number ORDER BY place),
                   k.confrelid::regclass::text,
                   ARRAY(SELECT a.attname::text FROM unnest(k.confkey) WITH ORDINALITY AS c(number, place)
                         JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = c.number ORDER BY place),
                   k.confdeltype
            FROM pg_constraint k WHERE k.contype = 'f' ORDER BY 1, 2
            """
        )
    ]


def policies() -> list[Policy]:
    """Return every policy."""
    return [
        Policy(table, name, permissive == "PERMISSIVE", command, tuple(roles), using, check)
        for table, name, permissive, command, roles, using, check in rows(
            "SELECT tablename::text, policyname::text, permissive, cmd, roles::text[], qual, with_check"
            " FROM pg_policies ORDER BY 1, 2"
        )
    ]


def columns(table: str) -> dict[str, bool]:
    """Return the columns of a table, and whether each refuses NULL."""
    return dict(
        rows(
            "SELECT attname::text, attnotnull FROM pg_attribute"
            " WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped",
            [table],
        )
    )


def a_row(table: str, filled: str = "id") -> dict[str, Any]:
    """Return one visible row of a table as JSON values, one with the column `filled` if there is any.

    The world has a row in every table.
    """
    return json.loads(value(f"SELECT to_jsonb(t)::text FROM {table} t ORDER BY {filled} IS NULL, id LIMIT 1"))


def insert(table: str, row: dict[str, Any]) -> int:
    """Insert a row given as JSON values."""
    return touched(
        f"INSERT INTO {table} SELECT * FROM jsonb_populate_record(NULL::{table}, %s::jsonb)", [json.dumps(row)]
    )


def copy_of(row: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Return a row under a new id."""
    return {**row, "id": str(uuid4()), **changes}


def ids(table: str) -> set[str]:
    """Return the ids of the visible rows."""
    return {str(row[0]) for row in rows(f"SELECT id FROM {table}")}


def fingerprint(table: str, organization_id: int) -> tuple[int, str]:
    """Return how many rows of an organization are visible, and a digest of all their values."""
    return rows(
        "SELECT count(*), coalesce(md5(string_agg(to_jsonb(t)::text, '' ORDER BY id)), '')"
        f" FROM {table} t WHERE t.{TENANT_COLUMN} = %s",
        [organization_id],
    )[0]
