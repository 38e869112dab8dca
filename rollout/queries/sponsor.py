"""The home of a sponsor: of each plan of theirs what waits for their answer, the money, and where it stands."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from organizations.actor import Actor
from organizations.queries.settings import today_of
from rollout.enums import EscalationState, VersionState
from rollout.models import Criterion, Escalation, PlanPhase, PlanVersion, RolloutPlan, Wave
from rollout.models.budget import ZERO
from rollout.queries.budget import NOTHING, Approved, Sums, approved_sums, totals
from rollout.queries.criterion import Standing, standings_of


@dataclass(frozen=True, slots=True)
class Sponsored:
    """A plan as its sponsor sees it at a glance."""

    plan: RolloutPlan
    today: date
    version: PlanVersion | None
    escalations: Sequence[Escalation]
    sums: Sums
    approved: Decimal | None
    phase: PlanPhase | None
    standings: Sequence[Standing]

    @property
    def waits(self) -> bool:
        """Whether something waits for the sponsor's answer."""
        return self.version is not None or bool(self.escalations)

    @property
    def excess(self) -> Decimal:
        """By how much the budget goes beyond what was approved."""
        return Approved(self.approved, self.sums.needed).excess

    @property
    def met(self) -> int:
        """How many criteria of the present phase are met."""
        return sum(1 for one in self.standings if one.is_met)


def sponsored_plans(actor: Actor) -> list[Sponsored]:
    """Return the plans an actor is the sponsor of, those that wait first, those that are over last.

    At most 15 queries, however many plans there are.
    """
    if actor.membership is None:
        return []
    plans = list(RolloutPlan.objects.current().filter(sponsor=actor.membership).select_related("team").listed())
    if not plans:
        return []
    ids = [plan.pk for plan in plans]
    today = today_of(actor.settings)
    versions = {
        row.plan_id: row
        for row in PlanVersion.objects.filter(plan__in=ids, state=VersionState.WAITING)
        .defer("content")
        .select_related("submitted_by")
    }
    escalations: dict[UUID, list[Escalation]] = defaultdict(list)
    for one in Escalation.objects.filter(plan__in=ids, state=EscalationState.OPEN).select_related("raised_by"):
        escalations[one.plan_id].append(one)
    sums, approved = totals(ids), approved_sums(ids)
    phases = list(PlanPhase.objects.filter(plan__in=[plan.pk for plan in plans if not plan.is_over]))
    now = _now(phases, today)
    standings = _standings(actor, phases, now.values())
    found = [
        Sponsored(
            plan=plan,
            today=today,
            version=versions.get(plan.pk),
            escalations=escalations[plan.pk],
            sums=sums.get(plan.pk, NOTHING),
            approved=approved.get(plan.pk, ZERO) if plan.is_public else None,
            phase=now.get(plan.pk),
            standings=standings.get(plan.pk, []),
        )
        for plan in plans
    ]
    return sorted(found, key=lambda one: (not one.waits, one.plan.is_over))


def _now(phases: Iterable[PlanPhase], today: date) -> dict[UUID, PlanPhase]:
    """Return the phase each plan is in, by the plan's id; of several the one that began last."""
    return {phase.plan_id: phase for phase in phases if phase.holds(today)}


def _standings(actor: Actor, phases: Sequence[PlanPhase], now: Iterable[PlanPhase]) -> dict[UUID, list[Standing]]:
    """Return how the criteria of the present phases stand, by the plan's id."""
    current = {phase.pk: phase.plan_id for phase in now}
    criteria = list(Criterion.objects.filter(phase__in=current))
    waves = list(Wave.objects.filter(plan__in=set(current.values()))) if criteria else []
    found: dict[UUID, list[Standing]] = defaultdict(list)
    for standing in standings_of(actor, criteria, phases, waves):
        found[current[standing.criterion.phase_id]].append(standing)
    return found
