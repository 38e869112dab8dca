"""What the teams of a plan still have to learn, by wave and course; never a number per person."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from organizations.actor import Actor
from organizations.models import Membership, Team
from organizations.queries.settings import today_of
from rollout.course_permissions import coaches_team, sees_whole_enablement
from rollout.models import Course, Enrolment, RolloutPlan, Wave
from rollout.queries.needs import Needs, read_needs
from rollout.queries.wave import team_tree, teams_by_wave, waves_of

# Teams of a wave, and people who lack a course, on one page.
PAGE = 50


@dataclass(frozen=True, slots=True)
class Cell:
    """How many need a course, and how many of them have it or have taken a place."""

    needing: int
    having: int
    enrolled: int

    @property
    def is_complete(self) -> bool:
        return self.having == self.needing


@dataclass(frozen=True, slots=True)
class Row:
    """A team or a wave, with a cell for each course."""

    about: Team | Wave
    cells: Sequence[tuple[Course, Cell]]
    # How many teams there are, and in how many everybody has what they need.
    teams: int = 1
    complete: int = 0

    @property
    def id(self) -> UUID:
        """The id of the team or the wave."""
        found: UUID = self.about.pk
        return found


@dataclass(slots=True)
class EnablementPage:
    """The waves of a plan in sums, and the teams of one of them."""

    waves: list[Row] = field(default_factory=list)
    courses: list[Course] = field(default_factory=list)
    wave: Wave | None = None
    teams: list[Team] = field(default_factory=list)
    # Whether the reader sees all teams, not only those they coach.
    is_whole: bool = True
    _needs: Needs | None = None
    _enrolled: dict[UUID, set[UUID]] = field(default_factory=dict)

    @property
    def has_teams(self) -> bool:
        """Whether any team is in a wave."""
        return any(row.teams for row in self.waves)

    def rows(self, teams: Iterable[Team]) -> list[Row]:
        """Return some teams with their cells; no query."""
        assert self._needs is not None or not self.teams
        return [self._row(team, [team]) for team in teams]

    def _row(self, about: Team | Wave, teams: Sequence[Team]) -> Row:
        needs = self._needs
        assert needs is not None
        cells = []
        for course in self.courses:
            needing: set[UUID] = set()
            for team in teams:
                needing |= needs.needing(team.pk, course)
            lacking = needing - needs.having.get(course.pk, frozenset())
            enrolled = len(lacking & self._enrolled.get(course.pk, set()))
            cells.append((course, Cell(len(needing), len(needing) - len(lacking), enrolled)))
        return Row(about, cells, len(teams), sum(needs.is_complete(team.pk) for team in teams))


def enablement_page(actor: Actor, plan: RolloutPlan, *, wave_id: UUID | None = None) -> EnablementPage:
    """Return the matrix of a plan, with the teams of one wave: the one asked for, else the last that has started.

    At most nine queries, however many waves, teams and people there are. Coaches get the teams they coach.
    """
    waves = waves_of(plan)
    tree = team_tree()
    is_whole = sees_whole_enablement(actor, plan)
    by_wave = teams_by_wave(waves, tree)
    if not is_whole:
        by_wave = {pk: [team for team in teams if coaches_team(actor, team.pk)] for pk, teams in by_wave.items()}
        waves = [wave for wave in waves if by_wave[wave.pk]]
    if not waves:
        return EnablementPage(is_whole=is_whole)
    needs = read_needs(today_of(actor.settings), tree, {team.pk for teams in by_wave.values() for team in teams})
    page = EnablementPage(is_whole=is_whole, _needs=needs, _enrolled=_enrolled(needs.courses))
    every = [team for teams in by_wave.values() for team in teams]
    page.courses = [course for course in needs.courses if any(needs.needing(team.pk, course) for team in every)]
    page.waves = [page._row(wave, by_wave[wave.pk]) for wave in waves]
    started = [wave for wave in waves if wave.started_at is not None]
    usual = started[-1] if started else waves[0]
    page.wave = next((wave for wave in waves if wave.pk == wave_id), usual)
    page.teams = by_wave[page.wave.pk]
    return page


@dataclass(frozen=True, slots=True)
class Lacking:
    """Somebody who lacks a course, and their open enrolment if there is one."""

    member: Membership
    enrolment: Enrolment | None


@dataclass(frozen=True, slots=True)
class WhoLacks:
    """Who of a wave, or of one of its teams, lacks a course, by name."""

    team: Team | None
    people: Sequence[Lacking]

    @property
    def shown(self) -> Sequence[Lacking]:
        """Those whose names are shown; a team of the wave can be looked at by itself."""
        return self.people[:PAGE]

    @property
    def more(self) -> int:
        """How many there are besides."""
        return len(self.people) - len(self.shown)


def who_lacks(actor: Actor, wave: Wave, course: Course, *, team_id: UUID | None = None) -> WhoLacks:
    """Return who lacks a course in a wave whose plan is loaded; in one team of it if that is asked for.

    Nobody where the reader may not see the team. At most eleven queries.
    """
    tree = team_tree()
    teams = teams_by_wave([wave], tree)[wave.pk]
    if not sees_whole_enablement(actor, wave.plan):
        teams = [team for team in teams if coaches_team(actor, team.pk)]
    if team_id is not None:
        teams = [team for team in teams if team.pk == team_id]
    if not teams:
        return WhoLacks(None, ())
    needs = read_needs(today_of(actor.settings), tree, {team.pk for team in teams})
    ids: set[UUID] = set()
    if any(one.pk == course.pk for one in needs.courses):
        for team in teams:
            ids |= needs.lacking(team.pk, course)
    open_ones = Enrolment.objects.open().filter(course=course, member__in=ids).select_related("session")
    theirs = {one.member_id: one for one in open_ones}
    people = Membership.objects.filter(pk__in=ids).order_by("sort_key", "pk")
    return WhoLacks(
        teams[0] if team_id is not None else None,
        [Lacking(member, theirs.get(member.pk)) for member in people],
    )


def _enrolled(courses: Iterable[Course]) -> dict[UUID, set[UUID]]:
    """Return who has an open enrolment, by course; one query."""
    found: dict[UUID, set[UUID]] = {}
    rows = Enrolment.objects.open().filter(course__in=[course.pk for course in courses]).order_by()
    for course_id, member_id in rows.values_list("course", "member"):
        found.setdefault(course_id, set()).add(member_id)
    return found
