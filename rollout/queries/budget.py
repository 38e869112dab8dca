"""The budget of plans: sums by category and phase, what it will cost in the end, and what was approved.

Amounts are decimals with two places from the database to the page, so sums are exact to the cent.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from django.db.models import DecimalField, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce, Greatest

from rollout.enums import BudgetCategory, PlanState, VersionState, VersionSubject
from rollout.models import BudgetLine, PlanPhase, PlanVersion, RolloutPlan, Wave
from rollout.models.budget import ZERO
from rollout.queries.wave import teams_by_wave

CENT = Decimal("0.01")
# The same as `forecast_of`, where the database computes it.
FORECAST = Greatest("planned", "committed", "actual")


def forecast_of(planned: Decimal, committed: Decimal, actual: Decimal) -> Decimal:
    """Return what a line will have cost in the end.

    The plan holds until more than that is committed or paid: an order of a part leaves the rest to come.
    """
    return max(planned, committed, actual)


@dataclass(frozen=True, slots=True)
class Sums:
    """What some lines come to."""

    planned: Decimal = ZERO
    committed: Decimal = ZERO
    actual: Decimal = ZERO
    forecast: Decimal = ZERO

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(
            self.planned + other.planned,
            self.committed + other.committed,
            self.actual + other.actual,
            self.forecast + other.forecast,
        )

    @property
    def needed(self) -> Decimal:
        """What has to be approved: the plan, or what it will cost, if that is more."""
        return max(self.planned, self.forecast)


NOTHING = Sums()


@dataclass(frozen=True, slots=True)
class Row:
    """A line with what it will have cost."""

    line: BudgetLine
    sums: Sums


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one category, or of one phase, and what they come to."""

    label: str
    rows: Sequence[Row]
    sums: Sums
    # Of categories: the word addresses have for it, and whether its lines are left out of a long page.
    code: str = ""
    is_folded: bool = False
    # Of phases: which one; None for what belongs to none.
    phase_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Approved:
    """How a budget stands to what the sponsor approved; `sum` None while no plan was approved."""

    sum: Decimal | None
    needed: Decimal
    waiting: PlanVersion | None = None
    # The version it was approved with.
    number: int | None = None

    @property
    def excess(self) -> Decimal:
        """By how much it goes beyond what was approved; 0 where it does not."""
        return max(self.needed - self.sum, ZERO) if self.sum is not None else ZERO


@dataclass(frozen=True, slots=True)
class BudgetPage:
    """A budget and everything on its page."""

    plan: RolloutPlan
    categories: list[Group]
    phases: list[Group]
    total: Sums
    approved: Approved
    active_teams: int
    # Whether there are so many lines that its categories fold.
    is_long: bool = False

    @property
    def cost_per_team(self) -> Decimal | None:
        """What was paid so far for each team of the waves that have started, to the cent; None before any has."""
        if not self.active_teams:
            return None
        return (self.total.actual / self.active_teams).quantize(CENT, rounding=ROUND_HALF_UP)


def budget_page(plan: RolloutPlan, *, no_phase: str, opened: Collection[str] = ()) -> BudgetPage:
    """Return what the page of a budget shows; seven queries. `no_phase` names what belongs to no phase.

    Of a long one the categories are folded, but for those `opened`.
    """
    lines = BudgetLine.objects.filter(plan=plan).select_related("phase")
    rows = [Row(line, sums_of(line)) for line in lines]
    is_long = len(rows) > LONG
    categories = [(value, label, [row for row in rows if row.line.category == value]) for value, label in _CATEGORIES]
    named: list[tuple[UUID | None, str]] = [(phase.pk, phase.name) for phase in PlanPhase.objects.filter(plan=plan)]
    phases = [(pk, label, [row for row in rows if row.line.phase_id == pk]) for pk, label in [*named, (None, no_phase)]]
    total = total_of(row.sums for row in rows)
    return BudgetPage(
        plan=plan,
        categories=[
            Group(
                str(label), found, total_of(row.sums for row in found), value, is_folded=is_long and value not in opened
            )
            for value, label, found in categories
            if found
        ],
        phases=[
            Group(label, found, total_of(row.sums for row in found), phase_id=pk)
            for pk, label, found in phases
            if found
        ],
        total=total,
        approved=approved_of(plan, total),
        active_teams=active_teams(plan),
        is_long=is_long,
    )


