"""Becoming the owner of the tables, for what the application role may not do.

The application role owns nothing. Migrations, test databases and flushing need the owner; they switch the
connection's user for just that long.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import connections

# Under a forced policy an owner's UPDATE touches no row and says nothing; with row_security off it raises.
OWNER_OPTIONS = "-c row_security=off"


@contextmanager
def owner_connection(alias: str = "default") -> Iterator[None]:
    """Let the connection `alias` sign in as the owner inside the block. Closes the connection before and after."""
    connection = connections[alias]
    before: dict[str, Any] = dict(connection.settings_dict)
    owner = settings.DATABASE_OWNER
    connection.close()
    connection.settings_dict.update(
        {key: owner[key] for key in ("USER", "PASSWORD", "HOST", "PORT")},
        OPTIONS={**before.get("OPTIONS", {}), "options": OWNER_OPTIONS},
    )
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update({key: before[key] for key in ("USER", "PASSWORD", "HOST", "PORT")})
        connection.settings_dict["OPTIONS"] = before.get("OPTIONS", {})
