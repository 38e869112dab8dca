"""Telling people of their teams' week: once a week, at the day and hour they chose, on their own clock."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from okrapp.notifications.clock import Clock, moment_of
from okrapp.notifications.domain.event import announce
from okrapp.notifications.domain.notify import Told, notify_each
from okrapp.notifications.models import Endpoint, Notification
from okrapp.notifications.readers import readers
from okrapp.web.days import day_at
from okrs.domain.reminder import next_hour
from okrs.enums import ObjectiveStatus, Phase, Visibility
from okrs.models import KeyResult, Objective
from okrs.queries.digest import WORRIED, Moved, Stuck, TeamWeek, readers_of, week_before, weeks_of
from organizations.actor import Actor, system_actor
from organizations.domain.dispatch import begin, schedule
from organizations.models import Organization, Team

DISPATCH_KIND = "okrs.digests"
WEEKLY = "weekly_digest"
ROOM_WEEK = "team_week"
# So long after its moment a digest is still news.
LATE = timedelta(days=2)
# As many teams are looked at together.
PAGE = 300
# As many key results as a short message names of each sort.
NAMED = 4
DAY = timedelta(days=1)


def send_digests(now: datetime | None = None) -> int:
    """Tell everybody in the organization in context whose moment has come of the week of their teams.

    Once a person and week, in one message for all their teams, not on days away, in pauses, nor where there is nothing
    to tell. Returns how many are told. Twice at once does no harm. Side effects: rows of inbox and outbox; the
    organization comes back when the next moment of somebody has come.
    """
    now = now or timezone.now()
    actor = system_actor()
    with transaction.atomic():
        begin(kind=DISPATCH_KIND)
        schedule(kind=DISPATCH_KIND, due_at=next_hour(now, actor, "digest_hour"))
        today = day_at(now, actor.settings.time_zone)
        if _is_pause(actor, today):
            return 0
        teams = [team.pk for team in teams_with_okrs()]
        told_before = _told_lately(now)
        by_person = readers_of(teams)
        clocks = {pk: one.clock for pk, one in readers(by_person).items()}
        due: dict[UUID, date] = {}
        for person, clock in clocks.items():
            day = digest_day(clock, now)
            if day is not None and (person, period_of(day)) not in told_before:
                due[person] = week_before(day)
        return _tell(actor, due, by_person, now)


def digest_day(clock: Clock, now: datetime) -> date | None:
    """Return the day whose digest somebody is to get at a moment, on their clock; None when none is."""
    if clock.is_away(clock.today(now)):
        return None
    for back in range(LATE.days + 1):
        day = clock.today(now) - back * timedelta(days=1)
        if day.weekday() == clock.digest_weekday:
            return day if moment_of(day, clock.digest_hour, clock.zone) <= now else None
    return None


def period_of(day: date) -> str:
    """Return what tells a digest apart from others: the Monday of the week it is about."""
    return week_before(day).isoformat()


def teams_with_okrs() -> Iterable[Team]:
    """Return the current teams that have open objectives in force in a running cycle; one query."""
    running = Objective.objects.filter(
        team=OuterRef("pk"),
        status=ObjectiveStatus.ACTIVE,
        visibility=Visibility.OPEN,
        archived_at=None,
        cycle__phase__in=(Phase.RUNNING, Phase.REVIEWING),
        cycle__archived_at=None,
    )
    return Team.objects.current().filter(Exists(running)).order_by("sort_key", "pk")


def facts_of_week(week: TeamWeek) -> dict[str, Any]:
    """Return what a message says of one team's week: numbers, and some titles."""
    return {
        "team": week.team.name,
        "slug": week.team.slug,
        "first": week.first.isoformat(),
        "moved": [_moved(one) for one in week.moved[:NAMED]],
        "moved_count": len(week.moved),
        "stuck": [_stuck(one) for one in week.stuck[:NAMED]],
        "stuck_count": len(week.stuck),
        "due_count": len(week.due),
        "kudos_count": len(week.celebrations),
    }


