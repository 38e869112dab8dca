"""What is sent twice, by a double click or because the answer got lost on the way, is written once.

Programs have the header Idempotency-Key for it; a form has nothing of the kind, so the words themselves tell.
"""

from datetime import timedelta
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.utils import timezone

from okrapp.tenancy.locks import lock_in_organization
from organizations.actor import Actor

# Whoever writes the same words of their own accord takes longer, or had them answered or removed meanwhile.
AGAIN_WITHIN = timedelta(seconds=60)

M = TypeVar("M", bound=Model)


def lock_sender(actor: Actor) -> None:
    """Let an actor send one thing at a time: wait for, and hold until the transaction ends, a lock of theirs.

    For what has no row yet that could be locked. Taken before any other lock.
    """
    if actor.membership is not None:
        lock_in_organization(f"roles.sent.{actor.membership.pk}")


def sent_before(
    rows: QuerySet[M], actor: Actor, *, at: str = "created_at", by: str = "author", **same: Any
) -> M | None:
    """Return the newest of `rows` if the actor wrote it moments ago with all of these values, else None; one query.

    `at` and `by` are the fields that say when and by whom. Whatever the system writes counts as new: it clicks nothing.
    """
    if actor.membership is None:
        return None
    same = {**same, by: actor.membership.pk}
    newest = rows.filter(**{f"{at}__gte": timezone.now() - AGAIN_WITHIN}).order_by(f"-{at}", "-pk").first()
    if newest is None or any(newest.serializable_value(name) != value for name, value in same.items()):
        return None
    return newest
