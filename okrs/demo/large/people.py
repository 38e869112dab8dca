"""People and teams of a large invented organization."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

from django.contrib.auth.hashers import make_password
from django.utils.text import slugify

from okrs.demo.journal import Journal
from okrs.demo.large.names import FIRST, LAST, PLACES, PRIORITIES
from okrs.demo.large.scale import Scale
from okrs.enums import Function
from organizations.enums import Role
from organizations.models import (
    Membership,
    Organization,
    OrganizationSettings,
    StrategicPriority,
    Team,
    TeamMembership,
    User,
)
from organizations.models.team import HUES
from organizations.names import sort_key
from roles.models import RoleAssignment

TIME_ZONE = "Europe/Berlin"
# Every so many people one coaches, and one is in a second team.
PER_COACH, PER_SECOND_TEAM = 150, 20
FUNCTIONS = tuple(Function)


@dataclass(slots=True)
class Staff:
    """Members, teams and priorities. The team at place 0 is the root; those above stand before those below."""

    members: list[Membership] = field(default_factory=list)
    teams: list[Team] = field(default_factory=list)
    priorities: list[StrategicPriority] = field(default_factory=list)
    # By the place of a team: its parent's place, what part of the company it is, and who is in it.
    parents: list[int | None] = field(default_factory=list)
    functions: list[Function] = field(default_factory=list)
    people: list[list[Membership]] = field(default_factory=list)


def branching(teams: int) -> int:
    """Return how many teams stand below one, so that everything fits on four levels."""
    return max(2, next(width for width in count(1) if 1 + width + width**2 + width**3 >= teams))


def make_staff(journal: Journal, organization: Organization, scale: Scale, at: datetime, hosts: str) -> Staff:
    """Keep settings, people, teams and roles in the journal. Side effects: users, with addresses at `hosts`."""
    journal.add(OrganizationSettings(time_zone=TIME_ZONE, vision="Everybody who works with us gains by it."), at)
    staff = Staff()
    _make_members(journal, staff, scale, at, hosts)
    _make_teams(journal, staff, organization, scale, at + timedelta(hours=1))
    for position, title in enumerate(PRIORITIES):
        staff.priorities.append(journal.add(StrategicPriority(title=title, position=position), at))
    roles = [(0, Role.PLO), (0, Role.LEADERSHIP), (1, Role.SPONSOR)]
    roles += [(place, Role.COACH) for place in range(PER_COACH - 1, scale.members, PER_COACH)]
    for place, role in roles:
        journal.add(RoleAssignment(membership=staff.members[place], role=role, starts_on=at.date()), at)
    return staff


def _make_members(journal: Journal, staff: Staff, scale: Scale, at: datetime, hosts: str) -> None:
    names = [_name(number) for number in range(scale.members)]
    addresses = [f"person-{number:05d}@{hosts}" for number in range(scale.members)]
    present = {user.email for user in User.objects.filter(email__in=addresses).only("email")}
    User.objects.bulk_create(
        (
            User(email=address, name=name, language="", password=make_password(None))
            for name, address in zip(names, addresses, strict=True)
            if address not in present
        ),
        batch_size=2_000,
    )
    users = {user.email: user for user in User.objects.filter(email__in=addresses)}
    for number, (name, address) in enumerate(zip(names, addresses, strict=True)):
        member = Membership(
            user=users[address],
            display_name=name,
            email=address,
            is_administrator=number == 0,
            first_steps_dismissed=True,
        )
        staff.members.append(journal.add(member, at))


def _name(number: int) -> str:
    """Return the name of the person with a number: each pair of first and last name once, before any repeats."""
    first = FIRST[number % len(FIRST)]
    return f"{first} {LAST[(number // len(FIRST) + number * 7) % len(LAST)]}"


def _make_teams(journal: Journal, staff: Staff, organization: Organization, scale: Scale, at: datetime) -> None:
    width = branching(scale.teams)
    numbers = dict.fromkeys(FUNCTIONS, 0)
    for place in range(scale.teams):
        parent = None if place == 0 else (place - 1) // width
        if parent is None:
            function, name = FUNCTIONS[0], organization.name
        else:
            function = FUNCTIONS[(place - 1) % len(FUNCTIONS)] if parent == 0 else staff.functions[parent]
            name = _team_name(function, numbers[function])
            numbers[function] += 1
        lead = staff.members[place % scale.members]
        team = Team(
            name=name,
            slug=slugify(sort_key(name).replace("ø", "o")) or f"team-{place}",
            parent=None if parent is None else staff.teams[parent],
            lead=lead,
            mission="We make the work of others easier.",
            hue=place % HUES,
        )
        staff.teams.append(journal.add(team, at))
        staff.parents.append(parent)
        staff.functions.append(function)
        staff.people.append([])
    _fill_teams(journal, staff, scale, at)


def _team_name(function: Function, number: int) -> str:
    label = Function(function).label
    if number == 0:
        return str(label)
    lap, place = divmod(number - 1, len(PLACES))
    return f"{label} {PLACES[place]}{f' {lap + 1}' if lap else ''}"


def _fill_teams(journal: Journal, staff: Staff, scale: Scale, at: datetime) -> None:
    """Everybody is in one team, some in two; those who lead none are spread over the lowest teams."""
    above = {parent for parent in staff.parents if parent is not None}
    lowest = [place for place in range(scale.teams) if place not in above]
    for number, member in enumerate(staff.members):
        own = number if number < scale.teams else lowest[number % len(lowest)]
        places = {own}
        if number % PER_SECOND_TEAM == PER_SECOND_TEAM - 1:
            places.add(lowest[(number // PER_SECOND_TEAM) % len(lowest)])
        for place in sorted(places):
            staff.people[place].append(member)
            journal.add(TeamMembership(team=staff.teams[place], membership=member), at)
        parent = staff.parents[own]
        boss = staff.teams[own].lead if staff.teams[own].lead is not member else None
        if boss is None and parent is not None:
            boss = staff.teams[parent].lead
        member.manager = boss
