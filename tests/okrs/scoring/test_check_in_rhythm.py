"""Check-in periods, what is due, what is outdated, and the rhythm of the last weeks."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okrs.scoring import (
    CheckInRhythm,
    CheckInState,
    Pause,
    PeriodState,
    Rhythm,
    ScoringError,
    Span,
    check_in_status,
    history,
    is_outdated,
    last_asked,
    periods_of,
)
from okrs.scoring.periods import GRACE_FOR_NEW

BERLIN = "Europe/Berlin"
FRIDAYS = CheckInRhythm(Rhythm.WEEKLY, weekday=4, hour=12, time_zone=BERLIN)
QUARTER = Span(date(2026, 7, 1), date(2026, 9, 30))  # Wednesday to Wednesday
TWO_YEARS = Span(date(2026, 1, 1), date(2027, 12, 31))
ZONES = [
    "UTC",
    BERLIN,
    "Europe/Stockholm",
    "Europe/London",
    "America/New_York",
    "America/St_Johns",
    "America/Santiago",
    "America/Havana",
    "Asia/Kolkata",
    "Asia/Beirut",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "Pacific/Kiritimati",
]


def at(text: str, zone: str = BERLIN) -> datetime:
    """Return a local moment, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def test_weekly_periods_of_a_quarter() -> None:
    periods = periods_of(FRIDAYS, QUARTER)
    assert len(periods) == 13
    assert periods[0].due_at == at("2026-07-03T12:00")
    assert periods[0].holds(at("2026-07-01T00:00"))
    assert not periods[0].holds(at("2026-06-30T23:59"))
    assert periods[-1].due_at == at("2026-09-25T12:00")
    assert all(one.due_at == other.start for one, other in pairwise(periods))


def test_two_weekly_periods_begin_with_at_least_a_week() -> None:
    periods = periods_of(CheckInRhythm(Rhythm.TWO_WEEKLY, 4, 12, BERLIN), QUARTER)
    assert [one.due_on for one in periods][:3] == [date(2026, 7, 10), date(2026, 7, 24), date(2026, 8, 7)]
    assert len(periods) == 6


def test_monthly_periods_end_with_the_last_weekday() -> None:
    periods = periods_of(CheckInRhythm(Rhythm.MONTHLY, 4, 12, BERLIN), Span(date(2026, 11, 1), date(2027, 2, 27)))
    assert [one.due_on for one in periods] == [
        date(2026, 11, 27),
        date(2026, 12, 25),
        date(2027, 1, 29),
        date(2027, 2, 26),
    ]


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("rhythm", Rhythm)
def test_every_due_moment_of_two_years_keeps_its_local_time(zone: str, rhythm: Rhythm) -> None:
    """Every weekday and hour of 2026 and 2027: the clock on the wall shows the hour, in summer and in
    winter."""
    local_zone = ZoneInfo(zone)
    for weekday in range(7):
        for hour in (0, 1, 2, 3, 9, 12, 23):
            periods = periods_of(CheckInRhythm(rhythm, weekday, hour, zone), TWO_YEARS)
            assert len(periods) >= {Rhythm.WEEKLY: 103, Rhythm.TWO_WEEKLY: 51, Rhythm.MONTHLY: 24}[rhythm]
            assert all(one.start < one.due_at for one in periods)
            assert all(one.due_at == other.start for one, other in pairwise(periods))
            for period in periods:
                local = period.due_at.astimezone(local_zone)
                assert period.due_at.tzinfo is UTC
                assert period.due_on.weekday() == weekday
                wall = datetime(local.year, local.month, local.day, hour, tzinfo=local_zone)
                exists = wall.astimezone(UTC).astimezone(local_zone).replace(tzinfo=None) == wall.replace(tzinfo=None)
                if exists:
                    assert (local.date(), local.hour, local.minute) == (period.due_on, hour, 0)
                else:  # the hour was skipped: at most an hour later, never another period
                    assert (
                        timedelta(0)
                        < local.replace(tzinfo=None)
                        - datetime.combine(period.due_on, datetime.min.time())
                        - timedelta(hours=hour)
                        <= timedelta(hours=1)
                    )


