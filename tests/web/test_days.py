"""When a day begins, in every time zone there is."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okrapp.web.days import day_at, start_of_day


@pytest.mark.parametrize(
    ("zone", "day", "moment"),
    [
        ("UTC", "2027-03-28", "2027-03-28T00:00"),
        # The clocks change during the day, after midnight: the day before and the day after differ by an hour.
        ("Europe/Berlin", "2027-03-28", "2027-03-27T23:00"),
        ("Europe/Berlin", "2027-03-29", "2027-03-28T22:00"),
        ("Europe/Berlin", "2027-10-31", "2027-10-30T22:00"),
        ("Europe/Berlin", "2027-11-01", "2027-10-31T23:00"),
        # Midnight is skipped: the day begins at one o'clock, which is the moment of the change.
        ("America/Havana", "2025-03-09", "2025-03-09T05:00"),
        ("Africa/Cairo", "2025-04-25", "2025-04-24T22:00"),
        ("Asia/Beirut", "2025-03-30", "2025-03-29T22:00"),
        # The hour after midnight comes twice: the first one counts.
        ("America/Havana", "2025-11-02", "2025-11-02T04:00"),
        # The hour before midnight comes twice: the day begins after the second.
        ("Africa/Cairo", "2025-10-31", "2025-10-30T22:00"),
        ("Asia/Beirut", "2025-10-26", "2025-10-25T22:00"),
        # The ends of the world, and a quarter of an hour.
        ("Pacific/Kiritimati", "2027-01-01", "2026-12-31T10:00"),
        ("Etc/GMT+12", "2027-01-01", "2027-01-01T12:00"),
        ("Asia/Kathmandu", "2027-01-01", "2026-12-31T18:15"),
        # Samoa went over the date line and had no 30 December 2011.
        ("Pacific/Apia", "2011-12-30", "2011-12-30T10:00"),
        ("Pacific/Apia", "2011-12-31", "2011-12-30T10:00"),
    ],
)
def test_the_first_moment_of_a_day(zone: str, day: str, moment: str) -> None:
    assert start_of_day(date.fromisoformat(day), zone) == datetime.fromisoformat(moment).replace(tzinfo=UTC)


def changes(zone: str, first: int, last: int) -> list[date]:
    """Return the days on which the clocks of a zone change, seen from day to day."""
    tz = ZoneInfo(zone)
    noon = datetime(first, 1, 1, 12, tzinfo=UTC)
    found = []
    while noon.year <= last:
        if noon.astimezone(tz).utcoffset() != (noon + timedelta(days=1)).astimezone(tz).utcoffset():
            found += [noon.astimezone(tz).date() + timedelta(days=days) for days in (0, 1, 2)]
        noon += timedelta(days=1)
    return found


def test_no_zone_begins_a_day_too_early_or_too_late() -> None:
    """Around every change of the clocks of three years, in every zone."""
    looked_at = 0
    for zone in sorted(available_timezones()):
        for day in changes(zone, 2024, 2026):
            moment = start_of_day(day, zone)
            assert day_at(moment, zone) >= day, (zone, day)
            assert day_at(moment - timedelta(seconds=1), zone) < day, (zone, day)
            looked_at += 1
    assert looked_at > 1000


@settings(max_examples=300, deadline=None)
@given(
    zone=st.sampled_from(sorted(available_timezones())),
    day=st.dates(min_value=date(1990, 1, 1), max_value=date(2036, 12, 31)),
)
def test_a_day_begins_when_the_one_before_is_over(zone: str, day: date) -> None:
    moment = start_of_day(day, zone)
    assert day_at(moment, zone) >= day
    assert day_at(moment - timedelta(hours=1, seconds=1), zone) < day or day_at(moment, zone) > day
    assert moment.tzinfo is UTC
