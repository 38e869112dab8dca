"""The transitions of a cycle, all of them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from okrs.domain.cycle_days import DAY_FIELDS, next_step, reach, usual_days_from
from okrs.domain.cycle_phase import move_cycle
from okrs.domain.review import score_objective
from okrs.enums import ObjectiveStatus, Phase
from okrs.models import Cycle, Objective, Review
from okrs.models.cycle import PHASE_DAYS
from okrs.queries.review import Scored, scored_of, with_review
from organizations.actor import Actor
from organizations.enums import Via
from organizations.errors import Refused
from organizations.models import AuditEntry
from tests.factories.okrs import CycleFactory, ObjectiveFactory
from tests.factories.worlds import World, within

ORDER = list(Phase)
NOW = datetime(2027, 2, 10, 12, tzinfo=UTC)
TODAY = NOW.date()
DAYS = {
    "drafting_on": date(2027, 3, 4),
    "aligning_on": date(2027, 3, 22),
    "running_on": date(2027, 4, 1),
    "reviewing_on": date(2027, 6, 28),
    "closing_on": date(2027, 7, 14),
}


@pytest.fixture(autouse=True)
def _inside(world: World) -> Iterator[None]:
    with within(world.organization):
        yield


@pytest.fixture
def actor(world: World) -> Actor:
    return Actor(world.plo, via=Via.WEB)


def moves_of(cycle: Cycle) -> list[AuditEntry]:
    """The entries of a cycle's moves, in their order."""
    return list(AuditEntry.objects.filter(object_id=str(cycle.pk), verb="moved").order_by("at", "id"))


@pytest.mark.parametrize("start", ORDER)
@pytest.mark.parametrize("end", ORDER)
def test_every_pair_of_phases(actor: Actor, start: Phase, end: Phase) -> None:
    """Forward as far as one likes, back a single step with a reason, and nothing else."""
    cycle = CycleFactory.create(phase=start)
    steps = ORDER.index(end) - ORDER.index(start)
    if steps < -1:
        with pytest.raises(Refused, match="one step"):
            move_cycle(actor=actor, cycle=cycle, phase=end, reason="Because", now=NOW)
    elif steps == -1:
        with pytest.raises(Refused) as caught:
            move_cycle(actor=actor, cycle=cycle, phase=end, reason=" ", now=NOW)
        assert list(caught.value.error_dict) == ["reason"]
        assert move_cycle(actor=actor, cycle=cycle, phase=end, reason=" Because ", now=NOW).phase == end
        assert [entry.reason for entry in moves_of(cycle)] == ["Because"]
    else:
        assert move_cycle(actor=actor, cycle=cycle, phase=end, now=NOW).phase == end
    moved = steps >= -1
    assert Cycle.objects.get(pk=cycle.pk).phase == (end if moved else start)
    assert len(moves_of(cycle)) == (1 if moved and steps else 0)


@pytest.mark.parametrize(("start", "end"), list(combinations(ORDER, 2)))
def test_drafts_come_into_force_when_running_is_entered_or_passed(actor: Actor, start: Phase, end: Phase) -> None:
    cycle = CycleFactory.create(phase=start)
    draft = ObjectiveFactory.create(cycle=cycle, status=ObjectiveStatus.DRAFT)
    move_cycle(actor=actor, cycle=cycle, phase=end, now=NOW)
    passes = ORDER.index(start) < ORDER.index(Phase.RUNNING) <= ORDER.index(end)
    expected = ObjectiveStatus.ACTIVE if passes else ObjectiveStatus.DRAFT
    assert Objective.objects.get(pk=draft.pk).status == expected
    assert AuditEntry.objects.filter(object_id=str(draft.pk), verb="activated").exists() == passes


def test_back_from_running_what_is_active_stays_active(actor: Actor) -> None:
    cycle = CycleFactory.create(phase=Phase.DRAFTING)
    draft = ObjectiveFactory.create(cycle=cycle, status=ObjectiveStatus.DRAFT)
    move_cycle(actor=actor, cycle=cycle, phase=Phase.RUNNING, now=NOW)
    move_cycle(actor=actor, cycle=cycle, phase=Phase.ALIGNING, reason="Two teams are missing", now=NOW)
    assert Objective.objects.get(pk=draft.pk).status == ObjectiveStatus.ACTIVE


def test_back_from_closed_what_nobody_scored_is_open_again(world: World, actor: Actor) -> None:
    """Somebody's own score is kept, and speaks again once it is reviewed; a score kept for nobody is gone."""
    cycle = CycleFactory.create(phase=Phase.REVIEWING)
    scored, forgotten = ObjectiveFactory.create_batch(2, cycle=cycle, team=world.team)
    score_objective(actor=actor, objective=scored, score=Decimal("0.7"), reason="It helped")
    move_cycle(actor=actor, cycle=cycle, phase=Phase.CLOSED, now=NOW)
    assert Review.objects.get(objective=forgotten).not_reviewed
    move_cycle(actor=actor, cycle=cycle, phase=Phase.REVIEWING, reason="One was forgotten", now=NOW)
    assert [one.objective_id for one in Review.objects.filter(objective__cycle=cycle)] == [scored.pk]

    def shown() -> Scored | None:
        return scored_of(with_review(Objective.objects.select_related("cycle")).get(pk=scored.pk))

    assert shown() is not None
    move_cycle(actor=actor, cycle=cycle, phase=Phase.RUNNING, reason="A month more", now=NOW)
    assert shown() is None


