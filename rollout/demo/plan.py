"""The plan of the invented company's rollout, laid out as its office would have done at the time."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from okrs.demo.company import PILOT, SECOND
from organizations.domain import audit
from organizations.models import Membership
from rollout.blueprints.blueprint import PhaseDraft
from rollout.blueprints.fitting import DAY, Calendar, TimeOff
from rollout.blueprints.known import PILOT_FIRST
from rollout.demo.texts.wording import RolloutTexts
from rollout.enums import Grade, Measure, PhaseKind, PlanState, TaskStatus
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

OFFICE, SPONSOR = "yara", "henrik"
# Days from the first one of the pilot: when the plan was written down, approved, and began.
WRITTEN, APPROVED, STARTED = -39, -20, -19
# Who does what, by the keys of the blueprint; what is not here is still without an owner.
OWNERS = {
    "why": SPONSOR,
    "plan": OFFICE,
    "barriers": OFFICE,
    "budget": OFFICE,
    "coaches": "anna",
    "leaders": "nora",
    "tell": OFFICE,
    "train": "nora",
    "draft": "nora",
    "rhythm": "emre",
    "learn": "nora",
    "decide": SPONSOR,
    "more_coaches": OFFICE,
    "train_more": "nora",
    "news": "elif",
    "playbook": OFFICE,
}
# Who began in which wave, in the order of the waves.
WAVES = (PILOT, tuple(key for key in SECOND if key not in PILOT), ("people",))
# Start, target and where it stands, in the order of the texts.
KEY_RESULTS = ((0, 80, 68), (41, 75, 58), (9, 2, 4))


@dataclass(slots=True)
class Story:
    """What the parts of the story share: who makes it, the plan once it is there, and its phases by kind."""

    maker: Any
    texts: RolloutTexts
    plan: RolloutPlan = field(default_factory=RolloutPlan)
    phases: dict[str, PlanPhase] = field(default_factory=dict)

    @property
    def today(self) -> date:
        now: datetime = self.maker.now.astimezone(ZoneInfo(self.maker.wording.time_zone))
        return now.date()

    @property
    def pilot_began(self) -> date:
        day: date = self.phases[PhaseKind.PILOT].starts_on
        return day

    def at(self, days: int, hour: int = 10, minute: int = 0) -> datetime:
        """Return a moment so many days after the pilot began (before it, if negative); on a weekday, never to come."""
        return self.on(self.pilot_began + timedelta(days=days), hour, minute)

    def on(self, day: date, hour: int = 10, minute: int = 0) -> datetime:
        """Return a moment of a day, of the Monday after it if it is none on which people work; never to come."""
        moment: datetime = self.maker.moment(Calendar().next_working(day), hour) + timedelta(minutes=minute)
        return min(moment, self.maker.now - timedelta(minutes=30))

    def ahead(self, days: int) -> date:
        """Return the day so many days from today, or the first after it on which people work."""
        return Calendar().next_working(self.today + timedelta(days=days))

    def person(self, key: str) -> Membership | None:
        """Return somebody by their key, None for nobody."""
        return self.maker.cast.members[key] if key else None

    def note(self, who: str, verb: str, subject: Any, at: datetime, **more: Any) -> None:
        """Leave the trace that the domain leaves of such a write."""
        self.maker.journal.note(self.person(who), verb, subject, at, **more)


def lay_out(story: Story) -> None:
    """Write the plan with its parts, as they stand today: what is over is done, what runs is under way."""
    maker, texts = story.maker, story.texts
    calendar = Calendar(TimeOff(*days) for days in (maker.year.summer, maker.year.winter) if days is not None)
    days = _days(calendar, maker.year.first.starts_on)
    for draft, (first, last) in zip(PILOT_FIRST.phases, days, strict=True):
        story.phases[draft.kind] = PlanPhase(kind=draft.kind, starts_on=first, ends_on=last)
    written = story.at(WRITTEN)
    story.plan = maker.journal.add(
        RolloutPlan(
            name=texts.name,
            goal=texts.goal,
            scope=texts.scope,
            sponsor=story.person(SPONSOR),
            starts_on=days[0][0],
            ends_on=days[-1][1],
            state=PlanState.RUNNING,
            version=2,
        ),
        written,
    )
    maker.journal.add(PlanOfficer(plan=story.plan, membership=story.person(OFFICE)), written)
    after = audit.snapshot(story.plan, ["name", "team", "sponsor", "starts_on", "ends_on"])
    story.note(OFFICE, "created", story.plan, written, after=after)
    tasks: dict[str, PlanTask] = {}
    milestones: list[PlanMilestone] = []
    waves = iter(WAVES)
    for draft in PILOT_FIRST.phases:
        phase = story.phases[draft.kind]
        phase.plan = story.plan
        maker.journal.add(phase, written)
        if draft.kind in (PhaseKind.PILOT, PhaseKind.EXPAND):
            # What the phase before ends with: the approval, and the decision.
            maker.journal.add(PhaseDependency(phase=phase, milestone=milestones[-1]), written)
        for wave in draft.waves:
            _begin(story, str(wave.name), phase, calendar.after(phase.starts_on, wave.at), next(waves))
        _add_criteria(story, draft, phase)
        milestones += _add_milestones(story, draft, phase, calendar)
        tasks |= _add_tasks(story, draft, phase, calendar)
    for (title, answer), owner in zip(PILOT_FIRST.risks, (OFFICE, SPONSOR, "anna"), strict=True):
        risk = Risk(plan=story.plan, title=str(title), answer=str(answer), owner=story.person(owner))
        risk.likelihood, risk.impact = Grade.MEDIUM, Grade.HIGH
        maker.journal.add(risk, written)
    _add_key_results(story, written)
    filled = {"blueprint": str(PILOT_FIRST.name), "phases": len(PILOT_FIRST.phases), "tasks": len(tasks)}
    story.note(OFFICE, "filled", story.plan, written, after=filled)


def _add_milestones(story: Story, draft: PhaseDraft, phase: PlanPhase, calendar: Calendar) -> list[PlanMilestone]:
    found = []
    for one in draft.milestones:
        due = min(calendar.after(phase.starts_on, one.at), phase.ends_on)
        row = PlanMilestone(plan=story.plan, phase=phase, title=str(one.title), due_on=due)
        row.reached_on = _reached(story, row)
        found.append(story.maker.journal.add(row, story.at(WRITTEN)))
    return found


def _add_tasks(story: Story, draft: PhaseDraft, phase: PlanPhase, calendar: Calendar) -> dict[str, PlanTask]:
    """Write the tasks of a phase, each with what it waits for there; return them by the keys of the blueprint."""
    found: dict[str, PlanTask] = {}
    for one in draft.tasks:
        begins = calendar.after(phase.starts_on, one.at)
        row = PlanTask(
            plan=story.plan,
            phase=phase,
            title=str(one.title),
            activity=one.activity,
            owner=story.person(OWNERS.get(one.key, "")),
            starts_on=begins,
            due_on=calendar.last_of(begins, one.weeks),
        )
        row.status = _status(story, row)
        found[one.key] = story.maker.journal.add(row, story.at(WRITTEN))
        if row.status == TaskStatus.DONE:
            row.updated_at = story.on(row.due_on, 16)
        for needed in one.needs:
            story.maker.journal.add(TaskDependency(task=row, needed=found[needed]), story.at(WRITTEN))
    return found


def _days(calendar: Calendar, pilot_from: date) -> list[tuple[date, date]]:
    """Return first and last day of each phase: the pilot begins with a quarter, so the plan looks back from there."""
    prepare, *others = PILOT_FIRST.phases
    first = calendar.next_working(pilot_from)
    found = [(first - timedelta(weeks=prepare.weeks), first - DAY)]
    for phase in others:
        last = calendar.last_of(first, phase.weeks)
        found.append((first, last))
        first = calendar.next_working(last + DAY)
    return found


def _begin(story: Story, name: str, phase: PlanPhase, starts_on: date, keys: tuple[str, ...]) -> None:
    wave = Wave(plan=story.plan, phase=phase, name=name, starts_on=starts_on)
    if starts_on <= story.today:
        wave.started_at = story.on(starts_on, 9)
    story.maker.journal.add(wave, story.at(WRITTEN, 11))
    for key in keys:
        row = WaveTeam(plan=story.plan, wave=wave, team=story.maker.cast.teams[key], with_below=False)
        story.maker.journal.add(row, story.at(WRITTEN, 11))
    if wave.started_at is not None:
        story.note(OFFICE, "started", wave, wave.started_at, after={"teams": len(keys), "cycles": []})


def _add_criteria(story: Story, draft: PhaseDraft, phase: PlanPhase) -> None:
    notes = _judged_notes(story)
    for number, one in enumerate(draft.criteria):
        row = Criterion(phase=phase, gate=one.gate, measure=one.measure, text=str(one.text))
        row.percent, row.weeks = one.percent, one.weeks
        judged = notes.get((draft.kind, number)) if one.measure == Measure.JUDGED else None
        if judged is not None:
            row.judged_at, row.note = judged
            row.is_met, row.judged_by = True, story.person(OFFICE)
        story.maker.journal.add(row, story.at(WRITTEN, 10, number))
        if judged is not None:
            before, after = {"is_met": None, "note": ""}, {"is_met": True, "note": row.note}
            story.note(OFFICE, "judged", row, judged[0], before=before, after=after)


def _judged_notes(story: Story) -> dict[tuple[str, int], tuple[datetime, str]]:
    """Return when each criterion of a phase was judged, and with which note, by the kind of phase and its place."""
    decided = story.on(story.phases[PhaseKind.PILOT].ends_on, 16)
    said, barriers, approved, willing, go = story.texts.judged
    return {
        (PhaseKind.PREPARE, 0): (story.at(-8, 15), said),
        (PhaseKind.PREPARE, 1): (story.at(-9, 15), barriers),
        (PhaseKind.PILOT, 0): (story.at(APPROVED, 16), approved),
        (PhaseKind.PILOT, 1): (story.at(-6, 11), willing),
        (PhaseKind.EXPAND, 0): (decided, go),
    }


def _reached(story: Story, milestone: PlanMilestone) -> date | None:
    if milestone.phase.kind == PhaseKind.PREPARE:
        return story.at(APPROVED).date()
    return milestone.due_on if milestone.due_on <= story.today else None


def _status(story: Story, task: PlanTask) -> TaskStatus:
    if task.due_on < story.today:
        return TaskStatus.DONE
    return TaskStatus.DOING if task.starts_on <= story.today else TaskStatus.OPEN


def _add_key_results(story: Story, at: datetime) -> None:
    for position, ((title, unit), values) in enumerate(zip(story.texts.key_results, KEY_RESULTS, strict=True)):
        start, target, current = values
        row = PlanKeyResult(plan=story.plan, title=title, unit=unit, position=position)
        row.start, row.target, row.current = start, target, current
        story.maker.journal.add(row, at)
        story.note(OFFICE, "created", row, at, after=audit.snapshot(row, ["title", "unit", "start", "target"]))
