"""Inserting hundreds of thousands of rows."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import connection

from okrapp.tenancy.context import require_organization_id
from okrapp.tenancy.models import TenantModel

BATCH = 5_000


def insert_columns(model: type[TenantModel], names: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> Iterator[int]:
    """Insert rows into the organization in context, given as values of the named columns; the rest has its default.

    Yields how many were inserted, batch by batch. One statement a batch, from arrays: COPY is not possible under
    row-level security, and objects of the model would take three times as long.
    """
    fields = {field.column: field for field in model._meta.concrete_fields}
    given = [fields[name] for name in names]
    others = [field for field in fields.values() if field.column not in names]
    columns = ", ".join(f'"{field.column}"' for field in (*given, *others))
    constants = [
        require_organization_id()
        if field.name == "organization"
        else field.get_db_prep_save(field.get_default(), connection)
        for field in others
    ]
    arrays = ", ".join(f"%s::{field.db_type(connection)}[]" for field in given)
    aliases = ", ".join(f"c{number}" for number in range(len(given)))
    typed = ", ".join(f"%s::{field.db_type(connection)}" for field in others)
    sql = (
        f'INSERT INTO "{model._meta.db_table}" ({columns})'  # noqa: S608 - names of our own columns
        f" SELECT {aliases}, {typed} FROM unnest({arrays}) AS given ({aliases})"
    )
    waiting = iter(rows)
    with connection.cursor() as cursor:
        while batch := list(islice(waiting, BATCH)):
            cursor.execute(sql, [*constants, *(list(column) for column in zip(*batch, strict=True))])
            yield len(batch)


def insert_all(model: type[TenantModel], names: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> int:
    """Insert rows as insert_columns does, all at once for whoever does not watch, and return how many."""
    return sum(insert_columns(model, names, rows))
