"""What stands in the database: walls, policies, keys, and what the application role may do."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.db import ProgrammingError, connection, transaction

from okrapp.tenancy.catalogue import GLOBAL_TABLES
from okrapp.tenancy.fields import TenantForeignKey
from okrapp.tenancy.operations import SEARCH_ROLE
from okrapp.tenancy.wall import breaches
from tests.contracts import catalogue
from tests.contracts.catalogue import TENANT_COLUMN, Policy, rows
from tests.contracts.report import nothing_wrong
from tests.factories.worlds import tenant_models

pytestmark = [pytest.mark.django_db, pytest.mark.raw_sql]

Covered = Callable[[str, int], None]

CONDITION = f"({TENANT_COLUMN} = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)"
OWN_CONDITION = "(user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::bigint)"
# Tables whose users may read their own rows in every organization. Adding one is a decision about security.
TABLES_WITH_OWN_ROWS = {"organizations_membership"}
# What tenant rows may point at past the tenant: the directory, and who signs in.
GLOBAL_TARGETS = {"organizations_organization", "organizations_user", "auth_permission"}
# Composite keys that point at another column than the id: a grant's user must be a member here.
BY_OTHER_COLUMN = {("okrs_objectivegrant", "user_id"): "user_id"}
# Indexes that do not begin with the organization.
OTHER_INDEXES = {
    # The switcher finds a user's memberships in every organization.
    "organizations_member_user",
}
# Tables the application may only append to, and tables it may not touch.
APPEND_ONLY = {"organizations_auditentry", "rollout_pilotdecision"}
CLOSED = {"guardian_userobjectpermission", "guardian_groupobjectpermission"}
# Functions that see past the wall; each filters by the tenant itself, and test_search.py says so.
SEARCHING = {"okrs_search", "organizations_search"}
# Functions that count over all organizations, and all they return: ids of organizations, fixed words, numbers, times.
COUNTING = {
    "notifications_outboxes": (
        "TABLE(organization_id bigint, channel text, state text, deliveries bigint, oldest timestamp with time zone)"
    )
}


def test_every_table_is_walled_or_on_the_literal_list(covered: Covered) -> None:
    everything, walled = set(catalogue.all_tables()), set(catalogue.walled_tables())
    assert everything - walled == set(GLOBAL_TABLES)
    assert walled == {model._meta.db_table for model in tenant_models()}
    assert not walled & set(GLOBAL_TABLES)
    assert breaches(connection) == []
    covered("tables of the catalogue", len(everything))
    covered("tables walled", len(walled))
    covered("tables on the literal list of global ones", len(GLOBAL_TABLES))


def test_exactly_the_known_policies_exist(covered: Covered) -> None:
    expected = []
    for table in catalogue.walled_tables():
        expected.append(Policy(table, f"{table}_wall", True, "ALL", ("public",), CONDITION, CONDITION))
        if table in TABLES_WITH_OWN_ROWS:
            expected.append(Policy(table, f"{table}_wall_own", True, "SELECT", ("public",), OWN_CONDITION, None))
    assert catalogue.policies() == expected
    covered("policies", len(expected))


def test_keys_of_walled_tables(covered: Covered) -> None:
    unique = {
        (table, tuple(names))
        for table, names in rows(
            "SELECT k.conrelid::regclass::text, ARRAY(SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY"
            " AS c(number, place) JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = c.number"
            " ORDER BY place) FROM pg_constraint k WHERE k.contype = 'u'"
        )
    }
    defaults = {
        (table, column)
        for table, column in rows(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND (is_identity = 'YES' OR column_default LIKE 'nextval%')"
        )
    }
    problems = []
    for table in catalogue.walled_tables():
        columns = catalogue.columns(table)
        if not columns.get(TENANT_COLUMN):
            problems.append(f"{table}: {TENANT_COLUMN} is missing or may be NULL")
        if (table, (TENANT_COLUMN, "id")) not in unique:
            problems.append(f"{table}: no UNIQUE ({TENANT_COLUMN}, id) for others to point at")
        if any(name == table for name, _ in defaults):
            problems.append(f"{table}: an identity column or sequence, which a distributed table cannot have")
    for table, name, primary, first in rows(
        "SELECT i.indrelid::regclass::text, c.relname::text, i.indisprimary, a.attname::text FROM pg_index i"
        " JOIN pg_class c ON c.oid = i.indexrelid"
        " JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]"
        " WHERE i.indrelid::regclass::text = ANY(%s)",
        [catalogue.walled_tables()],
    ):
        if first != TENANT_COLUMN and not primary and name not in OTHER_INDEXES:
            problems.append(f"{table}: the index {name} begins with {first}")
    nothing_wrong(problems)


def test_references_between_tenant_rows_are_composite(covered: Covered) -> None:
    walled = set(catalogue.walled_tables())
    problems, composite = [], set()
    for key in catalogue.foreign_keys():
        if key.table not in walled:
            if key.target in walled:
                problems.append(f"{key.table}.{key.name}: a global table points at a tenant row")
            continue
        if key.on_delete != "a":
            problems.append(f"{key.table}.{key.name}: acts past row-level security when the target goes")
        if key.target in walled:
            if len(key.columns) != 2 or dict(zip(key.columns, key.target_columns, strict=True)) != {
                TENANT_COLUMN: TENANT_COLUMN,
                key.column: BY_OTHER_COLUMN.get((key.table, key.column), "id"),
            }:
                problems.append(f"{key.table}.{key.name}: {key.columns} does not carry the tenant")
            composite.add((key.table, key.column))
        elif key.target not in GLOBAL_TARGETS:
            problems.append(f"{key.table}.{key.name}: points at {key.target}")
    nothing_wrong(problems)
    fields = {
        (model._meta.db_table, field.column)
        for model in tenant_models()
        for field in model._meta.local_fields
        if isinstance(field, TenantForeignKey)
    }
    assert composite == fields | set(BY_OTHER_COLUMN)
    covered("composite foreign keys", len(composite))


def test_models_use_no_relation_that_steps_around_the_wall() -> None:
    problems = []
    for model in tenant_models():
        for field in model._meta.get_fields():
            if field.many_to_many and not field.auto_created:
                problems.append(f"{model._meta.label}.{field.name}: an automatic table of its own")
            if field.is_relation and field.related_model is None:
                problems.append(f"{model._meta.label}.{field.name}: a generic relation")
        managers = {manager.name for manager in model._meta.managers}
        # Read in reader_context() only; test_transactions.py shows what it sees.
        allowed = {"objects"} | ({"across_organizations"} if model._meta.model_name == "membership" else set())
        if managers != allowed or model._base_manager.name != "objects":
            problems.append(f"{model._meta.label}: managers {managers}, base {model._base_manager.name}")
    nothing_wrong(problems)


def test_the_application_role_is_nobody_special() -> None:
    assert connection.settings_dict["USER"] == settings.DATABASE_APPLICATION_ROLE
    assert rows(
        "SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolreplication FROM pg_roles"
        " WHERE rolname = current_user"
    ) == [(False, False, False, False, False)]
    assert catalogue.value("SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole") == 0
    assert catalogue.value("SELECT count(*) FROM pg_namespace WHERE nspowner = current_user::regrole") == 0
    assert catalogue.value("SELECT count(*) FROM pg_proc WHERE proowner = current_user::regrole") == 0
    # A member of no role: neither the owner's rights nor the search role's can be taken on.
    assert rows("SELECT roleid::regrole::text FROM pg_auth_members WHERE member = current_user::regrole") == []


def test_the_application_role_has_exactly_the_rights_it_needs(covered: Covered) -> None:
    expected: dict[str, set[str]] = {}
    for table in catalogue.all_tables():
        if table in CLOSED:
            expected[table] = set()
        elif table in APPEND_ONLY:
            expected[table] = {"SELECT", "INSERT"}
        else:
            expected[table] = {"SELECT", "INSERT", "UPDATE", "DELETE"}
    actual = {
        table: {
            right
            for right in ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER", "MAINTAIN")
            if catalogue.value("SELECT has_table_privilege(%s, %s)", [table, right])
        }
        for table in catalogue.all_tables()
    }
    # Django's table of migrations is older than the default privileges of its database.
    expected["django_migrations"] = actual["django_migrations"] - {"TRUNCATE", "REFERENCES", "TRIGGER", "MAINTAIN"}
    assert actual == expected
    covered("tables whose rights of the application role are known", len(actual))


@pytest.mark.parametrize(
    "statement",
    [
        "TRUNCATE okrs_initiative",
        "ALTER TABLE okrs_objective DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE okrs_objective NO FORCE ROW LEVEL SECURITY",
        "DROP POLICY okrs_objective_wall ON okrs_objective",
        "CREATE POLICY open ON okrs_objective USING (true)",
        "CREATE TABLE loot (id int)",
        "UPDATE organizations_auditentry SET verb = 'forged'",
        "DELETE FROM organizations_auditentry",
        "SELECT * FROM guardian_userobjectpermission",
        "INSERT INTO guardian_groupobjectpermission (object_pk) VALUES ('1')",
        f"SET ROLE {SEARCH_ROLE}",
        "SET SESSION AUTHORIZATION postgres",
        "ALTER FUNCTION okrs_search SECURITY INVOKER",
    ],
)
def test_the_application_role_cannot(statement: str) -> None:
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner|must be able"), transaction.atomic():
        catalogue.touched(statement)


def test_the_application_role_cannot_become_the_owner() -> None:
    owner = connection.ops.quote_name(settings.DATABASE_OWNER["USER"])
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        catalogue.touched(f"SET ROLE {owner}")


def test_row_security_off_raises_instead_of_opening() -> None:
    with transaction.atomic():
        catalogue.touched("SET LOCAL row_security = off")
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            rows("SELECT * FROM okrs_objective")
        catalogue.touched("SET LOCAL row_security = on")


def test_only_known_functions_see_past_the_wall(covered: Covered) -> None:
    found = rows(
        "SELECT p.proname, p.proowner::regrole::text, p.proconfig, p.provolatile FROM pg_proc p"
        " JOIN pg_namespace n ON n.oid = p.pronamespace"
        " WHERE p.prosecdef AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' ORDER BY 1"
    )
    assert found == [
        (name, SEARCH_ROLE, ["search_path=pg_catalog, public, pg_temp"], "s")
        for name in sorted(SEARCHING | set(COUNTING))
    ]
    returns = "SELECT proname, pg_get_function_result(oid) FROM pg_proc WHERE proname = ANY(%s)"
    assert dict(rows(returns, [list(COUNTING)])) == COUNTING
    covered("functions that see past the wall", len(found))


def test_nobody_signs_in_as_the_search_role_and_it_only_reads_what_is_searched() -> None:
    assert rows("SELECT rolcanlogin, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = %s", [SEARCH_ROLE]) == [
        (False, False, True)
    ]
    grants = rows(
        "SELECT c.relname::text, a.privilege_type FROM pg_class c, aclexplode(c.relacl) a"
        " WHERE a.grantee = %s::regrole ORDER BY 1",
        [SEARCH_ROLE],
    )
    assert grants == [
        (table, "SELECT")
        for table in (
            "okrs_cycle",
            "okrs_keyresult",
            "okrs_objective",
            "okrs_objectivegrant",
            "organizations_membership",
            "organizations_team",
        )
    ]
    # Where it counts it may read what it counts by, and nothing of what is said to whom.
    columns = rows(
        "SELECT c.relname::text, a.attname::text, x.privilege_type FROM pg_attribute a"
        " JOIN pg_class c ON c.oid = a.attrelid, aclexplode(a.attacl) x WHERE x.grantee = %s::regrole ORDER BY 1, 2",
        [SEARCH_ROLE],
    )
    assert columns == [
        ("notifications_delivery", column, "SELECT") for column in ("channel", "due_at", "organization_id", "state")
    ]
    assert catalogue.value("SELECT has_schema_privilege(%s, 'public', 'CREATE')", [SEARCH_ROLE]) is False
