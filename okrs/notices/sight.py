"""Whether somebody may still read what they are told of: looked at again before it is sent."""

import re
from collections.abc import Callable, Sequence
from uuid import UUID

from okrapp.notifications.models import Notification
from okrapp.notifications.registry import Facts
from okrs.models import Objective
from okrs.models.grant import ObjectiveGrant
from organizations.models import Membership

Still = Callable[[Sequence[Notification]], dict[UUID, Facts]]
_OBJECTIVE = re.compile(r"objectives/([0-9a-f-]{36})/")


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
    private = {pk for pk, one in rows.items() if one.is_private}
    granted = _granted(private, {one.recipient_id for one in notifications}) if private else set()
    seen = set()
    for one in notifications:
        objective = rows.get(about[one.pk]) if one.pk in about else None
        if one.pk not in about or (
            objective is not None
            and objective.archived_at is None
            and (
                not objective.is_private
                or objective.owner_id == one.recipient_id
                or (objective.pk, one.recipient_id) in granted
            )
        ):
            seen.add(one.pk)
    return seen


def _granted(objective_ids: set[UUID], member_ids: set[UUID]) -> set[tuple[UUID, UUID]]:
    """Return who holds a grant of which private objectives; two queries."""
    members = dict(Membership.objects.filter(pk__in=member_ids, user__isnull=False).values_list("user_id", "pk"))
    grants = ObjectiveGrant.objects.filter(content_object__in=objective_ids, user__in=members)
    return {(objective, members[user]) for objective, user in grants.values_list("content_object", "user")}
