"""Who is who: everybody with a part, how to reach them, and whom one turns to oneself."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from organizations.enums import Role
from organizations.models import Membership
from tests.factories.organizations import MembershipFactory, TeamFactory
from tests.factories.roles import RoleAssignmentFactory, RoleProfileFactory
from tests.factories.worlds import World, client_of, within
from tests.queries import exactly


@pytest.fixture
def base(world: World) -> str:
    return f"/o/{world.organization.slug}/roles/"


def text_of(answer: Any) -> str:
    """Return what a page says, without its tags."""
    assert answer.status_code == 200
    content = answer.content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", content[content.index("<main") :]).split())


def test_everybody_sees_who_is_who(world: World, base: str) -> None:
    until = timezone.localdate() + timedelta(days=90)
    with within(world.organization):
        Membership.objects.filter(pk=world.member.pk).update(is_employee_representative=True)
        coach = MembershipFactory.create(display_name="Cora Coach", title="Trainer")
        RoleAssignmentFactory.create(
            membership=coach, role=Role.COACH, team=world.team, ends_on=until, is_external=True
        )
        RoleAssignmentFactory.create(membership=world.lead, role=Role.PLO, team=world.team)
        RoleAssignmentFactory.create(
            membership=world.lead, role=Role.LEADERSHIP, ends_on=timezone.localdate() - timedelta(1)
        )
        RoleProfileFactory.create(role=Role.PLO, name="OKR Office")
    client = client_of(world.member)
    answer = client.get(base)
    words = text_of(answer)
    assert f'mailto:{world.plo.email}"' in answer.content.decode()
    assert "No sponsor yet" in words
    assert "Name somebody" not in words
    office = client_of(world.plo)
    link = re.search(r'href="([^"]+role=sponsor)"', office.get(base).content.decode())
    assert link is not None
    assert office.get(link[1]).status_code == 200
    assert f"OKR Office {world.plo.display_name[0]}" in words
    assert re.search(
        rf"Parts with roles of their own 1 {world.team.name} \w+ {world.lead.display_name} OKR Office", words
    )
    assert f"Cora Coach Trainer {world.team.name} External until" in words
    assert re.search(r"Leadership Nobody yet", words)
    assert re.search(rf"Employee representative \w+ {world.member.display_name}", words)
    assert re.search(rf"My lead \w+ {world.lead.display_name} {world.team.name}", words)
    assert re.search(rf"My OKR Coach \w+ Cora Coach Trainer {world.team.name}", words)
    # The office of the unit, not that of the organization.
    assert re.search(rf"My OKR Office \w+ {world.lead.display_name} {world.team.name}", words)
    paper = text_of(client.get(base, {"print": "1"}))
    assert "Whom I turn to" not in paper
    assert world.plo.display_name in paper


def test_people_are_found_by_a_part_of_their_name(world: World, base: str) -> None:
    client = client_of(world.member)
    words = text_of(client.get(base, {"q": "petra"}))
    assert re.search(rf"Found 1 \w+ {world.plo.display_name} Program Lead Office", words)
    assert re.search(
        rf"Found 1 \w+ {world.lead.display_name} {world.team.name}", text_of(client.get(base, {"q": "lena"}))
    )
    assert "Nobody of this name" in text_of(client.get(base, {"q": "nobody at all"}))


@pytest.mark.parametrize("many", [1, 60])
def test_many_people_take_as_many_queries(many: int, world: World, base: str) -> None:
    with within(world.organization):
        people = MembershipFactory.create_batch(40)
        for number in range(many):
            team = TeamFactory.create(parent=world.root_team, lead=people[number % 40])
            RoleAssignmentFactory.create(membership=people[number % 40], role=Role.COACH, team=team)
            RoleAssignmentFactory.create(membership=people[number % 40], role=Role.PLO, team=team)
    client = client_of(world.member)
    with exactly(17):
        text_of(client.get(base))
    with exactly(20):
        text_of(client.get(base, {"q": "a"}))
