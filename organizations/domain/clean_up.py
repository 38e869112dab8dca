"""Throwing away what is kept for a while only."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from organizations.domain.dispatch import begin, schedule
from organizations.models import IdempotentRequest, ImportRun
from organizations.registry import registry

DISPATCH_KIND = "clean-up"
IDEMPOTENT_REQUESTS = timedelta(days=1)
IMPORTED_FILES = timedelta(days=30)
EVERY = timedelta(days=1)


def clean_up() -> tuple[int, int]:
    """Delete answers to old idempotent requests, and the files of old imports; what became of them stays.

    Other apps throw away theirs in the same transaction (organizations.registry). Returns how many of each of the two.
    Side effects: comes back tomorrow, through the dispatch table.
    """
    now = timezone.now()
    with transaction.atomic():
        begin(kind=DISPATCH_KIND)
        answers, _by_table = IdempotentRequest.objects.filter(created_at__lt=now - IDEMPOTENT_REQUESTS).delete()
        files = ImportRun.objects.filter(created_at__lt=now - IMPORTED_FILES).exclude(content=b"").update(content=b"")
        for throw_away in registry.cleaning:
            throw_away()
        schedule(kind=DISPATCH_KIND, due_at=now + EVERY)
    return answers, files


def begin_cleaning_up() -> None:
    """Make the organization in context known to the sweeper; called when it is founded."""
    schedule(kind=DISPATCH_KIND, due_at=timezone.now() + EVERY)
