"""Everybody who is asked for barriers of a plan, to be told; rollout.queries.audience answers for one person."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from organizations.actor import Actor
from organizations.enums import Role, Via
from organizations.models import Membership, Team
from organizations.queries.team import with_descendants
from organizations.registry import registry
from rollout.models import BarrierCollection
from rollout.queries.audience import in_audience, teams_of_waves


def asked_ids(collection: BarrierCollection) -> set[UUID]:
    """Return the ids of the active members whom a collection asks; its plan must be loaded.

    A few queries. For a part of the organization, one or two more for each holder of the roles that are asked: how far
    a role reaches is known of one person at a time.
    """
    plan = collection.plan
    if collection.for_everybody and plan.team_id is None:
        return set(Membership.objects.active().order_by().values_list("pk", flat=True))
    roles = Role.values if collection.for_everybody else collection.roles
    holders = {near.member.pk: near.member for role in roles for near in registry.role_holders_anywhere(role)}
    if plan.team_id is None:
        found = set(holders)
    else:
        found = inside(with_descendants(plan.team_id)) if collection.for_everybody else set()
        found |= {
            pk
            for pk, member in holders.items()
            if pk not in found and in_audience(Actor(member, via=Via.TASK), plan, collection)
        }
    return found | inside(teams_of_waves([collection])[collection.pk])


def inside(team_ids: Iterable[UUID]) -> set[UUID]:
    """Return who belongs to some teams or leads one of them; two queries."""
    ids = list(team_ids)
    if not ids:
        return set()
    leads = list(Team.objects.filter(pk__in=ids, lead__isnull=False).order_by().values_list("lead", flat=True))
    rows = Membership.objects.active().filter(Q(team_memberships__team__in=ids) | Q(pk__in=leads))
    return set(rows.order_by().values_list("pk", flat=True))
