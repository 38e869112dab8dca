"""Who is who in an organization: who holds which role, who leads, and whom to turn to."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from organizations.actor import Actor
from organizations.enums import Role
from organizations.models import Membership, Team
from organizations.queries.people import find_people
from organizations.queries.settings import today_of
from roles.models import RoleAssignment
from roles.naming import role_label
from roles.queries.coverage import Coverage, read_coverage

# In the order in which the page shows them.
SHOWN_ROLES = (Role.SPONSOR, Role.PLO, Role.LEADERSHIP)
MOST_COACHES = 24
MOST_OTHERS = 24
MOST_UNITS = 60
MOST_TEAMS = 120


@dataclass(slots=True)
class Holder:
    """Somebody with what they are: names of the teams it is for (none: everybody), until when."""

    member: Membership
    places: list[str] = field(default_factory=list)
    is_for_everybody: bool = False
    ends_on: date | None = None
    is_external: bool = False
    # What they are, where several things stand in one list.
    what: str = ""


@dataclass(slots=True)
class Seat:
    """A role of the whole organization and who holds it; nobody: an empty seat."""

    role: str
    label: str
    holders: list[Holder]


@dataclass(slots=True)
class Unit:
    """A team with roles of its own: who holds them there."""

    team: Team
    holders: list[Holder] = field(default_factory=list)


@dataclass(slots=True)
class Branch:
    """A team at the top, and those right below it."""

    team: Team
    below: list[Team] = field(default_factory=list)


@dataclass(slots=True)
class Ecosystem:
    """Everything on the page; lists are cut where an organization is very large."""

    seats: list[Seat]
    units: list[Unit]
    coaches: list[Holder]
    more_coaches: int
    representatives: list[Holder]
    administrators: list[Holder]
    branches: list[Branch]
    has_more_teams: bool


def ecosystem(on: date) -> Ecosystem:
    """Return who is who on a day; three queries, and one for names of roles."""
    seats: dict[str, dict[UUID, Holder]] = {role: {} for role in SHOWN_ROLES}
    coaches: dict[UUID, Holder] = {}
    units: dict[UUID, Unit] = {}
    for row in _assignments(on):
        if row.role == Role.COACH:
            _add_place(coaches.setdefault(row.membership_id, Holder(row.membership)), row)
        elif row.team is None:
            _add_place(seats[row.role].setdefault(row.membership_id, Holder(row.membership)), row)
        else:
            holder = Holder(row.membership, ends_on=row.ends_on, is_external=row.is_external, what=role_label(row.role))
            units.setdefault(row.team_id, Unit(row.team)).holders.append(holder)
    named = Membership.objects.active().filter(Q(is_administrator=True) | Q(is_employee_representative=True))
    others = list(named.order_by("sort_key", "pk"))
    branches, has_more_teams = _branches()
    return Ecosystem(
        seats=[Seat(role, role_label(role), list(found.values())) for role, found in seats.items()],
        units=sorted(units.values(), key=lambda unit: unit.team.sort_key)[:MOST_UNITS],
        coaches=list(coaches.values())[:MOST_COACHES],
        more_coaches=max(0, len(coaches) - MOST_COACHES),
        representatives=[Holder(one) for one in others if one.is_employee_representative][:MOST_OTHERS],
        administrators=[Holder(one) for one in others if one.is_administrator][:MOST_OTHERS],
        branches=branches,
        has_more_teams=has_more_teams,
    )


def mine(actor: Actor) -> list[tuple[str, list[Holder]]]:
    """Return whom somebody turns to: leads and coaches of their teams, and the Program Lead Office that rules there.

    Nobody themselves. Seven queries, and one for the names of roles; none for whoever is in no team.
    """
    if not actor.teams:
        return []
    on = today_of(actor.settings)
    coverage = read_coverage(on)
    teams = [team for team in actor.teams if team.pk in coverage.lines.teams]
    leads: dict[UUID, list[str]] = defaultdict(list)
    coaches: dict[UUID, list[str]] = defaultdict(list)
    for team in teams:
        if team.lead_id is not None:
            leads[team.lead_id].append(team.name)
        cover = coverage.covers.get(team.pk)
        for member_id in cover.coach_ids[:MOST_OTHERS] if cover else ():
            coaches[member_id].append(team.name)
    people = {one.pk: one for one in Membership.objects.active().filter(pk__in={*leads, *coaches})}
    offices = _offices(coverage, teams, on)
    groups = [
        ("lead", [Holder(people[pk], names) for pk, names in leads.items() if pk in people]),
        (Role.COACH, [Holder(people[pk], names) for pk, names in coaches.items() if pk in people]),
        (Role.PLO, offices),
    ]
    found = [(str(key), [one for one in holders if not actor.is_(one.member.pk)]) for key, holders in groups]
    return [(key, holders[:MOST_OTHERS]) for key, holders in found if holders]


def found_by_name(text: str, on: date) -> list[Holder]:
    """Return active people whose name contains a text with what they are in `what`; three queries."""
    people = find_people(text)
    ids = [one.pk for one in people]
    words: dict[UUID, list[str]] = defaultdict(list)
    for row in _assignments(on).filter(membership__in=ids):
        label = role_label(row.role)
        words[row.membership_id].append(f"{label} ({row.team.name})" if row.team else label)
    holders = {one.pk: Holder(one) for one in people}
    for team in Team.objects.current().filter(lead__in=ids):
        holders[team.lead_id].places.append(team.name)
    for member_id, what in words.items():
        holders[member_id].what = ", ".join(what)
    return list(holders.values())


def _assignments(on: date) -> Any:
    rows = RoleAssignment.objects.current(on).filter(person=None, membership__deactivated_at=None)
    return rows.select_related("membership", "team").order_by("membership__sort_key", "membership_id", "pk")


def _add_place(holder: Holder, row: RoleAssignment) -> None:
    """Take an assignment into what somebody holds; it ends when the last of them does."""
    first = not holder.places and not holder.is_for_everybody
    if row.team is None:
        holder.is_for_everybody = True
    else:
        holder.places.append(row.team.name)
    if first:
        holder.ends_on = row.ends_on
    elif holder.ends_on is not None:
        holder.ends_on = None if row.ends_on is None else max(holder.ends_on, row.ends_on)
    holder.is_external = holder.is_external or row.is_external


def _branches() -> tuple[list[Branch], bool]:
    """Return the two upper levels of the tree; whether there are more teams there than fit. One query."""
    rows = Team.objects.current().filter(Q(parent=None) | Q(parent__parent=None)).select_related("lead")
    teams = list(rows.defer("vision", "mission", "expectations").order_by("sort_key", "pk")[: MOST_TEAMS + 1])
    branches = {team.pk: Branch(team) for team in teams if team.parent_id is None}
    for team in teams[:MOST_TEAMS]:
        if team.parent_id in branches:
            branches[team.parent_id].below.append(team)
    return list(branches.values()), len(teams) > MOST_TEAMS


def _offices(coverage: Coverage, teams: Sequence[Team], on: date) -> list[Holder]:
    """Return who is in the Program Lead Office for some teams: the nearest of each, once; one query."""
    rows = list(_assignments(on).filter(role=Role.PLO))
    found: dict[UUID, Holder] = {}
    for team in teams:
        above = [place.id for place in coverage.lines.up(team.pk)]
        for row in _nearest(rows, [*above, None]):
            found.setdefault(row.membership_id, Holder(row.membership, [row.team.name] if row.team else []))
    return list(found.values())


def _nearest(rows: Iterable[RoleAssignment], places: Sequence[UUID | None]) -> list[RoleAssignment]:
    by_place: dict[UUID | None, list[RoleAssignment]] = defaultdict(list)
    for row in rows:
        by_place[row.team_id].append(row)
    return next((by_place[place] for place in places if by_place.get(place)), [])
