"""The week of teams: what it tells, to whom, once, and never about persons."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from okrapp.notifications.clock import Clock
from okrapp.notifications.domain.claim import claim
from okrapp.notifications.enums import MailPace, State
from okrapp.notifications.models import Choice, Delivery, Endpoint, Event, Habits, Notification
from okrapp.notifications.parcels import item_of
from okrapp.notifications.registry import registry
from okrapp.tenancy.context import do_last
from okrs.domain.check_in import check_in
from okrs.domain.digest import WEEKLY, digest_day, facts_of, send_digests, tell_rooms
from okrs.domain.kudos import celebrate
from okrs.domain.objective import edit_objective
from okrs.enums import Confidence, ObjectiveStatus, Phase, Visibility
from okrs.models import CheckIn, Cycle, KeyResult, Kudos, Objective
from okrs.queries.digest import TeamWeek, week_before, weeks_of
from okrs.templatetags.okrs import from_to
from organizations.actor import Actor, system_actor
from organizations.enums import Via
from organizations.models import Membership, OrganizationSettings, PausePeriod, TeamMembership
from tests.factories.okrs import KeyResultFactory, ObjectiveFactory
from tests.factories.organizations import MembershipFactory, TeamFactory, UserFactory
from tests.factories.worlds import World, client_of, within
from tests.queries import exactly

pytestmark = pytest.mark.django_db
# A Monday, at nine in Berlin; the week before is told.
NOW = datetime(2026, 9, 14, 7, 0, tzinfo=UTC)
FIRST = date(2026, 9, 7)
WEEK = timedelta(days=7)


@pytest.fixture
def inside(world: World) -> Iterator[World]:
    with within(world.organization):
        Notification.objects.all().delete()
        PausePeriod.objects.all().delete()
        CheckIn.objects.all().delete()
        Kudos.objects.all().delete()
        OrganizationSettings.objects.update(time_zone="Europe/Berlin")
        Objective.objects.exclude(pk=world.objective.pk).update(archived_at=timezone.now())
        Cycle.objects.filter(pk=world.cycle.pk).update(
            phase=Phase.RUNNING, starts_on=date(2026, 7, 1), ends_on=date(2026, 9, 30)
        )
        Objective.objects.filter(pk=world.objective.pk).update(
            status=ObjectiveStatus.ACTIVE, visibility=Visibility.OPEN, team=world.team
        )
        yield world


def acting(member: Membership) -> Actor:
    return Actor(member, via=Via.WEB)


def moved_on(world: World, at: datetime, value: int, **said: Any) -> CheckIn:
    entry = check_in(actor=acting(world.lead), key_result=world.key_result, value=Decimal(value), **said)
    CheckIn.objects.filter(pk=entry.pk).update(at=at)
    return entry


def week(world: World, first: date = FIRST, now: datetime = NOW) -> TeamWeek:
    return weeks_of(system_actor(), [world.team], first, now=now)[world.team.pk]


def told() -> dict[Any, Any]:
    return {one.recipient_id: one for one in Notification.objects.filter(kind=WEEKLY)}


def test_what_moved_is_told_from_where_to_where(inside: World) -> None:
    moved_on(inside, NOW - WEEK, 20)
    moved_on(inside, NOW - timedelta(days=2), 35)
    (one,) = week(inside).moved
    assert (one.key_result, one.after) == (inside.key_result, Decimal(35))
    assert one.before != one.after


def test_a_week_begins_and_ends_at_midnight_where_the_organization_is(inside: World) -> None:
    berlin = ZoneInfo("Europe/Berlin")
    moved_on(inside, datetime(2026, 9, 6, 23, 59, tzinfo=berlin), 20)
    assert week(inside).moved == []
    moved_on(inside, datetime(2026, 9, 7, 0, 0, tzinfo=berlin), 25)
    assert [one.after for one in week(inside).moved] == [Decimal(25)]
    moved_on(inside, datetime(2026, 9, 14, 0, 0, tzinfo=berlin), 30)
    assert [one.after for one in week(inside).moved] == [Decimal(25)]


def test_it_says_whether_that_is_better(inside: World) -> None:
    KeyResult.objects.filter(pk=inside.key_result.pk).update(
        metric="decrease", start=Decimal(9), target=Decimal(4), current=Decimal("6.1"), unit_kind="number", unit="days"
    )
    moved_on(inside, NOW - timedelta(days=3), 5)
    send_digests(NOW)
    lines = registry.kinds[WEEKLY].lines(told()[inside.lead.pk].facts)
    assert lines[0] == f"▲ {inside.key_result.title}: 6.1 → 5\u00a0days, better"
    client = client_of(inside.member)
    page = f"{reverse('okrs:team_week', args=['acme', inside.team.slug])}?from=2026-09-07"
    said = client.get(page).content.decode()
    assert "6.1 → 5\u00a0days" in said
    assert re.search(r"text-success[^>]*>(?:(?!svg).)*</svg>better<", said, re.DOTALL)
    found = client.get(f"/api/v1/o/acme/team-weeks/{inside.team.pk}/?from=2026-09-07").json()
    assert found["moved"][0]["is_better"] is True
    moved_on(inside, NOW - timedelta(days=2), 8)
    facts = facts_of([week(inside)])
    assert registry.kinds[WEEKLY].lines(facts)[0] == f"▼ {inside.key_result.title}: 6.1 → 8\u00a0days, worse"


@pytest.mark.parametrize(
    ("before", "changes", "expected"),
    [
        (None, {"unit": "days"}, "– → 5\u00a0days"),
        (41, {"unit_kind": "percent"}, "41 → 5%"),
        (41, {"unit": "€"}, "€41 → €5"),
        (2, {"metric": "milestones"}, "2 → 5 milestones"),
        (0, {"metric": "done"}, "not done → done"),
        (3, {}, "3 → 5"),
    ],
)
def test_the_unit_stands_once(before: int | None, changes: dict[str, str], expected: str) -> None:
    key_result = KeyResult(**{"metric": "increase", "unit_kind": "number", "unit": "", **changes})
    assert from_to(None if before is None else Decimal(before), Decimal(5), key_result) == expected


def test_what_went_there_and_back_has_not_moved(inside: World) -> None:
    KeyResult.objects.filter(pk=inside.key_result.pk).update(current=Decimal(20))
    moved_on(inside, NOW - timedelta(days=3), 30)
    moved_on(inside, NOW - timedelta(days=2), 20)
    assert week(inside).moved == []


@pytest.mark.parametrize(
    "said", [{"confidence": Confidence.AT_RISK}, {"confidence": Confidence.OFF_TRACK}, {"blocker": "No access"}]
)
def test_what_is_stuck(inside: World, said: dict[str, Any]) -> None:
    moved_on(inside, NOW - timedelta(hours=1), 95, **said)
    stuck = [one for one in week(inside).stuck if one.standing.key_result == inside.key_result]
    assert [one.blocker for one in stuck] == [said.get("blocker", "")]
    CheckIn.objects.update(solved_at=timezone.now())
    assert not any(one.blocker for one in week(inside).stuck)


def test_private_objectives_are_in_no_digest(inside: World) -> None:
    moved_on(inside, NOW - timedelta(days=2), 35, blocker="No access")
    celebrate(actor=acting(inside.lead), text="Well done", team=inside.team, people=[inside.member])
    Objective.objects.filter(pk=inside.objective.pk).update(visibility=Visibility.PRIVATE)
    Kudos.objects.update(objective=inside.objective, created_at=NOW - timedelta(days=2))
    assert week(inside).is_empty


def test_kudos_of_the_week(inside: World) -> None:
    celebrate(actor=acting(inside.lead), text="Well done", team=inside.team, people=[inside.member])
    Kudos.objects.update(created_at=NOW - timedelta(days=2))
    assert [one.names for one in week(inside).celebrations] == [(inside.member.display_name,)]
    assert week(inside, FIRST - WEEK).celebrations == []


def test_members_and_leads_are_told_once_a_week(inside: World) -> None:
    moved_on(inside, NOW - timedelta(days=2), 35)
    outside = MembershipFactory.create(user=UserFactory.create())
    for hours in (0, 1, 26):
        send_digests(NOW + timedelta(hours=hours))
    people = told()
    assert inside.lead.pk in people
    assert inside.member.pk in people
    assert outside.pk not in people
    assert Notification.objects.filter(kind=WEEKLY).count() == len(people)
    assert people[inside.lead.pk].path == f"teams/{inside.team.slug}/week/?from=2026-09-07"
    send_digests(NOW + WEEK)
    assert Notification.objects.filter(kind=WEEKLY, recipient=inside.lead).count() == 2


def test_somebody_in_two_teams_gets_one_message(inside: World) -> None:
    moved_on(inside, NOW - timedelta(days=2), 35, confidence=Confidence.AT_RISK)
    other = TeamFactory.create(name="Zebra", lead=inside.lead)
    objective = ObjectiveFactory.create(cycle=inside.cycle, team=other, status=ObjectiveStatus.ACTIVE)
    KeyResultFactory.create(objective=objective, confidence=Confidence.OFF_TRACK)
    send_digests(NOW)
    one = told()[inside.lead.pk]
    assert [week["team"] for week in one.facts["weeks"]] == [inside.team.name, "Zebra"]
    lines = registry.kinds[WEEKLY].lines(one.facts)
    assert lines[1].startswith("Zebra: 1 stuck")
    # Each line leads to the week of its team.
    item = item_of(one, registry.kinds[WEEKLY])
    paths = [f"teams/{team.slug}/week/?from=2026-09-07" for team in (inside.team, other)]
    assert item.places == list(zip(lines, paths, strict=True))
    answer = client_of(inside.lead).get(f"/o/acme/{paths[0]}")
    assert f'href="/o/acme/{paths[1]}"' in answer.content.decode()


def test_nothing_is_told_of_nothing_in_a_pause_or_to_who_is_away(inside: World) -> None:
    moved_on(inside, NOW - timedelta(days=2), 35)
    Habits.objects.update_or_create(
        member=inside.lead, defaults={"away_from": NOW.date(), "away_until": NOW.date() + WEEK}
    )
    send_digests(NOW)
    assert inside.lead.pk not in told()
    assert inside.member.pk in told()
    Notification.objects.all().delete()
    PausePeriod.objects.create(name="Summer", starts_on=NOW.date(), ends_on=NOW.date() + WEEK)
    assert send_digests(NOW) == 0


def test_it_can_be_switched_off(inside: World) -> None:
    moved_on(inside, NOW - timedelta(days=2), 35)
    Choice.objects.create(member=inside.lead, kind=WEEKLY, channel="email", is_on=False)
    send_digests(NOW)
    assert inside.lead.pk in told()
    assert not Delivery.objects.filter(notification__recipient=inside.lead, notification__kind=WEEKLY).exists()


def test_it_waits_for_no_summary_of_mails(inside: World) -> None:
    """Both come at the same hour; with the next summary it would be a week late."""
    moved_on(inside, NOW - timedelta(days=2), 35)
    Habits.objects.update_or_create(member=inside.lead, defaults={"pace": MailPace.WEEKLY})
    Delivery.objects.all().delete()
    send_digests(NOW)
    deliveries = Delivery.objects.filter(notification__recipient=inside.lead, channel="email")
    deliveries.update(created_at=NOW, due_at=NOW)
    claim(NOW)
    assert [one.state for one in deliveries] == [State.CLAIMED]


def test_it_says_how_it_stands_when_it_is_sent(inside: World) -> None:
    moved_on(inside, NOW - timedelta(days=2), 35)
    send_digests(NOW)
    look = registry.kinds[WEEKLY].still_true
    assert look is not None
    rows = list(Notification.objects.filter(kind=WEEKLY))
    assert look(rows)[rows[0].pk]["weeks"][0]["moved"][0]["title"] == inside.key_result.title
    Objective.objects.filter(pk=inside.objective.pk).update(visibility=Visibility.PRIVATE)
    assert look(rows) == {}


def test_the_day_and_hour_are_ones_own() -> None:
    clock = Clock(ZoneInfo("America/New_York"), digest_weekday=4, digest_hour=16)
    friday = datetime(2026, 9, 11, 20, 0, tzinfo=UTC)  # four in the afternoon
    assert digest_day(clock, friday - timedelta(minutes=1)) is None
    assert digest_day(clock, friday) == date(2026, 9, 11)
    assert digest_day(clock, friday + timedelta(days=3)) is None
    # A digest on Friday is about that very week, one on Monday about the week before.
    assert week_before(date(2026, 9, 11)) == week_before(date(2026, 9, 14)) == date(2026, 9, 7)


def test_words_in_every_language(inside: World) -> None:
    moved_on(inside, NOW - timedelta(days=2), 35, confidence=Confidence.AT_RISK, blocker="No access")
    send_digests(NOW)
    facts, kind = told()[inside.lead.pk].facts, registry.kinds[WEEKLY]
    said = set()
    for language in ("en", "de", "sv"):
        with translation.override(language):
            said.add((kind.sentence(facts), *kind.lines(facts)))
    assert len(said) == 3
    # About key results: nobody's name stands beside a number.
    assert not any(inside.lead.display_name in line for lines in said for line in lines)


def test_rooms_of_the_team_are_told_on_mondays(inside: World) -> None:
    moved_on(inside, NOW - timedelta(days=2), 35)
    Endpoint.objects.filter(pk=inside.room.pk).update(topics=["team_week"], team=inside.team)
    for before in (1, 4):  # Sunday and Thursday
        tell_rooms(system_actor(), NOW.date() - timedelta(days=before))
    assert not Event.objects.filter(kind="team_week").exists()
    # A worker that was down on Monday comes on Tuesday.
    for day in range(3):
        tell_rooms(system_actor(), NOW.date() + timedelta(days=day))
    assert Event.objects.filter(kind="team_week").count() == 1


def test_rooms_hear_nothing_in_a_pause(inside: World) -> None:
    moved_on(inside, NOW - timedelta(days=2), 35)
    Endpoint.objects.filter(pk=inside.room.pk).update(topics=["team_week"], team=inside.team)
    PausePeriod.objects.create(name="Off", starts_on=NOW.date(), ends_on=NOW.date() + timedelta(days=1))
    for day in range(2):
        tell_rooms(system_actor(), NOW.date() + timedelta(days=day))
    assert not Event.objects.filter(kind="team_week").exists()


def test_a_room_is_told_no_title_that_became_private_at_whatever_attempt(
    inside: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    Endpoint.objects.filter(pk=inside.room.pk).update(topics=["team_week"], team=inside.team)
    Delivery.objects.all().delete()
    other = ObjectiveFactory.create(cycle=inside.cycle, team=inside.team, owner=inside.lead, title="Stays")
    KeyResultFactory.create(objective=other, title="Known to all", confidence=Confidence.AT_RISK)
    moved_on(inside, NOW - timedelta(days=2), 35)
    tell_rooms(system_actor(), NOW.date())
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    title = inside.key_result.title.encode()
    for attempt in (1, 2):
        Delivery.objects.update(due_at=NOW)
        (claimed,) = claim(NOW) or []
        assert (title in claimed.message.body, claimed.attempts) == (attempt == 1, attempt)
        assert b"Known to all" in claimed.message.body
        edit_objective(
            actor=acting(inside.lead), objective=inside.objective, changes={"visibility": Visibility.PRIVATE}
        )
    Objective.objects.filter(pk=other.pk).update(visibility=Visibility.PRIVATE)
    Delivery.objects.update(due_at=NOW)
    assert claim(NOW) == []
    assert Delivery.objects.get(event__kind="team_week").state == State.DROPPED


@pytest.mark.parametrize("people", [1, 60])
def test_statements_do_not_grow_with_people_and_key_results(inside: World, people: int) -> None:
    moved_on(inside, NOW - timedelta(days=2), 35)
    for _number in range(people):
        KeyResultFactory.create(objective=inside.objective)
        member = MembershipFactory.create(user=UserFactory.create())
        TeamMembership.objects.create(team=inside.team, membership=member)
    with exactly(23):
        send_digests(NOW)
        do_last()


@pytest.mark.parametrize("count", [1, 50])
def test_the_page_takes_the_same_number_of_statements(inside: World, count: int) -> None:
    for _number in range(count):
        KeyResultFactory.create(objective=inside.objective, confidence=Confidence.AT_RISK)
    client = client_of(inside.member)
    with exactly(12):
        answer = client.get(reverse("okrs:team_week", args=["acme", inside.team.slug]))
    assert answer.status_code == 200


def test_the_page_says_what_is_as_of_today_and_offers_to_check_in(
    inside: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    cycle = Cycle.objects.filter(pk=inside.cycle.pk)
    now = timezone.now()
    cycle.update(starts_on=now.date() - 6 * WEEK, ends_on=now.date() + 6 * WEEK)
    KeyResult.objects.filter(pk=inside.key_result.pk).update(
        created_at=now - 5 * WEEK, last_check_in_at=now - 4 * WEEK, confidence=Confidence.OFF_TRACK, owner=inside.member
    )
    Objective.objects.update(activated_at=now - 5 * WEEK)
    this_week = now.date() - timedelta(days=now.date().weekday())
    page = reverse("okrs:team_week", args=["acme", inside.team.slug])
    client, left_out = client_of(inside.member), "left out of earlier weeks"
    check_in_url = reverse("okrs:check_in", args=["acme", inside.key_result.pk])
    present, last, before = (
        client.get(f"{page}?from={this_week - back * WEEK}").content.decode() for back in (0, 1, 4)
    )
    assert "What is stuck" in present
    assert "Check-ins that wait" in present
    assert f'href="{check_in_url}"' in present
    for title in ("What is stuck today", "Check-ins that wait today"):
        assert [title in text for text in (present, last, before)] == [False, True, False]
    assert [left_out in text for text in (present, last, before)] == [False, False, True]
    assert f'href="{check_in_url}"' not in client_of(inside.plo).get(page).content.decode()


def test_the_page_and_the_api_tell_the_same(inside: World) -> None:
    moved_on(inside, NOW - timedelta(days=2), 35)
    client: Client = client_of(inside.member)
    page = reverse("okrs:team_week", args=["acme", inside.team.slug])
    said = client.get(f"{page}?from=2026-09-09").content.decode()
    assert inside.key_result.title in said
    assert client.get(f"{page}?from=2199-01-01").status_code == 404
    assert client.get(f"{page}?from=nonsense").status_code == 200
    found = client.get(f"/api/v1/o/acme/team-weeks/{inside.team.pk}/?from=2026-09-09").json()
    assert found["first_day"] == "2026-09-07"
    assert [one["key_result"] for one in found["moved"]] == [str(inside.key_result.pk)]
    assert client.get(f"/api/v1/o/acme/team-weeks/{inside.team.pk}/?from=nonsense").status_code == 422
