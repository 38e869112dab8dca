"""Whether leaders are behind a rollout: with names for its office, in sums from five leaders on for its sponsor."""

from collections import Counter
from dataclasses import dataclass, field
from uuid import UUID

from organizations.actor import Actor
from organizations.enums import Role
from organizations.models import Membership
from organizations.registry import registry
from rollout.enums import CommitmentKind, CommitmentState
from rollout.models import BuyInLeader, LeaderCommitment, RolloutPlan

# Fewer leaders than these would be recognized in sums.
FEWEST = 5


@dataclass(slots=True)
class Leader:
    """A leader, whether they were invited, and what they have committed themselves to."""

    member: Membership
    invitation: BuyInLeader | None = None
    is_leadership: bool = False
    commitments: list[LeaderCommitment] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Summary:
    """Sums of all leaders: commitments by kind, and what became of all of them together."""

    kinds: list[tuple[str, int]]
    states: list[tuple[str, int]]


def leaders_of(plan: RolloutPlan) -> list[Leader]:
    """Return the leaders of a plan, by name: Leadership where it holds, those invited, and who has committed themself.

    Seven queries at most, however many there are.
    """
    found: dict[UUID, Leader] = {}
    for near in registry.role_holders(Role.LEADERSHIP, plan.team_id):
        found.setdefault(near.member.pk, Leader(near.member, is_leadership=True))
    for invitation in BuyInLeader.objects.filter(plan=plan).select_related("leader"):
        found.setdefault(invitation.leader_id, Leader(invitation.leader)).invitation = invitation
    for one in LeaderCommitment.objects.standing().filter(plan=plan).select_related("leader"):
        found.setdefault(one.leader_id, Leader(one.leader)).commitments.append(one)
    return sorted(found.values(), key=lambda leader: (leader.member.sort_key, leader.member.pk))


def own_commitments(actor: Actor, plan: RolloutPlan) -> list[LeaderCommitment]:
    """Return what an actor has committed themself to in a plan; one query."""
    rows = LeaderCommitment.objects.standing().filter(plan=plan, leader=actor.membership)
    return [] if actor.membership is None else list(rows)


def summary_of(plan: RolloutPlan) -> Summary | None:
    """Return the sums a sponsor may read, None while fewer than FEWEST leaders have committed themselves; one query."""
    rows = list(LeaderCommitment.objects.standing().filter(plan=plan).order_by().values_list("leader", "kind", "state"))
    if len({leader for leader, _kind, _state in rows}) < FEWEST:
        return None
    kinds = Counter(kind for _leader, kind, _state in rows)
    states = Counter(state for _leader, _kind, state in rows)
    return Summary(
        [(kind.value, kinds[kind.value]) for kind in CommitmentKind],
        [(state.value, states[state.value]) for state in CommitmentState],
    )
