"""Making the invented company's people, teams and direction."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password
from django.utils.text import slugify

from okrs.demo.company import ADDRESS, NAME, ONE_CLICK, PEOPLE, PRIORITIES, REPRESENTATIVE, ROLES, ROOT, TEAMS
from okrs.demo.days import Year
from okrs.demo.journal import Journal
from okrs.demo.texts.wording import Wording
from organizations.domain import audit
from organizations.models import (
    Membership,
    Organization,
    OrganizationSettings,
    PausePeriod,
    StrategicPriority,
    Team,
    TeamMembership,
    User,
)
from organizations.models.team import HUES
from organizations.names import sort_key
from roles.models import RoleAssignment

BOSS = "henrik"
ADMINISTRATOR = "anna"


@dataclass(slots=True)
class Cast:
    """Who and what everything else refers to, by key."""

    members: dict[str, Membership] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    priorities: dict[str, StrategicPriority] = field(default_factory=dict)

    @property
    def administrator(self) -> Membership:
        """Whoever set everything up."""
        return self.members[ADMINISTRATOR]


def address_of(name: str) -> str:
    """Return the e-mail address of somebody by their name; it leads nowhere."""
    return (
        f"{slugify(sort_key(name).replace('ł', 'l').replace('ø', 'o').replace('ı', 'i')).replace('-', '.')}@{ADDRESS}"
    )


def make_users(language: str) -> dict[str, User]:
    """Return the users by their address; those missing are made, without a password.

    `language` is what the people of the one-click sign-in read; empty leaves it to their browser.
    """
    addresses = {person.key: address_of(person.name) for person in PEOPLE if person.signs_in}
    addresses |= {key: person.email for key, person in ONE_CLICK.items()}
    present = {user.email.lower() for user in User.objects.filter(email__in=addresses.values())}
    User.objects.bulk_create(
        User(
            email=addresses[person.key],
            name=person.name,
            language=language if person.key in ONE_CLICK else "",
            password=make_password(None),
        )
        for person in PEOPLE
        if person.signs_in and addresses[person.key] not in present
    )
    return {user.email.lower(): user for user in User.objects.filter(email__in=addresses.values())}


def make_people(
    journal: Journal, organization: Organization, wording: Wording, year: Year, language: str, users: dict[str, User]
) -> Cast:
    """Make settings, people, teams, roles, priorities and pauses, as of some weeks before the year began."""
    zone = ZoneInfo(wording.time_zone)
    founded = datetime.combine(year.year.starts_on - timedelta(days=40), time(9, 12), tzinfo=zone)
    cast = Cast()
    settings = OrganizationSettings(
        vision=wording.vision,
        mission=wording.mission,
        values=wording.values,
        language=language,
        time_zone=wording.time_zone,
        fiscal_year_start=year.fiscal_year_start,
        coaching=True,
    )
    journal.add(settings, founded)
    _make_members(journal, cast, wording, users, founded)
    after = {"name": NAME, "slug": organization.slug, "language": language, "time_zone": wording.time_zone}
    journal.note(cast.administrator, "founded", organization, founded, after=after)
    _make_teams(journal, cast, wording, founded + timedelta(minutes=20))
    _make_direction(journal, cast, wording, year, founded + timedelta(hours=2))
    _give_roles(journal, cast, founded + timedelta(hours=3), founded.date())
    return cast


def _make_members(journal: Journal, cast: Cast, wording: Wording, users: dict[str, User], founded: datetime) -> None:
    for number, person in enumerate(PEOPLE):
        address = ONE_CLICK[person.key].email if person.key in ONE_CLICK else address_of(person.name)
        user = users[address.lower()] if person.signs_in else None
        is_administrator = person.key == ADMINISTRATOR
        at = founded if is_administrator else founded + timedelta(hours=1, minutes=3 * number)
        cast.members[person.key] = journal.add(
            Membership(
                user=user,
                display_name=person.name,
                email=address,
                title=wording.titles[person.title],
                is_administrator=is_administrator,
                is_employee_representative=person.key == REPRESENTATIVE,
                first_steps_dismissed=True,
            ),
            at,
        )
    for person in PEOPLE:
        if person.key != ADMINISTRATOR:
            member = cast.members[person.key]
            after = audit.snapshot(member, ["display_name", "email", "title"])
            journal.note(cast.administrator, "added", member, member.joined_at, after=after)
    for unit in TEAMS:
        lead = unit.people[0]
        above = BOSS if unit.key == ROOT else next(one.people[0] for one in TEAMS if one.key == (unit.parent or ROOT))
        for key in unit.people:
            boss = above if key == lead else lead
            if key != BOSS and cast.members[key].manager_id is None:
                cast.members[key].manager = cast.members[boss]


def _make_teams(journal: Journal, cast: Cast, wording: Wording, at: datetime) -> None:
    for number, unit in enumerate(TEAMS):
        name, mission, expectations = wording.teams[unit.key]
        team = journal.add(
            Team(
                name=name,
                slug=slugify(sort_key(name)) or unit.key,
                parent=cast.teams.get(unit.parent),
                lead=cast.members[unit.people[0]],
                mission=mission,
                expectations=expectations,
                check_in_frequency=unit.rhythm,
                hue=number % HUES,
            ),
            at,
        )
        cast.teams[unit.key] = team
        journal.note(
            cast.administrator, "created", team, at, after=audit.snapshot(team, ["name", "parent", "lead", "mission"])
        )
        for key in unit.people:
            journal.add(TeamMembership(team=team, membership=cast.members[key]), at)
            journal.note(cast.administrator, "member_added", team, at, after={"membership": cast.members[key].pk})


def _make_direction(journal: Journal, cast: Cast, wording: Wording, year: Year, at: datetime) -> None:
    for position, key in enumerate(PRIORITIES):
        title, description = wording.priorities[key]
        priority = journal.add(StrategicPriority(title=title, description=description, position=position), at)
        cast.priorities[key] = priority
        after = {"title": title, "description": description}
        journal.note(cast.members[BOSS], "created", priority, at, after=after)
    for name, days in zip(wording.pauses, (year.summer, year.winter), strict=True):
        if days is None:
            continue
        pause = journal.add(PausePeriod(name=name, starts_on=days[0], ends_on=days[1]), at)
        after = audit.snapshot(pause, ["name", "starts_on", "ends_on"])
        journal.note(cast.administrator, "created", pause, at, after=after)


def _give_roles(journal: Journal, cast: Cast, at: datetime, day: date) -> None:
    for role, key, team_key in ROLES:
        team = cast.teams.get(team_key)
        assignment = journal.add(RoleAssignment(membership=cast.members[key], role=role, team=team, starts_on=day), at)
        after = {"membership": cast.members[key].pk, "role": role, "team": team.pk if team else None}
        journal.note(cast.administrator, "assigned", assignment, at, after=after)
