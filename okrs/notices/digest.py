"""The week of somebody's teams, in a few lines; the page says the rest."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils import formats
from django.utils.translation import gettext, gettext_lazy, ngettext

from okrapp.notifications.models import Event, Notification
from okrapp.notifications.registry import Facts, Kind
from okrs.domain.digest import ROOM_WEEK, WEEKLY, facts_of, facts_of_week, path_of
from okrs.models import KeyResult
from okrs.queries.digest import TeamWeek, weeks_of
from organizations.actor import system_actor
from organizations.models import Team

_TEAM = gettext_lazy("My team")


def _sentence(facts: Facts) -> str:
    weeks = facts["weeks"]
    if len(weeks) == 1:
        return _headline(weeks[0])
    day = formats.date_format(date.fromisoformat(facts["first"]), "SHORT_DATE_FORMAT")
    return gettext("The week of your teams from %(day)s") % {"day": day}


def _lines(facts: Facts) -> Sequence[str]:
    weeks = facts["weeks"]
    if len(weeks) == 1:
        return _lines_of(weeks[0])
    return [_headline(week) for week in weeks]


def _line_paths(facts: Facts) -> Sequence[str]:
    """Of several teams each line leads to the week of its team."""
    weeks = facts["weeks"]
    return [path_of(week["slug"], date.fromisoformat(week["first"])) for week in weeks] if len(weeks) > 1 else []


def _headline(week: Facts) -> str:
    counts = _counts(week)
    return f"{week['team']}: {counts}" if counts else week["team"]


def _counts(week: Facts) -> str:
    """Return "3 moved, 2 stuck, 4 due, 1 kudos", of what there is any."""
    parts = []
    if count := week["moved_count"]:
        parts.append(ngettext("%(count)d moved", "%(count)d moved", count) % {"count": count})
    if count := week["stuck_count"]:
        parts.append(ngettext("%(count)d stuck", "%(count)d stuck", count) % {"count": count})
    if count := week["due_count"]:
        parts.append(ngettext("%(count)d check-in due", "%(count)d check-ins due", count) % {"count": count})
    if count := week["kudos_count"]:
        parts.append(ngettext("%(count)d kudos", "%(count)d kudos", count) % {"count": count})
    return ", ".join(parts)


def _lines_of(week: Facts) -> list[str]:
    lines = [_moved(one) for one in week["moved"]]
    lines += [f"⚠ {one['title']}: {_trouble(one)}" for one in week["stuck"]]
    more = week["moved_count"] + week["stuck_count"] - len(week["moved"]) - len(week["stuck"])
    if more:
        lines.append(ngettext("and %(count)d more", "and %(count)d more", more) % {"count": more})
    return lines


def _moved(one: Facts) -> str:
    from okrs.templatetags.okrs import from_to  # words of the interface, which import queries

    key_result = KeyResult(metric=one["metric"], unit_kind=one["unit_kind"], unit=one["unit"])
    before = None if one["before"] is None else Decimal(one["before"])
    words = {"title": one["title"], "change": from_to(before, Decimal(one["after"]), key_result)}
    # What was told before this was known does not say it.
    if (is_better := one.get("is_better")) is None:
        return f"• {words['title']}: {words['change']}"
    if is_better:
        return gettext("▲ %(title)s: %(change)s, better") % words
    return gettext("▼ %(title)s: %(change)s, worse") % words


def _trouble(one: Facts) -> str:
    from okrs.templatetags.okrs import confidence_word, pace_word  # as above

    if one["blocked"]:
        return gettext("something is in the way")
    return pace_word("far_behind") if one["far"] else confidence_word(one["status"])


def _as_it_stands(notifications: Sequence[Notification]) -> dict[UUID, Facts]:
    """Say it as it stands when it is sent, and nothing of teams that have nothing to tell any more."""
    found: dict[UUID, Facts] = {}
    for by_slug, together in _weeks_now(notifications, lambda one: [week["slug"] for week in one.facts["weeks"]]):
        for one in together:
            theirs = [by_slug[week["slug"]] for week in one.facts["weeks"] if week["slug"] in by_slug]
            if (facts := facts_of(theirs))["weeks"]:
                found[one.pk] = facts
    return found


def _as_it_stands_in_rooms(events: Sequence[Event]) -> dict[UUID, Facts]:
    """Say it as it stands when it is sent: by then titles may be private."""
    found: dict[UUID, Facts] = {}
    for by_slug, together in _weeks_now(events, lambda one: [one.facts["slug"]]):
        for one in together:
            week = by_slug.get(one.facts["slug"])
            if week is not None and not week.is_empty:
                found[one.pk] = facts_of_week(week)
    return found


def _weeks_now(
    told: Sequence[Any], slugs_of: Callable[[Any], list[str]]
) -> Iterator[tuple[dict[str, TeamWeek], list[Any]]]:
    """Yield, for each week, how it stands now for the teams it is told of, by slug, and what tells of it."""
    by_week: dict[str, list[Any]] = {}
    for one in told:
        by_week.setdefault(one.facts["first"], []).append(one)
    for first, together in by_week.items():
        slugs = {slug for one in together for slug in slugs_of(one)}
        teams = list(Team.objects.current().filter(slug__in=slugs).order_by("sort_key", "pk"))
        weeks = weeks_of(system_actor(), teams, date.fromisoformat(first))
        yield {week.team.slug: week for week in weeks.values()}, together


KINDS = (
    Kind(
        WEEKLY,
        gettext_lazy("The week of my team"),
        _TEAM,
        "newspaper",
        _sentence,
        _lines,
        line_paths=_line_paths,
        action=gettext_lazy("Look at the week"),
        is_summary=True,
        still_true=_as_it_stands,
    ),
)
ANNOUNCEMENTS = (
    Kind(
        ROOM_WEEK,
        gettext_lazy("The week of the team"),
        _TEAM,
        "newspaper",
        _headline,
        _lines_of,
        still_true=_as_it_stands_in_rooms,
    ),
)
