"""Reminders of check-ins: once a period, at the hour somebody chose, on their own clock, of what still waits."""

import os
import tracemalloc
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.utils import timezone, translation

from okrapp.notifications.domain.clean_up import KEPT, throw_away
from okrapp.notifications.models import Habits, Notification
from okrapp.notifications.registry import registry
from okrs.domain.check_in import check_in
from okrs.domain.key_result import edit_key_result
from okrs.domain.objective import edit_objective
from okrs.domain.reminder import DISPATCH_KIND, DUE, MISSED, next_look, remind
from okrs.models import Cycle, KeyResult, Objective
from okrs.notices import KINDS
from okrs.queries.reminder import PAGE, pages_of_asked
from organizations.actor import Actor, system_actor
from organizations.domain.team import update_team
from organizations.enums import Frequency, Via
from organizations.models import Dispatch, Membership, OrganizationSettings, PausePeriod, User
from tests.factories.okrs import CycleFactory, KeyResultFactory, ObjectiveFactory, ObjectiveGrantFactory
from tests.factories.organizations import MembershipFactory, UserFactory
from tests.factories.worlds import World, within
from tests.scheduled import scheduled
from tests.told import still_true

pytestmark = pytest.mark.django_db
FRIDAY = date(2026, 11, 27)
# `bin/bench chaos` reminds ten thousand.
REMINDED = int(os.environ.get("OKRAPP_REMINDERS", "800"))
EACH = 4


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.fixture(autouse=True)
def _quarter(world: World) -> Any:
    """A running quarter of Berlin with one key result of the member, due on Fridays at five."""
    with within(world.organization):
        OrganizationSettings.objects.update(time_zone="Europe/Berlin")
        PausePeriod.objects.all().delete()
        Notification.objects.all().delete()
        Objective.objects.all().update(status="paused")
        cycle = CycleFactory.create(starts_on=date(2026, 10, 1), ends_on=date(2026, 12, 31), phase="running")
        objective = ObjectiveFactory.create(cycle=cycle, team=world.team, owner=world.lead)
        began = at("2026-10-01 08:00")
        Objective.objects.filter(pk=objective.pk).update(activated_at=began, created_at=began)
        yield


def asked(owner: Membership | None, title: str = "A key result", last: str = "2026-11-20 12:00") -> KeyResult:
    objective = Objective.objects.get(status="active", cycle__starts_on=date(2026, 10, 1))
    one = KeyResultFactory.create(objective=objective, owner=owner, title=title)
    KeyResult.objects.filter(pk=one.pk).update(
        created_at=at("2026-10-01 08:00"), last_check_in_at=at(last) if last else None
    )
    return one


def told(kind: str = DUE) -> list[Notification]:
    return list(Notification.objects.filter(kind=kind).order_by("pk"))


def test_one_message_on_the_day_at_the_hour(world: World) -> None:
    asked(world.member, "First")
    asked(world.member, "Second")
    assert remind(at("2026-11-27 07:59")) == 0
    assert remind(at("2026-11-27 08:00")) == 1  # nine in Berlin
    assert remind(at("2026-11-27 08:01")) == 0
    assert remind(at("2026-11-27 12:00")) == 0
    (one,) = told()
    assert (one.recipient_id, one.period, one.facts["count"]) == (world.member.pk, "2026-11-27", 2)
    assert set(one.facts["titles"]) == {"First", "Second"}
    until = registry.kinds[DUE].until
    assert until is not None
    assert until(one.facts) == at("2026-11-27 16:00")


def test_nothing_if_it_is_done(world: World) -> None:
    asked(world.member, last="2026-11-24 12:00")
    assert remind(at("2026-11-27 10:00")) == 0


def test_a_late_tick_reminds_still_and_a_missed_day_does_not(world: World) -> None:
    asked(world.member)
    assert remind(at("2026-11-27 15:30")) == 1
    Notification.objects.all().delete()
    # Five o'clock has passed: the next period is a week away.
    assert remind(at("2026-11-27 16:30")) == 0


