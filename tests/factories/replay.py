"""Rows that many tests start from: made once in a process, afterwards written again as they were, in two statements.

Nothing is shared between tests: each one's transaction holds its own copy, and each gets its own objects.
"""

import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol, TypeVar

from django.contrib.auth.models import Permission
from django.db import connection, models, transaction
from django.db.models.signals import post_save
from django.db.models.sql import InsertQuery
from django.utils import timezone

from okrapp.tenancy.context import tenant_context
from okrapp.tenancy.models import TenantModel

# Rows speak of "now": what is due for five minutes is late, and after this some of them would be.
FRESH = timedelta(minutes=4)


class OfOrganization(Protocol):
    """What is replayed: the rows of one organization, and itself as the objects that stand for them."""

    organization: Any


Made = TypeVar("Made", bound=OfOrganization)


@dataclass(frozen=True)
class Recording:
    """The statements that write rows again, and the pickled objects for them."""

    at: datetime
    permissions: int
    organization_id: int
    global_rows: str
    tenant_rows: str
    objects: bytes


_recordings: dict[str, Recording] = {}


def replay(name: str, make: Callable[[], Made]) -> Made:
    """Return what `make` makes, with its rows written; `name` tells apart what is made differently.

    Calls `make` the first time, on another day, when the last call is too long ago, and after the tables were emptied
    for a test with transactions of its own: permissions have other keys then. The rows keep their ids, so what
    is made under one name can stand in a transaction only once.
    """
    found, now = _recordings.get(name), timezone.now()
    if found is None or not _holds(found, now):
        with _saved() as saved:
            made = make()
        _recordings[name] = _record(made, saved)
        return made
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(found.global_rows)
        with tenant_context(found.organization_id):
            cursor.execute(found.tenant_rows)
    again: Made = pickle.loads(found.objects)
    return again


def _holds(found: Recording, now: datetime) -> bool:
    """Return whether what was recorded is still true."""
    is_fresh = now.date() == found.at.date() and timedelta(0) <= now - found.at < FRESH
    return is_fresh and found.permissions == _last_permission()


def _last_permission() -> int:
    return Permission.objects.aggregate(last=models.Max("pk"))["last"] or 0


@contextmanager
def _saved() -> Iterator[dict[type[models.Model], list[Any]]]:
    """Give the keys of what is saved in the block by model, in order."""
    saved: dict[type[models.Model], list[Any]] = {}

    def note(sender: type[models.Model], instance: models.Model, created: bool, **_kwargs: Any) -> None:
        if created:
            saved.setdefault(sender, []).append(instance.pk)

    post_save.connect(note, weak=False)
    try:
        yield saved
    finally:
        post_save.disconnect(note)


def _record(made: OfOrganization, saved: dict[type[models.Model], list[Any]]) -> Recording:
    now = timezone.now()
    with tenant_context(made.organization.pk):
        everything = [(model, _insert(model, keys)) for model, keys in saved.items()]
    return Recording(
        at=now,
        permissions=_last_permission(),
        organization_id=made.organization.pk,
        global_rows="; ".join(sql for model, sql in everything if not issubclass(model, TenantModel)),
        tenant_rows="; ".join(sql for model, sql in everything if issubclass(model, TenantModel)),
        objects=pickle.dumps(made),
    )


def _insert(model: type[models.Model], keys: list[Any]) -> str:
    """Return the statement that writes rows again as they are now, with their keys and times."""
    rows = list(model._base_manager.filter(pk__in=keys))
    query = InsertQuery(model)
    query.insert_values([field for field in model._meta.local_concrete_fields if not field.generated], rows, raw=True)
    with connection.cursor() as cursor:
        statements = query.get_compiler(connection=connection).as_sql()
        return "; ".join(cursor.mogrify(sql, params).decode() for sql, params in statements)
