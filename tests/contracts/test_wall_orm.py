"""The models behind the wall: every TenantModel, straight and through PgBouncer.

Each test visits all models and collects what is wrong, so that one failure names every breach.
"""

import copy
import re
from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, transaction
from django.db.models import Count
from django.forms import modelform_factory
from django.test.utils import CaptureQueriesContext

from okrapp.tenancy.context import TenantNotSet
from okrapp.tenancy.fields import TenantForeignKey
from okrapp.tenancy.models import TenantModel
from okrs.models import KeyResult, Objective
from organizations.models import Team, TeamMembership
from tests.contracts.report import nothing_wrong
from tests.factories.organizations import TeamFactory
from tests.factories.worlds import World, tenant_models, within

pytestmark = [pytest.mark.usefixtures("route"), pytest.mark.django_db, pytest.mark.raw_sql]

Covered = Callable[[str, int], None]
Model = type[TenantModel]

# The database refuses to change or delete these; test_catalogue.py shows it.
APPEND_ONLY = {"organizations.AuditEntry", "rollout.PilotDecision"}
# Exactly one of each group is filled.
EXCLUSIVE = {
    "okrs.Alignment": ("target_objective", "target_key_result", "target_priority"),
    "okrs.ImportedRow": ("objective", "key_result"),
    "okrs.Comment": ("objective", "proposal"),
    "okrs.Reaction": ("comment", "check_in", "proposal", "kudos"),
    "notifications.Delivery": ("notification", "event"),
    "notifications.Endpoint": ("member", "team"),
    "rollout.MessageAudience": ("wave", "team", "member"),
    "roles.RaciEntry": ("party", "person"),
    "roles.RoleAssignment": ("team", "person"),
    "rollout.PhaseDependency": ("task", "milestone"),
}


def tenant_keys(model: Model) -> list[Any]:
    """Return the references of a model to other tenant rows."""
    return [field for field in model._meta.local_fields if isinstance(field, TenantForeignKey)]


def plain_field(model: Model) -> str:
    """Return the name of a field that can be written with its own value."""
    return next(
        field.attname
        for field in model._meta.local_fields
        if not field.primary_key and field.name != "organization" and not getattr(field, "auto_now", False)
    )


def first(model: Model, filled: str = "pk") -> Any:
    """Return a row of the organization in context, one with `filled` if there is any."""
    return model.objects.filter(**{f"{filled}__isnull": False}).first() or model.objects.first()


def outcome(call: Callable[[], object]) -> str:
    """Return the name of what a call raised in a savepoint, or its result; nothing of it stays."""
    try:
        with transaction.atomic():
            result = call()
            transaction.set_rollback(True)
    except (DatabaseError, ObjectDoesNotExist, TenantNotSet, ValidationError) as error:
        return "DoesNotExist" if isinstance(error, ObjectDoesNotExist) else type(error).__name__
    return repr(result)


def _everything_a_queryset_does(model: Model, row: Any) -> dict[str, Callable[[], object]]:
    name, objects = plain_field(model), model.objects.all()
    narrowed = objects.filter(pk=row.pk).order_by("pk").annotate(rows_counted=Count("pk"))
    return {
        "list": lambda: list(objects),
        "narrowed": lambda: list(narrowed),
        "count": objects.count,
        "exists": objects.exists,
        "first": objects.first,
        "get": lambda: objects.get(pk=row.pk),
        "in_bulk": lambda: objects.in_bulk([row.pk]),
        "values": lambda: list(objects.values_list("pk")),
        "aggregate": lambda: objects.aggregate(Count("pk")),
        "iterator": lambda: list(objects.iterator()),
        "lock": lambda: list(objects.select_for_update()),
        "union": lambda: list(objects.union(objects)),
        "update": lambda: objects.update(**{name: getattr(row, name)}),
        "bulk_update": lambda: objects.bulk_update([row], [name]),
        "delete": objects.delete,
        "get_or_create": lambda: objects.get_or_create(pk=row.pk),
        "update_or_create": lambda: objects.update_or_create(pk=row.pk),
        "create": objects.create,
        "bulk_create": lambda: objects.bulk_create([model()]),
        "base manager": model._base_manager.count,
        "default manager": model._default_manager.count,
        "save": row.save,
        "save fields": lambda: row.save(update_fields=[name]),
        "delete row": row.delete,
        "refresh": row.refresh_from_db,
        "full_clean": model().full_clean,
    }


