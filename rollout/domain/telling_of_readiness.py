"""Telling people of readiness: those who are asked, owners of barriers, and who answers for a pilot.

Called in the transaction of what happened. Nothing says what a barrier is: it is read where it stands.
"""

from okrapp.notifications.domain.notify import notify, withdraw
from organizations.actor import Actor
from rollout.models import Barrier, BarrierCollection, PilotDecision, PlanOfficer
from rollout.queries.asked import asked_ids

BARRIERS_ASKED, BARRIER_GIVEN, PILOT_DECIDED = "barriers_asked", "barrier_given", "pilot_decided"


def tell_of_collection(*, actor: Actor, collection: BarrierCollection) -> None:
    """Tell those who are asked that barriers are collected; nobody twice, until it is closed and opened again.

    The collection's plan must be loaded.
    """
    notify(
        actor=actor,
        kind=BARRIERS_ASKED,
        to=asked_ids(collection),
        period=f"{collection.pk}:{collection.opened_at.isoformat()}",
        path=_readiness(collection),
        facts={"who": _name(actor), "plan": collection.plan.name},
    )


def forget_collection(collection: BarrierCollection) -> None:
    """Take back what was told of a collection that was closed before anybody heard of it."""
    withdraw(kind=BARRIERS_ASKED, about=str(collection.pk))


def tell_of_barrier(*, actor: Actor, barrier: Barrier) -> None:
    """Tell whoever owns a barrier now; its plan must be loaded."""
    notify(
        actor=actor,
        kind=BARRIER_GIVEN,
        to=[barrier.owner_id],
        period=str(barrier.pk),
        path=_readiness(barrier),
        facts={"who": _name(actor), "plan": barrier.plan.name},
    )


def forget_barrier(barrier: Barrier) -> None:
    """Take back what was told of a barrier that was taken away or given to somebody else."""
    withdraw(kind=BARRIER_GIVEN, about=str(barrier.pk))


def tell_of_decision(*, actor: Actor, decision: PilotDecision) -> None:
    """Tell the sponsor and the officers of a plan what was decided about its pilot; its plan must be loaded."""
    officers = PlanOfficer.objects.filter(plan=decision.plan_id).values_list("membership", flat=True)
    notify(
        actor=actor,
        kind=PILOT_DECIDED,
        to=[decision.plan.sponsor_id, *officers],
        period=str(decision.pk),
        path=f"rollout/{decision.plan_id}/decisions/",
        facts={"who": _name(actor), "plan": decision.plan.name, "verdict": str(decision.verdict)},
    )


def _readiness(row: Barrier | BarrierCollection) -> str:
    return f"rollout/{row.plan_id}/readiness/"


def _name(actor: Actor) -> str:
    return actor.membership.display_name if actor.membership is not None else ""
