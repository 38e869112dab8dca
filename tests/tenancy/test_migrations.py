"""Migrations: run by the owner, who must see what they do, and see every wall that is taken away."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any
from uuid import UUID

import psycopg2.errors
import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import AddConstraint, RemoveConstraint
from django.db.migrations.state import ProjectState

from okrapp.tenancy.constraints import TenantKey, TenantWall
from okrapp.tenancy.operations import each_organization, search_function
from okrapp.tenancy.owner import owner_connection
from okrs.models import Objective
from organizations.models import Organization
from tests.contracts.catalogue import touched, value
from tests.factories.worlds import World, tenant_models, within

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.raw_sql]


def detected(change: Any) -> list[Any]:
    """Return the operations makemigrations would write after `change` was made to the state of the models."""
    before = MigrationLoader(None).project_state()
    after = ProjectState.from_apps(apps)
    change(after)
    found = MigrationAutodetector(before, after).changes(graph=MigrationLoader(None).graph)
    return [operation for migrations in found.values() for one in migrations for operation in one.operations]


def constraints(state: ProjectState, label: str) -> list[Any]:
    """Return the constraints of a model in a state; the list itself, to be changed."""
    return state.models[tuple(label.lower().split("."))].options["constraints"]


def test_nothing_is_left_to_migrate() -> None:
    assert detected(lambda state: None) == []


@pytest.mark.parametrize("kind", [TenantWall, TenantKey])
def test_a_removed_wall_or_key_is_seen(kind: type) -> None:
    def remove(state: ProjectState) -> None:
        those = constraints(state, "okrs.KeyResult")
        those[:] = [one for one in those if not isinstance(one, kind)]

    found = detected(remove)
    assert found
    assert all(isinstance(operation, RemoveConstraint) for operation in found)
    assert {operation.name for operation in found} == {
        one.name for one in apps.get_model("okrs.KeyResult")._meta.constraints if isinstance(one, kind)
    }


def test_opening_a_wall_for_own_rows_is_seen() -> None:
    def open_up(state: ProjectState) -> None:
        those = constraints(state, "okrs.KeyResult")
        those[:] = [
            TenantWall(name=one.name, own_rows="owner") if isinstance(one, TenantWall) else one for one in those
        ]

    assert [type(operation) for operation in detected(open_up)] == [RemoveConstraint, AddConstraint]


def test_every_tenant_model_carries_its_wall_in_its_migrations() -> None:
    state = MigrationLoader(None).project_state()
    for model in tenant_models():
        walls = [one for one in constraints(state, model._meta.label) if isinstance(one, TenantWall)]
        assert len(walls) == 1, model


def test_migrate_runs_as_the_owner_and_leaves_the_connection_to_the_application() -> None:
    before = dict(connection.settings_dict)
    output = StringIO()
    call_command("migrate", stdout=output, verbosity=1)
    assert "No migrations to apply" in output.getvalue()
    assert connection.settings_dict == before
    assert value("SELECT current_user") == before["USER"]


def test_a_failure_as_owner_still_leaves_the_connection_to_the_application() -> None:
    before = dict(connection.settings_dict)

    def fail() -> None:
        with owner_connection():
            assert value("SELECT current_user") != before["USER"]
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert connection.settings_dict == before
    assert value("SELECT current_user") == before["USER"]


def test_flush_runs_as_the_owner(world: World) -> None:
    call_command("flush", interactive=False, verbosity=0)
    assert not Organization.objects.exists()
    assert value("SELECT current_user") == connection.settings_dict["USER"]


def test_the_owner_is_told_instead_of_touching_nothing(world: World) -> None:
    """Under the forced policy an owner's UPDATE would change no row, silently; row_security is off, so it raises."""
    with owner_connection(), transaction.atomic():
        assert value("SHOW row_security") == "off"
        for statement in ("UPDATE okrs_objective SET title = 'x'", "DELETE FROM okrs_objective"):
            with pytest.raises(ProgrammingError) as refused, transaction.atomic():
                touched(statement)
            assert isinstance(refused.value.__cause__, psycopg2.errors.InsufficientPrivilege)


def test_a_data_migration_visits_every_organization(world: World, other_world: World) -> None:
    visited = []
    with owner_connection(), connection.schema_editor(atomic=True) as editor:
        for organization_id in each_organization(editor):
            visited.append((organization_id, touched("UPDATE okrs_objective SET why = 'migrated'")))
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            touched("UPDATE okrs_objective SET why = 'all at once'")
    assert visited == sorted((one.organization.pk, 3) for one in (world, other_world))
    for one in (world, other_world):
        with within(one.organization):
            assert set(Objective.objects.values_list("why", flat=True)) == {"migrated"}


@contextmanager
def changing_tables() -> Iterator[Any]:
    """A schema editor in a transaction that ends properly also when the statements at its end fail."""
    with transaction.atomic(), connection.schema_editor(atomic=False) as editor:
        yield editor


def test_keys_are_validated_when_they_are_made_on_filled_tables(world: World, other_world: World) -> None:
    """A key made under the forced policy would call a wrong row valid; NO FORCE in the same migration finds it."""
    model = apps.get_model("okrs.Milestone")
    (key,) = [one for one in model._meta.constraints if isinstance(one, TenantKey)]
    # All in one transaction that is taken back: the database keeps its key whatever happens here.
    with owner_connection(), transaction.atomic():
        with changing_tables() as editor:
            editor.remove_constraint(model, key)
        _refer_to(world.organization, other_world.key_result.pk)
        with pytest.raises(IntegrityError) as refused, changing_tables() as editor:
            editor.add_constraint(model, key)
        assert isinstance(refused.value.__cause__, psycopg2.errors.ForeignKeyViolation)
        _refer_to(world.organization, world.milestone_key_result.pk)
        with changing_tables() as editor:
            editor.add_constraint(model, key)


def _refer_to(organization: Organization, key_result_id: UUID) -> None:
    """Let the milestones of an organization refer to a key result, as the owner."""
    with within(organization):
        touched("SET LOCAL row_security = on")
        assert touched("UPDATE okrs_milestone SET key_result_id = %s", [key_result_id]) == 1
        # No table can be altered while checks of its rows are still to come.
        touched("SET CONSTRAINTS ALL IMMEDIATE")
        touched("SET CONSTRAINTS ALL DEFERRED")
        touched("SET LOCAL row_security = off")


def test_a_search_function_must_filter_by_tenant() -> None:
    with pytest.raises(ValueError, match="TENANT"):
        search_function(
            name="x", arguments="wanted text", returns="TABLE (id uuid)", body="SELECT id FROM t", tables=["t"]
        )
