"""Checking in from a mail: once for each mail, however often its link is used."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from okrs.domain.check_in import check_in
from okrs.domain.key_result import lock_key_result
from okrs.domain.rollup import roll_up
from okrs.models import CheckIn, KeyResult
from organizations.actor import Actor
from organizations.errors import Refused


def check_in_each(
    *, actor: Actor, wanted: Iterable[tuple[KeyResult, Mapping[str, Any]]], since: datetime
) -> dict[UUID, CheckIn | Refused | None]:
    """Check in on several key results as check_in_once does; what is refused keeps no other from being saved.

    Returns what became of each: the check-in, None where somebody was faster, or why it was refused. A request is one
    transaction, so progress is carried upwards after the last of them: else locks of what stands above would be held
    while waiting for the next below. Side effects of `check_in`.
    """
    found: dict[UUID, CheckIn | Refused | None] = {}
    with transaction.atomic():
        moved = set()
        for key_result, said in sorted(wanted, key=lambda one: one[0].pk):
            try:
                entry = check_in_once(actor=actor, key_result=key_result, since=since, carries=False, **said)
            except Refused as refused:
                found[key_result.pk] = refused
                continue
            found[key_result.pk] = entry
            if entry is not None:
                moved.add(key_result.objective_id)
        roll_up(moved)
    return found


def check_in_once(*, actor: Actor, key_result: KeyResult, since: datetime, **said: Any) -> CheckIn | None:
    """Check in as `check_in` does, unless anybody has since a moment; returns None then, and nothing changes.

    Sent twice, also at the same moment, it is one check-in. Raises Refused and has the side effects of `check_in`.
    """
    with transaction.atomic():
        lock_key_result(key_result.pk)
        if CheckIn.objects.standing().filter(key_result=key_result, at__gt=since).exists():
            return None
        return check_in(actor=actor, key_result=key_result, **said)
