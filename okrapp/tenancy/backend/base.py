"""The database wrapper named by DATABASES["default"]["ENGINE"].

`SET LOCAL`, literal, once per transaction and only when it changed: a plain SET leaks through a pooler, and
set_config() does not reach the workers of a distributed database. Outside a transaction nothing is set, so
row-level security shows no row.
"""

import datetime
from typing import Any

from django.db.backends.postgresql import base, operations

from okrapp.tenancy.backend.creation import DatabaseCreation
from okrapp.tenancy.backend.schema import DatabaseSchemaEditor
from okrapp.tenancy.context import TenantNotSet, current_organization_id, current_reader_id

# The organization whose rows are visible, and the user who may read rows of their own anywhere.
SETTINGS = ("app.organization_id", "app.user_id")

State = tuple[int | None, int | None]

# What a transaction knows before anything was set in it, and what nobody knows after a rollback to a savepoint.
_NOTHING: State = (None, None)
_UNKNOWN = None


class DatabaseOperations(operations.DatabaseOperations):
    compiler_module = "okrapp.tenancy.backend.compiler"


class DatabaseWrapper(base.DatabaseWrapper):
    """Sets the tenant of a transaction before its first statement, and again whenever the context changes."""

    creation_class = DatabaseCreation
    ops_class = DatabaseOperations
    SchemaEditorClass = DatabaseSchemaEditor

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._in_session: State | None = _NOTHING
        self._syncing = False
        self.execute_wrappers.append(self._sync_tenant)

    def create_cursor(self, name: str | None = None) -> Any:
        """Return a cursor that gives moments in UTC by the driver's own means, not by a call for each of them."""
        cursor = super().create_cursor(name)
        if self.timezone_name == "UTC":
            cursor.tzinfo_factory = datetime.timezone
        return cursor

    def _sync_tenant(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not self._syncing:
            wanted = (current_organization_id(), current_reader_id())
            if self.in_atomic_block or not self.get_autocommit():
                if self._in_session != wanted:
                    self._set_tenant(wanted)
            elif wanted[0] is not None:
                raise TenantNotSet(
                    "A query for an organization outside of a transaction would see no row: use tenant_context()."
                )
        return execute(sql, params, many, context)

    def _set_tenant(self, wanted: State) -> None:
        known = self._in_session
        statements = [
            f"SET LOCAL {setting} = '{'' if value is None else int(value)}'"
            for index, (setting, value) in enumerate(zip(SETTINGS, wanted, strict=True))
            if known is _UNKNOWN or known[index] != value
        ]
        self._syncing = True
        try:
            # The driver's own cursor: this statement must not pass the wrappers again.
            with self.connection.cursor() as cursor:
                cursor.execute("; ".join(statements))
            self._in_session = wanted
        finally:
            self._syncing = False

    # Every boundary of a transaction ends what SET LOCAL said.

    def connect(self) -> None:
        self._in_session = _NOTHING
        super().connect()

    def _set_autocommit(self, autocommit: bool) -> None:
        super()._set_autocommit(autocommit)
        self._in_session = _NOTHING

    def _commit(self) -> None:
        super()._commit()
        self._in_session = _NOTHING

    def _rollback(self) -> None:
        super()._rollback()
        self._in_session = _NOTHING

    def _savepoint_rollback(self, sid: str) -> None:
        super()._savepoint_rollback(sid)
        self._in_session = _UNKNOWN
