"""Reads of people: the list, one person, and finding somebody by a part of their name."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from organizations.actor import Actor
from organizations.models import Membership, Team, TeamMembership
from organizations.names import sort_key
from organizations.queries.team import with_descendants
from organizations.registry import registry

PAGE_SIZE = 50
FOUND_AT_MOST = 8


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    """What the list shows: a part of a name or address, a team with those below it, and which people."""

    text: str = ""
    team: Team | None = None
    # "active", "placeholder", "administrator" or "deactivated"
    state: str = "active"


@dataclass(slots=True)
class Person:
    """One row of the list."""

    member: Membership
    teams: list[Team] = field(default_factory=list)


@dataclass(slots=True)
class PeoplePage:
    """Some rows, and whether there are more after them."""

    people: list[Person]
    number: int
    has_next: bool


def people_page(wanted: PeopleFilter, number: int) -> PeoplePage:
    """Return a page of people by name, `number` from 1; two queries, one more when a team is chosen."""
    members = _filtered(wanted).select_related("manager").order_by("sort_key", "pk")
    first = (number - 1) * PAGE_SIZE
    found = list(members[first : first + PAGE_SIZE + 1])
    rows = found[:PAGE_SIZE]
    teams = teams_of(rows)
    return PeoplePage([Person(member, teams.get(member.pk, [])) for member in rows], number, len(found) > PAGE_SIZE)


def _filtered(wanted: PeopleFilter) -> Any:
    gone = wanted.state == "deactivated"
    members = Membership.objects.filter(deactivated_at__isnull=not gone)
    if wanted.state == "placeholder":
        members = members.filter(user=None)
    elif wanted.state == "administrator":
        members = members.filter(is_administrator=True)
    if wanted.text:
        members = members.filter(Q(sort_key__contains=sort_key(wanted.text)) | Q(email__icontains=wanted.text))
    if wanted.team is not None:
        inside = TeamMembership.objects.filter(team_id__in=with_descendants(wanted.team.pk))
        members = members.filter(pk__in=inside.values("membership_id"))
    return members


def teams_of(members: list[Membership]) -> dict[UUID, list[Team]]:
    """Return {member id: their current teams by name}; one query."""
    teams: dict[UUID, list[Team]] = defaultdict(list)
    rows = TeamMembership.objects.filter(membership__in=members, team__archived_at=None)
    for row in rows.select_related("team").order_by("team__sort_key"):
        teams[row.membership_id].append(row.team)
    return teams


def led_by(member: Membership) -> list[Team]:
    """Return the current teams somebody leads, by name; one query."""
    return list(Team.objects.current().filter(lead=member))


def reports_of(member: Membership) -> list[Membership]:
    """Return the active people whose manager somebody is, by name; one query."""
    return list(Membership.objects.active().filter(manager=member))


def holdings_of(actor: Actor, member: Membership) -> list[tuple[str, str]]:
    """Return (label, URL) of what a person holds that needs somebody else once they leave."""
    return [holding for provider in registry.holdings for holding in provider(actor, member)]


def find(text: str, most: int = FOUND_AT_MOST) -> list[tuple[str, UUID, str, str]]:
    """Return (kind, id, name, key) of current teams (key: slug) and active people (key: title) named like `text`.

    Each kind at most `most` times, those that begin with the text first. One query, through a function that row-level
    security does not slow down; it sees the organization in context only.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT kind, id, label, key FROM organizations_search(%s, %s)", [escape_like(sort_key(text)), most]
        )
        return list(cursor.fetchall())


def people_in(team_ids: Collection[UUID]) -> QuerySet[Membership]:
    """Return those who belong to or lead one of some teams; archived teams count as none."""
    teams = Team.objects.current().filter(pk__in=team_ids)
    inside = TeamMembership.objects.filter(team__in=teams.values("pk")).values("membership_id")
    leading = teams.exclude(lead=None).values("lead_id")
    found: QuerySet[Membership] = Membership.objects.filter(Q(pk__in=inside) | Q(pk__in=leading))
    return found


def find_people(text: str, most: int = 20, *, team_ids: Collection[UUID] | None = None) -> list[Membership]:
    """Return active people whose name or address contains a text, those whose name begins with it first; one query.

    With `team_ids` only those who belong to or lead one of these teams.
    """
    wanted = sort_key(text)
    everybody = Membership.objects.active() if team_ids is None else people_in(team_ids).filter(deactivated_at=None)
    members = everybody.filter(Q(sort_key__contains=wanted) | Q(email__icontains=text.strip()))
    return sorted(members.order_by("sort_key", "pk")[:most], key=lambda member: not member.sort_key.startswith(wanted))


def escape_like(text: str) -> str:
    """Return a text that LIKE takes literally."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
