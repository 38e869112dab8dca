"""How long a tenant lasts: exactly as long as its transaction, whatever ends it, straight and through PgBouncer."""

import threading
from collections.abc import Callable

import psycopg2
import pytest
from django.db import DataError, connection, transaction

from okrapp.tenancy.context import (
    TenantNotSet,
    current_organization_id,
    reader_context,
    system_context,
    tenant_context,
)
from okrs.models import Objective
from organizations.models import Membership, Organization
from tests.contracts import catalogue
from tests.contracts.catalogue import ids, rows, touched, value
from tests.contracts.pooler import Pooler
from tests.factories.organizations import MembershipFactory
from tests.factories.worlds import World, user_of, within

pytestmark = [
    pytest.mark.usefixtures("route"),
    pytest.mark.django_db(transaction=True),
    pytest.mark.raw_sql,
]

SETTING = "SELECT coalesce(current_setting('app.organization_id', true), '')"


def seen() -> tuple[str, int]:
    """Return the tenant PostgreSQL knows in a transaction of its own, and how many objectives it shows."""
    with transaction.atomic():
        return value(SETTING), value("SELECT count(*) FROM okrs_objective")


NOTHING = ("", 0)


def test_it_ends_with_commit(world: World) -> None:
    with within(world.organization):
        assert value(SETTING) == str(world.organization.pk)
        assert value("SELECT count(*) FROM okrs_objective") == 3
    assert seen() == NOTHING
    # Outside of any transaction too, on the same connection.
    assert value(SETTING) == ""
    assert value("SELECT count(*) FROM okrs_objective") == 0
    assert current_organization_id() is None


def write_and_fail(organization: Organization) -> None:
    """Change rows of an organization, then raise inside its context."""
    with within(organization):
        assert touched("UPDATE okrs_objective SET title = 'written'") == 3
        raise LookupError


def test_it_ends_with_an_exception_and_nothing_was_written(world: World) -> None:
    with pytest.raises(LookupError):
        write_and_fail(world.organization)
    assert seen() == NOTHING
    with within(world.organization):
        assert value("SELECT count(*) FROM okrs_objective WHERE title = 'written'") == 0


def test_it_ends_with_an_error_of_the_database(world: World) -> None:
    with pytest.raises(DataError), within(world.organization):
        value("SELECT 1/0")
    assert seen() == NOTHING


def test_it_ends_with_a_rollback_that_was_asked_for(world: World) -> None:
    with within(world.organization):
        touched("UPDATE okrs_objective SET title = 'written'")
        transaction.set_rollback(True)
    assert seen() == NOTHING
    with within(world.organization):
        assert value("SELECT count(*) FROM okrs_objective WHERE title = 'written'") == 0


def test_nested_contexts_restore_what_was_before(world: World, other_world: World) -> None:
    with within(world.organization):
        with within(other_world.organization):
            assert ids("okrs_cycle") == {str(other_world.cycle.pk)}
            with system_context("a test of what it hides"):
                assert ids("okrs_cycle") == set()
                assert Organization.objects.count() == 2
            assert ids("okrs_cycle") == {str(other_world.cycle.pk)}
        assert ids("okrs_cycle") == {str(world.cycle.pk)}
    assert seen() == NOTHING


def test_a_rolled_back_savepoint_takes_its_tenant_along(world: World, other_world: World) -> None:
    with within(world.organization):
        assert ids("okrs_cycle") == {str(world.cycle.pk)}
        with pytest.raises(LookupError):
            write_and_fail(other_world.organization)
        assert ids("okrs_cycle") == {str(world.cycle.pk)}
        with pytest.raises(DataError), within(other_world.organization):
            value("SELECT 1/0")
        assert ids("okrs_cycle") == {str(world.cycle.pk)}
    assert seen() == NOTHING


def test_a_savepoint_rolled_back_by_hand_keeps_the_tenant_of_the_code(world: World, other_world: World) -> None:
    with within(world.organization):
        savepoint = transaction.savepoint()
        with within(other_world.organization):
            assert ids("okrs_cycle") == {str(other_world.cycle.pk)}
        transaction.savepoint_rollback(savepoint)
        assert ids("okrs_cycle") == {str(world.cycle.pk)}


def test_the_tenant_changes_between_statements_of_one_transaction(world: World, other_world: World) -> None:
    with transaction.atomic():
        for _ in range(3):
            for one in (world, other_world):
                with within(one.organization):
                    assert ids("okrs_cycle") == {str(one.cycle.pk)}
            assert ids("okrs_cycle") == set()


def test_without_autocommit_it_ends_with_commit_and_rollback(world: World) -> None:
    for end in (connection.commit, connection.rollback):
        connection.set_autocommit(False)
        try:
            with within(world.organization):
                assert ids("okrs_cycle") == {str(world.cycle.pk)}
            end()
            assert value("SELECT count(*) FROM okrs_cycle") == 0
            connection.rollback()
        finally:
            connection.set_autocommit(True)
    assert seen() == NOTHING


