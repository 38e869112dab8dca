"""What people are told of tasks of plans that are theirs."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.utils import formats
from django.utils.translation import gettext, gettext_lazy, ngettext

from okrapp.notifications.models import Notification
from okrapp.notifications.registry import Facts, Kind
from rollout.domain.telling_of_tasks import (
    TASK_DUE,
    TASK_GIVEN,
    TASK_OVERDUE,
    TASKS_GIVEN,
)
from rollout.queries.tasks import open_counts, waiting_tasks

_ROLLOUT = gettext_lazy("Rollout")


def _with_day(facts: Facts) -> Facts:
    return {**facts, "day": formats.date_format(date.fromisoformat(facts["day"]), "SHORT_DATE_FORMAT")}


def _given(facts: Facts) -> str:
    return gettext("%(who)s gave you a task of “%(plan)s”: %(what)s") % facts


def _given_lines(facts: Facts) -> Sequence[str]:
    return [gettext("It is due on %(day)s.") % _with_day(facts)]


def _given_with_plan(facts: Facts) -> str:
    count = facts["count"]
    words = ngettext(
        "“%(plan)s” is approved: %(count)d task is yours", "“%(plan)s” is approved: %(count)d tasks are yours", count
    )
    return words % {"plan": facts["plan"], "count": count}


def _due(facts: Facts) -> str:
    return gettext("Due today: %(what)s") % facts


def _overdue(facts: Facts) -> str:
    return gettext("It was to be done by %(day)s: %(what)s") % _with_day(facts)


def _of_plan(facts: Facts) -> Sequence[str]:
    return [gettext("A task of “%(plan)s”.") % facts]


def _still_theirs(notifications: Sequence[Notification]) -> dict[UUID, Facts]:
    """Leave out tasks that are settled or belong to somebody else by now, and those of plans that are over."""
    rows = waiting_tasks().filter(pk__in=[UUID(one.period) for one in notifications]).order_by()
    owners = dict(rows.values_list("pk", "owner"))
    return {one.pk: one.facts for one in notifications if owners.get(UUID(one.period)) == one.recipient_id}


def _still_due(notifications: Sequence[Notification]) -> dict[UUID, Facts]:
    """As `_still_theirs`; also leave out tasks whose day was moved."""
    ids = [UUID(one.period.split(":", 1)[0]) for one in notifications]
    rows = waiting_tasks().filter(pk__in=ids).order_by().values_list("pk", "due_on", "owner")
    waiting = {(f"{task_id}:{due_on}", owner_id) for task_id, due_on, owner_id in rows}
    return {one.pk: one.facts for one in notifications if (one.period, one.recipient_id) in waiting}


def _still_some(notifications: Sequence[Notification]) -> dict[UUID, Facts]:
    """Say how many there are by now; nothing where none is left."""
    plans = {one.pk: UUID(one.period.split(":", 1)[0]) for one in notifications}
    counts = open_counts(set(plans.values()))
    found = {one.pk: counts.get((plans[one.pk], one.recipient_id), 0) for one in notifications}
    return {one.pk: {**one.facts, "count": found[one.pk]} for one in notifications if found[one.pk]}


KINDS = (
    Kind(
        TASK_GIVEN,
        gettext_lazy("A task of a rollout is mine"),
        _ROLLOUT,
        "list-todo",
        _given,
        _given_lines,
        still_true=_still_theirs,
    ),
    Kind(
        TASKS_GIVEN,
        gettext_lazy("A rollout plan with tasks of mine is approved"),
        _ROLLOUT,
        "list-todo",
        _given_with_plan,
        still_true=_still_some,
    ),
    Kind(
        TASK_DUE,
        gettext_lazy("A task of a rollout is due today"),
        _ROLLOUT,
        "calendar-clock",
        _due,
        _of_plan,
        still_true=_still_due,
    ),
    Kind(
        TASK_OVERDUE,
        gettext_lazy("A task of a rollout is overdue"),
        _ROLLOUT,
        "calendar-clock",
        _overdue,
        _of_plan,
        still_true=_still_due,
    ),
)
