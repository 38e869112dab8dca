"""What every test may use: real PostgreSQL as the application role, real Valkey, two whole organizations.

`organization` and `other_organization` are the directory entries, `world` and `other_world` hold the rows
behind them. Rows are read and written inside `within(organization)`, from tests.factories.worlds.
"""

import gc
import socket
from collections.abc import Callable, Iterator
from ipaddress import ip_address
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import OperationalError, connection
from django.test import Client, TransactionTestCase
from psycopg2.errors import DeadlockDetected

from okrapp.notifications import outside
from okrapp.tenancy.owner import owner_connection
from organizations.models import Membership, Organization, User
from tests.chromium import chromium, open_page
from tests.contracts.statements import Watch
from tests.factories import worlds
from tests.factories.organizations import UserFactory
from tests.factories.worlds import World, make_organization

# Fixtures of one browser for the whole run: a second one could not be started in the same process.
__all__ = ["chromium", "open_page"]

# What takes how long says more about a shared machine than about the code.
hypothesis.settings.register_profile("okrapp", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("okrapp")

# Names that addresses in tests may have; where they lead is told, never asked.
NAMES = {"hooks.example": "93.184.216.34"}
DATABASE_FIXTURES = {"db", "transactional_db", "client", "admin_client"}


def pytest_configure(config: pytest.Config) -> None:
    """Keep tests apart from a product that runs on the same Valkey, and make signing in cheap."""
    config.addinivalue_line("markers", "raw_sql: writes statements on tenant tables that do not name the tenant")
    # Both are read at their first use, which is later than this.
    settings.CACHES["default"]["KEY_PREFIX"] = f"test:{settings.CACHES['default']['KEY_PREFIX']}"
    options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    options["global_keyprefix"] = f"test:{options['global_keyprefix']}"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    TransactionTestCase._fixture_teardown = _empty_tables
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


@pytest.fixture(autouse=True)
def _call_nobody_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look up no name outside and connect to nobody there, whatever a test enters as an address."""
    connect = socket.socket.connect

    def connect_here(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not ip_address(address[0]).is_loopback:
            raise ConnectionRefusedError(f"tests connect to this machine only, not to {address[0]}")
        connect(self, address)

    def look_up(host: str, port: int = 0, *args: Any, **kwargs: Any) -> list[Any]:
        if host not in NAMES:
            raise socket.gaierror(socket.EAI_NONAME, f"{host} is no name of the tests")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (NAMES[host], port))]

    monkeypatch.setattr(socket.socket, "connect", connect_here)
    monkeypatch.setattr(outside, "look_up", look_up)


def _empty_tables(self: TransactionTestCase) -> None:
    """Take back what a test with transactions of its own has committed, in place of Django's flush.

    Kinds of content and permissions stay, as in a fresh database: making them again takes as long as emptying tables,
    and gives them other keys, so that no recorded world (tests/factories/replay.py) would fit any more.
    """
    kept = {ContentType._meta.db_table, Permission._meta.db_table}
    with owner_connection(), connection.cursor() as cursor:
        present = connection.introspection.django_table_names(only_existing=True, include_views=False)
        tables = sorted(set(present) - kept)
        statement = "TRUNCATE " + ", ".join(map(connection.ops.quote_name, tables))
        while True:
            try:
                cursor.execute(statement)
            except OperationalError as error:
                # A page that was closed can have asked for something that the server still answers. It takes tables in
                # another order than this statement; the database ends one of the two, and the other goes on.
                if not isinstance(error.__cause__, DeadlockDetected):
                    raise
            else:
                return


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long: at the end it would keep one process busy while the other has nothing left to do."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def pytest_collection_finish() -> None:
    """Keep what has been loaded by now out of the garbage collector's rounds, and let these come seldom."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what the contracts covered: each gate says how much it looked at."""
    covered: dict[str, int] = {}
    statements: set[str] = set()
    for reports in terminalreporter.stats.values():
        for report in reports:
            for name, entry in getattr(report, "user_properties", ()):
                if name == "statements":
                    statements |= set(entry)
                if name == "covered":
                    what, number = entry
                    covered[what] = max(number, covered.get(what, 0))
    if statements:
        covered["different statements on tenant tables, each naming the organization"] = len(statements)
    if covered:
        terminalreporter.section("contracts covered")
        for what, number in sorted(covered.items()):
            terminalreporter.write_line(f"{number:6}  {what}")


def _uses_servers(request: pytest.FixtureRequest) -> bool:
    """Return whether a test may touch PostgreSQL and Valkey at all."""
    marked = request.node.get_closest_marker("django_db") is not None
    return marked or not DATABASE_FIXTURES.isdisjoint(request.fixturenames)


@pytest.fixture(autouse=True)
def _clean_cache(request: pytest.FixtureRequest) -> Iterator[None]:
    """Remove this process's own cache keys after a test that can have made some; never flush the server."""
    yield
    if not _uses_servers(request):
        return
    server = cache._cache.get_client(None, write=True)
    keys = list(server.scan_iter(match=f"{settings.CACHES['default']['KEY_PREFIX']}:*", count=1000))
    if keys:
        server.delete(*keys)


@pytest.fixture(autouse=True)
def _statements_name_their_organization(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test in which a statement on a tenant table named no organization (tests/contracts/statements.py)."""
    if request.node.get_closest_marker("raw_sql") or not _uses_servers(request):
        yield
        return
    watch = Watch()
    with connection.execute_wrapper(watch):
        yield
    request.node.user_properties.append(("statements", sorted(watch.digests)))
    assert watch.offending == {}, "These statements on tenant tables name no organization"


@pytest.fixture
def world(db: None) -> World:
    """A whole organization, `acme`."""
    return make_organization("acme")


@pytest.fixture
def other_world(db: None) -> World:
    """Another whole organization, `globex`, whose people are nobody in the first."""
    return make_organization("globex")


@pytest.fixture
def organization(world: World) -> Organization:
    return world.organization


@pytest.fixture
def other_organization(other_world: World) -> Organization:
    return other_world.organization


@pytest.fixture
def administrator(world: World) -> Membership:
    return world.administrator


@pytest.fixture
def plo(world: World) -> Membership:
    return world.plo


@pytest.fixture
def lead(world: World) -> Membership:
    return world.lead


@pytest.fixture
def member(world: World) -> Membership:
    return world.member


@pytest.fixture
def other_member(other_world: World) -> Membership:
    return other_world.member


@pytest.fixture
def outsider(db: None) -> User:
    """Somebody who can sign in and is in no organization."""
    return UserFactory.create(name="Olga Outside", email="olga@outside.example.com")


@pytest.fixture
def client_of() -> Callable[[Membership | User], Client]:
    """`client_of(member)` is a test client signed in as that member, or as a user."""
    return worlds.client_of


@pytest.fixture
def as_user() -> Callable[[Membership | User], Client]:
    """The same as client_of."""
    return worlds.client_of
