"""One real PostgreSQL and one real Valkey through everything a machine does to them."""

import os
import shutil
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest
import redis

from okrapp.local import postgres, services
from okrapp.local.checkout import Checkout, read_json
from okrapp.local.processes import ServerError

BOTH = ["postgres", "valkey"]


@pytest.fixture
def checkout(tmp_path: Path) -> Iterator[Checkout]:
    """A checkout of its own whose servers are gone afterwards."""
    made = Checkout(tmp_path / "a copy", machine=tmp_path / "machine")
    made.root.mkdir()
    yield made
    services.stop(made)


def test_servers_keep_their_data_through_stop_and_kill(checkout: Checkout) -> None:
    # Several callers at once: the first starts, the others wait for it.
    callers = [threading.Thread(target=services.start, args=(checkout, BOTH)) for _ in range(3)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    first = read_json(checkout.state)
    addresses = read_json(checkout.services)
    assert set(addresses) == {"database_url", "owner_url", "redis_url"}
    assert checkout.services.stat().st_mode & 0o777 == 0o600
    _write(addresses)

    services.start(checkout, BOTH)
    assert read_json(checkout.state) == first

    for known in first.values():
        os.kill(known["pid"], signal.SIGKILL)
        os.waitid(os.P_PID, known["pid"], os.WEXITED | os.WNOWAIT)
    assert not services.running(checkout, BOTH)
    services.start(checkout, BOTH)
    assert _read(read_json(checkout.services)) == ("kept", "kept")

    assert services.stop(checkout) == ["PostgreSQL", "Valkey"]
    assert services.stop(checkout) == []
    assert services.status(checkout) == {"PostgreSQL": "not running", "Valkey": "not running"}

    # A machine that was switched off leaves a pid file whose number soon is somebody else's.
    folder = Path(first["postgres"]["folder"])
    (folder / "data" / "postmaster.pid").write_text(f"{os.getpid()}\n{folder}/data\n0\n1\n\n127.0.0.1\n")
    services.start(checkout, BOTH)
    assert _read(read_json(checkout.services)) == ("kept", "kept")


def _write(addresses: dict[str, str]) -> None:
    owner = psycopg2.connect(addresses["owner_url"])
    with owner, owner.cursor() as cursor:
        cursor.execute("CREATE TABLE note (text text)")
        cursor.execute("INSERT INTO note VALUES ('kept')")
        cursor.execute("GRANT SELECT ON note TO okrapp_app")
    owner.close()
    broker = redis.Redis.from_url(addresses["redis_url"])
    broker.set("note", "kept")
    broker.execute_command("WAITAOF", 1, 0, 5000)
    broker.close()


def _read(addresses: dict[str, str]) -> tuple[str, str]:
    connection = psycopg2.connect(addresses["database_url"])
    with connection, connection.cursor() as cursor:
        cursor.execute("SELECT text FROM note")
        row = cursor.fetchone()
    connection.close()
    with redis.Redis.from_url(addresses["redis_url"]) as broker:
        value = broker.get("note")
    assert row is not None
    assert isinstance(value, bytes)
    return row[0], value.decode()


def test_the_roles_are_what_the_wall_needs(checkout: Checkout) -> None:
    services.start(checkout, ["postgres"])
    addresses = read_json(checkout.services)
    connection = psycopg2.connect(addresses["database_url"])
    with connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolname, rolcanlogin, rolcreatedb, rolbypassrls,"
            " rolsuper OR rolcreaterole OR rolreplication FROM pg_roles"
            " WHERE rolname LIKE 'okrapp%' ORDER BY rolname"
        )
        assert cursor.fetchall() == [
            ("okrapp_app", True, False, False, False),
            ("okrapp_owner", True, True, False, False),
            ("okrapp_search", False, False, True, False),
        ]
        cursor.execute(
            "SELECT pg_get_userbyid(datdba), datlocprovider, datlocale, pg_encoding_to_char(encoding)"
            " FROM pg_database WHERE datname = current_database()"
        )
        assert cursor.fetchone() == ("okrapp_owner", "b", "C.UTF-8", "UTF8")
        cursor.execute(
            "SELECT inherit_option, set_option, admin_option FROM pg_auth_members"
            " WHERE roleid = 'okrapp_search'::regrole AND member = 'okrapp_owner'::regrole"
        )
        assert cursor.fetchall() == [(False, True, False)]
        cursor.execute("SELECT has_schema_privilege('public', 'CREATE')")
        assert cursor.fetchone() == (False,)
        cursor.execute("SELECT pg_has_role('okrapp_search', 'SET'), pg_has_role('okrapp_owner', 'SET')")
        assert cursor.fetchone() == (False, False)
    connection.close()
    for wrong in (
        addresses["database_url"].replace("okrapp_app:", "okrapp_app:x"),
        "postgresql://postgres:@",
    ):
        bad = wrong if "okrapp_app" in wrong else f"postgresql://postgres@{addresses['owner_url'].split('@')[1]}"
        with pytest.raises(psycopg2.OperationalError, match="password"):
            psycopg2.connect(bad)


def test_lost_passwords_are_said_and_nothing_is_thrown_away(checkout: Checkout) -> None:
    services.start(checkout, ["postgres"])
    folder = Path(read_json(checkout.state)["postgres"]["folder"])
    services.stop(checkout)
    (folder / "passwords.json").unlink()
    with pytest.raises(ServerError, match=r"passwords\.json is gone"):
        postgres.start(checkout, None)
    assert (folder / "data" / "PG_VERSION").exists()


@pytest.mark.parametrize("way", ["", "user"] if os.geteuid() == 0 else [""])
def test_it_runs_as_somebody_else_for_root_and_as_oneself_otherwise(tmp_path: Path, way: str) -> None:
    # Not below pytest's own folder: nobody else may enter that.
    machine = Path("/var/lib") / f"okrapp-test-{os.getpid()}"
    checkout = Checkout(tmp_path / "a copy", machine=machine)
    checkout.root.mkdir()
    try:
        services.start(checkout, ["postgres"], way)
        state = read_json(checkout.state)["postgres"]
        runs_as = Path(f"/proc/{state['pid']}").stat().st_uid
        if Path(state["folder"]) == checkout.var / "postgres":
            assert way == ""
            assert runs_as == os.geteuid()  # for root: inside a user namespace
        else:
            assert Path(state["folder"]) == checkout.elsewhere
            assert runs_as not in (0, 65534)
        services.stop(checkout)
        services.start(checkout, ["postgres"])  # stays where the data is
        assert read_json(checkout.state)["postgres"]["folder"] == state["folder"]
    finally:
        services.stop(checkout)
        shutil.rmtree(machine, ignore_errors=True)
