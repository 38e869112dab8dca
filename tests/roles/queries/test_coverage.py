"""Which teams have a coach: the nearest one counts, and nobody coaches their own line."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from organizations.actor import Actor
from organizations.enums import Role, Via
from organizations.models import Membership, Team
from organizations.queries.settings import local_today
from roles.enums import AssignmentState
from roles.queries.coverage import Capacity, Coverage, Held, Reach, read_coverage, scope_of
from roles.queries.coverage_page import in_part, loads_of, parts, summary_of, team_rows_of
from roles.queries.line import Lines, TeamPlace
from tests.factories.organizations import MembershipFactory, TeamFactory
from tests.factories.roles import CoachProfileFactory, ConflictExceptionFactory, RoleAssignmentFactory
from tests.factories.worlds import World, within
from tests.queries import exactly

TODAY = date(2030, 5, 6)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
PEOPLE = [UUID(int=number) for number in range(1, 7)]


def lines_of(teams: Sequence[tuple[int | None, UUID | None]], managers: Mapping[UUID, UUID]) -> Lines:
    """Return a tree without a database: each team's place in the list of the one above it, and its lead."""
    lines = Lines()
    ids = [UUID(int=100 + number) for number in range(len(teams))]
    lines.teams = {
        ids[number]: TeamPlace(ids[number], None if above is None else ids[above], lead, f"Team {number}", f"t{number}")
        for number, (above, lead) in enumerate(teams)
    }
    lines.managers = dict(managers)
    return lines


def coach(person: UUID, team: int | None, *, proposed: bool = False, from_: date = YESTERDAY) -> Held:
    return Held(person, str(person), None if team is None else UUID(int=100 + team), proposed, from_, None)


def team(number: int) -> UUID:
    return UUID(int=100 + number)


def test_the_nearest_coach_counts() -> None:
    lines = lines_of([(None, None), (0, None), (1, None), (None, None)], {})
    anna, ben, cleo = PEOPLE[:3]
    covers = Coverage(lines, [coach(anna, None), coach(ben, 0), coach(cleo, 2)], TODAY).covers
    assert [(covers[team(n)].reach, covers[team(n)].coach_ids) for n in range(4)] == [
        (Reach.TEAM, (ben,)),
        (Reach.ABOVE, (ben,)),
        (Reach.TEAM, (cleo,)),
        (Reach.ORGANIZATION, (anna,)),
    ]
    assert covers[team(1)].place_id == team(0)


def test_nobody_covers_their_own_line_unless_excepted() -> None:
    """Anna leads team 1 and manages the lead of team 3; the next above takes over."""
    anna, ben, lead = PEOPLE[:3]
    lines = lines_of([(None, None), (0, anna), (1, None), (0, lead)], {lead: anna})
    held = [coach(anna, None), coach(anna, 0), coach(ben, 3)]
    covers = Coverage(lines, held, TODAY).covers
    assert set(covers) == {team(0), team(3)}
    assert covers[team(3)].coach_ids == (ben,)
    covers = Coverage(lines, held, TODAY, excepted={anna: frozenset({team(2)})}).covers
    assert set(covers) == {team(0), team(2), team(3)}


def test_only_what_is_in_force_counts_and_what_comes_is_named() -> None:
    anna, ben = PEOPLE[:2]
    lines = lines_of([(None, None), (0, ben), (None, None)], {})
    ended = Held(anna, "Anna", team(0), False, YESTERDAY - timedelta(days=9), YESTERDAY)
    coverage = Coverage(lines, [ended, coach(ben, 0, proposed=True), coach(anna, None, from_=TOMORROW)], TODAY)
    assert coverage.covers == {}
    found = [coverage.coming(team(number)) for number in range(3)]
    # Ben leads team 1: for it, Anna is who comes.
    assert [one and one.member_id for one in found] == [ben, anna, anna]
    assert Coverage(lines, [coach(anna, None, from_=TODAY)], TODAY).covers.keys() == {team(0), team(1), team(2)}


