"""Who holds a role where a plan holds."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from organizations.queries.settings import day_there
from organizations.queries.team import line_to, with_descendants
from roles.models import RoleAssignment
from rollout.models import RolloutPlan


def holders_of(plan: RolloutPlan, roles: Iterable[str]) -> QuerySet[RoleAssignment]:
    """Return the assignments of some roles that count today for a plan; its team must be loaded.

    For the whole organization all of them; for a part those for everybody, and for teams in it or above it. Two
    queries for a part, besides that for the assignments.
    """
    rows: QuerySet[RoleAssignment] = RoleAssignment.objects.current(day_there()).filter(role__in=list(roles))
    if plan.team is None:
        return rows
    places = {*with_descendants(plan.team.pk), *(team.pk for team in line_to(plan.team.slug))}
    return rows.filter(Q(team=None) | Q(team__in=places), person=None)
