"""Cycles that move by themselves: on their day, across changes of the clocks, late, and never twice."""

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.utils import timezone

from okrs.domain.cycle import archive_cycle, create_cycle, edit_cycle, restore_cycle
from okrs.domain.cycle_calendar import DISPATCH_KIND, schedule_cycles
from okrs.domain.cycle_phase import move_cycle, move_due_cycles
from okrs.domain.extension import extend_team
from okrs.enums import ObjectiveStatus, Phase
from okrs.models import Cycle, CycleExtension, Objective, Review
from okrs.tasks import move_cycles
from organizations.actor import Actor
from organizations.domain.organization_settings import GENERAL, update_settings
from organizations.enums import Via
from organizations.models import AuditEntry, OrganizationSettings
from tests.factories.okrs import CycleFactory, ObjectiveFactory
from tests.factories.worlds import World, within
from tests.scheduled import scheduled

DAYS = {
    "drafting_on": date(2027, 3, 4),
    "aligning_on": date(2027, 3, 22),
    "running_on": date(2027, 4, 1),
    "reviewing_on": date(2027, 6, 28),
    "closing_on": date(2027, 7, 14),
}
Q2 = {"name": "Q2 2027", "starts_on": date(2027, 4, 1), "ends_on": date(2027, 6, 30)}


@pytest.fixture
def actor(world: World) -> Actor:
    return Actor(world.plo, via=Via.WEB)


@pytest.fixture(autouse=True)
def _nothing_else_to_come(world: World) -> None:
    """The world's own extension has an end of its own."""
    with within(world.organization):
        CycleExtension.objects.all().delete()


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def live_in(world: World, time_zone: str) -> None:
    OrganizationSettings.objects.update(time_zone=time_zone)


def due(world: World) -> datetime | None:
    """When the sweeper comes for the organization's cycles."""
    return scheduled(world.organization, DISPATCH_KIND)


def phase_of(cycle: Cycle) -> str:
    return Cycle.objects.get(pk=cycle.pk).phase


def moves_of(cycle: Cycle) -> list[AuditEntry]:
    return list(AuditEntry.objects.filter(object_id=str(cycle.pk), verb="moved").order_by("at", "id"))


def test_a_whole_cycle_moves_on_its_days(world: World, actor: Actor) -> None:
    """Time is driven through it: at each midnight that was scheduled it moves once, and asks for the next."""
    with within(world.organization):
        live_in(world, "Europe/Berlin")
        cycle = create_cycle(actor=actor, **Q2, days=DAYS)
        draft = ObjectiveFactory.create(cycle=cycle, status=ObjectiveStatus.DRAFT)
        seen = []
        while (moment := due(world)) is not None:
            assert move_due_cycles(now=moment - timedelta(seconds=1)) == 0
            assert move_due_cycles(now=moment) == 1
            assert move_due_cycles(now=moment) == 0
            seen.append((moment, phase_of(cycle), Objective.objects.get(pk=draft.pk).status))
    assert seen == [
        (at("2027-03-03T23:00"), "drafting", "draft"),
        (at("2027-03-21T23:00"), "aligning", "draft"),
        # The clocks were put forward on 28 March.
        (at("2027-03-31T22:00"), "running", "active"),
        (at("2027-06-27T22:00"), "reviewing", "active"),
        (at("2027-07-13T22:00"), "closed", "active"),
    ]
    with within(world.organization):
        entries = moves_of(cycle)
        assert [entry.after for entry in entries] == [{"phase": phase} for phase in list(Phase)[1:]]
        assert {(entry.actor_id, entry.via) for entry in entries} == {(None, Via.TASK)}


@pytest.mark.parametrize(
    ("time_zone", "day", "moment"),
    [
        ("Europe/Berlin", date(2027, 3, 28), "2027-03-27T23:00"),
        ("Europe/Berlin", date(2027, 3, 29), "2027-03-28T22:00"),
        ("Europe/Berlin", date(2027, 11, 1), "2027-10-31T23:00"),
        ("America/Havana", date(2025, 3, 9), "2025-03-09T05:00"),
        ("Africa/Cairo", date(2025, 4, 25), "2025-04-24T22:00"),
        ("Asia/Beirut", date(2025, 3, 30), "2025-03-29T22:00"),
        ("America/Havana", date(2025, 11, 2), "2025-11-02T04:00"),
        ("Asia/Beirut", date(2025, 10, 26), "2025-10-25T22:00"),
        ("Pacific/Kiritimati", date(2027, 1, 1), "2026-12-31T10:00"),
        ("Etc/GMT+12", date(2027, 1, 1), "2027-01-01T12:00"),
    ],
)
def test_midnight_is_the_organizations(world: World, time_zone: str, day: date, moment: str) -> None:
    with within(world.organization):
        live_in(world, time_zone)
        cycle = CycleFactory.create(phase=Phase.ALIGNING, running_on=day)
        schedule_cycles()
        assert due(world) == at(moment)
        assert move_due_cycles(now=at(moment) - timedelta(seconds=1)) == 0
        assert phase_of(cycle) == Phase.ALIGNING
        assert due(world) == at(moment)
        assert move_due_cycles(now=at(moment)) == 1
        assert phase_of(cycle) == Phase.RUNNING
        assert due(world) is None