def test_querysets_can_be_built_without_a_tenant_and_raise_when_compiled(world: World, covered: Covered) -> None:
    problems = []
    for model in tenant_models():
        with within(world.organization):
            row = first(model)
        for what, call in _everything_a_queryset_does(model, row).items():
            if (found := outcome(call)) != TenantNotSet.__name__:
                problems.append(f"{model._meta.label}.{what}: {found}")
    nothing_wrong(problems)
    covered("models tried without a tenant by ORM", len(tenant_models()))


def _attempts(model: Model, mine: Any, theirs: Any) -> dict[str, tuple[Callable[[], object], set[str]]]:
    """Return what to try with another tenant's row, and the only outcomes that are right."""
    name, objects = plain_field(model), model.objects.all()
    attempts: dict[str, tuple[Callable[[], object], set[str]]] = {
        "filter": (lambda: list(objects.filter(pk=theirs.pk)), {"[]"}),
        "get": (lambda: objects.get(pk=theirs.pk), {"DoesNotExist"}),
        "in_bulk": (lambda: objects.in_bulk([theirs.pk]), {"{}"}),
        "by tenant": (lambda: objects.filter(organization=theirs.organization_id).count(), {"0"}),
        "or": (lambda: (objects.filter(pk=theirs.pk) | objects.filter(pk=mine.pk)).count(), {"1"}),
        "union": (lambda: objects.filter(pk=theirs.pk).union(objects.filter(pk=mine.pk)).count(), {"1"}),
        "refresh": (theirs.refresh_from_db, {"DoesNotExist"}),
        "save": (theirs.save, {"ProgrammingError"}),
        "create": (
            lambda: objects.bulk_create([_copy(mine, organization_id=theirs.organization_id)]),
            {"ProgrammingError"},
        ),
    }
    if model._meta.label in APPEND_ONLY:
        return attempts
    return attempts | {
        "save fields": (lambda: theirs.save(update_fields=[name]), {"DatabaseError", "NotUpdated"}),
        "update": (lambda: objects.filter(pk=theirs.pk).update(**{name: getattr(mine, name)}), {"0"}),
        "bulk_update": (lambda: objects.bulk_update([theirs], [name]), {"0"}),
        "delete": (lambda: objects.filter(pk=theirs.pk).delete()[0], {"0"}),
        "delete row": (lambda: theirs.delete()[0], {"0"}),
        "move": (
            lambda: objects.filter(pk=mine.pk).update(organization=theirs.organization_id),
            {"ProgrammingError"},
        ),
        "upsert": (
            lambda: objects.bulk_create(
                [_copy(mine, pk=theirs.pk)],
                update_conflicts=True,
                unique_fields=["id"],
                update_fields=[name],
            ),
            # Another unique key may speak before the wall does; either way nothing is written.
            {"ProgrammingError", "IntegrityError"},
        ),
    }


def test_another_tenants_rows_are_not_there(world: World, other_world: World, covered: Covered) -> None:
    problems = []
    for model in tenant_models():
        with within(other_world.organization):
            theirs, before = first(model), model.objects.count()
        with within(world.organization):
            for what, (call, allowed) in _attempts(model, first(model), theirs).items():
                if (found := outcome(call)) not in allowed:
                    problems.append(f"{model._meta.label}.{what}: {found}")
        with within(other_world.organization):
            if model.objects.count() != before:
                problems.append(f"{model._meta.label}: another tenant's rows are gone")
    nothing_wrong(problems)
    covered("models tried across tenants by ORM", len(tenant_models()))


def _copy(row: Any, **changes: Any) -> Any:
    """Return an unsaved copy of a row under a new id."""
    other = copy.copy(row)
    other._state = copy.copy(row._state)
    other._state.adding = True
    for name, value in {"pk": uuid4(), **changes}.items():
        setattr(other, name, value)
    return other


