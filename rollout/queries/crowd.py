"""Whether so many are asked for barriers that what one of them says without a name could be anybody's."""

from collections.abc import Collection
from uuid import UUID

from organizations.enums import Role
from organizations.models import Membership, Team
from organizations.queries.team import with_descendants
from rollout.enums import BarrierGroup
from rollout.models import BarrierCollection, RolloutPlan
from rollout.queries.asked import inside
from rollout.queries.audience import teams_of_waves
from rollout.queries.holders import holders_of

# Among fewer everybody would know who wrote it.
LEAST = 5
# Those who speak in the name of a group.
_SPEAKERS = {BarrierGroup.LEADERS.value: (Role.LEADERSHIP,), BarrierGroup.COACHES.value: (Role.COACH,)}


def asks_enough(collection: BarrierCollection) -> bool:
    """Return whether a collection asks at least five people; its plan must be loaded.

    At most ten queries, however many people and teams there are. Holders of a role are counted by their assignments:
    rather one too few than one who is not asked.
    """
    plan = collection.plan
    if collection.for_everybody and plan.team is None:
        return Membership.objects.active().count() >= LEAST
    part = None if plan.team is None else with_descendants(plan.team.pk)
    people = _holders(plan, Role.values if collection.for_everybody else collection.roles)
    if collection.for_everybody and part is not None:
        people |= inside(part)
    if collection.wave_ids:
        people |= inside(teams_of_waves([collection])[collection.pk])
    return len(people) >= LEAST


def has_enough_speakers(plan: RolloutPlan, group: str) -> bool:
    """Return whether at least five people could speak in the name of a group; at most four queries."""
    if group not in _SPEAKERS:
        return group != BarrierGroup.SPONSOR
    part = None if plan.team is None else with_descendants(plan.team.pk)
    people = _holders(plan, _SPEAKERS[group])
    if group == BarrierGroup.LEADERS:
        teams = Team.objects.current() if part is None else Team.objects.current().filter(pk__in=part)
        people |= set(teams.exclude(lead=None).order_by().values_list("lead", flat=True))
    return len(people) >= LEAST


def _holders(plan: RolloutPlan, roles: Collection[str]) -> set[UUID]:
    """Return the ids of those who can say something as holders of one of some roles; coaches of one person cannot."""
    rows = holders_of(plan, roles).filter(person=None, membership__deactivated_at=None, membership__user__isnull=False)
    return set(rows.order_by().values_list("membership", flat=True))
