"""Where somebody holds a role, as a condition on rows that belong to a team."""

from typing import TYPE_CHECKING

from django.db.models import Q

if TYPE_CHECKING:
    from organizations.actor import Actor


def in_scope(actor: "Actor", role: str, path: str = "team") -> Q:
    """Return the condition for rows of teams where an actor holds a role, as `actor.holds()` says of one team.

    `path` leads from the row to its team. Rows without a team are the whole organization's: of whoever holds the role
    there. No query, but the roles.
    """
    if actor.is_system:
        return Q()
    condition = Q(pk=None)
    for held in actor.roles:
        if held.role == role:
            condition |= (
                ~Q(**{f"{path}__in": held.except_ids}) if held.team_ids is None else Q(**{f"{path}__in": held.team_ids})
            )
    return condition
