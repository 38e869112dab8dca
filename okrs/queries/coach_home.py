"""What each of a coach's teams needs now: of key results and of the process, never of persons.

Every number is about objectives everybody sees.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, UUIDField, Value
from django.utils import timezone

from okrs.domain.agreement import is_agreed_on
from okrs.enums import DRAFTS, CycleLength, Level, ObjectiveStatus, Phase, Visibility
from okrs.models import CheckIn, Cycle, CycleTeam, Meeting, Objective, RetroAction, Retrospective
from okrs.queries.outdated_teams import outdated_of_teams
from okrs.queries.participation import takes_part
from okrs.queries.standing import Standings
from okrs.queries.week import BLOCKERS_FOR
from organizations.actor import Actor
from organizations.enums import Role
from organizations.models import Team
from organizations.queries.settings import day_there
from roles.enums import Desk, QuestionState
from roles.models import CoachQuestion, RoleAssignment
from roles.queries.question import with_waiting

PAGE = 30
MOST_PERSONS = 50
MOST_ON_WEEK = 3
_BEGUN = (Phase.DRAFTING, Phase.ALIGNING, Phase.RUNNING)


class Kind(StrEnum):
    """What a team can need of its coach, what cannot wait first."""

    RECOMMEND = "recommend"
    QUESTIONS = "questions"
    BLOCKERS = "blockers"
    NO_OBJECTIVES = "no_objectives"
    NOT_AGREED = "not_agreed"
    OUTDATED = "outdated"
    NO_RETROSPECTIVE = "no_retrospective"
    ACTIONS = "actions"


_ORDER = {kind: place for place, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True)
class Need:
    """Something a team needs; the cycle where it is about one, `is_agreed_on` whether drafts are agreed on here."""

    kind: Kind
    count: int = 0
    cycle_id: UUID | None = None
    cycle_name: str = ""
    is_agreed_on: bool = False


@dataclass(slots=True)
class CoachedTeam:
    """A team with what it needs, the most urgent first, and its latest check-in meeting."""

    team: Team
    needs: list[Need] = field(default_factory=list)
    meeting: Meeting | None = None

    @property
    def kinds(self) -> frozenset[Kind]:
        return frozenset(need.kind for need in self.needs)


def coaches_teams(actor: Actor) -> bool:
    """Return whether somebody is a coach of teams today."""
    return any(held.role == Role.COACH and held.person_id is None for held in actor.roles)


def coached(actor: Actor, path: str = "pk") -> Q:
    """Return the condition that a row's team is one an actor coaches; `path` leads from the row to the team's id.

    Their own line is carved out of it.
    """
    mine = [held for held in actor.roles if held.role == Role.COACH and held.person_id is None]
    everywhere = next((held for held in mine if held.team_ids is None), None)
    if everywhere is not None:
        return ~Q(**{f"{path}__in": everywhere.except_ids}) if everywhere.except_ids else Q()
    return Q(**{f"{path}__in": frozenset().union(*(held.team_ids or frozenset() for held in mine))})


def coached_teams(actor: Actor) -> list[CoachedTeam]:
    """Return every team somebody coaches, those that need something first; eight queries, none for others.

    Meetings are not read yet, see `read_meetings`.
    """
    if not coaches_teams(actor):
        return []
    rows = Team.objects.current().filter(coached(actor)).defer("vision", "mission", "expectations")
    found = {team.pk: CoachedTeam(team) for team in rows.select_related("lead")}
    for team_id, need in _counted(actor):
        if team_id in found:
            found[team_id].needs.append(need)
    cycles = _open_cycles()
    teams = {team_id: one.team for team_id, one in found.items()}
    which = coached(actor, "objective__team_id")
    outdated = outdated_of_teams(Standings(actor), {one.pk: one for one in cycles}, teams, which)
    for team_id, count in outdated.items():
        if count:
            found[team_id].needs.append(Need(Kind.OUTDATED, count))
    _add_needs_of_cycles(actor, cycles, found)
    for one in found.values():
        one.needs.sort(key=lambda need: _ORDER[need.kind])
    # Sorted twice: the tree's own order, by name, holds among those that need the same.
    return sorted(found.values(), key=lambda one: _urgency(one.needs))


def read_meetings(rows: Iterable[CoachedTeam]) -> None:
    """Let teams know their latest check-in meeting; one query, none without teams."""
    of_team = {one.team.pk: one for one in rows}
    if not of_team:
        return
    latest = Meeting.objects.filter(team__in=of_team).order_by("team_id", "-started_at", "-pk").distinct("team_id")
    for meeting in latest:
        of_team[meeting.team_id].meeting = meeting


def teams_on_week(actor: Actor) -> list[CoachedTeam]:
    """Return the few teams of a coach that need something most, by what can be counted in one go; two queries.

    None for whoever coaches no team, and where the pages about coaching are not shown.
    """
    if not actor.settings.coaching or not coaches_teams(actor):
        return []
    needs: dict[UUID, list[Need]] = defaultdict(list)
    for team_id, need in _counted(actor):
        needs[team_id].append(need)
    for found in needs.values():
        found.sort(key=lambda need: _ORDER[need.kind])
    first = sorted(needs, key=lambda team_id: (_urgency(needs[team_id]), str(team_id)))[:MOST_ON_WEEK]
    teams = {team.pk: team for team in Team.objects.current().filter(pk__in=first)}
    return [CoachedTeam(teams[team_id], needs[team_id]) for team_id in first if team_id in teams]


def persons_coached(actor: Actor) -> list[RoleAssignment]:
    """Return the assignments of those somebody coaches as persons, by name; one query, none without any."""
    if not any(held.role == Role.COACH and held.person_id is not None for held in actor.roles):
        return []
    rows = RoleAssignment.objects.current(day_there()).filter(membership=actor.membership, role=Role.COACH)
    rows = rows.filter(person__deactivated_at=None, person__isnull=False).select_related("person")
    return list(rows.order_by("person__sort_key", "pk")[:MOST_PERSONS])


def _urgency(needs: Sequence[Need]) -> tuple[int, int]:
    """What cannot wait, then how much there is; whoever needs nothing comes last."""
    return (_ORDER[needs[0].kind] if needs else len(_ORDER), -len(needs))


def _open_cycles() -> list[Cycle]:
    """Return the cycles that have begun and are not closed, the earliest first; one query."""
    rows = Cycle.objects.current().exclude(phase__in=(Phase.PLANNED, Phase.CLOSED))
    return list(rows.order_by("starts_on", "pk"))


def _counted(actor: Actor) -> list[tuple[UUID, Need]]:
    """Return what is counted by rows, each with its team; one query."""
    newer = CheckIn.objects.standing().filter(
        Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), pk__gt=OuterRef("pk")), key_result=OuterRef("key_result")
    )
    drafts = (
        Objective.objects.open()
        .current()
        .filter(level=Level.TEAM, status=ObjectiveStatus.SUBMITTED, recommended_at=None, cycle__archived_at=None)
        .exclude(cycle__phase=Phase.CLOSED)
    )
    questions = with_waiting(actor, CoachQuestion.objects.filter(state=QuestionState.OPEN, desk=Desk.COACH))
    blockers = (
        CheckIn.objects.standing()
        .filter(solved_at=None, at__gte=timezone.now() - BLOCKERS_FOR, key_result__archived_at=None)
        .filter(
            key_result__objective__archived_at=None,
            key_result__objective__visibility=Visibility.OPEN,
            key_result__objective__level=Level.TEAM,
        )
        .exclude(blocker="")
        .exclude(key_result__objective__cycle__phase=Phase.CLOSED)
        .exclude(Exists(newer))
    )
    nowhere = Value(None, output_field=UUIDField())
    parts: list[tuple[Any, str, Kind, Any]] = [
        (drafts, "team_id", Kind.RECOMMEND, F("cycle_id")),
        (questions.filter(waits_for_me=True), "team_id", Kind.QUESTIONS, nowhere),
        (blockers, "key_result__objective__team_id", Kind.BLOCKERS, nowhere),
        (RetroAction.objects.open(), "team_id", Kind.ACTIONS, nowhere),
    ]
    first, *others = (
        rows.filter(coached(actor, path))
        .order_by()
        .annotate(of=F(path), what=Value(kind.value), place=place)
        .values("of", "what", "place")
        .annotate(number=Count("pk"))
        .values_list("of", "what", "place", "number")
        for rows, path, kind, place in parts
    )
    found = first.union(*others, all=True)
    return [(team_id, Need(Kind(kind), number, cycle_id)) for team_id, kind, cycle_id, number in found]


def _add_needs_of_cycles(actor: Actor, cycles: Sequence[Cycle], found: dict[UUID, CoachedTeam]) -> None:
    """Add what teams lack in the cycles that are open; three queries.

    A year is the organization's: a team lacks nothing in it, unless there are no shorter cycles.
    """
    shorter = [cycle for cycle in cycles if cycle.length != CycleLength.YEAR]
    asked = shorter or cycles
    counts = _objectives(actor, asked)
    looked_back = set(
        Retrospective.objects.filter(coached(actor, "team_id"), cycle__in=[one.pk for one in asked])
        .order_by()
        .values_list("team_id", "cycle_id")
    )
    named: dict[UUID, set[UUID]] = defaultdict(set)
    links = CycleTeam.objects.filter(cycle__in=[one.pk for one in asked]).order_by()
    for cycle_id, team_id in links.values_list("cycle_id", "team_id"):
        named[cycle_id].add(team_id)
    agrees = is_agreed_on(actor.settings, actor.settings.active_members)
    for cycle in asked:
        chosen = None if cycle.for_all_teams else named[cycle.pk]
        for team_id, one in found.items():
            count = counts.get((team_id, cycle.pk), Counter())
            if not count["all"]:
                if cycle.phase in _BEGUN and takes_part(one.team, cycle, actor.settings, chosen):
                    one.needs.append(Need(Kind.NO_OBJECTIVES, 0, cycle.pk, cycle.name))
            elif cycle.phase in (Phase.ALIGNING, Phase.RUNNING) and not count["settled"]:
                one.needs.append(Need(Kind.NOT_AGREED, 0, cycle.pk, cycle.name, agrees))
            elif cycle.phase == Phase.REVIEWING and count["settled"] and (team_id, cycle.pk) not in looked_back:
                one.needs.append(Need(Kind.NO_RETROSPECTIVE, 0, cycle.pk, cycle.name))


def _objectives(actor: Actor, cycles: Sequence[Cycle]) -> dict[tuple[UUID, UUID], Counter[str]]:
    """Return how many objectives each team has in each cycle, and how many are agreed or in force; one query."""
    rows = Objective.objects.open().current().filter(coached(actor, "team_id"), level=Level.TEAM)
    rows = rows.filter(cycle__in=[one.pk for one in cycles])
    waiting = [status for status in DRAFTS if status != ObjectiveStatus.AGREED]
    counted = rows.order_by().values("team_id", "cycle_id")
    counted = counted.annotate(every=Count("pk"), settled=Count("pk", filter=~Q(status__in=waiting)))
    return {
        (row["team_id"], row["cycle_id"]): Counter({"all": row["every"], "settled": row["settled"]}) for row in counted
    }
