"""The week of teams: what moved, is stuck, is celebrated and due. About key results, never about persons."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery

from okrapp.web.days import start_of_day
from okrs import scoring
from okrs.enums import Confidence, ObjectiveStatus, Phase, Visibility
from okrs.models import CheckIn, Cycle, KeyResult, Kudos, KudosPerson
from okrs.models.cycle import PHASE_DAYS
from okrs.queries.measure import measure_of
from okrs.queries.phases import with_phases
from okrs.queries.standing import KeyResultStanding, Standings
from organizations.actor import Actor
from organizations.models import Team

DAY, WEEK = timedelta(days=1), timedelta(days=7)
# A digest early in the week is about the week before, a later one about the week itself.
EARLY = timedelta(days=3)
WORRIED = (Confidence.AT_RISK, Confidence.OFF_TRACK)


@dataclass(frozen=True, slots=True)
class Moved:
    """A key result and the numbers it moved between; `before` None where it had none."""

    key_result: KeyResult
    before: Decimal | None
    after: Decimal

    @property
    def is_better(self) -> bool | None:
        """Whether it moved the right way; None where there is none, or no number before."""
        if self.before is None:
            return None
        return scoring.is_better(measure_of(self.key_result), self.before, self.after)


@dataclass(frozen=True, slots=True)
class Stuck:
    """A key result that is outdated, in trouble by its owner's word or its pace, or has something in its way."""

    standing: KeyResultStanding
    blocker: str

    @property
    def is_far_behind(self) -> bool:
        return self.standing.pace == scoring.Pace.FAR_BEHIND


@dataclass(frozen=True, slots=True)
class Celebration:
    """Kudos, and the names of those celebrated."""

    kudos: Kudos
    names: tuple[str, ...]


@dataclass(slots=True)
class TeamWeek:
    """A week of one team, Monday to Sunday. What is stuck and due is as it stands today: only of the present weeks."""

    team: Team
    first: date
    moved: list[Moved] = field(default_factory=list)
    stuck: list[Stuck] = field(default_factory=list)
    due: list[KeyResultStanding] = field(default_factory=list)
    celebrations: list[Celebration] = field(default_factory=list)
    # Phases that begin soon: name of the cycle, phase, day.
    phases: list[tuple[str, Phase, date]] = field(default_factory=list)

    @property
    def last(self) -> date:
        return self.first + WEEK - DAY

    @property
    def is_empty(self) -> bool:
        return not (self.moved or self.stuck or self.due or self.celebrations)


def week_before(day: date) -> date:
    """Return the Monday of the week that a digest on a day is about."""
    reference = day - EARLY
    return reference - reference.weekday() * DAY


def tells_of_today(first: date, today: date) -> bool:
    """Return whether a week that begins on a Monday also tells what is stuck and due today: not if it is long over."""
    return first >= week_before(today) - WEEK


def weeks_of(actor: Actor, teams: Sequence[Team], first: date, *, now: datetime | None = None) -> dict[UUID, TeamWeek]:
    """Return the week of each team that begins on a Monday, by team; six queries, however many there are.

    Private objectives are in nobody's: a digest is read by a whole team. What is stuck and due is left out of weeks
    that are over for longer than one: it is told as it stands now.
    """
    standings = Standings(actor, now=now)
    zone = standings.settings.time_zone
    begin, end = start_of_day(first, zone), start_of_day(first + WEEK, zone)
    weeks = {team.pk: TeamWeek(team, first) for team in teams}
    rows = _key_results(weeks)
    key_results = {row.pk: row for row in rows}
    for moved in _moved(key_results, begin, end):
        weeks[_team_of(moved.key_result)].moved.append(moved)
    if tells_of_today(first, standings.today):
        for row in rows:
            _look_at(row, weeks[_team_of(row)], standings)
    for celebration in _celebrations(weeks, begin, end):
        weeks[celebration.kudos.team_id].celebrations.append(celebration)  # type: ignore[index]  # of these teams
    coming = _phases(standings.today)
    for week in weeks.values():
        week.phases = coming if first >= week_before(standings.today) else []
    return weeks


