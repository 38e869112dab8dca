"""Reminding people of check-ins: once a period, at the hour they chose, on their own clock."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from okrapp.notifications.clock import Clock, moment_of
from okrapp.notifications.domain.clean_up import KEPT
from okrapp.notifications.domain.notify import Told, notify_each
from okrapp.notifications.models import Habits, Notification
from okrapp.notifications.readers import readers
from okrs.models import KeyResult
from okrs.queries.reminder import due_of, facts_of, missed_day, pages_of_asked, still_due, was_missed_at
from okrs.queries.standing import Standings
from organizations.actor import Actor, system_actor
from organizations.domain.dispatch import begin, schedule
from organizations.models import AuditEntry, Membership, Organization

DISPATCH_KIND = "okrs.reminders"
DUE, MISSED = "check_in_due", "check_in_missed"
DAY = timedelta(days=1)
# Not every change says that it moves a reminder, as that of a time zone.
LOOK_AGAIN = timedelta(hours=6)
# What moves reminders, or hands them to somebody else, where it is changed.
_RHYTHM = frozenset({"check_in_frequency", "check_in_weekday", "check_in_hour"})
_MOVED_BY = {
    "okrs.keyresult": _RHYTHM | {"owner"},
    "okrs.objective": frozenset({"owner", "team"}),
    "organizations.team": _RHYTHM | {"lead"},
}


def remind(now: datetime | None = None) -> int:
    """Tell everybody in the organization in context whose hour has come which of their check-ins wait.

    Once a person and day on which check-ins are due, in one message, and not on days away. Whoever missed two periods
    of a key result in a row is offered a way out, once. Returns how many people are told. Twice at once does no harm.
    Side effects: rows of inbox and outbox; the organization comes back when the next hour of somebody has come.
    """
    now = now or timezone.now()
    actor = system_actor()
    with transaction.atomic():
        begin(kind=DISPATCH_KIND)
        schedule(kind=DISPATCH_KIND, due_at=next_look(now, actor))
        standings = Standings(actor, now=now)
        count = 0
        for page in pages_of_asked():
            answerers: set[UUID] = {one.answerer for one in page}  # type: ignore[attr-defined]
            clocks = {pk: one.clock for pk, one in readers(answerers).items()}
            due, missed = _to_tell(page, clocks, standings, now)
            told_before = _told_lately(now, answerers)
            due = [one for one in due if (one.recipient_id, one.period) not in told_before]
            count += notify_each(actor=actor, kind=DUE, told=due, undo_for=timedelta(0), can_read=True)
            notify_each(actor=actor, kind=MISSED, told=missed, undo_for=timedelta(0), can_read=True)
        return count


def next_look(now: datetime, actor: Actor) -> datetime:
    """Return the next moment at which somebody's hour of reminders comes; as next_hour."""
    return next_hour(now, actor, "reminder_hour")


def next_hour(now: datetime, actor: Actor, habit: str) -> datetime:
    """Return the next moment at which an hour of somebody's habits comes, LOOK_AGAIN at the latest; three queries."""
    zones = set(
        Membership.objects.active().exclude(user=None).order_by().values_list("user__time_zone", flat=True).distinct()
    )
    hours: set[int] = {getattr(Clock(ZoneInfo("UTC")), habit)}
    hours |= set(Habits.objects.exclude(**{habit: None}).order_by().values_list(habit, flat=True).distinct())
    moments = []
    for name in zones:
        zone = ZoneInfo(name or actor.settings.time_zone)
        today = now.astimezone(zone).date()
        moments += [moment_of(day, hour, zone) for hour in hours for day in (today, today + DAY)]
    return min([now + LOOK_AGAIN, *(one for one in moments if one > now)])


def begin_reminding(actor: Actor, organization: Organization) -> None:
    """Make a new organization known to the sweeper."""
    schedule(kind=DISPATCH_KIND, due_at=timezone.now())


def follow_settings(actor: Actor, changed: Iterable[str]) -> None:
    """Look again when the rhythm or the time zone has changed."""
    if (_RHYTHM | {"time_zone"}) & set(changed):
        schedule(kind=DISPATCH_KIND, due_at=timezone.now())


def follow_writes(actor: Actor, entries: Sequence[AuditEntry]) -> None:
    """Look again when somebody else answers for something from now on, or its rhythm has changed."""
    changed = (entry for entry in entries if entry.verb != "created")
    if any(_MOVED_BY.get(entry.object_type, frozenset()) & (entry.after or {}).keys() for entry in changed):
        schedule(kind=DISPATCH_KIND, due_at=timezone.now())


def settle_reminders(*, actor: Actor) -> int:
    """Say that the actor has read the reminders of check-ins that are all done by now. Returns how many.

    One query where nothing waits in their inbox. Side effects: lines of the inbox.
    """
    lines = list(Notification.objects.filter(recipient=actor.membership, kind=DUE, read_at=None))
    if not lines:
        return 0
    waiting = still_due(lines)
    done = [one.pk for one in lines if one.pk not in waiting]
    return Notification.objects.filter(pk__in=done).update(read_at=timezone.now()) if done else 0


def reminded_at(clock: Clock, day: date, due_at: datetime) -> datetime:
    """Return when somebody is reminded of what is due on a day: at their hour, the day before if that were too late.

    In quiet hours it is too late if they end too late.
    """
    at = clock.reminded_at(day)
    return at if clock.out_of_quiet(at) < due_at else clock.reminded_at(day - DAY)


def _to_tell(
    page: Sequence[KeyResult], clocks: dict[UUID, Clock], standings: Standings, now: datetime
) -> tuple[list[Told], list[Told]]:
    waiting: dict[tuple[UUID, date], list[KeyResult]] = defaultdict(list)
    until: dict[tuple[UUID, date], datetime] = {}
    missed = []
    for key_result in page:
        answerer: UUID = key_result.answerer  # type: ignore[attr-defined]
        clock = clocks.get(answerer)
        if clock is None or clock.is_away(clock.today(now)):
            continue
        due = due_of(key_result, standings)
        if due is not None and reminded_at(clock, *due) <= now:
            key = (answerer, due[0])
            waiting[key].append(key_result)
            until[key] = min(due[1], until.get(key, due[1]))
            # Asked for today's check-in, nobody is asked about those missed before: that waits for the day after.
            continue
        day = missed_day(key_result, standings)
        if day is None or clock.reminded_at(day + DAY) > now:
            continue
        # Whom it was offered before is known for so long; nobody is asked the same again after that.
        if not was_missed_at(key_result, standings, now - KEPT):
            missed.append(_offer(key_result, answerer))
    due_rows = [
        Told(person, day.isoformat(), "check-in/", facts_of(key_results, until[person, day]))
        for (person, day), key_results in waiting.items()
    ]
    return due_rows, missed


def _offer(key_result: KeyResult, answerer_id: UUID) -> Told:
    """Return the offer of a way out, once for each time somebody stopped checking in."""
    since = key_result.last_check_in_at.date().isoformat() if key_result.last_check_in_at else "never"
    facts = {"key_result": str(key_result.pk), "title": key_result.title}
    return Told(answerer_id, f"{key_result.pk}:{since}", f"objectives/{key_result.objective_id}/", facts)


def _told_lately(now: datetime, people: Iterable[UUID]) -> set[tuple[UUID, str]]:
    """Return who of some people was reminded of which day, so that most ticks write nothing; one query."""
    days = [(now.date() + timedelta(days=shift)).isoformat() for shift in range(-2, 9)]
    rows = Notification.objects.filter(kind=DUE, period__in=days, recipient__in=list(people)).order_by()
    return set(rows.values_list("recipient", "period"))
