"""Who needs which course, and who has it: what the matrix, the criterion and enrolling by itself go by.

Somebody needs a course for what they are: a member or the lead of a team, or the holder of a role. A course for a part
of the organization is needed only there.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from organizations.enums import Role
from organizations.models import Team, TeamMembership
from roles.models import RoleAssignment
from rollout.enums import NeededBy, PlanState
from rollout.models import Course, Enrolment, Wave
from rollout.queries.wave import Tree, teams_by_wave

NOBODY: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class People:
    """Who is what, today, of those who are still here.

    `members` are by team, its lead among them; `held` are the holders of roles with the team they hold it for, None for
    the whole organization.
    """

    members: Mapping[UUID, frozenset[UUID]]
    leads: Mapping[UUID, UUID]
    held: Mapping[str, Sequence[tuple[UUID, UUID | None]]]

    def of_team(self, team_id: UUID) -> frozenset[UUID]:
        """Return the members of a team and its lead."""
        return self.members.get(team_id, NOBODY)


def read_people(today: date, teams: Iterable[UUID] | None = None) -> People:
    """Return who is in which team, of some or all, leads it and holds which role on a day; three queries."""
    in_teams = TeamMembership.objects.filter(membership__deactivated_at=None).order_by()
    led = Team.objects.current().filter(lead__isnull=False, lead__deactivated_at=None).order_by()
    if teams is not None:
        wanted = list(teams)
        in_teams, led = in_teams.filter(team__in=wanted), led.filter(pk__in=wanted)
    leads = dict(led.values_list("pk", "lead"))
    members: dict[UUID, set[UUID]] = defaultdict(set)
    for team_id, member_id in in_teams.values_list("team", "membership"):
        members[team_id].add(member_id)
    for team_id, lead_id in leads.items():
        members[team_id].add(lead_id)
    held: dict[str, list[tuple[UUID, UUID | None]]] = defaultdict(list)
    # Who coaches one person holds the role for no team in particular.
    current = RoleAssignment.objects.current(today).filter(membership__deactivated_at=None)
    for role, member_id, team_id in current.order_by().values_list("role", "membership", "team"):
        held[role].append((member_id, team_id))
    return People({team: frozenset(found) for team, found in members.items()}, leads, held)


def part_of(course: Course, tree: Tree) -> frozenset[UUID] | None:
    """Return the ids of the teams a course is for, None for all; no query."""
    return None if course.team_id is None else tree.below(course.team_id)


@dataclass(frozen=True, slots=True)
class Needs:
    """Which courses the people of some teams need, and who has them."""

    courses: Sequence[Course]
    tree: Tree
    people: People
    # By course: those who have it.
    having: Mapping[UUID, frozenset[UUID]]
    parts: Mapping[UUID, frozenset[UUID] | None]
    # What was found out once, as it is asked for by wave and by team: who needs which course in which team, who holds
    # a role where a course is for, and the coaches of each team that has some of its own.
    _needing: dict[tuple[UUID, UUID], frozenset[UUID]] = field(default_factory=dict)
    _held: dict[tuple[str, UUID], frozenset[UUID]] = field(default_factory=dict)
    _coached: dict[UUID | None, set[UUID]] = field(default_factory=dict)

    def needing(self, team_id: UUID, course: Course) -> frozenset[UUID]:
        """Return who needs a course in a team: its people by what they are, and its coaches."""
        key = team_id, course.pk
        if key not in self._needing:
            self._needing[key] = self._find_needing(team_id, course)
        return self._needing[key]

    def _find_needing(self, team_id: UUID, course: Course) -> frozenset[UUID]:
        part = self.parts[course.pk]
        if part is not None and team_id not in part:
            return NOBODY
        found: set[UUID] = set()
        mine = self.people.of_team(team_id)
        for need in course.needed_by:
            if need == NeededBy.STARTING:
                found |= mine
            elif need == NeededBy.LEADS:
                found |= {self.people.leads[team_id]} if team_id in self.people.leads else set()
            else:
                found |= mine & self._holders(need, course)
        if NeededBy.COACH in course.needed_by:
            found |= self._coaches(team_id)
        return frozenset(found)

    def lacking(self, team_id: UUID, course: Course) -> frozenset[UUID]:
        """Return who needs a course in a team and does not have it."""
        return self.needing(team_id, course) - self.having.get(course.pk, NOBODY)

    def is_complete(self, team_id: UUID) -> bool:
        """Return whether everybody in a team has what they need."""
        return not any(self.lacking(team_id, course) for course in self.courses)

    def _coaches(self, team_id: UUID) -> set[UUID]:
        """A coach of a team coaches those below it too; one for the whole organization none in particular."""
        if not self._coached:
            for pk, place in self.people.held.get(Role.COACH, ()):
                self._coached.setdefault(place, set()).add(pk)
        return {pk for place in (team_id, *self.tree.above(team_id)) for pk in self._coached.get(place, ())}

    def _holders(self, role: str, course: Course) -> frozenset[UUID]:
        """Return who holds a role where a course is for."""
        key = role, course.pk
        if key not in self._held:
            part = self.parts[course.pk]
            self._held[key] = frozenset(pk for pk, place in self.people.held.get(role, ()) if _within(place, part))
        return self._held[key]


def read_needs(today: date, tree: Tree, teams: Iterable[UUID] | None = None) -> Needs:
    """Return what the people of some teams, or of all, need and have on a day; five queries, however many there are."""
    courses = needed_courses()
    return Needs(
        courses=courses,
        tree=tree,
        people=read_people(today, teams),
        having=read_having(courses, today),
        parts={course.pk: part_of(course, tree) for course in courses},
    )


def needed_courses() -> list[Course]:
    """Return the courses that somebody needs for what they are; one query."""
    return list(Course.objects.current().exclude(needed_by=[]))


def read_having(courses: Iterable[Course], today: date) -> dict[UUID, frozenset[UUID]]:
    """Return who has which course on a day, by the course's id; one query. What has expired does not count."""
    found: dict[UUID, set[UUID]] = defaultdict(set)
    rows = Enrolment.objects.counting(today).filter(course__in=[course.pk for course in courses]).order_by()
    for course_id, member_id in rows.values_list("course", "member"):
        found[course_id].add(member_id)
    return {course_id: frozenset(members) for course_id, members in found.items()}


