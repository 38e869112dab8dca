"""Which plans somebody was invited to commit themself to, and which they have."""

from uuid import UUID

from organizations.actor import Actor
from rollout.models import BuyInLeader, LeaderCommitment


def is_invited(actor: Actor, plan_id: UUID) -> bool:
    """Return whether the office of a plan has invited an actor; one query, at its first use."""
    return _is_in(actor, plan_id, BuyInLeader, "rollout.invited")


def has_committed(actor: Actor, plan_id: UUID) -> bool:
    """Return whether an actor has ever committed themself to a plan; one query, at its first use."""
    return _is_in(actor, plan_id, LeaderCommitment, "rollout.committed")


def _is_in(actor: Actor, plan_id: UUID, model: type[BuyInLeader] | type[LeaderCommitment], memo: str) -> bool:
    if actor.membership is None:
        return False
    found: frozenset[UUID] | None = actor.memo.get(memo)
    if found is None:
        rows = model.objects.filter(leader=actor.membership).order_by()
        found = actor.memo[memo] = frozenset(rows.values_list("plan", flat=True))
    return plan_id in found
