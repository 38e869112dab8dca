"""Signs of life of beat, sweep and workers, and what became of tasks: kept in the broker, for operators.

Nothing works with what is kept here. A broker that does not answer keeps nobody from working, and one that was emptied
knows everything again within a minute, except for the counts of tasks, which begin anew.
"""

import json
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

import redis
import structlog
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

log = structlog.get_logger(__name__)

PATIENCE = 1.0  # seconds for the broker; nobody waits for it longer than that to note something down
# A worker that says nothing any more is named for so long; one that ends in good order is forgotten at once.
KEPT = 60 * 60
# As many failures as an operator looks through.
FAILURES = 20


@dataclass(frozen=True, slots=True)
class Failure:
    """A task that failed: its name, the class of the error, in which organization (None for no one's), and when."""

    task: str
    error: str
    organization_id: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Pulse:
    """What the broker knows. None stands for what never happened, or longer ago than KEPT."""

    beat: datetime | None
    sweep: datetime | None
    # Name and last sign of life, the latest first.
    workers: tuple[tuple[str, datetime], ...]
    # How many tasks wait for a worker.
    queued: int
    # How many tasks ended how, by name and outcome, and the seconds they took, by name.
    tasks: dict[tuple[str, str], int]
    seconds: dict[str, float]
    failures: tuple[Failure, ...]


def note_beat() -> None:
    """Say that beat is alive."""
    _note(lambda server: server.set(_key("beat"), time.time(), ex=KEPT))


def note_sweep() -> None:
    """Say that a worker did the sweep."""
    _note(lambda server: server.set(_key("sweep"), time.time(), ex=KEPT))


def note_worker(name: str) -> None:
    """Say that a worker is alive."""
    now = time.time()
    _note(
        lambda server: (
            server.zadd(_key("workers"), {name: now}),
            server.zremrangebyscore(_key("workers"), "-inf", now - KEPT),
            server.expire(_key("workers"), KEPT),
        )
    )


def forget_worker(name: str) -> None:
    """Say that a worker has ended in good order."""
    _note(lambda server: server.zrem(_key("workers"), name))


def count_task(*, name: str, outcome: str, seconds: float) -> None:
    """Count a task that has ended."""
    _note(
        lambda server: (
            server.hincrby(_key("tasks"), f"{name} {outcome}", 1),
            server.hincrbyfloat(_key("seconds"), name, seconds),
        )
    )


def note_failure(*, task: str, error: str, organization_id: int | None) -> None:
    """Keep that a task failed; `error` is the class of what was raised, which says nothing about anybody."""
    line = json.dumps([task, error, organization_id, time.time()])
    _note(
        lambda server: (
            server.lpush(_key("failures"), line),
            server.ltrim(_key("failures"), 0, FAILURES - 1),
        )
    )


def read() -> Pulse:
    """Return all that is known, in one round trip. Raises redis.RedisError when the broker does not answer."""
    with _server().pipeline(transaction=False) as server:
        server.mget(_key("beat"), _key("sweep"))
        server.zrange(_key("workers"), 0, -1, desc=True, withscores=True)
        server.llen(_prefix() + _default_queue())
        server.hgetall(_key("tasks"))
        server.hgetall(_key("seconds"))
        server.lrange(_key("failures"), 0, FAILURES - 1)
        (beat, sweep), workers, queued, tasks, seconds, failures = server.execute()
    return Pulse(
        beat=_moment(beat),
        sweep=_moment(sweep),
        workers=tuple((name, datetime.fromtimestamp(at, UTC)) for name, at in workers),
        queued=queued,
        tasks={_task_and_outcome(field): int(count) for field, count in tasks.items()},
        seconds={name: float(sum_) for name, sum_ in seconds.items()},
        failures=tuple(_failures_of(failures)),
    )


def _note(write: Callable[[Any], object]) -> None:
    try:
        with _server().pipeline(transaction=False) as server:
            write(server)
            server.execute()
    except redis.RedisError as error:
        log.info("pulse_not_noted", error=type(error).__name__)


def _failures_of(lines: Iterable[str]) -> Iterable[Failure]:
    for line in lines:
        task, error, organization_id, at = json.loads(line)
        yield Failure(task, error, organization_id, datetime.fromtimestamp(at, UTC))


def _task_and_outcome(field: str) -> tuple[str, str]:
    name, _, outcome = field.rpartition(" ")
    return name, outcome


def _moment(text: str | None) -> datetime | None:
    return datetime.fromtimestamp(float(text), UTC) if text else None


def _prefix() -> str:
    return str(settings.CELERY_BROKER_TRANSPORT_OPTIONS["global_keyprefix"])


def _key(name: str) -> str:
    return f"{_prefix()}pulse:{name}"


def _default_queue() -> str:
    from okrapp.celery import app  # which imports what notes things down here

    return str(app.conf.task_default_queue)


def _server() -> Any:
    return _client(settings.CELERY_BROKER_URL)


@cache
def _client(url: str) -> Any:
    return redis.Redis.from_url(
        url,
        socket_timeout=PATIENCE,
        socket_connect_timeout=PATIENCE,
        decode_responses=True,
        retry=Retry(NoBackoff(), 0),
    )
