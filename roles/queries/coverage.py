"""Which teams have a coach, and how much each coach carries; for planning, never a word about how somebody coaches.

The nearest coach counts: one of the team itself, else of the next team above that has one, else of the whole
organization. Whoever leads a team or stands above it in the line does not count there, unless an exception says so.

Everything is computed from plain values, so that it takes a constant number of queries and little time.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from math import ceil
from typing import NamedTuple
from uuid import UUID

from organizations.actor import Actor
from organizations.enums import Role
from roles.enums import AssignmentState
from roles.models import CoachProfile, RoleAssignment
from roles.queries.exception import excepted
from roles.queries.line import Lines

_FIELDS = ("membership_id", "membership__display_name", "team_id", "state", "starts_on", "ends_on", "person_id")


class Reach(StrEnum):
    """From where a team's coach comes."""

    TEAM = "team"
    ABOVE = "above"
    ORGANIZATION = "organization"


class Held(NamedTuple):
    """What somebody is, or was proposed for, as a coach of teams; without a team: of the whole organization."""

    member_id: UUID
    name: str
    team_id: UUID | None
    is_proposed: bool
    starts_on: date
    ends_on: date | None

    def is_active(self, on: date) -> bool:
        """Whether it is in force on a day."""
        return not self.is_proposed and self.starts_on <= on and (self.ends_on is None or self.ends_on >= on)

    def is_coming(self, on: date) -> bool:
        """Whether it is proposed, or agreed for a later day."""
        return not self.is_active(on) and (self.ends_on is None or self.ends_on >= on)


class Cover(NamedTuple):
    """Who coaches a team, and the team their assignment is for (None: the whole organization)."""

    reach: Reach
    coach_ids: tuple[UUID, ...]
    place_id: UUID | None


class Capacity(NamedTuple):
    """What a coach says they can carry, and which languages they speak."""

    teams: int
    hours: float
    hours_at_change: float | None
    is_open: bool
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Load:
    """What one coach carries.

    `own`: teams that are coached by an assignment of theirs for a team. `shared`: teams that have nobody but coaches of
    the whole organization; these share them, and `share` is this one's part. `capacity` is None for whoever has said
    nothing about it.
    """

    member_id: UUID
    name: str
    place_ids: tuple[UUID, ...]
    is_of_organization: bool
    own: int
    shared: int
    share: int
    persons: int
    capacity: Capacity | None

    @property
    def carried(self) -> int:
        return self.own + self.share

    @property
    def free(self) -> int | None:
        """How many teams more they can carry; below zero when there are too many. None where nothing was said."""
        return None if self.capacity is None else self.capacity.teams - self.carried

    @property
    def is_over(self) -> bool:
        return self.free is not None and self.free < 0