def _key_results(weeks: Iterable[UUID]) -> list[KeyResult]:
    blocked = CheckIn.objects.standing().filter(key_result=OuterRef("pk"), solved_at=None).exclude(blocker="")
    rows = (
        KeyResult.objects.filter(
            objective__team__in=list(weeks),
            objective__cycle__phase__in=(Phase.RUNNING, Phase.REVIEWING),
            objective__cycle__archived_at=None,
            objective__status=ObjectiveStatus.ACTIVE,
            objective__visibility=Visibility.OPEN,
            objective__archived_at=None,
            archived_at=None,
        )
        .select_related("objective__cycle", "objective__team")
        .prefetch_related("milestones")
        .annotate(in_the_way=Subquery(blocked.newest_first().values("blocker")[:1]))
        .order_by("objective__position", "objective_id", "position", "id")
    )
    return list(with_phases(rows))


def _moved(key_results: dict[UUID, KeyResult], begin: datetime, end: datetime) -> list[Moved]:
    rows = CheckIn.objects.valid().filter(key_result__in=key_results, at__gte=begin, at__lt=end)
    first: dict[UUID, Decimal | None] = {}
    last: dict[UUID, Decimal] = {}
    for pk, before, value in rows.order_by("at", "pk").values_list("key_result_id", "previous_value", "value"):
        if value is not None:
            first.setdefault(pk, before)
            last[pk] = value
    return [Moved(row, first[pk], last[pk]) for pk, row in key_results.items() if pk in last and first[pk] != last[pk]]


def _look_at(row: KeyResult, week: TeamWeek, standings: Standings) -> None:
    objective = row.objective
    standing = standings.of_key_result(row, objective=objective, cycle=objective.cycle, team=objective.team)
    blocker: str = row.in_the_way or ""  # type: ignore[attr-defined]
    stuck = Stuck(standing, blocker)
    if blocker or standing.is_outdated or stuck.is_far_behind or row.confidence in WORRIED:
        week.stuck.append(stuck)
    if standing.is_due:
        week.due.append(standing)


def _celebrations(weeks: Iterable[UUID], begin: datetime, end: datetime) -> list[Celebration]:
    people = KudosPerson.objects.filter(kudos=OuterRef("pk")).order_by("membership__sort_key", "pk")
    rows: Any = (
        Kudos.objects.standing()
        .filter(team__in=list(weeks), created_at__gte=begin, created_at__lt=end)
        .exclude(objective__visibility=Visibility.PRIVATE)
        .select_related("author")
        .annotate(names=ArraySubquery(people.values("membership__display_name")))
        .order_by("created_at", "pk")
    )
    return [Celebration(one, tuple(one.names)) for one in rows]


def _phases(today: date) -> list[tuple[str, Phase, date]]:
    found = []
    for cycle in Cycle.objects.current().exclude(phase=Phase.CLOSED).order_by("starts_on", "pk"):
        for phase in PHASE_DAYS:
            day = cycle.phase_day(phase)
            if day is not None and today < day <= today + WEEK:
                found.append((cycle.name, phase, day))
    return sorted(found, key=lambda one: one[2])


def _team_of(key_result: KeyResult) -> UUID:
    team_id = key_result.objective.team_id
    assert team_id is not None, "asked of teams only"
    return team_id


def readers_of(team_ids: Iterable[UUID]) -> dict[UUID, list[UUID]]:
    """Return who reads the week of which teams: members and leads who can sign in, by member; two queries."""
    ids = list(team_ids)
    found: dict[UUID, list[UUID]] = defaultdict(list)
    can = {"deactivated_at": None, "user__isnull": False}
    leads = Team.objects.filter(pk__in=ids, lead__isnull=False, **{f"lead__{key}": value for key, value in can.items()})
    members = Team.objects.filter(
        pk__in=ids, **{f"team_memberships__membership__{key}": value for key, value in can.items()}
    )
    pairs = [
        *leads.order_by("sort_key", "pk").values_list("lead_id", "pk"),
        *members.order_by("sort_key", "pk").values_list("team_memberships__membership_id", "pk"),
    ]
    for member_id, team_id in pairs:
        if team_id not in found[member_id]:
            found[member_id].append(team_id)
    return found