def test_what_coaches_carry() -> None:
    """Two of the whole organization divide three teams; a second team assignment inside the first counts once."""
    anna, ben, cleo, dora = PEOPLE[:4]
    lines = lines_of([(None, None), (0, None), (1, None), (None, None), (None, None), (None, None)], {})
    held = [coach(cleo, 0), coach(cleo, 1), coach(dora, 1), coach(anna, None), coach(ben, None)]
    capacities = {cleo: Capacity(2, 4, None, True), dora: Capacity(5, 4, 8, False), anna: Capacity(2, 2, None, True)}
    loads = Coverage(lines, held, TODAY, capacities=capacities, persons={ben: 2}).loads
    assert [(loads[one].own, loads[one].shared, loads[one].share) for one in (cleo, dora, anna, ben)] == [
        (3, 0, 0),
        (2, 0, 0),
        (0, 3, 2),
        (0, 3, 2),
    ]
    assert [(loads[one].free, loads[one].is_over) for one in (cleo, dora, anna, ben)] == [
        (-1, True),
        (3, False),
        (0, False),
        (None, False),
    ]
    coverage = Coverage(lines, held, TODAY, capacities=capacities, persons={ben: 2})
    assert [one.member_id for one in loads_of(coverage, None)] == [cleo, anna, dora, ben]
    assert [one.member_id for one in loads_of(coverage, [team(2)])] == [cleo, dora]


people = st.sampled_from(PEOPLE)


@st.composite
def organizations(draw: st.DrawFn) -> tuple[Lines, list[Held], dict[UUID, frozenset[UUID]]]:
    """A tree with leads and managers (perhaps in a circle), coaches here and there, and exceptions."""
    count = draw(st.integers(1, 9))
    teams = [
        (draw(st.one_of(st.none(), st.integers(0, number - 1))) if number else None, draw(st.one_of(st.none(), people)))
        for number in range(count)
    ]
    managers = draw(st.dictionaries(people, people, max_size=5))
    places = st.one_of(st.none(), st.integers(0, count - 1))
    held = draw(
        st.lists(
            st.builds(
                coach, people, places, proposed=st.booleans(), from_=st.sampled_from([YESTERDAY, TODAY, TOMORROW])
            ),
            max_size=8,
        )
    )
    excepted = draw(
        st.dictionaries(people, st.frozensets(st.sampled_from([team(n) for n in range(count)])), max_size=3)
    )
    return lines_of(teams, managers), held, excepted


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(organizations())
def test_it_says_what_going_up_step_by_step_says(
    made: tuple[Lines, list[Held], dict[UUID, frozenset[UUID]]],
) -> None:
    lines, held, excepted = made

    def superiors(person: UUID) -> set[UUID]:
        found: set[UUID] = set()
        while person in lines.managers and lines.managers[person] not in found:
            person = lines.managers[person]
            found.add(person)
        return found

    def may(person: UUID, team_id: UUID) -> bool:
        if team_id in excepted.get(person, ()):
            return True
        place: UUID | None = team_id
        while place is not None:
            lead = lines.teams[place].lead_id
            if lead is not None and (person == lead or person in superiors(lead)):
                return False
            place = lines.teams[place].parent_id
        return True

    def expected(team_id: UUID) -> tuple[UUID | None, set[UUID]] | None:
        place: UUID | None = team_id
        while True:
            here = {
                one.member_id
                for one in held
                if one.team_id == place
                and not one.is_proposed
                and one.starts_on <= TODAY
                and may(one.member_id, team_id)
            }
            if here:
                return place, here
            if place is None:
                return None
            place = lines.teams[place].parent_id

    coverage = Coverage(lines, held, TODAY, excepted=excepted)
    for team_id in lines.teams:
        cover = coverage.covers.get(team_id)
        assert (cover and (cover.place_id, set(cover.coach_ids))) == expected(team_id)
        assert cover is None or len(set(cover.coach_ids)) == len(cover.coach_ids)
    shared = sum(cover.reach == Reach.ORGANIZATION for cover in coverage.covers.values())
    carried = sum(load.own + load.share for load in coverage.loads.values())
    assert carried >= len(coverage.covers)
    assert sum(load.share for load in coverage.loads.values()) >= shared


def test_parts_of_the_tree() -> None:
    lines = lines_of([(None, None), (0, None), (1, None), (2, None), (0, None)], {})
    everything = list(lines.teams)
    assert [slug for slug, _label in parts(lines, everything, None)] == ["t0", "t1"]
    chosen = lines.teams[team(1)]
    assert [slug for slug, _label in parts(lines, everything, chosen)] == ["t0", "t1", "t2"]
    assert in_part(lines, everything, chosen) == [team(1), team(2), team(3)]
    # A unit sees nothing above it.
    assert [slug for slug, _label in parts(lines, [team(1), team(2), team(3)], chosen)] == ["t1", "t2"]


