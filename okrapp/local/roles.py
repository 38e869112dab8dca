"""Applies `roles.sql`: the roles and rights okrapp expects of a database server."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import psycopg2

SQL = Path(__file__).with_name("roles.sql")
DATABASE = "okrapp"
OWNER = "okrapp_owner"
APPLICATION = "okrapp_app"


def apply(superuser: dict[str, Any], owner_password: str, app_password: str) -> None:
    """Make roles, database and rights, or bring existing ones to what they should be.

    `superuser` holds psycopg2's connection arguments without a database. Raises psycopg2.Error.
    """
    connection = psycopg2.connect(**superuser, dbname="postgres")
    try:
        connection.autocommit = True  # CREATE DATABASE takes no transaction
        with connection.cursor() as cursor:
            cursor.execute("SELECT FROM pg_database WHERE datname = %s", [DATABASE])
            if cursor.fetchone() is None:
                cursor.execute(f"CREATE DATABASE {DATABASE}")
    finally:
        connection.close()
    connection = psycopg2.connect(**superuser, dbname=DATABASE)
    try:
        with connection, connection.cursor() as cursor:
            for name, secret in (("owner", owner_password), ("app", app_password)):
                cursor.execute("SELECT set_config(%s, %s, true)", [f"setup.{name}_password", secret])
            cursor.execute(SQL.read_text())
    finally:
        connection.close()