@pytest.mark.parametrize(
    ("zone", "first", "second", "hours"),
    [
        (BERLIN, date(2026, 3, 27), date(2026, 4, 3), 7 * 24 - 1),
        (BERLIN, date(2026, 10, 23), date(2026, 10, 30), 7 * 24 + 1),
        ("America/New_York", date(2027, 3, 12), date(2027, 3, 19), 7 * 24 - 1),
        ("Pacific/Auckland", date(2026, 9, 25), date(2026, 10, 2), 7 * 24 - 1),
        ("Asia/Kolkata", date(2026, 3, 27), date(2026, 4, 3), 7 * 24),
        ("Australia/Lord_Howe", date(2026, 4, 3), date(2026, 4, 10), 7 * 24 + 0.5),
    ],
)
def test_the_week_of_the_clock_change_is_shorter_or_longer(zone: str, first: date, second: date, hours: float) -> None:
    periods = {one.due_on: one for one in periods_of(CheckInRhythm(time_zone=zone), TWO_YEARS)}
    assert periods[second].due_at - periods[first].due_at == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("now", "last", "state"),
    [
        ("2026-06-30T12:00", None, CheckInState.UP_TO_DATE),  # before the cycle
        ("2026-07-01T09:00", None, CheckInState.DUE),
        ("2026-07-03T12:00", None, CheckInState.DUE),  # the due moment itself still belongs to the period
        ("2026-07-03T12:01", None, CheckInState.OUTDATED),
        ("2026-07-03T12:01", "2026-07-03T12:00", CheckInState.DUE),
        ("2026-07-03T12:01", "2026-07-01T00:00", CheckInState.DUE),
        ("2026-07-03T12:01", "2026-06-30T23:00", CheckInState.OUTDATED),
        ("2026-07-06T09:00", "2026-07-04T10:00", CheckInState.UP_TO_DATE),
        ("2026-07-10T12:01", "2026-07-04T10:00", CheckInState.DUE),
        ("2026-07-17T12:01", "2026-07-04T10:00", CheckInState.OUTDATED),
        ("2026-07-18T12:01", "2026-07-18T10:00", CheckInState.UP_TO_DATE),
        (
            "2026-09-28T12:01",
            "2026-09-20T10:00",
            CheckInState.UP_TO_DATE,
        ),  # days left over belong to no period
        ("2026-12-01T12:01", "2026-09-10T10:00", CheckInState.OUTDATED),  # and it stays so after the cycle
    ],
)
def test_due_and_outdated(now: str, last: str | None, state: CheckInState) -> None:
    status = check_in_status(FRIDAYS, QUARTER, at(last) if last else None, at(now))
    assert status.state is state


def test_status_tells_what_is_next_and_what_is_overdue() -> None:
    status = check_in_status(FRIDAYS, QUARTER, None, at("2026-07-06T09:00"))
    assert (status.is_due, status.is_outdated) == (True, True)
    assert status.next_due_at == at("2026-07-10T12:00")
    assert status.overdue is not None
    assert status.overdue.due_on == date(2026, 7, 3)
    done = check_in_status(FRIDAYS, QUARTER, at("2026-07-06T08:00"), at("2026-07-06T09:00"))
    assert (done.is_due, done.is_outdated, done.overdue) == (False, False, None)
    assert done.next_due_at == at("2026-07-17T12:00")
    over = check_in_status(FRIDAYS, QUARTER, at("2026-09-25T08:00"), at("2026-10-02T09:00"))
    assert (over.is_due, over.open_period, over.next_due_at) == (False, None, None)


@pytest.mark.parametrize(("rhythm", "days_before"), [(Rhythm.TWO_WEEKLY, 7), (Rhythm.MONTHLY, 7)])
def test_longer_rhythms_are_due_in_their_last_week(rhythm: Rhythm, days_before: int) -> None:
    setting = CheckInRhythm(rhythm, 4, 12, BERLIN)
    second = periods_of(setting, QUARTER)[1]
    last = second.start
    early = check_in_status(setting, QUARTER, last, second.due_at - timedelta(days=days_before, minutes=1))
    late = check_in_status(setting, QUARTER, last, second.due_at - timedelta(days=days_before))
    assert (early.is_due, late.is_due) == (False, True)


def test_a_new_key_result_is_due_at_once_but_not_outdated_at_once() -> None:
    friday = at("2026-07-10T12:00")
    fresh = check_in_status(FRIDAYS, QUARTER, None, friday - timedelta(hours=1), active_since=at("2026-07-10T09:00"))
    assert fresh.state is CheckInState.DUE
    after = friday + timedelta(minutes=1)
    new = check_in_status(FRIDAYS, QUARTER, None, after, active_since=at("2026-07-10T09:00"))
    old = check_in_status(FRIDAYS, QUARTER, None, after, active_since=friday - GRACE_FOR_NEW)
    assert (new.state, old.state) == (CheckInState.DUE, CheckInState.OUTDATED)
    imported = check_in_status(FRIDAYS, QUARTER, None, at("2029-01-01T00:00"), active_since=at("2028-12-31T00:00"))
    assert imported.state is CheckInState.UP_TO_DATE