def read(world: World) -> Coverage:
    return read_coverage(local_today())


def test_what_is_read(world: World) -> None:
    """The world: Petra coaches Max as a person, and Max is proposed for the root team; nobody coaches a team."""
    with within(world.organization):
        assert read(world).covers == {}
        assert read(world).coming(world.team.pk).name == world.member.display_name  # type: ignore[union-attr]
        coach = MembershipFactory.create()
        CoachProfileFactory.create(membership=coach, teams_wanted=1)
        RoleAssignmentFactory.create(membership=coach, role=Role.COACH, team=world.root_team)
        RoleAssignmentFactory.create(membership=coach, role=Role.COACH, person=world.member)
        RoleAssignmentFactory.create(
            membership=world.plo, role=Role.COACH, team=world.team, state=AssignmentState.ENDED
        )
        found = read(world)
        assert {team_id: cover.reach for team_id, cover in found.covers.items()} == {
            world.root_team.pk: Reach.TEAM,
            world.team.pk: Reach.ABOVE,
        }
        load = found.loads[coach.pk]
        assert (load.carried, load.persons, load.is_over) == (2, 1, True)
        coach.deactivated_at = "2024-01-01T00:00:00Z"
        coach.save()
        assert read(world).covers == {}


def test_a_lead_covers_their_team_only_with_an_exception(world: World) -> None:
    with within(world.organization):
        RoleAssignmentFactory.create(membership=world.lead, role=Role.COACH, team=None)
        before = set(read(world).covers)
        assert before == {world.root_team.pk}
        ConflictExceptionFactory.create(membership=world.lead, team=world.team)
        assert set(read(world).covers) == {world.root_team.pk, world.team.pk}


def test_what_permissions_stand_on_says_the_same(world: World) -> None:
    """Whoever covers a team holds the role in it."""
    with within(world.organization):
        RoleAssignmentFactory.create(membership=world.lead, role=Role.COACH, team=world.root_team)
        below = TeamFactory.create(parent=world.team)
        beside = TeamFactory.create(parent=world.root_team)
        RoleAssignmentFactory.create(membership=world.member, role=Role.COACH, team=below)
        found = read(world)
        for member in (world.lead, world.member):
            actor = Actor(Membership.objects.get(pk=member.pk), via=Via.WEB)
            for team_ in (world.root_team, world.team, below, beside):
                cover = found.covers.get(team_.pk)
                if cover and member.pk in cover.coach_ids:
                    assert actor.holds(Role.COACH, team_.pk)
        assert found.covers[beside.pk].coach_ids == (world.lead.pk,)
        assert world.team.pk not in found.covers


def test_whose_coverage_one_sees(world: World) -> None:
    with within(world.organization):
        found = read(world)
        everything = {world.root_team.pk, world.team.pk}
        assert set(scope_of(Actor(world.plo, via=Via.WEB), found)) == everything
        assert scope_of(Actor(world.member, via=Via.WEB), found) == []
        RoleAssignmentFactory.create(membership=world.member, role=Role.PLO, team=world.team)
        assert scope_of(Actor(world.member, via=Via.WEB), found) == [world.team.pk]


@pytest.mark.parametrize(("teams", "coaches"), [(5, 2), (300, 40)])
def test_it_takes_as_many_queries_for_many_teams(teams: int, coaches: int, world: World) -> None:
    with within(world.organization):
        leads = MembershipFactory.create_batch(2)
        made = [
            Team(name=f"Team {n}", sort_key=f"team {n:04}", slug=f"team-{n}", lead=leads[n % 2]) for n in range(teams)
        ]
        for number, one in enumerate(made):
            one.parent = made[(number - 1) // 4] if number else world.team
        Team.objects.bulk_create(made)
        people_ = MembershipFactory.create_batch(coaches)
        for number, person in enumerate(people_):
            RoleAssignmentFactory.create(
                membership=person, role=Role.COACH, team=made[number % teams] if number % 3 else None
            )
            if number % 2:
                CoachProfileFactory.create(membership=person)
        ConflictExceptionFactory.create(membership=leads[0], team=made[0])
        with exactly(7):
            found = read_coverage(local_today())
            everything = list(found.lines.teams)
            assert summary_of(found, everything).total == teams + 2
            assert len(found.loads) == coaches
            assert len(team_rows_of(found, everything[:50])) == min(50, teams + 2)