def started_teams(tree: Tree) -> frozenset[UUID]:
    """Return the ids of the teams that have started: by waves of plans that run or are completed; two queries.

    A completed plan has brought its teams so far that they go on; whoever joins one needs to learn all the same.
    """
    states = (PlanState.RUNNING, PlanState.COMPLETED)
    waves = Wave.objects.filter(started_at__isnull=False, plan__state__in=states, plan__archived_at=None).order_by()
    found = teams_by_wave(waves, tree)
    return frozenset(team.pk for teams in found.values() for team in teams)


def everybody_needing(course: Course, people: People, started: frozenset[UUID], tree: Tree) -> frozenset[UUID]:
    """Return who needs a course anywhere: in teams that have started, and for the roles they hold; no query."""
    part = part_of(course, tree)
    teams = started if part is None else started & part
    found: set[UUID] = set()
    for need in course.needed_by:
        if need == NeededBy.STARTING:
            found.update(*(people.of_team(team_id) for team_id in teams))
        elif need == NeededBy.LEADS:
            found |= {people.leads[team_id] for team_id in teams if team_id in people.leads}
        else:
            found |= {pk for pk, place in people.held.get(need, ()) if _within(place, part)}
    return frozenset(found)


def _within(place: UUID | None, part: frozenset[UUID] | None) -> bool:
    """Whether a role that is held for a team, or everywhere, is held in the part a course is for."""
    return part is None or place in part