def test_a_query_for_an_organization_outside_of_a_transaction_is_refused(world: World) -> None:
    late: list[type[BaseException]] = []

    def after_commit() -> None:
        try:
            Objective.objects.count()
        except TenantNotSet as error:
            late.append(type(error))

    with within(world.organization):
        transaction.on_commit(after_commit)
    # The context still says the organization there, but no transaction carries it.
    assert late == [TenantNotSet]


def test_another_thread_has_no_tenant(world: World, route: str) -> None:
    found: list[object] = []

    def look() -> None:
        try:
            found.append(current_organization_id())
            found.append(seen())
        finally:
            connection.close()

    def meanwhile() -> None:
        thread = threading.Thread(target=look)
        thread.start()
        thread.join(30)

    if route == "direct":
        with within(world.organization):
            assert ids("okrs_cycle")
            meanwhile()
    else:
        # The pool has one connection: the other thread gets the very one that was used for the organization.
        with within(world.organization):
            assert ids("okrs_cycle")
        meanwhile()
    assert found == [None, NOTHING]


def test_a_failed_connection_is_forgotten(world: World) -> None:
    with within(world.organization):
        assert ids("okrs_cycle")
    connection.close()
    assert seen() == NOTHING
    with within(world.organization):
        assert ids("okrs_cycle") == {str(world.cycle.pk)}


def test_readers_see_their_own_memberships_everywhere_and_nothing_else(world: World, other_world: World) -> None:
    user_id = user_of(world.member).pk
    with within(other_world.organization):
        elsewhere = MembershipFactory.create(user=user_of(world.member))
    own = {str(world.member.pk), str(elsewhere.pk)}
    with reader_context(user_id):
        assert ids("organizations_membership") == own
        assert {str(row.pk) for row in Membership.across_organizations.all()} == own
        for table in set(catalogue.walled_tables()) - {"organizations_membership"}:
            assert ids(table) == set(), table
    assert ids("organizations_membership") == set()
    with within(world.organization):
        assert str(elsewhere.pk) not in ids("organizations_membership")
        # The policies are OR-ed: a reader's context inside of an organization leaves the organization.
        with reader_context(user_id):
            assert ids("organizations_membership") == own
            with within(other_world.organization):
                assert str(world.member.pk) not in ids("organizations_membership")
        assert ids("okrs_cycle") == {str(world.cycle.pk)}


def test_readers_cannot_write(world: World) -> None:
    with reader_context(user_of(world.member).pk):
        assert touched("UPDATE organizations_membership SET is_administrator = true") == 0
        assert touched("DELETE FROM organizations_membership") == 0
        assert rows("SELECT id FROM organizations_membership FOR UPDATE") == []
        with pytest.raises(TenantNotSet):
            Membership.across_organizations.update(is_administrator=True)
        with pytest.raises(TenantNotSet):
            Membership.objects.count()
    with within(world.organization):
        assert not Membership.objects.get(pk=world.member.pk).is_administrator


def test_system_work_sees_no_tenant_rows_and_no_readers_rows(world: World) -> None:
    with reader_context(user_of(world.member).pk), system_context("a test of what it hides"):
        assert ids("organizations_membership") == set()
    with tenant_context(world.organization.pk), system_context("a test of what it hides"):
        assert ids("organizations_membership") == set()
        with pytest.raises(TenantNotSet):
            Membership.objects.count()


def test_two_clients_of_a_pool_of_one_share_a_connection_but_no_tenant(
    pgbouncer: Pooler, world: World, covered: Callable[[str, int], None]
) -> None:
    """The measure this file stands on: a plain SET does leak to the next client of the pool; ours does not."""
    known = connection.settings_dict
    clients = [
        psycopg2.connect(
            host=pgbouncer.host,
            port=pgbouncer.port,
            dbname=known["NAME"],
            user=known["USER"],
            password=known["PASSWORD"],
        )
        for _ in range(2)
    ]
    try:
        first, second = (client.cursor() for client in clients)

        def ask(cursor: object, *statements: str) -> list[object]:
            for statement in statements:
                cursor.execute(statement)
            answer = cursor.fetchone()
            cursor.connection.commit()
            return list(answer)

        look = "SELECT pg_backend_pid(), coalesce(current_setting('app.organization_id', true), ''), count(*)"
        look += " FROM okrs_cycle"
        tenant = world.organization.pk
        server, *own = ask(first, f"SET LOCAL app.organization_id = '{tenant}'", look)
        assert own == [str(tenant), 1]
        assert ask(second, look) == [server, "", 0]
        leaked = ask(first, f"SET app.organization_id = '{tenant}'", look)
        assert leaked == [server, str(tenant), 1]
        assert ask(second, look) == leaked
        ask(first, "RESET app.organization_id", look)
        assert ask(second, look)[1:] == ["", 0]
        covered("clients of one pooled connection", len(clients))
    finally:
        for client in clients:
            client.close()
