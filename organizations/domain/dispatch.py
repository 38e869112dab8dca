"""Telling the sweeper that an organization has work to do."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from okrapp.celery import app
from okrapp.tenancy.context import require_organization_id, system_context
from organizations.models import Dispatch
from organizations.registry import registry


def schedule(*, kind: str, due_at: datetime) -> None:
    """Say that the organization in context has work of a kind to do at a time; the earlier time wins.

    Side effects: one row of the dispatch table, in the running transaction.
    """
    organization_id = require_organization_id()
    row, created = Dispatch.objects.get_or_create(
        organization_id=organization_id, kind=kind, defaults={"due_at": due_at}
    )
    if not created and row.due_at > due_at:
        Dispatch.objects.filter(organization_id=organization_id, kind=kind, due_at__gt=due_at).update(due_at=due_at)


def hand_out_due(limit: int = 1000) -> int:
    """Queue the task of each dispatch that is due, and take it off the table. Returns how many.

    Each task enters its own organization. Rows another sweeper holds are skipped, so two sweepers hand out nothing
    twice; tasks reschedule themselves.
    """
    with system_context("dispatch: which organizations have work to do"), transaction.atomic():
        due = list(
            Dispatch.objects.select_for_update(skip_locked=True)
            .filter(due_at__lte=timezone.now(), kind__in=registry.dispatch_tasks)
            .order_by("due_at")[:limit]
        )
        Dispatch.objects.filter(pk__in=[row.pk for row in due]).delete()
        for row in due:
            name, organization_id = registry.dispatch_tasks[row.kind], row.organization_id
            transaction.on_commit(
                lambda name=name, organization_id=organization_id: app.send_task(
                    name, kwargs={"organization_id": organization_id}
                )
            )
    return len(due)