HOLIDAYS = CheckInRhythm(Rhythm.WEEKLY, 4, 12, BERLIN, (Pause(date(2026, 7, 6), date(2026, 7, 26)),))


def test_nothing_is_due_in_a_pause_and_nothing_is_missed() -> None:
    assert [one.due_on for one in periods_of(HOLIDAYS, QUARTER) if one.paused] == [
        date(2026, 7, 10),
        date(2026, 7, 17),
        date(2026, 7, 24),
    ]
    in_july = at("2026-07-20T09:00")
    before_the_pause = at("2026-07-02T09:00")
    status = check_in_status(HOLIDAYS, QUARTER, before_the_pause, in_july)
    assert (status.is_due, status.is_outdated) == (False, False)
    assert status.next_due_at == at("2026-07-31T12:00")
    back = check_in_status(HOLIDAYS, QUARTER, before_the_pause, at("2026-07-27T09:00"))
    assert (back.is_due, back.is_outdated) == (True, False)


def test_what_was_missed_before_a_pause_stays_outdated_until_somebody_checks_in() -> None:
    assert check_in_status(HOLIDAYS, QUARTER, None, at("2026-07-20T09:00")).is_outdated
    assert not check_in_status(HOLIDAYS, QUARTER, at("2026-07-15T09:00"), at("2026-07-20T09:00")).is_outdated


def test_the_rhythm_of_the_last_eight_weeks() -> None:
    setting = CheckInRhythm(Rhythm.WEEKLY, 4, 12, BERLIN, (Pause(date(2026, 8, 3), date(2026, 8, 9)),))
    check_ins = [
        at("2026-07-09T10:00"),  # on time for the 10th; the 3rd was missed
        at("2026-07-18T10:00"),  # late for the 17th, on time for the 24th
        at("2026-07-30T10:00"),  # on time for the 31st
        at("2026-08-20T10:00"),  # on time for the 21st, too late for the 14th
    ]
    now = at("2026-08-26T09:00")
    cells = history(setting, QUARTER, check_ins, now)
    assert [(cell.period.due_on.isoformat(), cell.state.value) for cell in cells] == [
        ("2026-07-03", "missed"),
        ("2026-07-10", "on_time"),
        ("2026-07-17", "late"),
        ("2026-07-24", "on_time"),
        ("2026-07-31", "on_time"),
        ("2026-08-07", "paused"),
        ("2026-08-14", "missed"),
        ("2026-08-21", "on_time"),
        ("2026-08-28", "not_due"),
    ]
    done = history(setting, QUARTER, [*check_ins, at("2026-08-26T08:00")], now)
    assert done[-1].state is PeriodState.ON_TIME


def test_a_pause_of_one_day_pauses_the_period_due_on_it() -> None:
    friday = date(2026, 7, 10)
    setting = CheckInRhythm(Rhythm.WEEKLY, 4, 12, BERLIN, (Pause(friday, friday),))
    assert [one.due_on for one in periods_of(setting, QUARTER) if one.paused] == [friday]


def test_the_due_moment_itself_is_on_time() -> None:
    due = at("2026-07-10T12:00")
    cells = history(FRIDAYS, QUARTER, [due], at("2026-07-18T09:00"))
    assert [cell.state.value for cell in cells] == ["missed", "on_time", "missed", "not_due"]


def test_the_rhythm_begins_when_the_key_result_does() -> None:
    cells = history(FRIDAYS, QUARTER, [], at("2026-07-25T09:00"), active_since=at("2026-07-09T09:00"))
    assert [cell.state.value for cell in cells] == ["not_due", "not_due", "missed", "missed", "not_due"]


@pytest.mark.parametrize(
    ("settings_", "code"),
    [
        ({"weekday": 7}, "rhythm_range"),
        ({"weekday": -1}, "rhythm_range"),
        ({"hour": 24}, "rhythm_range"),
        ({"time_zone": "Europe/Atlantis"}, "unknown_zone"),
        ({"time_zone": "../etc/passwd"}, "unknown_zone"),
        ({"time_zone": ""}, "unknown_zone"),
    ],
)
def test_bad_settings_are_refused(settings_: dict[str, object], code: str) -> None:
    with pytest.raises(ScoringError) as caught:
        CheckInRhythm(**settings_)  # type: ignore[arg-type]
    assert caught.value.code == code
    with pytest.raises(ScoringError):
        Pause(date(2026, 7, 2), date(2026, 7, 1))


