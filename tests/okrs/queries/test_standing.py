"""How things stand today."""

from datetime import timedelta

import pytest
from django.utils import timezone

from okrs.enums import ObjectiveStatus
from okrs.models import Cycle, KeyResult, Objective, PhasedTarget
from okrs.queries.check_in import curve_of, find_key_result, standing_of
from okrs.queries.standing import Standings
from okrs.templatetags.okrs import pace_tone_of
from organizations.actor import Actor
from organizations.enums import Via
from tests.factories.worlds import World, within

DAY = timedelta(days=1)


def pace_of(world: World) -> object:
    """Return why the key result of the world has no pace, or what it is."""
    key_result = find_key_result(Actor(world.member, via=Via.WEB), world.key_result.pk)
    assert key_result is not None
    standing = standing_of(Actor(world.member, via=Via.WEB), key_result)
    return standing.expected.reason or standing.pace


def first_day(world: World) -> object:
    """Return the day at which the dashed line of its chart begins."""
    key_result = find_key_result(Actor(world.member, via=Via.WEB), world.key_result.pk)
    assert key_result is not None
    return curve_of(standing_of(Actor(world.member, via=Via.WEB), key_result), []).expected[0][0]


def test_nothing_is_behind_on_its_first_day(world: World) -> None:
    now, today = timezone.now(), timezone.now().date()
    with within(world.organization):
        Cycle.objects.filter(pk=world.cycle.pk).update(starts_on=today - 60 * DAY, ends_on=today + 40 * DAY)
        PhasedTarget.objects.all().delete()
        assert pace_of(world) == "far_behind"
        assert first_day(world) == today - 60 * DAY
        Objective.objects.filter(pk=world.objective.pk).update(activated_at=now)
        assert pace_of(world) == "too_early"
        assert abs(first_day(world) - today) <= DAY  # type: ignore[operator]


@pytest.mark.parametrize(
    ("status", "reason", "word"),
    [
        (ObjectiveStatus.PAUSED, "resting", "paused"),
        (ObjectiveStatus.STOPPED, "resting", "stopped"),
        (ObjectiveStatus.AGREED, "not_started", "on_track"),
        (ObjectiveStatus.ACTIVE, "far_behind", "on_track"),
    ],
)
def test_only_what_is_in_force_has_a_pace(world: World, status: str, reason: str, word: str) -> None:
    today, actor = timezone.now().date(), Actor(world.member, via=Via.WEB)
    with within(world.organization):
        Cycle.objects.filter(pk=world.cycle.pk).update(starts_on=today - 60 * DAY, ends_on=today + 40 * DAY)
        PhasedTarget.objects.all().delete()
        KeyResult.objects.update(confidence="on_track", last_check_in_at=timezone.now())
        Objective.objects.filter(pk=world.objective.pk).update(status=status)
        assert pace_of(world) == reason
        key_result = find_key_result(actor, world.key_result.pk)
        assert key_result is not None
        assert standing_of(actor, key_result).status == word
        whole = Standings(actor).of_objective(key_result.objective, [key_result])
        assert (whole.pace.pace is None) == (status != ObjectiveStatus.ACTIVE)
        # The ring beside the word has its colour.
        assert pace_tone_of(whole) == ("bad" if status == ObjectiveStatus.ACTIVE else "neutral")


def test_a_key_result_that_came_later_begins_later(world: World) -> None:
    now, today = timezone.now(), timezone.now().date()
    with within(world.organization):
        Cycle.objects.filter(pk=world.cycle.pk).update(starts_on=today - 60 * DAY, ends_on=today + 40 * DAY)
        PhasedTarget.objects.all().delete()
        Objective.objects.filter(pk=world.objective.pk).update(created_at=now - 70 * DAY, activated_at=now - 60 * DAY)
        assert pace_of(world) == "too_early"
        KeyResult.objects.filter(pk=world.key_result.pk).update(created_at=now - 69.5 * DAY)
        assert pace_of(world) == "far_behind"
        KeyResult.objects.filter(pk=world.key_result.pk).update(created_at=now, starts_on=today - 60 * DAY)
        assert pace_of(world) == "far_behind"
