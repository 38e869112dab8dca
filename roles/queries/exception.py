"""Exceptions from the rule that nobody coaches their own line."""

from collections import defaultdict
from datetime import date
from uuid import UUID

from roles.models import ConflictException
from roles.queries.line import Lines


def excepted(lines: Lines, on: date) -> dict[UUID, frozenset[UUID]]:
    """Return for each member with exceptions in force the teams these cover, with everything below; one query."""
    granted: dict[UUID, set[UUID]] = defaultdict(set)
    for member_id, team_id in ConflictException.objects.current(on).values_list("membership_id", "team_id"):
        granted[member_id].add(team_id)
    return {
        member_id: frozenset(team_id for team_id in lines.teams if any(team.id in roots for team in lines.up(team_id)))
        for member_id, roots in granted.items()
    }


def exceptions_of_team(line: list[UUID], on: date) -> list[ConflictException]:
    """Return those in force for a team, given the ids of it and all above it; one query."""
    found = ConflictException.objects.current(on).filter(team__in=line)
    return list(found.select_related("membership", "team", "granted_by"))
