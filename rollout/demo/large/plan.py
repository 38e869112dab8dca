"""The plan of a large rollout: phases, waves over all teams, criteria, tasks with what they wait for, risks."""

from datetime import date, timedelta
from itertools import pairwise

from organizations.domain import audit
from organizations.enums import Role
from organizations.models import Membership
from roles.models import RoleAssignment
from rollout.demo.large import wording
from rollout.demo.large.programme import OFFICERS, PHASES, WRITTEN, Programme
from rollout.enums import Gate, Grade, Measure, PhaseKind, PlanState, RiskState, TaskStatus
from rollout.models import (
    Criterion,
    PhaseDependency,
    PlanKeyResult,
    PlanMilestone,
    PlanOfficer,
    PlanPhase,
    PlanTask,
    Risk,
    RolloutPlan,
    TaskDependency,
    Wave,
    WaveTeam,
)

WAVES, TASKS, MILESTONES, RISKS = 8, 400, 60, 60
# Of all tasks, those of each phase.
SHARES = {PhaseKind.PREPARE: 0.15, PhaseKind.PILOT: 0.2, PhaseKind.EXPAND: 0.55, PhaseKind.EMBED: 0.1}
# Every so many tasks begin anew; the others wait for the one before. Every so many have no owner, or are late.
CHAIN, UNOWNED, LATE = 4, 9, 12
# Days until the next wave, and from one to the next after the pilot.
NEXT, APART = 17, 42
# What stands below a team of this level begins with it.
WITH_BELOW = 2
MEASURES = (
    (Gate.ENTRY, Measure.COACHED, 80, None),
    (Gate.EXIT, Measure.AGREED, 80, None),
    (Gate.EXIT, Measure.CHECK_INS, 60, 3),
    (Gate.EXIT, Measure.TRAINED, 70, None),
)


def lay_out(programme: Programme) -> None:
    """Write the plan with its parts as they stand today."""
    journal, written = programme.company.journal, programme.at(WRITTEN)
    days = {kind: (programme.day(first), programme.day(last)) for kind, first, last in PHASES}
    programme.plan = journal.add(
        RolloutPlan(
            name=wording.NAME,
            goal=wording.GOAL,
            scope=wording.SCOPE,
            sponsor=programme.sponsor,
            starts_on=days[PhaseKind.PREPARE][0],
            ends_on=days[PhaseKind.EMBED][1],
            state=PlanState.RUNNING,
            version=2,
        ),
        written,
    )
    after = audit.snapshot(programme.plan, ["name", "team", "sponsor", "starts_on", "ends_on"])
    journal.note(programme.office, "created", programme.plan, written, after=after)
    for place in OFFICERS:
        journal.add(PlanOfficer(plan=programme.plan, membership=programme.members[place]), written)
    for kind, (first, last) in days.items():
        phase = PlanPhase(plan=programme.plan, kind=kind, starts_on=first, ends_on=last)
        programme.phases[kind] = journal.add(phase, written)
    for position, (title, unit, start, target, current) in enumerate(wording.KEY_RESULTS):
        row = PlanKeyResult(plan=programme.plan, title=title, unit=unit, position=position)
        row.start, row.target, row.current = start, target, current
        journal.add(row, written)
    _name_coaches(programme)
    _add_waves(programme)
    _add_criteria(programme)
    milestones = _add_milestones(programme)
    tasks = _add_tasks(programme)
    _add_phase_needs(programme, milestones, tasks)
    _add_risks(programme)
    filled = {"phases": len(programme.phases), "tasks": len(tasks)}
    journal.note(programme.office, "filled", programme.plan, written, after=filled)
    journal.write()


def _name_coaches(programme: Programme) -> None:
    """Half of the parts right below the top have a coach of their own, with everything below."""
    staff = programme.company.staff
    first_level = [place for place, parent in enumerate(staff.parents) if parent == 0]
    for number, place in enumerate(first_level[::2]):
        coach = programme.somebody(number + 11)
        row = RoleAssignment(membership=coach, role=Role.COACH, team=staff.teams[place])
        row.starts_on = programme.day(WRITTEN)
        programme.company.journal.add(row, programme.at(WRITTEN))


def _add_waves(programme: Programme) -> None:
    """All teams, in turn: half of the waves name a part with everything below it, the others each team by itself."""
    journal, staff, written = programme.company.journal, programme.company.staff, programme.at(WRITTEN, 11)
    count = programme.company.share_of(WAVES, 2)
    started = (count + 1) // 2
    for number in range(count):
        kind = PhaseKind.EXPAND
        day = programme.day(NEXT + (number - started) * APART)
        if number == 0 or (number == count - 1 and count > 2):
            kind = PhaseKind.PILOT if number == 0 else PhaseKind.EMBED
            day = programme.phases[kind].starts_on
        wave = Wave(plan=programme.plan, phase=programme.phases[kind], name=wording.WAVES[number], starts_on=day)
        if number < started:
            wave.started_at = programme.at(_days(programme, day), 9)
        programme.waves.append(journal.add(wave, written))
        programme.places.append([])
    depths: list[int] = []
    heads: list[int] = []
    numbers: dict[int, int] = {}
    for place, parent in enumerate(staff.parents):
        depths.append(0 if parent is None else depths[parent] + 1)
        heads.append(place if parent is None or depths[place] <= WITH_BELOW else heads[parent])
        # Those at the top try it first; of the others each part is in one wave.
        number = numbers.setdefault(heads[place], len(numbers)) if depths[place] >= WITH_BELOW else 0
        number %= count
        programme.places[number].append(place)
        is_named_with_head = number % 2 == 1 and heads[place] != place
        if not is_named_with_head:
            with_below = number % 2 == 1 and depths[place] >= WITH_BELOW
            row = WaveTeam(plan=programme.plan, wave=programme.waves[number], team=staff.teams[place])
            row.with_below = with_below
            journal.add(row, written)


