"""What the office of the invented rollout lays before its sponsor: versions, money, the pilot, difficulties."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from okrs.demo.company import PILOT
from organizations.domain import audit
from rollout.demo.plan import APPROVED, OFFICE, SPONSOR, STARTED, Story
from rollout.enums import (
    BudgetCategory,
    EscalationState,
    Gate,
    Measure,
    PhaseKind,
    PlanState,
    Verdict,
    VersionState,
)
from rollout.models import BudgetLine, Criterion, Escalation, PilotDecision, PlanComment, PlanVersion
from rollout.queries.criterion import Standing, words_of
from rollout.queries.pilot_decision import frozen
from rollout.queries.plan_content import BUDGET, content_of

# Days from the first one of the pilot.
FIRST_SUBMITTED, RETURNED, SUBMITTED = -26, -24, -22
CLOSING = "closing"
# Of the first version: what the sponsor found too much.
CLOSING_AT_FIRST = Decimal(6000)
# Which pilot teams did what when it was decided, by the measure; the others are missing.
FULFILLED = {
    Measure.AGREED: PILOT,
    Measure.CHECK_INS: tuple(key for key in PILOT if key != "sales"),
    Measure.COACHED: PILOT[1:],
}


@dataclass(frozen=True, slots=True)
class Money:
    """A line of the budget: what was approved, and how it stands today."""

    key: str
    category: BudgetCategory
    phase: PhaseKind | None
    approved: int
    planned: int
    committed: int = 0
    actual: int = 0


BUDGET_LINES = (
    Money("course", BudgetCategory.TRAINING, PhaseKind.PREPARE, 9500, 9240, 9240, 9240),
    Money("moderating", BudgetCategory.TRAINING, PhaseKind.PREPARE, 2400, 2400, 2400, 2400),
    Money("kick_off", BudgetCategory.EVENTS, PhaseKind.PREPARE, 3800, 3150, 3150, 3150),
    Money("adviser", BudgetCategory.ADVICE, PhaseKind.PILOT, 6000, 7500, 7500, 7500),
    Money("coach_time", BudgetCategory.PEOPLE, PhaseKind.EXPAND, 18000, 18000, 18000, 10350),
    Money("workshops", BudgetCategory.TRAINING, PhaseKind.EXPAND, 7200, 7200, 5400, 3600),
    Money("tool", BudgetCategory.TOOLS, None, 2880, 2880, 2880, 1920),
    Money(CLOSING, BudgetCategory.EVENTS, PhaseKind.EMBED, 3000, 2400),
)


def add_budget(story: Story) -> None:
    """Write the lines of the budget as they stand today."""
    for number, line in enumerate(BUDGET_LINES):
        at = story.at(-38, 14, number)
        row = BudgetLine(
            plan=story.plan,
            phase=story.phases[line.phase] if line.phase is not None else None,
            category=line.category,
            note=story.texts.budget[line.key],
            planned=Decimal(line.planned),
            committed=Decimal(line.committed),
            actual=Decimal(line.actual),
        )
        story.maker.journal.add(row, at)
        after = audit.snapshot(row, ["category", "phase", "note"]) | {"planned": Decimal(line.approved)}
        story.note(OFFICE, "created", row, at, after=after)


def add_versions(story: Story) -> None:
    """Write how the plan was submitted, sent back, submitted again, approved and begun; its rows must be written."""
    content = _content_then(story)
    first = deepcopy(content)
    for fields in first[BUDGET].values():
        if fields["note"] == story.texts.budget[CLOSING]:
            fields["planned"] = f"{CLOSING_AT_FIRST:.2f}"
    total = Decimal(sum(line.approved for line in BUDGET_LINES))
    before = next(Decimal(line.approved) for line in BUDGET_LINES if line.key == CLOSING)
    state = PlanState.DRAFT
    for number, held, asked, answered, said, reason, budget in (
        (1, first, FIRST_SUBMITTED, RETURNED, VersionState.RETURNED, story.texts.returned, CLOSING_AT_FIRST - before),
        (2, content, SUBMITTED, APPROVED, VersionState.APPROVED, story.texts.approved, Decimal(0)),
    ):
        submitted_at, decided_at = story.at(asked, 9), story.at(answered, 14)
        row = PlanVersion(
            plan=story.plan,
            number=number,
            content=held,
            budget_sum=total + budget,
            state=said,
            submitted_at=submitted_at,
            submitted_by=story.person(OFFICE),
            decided_at=decided_at,
            decided_by=story.person(SPONSOR),
            reason=reason,
        )
        story.maker.journal.add(row, submitted_at)
        _moved(story, OFFICE, "submitted", submitted_at, state, PlanState.SUBMITTED, number)
        state = PlanState.APPROVED if said == VersionState.APPROVED else PlanState.DRAFT
        _moved(story, SPONSOR, said.value, decided_at, PlanState.SUBMITTED, state, number, reason)
    _moved(story, OFFICE, "started", story.at(STARTED, 15), state, PlanState.RUNNING, 2)
    for text, by, day in zip(story.texts.comments, (SPONSOR, OFFICE), (RETURNED, RETURNED + 1), strict=True):
        comment = PlanComment(plan=story.plan, author=story.person(by), text=text)
        at = story.at(day, 15)
        story.maker.journal.add(comment, at)
        story.note(by, "commented", comment, at, after=audit.snapshot(comment, ["plan", "text"]))


def _content_then(story: Story) -> dict[str, Any]:
    """Return what a version keeps of the plan, with the money as it was asked for: none of it was spent yet."""
    content = content_of(story.plan)
    approved = {story.texts.budget[line.key]: line.approved for line in BUDGET_LINES}
    for fields in content[BUDGET].values():
        fields |= {"planned": f"{approved[fields['note']]:.2f}", "committed": "0.00", "actual": "0.00"}
    return content


def _moved(
    story: Story, who: str, verb: str, at: datetime, before: PlanState, after: PlanState, number: int, reason: str = ""
) -> None:
    was, became = {"state": before.value}, {"state": after.value, "version": number}
    story.note(who, verb, story.plan, at, before=was, after=became, reason=reason)


def add_decision(story: Story) -> None:
    """Write what was decided on the last day of the pilot, with its criteria as they stood; these must be written."""
    phase = story.phases[PhaseKind.PILOT]
    criteria = Criterion.objects.filter(phase=phase).select_related("phase")
    standings = [_standing_then(story, one) for one in criteria]
    at = story.on(phase.ends_on, 15)
    row = PilotDecision(
        plan=story.plan,
        phase=phase,
        content=frozen(phase, standings),
        verdict=Verdict.GO,
        reason=story.texts.decision,
        decided_at=at,
        decided_by=story.person(SPONSOR),
    )
    story.maker.journal.add(row, at)
    story.note(SPONSOR, "decided", row, at, after={"verdict": row.verdict}, reason=row.reason)


def _standing_then(story: Story, criterion: Criterion) -> Standing:
    if criterion.measure == Measure.JUDGED:
        return Standing(criterion, words_of(criterion), criterion.is_met)
    teams: Sequence[Any] = [story.maker.cast.teams[key] for key in PILOT]
    fulfilled = frozenset(story.maker.cast.teams[key].pk for key in FULFILLED[Measure(criterion.measure)])
    is_met = len(fulfilled) * 100 >= (criterion.percent or 0) * len(teams)
    assert criterion.gate == Gate.EXIT, "what is computed in a pilot has to be met at its end"
    return Standing(criterion, words_of(criterion), is_met, teams, fulfilled)


def add_escalations(story: Story) -> None:
    """Write two difficulties: one from the first wave, which was solved, and one that waits for the sponsor."""
    began = story.phases[PhaseKind.EXPAND].starts_on
    raised = {"coach_time": story.on(began + timedelta(days=20), 9), "supply": story.on(story.today - timedelta(3), 9)}
    for key, text in story.texts.escalations.items():
        at = raised[key]
        row = Escalation(plan=story.plan, title=text.title, difficulty=text.difficulty, request=text.request)
        row.due_on, row.raised_by, row.raised_at = at.date() + timedelta(days=9), story.person(OFFICE), at
        story.maker.journal.add(row, at)
        after = audit.snapshot(row, ["plan", "title", "difficulty", "request", "due_on"])
        story.note(OFFICE, "escalated", row, at, after=after)
        if text.answer:
            row.state, row.answer = EscalationState.ANSWERED, text.answer
            row.answered_by, row.answered_at = story.person(SPONSOR), at + timedelta(days=2, hours=5)
            was = {"state": EscalationState.OPEN.value, "answer": ""}
            became = {"state": row.state, "answer": row.answer}
            story.note(SPONSOR, "answered", row, row.answered_at, before=was, after=became)