def test_forward_by_hand_before_its_day_makes_it_today(actor: Actor) -> None:
    cycle = CycleFactory.create(phase=Phase.PLANNED, **DAYS)
    moved = move_cycle(actor=actor, cycle=cycle, phase=Phase.RUNNING, now=NOW)
    days = {name: getattr(moved, name) for name in DAY_FIELDS}
    assert days == {**DAYS, "drafting_on": TODAY, "aligning_on": TODAY, "running_on": TODAY}
    (entry,) = moves_of(cycle)
    assert entry.before == {"phase": "planned", **{name: DAYS[name].isoformat() for name in DAY_FIELDS[:3]}}
    assert entry.after == {"phase": "running", **dict.fromkeys(DAY_FIELDS[:3], TODAY.isoformat())}


def test_forward_after_its_day_leaves_the_day(actor: Actor) -> None:
    cycle = CycleFactory.create(phase=Phase.ALIGNING, running_on=date(2027, 2, 1))
    assert move_cycle(actor=actor, cycle=cycle, phase=Phase.RUNNING, now=NOW).running_on == date(2027, 2, 1)


def test_without_days_only_the_phase_that_begins_gets_one(actor: Actor) -> None:
    cycle = CycleFactory.create(phase=Phase.PLANNED)
    moved = move_cycle(actor=actor, cycle=cycle, phase=Phase.RUNNING, now=NOW)
    assert [getattr(moved, name) for name in DAY_FIELDS] == [None, None, TODAY, None, None]


def test_today_is_the_organizations(actor: Actor, world: World) -> None:
    world.settings.time_zone = "Pacific/Kiritimati"
    world.settings.save()
    cycle = CycleFactory.create(phase=Phase.ALIGNING)
    assert move_cycle(actor=actor, cycle=cycle, phase=Phase.RUNNING, now=NOW).running_on == date(2027, 2, 11)


def test_back_takes_the_day_of_what_was_left(actor: Actor) -> None:
    """With its old day the next midnight would push it forward again."""
    for on in (None, date(2027, 2, 20)):
        cycle = CycleFactory.create(phase=Phase.RUNNING, **{**DAYS, "running_on": date(2027, 2, 1)})
        moved = move_cycle(actor=actor, cycle=cycle, phase=Phase.ALIGNING, reason="Not ready", on=on, now=NOW)
        assert moved.running_on == on
        assert next_step(moved) == ((Phase.RUNNING, on) if on else (Phase.REVIEWING, DAYS["reviewing_on"]))


@pytest.mark.parametrize("on", [TODAY, date(2027, 2, 1), date(2027, 6, 29)])
def test_a_new_day_that_does_not_fit_is_refused_at_its_field(actor: Actor, on: date) -> None:
    cycle = CycleFactory.create(phase=Phase.RUNNING, **{**DAYS, "running_on": date(2027, 2, 1)})
    with pytest.raises(Refused) as caught:
        move_cycle(actor=actor, cycle=cycle, phase=Phase.ALIGNING, reason="Not ready", on=on, now=NOW)
    assert list(caught.value.error_dict) == ["on"]
    assert Cycle.objects.get(pk=cycle.pk).phase == Phase.RUNNING


_days = st.none() | st.dates(min_value=date(2027, 1, 1), max_value=date(2027, 4, 1))


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=st.sampled_from(ORDER), end=st.sampled_from(ORDER), days=st.lists(_days, min_size=5, max_size=5))
def test_days_stay_true_however_a_cycle_is_moved(start: Phase, end: Phase, days: list[date | None]) -> None:
    """Nothing that a move makes begin lies ahead, and days that were in order still are."""
    if ORDER.index(end) <= ORDER.index(start):
        return
    known = iter(sorted(day for day in days if day is not None))
    begun = ORDER.index(start)
    values = {}
    for phase, name in PHASE_DAYS.items():
        day = next(known, None)
        # What has begun before the move has a day that is over.
        values[name] = min(day, TODAY) if day and ORDER.index(phase) <= begun else day
    cycle = Cycle(phase=start, **values)
    reach(cycle, end, TODAY)
    assert cycle.phase == end
    assert cycle.phase_day(end) is not None
    present = [(phase, day) for phase in PHASE_DAYS if (day := cycle.phase_day(phase)) is not None]
    assert all(day <= TODAY for phase, day in present if ORDER.index(phase) <= ORDER.index(end))
    ordered = [day for _phase, day in present]
    late = [day for phase, day in present if ORDER.index(phase) > ORDER.index(end)]
    # Days that are over although their phase was not reached can lie before today; the next midnight catches up.
    if all(day >= TODAY for day in late):
        assert ordered == sorted(ordered)


def test_what_is_made_in_the_middle_begins_today_and_is_not_over_at_once() -> None:
    usual = {**DAYS, "drafting_on": date(2027, 1, 4), "aligning_on": date(2027, 1, 22), "running_on": date(2027, 2, 1)}
    found = usual_days_from({**usual, "reviewing_on": TODAY}, Phase.RUNNING, TODAY)
    assert found == {
        "drafting_on": None,
        "aligning_on": None,
        "running_on": TODAY,
        "reviewing_on": None,
        "closing_on": date(2027, 7, 14),
    }
    assert usual_days_from(usual, Phase.PLANNED, TODAY) == usual
