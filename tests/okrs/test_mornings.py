"""What is told of days that come near: phases of cycles, scores that are waited for, actions of retrospectives."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from okrapp.notifications.domain.morning import DISPATCH_KIND, look_in_the_morning, next_morning
from okrapp.notifications.models import Endpoint, Event, Notification
from okrs.domain import mornings, telling
from okrs.domain.blocker import reopen_blocker, solve_blocker
from okrs.domain.check_in import check_in
from okrs.domain.cycle_phase import move_cycle
from okrs.domain.dependency import add_dependency, remove_dependency
from okrs.domain.mornings import PHASE_BEGINS, PHASE_SOON, REVIEW_DUE, review_call, steps_to_tell, tell_of_days
from okrs.domain.retro_action import add_action, edit_action
from okrs.enums import ActionState, ObjectiveStatus, Phase, Visibility
from okrs.models import Cycle, CycleTeam, Dependency, Objective, Review
from organizations.actor import system_actor
from organizations.models import Dispatch, Membership
from tests.factories.organizations import MembershipFactory, UserFactory
from tests.factories.worlds import World, within
from tests.queries import exactly
from tests.scheduled import scheduled
from tests.told import acting, still_true, told

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 14)
WEEK = timedelta(days=7)
DAY = timedelta(days=1)


@pytest.fixture
def inside(world: World) -> Iterator[World]:
    with within(world.organization):
        Notification.objects.all().delete()
        Cycle.objects.exclude(pk=world.cycle.pk).update(archived_at=timezone.now())
        set_days(world)
        yield world


def set_days(world: World, phase: str = Phase.RUNNING, **days: date | None) -> Cycle:
    none = dict.fromkeys(("drafting_on", "aligning_on", "running_on", "reviewing_on", "closing_on"))
    made = timezone.now() - timedelta(days=300)
    Cycle.objects.filter(pk=world.cycle.pk).update(phase=phase, created_at=made, **(none | days))
    cycle: Cycle = Cycle.objects.get(pk=world.cycle.pk)
    return cycle


def everybody() -> set[Any]:
    return set(Membership.objects.active().filter(user__isnull=False).values_list("pk", flat=True))


def test_a_phase_is_told_of_a_week_before_and_on_its_day(inside: World) -> None:
    cycle = set_days(inside, reviewing_on=TODAY + WEEK)
    assert list(steps_to_tell(cycle, TODAY - DAY)) == []
    for day in range(7):
        assert list(steps_to_tell(cycle, TODAY + day * DAY)) == [(PHASE_SOON, Phase.REVIEWING, TODAY + WEEK)]
    cycle.phase = Phase.REVIEWING
    for late in range(3):
        assert list(steps_to_tell(cycle, TODAY + WEEK + late * DAY)) == [(PHASE_BEGINS, Phase.REVIEWING, TODAY + WEEK)]
    assert list(steps_to_tell(cycle, TODAY + WEEK + 3 * DAY)) == []


def test_everybody_is_told_once_of_a_cycle_for_everybody(inside: World) -> None:
    set_days(inside, reviewing_on=TODAY + WEEK)
    for day in range(3):
        tell_of_days(system_actor(), TODAY + day * DAY)
    assert told(PHASE_SOON) == everybody()
    assert Notification.objects.filter(kind=PHASE_SOON).count() == len(everybody())


def test_only_those_who_take_part_are_told_and_the_office(inside: World) -> None:
    set_days(inside, reviewing_on=TODAY + WEEK)
    Cycle.objects.update(for_all_teams=False)
    CycleTeam.objects.all().delete()
    CycleTeam.objects.create(cycle=inside.cycle, team=inside.team)
    outside = MembershipFactory.create(user=UserFactory.create())
    tell_of_days(system_actor(), TODAY)
    people = told(PHASE_SOON)
    assert inside.lead.pk in people
    assert inside.plo.pk in people
    assert outside.pk not in people


def test_a_day_that_was_moved_is_not_sent(inside: World) -> None:
    set_days(inside, reviewing_on=TODAY + WEEK)
    tell_of_days(system_actor(), TODAY)
    assert still_true(PHASE_SOON) == everybody()
    set_days(inside, reviewing_on=TODAY + 2 * WEEK)
    assert still_true(PHASE_SOON) == set()
    set_days(inside, Phase.REVIEWING, reviewing_on=TODAY + WEEK)
    assert still_true(PHASE_SOON) == set()


def test_a_phase_that_was_taken_back_is_not_sent(inside: World) -> None:
    set_days(inside, Phase.REVIEWING, reviewing_on=TODAY)
    tell_of_days(system_actor(), TODAY)
    assert still_true(PHASE_BEGINS) == everybody()
    set_days(inside, reviewing_on=TODAY)
    assert still_true(PHASE_BEGINS) == set()


def test_a_cycle_moved_by_hand_is_told_of_at_once(inside: World) -> None:
    Dispatch.objects.filter(kind=DISPATCH_KIND).update(due_at=timezone.now() + DAY)
    move_cycle(actor=acting(inside.plo), cycle=inside.cycle, phase=Phase.REVIEWING)
    due_at = scheduled(inside.organization, DISPATCH_KIND)
    assert due_at is not None
    assert due_at <= timezone.now()
    look_in_the_morning()
    assert told(PHASE_BEGINS) == everybody()


def test_a_cycle_made_in_a_phase_has_not_come_into_it(inside: World) -> None:
    set_days(inside, Phase.REVIEWING, reviewing_on=TODAY)
    made = timezone.datetime(2026, 9, 14, 5, 0, tzinfo=timezone.get_default_timezone())  # type: ignore[attr-defined]
    Cycle.objects.update(created_at=made)
    tell_of_days(system_actor(), TODAY)
    assert told(PHASE_BEGINS) == set()


def test_rooms_hear_of_a_phase_once(inside: World) -> None:
    Endpoint.objects.filter(pk=inside.room.pk).update(topics=["cycle_phase"])
    set_days(inside, Phase.REVIEWING, reviewing_on=TODAY)
    for _twice in range(2):
        tell_of_days(system_actor(), TODAY)
    (event,) = Event.objects.filter(kind="cycle_phase")
    assert event.facts["phase"] == Phase.REVIEWING


def test_scores_are_asked_for_at_the_beginning_and_near_the_end(inside: World) -> None:
    cycle = set_days(inside, Phase.REVIEWING, reviewing_on=TODAY, closing_on=TODAY + 2 * WEEK)
    assert review_call(cycle, TODAY) == "first"
    assert review_call(cycle, TODAY + WEEK) is None
    assert [review_call(cycle, TODAY + 2 * WEEK - number * DAY) for number in (4, 3, 1, 0)] == [
        None,
        "last",
        "last",
        None,
    ]


def test_owners_are_asked_for_what_they_have_not_scored(inside: World) -> None:
    Review.objects.all().delete()
    Objective.objects.exclude(pk=inside.objective.pk).update(archived_at=timezone.now())
    Objective.objects.filter(pk=inside.objective.pk).update(status=ObjectiveStatus.ACTIVE, owner=inside.lead)
    set_days(inside, Phase.REVIEWING, reviewing_on=TODAY)
    for _twice in range(2):
        tell_of_days(system_actor(), TODAY)
    (one,) = Notification.objects.filter(kind=REVIEW_DUE)
    assert one.recipient_id == inside.lead.pk
    assert one.facts["count"] == 1
    assert still_true(REVIEW_DUE) == {inside.lead.pk}
    Review.objects.create(objective=inside.objective, score="0.7")
    assert still_true(REVIEW_DUE) == set()


@pytest.mark.parametrize("people", [1, 40])
def test_statements_do_not_grow_with_people(inside: World, people: int) -> None:
    set_days(inside, reviewing_on=TODAY + WEEK)
    for _number in range(people):
        MembershipFactory.create(user=UserFactory.create())
    actor = system_actor()
    assert actor.settings
    with exactly(8):
        tell_of_days(actor, TODAY)


def test_mornings_come_at_eight_on_the_organizations_clock() -> None:
    summer = timezone.datetime(2026, 7, 1, 5, 59, tzinfo=timezone.get_default_timezone())  # type: ignore[attr-defined]
    assert next_morning(summer, "Europe/Berlin").isoformat() == "2026-07-01T06:00:00+00:00"
    assert next_morning(summer + timedelta(minutes=1), "Europe/Berlin").isoformat() == "2026-07-02T06:00:00+00:00"
    winter = timezone.datetime(2026, 12, 1, 6, 30, tzinfo=timezone.get_default_timezone())  # type: ignore[attr-defined]
    assert next_morning(winter, "Europe/Berlin").isoformat() == "2026-12-01T07:00:00+00:00"


def test_an_action_tells_whose_it_is_and_when_it_is_due(inside: World) -> None:
    retrospective = inside.retrospective
    action = add_action(
        actor=acting(inside.lead), retrospective=retrospective, title="Ask earlier", owner=inside.member, due_on=TODAY
    )
    assert told(telling.ACTION_GIVEN) == {inside.member.pk}
    edit_action(actor=acting(inside.lead), action=action, changes={"owner": inside.plo})
    assert still_true(telling.ACTION_GIVEN) == {inside.plo.pk}
    tell_of_days(system_actor(), TODAY - DAY)
    assert told(mornings.ACTION_DUE) == set()
    tell_of_days(system_actor(), TODAY)
    assert told(mornings.ACTION_DUE) == still_true(mornings.ACTION_DUE) == {inside.plo.pk}
    edit_action(actor=acting(inside.plo), action=action, changes={"state": ActionState.DONE})
    assert still_true(mornings.ACTION_DUE) == set()


def test_who_named_a_blocker_hears_that_it_is_gone(inside: World) -> None:
    entry = check_in(actor=acting(inside.lead), key_result=inside.key_result, value=Decimal(20), blocker="No access")
    solve_blocker(actor=acting(inside.plo), check_in=entry)
    assert told(telling.BLOCKER_SOLVED) == still_true(telling.BLOCKER_SOLVED) == {inside.lead.pk}
    reopen_blocker(actor=acting(inside.plo), check_in=entry)
    assert told(telling.BLOCKER_SOLVED) == set()


def test_who_answers_for_what_is_needed_hears_of_it(inside: World) -> None:
    Dependency.objects.all().delete()
    Objective.objects.filter(pk=inside.organization_objective.pk).update(owner=inside.plo)
    needs = Objective.objects.get(pk=inside.organization_objective.pk)
    made = add_dependency(actor=acting(inside.lead), objective=inside.objective, needs=needs)
    assert told(telling.NEEDED) == still_true(telling.NEEDED) == {inside.plo.pk}
    Objective.objects.filter(pk=inside.objective.pk).update(visibility=Visibility.PRIVATE)
    assert still_true(telling.NEEDED) == set()
    Objective.objects.filter(pk=inside.objective.pk).update(visibility=Visibility.OPEN)
    remove_dependency(actor=acting(inside.lead), dependency=made)
    assert told(telling.NEEDED) == set()
