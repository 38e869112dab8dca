"""Raw SQL against every walled table of the catalogue, straight and through PgBouncer.

Each test visits all tables and collects what is wrong, so that one failure names every breach.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg2.errors
import pytest
from django.db import DatabaseError, transaction

from tests.contracts import catalogue
from tests.contracts.catalogue import TENANT_COLUMN, a_row, copy_of, ids, insert, rows, touched
from tests.contracts.report import nothing_wrong
from tests.factories.worlds import World, within

pytestmark = [pytest.mark.usefixtures("route"), pytest.mark.django_db, pytest.mark.raw_sql]

Covered = Callable[[str, int], None]

# The application may not even try these; test_catalogue.py shows its rights.
APPEND_ONLY = {"organizations_auditentry", "rollout_pilotdecision"}
# Exactly one column of each group is filled; a foreign reference is tried in each of them alone.
EXCLUSIVE = {
    "okrs_alignment": ("target_objective_id", "target_key_result_id", "target_priority_id"),
    "okrs_importedrow": ("objective_id", "key_result_id"),
    "okrs_comment": ("objective_id", "proposal_id"),
    "roles_racientry": ("party", "person_id"),
    "roles_roleassignment": ("team_id", "person_id"),
    "notifications_delivery": ("notification_id", "event_id"),
    "notifications_endpoint": ("member_id", "team_id"),
    "rollout_messageaudience": ("wave_id", "team_id", "member_id"),
    "okrs_reaction": ("comment_id", "check_in_id", "proposal_id", "kudos_id"),
    "rollout_phasedependency": ("task_id", "milestone_id"),
}


class Refused:
    """What a statement was refused with; `reason` stays None if it went through."""

    reason: str | None = None
    constraint: str | None = None


@contextmanager
def refusal() -> Iterator[Refused]:
    """Run statements in a savepoint that is always taken back, and say why they were refused."""
    outcome = Refused()
    try:
        with transaction.atomic():
            yield outcome
            # Foreign keys between tenant rows are checked at commit; check them now.
            touched("SET CONSTRAINTS ALL IMMEDIATE")
            transaction.set_rollback(True)
    except DatabaseError as error:
        cause = error.__cause__
        assert isinstance(cause, psycopg2.Error)
        outcome.reason, outcome.constraint = type(cause).__name__, cause.diag.constraint_name
    finally:
        touched("SET CONSTRAINTS ALL DEFERRED")


# How PostgreSQL says that a policy refuses a row, or that a right is missing.
WALL = psycopg2.errors.InsufficientPrivilege.__name__
KEY = psycopg2.errors.ForeignKeyViolation.__name__


def test_without_a_tenant_there_are_no_rows_and_no_writes(world: World, other_world: World, covered: Covered) -> None:
    tables, problems = catalogue.walled_tables(), []
    for table in tables:
        with within(world.organization):
            row = a_row(table)
        if ids(table):
            problems.append(f"{table}: shows rows without a tenant")
        with refusal() as insertion:
            insert(table, copy_of(row))
        if insertion.reason != WALL:
            problems.append(f"{table}: INSERT without a tenant: {insertion.reason}")
        if table in APPEND_ONLY:
            continue
        with transaction.atomic():
            if touched(f"UPDATE {table} SET id = id") or touched(f"DELETE FROM {table}"):
                problems.append(f"{table}: UPDATE or DELETE without a tenant touched rows")
            transaction.set_rollback(True)
    nothing_wrong(problems)
    covered("walled tables tried without a tenant by raw SQL", len(tables))


def test_another_tenants_rows_cannot_be_read(world: World, other_world: World, covered: Covered) -> None:
    tables, problems = catalogue.walled_tables(), []
    for table in tables:
        with within(world.organization):
            own = ids(table)
            seen = {row[0] for row in rows(f"SELECT DISTINCT {TENANT_COLUMN} FROM {table}")}
        with within(other_world.organization):
            theirs = ids(table)
        assert own, f"{table}: the world has no row to protect"
        assert theirs, f"{table}: the other world has no row to protect"
        if seen != {world.organization.pk} or own & theirs:
            problems.append(f"{table}: rows of {seen} seen")
        with within(world.organization):
            if rows(f"SELECT 1 FROM {table} WHERE id = ANY(%s::uuid[])", [list(theirs)]):
                problems.append(f"{table}: another tenant's row found by id")
            if rows(f"SELECT 1 FROM {table} WHERE {TENANT_COLUMN} = %s", [other_world.organization.pk]):
                problems.append(f"{table}: another tenant's rows found by tenant")
    nothing_wrong(problems)
    covered("walled tables tried to read across tenants by raw SQL", len(tables))


def test_another_tenants_rows_cannot_be_written(world: World, other_world: World, covered: Covered) -> None:
    tables, problems = catalogue.walled_tables(), []
    mine, theirs = world.organization, other_world.organization
    for table in tables:
        with within(theirs):
            before, their_row = catalogue.fingerprint(table, theirs.pk), a_row(table)
        with within(mine):
            my_row = a_row(table)
            with refusal() as planted:
                insert(table, copy_of(my_row, **{TENANT_COLUMN: theirs.pk}))
            if planted.reason != WALL:
                problems.append(f"{table}: INSERT for another tenant: {planted.reason}")
            if table not in APPEND_ONLY:
                problems += _writes_across(table, my_row["id"], their_row["id"], theirs.pk)
        with within(theirs):
            if catalogue.fingerprint(table, theirs.pk) != before:
                problems.append(f"{table}: another tenant's rows changed")
    nothing_wrong(problems)
    covered("walled tables tried to write across tenants by raw SQL", len(tables))


def _writes_across(table: str, my_id: str, their_id: str, their_tenant: int) -> list[str]:
    problems, own = [], len(ids(table))
    with transaction.atomic():
        if touched(f"UPDATE {table} SET id = id WHERE id = %s", [their_id]):
            problems.append(f"{table}: UPDATE by id touched another tenant's row")
        if touched(f"UPDATE {table} SET id = id") != own:
            problems.append(f"{table}: UPDATE of everything touched more or less than the tenant's rows")
        if touched(f"DELETE FROM {table} WHERE id = %s", [their_id]):
            problems.append(f"{table}: DELETE by id touched another tenant's row")
        if rows(f"SELECT 1 FROM {table} WHERE id = %s FOR UPDATE", [their_id]):
            problems.append(f"{table}: another tenant's row can be locked")
        if touched(f"DELETE FROM {table}") != own:
            problems.append(f"{table}: DELETE of everything touched more or less than the tenant's rows")
        transaction.set_rollback(True)
    with refusal() as moved:
        touched(f"UPDATE {table} SET {TENANT_COLUMN} = %s WHERE id = %s", [their_tenant, my_id])
    if moved.reason != WALL:
        problems.append(f"{table}: a row can be moved to another tenant: {moved.reason}")
    with refusal() as taken:
        insert(table, {**a_row(table), "id": their_id})
    if taken.reason is None:
        problems.append(f"{table}: another tenant's id can be taken over")
    return problems


def test_another_tenants_rows_cannot_be_referenced(world: World, other_world: World, covered: Covered) -> None:
    walled = set(catalogue.walled_tables())
    keys = [key for key in catalogue.foreign_keys() if key.table in walled and key.target in walled]
    problems = []
    for key in keys:
        with within(other_world.organization):
            target = a_row(key.target, filled=key.target_column)[key.target_column]
        with within(world.organization):
            row = a_row(key.table, filled=key.column)
            others = [name for name in EXCLUSIVE.get(key.table, ()) if key.column in EXCLUSIVE[key.table]]
            changes = {**dict.fromkeys(others), key.column: target}
            with refusal() as outcome:
                if key.table in APPEND_ONLY:
                    insert(key.table, copy_of(row, **changes))
                else:
                    settings = ", ".join(f"{name} = %s" for name in changes)
                    touched(f"UPDATE {key.table} SET {settings} WHERE id = %s", [*changes.values(), row["id"]])
            if (outcome.reason, outcome.constraint) != (KEY, key.name):
                problems.append(f"{key.table}.{key.column}: {outcome.reason} {outcome.constraint}")
            # The same reference to a row of one's own is fine: it is the tenant that was refused.
            with refusal() as control:
                own_target = a_row(key.target, filled=key.target_column)[key.target_column]
                if key.table not in APPEND_ONLY and key.table not in EXCLUSIVE and own_target != row["id"]:
                    touched(f"UPDATE {key.table} SET {key.column} = %s WHERE id = %s", [own_target, row["id"]])
            if control.reason == KEY:
                problems.append(f"{key.table}.{key.column}: its own tenant's row refused: {control.constraint}")
    nothing_wrong(problems)
    covered("foreign keys tried across tenants by raw SQL", len(keys))
