"""Rows as they would be had the demo organization really been used for months: times and audit of the past."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar

import uuid_utils.compat
from django.db import connection
from django.db.models import Model
from django.db.models.sql import InsertQuery

from okrapp.tenancy.models import TenantModel
from organizations.actor import Actor
from organizations.domain import audit
from organizations.enums import Via
from organizations.models import AuditEntry, Membership
from organizations.names import sort_key

Row = TypeVar("Row", bound=TenantModel)
BATCH = 400
# Whatever the fields are called, they say when a row came to be.
CREATED = ("created_at", "joined_at", "imported_at")
UPDATED = "updated_at"


class Journal:
    """Collects rows, each with its moment, and inserts them in the order in which their kinds first came."""

    def __init__(self) -> None:
        self.rows: dict[type[TenantModel], list[Model]] = {}
        self.entries: list[AuditEntry] = []

    def add(self, row: Row, at: datetime) -> Row:
        """Keep a row for later and return it, with an id and times of that moment."""
        row.pk = id_of(at)
        row.fill_organization()
        names = {field.name for field in row._meta.concrete_fields}
        for name in (*CREATED, UPDATED):
            if name in names:
                setattr(row, name, at)
        if "sort_key" in names:
            row.sort_key = sort_key(str(row))  # type: ignore[attr-defined]
        self.rows.setdefault(type(row), []).append(row)
        return row

    def note(
        self,
        actor: Membership | None,
        verb: str,
        subject: Model,
        at: datetime,
        *,
        before: dict[str, Any] | None = None,
        after: dict[str, Any] | None = None,
        via: Via = Via.WEB,
        reason: str = "",
    ) -> None:
        """Keep an audit entry for later, as the domain functions write theirs."""
        who = Actor(actor, via=via)
        entry = audit.entry(actor=who, verb=verb, subject=subject, before=before, after=after, reason=reason)
        entry.pk, entry.at = id_of(at), at
        entry.fill_organization()
        self.entries.append(entry)

    def write(self) -> None:
        """Insert everything that was kept. Side effects: rows of many tables, in the running transaction."""
        for rows in self.rows.values():
            insert_as_they_are(rows)
        self.entries.sort(key=lambda entry: entry.at)
        insert_as_they_are(self.entries)
        self.rows, self.entries = {}, []


def id_of(at: datetime) -> Any:
    """Return a new key that carries a moment, so that keys sort as rows that were written then."""
    return uuid_utils.compat.uuid7(nanoseconds=int(at.timestamp() * 1_000_000) * 1_000)


def insert_as_they_are(rows: Iterable[Model]) -> None:
    """Insert rows of one model without setting times to now, which bulk_create would do; as fixtures are loaded."""
    waiting: Iterator[Model] = iter(rows)
    while batch := list(islice(waiting, BATCH)):
        query = InsertQuery(type(batch[0]))
        query.insert_values(batch[0]._meta.concrete_fields, batch, raw=True)
        query.get_compiler(connection=connection).execute_sql()
