"""Signs of life: beat's, the sweep's and the workers', in the real broker."""

import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from okrapp import heartbeats, pulse
from okrapp.celery import app
from okrapp.env import BASE_DIR
from organizations.tasks import sweep
from tests.tenancy.servers import environment

pytestmark = pytest.mark.django_db

A_MINUTE = timedelta(minutes=1)


@pytest.fixture
def broker() -> Any:
    """The broker's own connection."""
    return cache._cache.get_client(None, write=True)


def empty(broker: Any) -> None:
    """Forget all that was noted, as a broker does that was flushed."""
    for name in ("beat", "sweep", "workers", "tasks", "seconds", "failures"):
        broker.delete(f"{settings.CELERY_BROKER_TRANSPORT_OPTIONS['global_keyprefix']}pulse:{name}")


def test_nothing_is_known_at_first() -> None:
    assert pulse.read() == pulse.Pulse(None, None, (), 0, {}, {}, ())


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[heartbeats.Scheduler]:
    made = heartbeats.Scheduler(app, schedule_filename=str(tmp_path / "schedule"))
    yield made
    made.close()


def test_beat_notes_that_it_ticks_and_does_so_again_for_an_emptied_broker(
    scheduler: heartbeats.Scheduler, broker: Any
) -> None:
    assert app.conf.beat_scheduler == "okrapp.heartbeats:Scheduler"
    scheduler.tick()
    beat = pulse.read().beat
    assert beat is not None
    assert timezone.now() - beat < A_MINUTE
    empty(broker)
    assert scheduler.tick() <= app.conf.beat_max_loop_interval
    assert app.conf.beat_max_loop_interval + heartbeats.EVERY < A_MINUTE.total_seconds()
    scheduler._last_sign -= heartbeats.EVERY
    scheduler.tick()
    assert pulse.read().beat is not None


def test_a_sweep_is_noted() -> None:
    sweep()
    done = pulse.read().sweep
    assert done is not None
    assert timezone.now() - done < A_MINUTE


@pytest.mark.django_db(transaction=True)
def test_a_worker_is_known_until_it_ends(broker: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process of its own, on keys of its own; it says when it is ready."""
    suffix = f"-pulse-{uuid.uuid4().hex}"
    prefix = f"okrapp{suffix}{os.environ.get('PYTEST_XDIST_WORKER', '')}:"
    monkeypatch.setitem(settings.CELERY_BROKER_TRANSPORT_OPTIONS, "global_keyprefix", prefix)
    worker = subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "okrapp", "--quiet", "worker", "--pool", "solo", "-n", "worker-7@here"],
        cwd=BASE_DIR,
        env=environment(settings.DATABASES["default"]) | {"OKRAPP_TEST_SUFFIX": suffix, "OKRAPP_LOG_LEVEL": "INFO"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert any("ready." in line for line in worker.stdout)
        ((name, at),) = pulse.read().workers
        assert name == "worker-7@here"
        assert timezone.now() - at < A_MINUTE
        worker.terminate()
        worker.communicate(timeout=60)
        assert pulse.read().workers == ()
    finally:
        worker.kill()
        worker.wait()
        if keys := list(broker.scan_iter(match=f"{prefix}*", count=1000)):
            broker.delete(*keys)


def test_a_worker_is_noted_now_and_then_and_again_for_an_emptied_broker(broker: Any) -> None:
    here = SimpleNamespace(hostname="worker-1@here")
    heart = SimpleNamespace(eventer=here)
    heartbeats.arrive(sender=here)
    empty(broker)
    heartbeats.live(sender=heart)
    assert pulse.read().workers == (), "not at every heartbeat"
    heartbeats._signs[here.hostname] -= heartbeats.EVERY
    heartbeats.live(sender=heart)
    assert len(pulse.read().workers) == 1
    heartbeats.leave(sender=here)
    # Its last heartbeat comes after it has gone.
    heartbeats.live(sender=heart)
    assert pulse.read().workers == ()


def test_a_worker_that_died_is_named_for_a_while() -> None:
    pulse.note_worker("worker-1@gone")
    with time_machine.travel(timezone.now() + timedelta(minutes=50)):
        pulse.note_worker("worker-2@here")
        assert [name for name, _at in pulse.read().workers] == ["worker-2@here", "worker-1@gone"]
    with time_machine.travel(timezone.now() + timedelta(minutes=70)):
        pulse.note_worker("worker-2@here")
        assert [name for name, _at in pulse.read().workers] == ["worker-2@here"]


def test_only_the_latest_failures_are_kept() -> None:
    for number in range(pulse.FAILURES + 3):
        pulse.note_failure(task=f"task {number}", error="LookupError", organization_id=number or None)
    failures = pulse.read().failures
    assert len(failures) == pulse.FAILURES
    assert (failures[0].task, failures[0].organization_id) == (f"task {pulse.FAILURES + 2}", pulse.FAILURES + 2)