class Coverage:
    """Who covers which team on a day. No query but those of `lines`."""

    def __init__(
        self,
        lines: Lines,
        held: Iterable[Held],
        on: date,
        *,
        excepted: Mapping[UUID, frozenset[UUID]] | None = None,
        persons: Mapping[UUID, int] | None = None,
        capacities: Mapping[UUID, Capacity] | None = None,
    ) -> None:
        """`excepted`: per member the teams an exception lets them coach; `persons`: how many persons each coaches."""
        self.lines = lines
        self.on = on
        self.excepted = excepted or {}
        self.persons = persons or {}
        self.capacities = capacities or {}
        self.names: dict[UUID, str] = {}
        self._active: dict[UUID | None, list[UUID]] = defaultdict(list)
        self._coming: dict[UUID | None, list[Held]] = defaultdict(list)
        for one in held:
            self.names[one.member_id] = one.name
            if one.is_active(on):
                if one.member_id not in self._active[one.team_id]:
                    self._active[one.team_id].append(one.member_id)
            elif one.is_coming(on):
                self._coming[one.team_id].append(one)
        # One tuple for all teams of a place, so that thousands of teams share it.
        self._places = {place: tuple(members) for place, members in self._active.items() if members}

    def may_coach(self, member_id: UUID, team_id: UUID) -> bool:
        """Return whether no conflict of interest speaks against it, or an exception allows it."""
        if not self.lines.stands_above(member_id, team_id):
            return True
        return team_id in self.excepted.get(member_id, frozenset())

    @cached_property
    def covers(self) -> dict[UUID, Cover]:
        """The cover of each team that has one."""
        found = {}
        everywhere = self._places.get(None, ())
        for team_id in self.lines.teams:
            cover = None
            for place in self.lines.up(team_id):
                coaches = self._without_conflict(self._places.get(place.id, ()), team_id)
                if coaches:
                    cover = Cover(Reach.TEAM if place.id == team_id else Reach.ABOVE, coaches, place.id)
                    break
            else:
                coaches = self._without_conflict(everywhere, team_id)
                cover = Cover(Reach.ORGANIZATION, coaches, None) if coaches else None
            if cover is not None:
                found[team_id] = cover
        return found

    def coaches_nearby(self, team_id: UUID) -> frozenset[UUID]:
        """Return who coaches a team by an assignment for it or for one above it, near or far."""
        return frozenset(
            member_id
            for place in self.lines.up(team_id)
            for member_id in self._places.get(place.id, ())
            if self.may_coach(member_id, team_id)
        )

    def coaches_of(self, team_id: UUID) -> frozenset[UUID]:
        """Return everybody who coaches a team, near or far or for the whole organization; none for an archived one."""
        if team_id not in self.lines.teams:
            return frozenset()
        everywhere = self._without_conflict(self._places.get(None, ()), team_id)
        return self.coaches_nearby(team_id).union(everywhere)

    def all_coming(self, team_id: UUID) -> Iterator[Held]:
        """Yield who is proposed for a team, or coaches it from a later day on, the nearest first."""
        for place_id in [*(place.id for place in self.lines.up(team_id)), None]:
            for one in self._coming.get(place_id, ()):
                if self.may_coach(one.member_id, team_id):
                    yield one

    def coming(self, team_id: UUID) -> Held | None:
        """Return the nearest of those, None without any."""
        return next(self.all_coming(team_id), None)

    @cached_property
    def loads(self) -> dict[UUID, Load]:
        """What each coach carries: everybody in force as a coach of teams."""
        own: Counter[UUID] = Counter()
        left: Counter[tuple[UUID, ...]] = Counter()
        for cover in self.covers.values():
            if cover.reach == Reach.ORGANIZATION:
                left[cover.coach_ids] += 1
            else:
                own.update(cover.coach_ids)
        shared: Counter[UUID] = Counter()
        shares: defaultdict[UUID, float] = defaultdict(float)
        for coach_ids, teams in left.items():
            for member_id in coach_ids:
                shared[member_id] += teams
                shares[member_id] += teams / len(coach_ids)
        places: dict[UUID, list[UUID]] = defaultdict(list)
        for place_id, members in self._places.items():
            for member_id in members:
                places[member_id] += [] if place_id is None else [place_id]
        everywhere = frozenset(self._places.get(None, ()))
        return {
            member_id: Load(
                member_id=member_id,
                name=self.names[member_id],
                place_ids=tuple(place_ids),
                is_of_organization=member_id in everywhere,
                own=own[member_id],
                shared=shared[member_id],
                # A hair less, since a third three times over is more than one.
                share=ceil(shares[member_id] - 1e-9),
                persons=self.persons.get(member_id, 0),
                capacity=self.capacities.get(member_id),
            )
            for member_id, place_ids in places.items()
        }

    def _without_conflict(self, members: tuple[UUID, ...], team_id: UUID) -> tuple[UUID, ...]:
        if not members or self.lines.above(team_id).isdisjoint(members):
            return members
        return tuple(member_id for member_id in members if self.may_coach(member_id, team_id))


def read_coverage(on: date) -> Coverage:
    """Return the coverage of the organization in context on a day; five queries, with those of `lines`.

    Deactivated members coach nobody.
    """
    lines = Lines()
    rows = (
        RoleAssignment.objects.standing()
        .filter(role=Role.COACH, membership__deactivated_at=None)
        .order_by("membership__sort_key", "membership_id", "pk")
        .values_list(
            "membership_id", "membership__display_name", "team_id", "state", "starts_on", "ends_on", "person_id"
        )
    )
    held, persons = [], Counter[UUID]()
    for member_id, name, team_id, state, starts_on, ends_on, person_id in rows:
        one = Held(member_id, name, team_id, state == AssignmentState.PROPOSED, starts_on, ends_on)
        if person_id is None:
            held.append(one)
        elif one.is_active(on):
            persons[member_id] += 1
    return Coverage(lines, held, on, excepted=excepted(lines, on), persons=persons, capacities=read_capacities())


def read_capacities() -> dict[UUID, Capacity]:
    """Return what each member with a coach profile can carry; one query."""
    rows = CoachProfile.objects.filter(membership__deactivated_at=None).values_list(
        "membership_id", "teams_wanted", "hours_a_week", "hours_at_change", "takes_teams", "languages"
    )
    return {
        member_id: Capacity(
            teams, float(hours), None if at_change is None else float(at_change), is_open, tuple(languages)
        )
        for member_id, teams, hours, at_change, is_open, languages in rows
    }


def scope_of(actor: Actor, coverage: Coverage) -> list[UUID]:
    """Return the teams whose coverage an actor sees, in the order of `lines`.

    All, but for whoever is in the Program Lead Office of a unit and nothing else: those of the unit.
    """
    every = list(coverage.lines.teams)
    if actor.is_administrator or actor.holds(Role.PLO) or actor.holds_somewhere(Role.COACH):
        return every
    units = frozenset[UUID]().union(*(held.team_ids or frozenset() for held in actor.roles if held.role == Role.PLO))
    return [team_id for team_id in every if team_id in units]
