"""Moving cycles from phase to phase: the one transition function, by hand and at midnight."""

from datetime import date, datetime

from django.db import transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from okrapp.notifications.domain.morning import look_soon
from okrs.domain.cycle_calendar import DISPATCH_KIND, schedule_cycles, today_of
from okrs.domain.cycle_days import DAY_FIELDS, ORDER, next_step, reach
from okrs.domain.extension import end_extensions
from okrs.domain.lifecycle import activate_drafts
from okrs.domain.phase_lock import change_phases
from okrs.domain.review import close_reviews
from okrs.domain.rollup import feed_key_results, roll_up
from okrs.enums import MetricType, Phase
from okrs.models import Cycle, KeyResult, Objective, Review
from okrs.models.cycle import PHASE_DAYS
from organizations.actor import Actor, system_actor
from organizations.domain import audit
from organizations.domain.dispatch import begin
from organizations.errors import Refused


def move_cycle(
    *,
    actor: Actor,
    cycle: Cycle,
    phase: str,
    reason: str = "",
    on: date | None = None,
    now: datetime | None = None,
) -> Cycle:
    """Move a cycle forward to a later phase, or one step back with a reason. Returns it.

    Forward, what comes of each phase passed happens, and days that lay ahead become today's. Back, the phase that was
    left gets the day `on`, or none: with its old one the next midnight would push the cycle forward again. `now` is
    the clock. Raises Refused for two steps back, a reason that is missing, and a day that does not fit.

    Side effects: when it begins to run, drafts come into force, and stay so if it goes back; when it closes, what
    nobody scored keeps its proposed score. One audit entry with the reason; the next midnight is scheduled.
    """
    with transaction.atomic():
        change_phases()
        locked = lock_cycle(cycle)
        if phase == locked.phase:
            return locked
        today = today_of(actor, now)
        target = Phase(phase)
        steps = ORDER.index(target) - ORDER.index(Phase(locked.phase))
        if steps < 0:
            _go_back(actor, locked, target, reason=reason.strip(), on=on, today=today)
        else:
            _go_forward(actor, locked, target, reason=reason.strip(), today=today)
        schedule_cycles()
        # Who moves it by hand means now; what moves at midnight is told in the morning.
        look_soon()
        return locked


def move_due_cycles(*, now: datetime | None = None) -> int:
    """Move every cycle of the organization whose next phase has come, and end what was extended. Returns the moves.

    A cycle goes step by step through phases that were missed. Doing it twice, or twice at once, does nothing twice:
    each cycle is looked at again under its lock. Side effects: as move_cycle, by the system; comes back through the
    dispatch table at the next midnight that matters.
    """
    now = now or timezone.now()
    actor = system_actor()
    moves = 0
    with transaction.atomic():
        change_phases()
        begin(kind=DISPATCH_KIND)
        today = today_of(actor, now)
        for cycle in Cycle.objects.current().exclude(phase=Phase.CLOSED).order_by("starts_on", "pk"):
            if _due(cycle, today) is not None:
                moves += _catch_up(actor, cycle, today)
        end_extensions(actor=actor, today=today, now=now)
        schedule_cycles()
    return moves


def lock_cycle(cycle: Cycle) -> Cycle:
    """Return a cycle locked against others' changes, as it now stands."""
    return Cycle.objects.select_for_update().get(pk=cycle.pk)


def _due(cycle: Cycle, today: date) -> Phase | None:
    step = next_step(cycle)
    return step[0] if step is not None and step[1] <= today and cycle.archived_at is None else None


def _catch_up(actor: Actor, cycle: Cycle, today: date) -> int:
    locked = lock_cycle(cycle)
    moves = 0
    while (phase := _due(locked, today)) is not None:
        _go_forward(actor, locked, phase, reason="", today=today)
        moves += 1
    return moves


def _go_forward(actor: Actor, cycle: Cycle, target: Phase, *, reason: str, today: date) -> None:
    before = _state(cycle)
    passed = ORDER[ORDER.index(Phase(cycle.phase)) + 1 : ORDER.index(target) + 1]
    reach(cycle, target, today)
    cycle.save(update_fields=["phase", *DAY_FIELDS])
    for phase in passed:
        _begin_phase(actor, cycle, phase)
    _record(actor, cycle, before, reason)


def _go_back(actor: Actor, cycle: Cycle, target: Phase, *, reason: str, on: date | None, today: date) -> None:
    left = Phase(cycle.phase)
    if ORDER.index(left) - ORDER.index(target) > 1:
        raise Refused({"phase": _("A cycle goes back one step at a time.")})
    if not reason:
        raise Refused({"reason": _("Going back needs a reason; it is recorded.")})
    if on is not None and on <= today:
        raise Refused({"on": _("Choose a day that lies ahead, or leave it empty.")})
    before = _state(cycle)
    cycle.phase = target
    setattr(cycle, PHASE_DAYS[left], on)
    for later in ORDER[ORDER.index(left) + 1 :]:
        day = cycle.phase_day(later)
        if on is not None and day is not None and day < on:
            words = {"phase": later.label, "day": formats.date_format(day, "SHORT_DATE_FORMAT")}
            raise Refused({"on": _("%(phase)s begins on %(day)s: choose that day or an earlier one.") % words})
    cycle.save(update_fields=["phase", *DAY_FIELDS])
    if left == Phase.CLOSED:
        # What nobody scored is open again; it gets the score proposed by then when the cycle closes once more.
        Review.objects.filter(objective__cycle=cycle, not_reviewed=True).delete()
        _count_again(cycle)
    _record(actor, cycle, before, reason)


def _count_again(cycle: Cycle) -> None:
    """Let what a closed cycle kept follow what has happened below it since."""
    fed = KeyResult.objects.filter(objective__cycle=cycle, metric=MetricType.ALIGNED).values_list("pk", flat=True)
    own = Objective.objects.filter(cycle=cycle).values_list("pk", flat=True)
    roll_up({*own, *feed_key_results(set(fed))})


def _begin_phase(actor: Actor, cycle: Cycle, phase: Phase) -> None:
    """What comes of a phase when a cycle enters or passes it on its way forward."""
    if phase == Phase.RUNNING:
        activate_drafts(actor=actor, cycle=cycle)
    elif phase == Phase.CLOSED:
        close_reviews(actor=actor, cycle=cycle)


def _state(cycle: Cycle) -> dict[str, object]:
    return audit.snapshot(cycle, ["phase", *DAY_FIELDS])


def _record(actor: Actor, cycle: Cycle, before: dict[str, object], reason: str) -> None:
    after = _state(cycle)
    changed = [name for name in after if after[name] != before[name]]
    audit.record(
        actor=actor,
        verb="moved",
        subject=cycle,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
        reason=reason,
    )
