"""Two ways to the database, and a count of what was covered."""

import os
from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from django.template import Context, Template
from django.template.backends.django import Template as Page
from pytest_django import DjangoDbBlocker

from tests.contracts import pooler
from tests.contracts.pooler import Pooler


@pytest.fixture(scope="session")
def pgbouncer(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Pooler]:
    """A running PgBouncer; skipped by name where there is none, except in CI."""
    programme = pooler.find_pgbouncer()
    if programme is None:
        message = "pgbouncer is not installed"
        if os.environ.get("OKRAPP_CI") == "1":
            pytest.fail(f"{message}, and CI skips nothing")
        pytest.skip(message)
    with pooler.running(programme, connection.settings_dict) as running:
        yield running


@pytest.fixture(scope="module", params=["direct", pytest.param("pgbouncer", marks=pytest.mark.pgbouncer)])
def route(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Run each test of a module twice: straight at PostgreSQL, and through PgBouncer with a pool of one."""
    if request.param == "direct":
        yield "direct"
        return
    running: Pooler = request.getfixturevalue("pgbouncer")
    before = {key: connection.settings_dict[key] for key in ("HOST", "PORT", "CONN_MAX_AGE")}
    with django_db_blocker.unblock():
        connection.close()
        connection.settings_dict.update(HOST=running.host, PORT=str(running.port), CONN_MAX_AGE=0)
        try:
            yield "pgbouncer"
        finally:
            connection.close()
            connection.settings_dict.update(before)


@pytest.fixture(autouse=True)
def _plain_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw pages as the product does: the copies of contexts that test clients keep are looked at by nobody."""

    def draw(template: Template, context: Context) -> str:
        return template.nodelist.render(context)

    monkeypatch.setattr(Template, "_render", draw)


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw no page at all, for tests that look at the status of an answer only."""
    monkeypatch.setattr(Page, "render", lambda *anything, **more: "")


@pytest.fixture
def covered(
    request: pytest.FixtureRequest, record_property: Callable[[str, object], None]
) -> Callable[[str, int], None]:
    """`covered("tables walled", 25)` is printed at the end of the run; a gate says what it looked at.

    Asserts that it looked at something.
    """
    callspec = getattr(request.node, "callspec", None)
    way = callspec.params.get("route") if callspec else None

    def record(what: str, number: int) -> None:
        assert number > 0, f"nothing covered: {what}"
        record_property("covered", [f"{what}, through PgBouncer" if way == "pgbouncer" else what, number])

    return record
