"""Exceptions from the rule that nobody coaches their own line."""

from collections import defaultdict
from datetime import date
from uuid import UUID

from organizations.actor import Actor
from organizations.enums import Role
from roles.models import ConflictException
from roles.queries.line import Lines


def excepted(lines: Lines, on: date) -> dict[UUID, frozenset[UUID]]:
    """Return for each member with exceptions in force the teams these cover, with everything below; one query."""
    granted: dict[UUID, set[UUID]] = defaultdict(set)
    for member_id, team_id in ConflictException.objects.current(on).values_list("membership_id", "team_id"):
        granted[team_id].add(member_id)
    if not granted:
        return {}
    found: dict[UUID, set[UUID]] = {member_id: set() for members in granted.values() for member_id in members}
    for team_id in lines.teams:
        for team in lines.up(team_id):
            for member_id in granted.get(team.id, ()):
                found[member_id].add(team_id)
    return {member_id: frozenset(team_ids) for member_id, team_ids in found.items()}


def exceptions_of_team(line: list[UUID], on: date) -> list[ConflictException]:
    """Return those in force for a team, given the ids of it and all above it; one query."""
    found = ConflictException.objects.current(on).filter(team__in=line)
    return list(found.select_related("membership", "team", "granted_by"))


def exceptions_in_scope(actor: Actor, on: date) -> list[ConflictException]:
    """Return those in force for teams that an actor's Program Lead Office rules, or all for administrators; one query.

    The one that ends first comes first.
    """
    found = ConflictException.objects.current(on)
    if not (actor.is_administrator or actor.holds(Role.PLO)):
        units = (held.team_ids or frozenset() for held in actor.roles if held.role == Role.PLO)
        found = found.filter(team__in=frozenset().union(*units))
    return list(found.select_related("membership", "team", "granted_by").order_by("ends_on", "pk"))
