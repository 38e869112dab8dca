"""Structured log lines, to standard error: standard output belongs to what commands print."""

import logging
import sys

import structlog

FORBIDDEN = 403


def configure(*, level: str, as_json: bool) -> None:
    """Send structlog's lines at or above `level` to standard error; JSON for machines, else for people to read."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer(colors=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def without_traceback_of_refusals(record: logging.LogRecord) -> bool:
    """Let every line pass, and take the traceback from those about a 403: nothing is broken there."""
    if getattr(record, "status_code", None) == FORBIDDEN:
        record.exc_info = None
    return True
