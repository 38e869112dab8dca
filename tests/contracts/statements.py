"""Every statement on a tenant table names the organization; watched while the tests run the product's own code.

Row-level security would hide a mistake; a distributed table, and the planner, would not.
"""

import hashlib
import re
from functools import lru_cache
from typing import Any

from tests.factories.worlds import tenant_models

# Statements that rightly name no organization, by what they look like, and why.
EXCEPTIONS = {
    re.compile(
        r'SELECT [^()]* FROM "organizations_membership" INNER JOIN "organizations_organization" ON \([^()]*\)'
        r' WHERE \("organizations_membership"\."deactivated_at" IS NULL'
        r' AND "organizations_membership"\."user_id" = %s\)$'
    ): "the organizations one may switch to: one's own memberships everywhere, in reader_context()",
}

_SOURCE = re.compile(
    r'\b(?:FROM|JOIN|UPDATE|INTO|ONLY)\s+"?(?P<table>\w+)"?'
    r"(?:\s+(?:AS\s+)?(?!ON\b|WHERE\b|SET\b|INNER\b|LEFT\b|JOIN\b|CROSS\b|ORDER\b|GROUP\b|LIMIT\b|FOR\b|UNION\b|USING\b)"
    r'"?(?P<alias>[A-Za-z]\w*)"?)?',
    re.IGNORECASE,
)


def _names_tenant(sql: str, table: str, alias: str | None) -> bool:
    """Return whether a statement compares the organization of one of its tables."""
    name = re.escape(alias or table)
    column = rf'(?:"?{name}"?\.)"?organization_id"?'
    if re.search(rf"{column}\s*(?:=|IN\b)", sql) or re.search(rf"=\s*\(?\s*{column}", sql):
        return True
    # Written by hand on a single table, without its name in front.
    return alias is None and re.search(r'(?<![."\w])"?organization_id"?\s*(?:=|IN\b)', sql) is not None


@lru_cache(maxsize=10_000)
def offences(sql: str) -> tuple[str, ...]:
    """Return the tenant tables of a statement whose organization it does not name."""
    walled = _walled()
    if any(pattern.match(sql) for pattern in EXCEPTIONS):
        return ()
    if sql.lstrip().upper().startswith("INSERT"):
        target = _SOURCE.search(sql)
        columns = sql.partition("(")[2].partition(")")[0]
        if target and target["table"] in walled and "organization_id" not in columns:
            return (target["table"],)
        return ()
    return tuple(
        source["table"]
        for source in _SOURCE.finditer(sql)
        if source["table"] in walled and not _names_tenant(sql, source["table"], source["alias"])
    )


@lru_cache(maxsize=10_000)
def _digest(sql: str) -> str:
    """Return what tells a statement on tenant tables from others; empty for one on other tables."""
    if not any(source["table"] in _walled() for source in _SOURCE.finditer(sql)):
        return ""
    return hashlib.md5(sql.encode(), usedforsecurity=False).hexdigest()[:12]


@lru_cache(maxsize=1)
def _walled() -> frozenset[str]:
    return frozenset(model._meta.db_table for model in tenant_models())


class Watch:
    """An execute wrapper that remembers the statements which name no organization, and how many it saw."""

    def __init__(self) -> None:
        self.seen: set[str] = set()
        self.offending: dict[str, tuple[str, ...]] = {}

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        text = str(sql)
        if text not in self.seen:
            self.seen.add(text)
            if found := offences(text):
                self.offending[text] = found
        return execute(sql, params, many, context)

    @property
    def digests(self) -> set[str]:
        """What tells the different statements on tenant tables that were looked at."""
        return {digest for digest in map(_digest, self.seen) if digest}
