"""Looking at the wall as it stands in the database."""

import re
from dataclasses import dataclass
from typing import Any

from okrapp.tenancy.catalogue import GLOBAL_TABLES

ROLE_SQL = "SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"

# Views and foreign tables too: a view reads with its owner's rights. Tables of other schemas carry their schema.
TABLES_SQL = """
SELECT CASE n.nspname WHEN 'public' THEN c.relname::text ELSE n.nspname || '.' || c.relname END,
       c.relrowsecurity AND c.relforcerowsecurity,
       ARRAY(SELECT concat_ws(' ', p.polname, p.polcmd, pg_get_expr(p.polqual, c.oid),
                              pg_get_expr(p.polwithcheck, c.oid))
             FROM pg_policy p WHERE p.polrelid = c.oid AND p.polpermissive ORDER BY p.polname),
       pg_has_role(current_user, c.relowner, 'USAGE')
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
ORDER BY 1
"""


# What TenantWall makes, as PostgreSQL prints it: name, command (* all, r SELECT) and conditions.
_TENANT = "(organization_id = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)"
_WALL = "{table}_wall * " + f"{_TENANT} {_TENANT}"
_OWN_ROWS = re.compile(
    r"(?P<table>\w+)_wall_own r"
    r" \(\w+_id = \(NULLIF\(current_setting\('app\.user_id'::text, true\), ''::text\)\)::bigint\)"
)


@dataclass(frozen=True)
class TableWall:
    """What protects one table: `walled` means enabled and forced, with the known policies and no other.

    Permissive policies are OR-ed, so names alone would not do.
    """

    name: str
    forced: bool
    policies: tuple[str, ...]
    owned: bool

    @property
    def walled(self) -> bool:
        """Whether the wall stands around this table."""
        if not self.forced or not self.policies or self.policies[0] != _WALL.format(table=self.name):
            return False
        others = [_OWN_ROWS.fullmatch(policy) for policy in self.policies[1:]]
        return len(others) <= 1 and all(own is not None and own["table"] == self.name for own in others)


def tables(connection: Any) -> list[TableWall]:
    """Return every table and view outside of PostgreSQL's own schemas with what protects it."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES_SQL)
        return [TableWall(name, forced, tuple(policies), owned) for name, forced, policies, owned in cursor.fetchall()]


def breaches(connection: Any) -> list[str]:
    """Return what is wrong with the wall as the connected role meets it, one sentence each; empty when it stands."""
    with connection.cursor() as cursor:
        cursor.execute(ROLE_SQL)
        superuser, bypasses = cursor.fetchone()
    found = []
    if superuser or bypasses:
        found.append(
            "The database role is a superuser or bypasses row-level security. "
            "Set DATABASE_URL to the application role, which has neither right."
        )
    for table in tables(connection):
        if table.owned:
            found.append(f"The database role owns the table {table.name}; it must own nothing.")
        if table.name not in GLOBAL_TABLES and not table.walled:
            found.append(f"The table {table.name} is neither walled nor on the list of global tables.")
    return found
