"""Tasks of plans that are somebody's: in their week, and told of when they get them, when they are due, and after."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from okrapp.notifications.models import Notification
from organizations.actor import system_actor
from organizations.models import Membership, OrganizationSettings
from rollout.domain.part import add_part, edit_part, remove_part, restore_part
from rollout.domain.plan_state import approve_plan, complete_plan, submit_plan
from rollout.domain.telling_of_tasks import tell_of_task_days
from rollout.enums import PlanState, TaskStatus
from rollout.models import PlanPhase, PlanTask, RolloutPlan
from rollout.queries.tasks import week_card
from tests.factories.rollout import PlanOfficerFactory, PlanPhaseFactory, PlanTaskFactory, RolloutPlanFactory
from tests.factories.worlds import World, client_of, make_member, within
from tests.queries import exactly
from tests.told import acting, still_true, told

pytestmark = pytest.mark.django_db

GIVEN, WITH_PLAN, DUE, OVERDUE = "plan_task_given", "plan_tasks_given", "plan_task_due", "plan_task_overdue"


@pytest.fixture
def inside(world: World) -> Iterator[World]:
    with within(world.organization):
        PlanTask.objects.all().update(owner=None)
        yield world


@pytest.fixture
def phase(inside: World) -> PlanPhase:
    """A phase of a plan that runs."""
    plan = RolloutPlanFactory.create(name="Two waves", sponsor=inside.lead)
    PlanOfficerFactory.create(plan=plan, membership=inside.plo)
    return PlanPhaseFactory.create(plan=plan)


def a_task(phase: PlanPhase, owner: Membership | None, days: int = 5, **fields: object) -> PlanTask:
    today = timezone.localdate()
    day = today + timedelta(days=days)
    return PlanTaskFactory.create(
        plan=phase.plan, phase=phase, owner=owner, starts_on=min(today, day), due_on=day, **fields
    )


def test_whoever_is_given_a_task_is_told_once(phase: PlanPhase, inside: World) -> None:
    office = acting(inside.plo)
    today = timezone.localdate()
    new = PlanTask(phase=phase, title="Call the coaches", owner=inside.member, starts_on=today, due_on=today)
    task = add_part(actor=office, plan=phase.plan, part=new)
    assert told(GIVEN) == still_true(GIVEN) == {inside.member.pk}
    edit_part(actor=office, part=task, changes={"title": "Call all coaches", "due_on": today + timedelta(days=1)})
    assert Notification.objects.filter(kind=GIVEN).count() == 1
    edit_part(actor=office, part=task, changes={"owner": inside.lead})
    assert told(GIVEN) == {inside.lead.pk}, "what the first was not sent yet is taken back"
    edit_part(actor=office, part=task, changes={"owner": inside.plo})
    assert told(GIVEN) == set(), "nobody is told of what they took themselves"


def test_what_is_settled_or_given_on_is_not_sent(phase: PlanPhase, inside: World) -> None:
    office = acting(inside.plo)
    task = a_task(phase, None)
    task = edit_part(actor=office, part=task, changes={"owner": inside.member})
    PlanTask.objects.filter(pk=task.pk).update(owner=inside.lead)
    assert still_true(GIVEN) == set()
    PlanTask.objects.filter(pk=task.pk).update(owner=inside.member)
    assert still_true(GIVEN) == {inside.member.pk}
    RolloutPlan.objects.filter(pk=phase.plan_id).update(state=PlanState.STOPPED)
    assert still_true(GIVEN) == set()
    RolloutPlan.objects.filter(pk=phase.plan_id).update(state=PlanState.RUNNING)
    edit_part(actor=office, part=task, changes={"status": TaskStatus.DONE})
    assert told(GIVEN) == set()


def test_a_task_that_is_removed_is_taken_back_and_told_when_it_comes_again(phase: PlanPhase, inside: World) -> None:
    office = acting(inside.plo)
    task = edit_part(actor=office, part=a_task(phase, None), changes={"owner": inside.member})
    task_id = task.pk
    remove_part(actor=office, part=task)
    assert told(GIVEN) == set()
    restore_part(actor=office, model=PlanTask, part_id=task_id)
    assert told(GIVEN) == {inside.member.pk}


def test_a_plan_that_is_written_tells_nobody_until_it_is_approved(inside: World) -> None:
    plan = RolloutPlanFactory.create(state=PlanState.DRAFT, sponsor=inside.lead)
    phase = PlanPhaseFactory.create(plan=plan)
    office = acting(inside.plo)
    for _number in range(2):
        edit_part(actor=office, part=a_task(phase, None, days=0), changes={"owner": inside.member})
    edit_part(actor=office, part=a_task(phase, None), changes={"owner": inside.lead})
    a_task(phase, inside.administrator, status=TaskStatus.DONE)
    tell_of_task_days(system_actor(), timezone.localdate())
    submit_plan(actor=office, plan=plan)
    assert (told(GIVEN), told(DUE), told(WITH_PLAN)) == (set(), set(), set())
    approve_plan(actor=acting(inside.lead), plan=plan, number=1)
    found = Notification.objects.get(kind=WITH_PLAN)
    assert (found.recipient_id, found.facts["count"]) == (inside.member.pk, 2)
    assert still_true(WITH_PLAN) == {inside.member.pk}
    plan.tasks.filter(owner=inside.member).update(status=TaskStatus.DROPPED)
    assert still_true(WITH_PLAN) == set()


def test_owners_are_reminded_on_the_day_and_once_afterwards(phase: PlanPhase, inside: World) -> None:
    today = timezone.localdate()
    task = a_task(phase, inside.member, days=1)
    a_task(phase, inside.lead, days=-40)
    a_task(phase, inside.plo, days=0, status=TaskStatus.DONE)
    for day in (0, 1, 1):
        tell_of_task_days(system_actor(), today + timedelta(days=day))
    assert (told(DUE), told(OVERDUE)) == ({inside.member.pk}, set())
    for day in (2, 3, 9):
        tell_of_task_days(system_actor(), today + timedelta(days=day))
    assert [one.recipient_id for one in Notification.objects.filter(kind=OVERDUE)] == [inside.member.pk]
    assert still_true(OVERDUE) == {inside.member.pk}
    edit_part(actor=acting(inside.plo), part=task, changes={"due_on": today + timedelta(days=20)})
    assert still_true(OVERDUE) == still_true(DUE) == set()


def test_a_reminder_is_not_sent_once_it_is_pointless(phase: PlanPhase, inside: World) -> None:
    task = a_task(phase, inside.member, days=0)
    tell_of_task_days(system_actor(), timezone.localdate())
    assert still_true(DUE) == {inside.member.pk}
    for wrong, right in (
        ({"status": TaskStatus.DROPPED}, {"status": TaskStatus.DOING}),
        ({"owner": inside.lead}, {"owner": inside.member}),
    ):
        PlanTask.objects.filter(pk=task.pk).update(**wrong)
        assert still_true(DUE) == set(), wrong
        PlanTask.objects.filter(pk=task.pk).update(**right)
        assert still_true(DUE) == {inside.member.pk}
    complete_plan(actor=acting(inside.plo), plan=phase.plan)
    assert still_true(DUE) == set()


@pytest.mark.parametrize("number", [1, 50])
def test_a_morning_costs_the_same_with_any_number_of_tasks(phase: PlanPhase, inside: World, number: int) -> None:
    for _one in range(number):
        a_task(phase, inside.member, days=0)
        a_task(phase, inside.lead, days=-1)
    with exactly(11):
        tell_of_task_days(system_actor(), timezone.localdate())
    assert Notification.objects.filter(kind__in=(DUE, OVERDUE)).count() == 2 * number


@pytest.mark.parametrize("number", [1, 50])
def test_the_week_shows_them_at_one_query(phase: PlanPhase, inside: World, number: int) -> None:
    for _one in range(number):
        a_task(phase, inside.member)
    assert week_card(acting(inside.member)) is None, "the rollout is not in the menu"
    OrganizationSettings.objects.update(rollout=True)
    mine, theirs = acting(inside.member), acting(make_member("Nora New", "nora@acme"))
    assert mine.settings.rollout
    with exactly(1):
        card = week_card(mine)
    assert card is not None
    assert len(card.rows) == min(number, 20)
    assert theirs.settings.rollout
    assert week_card(theirs) is None


def test_a_task_is_done_in_the_week(world: World) -> None:
    with within(world.organization):
        PlanTask.objects.all().update(owner=None)
        OrganizationSettings.objects.update(rollout=True)
        phase = PlanPhaseFactory.create(plan=RolloutPlanFactory.create(name="Two waves"))
        late = a_task(phase, world.member, days=-2, title="Call the coaches")
        draft = PlanPhaseFactory.create(plan=RolloutPlanFactory.create(state=PlanState.DRAFT))
        a_task(draft, world.member, title="Not yet")
    client, week = client_of(world.member), reverse("okrs:week", args=["acme"])
    text = client.get(week).content.decode()
    assert [word in text for word in ("Call the coaches", "Two waves", "Not yet")] == [True, True, False]
    address = reverse("rollout:task_status", args=["acme", late.pk])
    assert client.post(address, {"status": "done", "from": "week"})["Location"] == week
    assert "My tasks in the rollout" not in client.get(week).content.decode()
