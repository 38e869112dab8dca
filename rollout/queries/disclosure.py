"""What plans may hold about somebody, and what was disclosed to them."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from organizations.actor import Actor
from rollout.models import (
    BuyInLeader,
    DisclosureRequest,
    LeaderCommitment,
    RolloutPlan,
    Stakeholder,
    StakeholderAttitude,
    StakeholderConcern,
)
from rollout.stakeholder_permissions import see_stakeholders


@dataclass(frozen=True, slots=True)
class AboutMe:
    """What somebody reads about themself: nothing tells whether there is an entry that was not disclosed."""

    may_hold: bool
    entries: list[Stakeholder]
    # The last time they asked, if nobody has answered for every plan yet.
    waits_since: DisclosureRequest | None
    answers: list[DisclosureRequest]
    # Plans they were invited to commit themself to, or have.
    plans: list[RolloutPlan]


def plans_to_ask(actor: Actor) -> list[RolloutPlan]:
    """Return the plans whose office is asked when somebody asks: all but those they read, or have asked and wait for.

    Three queries at most.
    """
    waiting = DisclosureRequest.objects.filter(membership=actor.membership, answered_at=None).order_by()
    rows = RolloutPlan.objects.exclude(pk__in=waiting.values("plan")).prefetch_related("officers").order_by("pk")
    return [plan for plan in rows if not see_stakeholders(actor, plan)]


def about(actor: Actor) -> AboutMe:
    """Return what somebody reads about themself; at most eight queries."""
    requests = list(DisclosureRequest.objects.filter(membership=actor.membership))
    open_ones = [one for one in requests if one.answered_at is None]
    return AboutMe(
        may_hold=RolloutPlan.objects.exists(),
        entries=disclosed(actor),
        waits_since=open_ones[0] if open_ones else None,
        answers=[one for one in requests if one.found is False],
        plans=list(
            RolloutPlan.objects.filter(
                Exists(BuyInLeader.objects.filter(plan=OuterRef("pk"), leader=actor.membership))
                | Exists(LeaderCommitment.objects.standing().filter(plan=OuterRef("pk"), leader=actor.membership))
            ).listed()
        ),
    )


def disclosed(actor: Actor) -> list[Stakeholder]:
    """Return the entries disclosed to somebody about themself, with all that belongs to them; three queries."""
    rows = Stakeholder.objects.disclosed_to(actor).select_related("plan", "owner", "membership")
    return list(with_all(rows).order_by("-disclosed_at", "pk"))


def with_all(rows: QuerySet[Stakeholder]) -> QuerySet[Stakeholder]:
    """Return entries that bring their attitudes and concerns with them."""
    attitudes = StakeholderAttitude.objects.select_related("noted_by")
    return rows.prefetch_related(
        Prefetch("attitudes", queryset=attitudes), Prefetch("concerns", queryset=StakeholderConcern.objects.all())
    )
