"""The search functions see past row-level security and so must keep the wall themselves."""

from collections.abc import Callable

import pytest
from django.db import transaction

from okrapp.tenancy.context import reader_context, system_context
from okrs.enums import Visibility
from okrs.models import KeyResult, Objective
from organizations.models import Membership, Team
from tests.contracts import catalogue
from tests.contracts.catalogue import rows
from tests.factories.organizations import MembershipFactory, TeamFactory
from tests.factories.worlds import World, user_of, within

pytestmark = [pytest.mark.usefixtures("route"), pytest.mark.django_db, pytest.mark.raw_sql]

FUNCTIONS = ("organizations_search", "okrs_search")
EVERYTHING = 10_000


def found(function: str, wanted: str, reader: Membership | None = None) -> set[tuple[str, str]]:
    """Return (kind, id) of everything a function finds; for OKRs, as a reader finds it."""
    values: list[object] = [wanted, EVERYTHING]
    if function.endswith("okrs_search"):
        values += [reader.pk if reader else None, reader.user_id if reader else None]
    marks = ", ".join(["%s"] * len(values))
    return {(kind, str(id_)) for kind, id_, *_ in rows(f"SELECT * FROM {function}({marks})", values)}


def searchable(function: str) -> set[tuple[str, str]]:
    """Return what a function may find in the organization in context."""
    kinds = {
        "organizations_search": {"team": Team.objects.current(), "member": Membership.objects.active()},
        "okrs_search": {
            "objective": Objective.objects.current().open(),
            "key_result": KeyResult.objects.current().filter(objective__visibility=Visibility.OPEN),
        },
    }[function]
    return {(kind, str(row.pk)) for kind, objects in kinds.items() for row in objects}


def test_each_organization_finds_exactly_its_own_rows(
    world: World, other_world: World, covered: Callable[[str, int], None]
) -> None:
    number = 0
    for function in FUNCTIONS:
        for one in (world, other_world):
            with within(one.organization):
                assert found(function, "") == searchable(function)
                number += len(searchable(function))
    covered("rows found by search, all of one's own organization", number)


def test_nothing_is_found_without_an_organization(world: World, other_world: World) -> None:
    for function in FUNCTIONS:
        assert found(function, "") == set()
        with transaction.atomic():
            assert found(function, "") == set()
        with system_context("a test of what it hides"):
            assert found(function, "") == set()
        with reader_context(user_of(world.member).pk):
            assert found(function, "") == set()
        # An organization that was left, in the same transaction.
        with transaction.atomic():
            with within(world.organization):
                assert found(function, "")
            assert found(function, "") == set()


def test_names_of_another_organization_are_not_found(world: World, other_world: World) -> None:
    with within(world.organization):
        assert found("organizations_search", "acme")
        assert found("organizations_search", "globex") == set()
        assert found("okrs_search", "acme")
        assert found("okrs_search", "globex") == set()


@pytest.mark.parametrize(
    "typed",
    [
        "x' OR true --",
        "') UNION SELECT 'member', id, display_name, '' FROM organizations_membership --",
        "$search$; SELECT 1; $search$",
        "%",
        "_",
        "\\",
    ],
)
def test_what_is_typed_is_only_text(world: World, other_world: World, typed: str) -> None:
    with within(world.organization):
        own = {function: searchable(function) for function in FUNCTIONS}
        for function in FUNCTIONS:
            assert found(function, typed) <= own[function]


def test_neither_search_path_nor_temporary_tables_of_the_caller_change_anything(
    world: World, other_world: World
) -> None:
    with within(world.organization):
        expected = found("organizations_search", "")
        catalogue.touched("CREATE TEMPORARY TABLE organizations_team (LIKE organizations_team)")
        catalogue.touched("SET LOCAL search_path = pg_temp, public")
        assert found("public.organizations_search", "") == expected
        transaction.set_rollback(True)


def test_archived_and_deactivated_rows_are_not_found(world: World) -> None:
    with within(world.organization):
        team = TeamFactory.create(name="Gone team", archived_at=world.check_in.at)
        person = MembershipFactory.create(display_name="Gone person", deactivated_at=world.check_in.at)
        assert {str(team.pk), str(person.pk)}.isdisjoint(id_ for _, id_ in found("organizations_search", "gone"))
        Objective.objects.filter(pk=world.objective.pk).update(archived_at=world.check_in.at)
        assert {kind for kind, _ in found("okrs_search", "acme")} == {"objective"}


def test_private_objectives_are_found_by_those_who_may_see_them(world: World) -> None:
    with within(world.organization):
        private = {("objective", str(world.private_objective.pk)), ("key_result", str(world.private_key_result.pk))}
        for reader in (world.lead, world.plo):
            assert private <= found("okrs_search", "private", reader)
        for reader in (world.member, world.administrator, world.placeholder):
            assert private.isdisjoint(found("okrs_search", "private", reader))
