"""Whether somebody may still read what they are told of: looked at again before it is sent."""

import re
from collections.abc import Callable, Sequence
from uuid import UUID

from okrapp.notifications.models import Notification
from okrapp.notifications.registry import Facts
from okrs.models import Objective
from okrs.queries.sight import ABOUT_OBJECTIVE, Sight

Still = Callable[[Sequence[Notification]], dict[UUID, Facts]]
_OBJECTIVE = re.compile(ABOUT_OBJECTIVE)


def in_sight(still_true: Still | None = None) -> Still:
    """Return a still_true that leaves out what is about objectives that were archived, or are private to others now.

    The path tells which objective; what leads elsewhere passes. Then the given one is asked. At most three queries.
    """

    def look(notifications: Sequence[Notification]) -> dict[UUID, Facts]:
        seen = _seen(notifications)
        left = [one for one in notifications if one.pk in seen]
        return still_true(left) if still_true is not None else {one.pk: one.facts for one in left}

    return look


def _seen(notifications: Sequence[Notification]) -> set[UUID]:
    about = {one.pk: UUID(found[1]) for one in notifications if (found := _OBJECTIVE.match(one.path))}
    rows = {one.pk: one for one in Objective.objects.filter(pk__in=set(about.values())).order_by()}
    sight = Sight(rows.values(), {one.recipient_id for one in notifications})
    seen = set()
    for one in notifications:
        objective = rows.get(about[one.pk]) if one.pk in about else None
        if one.pk not in about or (
            objective is not None and objective.archived_at is None and sight.reads(one.recipient_id, objective)
        ):
            seen.add(one.pk)
    return seen