def test_saving_never_moves_a_row(world: World, other_world: World) -> None:
    with within(world.organization):
        team = Team.objects.get(pk=world.team.pk)
        team.organization = other_world.organization
        team.name = "Moved"
        team.save()
        found = Team.objects.get(pk=team.pk)
        assert (found.organization_id, found.name) == (world.organization.pk, "Moved")


def test_get_or_create_does_not_find_another_tenants_row(world: World, other_world: World) -> None:
    with within(world.organization):
        team, created = Team.objects.get_or_create(slug="sales")
        assert (team.pk, created) == (world.team.pk, False)
        only_there = TeamFactory.create(organization=other_world.organization, slug="elsewhere")
        team, created = Team.objects.get_or_create(slug="elsewhere", defaults={"name": "Mine"})
        assert created
        assert team.pk != only_there.pk
        assert team.organization_id == world.organization.pk


def _refer(model: Model, field: Any, row: Any, target: Any) -> dict[str, Any]:
    """Return the changes that make a row refer to a target by one field."""
    others = EXCLUSIVE.get(model._meta.label, ())
    return {**(dict.fromkeys(others) if field.name in others else {}), field.name: target}


def test_another_tenants_row_cannot_be_referenced(world: World, other_world: World, covered: Covered) -> None:
    problems, tried = [], 0
    for model in tenant_models():
        for field in tenant_keys(model):
            tried += 1
            label = f"{model._meta.label}.{field.name}"
            with within(other_world.organization):
                target = first(field.related_model)
            with within(world.organization):
                row = first(model, field.name)
                changes = _refer(model, field, row, target)
                problems += [f"{label} {problem}" for problem in _validation(row, field, target)]
                written = _copy(row) if model._meta.label in APPEND_ONLY else row
                found = outcome(partial(_save, written, changes))
                if found != IntegrityError.__name__:
                    problems.append(f"{label} saved: {found}")
    nothing_wrong(problems)
    covered("references tried across tenants by ORM", tried)


def _save(row: Any, changes: dict[str, Any]) -> str:
    for name, value in changes.items():
        setattr(row, name, value)
    row.save()
    # Checked at commit; a test's savepoint checks it now.
    transaction.get_connection().check_constraints()
    return "saved"


def _validation(row: Any, field: Any, target: Any) -> list[str]:
    """Return what is wrong with the ValidationErrors of a row that refers to another tenant's row."""
    wrong = copy.copy(row)
    setattr(wrong, field.attname, target.pk)
    problems = []
    for what, call in (("full_clean", wrong.full_clean), ("validate_constraints", wrong.validate_constraints)):
        try:
            call()
        except ValidationError as error:
            if field.name not in error.message_dict:
                problems.append(f"{what}: {error.message_dict}")
        else:
            problems.append(f"{what}: went through")
    return problems


def test_joins_and_prefetches_stop_at_the_wall(world: World, other_world: World, covered: Covered) -> None:
    """Even while a wrong reference stands in the transaction, before the key refuses it at commit."""
    problems, tried = [], 0
    for model in tenant_models():
        if model._meta.label in APPEND_ONLY:
            continue
        for field in tenant_keys(model):
            tried += 1
            label = f"{model._meta.label}.{field.name}"
            with within(other_world.organization):
                target = first(field.related_model)
            with within(world.organization), transaction.atomic():
                row = first(model, field.name)
                model.objects.filter(pk=row.pk).update(**_refer(model, field, row, target))
                for what, objects in (
                    ("select_related", model.objects.select_related(field.name)),
                    ("prefetch_related", model.objects.prefetch_related(field.name)),
                    ("plain", model.objects.all()),
                ):
                    found = objects.filter(pk=row.pk).first()
                    try:
                        reached = getattr(found, field.name) if found is not None else None
                    except ObjectDoesNotExist:
                        reached = None
                    if reached is not None:
                        problems.append(f"{label} by {what}: reached {reached!r}")
                if model.objects.filter(**{f"{field.name}__organization": target.organization_id}).exists():
                    problems.append(f"{label}: filtered by another tenant's row")
                transaction.set_rollback(True)
            with within(other_world.organization):
                accessor = field.remote_field.get_accessor_name()
                if accessor and not accessor.endswith("+"):
                    theirs = first(field.related_model)
                    if getattr(theirs, accessor).filter(organization=world.organization).exists():
                        problems.append(f"{label}: reached backwards")
    nothing_wrong(problems)
    covered("joins and prefetches tried across tenants", tried)


