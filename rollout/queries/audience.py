"""Who is asked for barriers of a plan."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from organizations.actor import Actor
from organizations.models import Team
from organizations.queries.team import with_descendants
from rollout.models import Barrier, BarrierCollection, RolloutPlan, Wave
from rollout.queries.wave import teams_by_wave

PartOf = Callable[[UUID], frozenset[UUID]]


def collects_now(plan: RolloutPlan) -> bool:
    """Return whether barriers of a plan are collected now; one query unless its collection was read."""
    collection = plan.collection
    return collection is not None and collection.is_open and not plan.is_over and plan.archived_at is None


def is_asked(actor: Actor, plan: RolloutPlan) -> bool:
    """Return whether an actor may say what is in the way of a plan, and read what others said.

    Of a plan that is still written only while barriers are collected, of others also afterwards: for the answers. So
    may whoever looks after one of its barriers. At most four queries, and three more where teams of waves are asked.
    """
    collection = plan.collection
    if collection is None or not (plan.is_public or collects_now(plan)):
        return False
    if in_audience(actor, plan, collection):
        return True
    if collection.wave_ids and actor.team_ids & teams_of_waves([collection])[collection.pk]:
        return True
    return _looked_after(actor).filter(plan=plan).exists()


def in_audience(
    actor: Actor, plan: RolloutPlan, collection: BarrierCollection, part_of: PartOf = with_descendants
) -> bool:
    """Return whether somebody is asked as everybody is, or by a role, in the part of the organization the plan is for.

    `teams_of_waves` is for those of the waves it asks. `part_of` returns the ids of a team and of everything below it.
    """
    if plan.team_id is None:
        return collection.for_everybody or bool(collection.roles and actor.holds_somewhere(*collection.roles))
    part = part_of(plan.team_id)
    if collection.for_everybody and actor.team_ids & part:
        return True
    return any(
        held.covers(plan.team_id) or bool((held.team_ids or frozenset()) & part)
        for held in actor.roles
        if collection.for_everybody or held.role in collection.roles
    )


def teams_of_waves(collections: Iterable[BarrierCollection]) -> dict[UUID, frozenset[UUID]]:
    """Return the ids of the teams some collections ask, by the collection's id; none, or three queries."""
    rows = list(collections)
    wanted = {wave_id for one in rows for wave_id in one.wave_ids}
    teams = teams_by_wave(Wave.objects.filter(pk__in=wanted)) if wanted else {}
    return {one.pk: frozenset(team.pk for pk in one.wave_ids for team in teams.get(pk, ())) for one in rows}


def asking_plans(actor: Actor) -> list[RolloutPlan]:
    """Return the plans whose barriers are collected from an actor now, by name.

    Two queries, however many there are, and four more where teams of waves are asked.
    """
    collections = _asking(actor, BarrierCollection.objects.filter(closed_at=None, plan__archived_at=None))
    return [collection.plan for collection in collections if not collection.plan.is_over]


def asked_plan_ids(actor: Actor) -> list[UUID]:
    """Return the ids of the plans for which is_asked holds.

    Two queries, however many there are, and four more where teams of waves are asked.
    """
    mine = _looked_after(actor).filter(plan=OuterRef("plan"))
    rows = _asking(actor, BarrierCollection.objects.annotate(looks_after=Exists(mine)))
    return [one.plan_id for one in rows if one.plan.is_public or (one.is_open and one.plan.archived_at is None)]


def _asking(actor: Actor, rows: QuerySet[BarrierCollection]) -> list[BarrierCollection]:
    part_of = _parts()
    ordered: list[Any] = list(rows.select_related("plan").order_by("plan__name", "plan_id"))
    teams = teams_of_waves(ordered)
    return [
        one
        for one in ordered
        if getattr(one, "looks_after", False)
        or in_audience(actor, one.plan, one, part_of)
        or (teams[one.pk] and actor.team_ids & teams[one.pk])
    ]


def _looked_after(actor: Actor) -> QuerySet[Barrier]:
    """Return the barriers an actor owns."""
    rows: QuerySet[Barrier] = Barrier.objects.standing().order_by()
    return rows.none() if actor.membership is None else rows.filter(owner=actor.membership)


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