def test_without_an_owner_the_next_one_responsible_is_reminded(world: World) -> None:
    asked(None)
    remind(at("2026-11-27 10:00"))
    assert [one.recipient_id for one in told()] == [world.lead.pk]


def test_on_the_own_clock_and_at_the_own_hour(world: World) -> None:
    User.objects.filter(pk=world.member.user_id).update(time_zone="Asia/Tokyo")
    Habits.objects.create(member=world.member, reminder_hour=7)
    asked(world.member)
    assert remind(at("2026-11-26 21:59")) == 0
    assert remind(at("2026-11-26 22:00")) == 1  # Friday, seven in Tokyo


def test_an_hour_after_the_due_moment_means_the_day_before(world: World) -> None:
    User.objects.filter(pk=world.member.user_id).update(time_zone="America/Los_Angeles")
    asked(world.member)  # due at eight in the morning there
    assert remind(at("2026-11-26 16:59")) == 0
    assert remind(at("2026-11-26 17:00")) == 1


def test_quiet_hours_that_end_after_the_due_moment_mean_the_day_before(world: World) -> None:
    Habits.objects.create(member=world.member, quiet_from=8, quiet_until=18)
    asked(world.member)  # due at five
    assert remind(at("2026-11-26 07:59")) == 0
    assert remind(at("2026-11-26 08:00")) == 1


def test_nobody_is_reminded_in_a_pause_or_on_days_away(world: World) -> None:
    asked(world.member)
    pause = PausePeriod.objects.create(name="Off", starts_on=FRIDAY, ends_on=FRIDAY)
    assert remind(at("2026-11-27 10:00")) == 0
    pause.delete()
    Habits.objects.create(member=world.member, away_from=FRIDAY, away_until=FRIDAY)
    assert remind(at("2026-11-27 10:00")) == 0


def test_two_misses_offer_a_way_out_once(world: World) -> None:
    asked(world.member, last="2026-11-10 12:00")  # missed the 20th and the 27th
    assert remind(at("2026-11-20 18:00")) == 0
    remind(at("2026-11-28 07:59"))
    assert told(MISSED) == []
    remind(at("2026-11-28 08:00"))
    remind(at("2026-12-05 08:00"))
    (one,) = told(MISSED)
    assert one.recipient_id == world.member.pk


def test_the_same_misses_are_not_offered_again_when_that_is_forgotten(world: World) -> None:
    one = asked(world.member, last="2026-02-10 12:00")
    Cycle.objects.filter(pk=one.objective.cycle_id).update(starts_on=date(2026, 1, 1))
    Objective.objects.filter(pk=one.objective_id).update(activated_at=at("2026-01-01 08:00"))
    KeyResult.objects.filter(pk=one.pk).update(created_at=at("2026-01-01 08:00"))
    remind(at("2026-03-09 10:00"))
    assert len(told(MISSED)) == 1
    Notification.objects.update(created_at=timezone.now() - KEPT - timedelta(days=1))
    throw_away()
    remind(at("2026-09-14 10:00"))
    assert told(MISSED) == []
    # Somebody came back meanwhile, and stopped again.
    KeyResult.objects.filter(pk=one.pk).update(last_check_in_at=at("2026-08-20 12:00"))
    remind(at("2026-09-14 10:00"))
    assert len(told(MISSED)) == 1


def test_what_is_due_today_is_not_called_missed_on_the_same_day(world: World) -> None:
    one = asked(world.member, last="2026-11-02 12:00")  # missed the 13th and the 20th, when nobody looked
    assert remind(at("2026-11-27 08:00")) == 1
    assert told(MISSED) == []
    remind(at("2026-11-28 08:00"))
    assert [offer.facts["key_result"] for offer in told(MISSED)] == [str(one.pk)]