def _add_criteria(programme: Programme) -> None:
    """Six for each phase: one that is judged before it begins and one before it ends, and one of each measure."""
    journal, written = programme.company.journal, programme.at(WRITTEN, 12)
    for kind, phase in programme.phases.items():
        for gate, text, day in (
            (Gate.ENTRY, wording.ENTRY[kind], phase.starts_on),
            (Gate.EXIT, wording.EXIT[kind], phase.ends_on),
        ):
            row = Criterion(phase=phase, gate=gate, measure=Measure.JUDGED, text=text)
            if day <= programme.company.today:
                row.is_met, row.judged_by, row.judged_at = True, programme.office, programme.at(_days(programme, day))
            journal.add(row, written)
        for gate, measure, percent, weeks in MEASURES:
            row = Criterion(phase=phase, gate=gate, measure=measure, percent=percent, weeks=weeks)
            journal.add(row, written)


def _days(programme: Programme, day: date) -> int:
    return (day - programme.company.today).days


def _spread(programme: Programme, phase: PlanPhase, number: int, count: int, length: int = 0) -> date:
    """Return the day of one of `count` things that are spread over a phase, so that they last `length` days there."""
    room = max(0, phase.days - 1 - length)
    return phase.starts_on + timedelta(days=room * number // max(1, count - 1))


def _add_milestones(programme: Programme) -> dict[PhaseKind, list[PlanMilestone]]:
    found: dict[PhaseKind, list[PlanMilestone]] = {}
    count = programme.company.share_of(MILESTONES // len(programme.phases), 1)
    for kind, phase in programme.phases.items():
        found[kind] = []
        for number in range(count):
            due = _spread(programme, phase, number + 1, count + 1)
            row = PlanMilestone(plan=programme.plan, phase=phase, due_on=due)
            row.title = wording.MILESTONES[kind] % programme.area(number)
            row.reached_on = due if due <= programme.company.today else None
            found[kind].append(programme.company.journal.add(row, programme.at(WRITTEN)))
    return found


def _add_tasks(programme: Programme) -> list[PlanTask]:
    """Tasks of each phase in the order of their days; most wait for the one before, which is due by then."""
    journal, written = programme.company.journal, programme.at(WRITTEN)
    found: list[PlanTask] = []
    for kind, phase in programme.phases.items():
        actions = wording.TASKS[kind]
        count = programme.company.share_of(round(TASKS * SHARES[kind]), 3)
        before: PlanTask | None = None
        # A chain of tasks follows another part of the organization through the phase.
        chains = max(1, count // CHAIN)
        for number in range(count):
            chain, link = divmod(number, CHAIN)
            length = max(1, phase.days // (2 * CHAIN))
            begins = _spread(programme, phase, min(chain, chains - 1), chains, CHAIN * length)
            begins += timedelta(days=link * length)
            row = PlanTask(plan=programme.plan, phase=phase, starts_on=begins)
            row.due_on = min(phase.ends_on, begins + timedelta(days=length - 1))
            row.title = actions[number % len(actions)] % programme.area(chain)
            row.owner = None if number % UNOWNED == UNOWNED - 1 else _owner(programme, len(found))
            row.status = _status(programme, row, number)
            found.append(journal.add(row, written))
            if before is not None and link:
                journal.add(TaskDependency(task=row, needed=before), written)
            before = row
    return found


def _owner(programme: Programme, number: int) -> Membership:
    return programme.members[OFFICERS[number % len(OFFICERS)]] if number % 3 else programme.somebody(number)


def _status(programme: Programme, task: PlanTask, number: int) -> TaskStatus:
    today = programme.company.today
    if number % LATE == LATE - 1:
        return TaskStatus.DROPPED if task.due_on < today - timedelta(days=60) else TaskStatus.OPEN
    if task.due_on < today:
        return TaskStatus.DONE
    return TaskStatus.DOING if task.starts_on <= today else TaskStatus.OPEN


def _add_phase_needs(
    programme: Programme, milestones: dict[PhaseKind, list[PlanMilestone]], tasks: list[PlanTask]
) -> None:
    """Each phase waits for the last milestone and the last task of the one before."""
    kinds = list(programme.phases)
    for earlier, later in pairwise(kinds):
        phase, written = programme.phases[later], programme.at(WRITTEN)
        last = [task for task in tasks if task.phase == programme.phases[earlier]][-1]
        programme.company.journal.add(PhaseDependency(phase=phase, milestone=milestones[earlier][-1]), written)
        programme.company.journal.add(PhaseDependency(phase=phase, task=last), written)


def _add_risks(programme: Programme) -> None:
    grades, states = list(Grade), (RiskState.OPEN, RiskState.OPEN, RiskState.CLOSED, RiskState.HAPPENED)
    for number in range(programme.company.share_of(RISKS, 3)):
        title, answer = wording.RISKS[number % len(wording.RISKS)]
        row = Risk(plan=programme.plan, title=title % programme.area(number), answer=answer)
        row.likelihood, row.impact = grades[number % 3], grades[number // 3 % 3]
        row.owner, row.state = programme.somebody(number), states[number % len(states)]
        programme.company.journal.add(row, programme.at(WRITTEN, 13))