def test_every_join_names_the_tenant_on_both_sides(world: World, covered: Covered) -> None:
    problems, tried = [], 0
    with within(world.organization):
        for model in tenant_models():
            table = model._meta.db_table
            for field in tenant_keys(model):
                tried += 1
                sql = str(model.objects.select_related(field.name).query)
                pattern = (
                    rf'JOIN "{field.related_model._meta.db_table}"(?: T\d+)? ON'
                    rf' \("{table}"."{field.column}" = (?P<alias>\S+)."id"'
                    rf' AND \((?P=alias)."organization_id" = \("{table}"."organization_id"\)\)\)'
                )
                if not re.search(pattern, sql):
                    problems.append(f"{model._meta.label}.{field.name}: {sql}")
    nothing_wrong(problems)
    covered("joins that name the tenant on both sides", tried)


def test_excluding_over_several_relations_names_the_tenant(world: World) -> None:
    with within(world.organization):
        without = Team.objects.exclude(team_memberships__membership__display_name=world.member.display_name)
        assert set(without) == {world.root_team}
        assert f'"organization_id" = ({world.organization.pk})' in str(without.query).partition("EXISTS")[2]
        assert set(Objective.objects.exclude(key_results__title=world.key_result.title)) == {
            world.organization_objective,
            world.private_objective,
        }


def test_deletions_and_updates_past_the_managers_name_the_tenant(
    world: World,
) -> None:
    with within(world.organization):
        with CaptureQueriesContext(connection) as captured:
            TeamMembership.objects.all().delete()
            Objective.objects.filter(key_results__title="nothing").update(description="")
            KeyResult.objects.filter(pk=world.milestone_key_result.pk).delete()
        statements = [query["sql"] for query in captured.captured_queries]
        writing = [sql for sql in statements if sql.startswith(("UPDATE", "DELETE"))]
    assert len(writing) >= 4
    assert [sql for sql in writing if f'"organization_id" = ({world.organization.pk})' not in sql] == []


def test_forms_offer_and_accept_only_rows_of_the_organization(world: World, other_world: World) -> None:
    # Built where no organization is known, as modules build them at import.
    form_class = modelform_factory(KeyResult, fields=["owner"])
    with within(world.organization):
        assert other_world.member.pk not in {row.pk for row in form_class().fields["owner"].queryset}
        assert form_class({"owner": str(world.member.pk)}, instance=world.key_result).is_valid()
        wrong = form_class({"owner": str(other_world.member.pk)}, instance=world.key_result)
        assert not wrong.is_valid()
        assert list(wrong.errors) == ["owner"]


def test_raw_queries_stop_at_the_wall(world: World, other_world: World) -> None:
    with within(world.organization):
        assert (
            list(Objective.objects.raw("SELECT * FROM okrs_objective WHERE id = %s", [other_world.objective.pk])) == []
        )
    with transaction.atomic():
        assert list(Objective.objects.raw("SELECT * FROM okrs_objective")) == []


@pytest.mark.django_db(transaction=True)
def test_a_wrong_reference_is_refused_at_commit_and_nothing_stays(world: World, other_world: World) -> None:
    with pytest.raises(IntegrityError, match="okrs_keyresult_owner_key"), within(world.organization):
        KeyResult.objects.filter(pk=world.key_result.pk).update(owner=other_world.member.pk, title="Stolen")
    with within(world.organization):
        assert KeyResult.objects.get(pk=world.key_result.pk).owner_id == world.member.pk
        assert not KeyResult.objects.filter(title="Stolen").exists()


def test_a_row_for_another_tenant_is_refused_in_the_statement(world: World, other_world: World) -> None:
    with within(world.organization), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Team.objects.create(organization=other_world.organization, name="Planted", slug="planted")