# More lines than these fold by category.
LONG = 60
_CATEGORIES = tuple(BudgetCategory.choices)


def sums_of(line: BudgetLine) -> Sums:
    """Return the amounts of one line."""
    amounts = (line.planned, line.committed, line.actual)
    return Sums(*amounts, forecast_of(*amounts))


def total_of(sums: Iterable[Sums]) -> Sums:
    """Return what some sums come to."""
    return sum(sums, start=NOTHING)


def totals(plan_ids: Iterable[UUID]) -> dict[UUID, Sums]:
    """Return what the budgets of some plans come to, by their ids; one query."""
    rows = BudgetLine.objects.filter(plan__in=list(plan_ids)).order_by().values_list("plan")
    found = rows.annotate(
        Sum("planned"), Sum("committed"), Sum("actual"), forecast=Sum(FORECAST, output_field=DecimalField())
    )
    return {plan_id: Sums(*amounts) for plan_id, *amounts in found}


def planned_total(plan: RolloutPlan) -> Decimal:
    """Return what a plan's budget comes to as planned; one query."""
    found: Decimal = BudgetLine.objects.filter(plan=plan).aggregate(sum=Coalesce(Sum("planned"), ZERO))["sum"]
    return found


def approved_sums(plan_ids: Iterable[UUID]) -> dict[UUID, Decimal]:
    """Return what was approved last of some plans, by their ids; without those never approved; one query."""
    latest = PlanVersion.objects.filter(plan=OuterRef("pk"), state=VersionState.APPROVED).order_by("-number")
    rows = RolloutPlan.objects.filter(pk__in=list(plan_ids)).order_by()
    found = rows.annotate(approved=Subquery(latest.values("budget_sum")[:1])).exclude(approved=None)
    return dict(found.values_list("pk", "approved"))


def approved_of(plan: RolloutPlan, total: Sums) -> Approved:
    """Return how a plan's budget stands to what was approved; at most two queries.

    Nothing is compared while the plan is written: it is approved as a whole, with its budget.
    """
    if not plan.is_public:
        return Approved(None, total.needed)
    rows = PlanVersion.objects.filter(plan=plan, state=VersionState.APPROVED).order_by("-number")
    number, approved = rows.values_list("number", "budget_sum").first() or (None, ZERO)
    return Approved(approved, total.needed, waiting_request(plan), number)


def approved_now(plan: RolloutPlan) -> Approved:
    """Return how a plan's budget stands to what was approved; at most three queries."""
    return approved_of(plan, totals([plan.pk]).get(plan.pk, NOTHING))


def waiting_request(plan: RolloutPlan) -> PlanVersion | None:
    """Return the version by which more money is asked for, while it waits for the sponsor; one query."""
    rows = PlanVersion.objects.filter(plan=plan, subject=VersionSubject.BUDGET, state=VersionState.WAITING)
    found: PlanVersion | None = rows.select_related("submitted_by").first()
    return found


def may_be_asked_again(plan: RolloutPlan) -> bool:
    """Return whether more money can be asked for: the plan is approved, and not over."""
    return plan.state in (PlanState.APPROVED, PlanState.RUNNING)


def active_teams(plan: RolloutPlan) -> int:
    """Return how many teams are in waves that have started; three queries."""
    waves = list(Wave.objects.filter(plan=plan))
    if not any(wave.started_at for wave in waves):
        return 0
    # All waves are asked for: a team named in a later one is not yet in that of the team above it.
    teams = teams_by_wave(waves)
    return sum(len(teams[wave.pk]) for wave in waves if wave.started_at is not None)
