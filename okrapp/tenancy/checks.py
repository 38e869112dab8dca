"""Checks of the wall: for `manage.py check --database default`, and for every process that serves."""

import sys
from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error
from django.db import connections

from okrapp.tenancy.wall import breaches


def check_wall(app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Return an error for each breach of the wall in the named databases."""
    return [
        Error(sentence, id="tenancy.E001") for alias in databases or [] for sentence in breaches(connections[alias])
    ]


def refuse_to_serve_without_wall() -> None:
    """End the process with status 1 when the wall does not stand.

    wsgi, asgi and worker start call this themselves, because gunicorn and Celery run no Django checks. Side
    effects: one short database connection.
    """
    connection = connections["default"]
    found = breaches(connection)
    connection.close()
    if found:
        sys.stderr.write("okrapp does not start, because organizations would not be kept apart:\n")
        sys.stderr.writelines(f"- {sentence}\n" for sentence in found)
        raise SystemExit(1)
