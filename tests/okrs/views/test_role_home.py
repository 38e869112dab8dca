"""What My week shows to those who hold a role."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from okrs.enums import Level
from organizations.enums import Role
from organizations.models import Membership, OrganizationSettings
from tests.factories.okrs import ObjectiveFactory
from tests.factories.roles import RoleAssignmentFactory
from tests.factories.worlds import World, client_of, make_member, within
from tests.queries import exactly

pytestmark = pytest.mark.django_db


def week(member: Membership) -> str:
    answer = client_of(member).get(reverse("okrs:week", args=["acme"]))
    assert answer.status_code == 200
    return answer.content.decode()


def holder(world: World, role: str, **fields: object) -> Membership:
    with within(world.organization):
        OrganizationSettings.objects.update(coaching=True)
        member = make_member("Rosa Role", "rosa@acme", first_steps_dismissed=True)
        RoleAssignmentFactory.create(membership=member, role=role, **fields)
        ObjectiveFactory.create(cycle=world.cycle, level=Level.ORGANIZATION, team=None, title="Be the safest choice")
    return member


@pytest.mark.parametrize(
    ("role", "page"),
    [
        (Role.PLO, "okrs:cycles"),
        (Role.COACH, "okrs:coach_home"),
        (Role.SPONSOR, "okrs:roadmap"),
        (Role.LEADERSHIP, "okrs:alignment"),
    ],
)
def test_a_role_is_shown_with_the_pages_it_is_about(world: World, role: str, page: str) -> None:
    day = timezone.localdate() + timedelta(days=12)
    shown = week(holder(world, role, team=world.team if role in (Role.PLO, Role.COACH) else None, ends_on=day))
    card = shown[shown.index("My roles") :]
    assert str(Role(role).label) in card
    assert f'href="{reverse(page, args=["acme"])}"' in card
    assert (world.team.name if role in (Role.PLO, Role.COACH) else world.organization.name) in card
    assert f"until {day:%m/%d/%Y}" in card
    assert ("Be the safest choice" in shown) == (role in (Role.SPONSOR, Role.LEADERSHIP))


def test_without_a_role_nothing_is_said_of_roles(world: World) -> None:
    with within(world.organization):
        OrganizationSettings.objects.update(coaching=True)
    shown = week(world.member)
    assert "My roles" not in shown
    assert "Objectives of the organization" not in shown


@pytest.mark.parametrize("number", [1, 5])
def test_the_queries_of_a_sponsor(world: World, number: int) -> None:
    sponsor = holder(world, Role.SPONSOR)
    with within(world.organization):
        for _place in range(number):
            ObjectiveFactory.create(cycle=world.cycle, level=Level.ORGANIZATION, team=None)
            RoleAssignmentFactory.create(membership=sponsor, role=Role.LEADERSHIP)
    week(sponsor)
    client = client_of(sponsor)
    url = reverse("okrs:week", args=["acme"])
    client.get(url)
    with exactly(20):
        client.get(url)