def test_nobody_is_asked_about_what_they_may_not_read(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    one = asked(world.member, "Secret number", last="2026-11-10 12:00")  # missed the 20th
    Objective.objects.filter(pk=one.objective_id).update(visibility="private")
    assert remind(at("2026-11-27 10:00")) == 0
    remind(at("2026-11-28 08:00"))
    assert told(MISSED) == []
    grant = ObjectiveGrantFactory.create(content_object=one.objective, user=world.member.user)
    assert remind(at("2026-11-27 10:00")) == 1
    remind(at("2026-11-28 08:00"))
    assert len(told(MISSED)) == 1
    monkeypatch.setattr(timezone, "now", lambda: at("2026-11-27 10:05"))
    assert still_true(DUE) == {world.member.pk}
    grant.delete()
    assert still_true(DUE) == set()


def test_of_a_private_objective_its_owner_is_reminded(world: World) -> None:
    one = asked(None)
    Objective.objects.filter(pk=one.objective_id).update(visibility="private")
    remind(at("2026-11-27 10:00"))
    assert [one.recipient_id for one in told()] == [world.lead.pk]


def test_words_in_every_language(world: World) -> None:
    kinds = {kind.code: kind for kind in KINDS}
    due = {
        "key_results": ["x"] * 7,
        "titles": ["A", "B", "C", "D", "E"],
        "count": 7,
        "due_at": "2026-11-27T16:00:00+00:00",
    }
    for language in ("en", "de", "sv"):
        with translation.override(language), timezone.override(ZoneInfo("Europe/Berlin")):
            assert "17:00" in kinds[DUE].sentence(due) or "5 p.m." in kinds[DUE].sentence(due)
            assert len(kinds[DUE].lines(due)) == 6
            one = due | {"count": 1, "titles": ["Only one"]}
            assert "Only one" in kinds[DUE].sentence(one)
            assert kinds[DUE].lines(one) == ()
            assert "Left" in kinds[MISSED].sentence({"title": "Left"})


def test_what_was_checked_in_on_meanwhile_is_left_out(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = asked(world.member, "First"), asked(world.member, "Second")
    remind(at("2026-11-27 08:00"))
    monkeypatch.setattr(timezone, "now", lambda: at("2026-11-27 08:05"))
    still_true = registry.kinds[DUE].still_true
    assert still_true is not None
    KeyResult.objects.filter(pk=first.pk).update(last_check_in_at=at("2026-11-27 08:02"))
    (facts,) = still_true(told()).values()
    assert (facts["count"], facts["titles"]) == (1, ["Second"])
    KeyResult.objects.filter(pk=second.pk).update(last_check_in_at=at("2026-11-27 08:03"))
    assert still_true(told()) == {}


def test_checking_in_on_the_last_of_them_reads_the_reminder(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = asked(world.member, "First"), asked(world.member, "Second")
    remind(at("2026-11-27 08:00"))
    monkeypatch.setattr(timezone, "now", lambda: at("2026-11-27 08:05"))
    actor = Actor(world.member, via=Via.WEB)
    check_in(actor=actor, key_result=first, value=Decimal(20))
    assert [one.read_at for one in told()] == [None]
    check_in(actor=actor, key_result=second, value=Decimal(20))
    assert told()[0].read_at is not None


def test_it_comes_back_for_the_next_hour_of_somebody(world: World) -> None:
    asked(world.member)
    User.objects.filter(pk=world.lead.user_id).update(time_zone="Asia/Kolkata")
    remind(at("2026-11-27 02:00"))
    assert scheduled(world.organization, DISPATCH_KIND) == at("2026-11-27 03:30")  # nine in Kolkata


def test_it_comes_back_within_six_hours(world: World) -> None:
    User.objects.update(time_zone="")
    now = at("2026-11-27 08:01")  # a minute past nine in Berlin
    assert next_look(now, system_actor()) == now + timedelta(hours=6)


def test_whoever_takes_over_on_the_day_is_reminded(world: World) -> None:
    one = asked(world.member)
    remind(at("2026-11-27 08:00"))
    edit_key_result(actor=Actor(world.lead, via=Via.WEB), key_result=one, changes={"owner": world.lead})
    # At once: the day may be over in six hours.
    due_at = scheduled(world.organization, DISPATCH_KIND)
    assert due_at is not None
    assert due_at <= timezone.now()
    remind(at("2026-11-27 15:50"))
    assert {one.recipient_id for one in told()} == {world.member.pk, world.lead.pk}


@pytest.mark.parametrize("what", ["key_result", "objective", "team", "nothing"])
def test_a_new_rhythm_or_owner_is_looked_at_at_once(what: str, world: World) -> None:
    Dispatch.objects.filter(kind=DISPATCH_KIND).delete()
    one, actor = asked(world.member), Actor(world.plo, via=Via.WEB)
    if what == "key_result":
        edit_key_result(actor=actor, key_result=one, changes={"check_in_frequency": Frequency.MONTHLY})
    elif what == "objective":
        edit_objective(actor=actor, objective=one.objective, changes={"owner": world.member})
    elif what == "team":
        update_team(actor=actor, team=world.team, changes={"check_in_hour": 11})
    else:
        edit_key_result(actor=actor, key_result=one, changes={"title": "Another title"})
    assert (scheduled(world.organization, DISPATCH_KIND) is not None) == (what != "nothing")


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/Sao_Paulo", "Asia/Kathmandu", "Pacific/Chatham"])
def test_its_own_ticks_remind_once_a_week_across_the_change_of_clocks(zone: str, world: World) -> None:
    User.objects.filter(pk=world.member.user_id).update(time_zone=zone)
    asked(world.member, last="")
    now = at("2026-10-19 00:00")
    while now < at("2026-11-09 00:00"):
        remind(now)
        now = scheduled(world.organization, DISPATCH_KIND) or now
    found = Counter(one.period for one in told())
    assert found == {"2026-10-23": 1, "2026-10-30": 1, "2026-11-06": 1}


def test_thousands_take_few_statements(world: World) -> None:
    users = [UserFactory.build(email=f"p{number}@example.org") for number in range(REMINDED)]
    User.objects.bulk_create(users)
    people = [MembershipFactory.build(user=user, display_name=user.email, email=user.email) for user in users]
    Membership.objects.bulk_create(people)
    template = asked(None)
    objective = KeyResult.objects.get(pk=template.pk).objective
    rows = [
        KeyResultFactory.build(objective=objective, owner=member, title="Mine", created_at=template.created_at)
        for member in people
        for _number in range(EACH)
    ]
    KeyResult.objects.bulk_create(rows)
    KeyResult.objects.filter(title="Mine").update(created_at=at("2026-10-01 08:00"))
    KeyResult.objects.filter(pk=template.pk).delete()
    # Nobody has missed two periods yet: everybody's answer is one reminder.
    KeyResult.objects.update(last_check_in_at=at("2026-11-18 10:00"))
    del users, people, rows
    tracemalloc.start()
    counting = Counting()
    with connection.execute_wrapper(counting):
        assert remind(at("2026-11-27 10:00")) == REMINDED
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    # Each page takes as many again: less than fifty for ten thousand people with four key results each.
    assert counting.number <= (15 if REMINDED * EACH < PAGE else 50)
    # Only one page of key results is in memory, some 6 kB each.
    assert peak < 100_000_000


def test_one_message_to_each_however_the_rows_are_read(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    people = [MembershipFactory.create(user=UserFactory.create()) for _number in range(4)]
    for number in range(3):
        for member in people:
            asked(member, f"{number} of {member.pk}")
    for size in (1, 2, 4, 6, 12, 100):
        monkeypatch.setattr("okrs.queries.reminder.PAGE", size)
        pages = []
        for page in pages_of_asked():
            assert not any(pages), "a page that was read stays in memory"
            pages.append(page)
            by_person = Counter(one.answerer for one in page)  # type: ignore[attr-defined]
            assert set(by_person.values()) == {3}
    monkeypatch.setattr("okrs.queries.reminder.PAGE", 4)
    assert remind(at("2026-11-27 10:00")) == 4
    assert [one.facts["count"] for one in told()] == [3] * 4


class Counting:
    """How many statements were sent."""

    def __init__(self) -> None:
        self.number = 0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().startswith(("SELECT", "UPDATE", "INSERT", "DELETE")):
            self.number += 1
        return execute(sql, params, many, context)
