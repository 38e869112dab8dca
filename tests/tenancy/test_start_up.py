"""Nothing serves when the wall does not stand: web, worker and `manage.py check` look for themselves."""

import pytest
from django.conf import settings
from django.core.checks import Tags, run_checks
from django.db import connection

from okrapp.tenancy.checks import refuse_to_serve_without_wall
from okrapp.tenancy.owner import owner_connection
from okrapp.tenancy.wall import breaches
from tests.contracts.catalogue import touched
from tests.tenancy.servers import as_owner, python, table_of_the_owner

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.raw_sql]

ENTRIES = {
    "wsgi": ("-c", "import okrapp.wsgi; print('serving')"),
    "asgi": ("-c", "import okrapp.asgi; print('serving')"),
}


def test_all_is_well() -> None:
    assert breaches(connection) == []
    refuse_to_serve_without_wall()
    assert run_checks(tags=[Tags.database], databases=["default"]) == []


def test_an_unwalled_table_is_named() -> None:
    with table_of_the_owner("forgotten"):
        (found,) = breaches(connection)
        assert "forgotten is neither walled nor on the list" in found
        assert [error.id for error in run_checks(tags=[Tags.database], databases=["default"])] == ["tenancy.E001"]
        with pytest.raises(SystemExit) as ended:
            refuse_to_serve_without_wall()
        assert ended.value.code == 1
    assert breaches(connection) == []


@pytest.mark.parametrize(
    ("undo", "redo"),
    [
        ("DISABLE ROW LEVEL SECURITY", "ENABLE ROW LEVEL SECURITY"),
        ("NO FORCE ROW LEVEL SECURITY", "FORCE ROW LEVEL SECURITY"),
    ],
)
def test_a_wall_that_is_taken_down_is_named(undo: str, redo: str) -> None:
    with as_owner() as owner:
        owner.execute(f"ALTER TABLE okrs_checkin {undo}")
        try:
            found = breaches(connection)
        finally:
            owner.execute(f"ALTER TABLE okrs_checkin {redo}")
    assert len(found) == 1
    assert "okrs_checkin is neither walled" in found[0]


@pytest.mark.parametrize(
    ("name", "restriction"),
    [("one_more", "AS PERMISSIVE FOR SELECT USING (true)"), ("okrs_checkin_wall_own", "FOR ALL USING (true)")],
)
def test_a_second_policy_is_named_because_policies_are_or_ed(name: str, restriction: str) -> None:
    with as_owner() as owner:
        owner.execute(f"CREATE POLICY {name} ON okrs_checkin {restriction}")
        try:
            found = breaches(connection)
        finally:
            owner.execute(f"DROP POLICY {name} ON okrs_checkin")
    assert len(found) == 1
    assert "okrs_checkin is neither walled" in found[0]


def test_a_policy_that_says_something_else_is_named() -> None:
    condition = "organization_id = NULLIF(current_setting('app.organization_id', true), '')::bigint"
    with as_owner() as owner:
        owner.execute("ALTER POLICY okrs_checkin_wall ON okrs_checkin USING (true)")
        try:
            found = breaches(connection)
        finally:
            owner.execute(f"ALTER POLICY okrs_checkin_wall ON okrs_checkin USING ({condition})")
    assert len(found) == 1
    assert "okrs_checkin is neither walled" in found[0]
    assert breaches(connection) == []


def test_a_view_is_named_because_it_reads_as_its_owner() -> None:
    with as_owner() as owner:
        owner.execute("CREATE VIEW everything AS SELECT * FROM okrs_checkin")
        try:
            found = breaches(connection)
        finally:
            owner.execute("DROP VIEW everything")
    assert len(found) == 1
    assert "everything is neither walled" in found[0]


def test_a_table_in_another_schema_is_named() -> None:
    with as_owner() as owner:
        owner.execute("CREATE SCHEMA aside CREATE TABLE hidden (id bigint)")
        try:
            found = breaches(connection)
        finally:
            owner.execute("DROP SCHEMA aside CASCADE")
    assert len(found) == 1
    assert "aside.hidden is neither walled" in found[0]


def test_a_role_that_owns_tables_or_bypasses_the_policies_is_refused() -> None:
    with owner_connection():
        found = breaches(connection)
        assert any("owns the table okrs_objective" in sentence for sentence in found)
        touched("SET ROLE okrapp_search")
        assert any("bypasses row-level security" in sentence for sentence in breaches(connection))


@pytest.mark.parametrize("entry", ENTRIES)
def test_the_entry_point_serves_as_the_application_role(entry: str) -> None:
    ended = python(*ENTRIES[entry], role=connection.settings_dict)
    assert (ended.returncode, ended.stdout.strip()) == (0, "serving"), ended.stderr


@pytest.mark.parametrize("entry", ENTRIES)
def test_the_entry_point_refuses_the_owner(entry: str) -> None:
    ended = python(*ENTRIES[entry], role=settings.DATABASE_OWNER)
    assert ended.returncode == 1
    assert "serving" not in ended.stdout
    assert "organizations would not be kept apart" in ended.stderr
    assert "owns the table okrs_objective" in ended.stderr


def test_the_entry_point_refuses_an_unwalled_table() -> None:
    with table_of_the_owner("forgotten"):
        ended = python(*ENTRIES["wsgi"], role=connection.settings_dict)
    assert ended.returncode == 1
    assert "forgotten is neither walled" in ended.stderr


def test_a_worker_refuses_an_unwalled_table() -> None:
    arguments = ("-m", "celery", "-A", "okrapp", "worker", "--pool=solo", "--without-gossip", "--without-mingle")
    with table_of_the_owner("forgotten"):
        ended = python(*arguments, role=connection.settings_dict)
    assert ended.returncode == 1
    assert "forgotten is neither walled" in ended.stderr
