"""Structured log lines, to standard error: standard output belongs to what commands print.

Lines of structlog and of the standard library (Django, Celery, gunicorn) look alike, and say which request or task and
which organization they belong to: whatever is bound in structlog's context variables. They hold ids and names of
routes, never what people wrote, whom they wrote it as, or an address with a secret in it.
"""

import logging
import re
import sys
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

FORBIDDEN = 403
# What a request that reached no view is called.
NOWHERE = "nowhere"
# Names of Celery's workers look like addresses of people, too.
_ADDRESS = re.compile(r"(?<![\w.+-])(?!(?:celery|worker-\d+)@)[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
# Where PostgreSQL quotes a row or a statement, with all that somebody typed; to the end of what is said of this error.
_QUOTED = re.compile(r"(?:DETAIL|LINE \d+):.*?(?=\n\nThe above exception|\n\nDuring handling|\Z)", re.DOTALL)
# Beyond the host, addresses of other services are secrets: whoever knows the one of a webhook may post to it.
_PATH = re.compile(r"(https?://[^/\s'\"<>]+)/[^\s'\"<>]+")
# Celery says on these that a task has come and gone; there is one line of our own for each.
_TOLD_ALREADY = ("celery.worker.strategy", "celery.app.trace")


def configure(*, level: str, as_json: bool) -> None:
    """Send structlog's lines at or above `level` to standard error; JSON for machines, else for people to read."""
    structlog.configure(
        processors=[*_beginning(), *_ending(as_json=as_json)],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def standard_library(*, level: str, as_json: bool) -> dict[str, Any]:
    """Return the configuration (logging.config.dictConfig) that makes other libraries' lines look like our own."""
    at_least_warnings = max(logging.WARNING, logging.getLevelNamesMapping()[level])
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"refusals": {"()": "django.utils.log.CallbackFilter", "callback": without_traceback_of_refusals}},
        "formatters": {
            "structured": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": [*_beginning(), structlog.stdlib.add_logger_name, name_the_request],
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_ending(as_json=as_json)],
                "pass_foreign_args": True,
            }
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["refusals"], "formatter": "structured"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            # Django brings handlers of its own, which would say the same in other words.
            "django": {"handlers": [], "level": level, "propagate": True},
            **{name: {"level": at_least_warnings} for name in _TOLD_ALREADY},
        },
    }


def _beginning() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]


def _ending(*, as_json: bool) -> list[Processor]:
    plain = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    return [
        structlog.processors.format_exc_info,
        without_personal_text,
        structlog.processors.JSONRenderer() if as_json else plain,
    ]


def scrubbed(text: str) -> str:
    """Return a text without e-mail addresses, paths of URLs, and what PostgreSQL quotes in its errors."""
    return _ADDRESS.sub("(address)", _PATH.sub(r"\1/(path)", _QUOTED.sub("(quoted)", text)))


def without_personal_text(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Scrub every text of a line, above all tracebacks: what libraries put into their errors is not up to us."""
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = scrubbed(value)
    return event


def name_the_request(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Put the name of the route in place of the path, in what Django says about a request ("Not Found: /…").

    Some paths are secrets: whoever has the link in a mail may stop mails, or check in. Django says this when the
    request has left all middleware behind, so that its id and organization are named here.
    """
    args = event.pop("positional_args", ())
    record: logging.LogRecord = event["_record"]
    request: Any = getattr(record, "request", None)
    if not hasattr(request, "path_info"):
        return event
    if isinstance(args, tuple) and args:
        route = route_of(request)
        named = tuple(route if isinstance(arg, str) and arg.startswith("/") else arg for arg in args)
        event["event"] = str(record.msg) % named
    if request_id := getattr(request, "request_id", ""):
        event.setdefault("request_id", request_id)
    if organization := getattr(request, "organization", None):
        event.setdefault("organization", organization.pk)
    return event


def route_of(request: Any) -> str:
    """Return the name of the route a request went to; NOWHERE if it reached none."""
    match = getattr(request, "resolver_match", None)
    return match.view_name if match is not None else NOWHERE


def without_traceback_of_refusals(record: logging.LogRecord) -> bool:
    """Let every line pass, and take the traceback from those about a 403: nothing is broken there."""
    if getattr(record, "status_code", None) == FORBIDDEN:
        record.exc_info = None
    return True
