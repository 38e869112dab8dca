"""When somebody may be told something: quiet hours, days away and summaries, on their own clock. Pure, no database."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from okrapp.notifications.enums import MailPace

DAY = timedelta(days=1)


def moment_of(day: date, hour: int, zone: ZoneInfo) -> datetime:
    """Return the UTC moment of a wall-clock hour.

    An hour that does not exist on that day means the same moment counted on from before the change; one that exists
    twice means the first.
    """
    return datetime.combine(day, time(hour), tzinfo=zone).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Clock:
    """Somebody's habits, with the organization's filled in. Weekdays count as date.weekday() does."""

    zone: ZoneInfo
    pace: str = MailPace.AT_ONCE
    digest_hour: int = 8
    digest_weekday: int = 0
    reminder_hour: int = 9
    quiet_from: int | None = None
    quiet_until: int | None = None
    away_from: date | None = None
    away_until: date | None = None

    def today(self, now: datetime) -> date:
        """Return the day it is for them."""
        return now.astimezone(self.zone).date()

    def is_away(self, day: date) -> bool:
        """Return whether they said they are away on a day."""
        if self.away_from is None and self.away_until is None:
            return False
        return (self.away_from or date.min) <= day <= (self.away_until or date.max)

    def may_send(
        self, now: datetime, *, written_at: datetime, until: datetime | None = None, in_summary: bool = True
    ) -> datetime:
        """Return the first moment from `now` on at which something written at `written_at` may be sent to them.

        `now` itself if it may be sent at once. After days away it comes the next morning, at the hour of the summary.
        What is of no use from `until` on does not wait for a summary after it; without `in_summary` for none.
        """
        at = now
        if in_summary and self.pace != MailPace.AT_ONCE and written_at >= self._digest_until(now):
            summary = self._digest_from(now)
            at = now if until is not None and summary >= until else summary
        # Each step only moves forward; leaving quiet hours can lead into a day away, and the other way round.
        for _step in range(3):
            later = self.out_of_quiet(self._back(at))
            if later == at:
                break
            at = later
        return at

    def reminded_at(self, day: date) -> datetime:
        """Return when they are reminded of something due on a day."""
        return moment_of(day, self.reminder_hour, self.zone)

    def _back(self, at: datetime) -> datetime:
        """Return the morning after the days away, or `at`; nobody is away for ever without saying until when."""
        day = self.today(at)
        if not self.is_away(day) or self.away_until is None:
            return at
        return max(at, moment_of(self.away_until + DAY, self.digest_hour, self.zone))

    def out_of_quiet(self, at: datetime) -> datetime:
        """Return the end of the quiet hours a moment lies in, or the moment."""
        start, end = self.quiet_from, self.quiet_until
        if start is None or end is None or start == end:
            return at
        local = at.astimezone(self.zone)
        over_midnight = start > end
        inside = local.hour >= start or local.hour < end if over_midnight else start <= local.hour < end
        if not inside:
            return at
        day = local.date() + DAY if over_midnight and local.hour >= start else local.date()
        return max(at, moment_of(day, end, self.zone))

    def _digest_until(self, now: datetime) -> datetime:
        """Return the last moment of a summary that is not after `now`."""
        day = self.today(now)
        while moment_of(day, self.digest_hour, self.zone) > now or not self._has_digest(day):
            day -= DAY
        return moment_of(day, self.digest_hour, self.zone)

    def _digest_from(self, now: datetime) -> datetime:
        """Return the first moment of a summary after `now`."""
        day = self.today(now)
        while moment_of(day, self.digest_hour, self.zone) <= now or not self._has_digest(day):
            day += DAY
        return moment_of(day, self.digest_hour, self.zone)

    def _has_digest(self, day: date) -> bool:
        return self.pace != MailPace.WEEKLY or day.weekday() == self.digest_weekday
