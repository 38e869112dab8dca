"""Locked measures: from which day, in the organization's time zone, and what a change then needs."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from okrs.domain.key_result import archive_key_result, edit_key_result, restore_key_result
from okrs.enums import ObjectiveStatus
from okrs.models import Cycle, KeyResult, Objective
from okrs.queries.locking import LOCKED_FIELDS, is_locked, locks_on
from organizations.actor import Actor
from organizations.enums import Via
from organizations.errors import Refused
from organizations.models import AuditEntry, Membership
from organizations.queries.settings import local_today
from tests.factories.worlds import World, within


@pytest.fixture
def inside(world: World) -> Iterator[World]:
    with within(world.organization):
        world.settings.time_zone = "Europe/Berlin"
        world.settings.save()
        yield world


def acting(member: Membership) -> Actor:
    return Actor(member, via=Via.WEB)


def last_entry(key_result: KeyResult) -> AuditEntry:
    return AuditEntry.objects.filter(object_id=str(key_result.pk)).order_by("-at", "-id")[0]


def begun(world: World, *, days_ago: int) -> KeyResult:
    """The key result, its cycle begun so many days ago and its objective in force since long before."""
    today = local_today()
    Cycle.objects.filter(pk=world.cycle.pk).update(
        starts_on=today - timedelta(days=days_ago), ends_on=today + timedelta(days=60)
    )
    Objective.objects.update(activated_at=timezone.now() - timedelta(days=200))
    return KeyResult.objects.select_related("objective__cycle").get(pk=world.key_result.pk)


@pytest.mark.parametrize(
    ("starts_on", "activated_at", "day"),
    [
        (date(2026, 10, 1), datetime(2026, 9, 1, tzinfo=UTC), date(2026, 10, 15)),
        (date(2026, 10, 1), datetime(2026, 10, 20, 12, tzinfo=UTC), date(2026, 11, 3)),
        # Already the next day in Berlin.
        (date(2026, 10, 1), datetime(2026, 10, 20, 22, 30, tzinfo=UTC), date(2026, 11, 4)),
        # After the clocks went back Berlin is one hour ahead, no longer two.
        (date(2026, 10, 1), datetime(2026, 10, 26, 22, 30, tzinfo=UTC), date(2026, 11, 9)),
    ],
)
def test_the_day_from_which_measures_are_locked(
    inside: World, starts_on: date, activated_at: datetime, day: date
) -> None:
    objective = Objective(cycle=Cycle(starts_on=starts_on), status=ObjectiveStatus.ACTIVE, activated_at=activated_at)
    assert locks_on(objective, inside.settings) == day
    inside.settings.lock_after_days = 0
    assert locks_on(objective, inside.settings) == day - timedelta(days=14)


def test_the_lock_falls_at_local_midnight(inside: World, monkeypatch: pytest.MonkeyPatch) -> None:
    objective = Objective(
        cycle=Cycle(starts_on=date(2026, 10, 1)),
        status=ObjectiveStatus.ACTIVE,
        activated_at=datetime(2026, 9, 1, tzinfo=UTC),
    )
    for moment, locked in (
        (datetime(2026, 10, 14, 21, 59, tzinfo=UTC), False),
        (datetime(2026, 10, 14, 22, 0, tzinfo=UTC), True),
    ):
        monkeypatch.setattr(timezone, "now", lambda moment=moment: moment)
        assert is_locked(objective, inside.settings) is locked


@pytest.mark.parametrize("status", ["draft", "submitted", "agreed"])
def test_drafts_are_never_locked(inside: World, status: str) -> None:
    begun(inside, days_ago=40)
    objective = Objective.objects.select_related("cycle").get(pk=inside.objective.pk)
    assert is_locked(objective, inside.settings)
    objective.status = status
    assert not is_locked(objective, inside.settings)


VALUES: dict[str, Any] = {
    "metric": "decrease",
    "unit_kind": "percent",
    "unit": "%",
    "start": Decimal(5),
    "target": Decimal(120),
    "lower": Decimal(1),
    "upper": Decimal(2),
    "weight": Decimal(3),
}


@pytest.mark.parametrize("field", LOCKED_FIELDS)
def test_a_locked_change_needs_a_reason(inside: World, field: str) -> None:
    key_result = begun(inside, days_ago=14)
    changes = {field: VALUES[field]} | ({"start": Decimal(200)} if field == "metric" else {})
    with pytest.raises(Refused) as caught:
        edit_key_result(actor=acting(inside.lead), key_result=key_result, changes=changes)
    assert list(caught.value.error_dict) == ["reason"]
    edit_key_result(actor=acting(inside.lead), key_result=key_result, changes=changes, reason=" The market moved ")
    entry = last_entry(key_result)
    assert (entry.verb, entry.reason, entry.after[field]) == ("changed", "The market moved", str(VALUES[field]))


def test_words_stay_free_and_their_history_is_kept(inside: World) -> None:
    key_result = begun(inside, days_ago=14)
    before = key_result.title
    edit_key_result(
        actor=acting(inside.lead),
        key_result=key_result,
        changes={"title": "Clearer", "description": "More", "target": key_result.target},
        reason="Nobody asked",
    )
    entry = last_entry(key_result)
    assert (entry.before["title"], entry.after["title"], entry.reason) == (before, "Clearer", "")


def test_a_day_earlier_nothing_is_locked(inside: World) -> None:
    key_result = begun(inside, days_ago=13)
    edit_key_result(actor=acting(inside.lead), key_result=key_result, changes={"target": Decimal(120)})
    archive_key_result(actor=acting(inside.lead), key_result=key_result)
    assert last_entry(key_result).reason == ""


def test_removing_what_is_locked_needs_a_reason(inside: World) -> None:
    key_result = begun(inside, days_ago=14)
    actor = acting(inside.lead)
    with pytest.raises(Refused) as caught:
        archive_key_result(actor=actor, key_result=key_result)
    assert list(caught.value.error_dict) == ["reason"]
    archive_key_result(actor=actor, key_result=key_result, reason="Measured elsewhere")
    assert last_entry(key_result).reason == "Measured elsewhere"
    restore_key_result(actor=actor, key_result=key_result)
    assert KeyResult.objects.get(pk=key_result.pk).archived_at is None
