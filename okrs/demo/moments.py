"""When people of the invented company check in."""

from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from okrs import scoring

SILENT_FOR = 3
# On time, late, missed; the rest of each habit is what _choose says.
HABITS = {"steady": (1.0, 0.0), "human": (0.82, 0.12), "patchy": (0.5, 0.25), "silent": (0.85, 0.1)}
LUNCH = 12


def moments(
    periods: tuple[scoring.Period, ...],
    *,
    habit: str,
    now: datetime,
    zone: ZoneInfo,
    random: Random,
    done_this_week: bool,
) -> list[datetime]:
    """Return when a key result was checked in on, oldest first, in the periods up to `now`.

    The last closed period is kept by everybody but the silent, and sometimes the patchy: most numbers are fresh.
    """
    closed = [period for period in periods if period.due_at < now]
    found: list[datetime] = []
    for index, period in enumerate(closed):
        left = len(closed) - index
        kind = _choose(habit, left, random)
        if period.paused or kind == "missed":
            continue
        found.append(_before(period, zone, random) if kind == "on_time" else _after(period, zone, random))
    if done_this_week:
        open_period = next((period for period in periods if period.start < now <= period.due_at), None)
        if open_period is not None and (moment := _lately(open_period, now, zone, random)):
            found.append(moment)
    return sorted(moment for moment in found if moment < now)


def _choose(habit: str, left: int, random: Random) -> str:
    draw = random.random()
    if habit == "silent" and left <= SILENT_FOR:
        return "missed"
    if habit in ("steady", "human") and left == 1:
        return "on_time"
    on_time, late = HABITS[habit]
    if draw < on_time:
        return "on_time"
    return "late" if draw < on_time + late and left > 1 else "missed"


def _before(period: scoring.Period, zone: ZoneInfo, random: Random) -> datetime:
    """A working hour shortly before the check-in is due."""
    due = period.due_at.astimezone(zone)
    day = due - timedelta(days=random.choice((0, 0, 1, 1, 2)))
    hour = random.choice([hour for hour in range(8, 17) if hour != LUNCH])
    moment = day.replace(hour=hour, minute=random.randrange(60), second=random.randrange(60), microsecond=0)
    return moment if period.holds(moment) else due - timedelta(minutes=random.randrange(5, 120))


def _after(period: scoring.Period, zone: ZoneInfo, random: Random) -> datetime:
    """Monday morning, with an apology."""
    due = period.due_at.astimezone(zone)
    monday = due + timedelta(days=(7 - due.weekday()) % 7 or 1)
    return monday.replace(hour=random.choice((8, 9, 10)), minute=random.randrange(60), second=11, microsecond=0)


def _lately(period: scoring.Period, now: datetime, zone: ZoneInfo, random: Random) -> datetime | None:
    """A working hour of the period that is open; None when it has had none yet."""
    local = now.astimezone(zone)
    for days in (0, 1, 2, 3):
        day = local - timedelta(days=days)
        if day.weekday() > 4:
            continue
        moment = day.replace(hour=random.choice((8, 9, 10)), minute=random.randrange(60), second=23, microsecond=0)
        if period.start < moment < local:
            return moment
    return None