def facts_of(teams: Iterable[TeamWeek]) -> dict[str, Any]:
    """Return the facts of a person's digest: their teams that have anything to tell."""
    weeks = [facts_of_week(week) for week in teams if not week.is_empty]
    return {"weeks": weeks, "first": weeks[0]["first"] if weeks else ""}


def tell_rooms(actor: Actor, today: date) -> None:
    """Tell the chat rooms of teams of their week, on Mondays, or as soon after as somebody looks, but not in pauses.

    Twice tells nobody twice. Side effects: as announce.
    """
    if today.weekday() * DAY > LATE or _is_pause(actor, today):
        return
    rooms = Endpoint.objects.on().rooms().filter(topics__contains=[ROOM_WEEK], team__isnull=False)
    ids = set(rooms.order_by().values_list("team_id", flat=True))
    teams = [team for team in teams_with_okrs() if team.pk in ids] if ids else []
    for week in weeks_of(actor, teams, week_before(today)).values() if teams else ():
        if not week.is_empty:
            path, facts = path_of(week.team.slug, week.first), facts_of_week(week)
            period = f"{week.team.pk}:{week.first}"
            announce(
                kind=ROOM_WEEK, period=period, path=path, facts=facts, team_ids=[week.team.pk], for_everybody=False
            )


def _is_pause(actor: Actor, day: date) -> bool:
    return any(starts_on <= day <= ends_on for starts_on, ends_on in actor.settings.pauses)


def path_of(slug: str, first: date) -> str:
    """Return where a team's week is shown."""
    return f"teams/{slug}/week/?from={first.isoformat()}"


def begin_digests(actor: Actor, organization: Organization) -> None:
    """Make a new organization known to the sweeper."""
    schedule(kind=DISPATCH_KIND, due_at=timezone.now())


def _tell(actor: Actor, due: dict[UUID, date], by_person: dict[UUID, list[UUID]], now: datetime) -> int:
    """Write the digests of those whose moment has come, week by week and page by page."""
    count = 0
    for first in sorted(set(due.values())):
        people = [person for person, about in due.items() if about == first]
        wanted = {team_id for person in people for team_id in by_person[person]}
        weeks: dict[UUID, TeamWeek] = {}
        for page in _pages(wanted):
            weeks |= weeks_of(actor, page, first, now=now)
        told = []
        for person in people:
            facts = facts_of(weeks[team_id] for team_id in by_person[person] if team_id in weeks)
            if facts["weeks"]:
                path = path_of(facts["weeks"][0]["slug"], first)
                told.append(Told(person, first.isoformat(), path, facts))
        count += notify_each(actor=actor, kind=WEEKLY, told=told, undo_for=timedelta(0), can_read=True)
    return count


def _pages(team_ids: Iterable[UUID]) -> Iterator[list[Team]]:
    ids = sorted(team_ids)
    for start in range(0, len(ids), PAGE):
        yield list(Team.objects.current().filter(pk__in=ids[start : start + PAGE]).order_by("sort_key", "pk"))


def _told_lately(now: datetime) -> set[tuple[UUID, str]]:
    """Return who has had which digest already; one query."""
    rows = Notification.objects.filter(kind=WEEKLY, created_at__gte=now - timedelta(days=9))
    return set(rows.order_by().values_list("recipient_id", "period"))


def _moved(one: Moved) -> dict[str, Any]:
    return {
        "before": None if one.before is None else str(one.before),
        "after": str(one.after),
        "is_better": one.is_better,
        **_named(one.key_result),
    }


def _stuck(one: Stuck) -> dict[str, Any]:
    standing = one.standing
    # The pace speaks where nobody has said that there is trouble.
    far = one.is_far_behind and standing.status not in (*WORRIED, "outdated")
    return {"status": standing.status, "blocked": bool(one.blocker), "far": far, **_named(standing.key_result)}


def _named(key_result: KeyResult) -> dict[str, Any]:
    return {
        "title": key_result.title,
        "metric": str(key_result.metric),
        "unit_kind": str(key_result.unit_kind),
        "unit": key_result.unit,
    }
