"""Decisions about pilots, and the criteria as they stand when one is taken."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from organizations.actor import Actor
from rollout.enums import PhaseKind
from rollout.models import Criterion, PilotDecision, PlanPhase, RolloutPlan
from rollout.queries.criterion import Standing, standings_of, words_of
from rollout.queries.wave import waves_of


def standings_of_phase(actor: Actor, phase: PlanPhase) -> list[Standing]:
    """Return how the criteria of one phase stand today; at most seven queries."""
    criteria = list(Criterion.objects.filter(phase=phase).select_related("phase", "judged_by"))
    phases = list(PlanPhase.objects.filter(plan=phase.plan_id))
    waves = waves_of(phase.plan)
    return standings_of(actor, criteria, phases, waves)


def frozen(phase: PlanPhase, standings: list[Standing]) -> dict[str, Any]:
    """Return a phase and its criteria as plain values that never change again, and no sentences of any language.

    `in_words` puts them into the language of whoever reads.
    """
    return {
        "kind": phase.kind,
        "own_name": phase.own_name,
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
        "text": row.text,
        "percent": row.percent,
        "weeks": row.weeks,
        "is_met": one.is_met,
        "share": one.share,
        "teams": len(one.teams) if one.is_computed else None,
        "fulfilled": len(one.fulfilled) if one.is_computed else None,
        "missing": [team.name for team in one.missing],
        "note": row.note,
    }


def in_words(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was frozen as the reader's language says it: `phase` by its name, each criterion with its `text`.

    The first decisions kept sentences in the language of whoever decided. Of computed criteria these are not needed;
    the name of the phase is shown as it stands there.
    """
    kind = content.get("kind", "")
    phase = content.get("own_name") or (str(PhaseKind(kind).label) if kind in PhaseKind.values else "")
    shown = {key: value for key, value in content.items() if key not in ("kind", "own_name")}
    return {
        **shown,
        "phase": phase or content.get("phase", ""),
        "criteria": [{**one, "text": _words(one)} for one in content.get("criteria", ())],
    }


def _words(one: Mapping[str, Any]) -> str:
    fields = {name: one.get(name) for name in ("measure", "percent", "weeks")}
    return words_of(Criterion(text=one.get("text", ""), **fields))


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision, and what was frozen with it in the reader's language."""

    decision: PilotDecision
    content: dict[str, Any]


def decisions_of(plan: RolloutPlan) -> list[Decided]:
    """Return the decisions about a plan's pilots, the latest first; one query."""
    rows = PilotDecision.objects.filter(plan=plan).select_related("decided_by", "phase")
    return [Decided(row, in_words(row.content)) for row in rows]


def latest_decision(plan: RolloutPlan) -> PilotDecision | None:
    """Return the latest decision about a plan's pilots, None before the first; one query."""
    found: PilotDecision | None = PilotDecision.objects.filter(plan=plan).first()
    return found


def pilots_of(plan: RolloutPlan) -> list[PlanPhase]:
    """Return the phases of a plan that are pilots; one query."""
    return list(PlanPhase.objects.filter(plan=plan, kind=PhaseKind.PILOT))
