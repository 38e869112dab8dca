"""When somebody may be told something, on their own clock."""

import zoneinfo
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrapp.notifications.clock import Clock, moment_of
from okrapp.notifications.enums import MailPace

ZONES = sorted(zoneinfo.available_timezones())
# Hypothesis takes bounds without a zone and adds it.
FIRST, LAST = datetime(2026, 1, 1), datetime(2027, 12, 31)  # noqa: DTZ001
BERLIN = zoneinfo.ZoneInfo("Europe/Berlin")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_nothing_waits_for_somebody_without_habits() -> None:
    now = at("2026-11-26 03:00")
    assert Clock(BERLIN).may_send(now, written_at=now) == now


@pytest.mark.parametrize(
    ("quiet", "now", "expected"),
    [
        ((20, 7), "2026-11-26 18:59", "2026-11-26 18:59"),  # 19:59 in Berlin
        ((20, 7), "2026-11-26 19:00", "2026-11-27 06:00"),
        ((20, 7), "2026-11-27 05:59", "2026-11-27 06:00"),
        ((20, 7), "2026-11-27 06:00", "2026-11-27 06:00"),
        ((12, 13), "2026-11-27 11:30", "2026-11-27 12:00"),
        ((9, 9), "2026-11-27 08:30", "2026-11-27 08:30"),
        # The night the clocks go forward: seven o'clock is five in UTC.
        ((20, 7), "2027-03-27 22:00", "2027-03-28 05:00"),
    ],
)
def test_quiet_hours_end_on_the_own_clock(quiet: tuple[int, int], now: str, expected: str) -> None:
    clock = Clock(BERLIN, quiet_from=quiet[0], quiet_until=quiet[1])
    assert clock.may_send(at(now), written_at=at(now)) == at(expected)


def test_a_daily_summary_comes_at_its_hour_with_what_was_written_before() -> None:
    clock = Clock(BERLIN, pace=MailPace.DAILY, digest_hour=8)
    written = at("2026-11-26 10:00")
    assert clock.may_send(written, written_at=written) == at("2026-11-27 07:00")
    assert clock.may_send(at("2026-11-27 07:00"), written_at=written) == at("2026-11-27 07:00")
    # What is written in that very moment waits for the next one.
    assert clock.may_send(at("2026-11-27 07:00"), written_at=at("2026-11-27 07:00")) == at("2026-11-28 07:00")


def test_a_weekly_summary_comes_on_its_day() -> None:
    clock = Clock(BERLIN, pace=MailPace.WEEKLY, digest_hour=8, digest_weekday=0)
    written = at("2026-11-26 10:00")
    assert clock.may_send(written, written_at=written) == at("2026-11-30 07:00")


@pytest.mark.parametrize("pace", [MailPace.DAILY, MailPace.WEEKLY])
def test_what_the_summary_would_bring_too_late_does_not_wait_for_it(pace: MailPace) -> None:
    clock = Clock(BERLIN, pace=pace, digest_hour=8, quiet_from=9, quiet_until=11)
    written = at("2026-11-27 08:00")  # Friday, nine
    until = at("2026-11-27 16:00")
    assert clock.may_send(written, written_at=written, until=until) == at("2026-11-27 10:00")
    assert clock.may_send(written, written_at=written) > until
    assert clock.may_send(written, written_at=written, in_summary=False) == at("2026-11-27 10:00")
    # A summary that comes in time has it.
    late = at("2026-12-05 16:00")
    assert clock.may_send(written, written_at=written, until=late) == clock.may_send(written, written_at=written)


def test_days_away_end_the_next_morning() -> None:
    clock = Clock(BERLIN, away_from=date(2026, 12, 24), away_until=date(2027, 1, 3), quiet_from=20, quiet_until=9)
    now = at("2026-12-24 12:00")
    assert clock.is_away(date(2026, 12, 24))
    assert clock.is_away(date(2027, 1, 3))
    assert not clock.is_away(date(2027, 1, 4))
    # The summary's hour, eight, lies in the quiet hours, which end at nine.
    assert clock.may_send(now, written_at=now) == at("2027-01-04 08:00")


@given(
    zone=st.sampled_from(ZONES),
    now=st.datetimes(FIRST, LAST, timezones=st.just(UTC)),
    pace=st.sampled_from(MailPace.values),
    hour=st.integers(0, 23),
    quiet=st.one_of(st.none(), st.tuples(st.integers(0, 23), st.integers(0, 23))),
    wait=st.timedeltas(timedelta(0), timedelta(days=10)),
)
def test_a_message_waits_a_bounded_time_and_then_goes(
    zone: str, now: datetime, pace: str, hour: int, quiet: tuple[int, int] | None, wait: timedelta
) -> None:
    clock = Clock(
        zoneinfo.ZoneInfo(zone),
        pace=pace,
        digest_hour=hour,
        quiet_from=quiet[0] if quiet else None,
        quiet_until=quiet[1] if quiet else None,
    )
    at = clock.may_send(now, written_at=now - wait)
    assert now <= at <= now + timedelta(days=9)
    # Whoever looks again at that moment sends: nothing is put off for ever.
    assert clock.may_send(at, written_at=now - wait) == at


@pytest.mark.parametrize("hour", [2, 9])
def test_every_zone_has_one_reminder_a_day_at_the_local_hour(hour: int) -> None:
    """Two years of every zone: once each local day, at the hour on the wall wherever that hour exists."""
    first = date(2026, 1, 1)
    for name in ZONES:
        zone = zoneinfo.ZoneInfo(name)
        moments = [moment_of(first + timedelta(days=shift), hour, zone) for shift in range(731)]
        assert moments == sorted(set(moments)), name
        for shift, moment in enumerate(moments):
            local = moment.astimezone(zone)
            assert local.date() == first + timedelta(days=shift), name
            # Only an hour that is left out when the clocks go forward comes later, counted on from before the change.
            assert local.hour == hour or (local.hour > hour and _is_left_out(local, hour)), (name, local)


def _is_left_out(local: datetime, hour: int) -> bool:
    wanted = local.replace(hour=hour, minute=0, tzinfo=None, fold=0)
    return wanted.replace(tzinfo=local.tzinfo).astimezone(UTC).astimezone(local.tzinfo).replace(tzinfo=None) != wanted
