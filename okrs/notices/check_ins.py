"""Reminders of check-ins, and what was said about one that somebody should know."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils import formats, timezone
from django.utils.translation import gettext, gettext_lazy, ngettext

from okrapp.notifications.models import Notification
from okrapp.notifications.registry import Facts, Kind
from okrs.domain.reminder import DUE, MISSED
from okrs.notices.sight import in_sight
from okrs.queries.reminder import asked_again, missed_day, still_due
from okrs.queries.standing import Standings
from okrs.quick_link import quick_path
from organizations.actor import system_actor

_CHECK_INS = gettext_lazy("Check-ins")


def _due_at(facts: Facts) -> datetime:
    return datetime.fromisoformat(facts["due_at"])


def _due_sentence(facts: Facts) -> str:
    count = facts["count"]
    moment = timezone.localtime(_due_at(facts))
    is_today = moment.date() == timezone.localdate()
    until = formats.date_format(moment, "TIME_FORMAT" if is_today else "SHORT_DATETIME_FORMAT")
    if count == 1 and is_today:
        words = gettext("Check in on “%(title)s” today by %(until)s")
    elif count == 1:
        words = gettext("Check in on “%(title)s” by %(until)s")
    elif is_today:
        words = gettext("%(count)d check-ins are due today by %(until)s")
    else:
        words = gettext("%(count)d check-ins are due by %(until)s")
    return words % {"count": count, "title": facts["titles"][0], "until": until}


def _due_lines(facts: Facts) -> Sequence[str]:
    if facts["count"] == 1:
        return ()
    more = facts["count"] - len(facts["titles"])
    lines = [f"• {title}" for title in facts["titles"]]
    return [*lines, ngettext("and %(count)d more", "and %(count)d more", more) % {"count": more}] if more else lines


def _missed_sentence(facts: Facts) -> str:
    return gettext("“%(title)s” has had no check-in twice. Does it still fit?") % {"title": facts["title"]}


def _missed_lines(facts: Facts) -> Sequence[str]:
    return [gettext("Hand it over, pause it, or choose another rhythm: whatever fits. Only you are told.")]


def _still_missed(notifications: Sequence[Notification]) -> dict[UUID, Facts]:
    present = asked_again({UUID(one.facts["key_result"]) for one in notifications})
    standings = Standings(system_actor())
    return {
        one.pk: one.facts
        for one in notifications
        if (key_result := present.get(UUID(one.facts["key_result"]))) is not None
        and missed_day(key_result, standings) is not None
    }


KINDS = (
    Kind(
        DUE,
        gettext_lazy("A check-in is due"),
        _CHECK_INS,
        "bell",
        _due_sentence,
        _due_lines,
        action=gettext_lazy("Check in"),
        until=_due_at,
        still_true=still_due,
        mail_path=quick_path,
    ),
    Kind(
        MISSED,
        gettext_lazy("Two check-ins were missed"),
        _CHECK_INS,
        "life-buoy",
        _missed_sentence,
        _missed_lines,
        still_true=in_sight(_still_missed),
    ),
)
