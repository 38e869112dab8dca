"""Coverage, load and who is who in the API."""

from collections.abc import Callable

import pytest

from organizations.enums import Role
from tests.api.conftest import Program
from tests.factories.organizations import MembershipFactory, TeamFactory
from tests.factories.roles import CoachProfileFactory, RoleAssignmentFactory
from tests.factories.worlds import World, within
from tests.queries import exactly


def test_coverage_and_load(world: World, program: Callable[..., Program]) -> None:
    plo = program(world.plo)
    with within(world.organization):
        coach = MembershipFactory.create(display_name="Cora Coach")
        RoleAssignmentFactory.create(membership=coach, role=Role.COACH, team=world.team)
        CoachProfileFactory.create(membership=coach, teams_wanted=0, hours_a_week="3.5")
    rows = {row["slug"]: row for row in plo.get("coverage/")["results"]}
    assert rows["sales"]["reach"] == "team"
    assert rows["sales"]["coaches"] == [str(coach.pk)]
    assert (rows["company"]["reach"], rows["company"]["proposed"]) == (None, str(world.member.pk))
    assert [row["slug"] for row in plo.get("coverage/", reach="none")["results"]] == ["company"]
    assert [row["slug"] for row in plo.get("coverage/", below=str(world.team.pk))["results"]] == ["sales"]
    assert plo.get("coverage/summary/") == {
        "teams": 2,
        "covered": 1,
        "organization_only": 0,
        "without": 1,
        "share": 0.5,
    }
    assert plo.get("coach-loads/")["results"] == [
        {
            "member": str(coach.pk),
            "name": "Cora Coach",
            "teams": 1,
            "shared": 0,
            "persons": 0,
            "teams_wanted": 0,
            "hours_a_week": 3.5,
            "over_capacity": True,
        }
    ]


def test_who_is_who_is_for_everybody_and_tells_nothing_of_persons_coached(
    world: World, program: Callable[..., Program]
) -> None:
    rows = program(world.member).get("who-is-who/")["results"]
    assert [(row["role"], row["label"], row["email"], row["team"]) for row in rows] == [
        ("plo", "Program Lead Office", world.plo.email, None)
    ]
    assert program(world.member).get("who-is-who/", role="sponsor")["results"] == []


@pytest.mark.parametrize("many", [1, 30])
def test_lists_take_as_many_queries(many: int, world: World, program: Callable[..., Program]) -> None:
    plo = program(world.plo)
    with within(world.organization):
        for _number in range(many):
            coach = MembershipFactory.create()
            RoleAssignmentFactory.create(membership=coach, role=Role.COACH, team=TeamFactory.create(parent=world.team))
    with exactly(11):
        plo.get("coverage/")
    with exactly(10):
        plo.get("coach-loads/")
    with exactly(4):
        plo.get("who-is-who/")
