"""Telling the sweeper that an organization has work to do."""

from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

from okrapp.celery import app
from okrapp.tenancy.context import require_organization_id, system_context
from organizations.models import Dispatch
from organizations.queries.dispatch import due_by
from organizations.registry import registry

# How long a task that was handed out may take to begin before it is handed out again.
LEASE = timedelta(minutes=10)
_SCHEDULE = """
INSERT INTO organizations_dispatch AS present (organization_id, kind, due_at) VALUES (%s, %s, %s)
ON CONFLICT (organization_id, kind) DO UPDATE SET due_at = EXCLUDED.due_at WHERE present.due_at > EXCLUDED.due_at
"""


def schedule(*, kind: str, due_at: datetime) -> None:
    """Say that the organization in context has work of a kind to do at a time; the earlier time wins.

    Side effects: one row of the dispatch table, in the running transaction.
    """
    with connection.cursor() as cursor:
        # One statement that waits for a task which is just beginning (and deletes the row): looking first and writing
        # afterwards would miss it, and with it the work of a change that this task did not see yet.
        cursor.execute(_SCHEDULE, [require_organization_id(), kind, due_at])


def begin(*, kind: str) -> None:
    """Take the organization's work of a kind off the table; the task calls it first, in its own transaction.

    Only now, because a task that was handed out may never arrive. If the task fails, the row stands again.
    """
    Dispatch.objects.filter(organization_id=require_organization_id(), kind=kind).delete()


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
