"""What the office of a large rollout lays before its sponsor: money, versions, the pilot, difficulties."""

from copy import deepcopy
from datetime import timedelta
from decimal import Decimal

from rollout.demo.large import wording
from rollout.demo.large.programme import OFFICERS, Programme
from rollout.enums import BudgetCategory, EscalationState, Measure, PhaseKind, PlanState, Verdict, VersionState
from rollout.models import BudgetLine, Criterion, Escalation, PilotDecision, PlanComment, PlanVersion
from rollout.queries.criterion import Standing, words_of
from rollout.queries.pilot_decision import frozen
from rollout.queries.plan_content import BUDGET, content_of

LINES, ESCALATIONS, COMMENTS = 300, 24, 12
# Days from today.
FIRST_SUBMITTED, RETURNED, SUBMITTED, APPROVED, STARTED, DECIDED = -305, -300, -290, -284, -283, -111
# Every so many lines ask for less than they did at first.
CUT = 8
# Every so many teams of the pilot were behind when it was decided.
BEHIND = 7


def add_budget(programme: Programme) -> None:
    """Write the lines of the budget: what is over is paid, what goes on is ordered in part."""
    journal, phases = programme.company.journal, [*programme.phases.values(), None]
    categories = list(BudgetCategory)
    for number in range(programme.company.share_of(LINES, 6)):
        phase = phases[number % len(phases)]
        row = BudgetLine(plan=programme.plan, phase=phase, category=categories[number // 2 % len(categories)])
        row.note = wording.BUDGET[number % len(wording.BUDGET)] % programme.area(number)
        row.planned = Decimal(400 + number * 137 % 9_000)
        if phase is not None and phase.ends_on < programme.company.today:
            row.committed = row.actual = row.planned - number % 5 * 20
        elif phase is not None and phase.starts_on <= programme.company.today:
            row.committed, row.actual = row.planned / 2, row.planned / 4
        journal.add(row, programme.at(-308, 9, number % 60))
    journal.write()


def add_versions(programme: Programme) -> None:
    """Write how the plan was submitted, sent back, submitted again, approved and begun; its rows must be written."""
    journal = programme.company.journal
    content = content_of(programme.plan)
    first = deepcopy(content)
    for number, line in enumerate(first[BUDGET].values()):
        if number % CUT == 0:
            line["planned"] = f"{Decimal(line['planned']) * 2:.2f}"
    state = PlanState.DRAFT
    for number, held, asked, answered, said, reason in (
        (1, first, FIRST_SUBMITTED, RETURNED, VersionState.RETURNED, wording.RETURNED),
        (2, content, SUBMITTED, APPROVED, VersionState.APPROVED, wording.APPROVED),
    ):
        row = PlanVersion(plan=programme.plan, number=number, content=held, state=said, reason=reason)
        row.budget_sum = sum((Decimal(line["planned"]) for line in held[BUDGET].values()), Decimal(0))
        row.submitted_at, row.submitted_by = programme.at(asked, 9), programme.office
        row.decided_at, row.decided_by = programme.at(answered, 14), programme.sponsor
        journal.add(row, row.submitted_at)
        _moved(programme, "submitted", asked, state, PlanState.SUBMITTED, number)
        state = PlanState.APPROVED if said == VersionState.APPROVED else PlanState.DRAFT
        _moved(programme, said.value, answered, PlanState.SUBMITTED, state, number, reason)
    _moved(programme, "started", STARTED, state, PlanState.RUNNING, 2)
    for number in range(programme.company.share_of(COMMENTS, 2)):
        author = programme.office if number % 2 else programme.sponsor
        text = wording.COMMENTS[number % len(wording.COMMENTS)]
        journal.add(PlanComment(plan=programme.plan, author=author, text=text), programme.at(RETURNED + number))
    journal.write()


def _moved(
    programme: Programme, verb: str, day: int, before: PlanState, after: PlanState, number: int, reason: str = ""
) -> None:
    who = programme.sponsor if verb in VersionState.values else programme.office
    programme.company.journal.note(
        who,
        verb,
        programme.plan,
        programme.at(day, 14),
        before={"state": before.value},
        after={"state": after.value, "version": number},
        reason=reason,
    )


def add_decision(programme: Programme) -> None:
    """Write what was decided about the pilot, with its criteria as they stood then; these must be written.

    They are not computed: without statistics of rows that were just loaded that takes minutes.
    """
    phase = programme.phases[PhaseKind.PILOT]
    teams = [programme.company.staff.teams[place] for place in programme.places[0]]
    fulfilled = frozenset(team.pk for number, team in enumerate(teams) if number % BEHIND != BEHIND - 1)
    standings = [
        Standing(one, words_of(one), one.is_met)
        if one.measure == Measure.JUDGED
        else Standing(one, words_of(one), True, teams, fulfilled)
        for one in Criterion.objects.filter(phase=phase)
    ]
    row = PilotDecision(plan=programme.plan, phase=phase, content=frozen(phase, standings), verdict=Verdict.GO)
    row.reason, row.decided_by, row.decided_at = wording.DECISION, programme.sponsor, programme.at(DECIDED, 15)
    programme.company.journal.add(row, row.decided_at)
    after = {"verdict": row.verdict}
    programme.company.journal.note(
        programme.sponsor, "decided", row, row.decided_at, after=after, reason=wording.DECISION
    )
    programme.company.journal.write()


def add_escalations(programme: Programme) -> None:
    """Write difficulties: some closed, some answered, some that wait for the sponsor."""
    count = programme.company.share_of(ESCALATIONS, 3)
    states = (EscalationState.OPEN, EscalationState.ANSWERED, EscalationState.CLOSED)
    for number in range(count):
        title, difficulty, request = wording.ESCALATIONS[number % len(wording.ESCALATIONS)]
        state, at = states[number * len(states) // count], programme.at(-5 - 4 * number, 9)
        row = Escalation(plan=programme.plan, difficulty=difficulty, request=request, state=state)
        row.title = title % programme.area(number)
        row.due_on, row.raised_at = at.date() + timedelta(days=9), at
        row.raised_by = programme.members[OFFICERS[number % len(OFFICERS)]]
        if state != EscalationState.OPEN:
            row.answer, row.answered_by = wording.ESCALATION_ANSWER, programme.sponsor
            row.answered_at = at + timedelta(days=2)
        if state == EscalationState.CLOSED:
            row.closed_at = at + timedelta(days=3)
        programme.company.journal.add(row, at)
    programme.company.journal.write()
