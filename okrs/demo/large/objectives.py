"""Objectives of a large invented organization, who supports whom, and how far they are."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from okrs import scoring
from okrs.demo.journal import Journal
from okrs.demo.large.cycles import Plan
from okrs.demo.large.names import INITIATIVES, STEPS
from okrs.demo.large.people import Staff
from okrs.demo.large.results import Kind, Story, kinds_of, other_kind
from okrs.demo.large.scale import Scale, shares
from okrs.enums import InitiativeStatus, Level, MetricType, ObjectiveKind, ObjectiveStatus, Phase
from okrs.models import Alignment, Cycle, Initiative, KeyResult, Milestone, Objective
from organizations.domain import audit
from organizations.models import Membership

# One of so many objectives of a quarter is the organization's own; at most four.
PER_COMPANY_OBJECTIVE, MOST_OF_COMPANY = 10, 4
ALIGNED, ON_KEY_RESULT, TWICE = 0.8, 0.25, 0.1
COUNTS_SUPPORTING = 0.3
FIRST_LEVELS = 2
ONE = Decimal(1)


@dataclass(slots=True)
class Row:
    """A key result while it is made."""

    key_result: KeyResult
    story: Story
    plan: Plan
    people: list[Membership]
    milestones: list[Milestone] = field(default_factory=list)


@dataclass(slots=True)
class Maker:
    """Makes everything of the cycles; `rows` are the key results, ready for their check-ins."""

    journal: Journal
    staff: Staff
    scale: Scale
    random: Random
    rows: list[Row] = field(default_factory=list)
    objectives: list[Objective] = field(default_factory=list)
    # Key results by objective; objectives by cycle and place of the team (None: the organization's).
    results: dict[object, list[KeyResult]] = field(default_factory=dict)
    placed: dict[tuple[object, int | None], list[Objective]] = field(default_factory=dict)
    links: list[tuple[Objective, Alignment]] = field(default_factory=list)

    def make(self, plans: list[Plan]) -> None:
        """Keep cycles, objectives, key results, initiatives and alignments in the journal."""
        counts = shares(self.scale.objectives, [plan.share for plan in plans])
        cycles = [self._make_cycle(plan) for plan in plans]
        of_results = iter(shares(self.scale.key_results, [1.0] * sum(counts)))
        for plan, cycle, count in zip(plans, cycles, counts, strict=True):
            company = min(MOST_OF_COMPANY, max(1, count // PER_COMPANY_OBJECTIVE)) if count else 0
            for number in range(count):
                place = None if number < company else (number - company) % self.scale.teams
                self._make_objective(plan, cycle, number, place, next(of_results))
        self._align(plans, cycles)

    def _make_cycle(self, plan: Plan) -> Cycle:
        period = plan.period
        at = plan.window[0] - timedelta(days=30)
        return self.journal.add(
            Cycle(
                name=period.name,
                length=period.length,
                starts_on=period.starts_on,
                ends_on=period.ends_on,
                phase=plan.phase,
            ),
            min(at, plan.now - timedelta(days=30)),
        )

    def _make_objective(self, plan: Plan, cycle: Cycle, number: int, place: int | None, results: int) -> None:
        staff, random = self.staff, self.random
        people = staff.people[place or 0]
        owner = random.choice(people)
        examples = kinds_of(staff.functions[place or 0])
        title, why, kinds = examples[(number // max(1, self.scale.teams) + (place or 0) + number) % len(examples)]
        written = min(plan.window[0], plan.now) - timedelta(days=random.randrange(2, 20))
        objective = self.journal.add(
            Objective(
                cycle=cycle,
                level=Level.ORGANIZATION if place is None else Level.TEAM,
                team=None if place is None else staff.teams[place],
                owner=owner,
                title=title,
                why=why,
                kind=random.choices(list(ObjectiveKind), (6, 3, 1))[0],
                status=ObjectiveStatus.DRAFT if plan.phase == Phase.DRAFTING else ObjectiveStatus.ACTIVE,
                position=number,
                counts_supporting=self._is_high(place) and random.random() < COUNTS_SUPPORTING,
                created_by=owner,
            ),
            written,
        )
        names = ["title", "level", "team", "owner", "cycle", "kind", "status"]
        self.journal.note(owner, "created", objective, written, after=audit.snapshot(objective, names))
        self.objectives.append(objective)
        self.placed.setdefault((cycle.pk, place), []).append(objective)
        self.results[objective.pk] = []
        for position in range(results):
            kind = kinds[position % len(kinds)]
            if position >= len(kinds):
                kind = other_kind(number, examples[(number + 1) % len(examples)][2][0])
            self._make_result(plan, objective, kind, position, people, written + timedelta(minutes=position + 1))
        if number % 2 == 0:
            self._make_initiative(plan, objective, number, owner, written + timedelta(hours=1))

    def _is_high(self, place: int | None) -> bool:
        return place is None or self.staff.parents[place] in (None, 0)

    def _make_result(
        self, plan: Plan, objective: Objective, kind: Kind, position: int, people: list[Membership], at: datetime
    ) -> None:
        owner = self.random.choice(people)
        key_result = self.journal.add(
            KeyResult(
                objective=objective,
                owner=owner,
                title=kind.title,
                metric=kind.metric,
                start=kind.start,
                target=kind.target,
                unit=kind.unit,
                unit_kind=kind.unit_kind,
                weight=ONE,
                position=position,
                progress=scoring.progress(kind.measure),
            ),
            at,
        )
        self.journal.note(
            objective.owner,
            "created",
            key_result,
            at,
            after=audit.snapshot(key_result, ["title", "objective", "owner", "metric", "start", "target", "unit"]),
        )
        row = Row(key_result, Story(kind, self.random), plan, people)
        if kind.metric == MetricType.MILESTONES:
            row.milestones = [
                self.journal.add(Milestone(key_result=key_result, title=title, position=number, weight=ONE), at)
                for number, title in enumerate(STEPS, start=1)
            ]
            key_result.progress = 0.0
        self.rows.append(row)
        self.results[objective.pk].append(key_result)

    def _make_initiative(self, plan: Plan, objective: Objective, number: int, owner: Membership, at: datetime) -> None:
        days = (plan.period.ends_on - plan.period.starts_on).days
        self.journal.add(
            Initiative(
                objective=objective,
                key_result=next(iter(self.results[objective.pk]), None),
                title=INITIATIVES[number % len(INITIATIVES)],
                owner=owner,
                due_on=plan.period.starts_on + timedelta(days=self.random.randrange(days)),
                status=InitiativeStatus.DONE if plan.phase == Phase.CLOSED else self.random.choice(_OPEN),
                position=1,
            ),
            at,
        )

    def _align(self, plans: list[Plan], cycles: list[Cycle]) -> None:
        """Each supports something of the team above, of the organization, or of its year: never a circle."""
        years = [cycle for plan, cycle in zip(plans, cycles, strict=True) if plan.is_year]
        for plan, cycle in zip(plans, cycles, strict=True):
            year = next((one for one in years if one.starts_on <= cycle.starts_on <= one.ends_on), None)
            above_all = self.placed.get((year.pk, None), []) if year and not plan.is_year else []
            company = self.placed.get((cycle.pk, None), [])
            for number, objective in enumerate(company):
                if above_all:
                    self._support(objective, above_all[number % len(above_all)])
                else:
                    priority = self.staff.priorities[number % len(self.staff.priorities)]
                    self._link(objective, Alignment(objective=objective, target_priority=priority))
            for place in range(self.scale.teams):
                parent = self.staff.parents[place]
                above = (self.placed.get((cycle.pk, parent), []) if parent is not None else []) or company
                for objective in self.placed.get((cycle.pk, place), []):
                    if above and self.random.random() < ALIGNED:
                        self._support(objective, self.random.choice(above))
                    if above is not company and company and self.random.random() < TWICE:
                        self._support(objective, self.random.choice(company))

    def _support(self, objective: Objective, target: Objective) -> None:
        results = self.results[target.pk]
        if results and self.random.random() < ON_KEY_RESULT:
            alignment = Alignment(objective=objective, target_key_result=self.random.choice(results))
        else:
            alignment = Alignment(objective=objective, target_objective=target)
        self._link(objective, alignment)

    def _link(self, objective: Objective, alignment: Alignment) -> None:
        self.journal.add(alignment, objective.created_at + timedelta(hours=2))
        self.links.append((objective, alignment))

    def roll_up(self) -> None:
        """Compute the progress of every objective, those that support others first."""
        below: dict[object, list[Objective]] = {}
        for objective, alignment in self.links:
            if alignment.target_objective_id is not None:
                below.setdefault(alignment.target_objective_id, []).append(objective)
        done: set[object] = set()

        def compute(objective: Objective) -> None:
            if objective.pk in done:
                return
            done.add(objective.pk)
            supporting = below.get(objective.pk, []) if objective.counts_supporting else []
            for one in supporting:
                compute(one)
            objective.progress = scoring.objective_progress(
                [scoring.Contribution(row.progress, row.weight) for row in self.results[objective.pk]],
                [
                    scoring.Contribution(one.progress, ONE, counted=one.status == ObjectiveStatus.ACTIVE)
                    for one in supporting
                ],
            ).raw

        for objective in self.objectives:
            compute(objective)


_OPEN = (InitiativeStatus.PLANNED, InitiativeStatus.DOING, InitiativeStatus.DONE)
