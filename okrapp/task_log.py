"""Watching Celery's tasks: what every log line of one carries, and a line about each."""

import time
from typing import Any

import structlog
from celery.signals import before_task_publish, setup_logging, task_failure, task_postrun, task_prerun
from structlog.contextvars import bind_contextvars, clear_contextvars, get_contextvars

from okrapp import pulse

log = structlog.get_logger(__name__)

REQUEST_ID = "request_id"
# When the tasks that this process is working on began, by their id.
_began: dict[str, float] = {}


@setup_logging.connect
def log_like_everything_else(**kwargs: object) -> None:
    """Keep Celery from setting up handlers and a level (--loglevel) of its own."""
    from logging.config import dictConfig  # all three: this runs in Celery's processes only, once settings can be read

    from django.conf import settings

    dictConfig(settings.LOGGING)


@before_task_publish.connect
def hand_on_the_request(headers: dict[str, Any], **kwargs: object) -> None:
    """Let a task know the request it was queued in, or whose task queued it."""
    if request_id := get_contextvars().get(REQUEST_ID):
        headers[REQUEST_ID] = request_id


@task_prerun.connect
def begin(task_id: str, task: Any, kwargs: dict[str, Any], **others: object) -> None:
    """Bind what the lines of a task carry: its name and id, the organization, and whose request it comes from."""
    clear_contextvars()
    known = {"task": task.name, "task_id": task_id}
    if request_id := getattr(task.request, REQUEST_ID, None):
        known[REQUEST_ID] = request_id
    if organization_id := kwargs.get("organization_id"):
        known["organization"] = organization_id
    bind_contextvars(**known)
    _began[task_id] = time.perf_counter()


@task_failure.connect
def keep_the_failure(sender: Any, exception: BaseException, kwargs: dict[str, Any], **others: object) -> None:
    """Keep for operators that a task failed; the whole error is in the log."""
    organization_id = (kwargs or {}).get("organization_id")
    pulse.note_failure(task=sender.name, error=type(exception).__name__, organization_id=organization_id)


@task_postrun.connect
def end(task_id: str, task: Any, state: str | None = None, **others: object) -> None:
    """Count it and write the line: what became of it, and how long it took. What it was called with stays out of it."""
    seconds = time.perf_counter() - _began.pop(task_id, time.perf_counter())
    outcome = (state or "unknown").lower()
    log.info("task", outcome=outcome, ms=round(seconds * 1000, 1))
    pulse.count_task(name=task.name, outcome=outcome, seconds=seconds)
    clear_contextvars()
