"""Roles that are given, answered and ended: who says yes, who is refused, what each day brings."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from organizations.actor import Actor
from organizations.enums import Role, Via
from organizations.errors import Refused
from organizations.models import AuditEntry, Membership, Organization, OrganizationSettings, Team
from roles import permissions
from roles.domain.assignment import answer, assign_role, end_assignment, resume_assignment, update_assignment
from roles.domain.assignment_calendar import DISPATCH_KIND, end_due_assignments
from roles.domain.conflict import grant_exception, restore_exception, withdraw_exception
from roles.enums import AssignmentState, Side
from roles.models import AssignmentAnswer, ConflictException, RoleAssignment
from roles.queries.assignment import waiting_for, with_answers
from roles.queries.line import Lines
from tests.factories.organizations import TeamFactory
from tests.factories.roles import RoleAssignmentFactory
from tests.factories.worlds import World, make_member, make_organization, within
from tests.meanwhile import Other
from tests.queries import exactly
from tests.scheduled import scheduled

TODAY = date(2026, 11, 26)


@pytest.fixture
def _inside(world: World) -> Iterator[None]:
    with within(world.organization), time_machine.travel(datetime(2026, 11, 26, 12, tzinfo=UTC), tick=False):
        ConflictException.objects.all().delete()
        yield


inside = pytest.mark.usefixtures("_inside")


def acting(member: Membership) -> Actor:
    return Actor(Membership.objects.get(pk=member.pk), via=Via.WEB)


def a_coach(world: World) -> Membership:
    """Somebody who is in no team."""
    return make_member("Cora Coach", f"cora@{world.organization.slug}")


def proposed(world: World, coach: Membership, by: Membership, **values: Any) -> RoleAssignment:
    return assign_role(actor=acting(by), membership=coach, role=Role.COACH, **{"team": world.team, **values})


def asked(assignment: RoleAssignment) -> dict[str, bool | None]:
    return dict(AssignmentAnswer.objects.filter(assignment=assignment).values_list("side", "agrees"))


@inside
@pytest.mark.parametrize(("proposer", "said"), [("plo", Side.PLO), ("lead", Side.TEAM), ("coach", Side.COACH)])
def test_a_coach_is_in_force_with_the_last_yes(world: World, proposer: str, said: str) -> None:
    coach = a_coach(world)
    people = {Side.PLO: world.plo, Side.TEAM: world.lead, Side.COACH: coach}
    assignment = proposed(world, coach, coach if proposer == "coach" else getattr(world, proposer))
    assert asked(assignment) == {side: True if side == said else None for side in people}
    for side in [side for side in people if side != said]:
        assert not acting(coach).holds(Role.COACH, world.team.pk)
        assert [one.pk for one in waiting_for(acting(people[side])) if one.membership == coach] == [assignment.pk]
        answer(actor=acting(people[side]), assignment=assignment, side=side, agrees=True)
    assert RoleAssignment.objects.get(pk=assignment.pk).state == AssignmentState.ACTIVE
    assert acting(coach).holds(Role.COACH, world.team.pk)
    assert not acting(coach).holds(Role.COACH, world.root_team.pk)


@inside
def test_only_those_who_are_asked_answer(world: World) -> None:
    coach = a_coach(world)
    assignment = RoleAssignment.objects.select_related("team").get(pk=proposed(world, coach, world.plo).pk)
    may = {
        side: {
            name
            for name, person in {"coach": coach, "lead": world.lead, "plo": world.plo, "member": world.member}.items()
            if permissions.answer_assignment(acting(person), assignment, side)
        }
        for side in Side
    }
    assert may == {Side.PLO: {"plo"}, Side.COACH: {"coach"}, Side.TEAM: {"lead"}, Side.PERSON: set()}


@inside
def test_a_no_needs_a_reason_and_ends_it(world: World) -> None:
    coach = a_coach(world)
    assignment = proposed(world, coach, world.plo)
    with pytest.raises(Refused, match="Say why not"):
        answer(actor=acting(world.lead), assignment=assignment, side=Side.TEAM, agrees=False, reason=" ")
    declined = answer(actor=acting(world.lead), assignment=assignment, side=Side.TEAM, agrees=False, reason="Too soon")
    assert (declined.state, declined.reason) == (AssignmentState.DECLINED, "Too soon")
    with pytest.raises(Refused, match="answered or withdrawn meanwhile"):
        answer(actor=acting(coach), assignment=assignment, side=Side.COACH, agrees=True)
    assert not acting(coach).roles


@inside
def test_a_team_without_anybody_who_could_answer_is_not_asked(world: World) -> None:
    coach = a_coach(world)
    Team.objects.update(lead=None)
    assert asked(proposed(world, coach, world.plo)) == {Side.PLO: True, Side.COACH: None}


@inside
def test_the_next_lead_above_answers_for_a_team_without_one(world: World) -> None:
    Team.objects.filter(pk=world.team.pk).update(lead=world.placeholder)
    assignment = proposed(world, a_coach(world), world.plo)
    team = AssignmentAnswer.objects.get(assignment=assignment, side=Side.TEAM)
    assert team.answered_by == world.administrator
    read = RoleAssignment.objects.select_related("team").get(pk=assignment.pk)
    assert permissions.answer_assignment(acting(world.administrator), read, Side.TEAM)


@inside
@pytest.mark.parametrize(
    ("who", "where", "reason"),
    [
        ("lead", "team", "Lena Acme leads Sales Acme"),
        ("administrator", "team", "Anna Acme leads Company Acme, which Sales Acme belongs to"),
        ("manager", "team", "Lena Acme, who leads Sales Acme, reports to Mara Manager"),
    ],
)
def test_nobody_coaches_their_own_line(world: World, who: str, where: str, reason: str) -> None:
    manager = make_member("Mara Manager", "mara@acme")
    Membership.objects.filter(pk=world.lead.pk).update(manager=manager)
    person = manager if who == "manager" else getattr(world, who)
    with pytest.raises(Refused) as refused:
        proposed(world, person, world.plo)
    assert list(refused.value.error_dict) == ["membership"]
    assert reason in refused.value.messages[0]
    assert not RoleAssignment.objects.filter(membership=person, team=world.team).exists()


@inside
def test_nobody_coaches_a_person_of_their_own_line_or_themselves(world: World) -> None:
    for coach, reason in (
        (world.member, "Nobody coaches themselves"),
        (world.lead, "reports to Lena"),
        (world.administrator, "reports to Anna"),
    ):
        with pytest.raises(Refused, match=reason):
            proposed(world, coach, world.plo, team=None, person=world.member)
    assert asked(proposed(world, a_coach(world), world.plo, team=None, person=world.member)) == {
        Side.PLO: True,
        Side.COACH: None,
        Side.PERSON: None,
    }


@inside
def test_the_own_line_of_a_coach_of_the_whole_organization_is_carved_out(world: World) -> None:
    below = TeamFactory.create(name="Below sales", slug="below", parent=world.team)
    beside = TeamFactory.create(name="Beside", slug="beside", parent=world.root_team)
    RoleAssignmentFactory.create(membership=world.lead, role=Role.COACH)
    coached = {team.slug for team in Team.objects.all() if acting(world.lead).holds(Role.COACH, team.pk)}
    assert coached == {"company", "beside"}
    grant_exception(actor=acting(world.plo), membership=world.lead, team=below, reason="No one else", ends_on=TODAY)
    assert acting(world.lead).holds(Role.COACH, below.pk)
    with time_machine.travel(datetime(2026, 11, 27, 12, tzinfo=UTC), tick=False):
        assert not acting(world.lead).holds(Role.COACH, below.pk)
        assert acting(world.lead).holds(Role.COACH, beside.pk)


@inside
def test_who_is_above_in_memory_and_in_the_database_agree(world: World) -> None:
    deep = TeamFactory.create(name="Deep", slug="deep", parent=TeamFactory.create(parent=world.team, lead=world.member))
    TeamFactory.create(name="Apart", slug="apart", parent=world.root_team, lead=world.plo)
    Membership.objects.filter(pk=world.plo.pk).update(manager=world.member)
    people = list(Membership.objects.filter(user__isnull=False))
    RoleAssignment.objects.all().delete()
    for person in people:
        RoleAssignmentFactory.create(membership=person, role=Role.COACH)
    lines, seen = Lines(), 0
    for person in people:
        for team in Team.objects.all():
            seen += lines.stands_above(person.pk, team.pk)
            assert lines.stands_above(person.pk, team.pk) != acting(person).holds(Role.COACH, team.pk)
    assert seen > 8
    assert lines.stands_above(world.member.pk, deep.pk)


@inside
def test_an_exception_is_never_ones_own_and_has_a_last_day(world: World) -> None:
    RoleAssignmentFactory.create(membership=world.lead, role=Role.PLO)
    given = {"membership": world.lead, "team": world.team, "reason": "Until January", "ends_on": TODAY}
    with pytest.raises(Refused, match="Nobody grants themselves"):
        grant_exception(actor=acting(world.lead), **given)
    assert not permissions.grant_exception(acting(world.lead), world.lead, world.team)
    assert permissions.grant_exception(acting(world.plo), world.lead, world.team)
    for wrong, reason in (
        ({"reason": " "}, "Say why"),
        ({"ends_on": TODAY - timedelta(days=1)}, "nor in the past"),
        ({"ends_on": TODAY + timedelta(days=400)}, "a year at most"),
        ({"membership": world.member}, "may coach this team anyway"),
    ):
        with pytest.raises(Refused, match=reason):
            grant_exception(actor=acting(world.plo), **{**given, **wrong})
    exception = grant_exception(actor=acting(world.plo), **given)
    granted = proposed(world, world.lead, world.plo)
    assert asked(granted)[Side.PLO]
    end_assignment(actor=acting(world.plo), assignment=granted)
    withdraw_exception(actor=acting(world.plo), exception=exception)
    with pytest.raises(Refused, match="Nobody grants themselves"):
        restore_exception(actor=acting(world.lead), exception=exception)
    with pytest.raises(Refused, match="leads Sales"):
        proposed(world, world.lead, world.plo)


@inside
def test_a_conflict_that_came_up_since_is_refused_with_the_last_yes(world: World) -> None:
    coach = a_coach(world)
    assignment = proposed(world, coach, world.plo)
    answer(actor=acting(world.lead), assignment=assignment, side=Side.TEAM, agrees=True)
    Team.objects.filter(pk=world.root_team.pk).update(lead=coach)
    with pytest.raises(Refused, match="leads Company"):
        answer(actor=acting(coach), assignment=assignment, side=Side.COACH, agrees=True)


@inside
@pytest.mark.parametrize(("gone", "reason"), [("coach", "has left"), ("team", "is archived")])
def test_who_or_what_has_gone_since_is_refused_with_the_last_yes(world: World, gone: str, reason: str) -> None:
    coach = a_coach(world)
    assignment = proposed(world, coach, coach)
    answer(actor=acting(world.lead), assignment=assignment, side=Side.TEAM, agrees=True)
    if gone == "coach":
        Membership.objects.filter(pk=coach.pk).update(deactivated_at=timezone.now())
    else:
        Team.objects.filter(pk=world.team.pk).update(archived_at=timezone.now())
    with pytest.raises(Refused, match=reason):
        answer(actor=acting(world.plo), assignment=assignment, side=Side.PLO, agrees=True)
    assert RoleAssignment.objects.get(pk=assignment.pk).is_proposed


@inside
def test_a_role_is_held_once_at_a_time(world: World) -> None:
    give = {"membership": world.member, "role": Role.SPONSOR}
    first = assign_role(actor=acting(world.plo), **give, ends_on=TODAY)
    with pytest.raises(Refused, match="holds this role in these days"):
        assign_role(actor=acting(world.plo), **give)
    later = assign_role(actor=acting(world.plo), **give, starts_on=TODAY + timedelta(days=1))
    assert (first.state, later.state) == (AssignmentState.ACTIVE, AssignmentState.ACTIVE)
    assert acting(world.member).holds(Role.SPONSOR)


@inside
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"ends_on": TODAY - timedelta(days=1), "starts_on": TODAY - timedelta(days=9)}, "ends_on"),
        ({"ends_on": TODAY, "starts_on": TODAY + timedelta(days=9)}, "ends_on"),
        ({"starts_on": date(1999, 12, 31)}, "starts_on"),
        ({"starts_on": date(2037, 1, 1)}, "starts_on"),
        ({"ends_on": date(2037, 1, 1)}, "ends_on"),
        ({"person": "plo"}, "person"),
        ({"role": Role.COACH, "person": "plo", "team": "team"}, "person"),
        ({"role": Role.PLO, "membership": "placeholder"}, "membership"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_field(world: World, wrong: dict[str, Any], field: str) -> None:
    people = {name: getattr(world, value) for name, value in wrong.items() if name in ("membership", "person", "team")}
    with pytest.raises(Refused) as refused:
        assign_role(actor=acting(world.plo), **{"membership": world.member, "role": Role.SPONSOR, **wrong, **people})
    assert list(refused.value.error_dict) == [field]


@inside
def test_days_far_away_are_kept_where_they_are_and_not_entered_anew(world: World) -> None:
    old = RoleAssignmentFactory.create(membership=world.member, role=Role.SPONSOR, starts_on=date(1998, 1, 1))
    longest = date(2036, 12, 31)
    changed = update_assignment(
        actor=acting(world.plo), assignment=old, changes={"starts_on": old.starts_on, "ends_on": longest}
    )
    assert (changed.starts_on, changed.ends_on) == (date(1998, 1, 1), longest)
    for wrong in ({"starts_on": date(1998, 1, 2)}, {"ends_on": date(9999, 12, 31)}):
        with pytest.raises(Refused, match="Is the year right") as refused:
            update_assignment(actor=acting(world.plo), assignment=old, changes=wrong)
        assert list(refused.value.error_dict) == list(wrong)


@inside
def test_ended_by_hand_it_is_history_and_can_be_taken_back(world: World) -> None:
    last = TODAY + timedelta(days=30)
    assignment = assign_role(actor=acting(world.plo), membership=world.member, role=Role.SPONSOR, ends_on=last)
    ended = end_assignment(actor=acting(world.plo), assignment=assignment, reason="Left the board")
    assert (ended.state, ended.ends_on, ended.reason) == (AssignmentState.ENDED, TODAY, "Left the board")
    assert not acting(world.member).holds(Role.SPONSOR)
    with pytest.raises(Refused, match="has ended"):
        update_assignment(actor=acting(world.plo), assignment=assignment, changes={"ends_on": None})
    again = resume_assignment(actor=acting(world.plo), assignment=assignment)
    assert (again.state, again.ends_on, again.reason) == (AssignmentState.ACTIVE, last, "")
    assert acting(world.member).holds(Role.SPONSOR)
    verbs = AuditEntry.objects.filter(object_id=str(assignment.pk)).order_by("at", "pk").values_list("verb", flat=True)
    assert list(verbs) == ["assigned", "ended", "resumed"]


@inside
def test_a_role_ends_by_itself_at_the_midnight_of_the_organization(world: World) -> None:
    OrganizationSettings.objects.update(time_zone="Pacific/Auckland")  # 13 hours ahead
    assignment = assign_role(
        actor=acting(world.plo), membership=world.member, role=Role.SPONSOR, ends_on=date(2026, 11, 28)
    )
    due = scheduled(world.organization, DISPATCH_KIND)
    assert due == datetime(2026, 11, 28, 11, tzinfo=UTC)
    with time_machine.travel(due - timedelta(seconds=1), tick=False):
        assert acting(world.member).holds(Role.SPONSOR)
        assert end_due_assignments() == 0
    with time_machine.travel(due, tick=False):
        assert not acting(world.member).holds(Role.SPONSOR)
        assert (end_due_assignments(), end_due_assignments()) == (1, 0)
        with pytest.raises(Refused, match="would have ended by now"):
            resume_assignment(actor=acting(world.plo), assignment=assignment)
    assert RoleAssignment.objects.get(pk=assignment.pk).state == AssignmentState.ENDED
    assert AuditEntry.objects.get(object_id=str(assignment.pk), verb="ended").actor is None


@inside
def test_the_last_program_lead_office_stays(world: World) -> None:
    with pytest.raises(Refused, match="Nobody else is in the Program Lead Office"):
        end_assignment(actor=acting(world.plo), assignment=world.role_assignment)
    other = assign_role(actor=acting(world.plo), membership=world.lead, role=Role.PLO)
    end_assignment(actor=acting(world.plo), assignment=world.role_assignment)
    with pytest.raises(Refused, match="Nobody else"):
        end_assignment(actor=acting(world.lead), assignment=other)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_step_down_at_once_one_stays() -> None:
    world = make_organization("acme")
    with within(world.organization):
        other = assign_role(actor=acting(world.plo), membership=world.lead, role=Role.PLO)
    with within(world.organization):
        end_assignment(actor=acting(world.plo), assignment=world.role_assignment)
        second = Other(
            Organization.objects.get(pk=world.organization.pk),
            lambda: end_assignment(actor=acting(world.lead), assignment=other),
        )
        assert second.waits()
    assert isinstance(second.end(), Refused)
    with within(world.organization):
        assert list(RoleAssignment.objects.filter(role=Role.PLO, state=AssignmentState.ACTIVE)) == [other]


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_at_once_one_is_told() -> None:
    world = make_organization("acme")
    with within(world.organization):
        assignment = proposed(world, a_coach(world), world.plo)
    with within(world.organization):
        answer(actor=acting(world.lead), assignment=assignment, side=Side.TEAM, agrees=False, reason="No")
        second = Other(
            Organization.objects.get(pk=world.organization.pk),
            lambda: answer(actor=acting(world.lead), assignment=assignment, side=Side.TEAM, agrees=True),
        )
        assert second.waits()
    assert "meanwhile" in str(second.end())


@inside
def test_a_scoped_program_lead_office_rules_only_its_unit(world: World) -> None:
    other = TeamFactory.create(name="Beside", slug="beside", parent=world.root_team)
    RoleAssignmentFactory.create(membership=world.member, role=Role.PLO, team=world.team)
    actor = acting(world.member)
    may = [
        bool(permissions.assign_role(actor, Role.COACH, team)) for team in (world.team, other, world.root_team, None)
    ]
    assert may == [True, False, False, False]


@inside
def test_an_administrator_appoints_the_office_only_where_there_is_none(world: World) -> None:
    administrator = acting(world.administrator)
    assert not permissions.assign_role(administrator, Role.PLO)
    RoleAssignment.objects.all().delete()
    assert permissions.assign_role(administrator, Role.PLO)
    assert not permissions.assign_role(administrator, Role.SPONSOR)
    assert not permissions.assign_role(administrator, Role.PLO, world.team)


@inside
def test_statements_do_not_grow_with_roles_and_teams(world: World) -> None:
    for number in range(20):
        unit = TeamFactory.create(name=f"Unit {number}", slug=f"unit-{number}", parent=world.root_team)
        RoleAssignmentFactory.create(membership=world.member, role=Role.COACH, team=unit)
    actor = acting(world.member)
    with exactly(2):
        assert len(actor.roles) == 20
    with exactly(2):
        assert len(list(with_answers(RoleAssignment.objects.standing()))) == 23


@inside
def test_the_last_office_does_not_begin_later(world: World) -> None:
    held = RoleAssignment.objects.get(membership=world.plo, role=Role.PLO)
    with pytest.raises(Refused, match="Nobody else is in the Program Lead Office"):
        update_assignment(actor=acting(world.plo), assignment=held, changes={"starts_on": TODAY + timedelta(days=9)})
    assert acting(world.plo).holds(Role.PLO)


@inside
def test_nobody_extends_their_own_part(world: World) -> None:
    theo = make_member("Theo Part", "theo@acme")
    held = RoleAssignmentFactory.create(membership=theo, role=Role.PLO, team=world.team, ends_on=TODAY)
    assert not permissions.edit_assignment(acting(theo), held)
    assert permissions.edit_assignment(acting(world.plo), held)
    with pytest.raises(Refused, match="Nobody extends their own role"):
        assign_role(
            actor=acting(theo),
            membership=theo,
            role=Role.PLO,
            team=world.team,
            starts_on=TODAY + timedelta(days=1),
        )
