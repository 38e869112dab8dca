"""What the log says about background work: a real worker, the real broker, and what it really writes."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import structlog
from celery.contrib.testing.worker import start_worker
from structlog.contextvars import bound_contextvars

from okrapp import pulse
from okrapp.celery import app
from okrapp.tenancy.tasks import TenantTask
from tests.factories.worlds import World
from tests.log_lines import Written, written

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.raw_sql]

SECONDS = 30
NAME = "tests.tenancy.tell"


@pytest.fixture
def out() -> Iterator[Written]:
    with written() as lines:
        yield lines


@contextmanager
def working(until: threading.Event) -> Iterator[None]:
    """A worker, from the end of the block until something has happened; when this is left it has ended too."""
    yield
    with start_worker(app, pool="solo", perform_ping_check=False, shutdown_timeout=SECONDS):
        assert until.wait(SECONDS)


@pytest.fixture
def done() -> threading.Event:
    return threading.Event()


@pytest.fixture
def tell(done: threading.Event) -> Iterator[TenantTask]:
    @app.task(base=TenantTask, name=NAME)
    def tell(*, organization_id: int, word: str, fail: bool = False, last: bool = False) -> str:
        structlog.get_logger().info("working")
        if last:
            done.set()
        if fail:
            raise LookupError(f"nobody called {word}@outside.example.com")
        if word == "again":
            tell.delay(organization_id=organization_id, word="queued", last=True)
        return word

    yield tell
    app.tasks.unregister(NAME)


def test_a_line_about_each_task_with_the_request_it_comes_from(
    world: World, other_world: World, tell: TenantTask, done: threading.Event, out: Written
) -> None:
    with working(until=done):
        with bound_contextvars(request_id="of-a-request", organization=0):
            first = tell.delay(organization_id=world.organization.pk, word="secret")
        second = tell.delay(organization_id=other_world.organization.pk, word="secret", last=True)
    lines = out.of("task")
    assert all(line.pop("ms") >= 0 and line.pop("timestamp") for line in lines)
    told = {"event": "task", "level": "info", "task": NAME, "outcome": "success"}
    assert lines == [
        {**told, "task_id": first.id, "organization": world.organization.pk, "request_id": "of-a-request"},
        # Queued by nobody's request, and by no means by the last one's.
        {**told, "task_id": second.id, "organization": other_world.organization.pk},
    ]
    working_lines = [{key: line.get(key) for key in ("task_id", "request_id")} for line in out.of("working")]
    assert working_lines == [
        {"task_id": first.id, "request_id": "of-a-request"},
        {"task_id": second.id, "request_id": None},
    ]
    # What it was called with, and what it returned.
    assert "secret" not in out.getvalue()


def test_a_task_hands_the_request_on_to_those_it_queues(
    world: World, tell: TenantTask, done: threading.Event, out: Written
) -> None:
    with working(until=done), bound_contextvars(request_id="of-a-request"):
        tell.delay(organization_id=world.organization.pk, word="again")
    lines = out.of("task")
    assert [line["request_id"] for line in lines] == ["of-a-request"] * 2
    assert len({line["task_id"] for line in lines}) == 2


def test_a_task_that_fails_is_told_with_its_error_and_without_whom_it_was_about(
    world: World, tell: TenantTask, done: threading.Event, out: Written
) -> None:
    with working(until=done):
        failed = tell.delay(organization_id=world.organization.pk, word="olga", fail=True, last=True)
    (line,) = out.of("task")
    assert (line["outcome"], line["task_id"]) == ("failure", failed.id)
    (error,) = (one for one in out.lines if one["level"] == "error")
    assert (error["task_id"], error["organization"]) == (failed.id, world.organization.pk)
    assert "LookupError" in error["exception"]
    assert "nobody called (address)" in error["exception"]
    assert "olga" not in out.getvalue()
    # And what operators look at.
    found = pulse.read()
    assert found.tasks == {(NAME, "failure"): 1}
    (failure,) = found.failures
    assert (failure.task, failure.error) == (NAME, "LookupError")
    assert failure.organization_id == world.organization.pk


def test_called_directly_it_leaves_the_log_of_its_caller_alone(world: World, tell: TenantTask, out: Written) -> None:
    with bound_contextvars(request_id="of-a-request"):
        tell(organization_id=world.organization.pk, word="here")
        structlog.get_logger().info("afterwards")
    assert out.of("afterwards")[0]["request_id"] == "of-a-request"
