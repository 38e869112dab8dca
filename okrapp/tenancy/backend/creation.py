"""Test databases, made and dropped by the owner."""

from typing import Any

from django.db.backends.postgresql import creation

from okrapp.tenancy.owner import owner_connection


class DatabaseCreation(creation.DatabaseCreation):
    """Creates, clones and destroys test databases as the owner; the tests run as the application role."""

    def _create_test_db(self, *args: Any, **kwargs: Any) -> str:
        with owner_connection(self.connection.alias):
            return super()._create_test_db(*args, **kwargs)

    def _clone_test_db(self, *args: Any, **kwargs: Any) -> None:
        with owner_connection(self.connection.alias):
            super()._clone_test_db(*args, **kwargs)

    def _destroy_test_db(self, *args: Any, **kwargs: Any) -> None:
        with owner_connection(self.connection.alias):
            super()._destroy_test_db(*args, **kwargs)