def test_a_worker_that_was_away_catches_up_once(world: World, actor: Actor) -> None:
    """Down over three dates: every step happens, in order, each with its entry, and the days stay as planned."""
    with within(world.organization):
        cycle = create_cycle(actor=actor, **Q2, days=DAYS)
        draft = ObjectiveFactory.create(cycle=cycle, status=ObjectiveStatus.DRAFT)
        late = at("2027-05-10T08:00")
        assert move_due_cycles(now=late) == 3
        assert move_due_cycles(now=late) == 0
        now = Cycle.objects.get(pk=cycle.pk)
        assert (now.phase, now.running_on) == (Phase.RUNNING, DAYS["running_on"])
        steps = [(entry.before["phase"], entry.after["phase"]) for entry in moves_of(cycle)]
        assert steps == list(pairwise(["planned", "drafting", "aligning", "running"]))
        assert AuditEntry.objects.filter(object_id=str(draft.pk), verb="activated").count() == 1
        assert due(world) == at("2027-06-28T00:00")


def test_a_cycle_without_days_is_never_moved(world: World) -> None:
    with within(world.organization):
        cycles = [CycleFactory.create(phase=phase) for phase in Phase]
        schedule_cycles()
        assert due(world) is None
        assert move_due_cycles(now=at("2127-01-01T00:00")) == 0
        assert [phase_of(cycle) for cycle in cycles] == list(Phase)


def test_a_phase_without_a_day_is_passed_over(world: World) -> None:
    with within(world.organization):
        cycle = CycleFactory.create(phase=Phase.PLANNED, running_on=date(2027, 4, 1))
        draft = ObjectiveFactory.create(cycle=cycle, status=ObjectiveStatus.DRAFT)
        assert move_due_cycles(now=at("2027-04-01T00:00")) == 1
        assert phase_of(cycle) == Phase.RUNNING
        assert Objective.objects.get(pk=draft.pk).status == ObjectiveStatus.ACTIVE
        assert Cycle.objects.get(pk=cycle.pk).drafting_on is None


def test_an_archived_cycle_rests_and_catches_up_when_it_is_back(world: World, actor: Actor) -> None:
    with within(world.organization):
        cycle = create_cycle(actor=actor, **Q2, days=DAYS)
        archive_cycle(actor=actor, cycle=cycle)
        assert move_due_cycles(now=at("2027-03-05T00:00")) == 0
        assert due(world) is None
        restore_cycle(actor=actor, cycle=cycle)
        assert due(world) == at("2027-03-04T00:00")
        assert move_due_cycles(now=at("2027-03-05T00:00")) == 1


def test_moved_by_hand_it_is_not_moved_again(world: World, actor: Actor) -> None:
    early, late = at("2027-02-10T12:00"), at("2027-03-05T00:00")
    with within(world.organization):
        cycle = create_cycle(actor=actor, **Q2, days=DAYS, now=early)
        move_cycle(actor=actor, cycle=cycle, phase=Phase.DRAFTING, now=early)
        assert move_due_cycles(now=late) == 0
        move_cycle(actor=actor, cycle=cycle, phase=Phase.PLANNED, reason="Too early", now=late)
        assert move_due_cycles(now=late + timedelta(days=3)) == 0
        assert phase_of(cycle) == Phase.PLANNED
        assert due(world) == at("2027-03-22T00:00")


def test_a_changed_day_is_scheduled_anew(world: World, actor: Actor) -> None:
    with within(world.organization):
        cycle = create_cycle(actor=actor, **Q2, days=DAYS)
        edit_cycle(actor=actor, cycle=cycle, changes={"drafting_on": date(2027, 3, 1)})
        assert due(world) == at("2027-03-01T00:00")
        # Later: whoever comes on the old day finds nothing to do and asks for the new one.
        edit_cycle(actor=actor, cycle=cycle, changes={"drafting_on": date(2027, 3, 10)})
        assert move_due_cycles(now=at("2027-03-01T00:00")) == 0
        assert due(world) == at("2027-03-10T00:00")


def test_another_time_zone_has_another_midnight(world: World, actor: Actor) -> None:
    with within(world.organization):
        create_cycle(actor=actor, **Q2, days=DAYS)
        assert due(world) == at("2027-03-04T00:00")
        update_settings(actor=actor, changes={"time_zone": "Pacific/Kiritimati"}, allowed=GENERAL)
        assert due(world) == at("2027-03-03T10:00")
        update_settings(actor=actor, changes={"time_zone": "America/New_York"}, allowed=GENERAL)
        assert move_due_cycles(now=at("2027-03-03T10:00")) == 0
        assert due(world) == at("2027-03-04T05:00")
        assert move_due_cycles(now=at("2027-03-04T05:00")) == 1


