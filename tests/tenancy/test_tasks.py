"""Background work: a task of an organization enters it, in a real worker with the real broker."""

import threading
from collections.abc import Callable, Iterator
from uuid import UUID

import pytest
from celery.contrib.testing.worker import start_worker
from django.db import connection, transaction

from okrapp.celery import app
from okrapp.tenancy.context import TenantNotSet, current_organization_id
from okrapp.tenancy.tasks import TenantTask
from organizations.models import Team
from tests.contracts.catalogue import value
from tests.factories.worlds import World, within

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.raw_sql]

SECONDS = 30


class Seen:
    """What a task saw, handed from the worker's thread to the test's."""

    def __init__(self) -> None:
        self.done = threading.Event()
        self.tenants: list[int | None] = []
        self.teams: list[set[str]] = []

    def look(self, until: int = 1) -> None:
        """Remember the tenant and its teams; done after so many looks."""
        self.tenants.append(current_organization_id())
        self.teams.append(set(Team.objects.values_list("slug", flat=True)))
        if len(self.tenants) >= until:
            self.done.set()


@pytest.fixture
def worker(world: World) -> Iterator[Callable[[], None]]:
    """`worker()` starts a Celery worker in a thread of its own, on the real broker; ended after the test."""
    contexts = []

    def start() -> None:
        context = start_worker(app, pool="solo", perform_ping_check=False, shutdown_timeout=SECONDS)
        context.__enter__()
        contexts.append(context)

    yield start
    for context in contexts:
        context.__exit__(None, None, None)


@pytest.fixture
def seen() -> Seen:
    return Seen()


@pytest.fixture
def look(seen: Seen) -> Iterator[TenantTask]:
    @app.task(base=TenantTask, name="tests.tenancy.look")
    def look(*, organization_id: int, until: int = 1) -> None:
        seen.look(until)

    yield look
    app.tasks.unregister("tests.tenancy.look")


@pytest.fixture
def write(seen: Seen) -> Iterator[TenantTask]:
    @app.task(base=TenantTask, name="tests.tenancy.write")
    def write(*, organization_id: int, team_id: str, fail: bool) -> None:
        Team.objects.filter(pk=UUID(team_id)).update(vision="written")
        seen.look(until=2)
        if fail:
            raise LookupError

    yield write
    app.tasks.unregister("tests.tenancy.write")


def test_a_worker_enters_the_organization_of_each_task(
    world: World, other_world: World, worker: Callable[[], None], look: TenantTask, seen: Seen
) -> None:
    with within(other_world.organization):
        Team.objects.filter(slug="sales").update(slug="marketing")
    for one in (world, other_world, world):
        look.delay(organization_id=one.organization.pk, until=3)
    worker()
    assert seen.done.wait(SECONDS)
    assert seen.tenants == [world.organization.pk, other_world.organization.pk, world.organization.pk]
    assert seen.teams == [{"company", "sales"}, {"company", "marketing"}, {"company", "sales"}]


def test_a_task_that_fails_takes_back_what_it_wrote(
    world: World, other_world: World, worker: Callable[[], None], write: TenantTask, seen: Seen
) -> None:
    write.delay(organization_id=world.organization.pk, team_id=str(world.team.pk), fail=True)
    # The other organization's id does not open this one's row.
    write.delay(organization_id=other_world.organization.pk, team_id=str(world.team.pk), fail=False)
    worker()
    assert seen.done.wait(SECONDS)
    assert seen.tenants == [world.organization.pk, other_world.organization.pk]
    with within(world.organization):
        assert Team.objects.get(pk=world.team.pk).vision == ""


def test_a_task_sent_on_commit_comes_after_it_and_not_at_all_after_a_rollback(
    world: World, worker: Callable[[], None], look: TenantTask, seen: Seen
) -> None:
    worker()
    with transaction.atomic():
        transaction.on_commit(lambda: look.delay(organization_id=world.organization.pk))
        transaction.set_rollback(True)
    with within(world.organization):
        Team.objects.filter(slug="sales").update(slug="renamed")
        transaction.on_commit(lambda: look.delay(organization_id=world.organization.pk))
    assert seen.done.wait(SECONDS)
    assert seen.teams == [{"company", "renamed"}]


def test_a_task_that_names_no_organization_is_refused(look: TenantTask, seen: Seen) -> None:
    with pytest.raises(TypeError, match="organization_id"):
        look()
    assert seen.tenants == []


def test_called_directly_it_enters_the_organization_too_and_leaves_it(
    world: World, look: TenantTask, seen: Seen
) -> None:
    look(organization_id=world.organization.pk)
    assert seen.tenants == [world.organization.pk]
    assert current_organization_id() is None
    with transaction.atomic():
        assert value("SELECT count(*) FROM organizations_team") == 0
    with pytest.raises(TenantNotSet):
        Team.objects.count()


def test_every_task_of_the_product_that_takes_an_organization_is_known() -> None:
    """A task on tenant rows is a TenantTask; the others are on this list, with what they do instead."""
    others = {
        "organizations.tasks.sweep": "global: reads the dispatch table",
        "organizations.tasks.send_mail": "no tables: a finished mail",
        "organizations.tasks.mail_invitation": "enters the organization by itself, mails outside of its transaction",
        "okrapp.notifications.tasks.send_due": "enters the organization by itself, sends outside of its transactions",
    }
    own = {name: task for name, task in app.tasks.items() if not name.startswith(("celery.", "tests."))}
    assert {name for name, task in own.items() if not isinstance(task, TenantTask)} == set(others)
    assert connection.settings_dict["ATOMIC_REQUESTS"] is True
