"""What is really written to standard error, line by line."""

import io
import json
import logging.config
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from typing import Any

from django.conf import settings

from okrapp import logs


class Written(io.StringIO):
    """Standard error of a block."""

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Every line so far; each is JSON, or the test fails."""
        return [json.loads(line) for line in self.getvalue().splitlines()]

    def of(self, event: str) -> list[dict[str, Any]]:
        """The lines that say one thing."""
        return [line for line in self.lines if line["event"] == event]


@contextmanager
def written(*, level: str = "INFO", as_json: bool = True) -> Iterator[Written]:
    """Log as a process with these settings does, into what is returned."""
    out = Written()
    usual = settings.LOGGING
    # Celery sets logging up again, from the settings.
    settings.LOGGING = logs.standard_library(level=level, as_json=as_json)
    settings.LOGGING["handlers"]["console"]["stream"] = out
    try:
        with redirect_stderr(out):
            logs.configure(level=level, as_json=as_json)
        logging.config.dictConfig(settings.LOGGING)
        yield out
    finally:
        settings.LOGGING = usual
        logs.configure(level=settings.LOG_LEVEL, as_json=settings.LOG_AS_JSON)
        logging.config.dictConfig(usual)
