"""Telling the sweeper that an organization has work to do."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

from okrapp.celery import app
from okrapp.tenancy.context import before_leaving, require_organization_id, system_context, tenant_memo
from organizations.models import Dispatch
from organizations.queries.dispatch import due_by
from organizations.registry import registry

# How long a task that was handed out may take to begin before it is handed out again.
LEASE = timedelta(minutes=10)
# Where a context keeps what it will have changed.
_CHANGES = "dispatch"
# Whoever schedules makes it a new row: so a task that began with the former one does not take it off.
_SCHEDULE = """
INSERT INTO organizations_dispatch AS present (organization_id, kind, due_at) VALUES (%s, %s, %s)
ON CONFLICT (organization_id, kind) DO UPDATE SET id = DEFAULT, due_at = LEAST(present.due_at, EXCLUDED.due_at)
"""


def schedule(*, kind: str, due_at: datetime) -> None:
    """Say that the organization in context has work of a kind to do at a time; the earlier time wins.

    Side effects: one row of the dispatch table, in the running transaction, written as its last statement. Scheduled by
    what a savepoint takes back, a task comes once for nothing.
    """
    scheduled = _changes().scheduled
    scheduled[kind] = min(due_at, scheduled.get(kind, due_at))


def begin(*, kind: str) -> None:
    """Take the organization's work of a kind off the table; the task calls it first, in its own transaction.

    Only now, because a task that was handed out may never arrive. If the task fails, the row stands. So it does when
    anybody schedules meanwhile, for the task may not have seen their work: the row is remembered here, deleted at the
    end, and not if it is another one by then. Nobody waits for the task, and it waits for nobody.
    """
    rows = Dispatch.objects.filter(organization_id=require_organization_id(), kind=kind)
    changes = _changes()
    changes.scheduled.pop(kind, None)
    changes.begun[kind] = rows.values_list("pk", flat=True).first()


@dataclass(slots=True)
class _Changes:
    """What a transaction will have changed of the organization's rows of the table.

    There is one row for each kind: locked early, it would let all who tell somebody something wait for each other, and
    end in deadlocks with what else they lock.
    """

    organization_id: int
    scheduled: dict[str, datetime] = field(default_factory=dict)
    begun: dict[str, int | None] = field(default_factory=dict)

    def write(self) -> None:
        del tenant_memo()[_CHANGES]
        # In one order: whoever holds one of the rows by now waits for nothing but the next ones.
        for kind in sorted({*self.scheduled, *self.begun}):
            row = self.begun.get(kind)
            if row is not None:
                Dispatch.objects.filter(pk=row).delete()
            if kind in self.scheduled:
                with connection.cursor() as cursor:
                    cursor.execute(_SCHEDULE, [self.organization_id, kind, self.scheduled[kind]])


def _changes() -> _Changes:
    organization_id = require_organization_id()
    changes = tenant_memo().get(_CHANGES)
    if changes is None:
        changes = tenant_memo()[_CHANGES] = _Changes(organization_id)
        before_leaving(changes.write)
    return changes


def hand_out_due(limit: int = 1000) -> int:
    """Queue the task of each dispatch that is due. Returns how many.

    Each task enters its own organization. A row that was handed out is due again after LEASE, so work is late but
    never lost when the broker, this process or a worker dies in between; tasks are written so that twice does no harm.
    Rows another sweeper holds are skipped, and so are nearly all of closed organizations (due_by).
    """
    now = timezone.now()
    with system_context("dispatch: which organizations have work to do"), transaction.atomic():
        due = list(due_by(now).select_for_update(skip_locked=True, of=("self",)).order_by("due_at")[:limit])
        Dispatch.objects.filter(pk__in=[row.pk for row in due]).update(due_at=now + LEASE)
    for row in due:
        app.send_task(registry.dispatch_tasks[row.kind], kwargs={"organization_id": row.organization_id})
    return len(due)
