from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone, translation

from okrapp.web.moments import ago

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("distance", "shown"),
    [
        (timedelta(seconds=20), "just now"),
        (timedelta(minutes=5), "5 min ago"),
        (timedelta(hours=3, minutes=59), "3 h ago"),
        (timedelta(days=2), "2 d ago"),
        (timedelta(days=13), "13 d ago"),
        (timedelta(days=21), "3 wk ago"),
        (timedelta(days=100), "3 mo ago"),
        (timedelta(days=800), "2 y ago"),
        (timedelta(days=-3), "in 3 d"),
    ],
)
def test_distances_are_short(distance: timedelta, shown: str) -> None:
    with translation.override("en"):
        assert ago(NOW - distance, now=NOW) == shown


def test_dates_count_in_days_of_the_readers_zone() -> None:
    late = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
    with translation.override("en"), timezone.override("Europe/Stockholm"):
        assert ago(date(2026, 11, 24), now=late) == "today"
        assert ago(date(2026, 11, 23), now=late) == "1 d ago"
        assert ago(date(2026, 11, 26), now=late) == "in 2 d"


def test_nothing_is_nothing() -> None:
    assert ago(None) == ""
