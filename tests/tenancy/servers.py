"""Connections and processes of tests that need more than the application's own connection."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

import psycopg2
from django.conf import settings
from django.db import connection

from okrapp.env import BASE_DIR


@contextmanager
def as_owner() -> Iterator[Any]:
    """A cursor of the owner's own connection to the test database; each statement is committed by itself."""
    known = {**settings.DATABASE_OWNER, "NAME": connection.settings_dict["NAME"]}
    client = psycopg2.connect(
        host=known["HOST"],
        port=known["PORT"],
        user=known["USER"],
        password=known["PASSWORD"],
        dbname=known["NAME"],
    )
    client.autocommit = True
    try:
        with client.cursor() as cursor:
            yield cursor
    finally:
        client.close()


@contextmanager
def table_of_the_owner(name: str) -> Iterator[None]:
    """Let a table without a wall stand in the test database for as long as the block runs."""
    with as_owner() as cursor:
        cursor.execute(f"CREATE TABLE {name} (id bigint PRIMARY KEY, organization_id bigint)")
        try:
            yield
        finally:
            cursor.execute(f"DROP TABLE {name}")


def url_of(database: dict[str, Any]) -> str:
    """Return the URL of a role's settings, for the test database."""
    return (
        f"postgresql://{quote(database['USER'])}:{quote(database['PASSWORD'], safe='')}"
        f"@{database['HOST']}:{database['PORT']}/{connection.settings_dict['NAME']}"
    )


def environment(role: dict[str, Any]) -> dict[str, str]:
    """Return the environment of a process that signs in to the test database as a role."""
    return {
        **os.environ,
        "DATABASE_URL": url_of(role),
        "DATABASE_OWNER_URL": url_of(settings.DATABASE_OWNER),
        "REDIS_URL": settings.REDIS_URL,
        "DJANGO_SETTINGS_MODULE": "okrapp.settings",
    }


def python(*arguments: str, role: dict[str, Any]) -> subprocess.CompletedProcess[str]:
    """Run Python in the project as a process of its own; returns when it ended, after a minute at most."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=BASE_DIR,
        env=environment(role),
        capture_output=True,
        text=True,
        timeout=60,
    )
