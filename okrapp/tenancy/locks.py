"""Locks that have no row: held by the running transaction, one organization's apart from another's."""

from zlib import crc32

from django.db import connection

from okrapp.tenancy.context import require_organization_id


def lock_in_organization(name: str) -> None:
    """Wait for, and hold until the transaction ends, the lock `name` of the organization in context.

    For rules that span many rows, such as "no circle". Transaction-level, so it is safe behind a pooler.
    """
    _take("SELECT pg_advisory_xact_lock(%s, %s)", name)


def share_in_organization(name: str) -> None:
    """The same lock, held together with all who share it: only `lock_in_organization` waits, and is waited for."""
    _take("SELECT pg_advisory_xact_lock_shared(%s, %s)", name)


def _take(statement: str, name: str) -> None:
    with connection.cursor() as cursor:
        # Two 32-bit keys: what is locked, and for whom. Organizations that collide only wait for each other.
        cursor.execute(statement, [crc32(name.encode()) - 2**31, require_organization_id() % 2**31])
