"""Looking at the wall as it stands in the database."""

from dataclasses import dataclass
from typing import Any

from okrapp.tenancy.catalogue import GLOBAL_TABLES

ROLE_SQL = "SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"

TABLES_SQL = """
SELECT c.relname,
       c.relrowsecurity AND c.relforcerowsecurity,
       ARRAY(SELECT p.polname::text FROM pg_policy p WHERE p.polrelid = c.oid AND p.polpermissive ORDER BY 1),
       pg_has_role(current_user, c.relowner, 'USAGE')
FROM pg_class c
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
ORDER BY 1
"""


@dataclass(frozen=True)
class TableWall:
    """What protects one table: `walled` means enabled and forced with policies of known names."""

    name: str
    forced: bool
    policies: tuple[str, ...]
    owned: bool

    @property
    def walled(self) -> bool:
        return self.forced and self.policies in (
            (f"{self.name}_wall",),
            (f"{self.name}_wall", f"{self.name}_wall_own"),
        )


def tables(connection: Any) -> list[TableWall]:
    """Return every table of the public schema with what protects it."""
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
