"""What people were told that they may not read any more, in lines about more than one objective.

Lines about a single one do not show to them any more (okrs.queries.sight); from these its titles are taken out.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from okrapp.notifications.models import Notification
from okrs.domain.digest import WEEKLY
from okrs.domain.reminder import DUE
from okrs.models import KeyResult, Objective
from okrs.queries.reminder import facts_of
from okrs.queries.sight import Sight
from organizations.models import Team


def take_titles_out(objective: Objective) -> None:
    """Take the titles of a private objective's key results out of what those were told who may not read it.

    Out of reminders, which go when nothing is left of them, and out of the weeks of its team, which everybody reads. In
    the caller's transaction. Side effects: lines of inboxes.
    """
    titles = dict(objective.key_results.order_by().values_list("pk", "title"))
    if not titles:
        return
    _out_of_reminders(objective, {str(pk) for pk in titles})
    if objective.team is not None:
        _out_of_weeks(objective.team, set(titles.values()))


def _out_of_reminders(objective: Objective, ids: set[str]) -> None:
    rows = list(Notification.objects.filter(kind=DUE, facts__key_results__has_any_keys=sorted(ids)))
    sight = Sight([objective], {one.recipient_id for one in rows})
    rows = [one for one in rows if not sight.reads(one.recipient_id, objective)]
    kept = {one.pk: [UUID(pk) for pk in one.facts["key_results"] if pk not in ids] for one in rows}
    present = KeyResult.objects.in_bulk({pk for pks in kept.values() for pk in pks})
    for one in rows:
        left = [present[pk] for pk in kept[one.pk] if pk in present]
        one.facts = facts_of(left, datetime.fromisoformat(one.facts["due_at"]))
    Notification.objects.filter(pk__in=[one.pk for one in rows if not one.facts["count"]]).delete()
    Notification.objects.bulk_update([one for one in rows if one.facts["count"]], ["facts"])


def _out_of_weeks(team: Team, titles: set[str]) -> None:
    rows = list(Notification.objects.filter(kind=WEEKLY, facts__weeks__contains=[{"slug": team.slug}]))
    for one in rows:
        for week in one.facts["weeks"]:
            if week["slug"] == team.slug:
                _out_of_week(week, titles)
    Notification.objects.bulk_update(rows, ["facts"], batch_size=1000)


def _out_of_week(week: dict[str, Any], titles: set[str]) -> None:
    for what in ("moved", "stuck"):
        left = [one for one in week[what] if one["title"] not in titles]
        week[f"{what}_count"] -= len(week[what]) - len(left)
        week[what] = left
