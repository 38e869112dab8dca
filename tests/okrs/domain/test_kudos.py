"""Celebrating people by name."""

from collections.abc import Iterator

import pytest

from okrs import talk_permissions as permissions
from okrs.domain.kudos import celebrate, remove_kudos, restore_kudos
from okrs.enums import Phase
from okrs.models import Kudos
from okrs.queries.kudos import all_kudos, kudos_of_team
from organizations.actor import Actor
from organizations.enums import Via
from organizations.errors import Refused
from organizations.models import Membership
from tests.factories.okrs import KudosFactory, KudosPersonFactory, ReactionFactory
from tests.factories.worlds import World, within
from tests.queries import exactly


@pytest.fixture(autouse=True)
def _inside(world: World) -> Iterator[None]:
    with within(world.organization):
        yield


def acting(member: Membership) -> Actor:
    return Actor(Membership.objects.get(pk=member.pk), via=Via.WEB)


def test_those_named_and_others_besides(world: World) -> None:
    kudos = celebrate(actor=acting(world.plo), text="@Max Acme won a customer", team=world.team, people=[world.lead])
    assert set(kudos.people.values_list("membership", flat=True)) == {world.member.pk, world.lead.pk}
    newest, _earlier = kudos_of_team(acting(world.plo), world.team)
    assert [name for _id, name, _email in newest.people] == ["Lena Acme", "Max Acme"]


@pytest.mark.parametrize(
    ("text", "field"), [(" ", "text"), ("Something went well", "text"), ("@Max Acme", "objective")]
)
def test_what_is_refused(world: World, text: str, field: str) -> None:
    with pytest.raises(Refused) as caught:
        celebrate(actor=acting(world.lead), text=text, objective=world.private_objective)
    # A private objective is refused before anybody is looked for.
    assert list(caught.value.error_dict) == ["text" if not text.strip() else "objective"]
    if field == "text":
        with pytest.raises(Refused) as caught:
            celebrate(actor=acting(world.lead), text=text)
        assert list(caught.value.error_dict) == ["text"]


def test_a_closed_cycle_is_read_only(world: World) -> None:
    """Its objectives are celebrated no more; people are, and what was said before can still be taken away."""
    world.objective.cycle.phase = Phase.CLOSED
    world.objective.cycle.save(update_fields=["phase"])
    with pytest.raises(Refused) as caught:
        celebrate(actor=acting(world.lead), text="@Max Acme", team=world.team, objective=world.objective)
    assert list(caught.value.error_dict) == ["objective"]
    assert celebrate(actor=acting(world.lead), text="@Max Acme", team=world.team).objective is None
    assert remove_kudos(actor=acting(world.lead), kudos=world.kudos).removed_at is not None


def test_kudos_of_what_became_private_are_no_longer_told(world: World) -> None:
    kudos = KudosFactory(team=world.team, objective=world.private_objective)
    assert kudos.pk in {one.kudos.pk for one in all_kudos(acting(world.lead))}
    assert kudos.pk not in {one.kudos.pk for one in all_kudos(acting(world.member), world.team)}
    assert kudos.pk not in {one.kudos.pk for one in kudos_of_team(acting(world.administrator), world.team)}


def test_they_come_back_only_by_the_hand_that_removed_them(world: World) -> None:
    named, author = acting(world.member), acting(world.lead)
    people = [world.member.pk]
    assert permissions.remove_kudos(named, world.kudos, people)
    assert not permissions.remove_kudos(acting(world.administrator), world.kudos, people)
    remove_kudos(actor=named, kudos=world.kudos)
    assert kudos_of_team(author, world.team) == []
    assert not permissions.restore_kudos(author, world.kudos)
    assert permissions.restore_kudos(named, world.kudos)
    restore_kudos(actor=named, kudos=world.kudos)
    assert Kudos.objects.standing().count() == 1


@pytest.mark.parametrize("number", [1, 4])
def test_one_query_however_many(world: World, number: int) -> None:
    for _place in range(number):
        kudos = KudosFactory(team=world.team)
        KudosPersonFactory(kudos=kudos, membership=world.member)
        ReactionFactory(comment=None, kudos=kudos, membership=world.lead)
    actor = acting(world.member)
    with exactly(1):
        found = kudos_of_team(actor, world.team)
    assert found[0].reactions[0].names == ("Lena Acme",)
