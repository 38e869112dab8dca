"""Which organization the running code works for.

The tenant is a context variable, so it follows a request through threads' own copies and async code, and the
database backend keeps PostgreSQL's `app.organization_id` equal to it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import structlog
from django.db import transaction

log = structlog.get_logger(__name__)

_organization_id: ContextVar[int | None] = ContextVar("okrapp_organization_id", default=None)
_reader_id: ContextVar[int | None] = ContextVar("okrapp_reader_id", default=None)
_memo: ContextVar[dict[str, Any] | None] = ContextVar("okrapp_tenant_memo", default=None)
_last: ContextVar[list[Callable[[], None]] | None] = ContextVar("okrapp_tenant_last", default=None)


class TenantNotSet(RuntimeError):
    """A tenant query was compiled, or a tenant row saved, while no organization was set."""


def current_organization_id() -> int | None:
    """Return the id of the organization in context, or None outside of any."""
    return _organization_id.get()


def current_reader_id() -> int | None:
    """Return the id of the user whose own rows may be read across organizations, or None."""
    return _reader_id.get()


def require_organization_id() -> int:
    """Return the id of the organization in context; raise TenantNotSet outside of any."""
    value = _organization_id.get()
    if value is None:
        raise TenantNotSet(
            "No organization in context: wrap the code in tenant_context(organization_id), or read a global table."
        )
    return value


def tenant_memo() -> dict[str, Any]:
    """Return what code keeps of what it has read in this context; gone when the context is left.

    For what any line of a page may ask and no caller can hand down. Outside of any context nothing is kept.
    """
    kept = _memo.get()
    return {} if kept is None else kept


def before_leaving(act: Callable[[], None]) -> None:
    """Do something as the last thing in the organization's context, just before its transaction is committed.

    For rows that everybody writes: whoever changed one early would let all others wait until the end. Not done when the
    context is rolled back; what a savepoint inside of it takes back is not noticed. Raises TenantNotSet outside of any.
    """
    require_organization_id()
    acts = _last.get()
    assert acts is not None, "set with the organization"
    acts.append(act)


def do_last() -> None:
    """Do what was put off to the end of the context; called there, and nothing is done twice."""
    acts = _last.get()
    while acts:
        acts.pop(0)()


@contextmanager
def _only(*, organization_id: int | None, reader_id: int | None) -> Iterator[None]:
    """Set both settings at once: at any moment code sees one organization, or one user's own rows, or neither."""
    organization_token, reader_token = _organization_id.set(organization_id), _reader_id.set(reader_id)
    memo_token, last_token = _memo.set({}), _last.set([])
    try:
        yield
    finally:
        _last.reset(last_token)
        _memo.reset(memo_token)
        _reader_id.reset(reader_token)
        _organization_id.reset(organization_token)


@contextmanager
def tenant_context(organization_id: int) -> Iterator[None]:
    """Work for one organization: open a transaction (or savepoint) and set the tenant in Python and PostgreSQL.

    Leaving does what was put off to the end (before_leaving), and restores the tenant that was set before. An exception
    rolls the block back.
    """
    with _only(organization_id=int(organization_id), reader_id=None), transaction.atomic():
        yield
        if not transaction.get_rollback():
            do_last()


@contextmanager
def reader_context(user_id: int) -> Iterator[None]:
    """Let one user's own rows be read across organizations (the list of organizations one may switch to).

    Opens a transaction, and leaves the organization in context for as long: the policies are OR-ed, so both at once
    would show the rows of either. Only tables that declare it (`OWN_ROWS = "user"`) answer, and only to SELECT.
    """
    with _only(organization_id=None, reader_id=int(user_id)), transaction.atomic():
        yield


@contextmanager
def system_context(reason: str) -> Iterator[None]:
    """Work outside of every organization; opens global tables only, and the reason is logged.

    Side effects: one log line. Row-level security still hides every tenant row.
    """
    log.info("system_context", reason=reason)
    with _only(organization_id=None, reader_id=None):
        yield
