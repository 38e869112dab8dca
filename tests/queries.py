"""Counting statements as the budgets do: SAVEPOINT, RELEASE and SET LOCAL are not counted."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext

_FREE = ("SAVEPOINT", "RELEASE", "ROLLBACK TO", "SET LOCAL", "BEGIN", "COMMIT")


@contextmanager
def exactly(number: int) -> Iterator[None]:
    """Fail unless the block sends exactly so many statements; the failure lists them."""
    with CaptureQueriesContext(
        connection,
    ) as captured:
        yield
    sent = [query["sql"] for query in captured if not query["sql"].lstrip().upper().startswith(_FREE)]
    assert len(sent) == number, f"{len(sent)} statements instead of {number}:\n" + "\n".join(
        sql[:300] for sql in sent[:25]
    )