FIRST, LAST = datetime.fromisoformat("2025-12-01"), datetime.fromisoformat("2028-02-01")
moments = st.datetimes(FIRST, LAST, timezones=st.just(UTC))
pauses = st.lists(
    st.builds(
        lambda start, days: Pause(start, start + timedelta(days=days)),
        st.dates(date(2026, 1, 1), date(2027, 12, 1)),
        st.integers(0, 40),
    ),
    max_size=3,
).map(tuple)
rhythms = st.builds(
    CheckInRhythm,
    rhythm=st.sampled_from(Rhythm),
    weekday=st.integers(0, 6),
    hour=st.integers(0, 23),
    time_zone=st.sampled_from(ZONES),
    pauses=pauses,
)


@settings(max_examples=150, deadline=None)
@given(rhythm=rhythms, now=moments)
def test_a_check_in_this_moment_leaves_nothing_to_do(rhythm: CheckInRhythm, now: datetime) -> None:
    status = check_in_status(rhythm, TWO_YEARS, now, now + timedelta(microseconds=1))
    assert not status.is_outdated
    periods = periods_of(rhythm, TWO_YEARS)
    if not any(one.due_at == now for one in periods):  # at the due moment itself the next period opens
        assert not status.is_due


@settings(max_examples=150, deadline=None)
@given(rhythm=rhythms, now=moments, last=st.none() | moments, later=st.timedeltas(timedelta(0), timedelta(90)))
def test_a_later_check_in_never_makes_it_worse(
    rhythm: CheckInRhythm, now: datetime, last: datetime | None, later: timedelta
) -> None:
    last = min(last, now) if last else None
    before = check_in_status(rhythm, TWO_YEARS, last, now)
    after = check_in_status(rhythm, TWO_YEARS, min(now, (last or now) + later), now)
    assert after.is_outdated <= before.is_outdated
    assert after.is_due <= before.is_due


@settings(max_examples=150, deadline=None)
@given(rhythm=rhythms, now=moments, last=st.none() | moments)
def test_paused_periods_ask_for_nothing(rhythm: CheckInRhythm, now: datetime, last: datetime | None) -> None:
    status = check_in_status(rhythm, TWO_YEARS, last, now)
    if status.open_period is not None:
        assert status.open_period.holds(now)
        assert not (status.is_due and status.open_period.paused)
    if status.overdue is not None:
        assert not status.overdue.paused
        assert status.overdue.due_at < now
    if status.next_due_at is not None:
        assert status.next_due_at >= now
        due = next(one for one in periods_of(rhythm, TWO_YEARS) if one.due_at == status.next_due_at)
        assert not due.paused


@settings(max_examples=150, deadline=None)
@given(rhythm=rhythms, now=moments, check_ins=st.lists(moments, max_size=6), weeks=st.integers(1, 20))
def test_history_agrees_with_the_status(
    rhythm: CheckInRhythm, now: datetime, check_ins: list[datetime], weeks: int
) -> None:
    made = [one for one in check_ins if one <= now]
    cells = history(rhythm, TWO_YEARS, check_ins, now, weeks=weeks)
    status = check_in_status(rhythm, TWO_YEARS, max(made, default=None), now)
    for cell in cells:
        assert cell.period.paused == (cell.state is PeriodState.PAUSED)
        if cell.state is PeriodState.ON_TIME:
            assert any(cell.period.holds(one) for one in made)
        if cell.state in {PeriodState.MISSED, PeriodState.LATE}:
            assert cell.period.due_at < now
            assert not any(cell.period.holds(one) for one in made)
    if status.is_outdated and status.overdue in [cell.period for cell in cells]:
        overdue = next(cell for cell in cells if cell.period == status.overdue)
        assert overdue.state is PeriodState.MISSED
    if status.open_period is not None:
        assert cells[-1].period == status.open_period


@settings(max_examples=150, deadline=None)
@given(rhythm=rhythms, now=moments, last=st.none() | moments, since=st.none() | moments)
def test_what_is_outdated_is_so_for_one_and_for_thousands(
    rhythm: CheckInRhythm, now: datetime, last: datetime | None, since: datetime | None
) -> None:
    status = check_in_status(rhythm, TWO_YEARS, last, now, active_since=since)
    assert is_outdated(last_asked(rhythm, TWO_YEARS, now), last, since) == status.is_outdated
