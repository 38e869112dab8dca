"""The timeline of a plan: phases with their waves, tasks and milestones, laid on columns."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone

from rollout.days import days_around
from rollout.enums import PlanState, TaskStatus
from rollout.models import PhaseDependency, PlanMilestone, PlanPhase, PlanTask, RolloutPlan, TaskDependency, Wave
from rollout.queries.wave import waves_of

Needed = PlanTask | PlanMilestone

COLUMNS = 104
WEEK = 7
# What the name of a month takes at least, the length of a bar in words (with a check mark), and a check mark alone.
NAME_OF_MONTH, LENGTH, LENGTH_CHECKED, CHECK = 5, 11, 13, 4


@dataclass(frozen=True, slots=True)
class Scale:
    """Days laid on columns; a column is as many days as it takes for COLUMNS of them."""

    first: date
    days_each: int
    columns: int = COLUMNS

    @property
    def last(self) -> date:
        return self.first + timedelta(days=self.days_each * COLUMNS - 1)

    def column(self, day: date) -> int:
        """Return the column of a day, 1 to COLUMNS."""
        return min(max((day - self.first).days // self.days_each + 1, 1), COLUMNS)

    def span(self, first: date, last: date) -> tuple[int, int]:
        """Return where a bar begins and how many columns it takes, at least one."""
        begin = self.column(first)
        return begin, self.column(last) - begin + 1

    def part(self, day: date) -> str:
        """Return which third of its column a day is in: the first, the middle or the end."""
        return ("first", "middle", "end")[(day - self.first).days % self.days_each * 3 // self.days_each]


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of the timeline: a phase, a wave, a task or (one day) a milestone."""

    kind: str
    thing: PlanPhase | Wave | PlanTask | PlanMilestone
    column: int
    columns: int
    tone: str
    starts_on: date
    ends_on: date
    # What it waits for, and what of that comes too late for it.
    waits_for: tuple["Needed", ...] = ()
    violated: tuple["Needed", ...] = ()

    @property
    def is_movable(self) -> bool:
        """Whether it is a task that is still open: those that are done stay where they were."""
        return isinstance(self.thing, PlanTask) and not self.thing.is_settled

    @property
    def weeks(self) -> int:
        return max(round(((self.ends_on - self.starts_on).days + 1) / WEEK), 1)

    @property
    def has_room(self) -> bool:
        """Whether its length in words fits into it."""
        return self.columns >= (LENGTH_CHECKED if self.tone == "done" else LENGTH)

    @property
    def is_short(self) -> bool:
        """Whether nothing but a check mark fits into it."""
        return self.columns < CHECK


@dataclass(slots=True)
class Lane:
    """A phase and the rows under it."""

    phase: Bar
    rows: list[Bar] = field(default_factory=list)
    # How many rows it has, shown or not; and whether it was folded or unfolded, with the address that changes it.
    total: int = 0
    is_folded: bool = False
    toggle_url: str = ""


@dataclass(frozen=True, slots=True)
class Violation:
    """A step that is to begin before something it waits for is due."""

    kind: str
    step: PlanPhase | Wave | PlanTask | PlanMilestone
    needed: Needed
    # So much later it could begin: on the day after.
    days: int

    @property
    def needed_kind(self) -> str:
        return "task" if isinstance(self.needed, PlanTask) else "milestone"


@dataclass(frozen=True, slots=True)
class Timeline:
    """The whole of it."""

    scale: Scale
    # First days of months and the columns until the next one that is named, from the left.
    months: list[tuple[date, int, int]]
    # None where today is outside; and in which third of it today is.
    today_column: int | None
    today_part: str
    lanes: list[Lane]
    violations: int


def timeline_of(plan: RolloutPlan, today: date) -> Timeline:
    """Return the timeline of a plan on a day; six queries."""
    phases = list(PlanPhase.objects.filter(plan=plan))
    waves = waves_of(plan)
    tasks = list(PlanTask.objects.filter(plan=plan).exclude(status=TaskStatus.DROPPED).select_related("owner"))
    milestones = list(PlanMilestone.objects.filter(plan=plan))
    scale = _scale(plan, phases, waves, tasks, milestones)
    needs = _needs(plan, tasks)
    awaited = _needed_by_phases(plan, tasks, milestones)
    lanes = {phase.pk: Lane(_phase_bar(phase, scale, today, awaited.get(phase.pk, ()))) for phase in phases}
    for wave in waves:
        lanes[wave.phase_id].rows.append(_wave_bar(wave, lanes[wave.phase_id].phase.ends_on, scale, plan, today))
    for task in tasks:
        waits_for = needs.get(task.pk, ())
        late = () if task.is_settled else tuple(one for one in waits_for if _too_late(one, task.starts_on))
        bar = _bar("task", task, scale, task.starts_on, task.due_on, _task_tone(task, today), waits_for, late)
        lanes[task.phase_id].rows.append(bar)
    for milestone in milestones:
        tone = "done" if milestone.reached_on else "late" if milestone.due_on < today else "next"
        day = milestone.reached_on or milestone.due_on
        lanes[milestone.phase_id].rows.append(_bar("milestone", milestone, scale, day, day, tone))
    for lane in lanes.values():
        lane.rows.sort(key=lambda bar: (bar.kind != "wave", bar.starts_on, bar.ends_on, str(bar.thing.pk)))
    in_view = scale.first <= today <= scale.last
    violations = sum(bool(bar.violated) for lane in lanes.values() for bar in (lane.phase, *lane.rows))
    return Timeline(
        scale,
        _months(scale),
        scale.column(today) if in_view else None,
        scale.part(today),
        list(lanes.values()),
        violations,
    )


