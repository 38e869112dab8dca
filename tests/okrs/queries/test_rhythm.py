"""The strip shows the key results with the most trouble, in the order of the page."""

from datetime import UTC, date, datetime

from okrs.models import KeyResult
from okrs.queries.rhythm import SHOWN, RhythmRow, RhythmTable, weeks_of
from okrs.queries.standing import Standings
from organizations.actor import Actor
from organizations.enums import Via
from organizations.models import Membership, OrganizationSettings, PausePeriod
from tests.factories.okrs import CycleFactory, KeyResultFactory, ObjectiveFactory
from tests.factories.organizations import PausePeriodFactory
from tests.factories.worlds import World, within


def test_the_worst_are_shown_in_the_order_of_the_page() -> None:
    good, late, missed = ("on_time",) * 8, ("on_time",) * 7 + ("late",), ("missed",) * 8
    rows = [RhythmRow(f"good {number}", good) for number in range(SHOWN)]
    rows.insert(1, RhythmRow("late", late))
    rows.append(RhythmRow("missed", missed))
    table = RhythmTable(("week",) * 8, tuple(rows))
    assert [title for title, _states in table.shown] == ["good 0", "late", "good 1", "good 2", "missed"]
    assert table.hidden == 2
    assert len(table.every) == SHOWN + 2


def test_recent_trouble_weighs_more() -> None:
    long_ago, now = RhythmRow("a", ("missed", "on_time")), RhythmRow("b", ("on_time", "missed"))
    assert now.trouble > long_ago.trouble
    assert RhythmRow("c", ("on_time", "not_due")).trouble == 0


def test_weeks_are_on_time_late_missed_or_paused(world: World) -> None:
    """Of a key result on Fridays at noon, seen on a Monday; the third week of four is a pause."""
    now = datetime(2026, 3, 2, 9, tzinfo=UTC)
    made = [datetime(2026, 2, 5, 9, tzinfo=UTC), datetime(2026, 2, 14, 9, tzinfo=UTC)]
    long_ago = datetime(2026, 1, 20, tzinfo=UTC)
    with within(world.organization):
        PausePeriod.objects.all().delete()
        PausePeriodFactory.create(starts_on=date(2026, 2, 16), ends_on=date(2026, 2, 22))
        OrganizationSettings.objects.update(
            time_zone="UTC", check_in_frequency="weekly", check_in_weekday=4, check_in_hour=12
        )
        cycle = CycleFactory.create(starts_on=date(2026, 1, 31), ends_on=date(2026, 4, 30))
        objective = ObjectiveFactory.create(cycle=cycle, team=world.team, activated_at=long_ago)
        key_result = KeyResultFactory.create(objective=objective, last_check_in_at=made[-1])
        KeyResult.objects.filter(pk=key_result.pk).update(created_at=long_ago)
        key_result = KeyResult.objects.select_related("objective__cycle").get(pk=key_result.pk)
        standings = Standings(Actor(Membership.objects.get(pk=world.member.pk), via=Via.WEB), now=now)
        standing = standings.of_key_result(key_result, objective=key_result.objective, cycle=cycle, team=None)
        weeks = weeks_of(standing, standings, cycle, None, made)
    assert weeks == ("not_due",) * 3 + ("on_time", "late", "paused", "missed", "not_due")
