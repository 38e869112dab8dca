"""Decisions about pilots, and the criteria as they stand when one is taken."""

from typing import Any

from organizations.actor import Actor
from rollout.enums import PhaseKind
from rollout.models import Criterion, PilotDecision, PlanPhase, RolloutPlan
from rollout.queries.criterion import Standing, standings_of
from rollout.queries.wave import waves_of


def standings_of_phase(actor: Actor, phase: PlanPhase) -> list[Standing]:
    """Return how the criteria of one phase stand today; at most seven queries."""
    criteria = list(Criterion.objects.filter(phase=phase).select_related("phase", "judged_by"))
    phases = list(PlanPhase.objects.filter(plan=phase.plan_id))
    waves = waves_of(phase.plan)
    return standings_of(actor, criteria, phases, waves)


def frozen(phase: PlanPhase, standings: list[Standing]) -> dict[str, Any]:
    """Return a phase and its criteria as plain values, in the language of whoever decides: they never change again."""
    return {
        "phase": phase.name,
        "starts_on": phase.starts_on,
        "ends_on": phase.ends_on,
        "criteria": [_frozen(one) for one in standings],
    }


def _frozen(one: Standing) -> dict[str, Any]:
    row = one.criterion
    return {
        "criterion": row.pk,
        "gate": row.gate,
        "measure": row.measure,
        "text": one.text,
        "percent": row.percent,
        "weeks": row.weeks,
        "is_met": one.is_met,
        "share": one.share,
        "teams": len(one.teams) if one.is_computed else None,
        "fulfilled": len(one.fulfilled) if one.is_computed else None,
        "missing": [team.name for team in one.missing],
        "note": row.note,
    }


def decisions_of(plan: RolloutPlan) -> list[PilotDecision]:
    """Return the decisions about a plan's pilots, the latest first; one query."""
    return list(PilotDecision.objects.filter(plan=plan).select_related("decided_by", "phase"))


def latest_decision(plan: RolloutPlan) -> PilotDecision | None:
    """Return the latest decision about a plan's pilots, None before the first; one query."""
    found: PilotDecision | None = PilotDecision.objects.filter(plan=plan).first()
    return found


def pilots_of(plan: RolloutPlan) -> list[PlanPhase]:
    """Return the phases of a plan that are pilots; one query."""
    return list(PlanPhase.objects.filter(plan=plan, kind=PhaseKind.PILOT))