def violations_of(timeline: Timeline) -> list[Violation]:
    """Return what of a timeline, as `timeline_of` laid it, is to begin too early, and before what; no query."""
    return [
        Violation(bar.kind, bar.thing, needed, (needed.due_on - bar.starts_on).days + 1)
        for lane in timeline.lanes
        for bar in (lane.phase, *lane.rows)
        for needed in bar.violated
    ]


def _scale(
    plan: RolloutPlan,
    phases: list[PlanPhase],
    waves: list[Wave],
    tasks: list[PlanTask],
    milestones: list[PlanMilestone],
) -> Scale:
    """Return a scale of whole months: the plan and what belongs to it, as far as a year before and after the plan.

    What lies further off, on days given before or left behind by the plan, stands at the edge.
    """
    days = [plan.starts_on, plan.ends_on]
    days += [day for one in phases for day in (one.starts_on, one.ends_on)]
    days += [day for one in tasks for day in (one.starts_on, one.due_on)]
    days += [one.reached_on or one.due_on for one in milestones] + [_begins(one) for one in waves]
    earliest, latest = days_around(plan.starts_on, plan.ends_on)
    first, last = max(min(days), earliest).replace(day=1), min(max(days), latest)
    last = _following_month(last) - timedelta(days=1)
    return Scale(first, max(-(-((last - first).days + 1) // COLUMNS), 1))


def _months(scale: Scale) -> list[tuple[date, int, int]]:
    """Return the months that have room for their name; those of a long plan that have none stand under the last."""
    # The scale begins on the first of a month.
    day, begins = scale.first, [(scale.first, 1)]
    while (day := _following_month(day)) <= scale.last:
        column = scale.column(day)
        if column - begins[-1][1] >= NAME_OF_MONTH and COLUMNS + 1 - column >= NAME_OF_MONTH:
            begins.append((day, column))
    ends = [column for _day, column in begins[1:]] + [COLUMNS + 1]
    return [(day, column, end - column) for (day, column), end in zip(begins, ends, strict=True)]


def _following_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)


def _needs(plan: RolloutPlan, tasks: list[PlanTask]) -> dict[UUID, tuple[PlanTask, ...]]:
    by_id = {task.pk: task for task in tasks}
    found: dict[UUID, list[PlanTask]] = defaultdict(list)
    for task_id, needed_id in TaskDependency.objects.filter(task__plan=plan).values_list("task", "needed"):
        if needed_id in by_id:
            found[task_id].append(by_id[needed_id])
    return {key: tuple(needed) for key, needed in found.items()}


def _needed_by_phases(
    plan: RolloutPlan, tasks: list[PlanTask], milestones: list[PlanMilestone]
) -> dict[UUID, tuple[Needed, ...]]:
    by_id: dict[UUID, Needed] = {one.pk: one for one in tasks}
    by_id |= {one.pk: one for one in milestones}
    found: dict[UUID, list[Needed]] = defaultdict(list)
    rows = PhaseDependency.objects.filter(phase__plan=plan).order_by().values_list("phase", "task", "milestone")
    for phase_id, task_id, milestone_id in rows:
        if (needed := by_id.get(task_id or milestone_id)) is not None:
            found[phase_id].append(needed)
    return {key: tuple(sorted(needed, key=lambda one: (one.due_on, one.pk))) for key, needed in found.items()}


def _too_late(needed: Needed, starts_on: date) -> bool:
    """Whether something is to begin before what it needs is due; what is done or reached holds nobody up."""
    is_there = needed.is_settled if isinstance(needed, PlanTask) else needed.reached_on is not None
    return bool(not is_there and needed.due_on >= starts_on)


def _phase_bar(phase: PlanPhase, scale: Scale, today: date, waits_for: tuple[Needed, ...]) -> Bar:
    tone = "done" if phase.ends_on < today else "now" if phase.holds(today) else "next"
    late = () if tone == "done" else tuple(one for one in waits_for if _too_late(one, phase.starts_on))
    return _bar("phase", phase, scale, phase.starts_on, phase.ends_on, tone, waits_for, late)


def _wave_bar(wave: Wave, ends_on: date, scale: Scale, plan: RolloutPlan, today: date) -> Bar:
    """A wave lasts from the day it began, or should, to the end of its phase."""
    begins = _begins(wave)
    if wave.started_at is not None:
        tone = "done" if ends_on < today else "now"
    else:
        tone = "late" if wave.starts_on < today and plan.state == PlanState.RUNNING else "next"
    return _bar("wave", wave, scale, begins, max(ends_on, begins), tone)


def _begins(wave: Wave) -> date:
    return timezone.localdate(wave.started_at) if wave.started_at is not None else wave.starts_on


def _task_tone(task: PlanTask, today: date) -> str:
    if task.is_settled:
        return "done"
    if task.due_on < today:
        return "late"
    return "now" if task.status == TaskStatus.DOING else "next"


def _bar(
    kind: str,
    thing: PlanPhase | Wave | PlanTask | PlanMilestone,
    scale: Scale,
    first: date,
    last: date,
    tone: str,
    waits_for: tuple[Needed, ...] = (),
    violated: tuple[Needed, ...] = (),
) -> Bar:
    column, columns = scale.span(first, last)
    return Bar(kind, thing, column, columns, tone, first, last, waits_for, violated)