def test_the_earliest_of_several_is_scheduled(world: World, actor: Actor) -> None:
    with within(world.organization):
        create_cycle(actor=actor, **Q2, days=DAYS)
        create_cycle(actor=actor, **{**Q2, "name": "Year"}, phase=Phase.DRAFTING, days={"running_on": date(2027, 2, 1)})
        assert due(world) == at("2027-02-01T00:00")
        assert move_due_cycles(now=at("2027-02-01T00:00")) == 1
        assert due(world) == at("2027-03-04T00:00")


def test_an_extension_ends_after_its_last_day(world: World, actor: Actor) -> None:
    with within(world.organization):
        cycle = CycleFactory.create(phase=Phase.REVIEWING)
        now = at("2027-07-14T09:00")
        theirs = ObjectiveFactory.create(cycle=cycle, team=world.team)
        others = ObjectiveFactory.create(cycle=cycle)
        until, reason = date(2027, 7, 21), "Half the team was ill"
        extension = extend_team(actor=actor, cycle=cycle, team=world.team, until=until, reason=reason, now=now)
        move_cycle(actor=actor, cycle=cycle, phase=Phase.CLOSED, now=now)
        assert not Review.objects.filter(objective=theirs).exists()
        assert Review.objects.get(objective=others).not_reviewed
        assert due(world) == at("2027-07-22T00:00")
        move_due_cycles(now=at("2027-07-21T23:59"))
        assert CycleExtension.objects.get(pk=extension.pk).ended_at is None
        for _twice in range(2):
            move_due_cycles(now=at("2027-07-22T00:00"))
        assert CycleExtension.objects.get(pk=extension.pk).ended_at == at("2027-07-22T00:00")
        assert Review.objects.get(objective=theirs).not_reviewed
        assert AuditEntry.objects.filter(object_id=str(extension.pk), verb="ended").count() == 1
        assert due(world) is None


def test_the_task_enters_its_own_organization_only(world: World, other_world: World) -> None:
    yesterday = timezone.now().date() - timedelta(days=2)
    cycles = []
    for one in (world, other_world):
        with within(one.organization):
            cycles.append(CycleFactory.create(phase=Phase.ALIGNING, running_on=yesterday))
    assert move_cycles(organization_id=world.organization.pk) == 1
    with within(world.organization):
        assert phase_of(cycles[0]) == Phase.RUNNING
    with within(other_world.organization):
        assert phase_of(cycles[1]) == Phase.ALIGNING


@pytest.mark.django_db(transaction=True)
def test_two_ticks_at_once_do_nothing_twice(world: World, actor: Actor) -> None:
    with within(world.organization):
        cycles = [
            create_cycle(actor=actor, **{**Q2, "name": f"Q2 of division {number}"}, days=DAYS) for number in range(3)
        ]
        drafts = [ObjectiveFactory.create(cycle=cycle, status=ObjectiveStatus.DRAFT) for cycle in cycles]
    late = at("2027-05-10T08:00")
    counts = at_once(*[lambda: move_due_cycles(now=late)] * 4, world=world)
    assert sum(counts) == 9
    with within(world.organization):
        for cycle in cycles:
            steps = [entry.after["phase"] for entry in moves_of(cycle)]
            assert steps == ["drafting", "aligning", "running"]
        for draft in drafts:
            assert AuditEntry.objects.filter(object_id=str(draft.pk), verb="activated").count() == 1
        assert due(world) == at("2027-06-28T00:00")


@pytest.mark.django_db(transaction=True)
def test_a_day_that_changes_during_a_tick_is_not_forgotten(world: World, actor: Actor) -> None:
    """A change waits for a tick that has taken the row off the table, which did not see the change yet."""
    with within(world.organization):
        cycle = create_cycle(actor=actor, **Q2, days=DAYS)

    def tick() -> int:
        moved = move_due_cycles(now=at("2027-02-10T00:00"))
        ticked.set()
        _wait_until_somebody_waits()
        return moved

    def edit() -> int:
        assert ticked.wait(30)
        edit_cycle(actor=Actor(world.plo, via=Via.WEB), cycle=cycle, changes={"drafting_on": date(2027, 2, 20)})
        return 0

    ticked = threading.Event()
    at_once(tick, edit, world=world)
    assert due(world) == at("2027-02-20T00:00")


def _wait_until_somebody_waits() -> None:
    """Return once another connection to this database waits for a lock."""
    with connection.cursor() as cursor:
        for _turn in range(100_000):
            cursor.execute(
                "SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE NOT granted"
                " AND pg_stat_activity.datname = current_database()"
            )
            if cursor.fetchone()[0]:
                return
    raise AssertionError("nobody waited")


def at_once(*calls: Callable[[], int], world: World) -> list[int]:
    """Run each call in a thread, a transaction and a connection of its own, all at the same moment."""
    results: list[int] = []
    failures: list[BaseException] = []
    barrier = threading.Barrier(len(calls))

    def run(call: Callable[[], int]) -> None:
        try:
            barrier.wait(30)
            with within(world.organization):
                results.append(call())
        except BaseException as failure:  # told by the assertion below
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failures == []
    assert len(results) == len(calls)
    return results
