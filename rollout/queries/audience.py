"""Who is asked for barriers of a plan."""

from collections import defaultdict
from collections.abc import Callable
from functools import cache
from uuid import UUID

from django.db.models import QuerySet

from organizations.actor import Actor
from organizations.models import Team
from organizations.queries.team import with_descendants
from rollout.models import BarrierCollection, RolloutPlan

PartOf = Callable[[UUID], frozenset[UUID]]


def collects_now(plan: RolloutPlan) -> bool:
    """Return whether barriers of a plan are collected now; one query unless its collection was read."""
    collection = plan.collection
    return collection is not None and collection.is_open and not plan.is_over and plan.archived_at is None


def is_asked(actor: Actor, plan: RolloutPlan) -> bool:
    """Return whether an actor may say what is in the way of a plan, and read what others said.

    Of a plan that is still written only while barriers are collected, of others also afterwards: for the answers. At
    most three queries.
    """
    collection = plan.collection
    if collection is None or not (plan.is_public or collects_now(plan)):
        return False
    return in_audience(actor, plan, collection)


def in_audience(
    actor: Actor, plan: RolloutPlan, collection: BarrierCollection, part_of: PartOf = with_descendants
) -> bool:
    """Return whether somebody belongs to those a collection asks, in the part of the organization the plan is for.

    `part_of` returns the ids of a team and of everything below it.
    """
    if plan.team_id is None:
        return collection.for_everybody or actor.holds_somewhere(*collection.roles)
    part = part_of(plan.team_id)
    if collection.for_everybody and actor.team_ids & part:
        return True
    return any(
        held.covers(plan.team_id) or bool((held.team_ids or frozenset()) & part)
        for held in actor.roles
        if collection.for_everybody or held.role in collection.roles
    )


def asking_plans(actor: Actor) -> list[RolloutPlan]:
    """Return the plans whose barriers are collected from an actor now, by name; two queries, however many there are."""
    collections = _asking(actor, BarrierCollection.objects.filter(closed_at=None, plan__archived_at=None))
    return [collection.plan for collection in collections if not collection.plan.is_over]


def asked_plan_ids(actor: Actor) -> list[UUID]:
    """Return the ids of the plans for which is_asked holds; two queries, however many there are."""
    rows = _asking(actor, BarrierCollection.objects.all())
    return [one.plan_id for one in rows if one.plan.is_public or (one.is_open and one.plan.archived_at is None)]


def _asking(actor: Actor, rows: QuerySet[BarrierCollection]) -> list[BarrierCollection]:
    part_of = _parts()
    ordered = rows.select_related("plan").order_by("plan__name", "plan_id")
    return [one for one in ordered if in_audience(actor, one.plan, one, part_of)]


def _parts() -> PartOf:
    """Return what tells a team and everything below it, reading the whole tree once, when it is first asked."""

    @cache
    def children() -> dict[UUID | None, list[UUID]]:
        below: dict[UUID | None, list[UUID]] = defaultdict(list)
        for pk, parent_id in Team.objects.order_by().values_list("pk", "parent"):
            below[parent_id].append(pk)
        return below

    def part_of(team_id: UUID) -> frozenset[UUID]:
        found, waiting = set(), [team_id]
        while waiting:
            one = waiting.pop()
            found.add(one)
            waiting += children().get(one, ())
        return frozenset(found)

    return part_of
