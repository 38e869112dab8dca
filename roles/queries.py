"""Reads of role assignments."""

from collections.abc import Iterable

from django.utils import timezone

from organizations.models import Membership
from organizations.queries.team import with_descendants
from organizations.registry import HeldRole
from roles.models import RoleAssignment


def held_roles(membership: Membership) -> Iterable[HeldRole]:
    """Return the roles a member holds today; one query, and one more if a role is for single teams."""
    assignments = list(
        RoleAssignment.objects.current(timezone.localdate())
        .filter(membership=membership)
        .values_list("role", "team_id")
    )
    for role, team_id in assignments:
        yield HeldRole(role, None if team_id is None else with_descendants(team_id))
