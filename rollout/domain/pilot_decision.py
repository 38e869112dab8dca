"""Deciding about a pilot: go on, adjust, or stop, and the plan with it."""

from django.db import transaction
from django.utils.translation import gettext as _

from organizations.actor import Actor
from organizations.domain import audit
from organizations.errors import Refused
from roles.domain.sent_again import sent_before
from rollout.domain.known_steps import pilot_decided
from rollout.domain.part import lock_part
from rollout.domain.plan import lock_plan
from rollout.domain.plan_state import stop_plan
from rollout.domain.telling_of_readiness import tell_of_decision
from rollout.enums import PhaseKind, PlanState, Verdict
from rollout.models import PilotDecision, PlanPhase
from rollout.queries.pilot_decision import frozen, standings_of_phase

LONGEST_REASON = 2000


def decide_pilot(
    *, actor: Actor, phase: PlanPhase, verdict: str, reason: str, stops_plan: bool = False
) -> PilotDecision:
    """Record for good what is decided about a pilot, with its criteria as they stand now. Returns the decision.

    The latest one counts; sent twice, it is the same one. With “stop”, `stops_plan` ends the plan too, for the same
    reason: so its sponsor can, who does not lead it. Else the plan stays as it is, and is stopped by whoever leads it.
    Raises Refused for a phase that is no pilot, unless the plan runs, and without a reason. Side effects: one audit
    entry, and one of the plan where it is stopped; sponsor and officers of the plan are told; steps that wait for the
    decision are reached.
    """
    reason = reason.strip()
    if verdict not in Verdict.values:
        raise Refused({"verdict": _("Choose go, adjust or stop.")})
    if not reason:
        raise Refused({"reason": _("Say why.")})
    if len(reason) > LONGEST_REASON:
        raise Refused({"reason": _("At most %(count)d letters.") % {"count": LONGEST_REASON}})
    if stops_plan and verdict != Verdict.STOP:
        raise Refused({"stops_plan": _("Only the decision to stop ends the plan.")})
    same = {"verdict": verdict, "reason": reason}
    with transaction.atomic():
        plan = lock_plan(phase.plan, also_over=True)
        locked = lock_part(phase)
        decisions = PilotDecision.objects.filter(phase=locked)
        # Before the plan is looked at: what was sent first may have stopped it.
        if (sent := sent_before(decisions, actor, at="decided_at", by="decided_by", **same)) is not None:
            if stops_plan and not plan.is_over:
                stop_plan(actor=actor, plan=plan, reason=reason)
            return sent
        plan = lock_plan(plan)
        if locked.kind != PhaseKind.PILOT:
            raise Refused(_("This phase is no pilot. Only about pilots it is decided whether to go on."))
        if plan.state != PlanState.RUNNING:
            raise Refused(_("Start the plan first. It is decided about pilots of a running plan."))
        latest = decisions.first()
        content = frozen(locked, standings_of_phase(actor, locked))
        decision: PilotDecision = PilotDecision.objects.create(
            plan=plan, phase=locked, content=content, decided_by=actor.membership, **same
        )
        audit.record(
            actor=actor,
            verb="decided",
            subject=decision,
            before={"verdict": latest.verdict} if latest is not None else None,
            after={"verdict": decision.verdict},
            reason=reason,
        )
        pilot_decided(actor=actor, decision=decision)
        tell_of_decision(actor=actor, decision=decision)
        if stops_plan:
            stop_plan(actor=actor, plan=plan, reason=reason)
        return decision
