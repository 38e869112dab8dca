"""What the application role may do in a database, granted before anything is created in it."""

from typing import Any

from django.conf import settings
from django.db import connections

# TRUNCATE is left out on purpose: it ignores row-level security.
STATEMENTS = (
    "GRANT USAGE ON SCHEMA public TO {role}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {role}",
)


def grant_default_privileges(using: str, **kwargs: Any) -> None:
    """Grant the application role its default privileges; runs before each migration, as the owner, idempotent."""
    connection = connections[using]
    role = connection.ops.quote_name(settings.DATABASE_APPLICATION_ROLE)
    with connection.cursor() as cursor:
        for statement in STATEMENTS:
            cursor.execute(statement.format(role=role))
