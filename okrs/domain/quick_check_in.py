"""Checking in from a mail: once for each mail, however often its link is used."""

from datetime import datetime
from typing import Any

from django.db import transaction

from okrs.domain.check_in import check_in
from okrs.domain.key_result import lock_key_result
from okrs.models import CheckIn, KeyResult
from organizations.actor import Actor


def check_in_once(*, actor: Actor, key_result: KeyResult, since: datetime, **said: Any) -> CheckIn | None:
    """Check in as `check_in` does, unless anybody has since a moment; returns None then, and nothing changes.

    Sent twice, also at the same moment, it is one check-in. Each key result is a transaction of its own: several of
    them carrying progress upwards in one would hold locks of what stands above while waiting for the next below.
    Raises Refused and has the side effects of `check_in`.
    """
    with transaction.atomic():
        lock_key_result(key_result.pk)
        if CheckIn.objects.standing().filter(key_result=key_result, at__gt=since).exists():
            return None
        return check_in(actor=actor, key_result=key_result, **said)
