"""What a person leaves behind."""

import pytest

from okrs.models import Cycle, KeyResult
from okrs.queries.holdings import holdings_of
from organizations.actor import Actor
from organizations.enums import Via
from tests.factories.worlds import World, within

pytestmark = pytest.mark.django_db


def test_what_somebody_owns_is_named_until_its_cycle_is_closed(world: World) -> None:
    with within(world.organization):
        actor = Actor(world.administrator, via=Via.WEB)
        world.objective.owner = world.member
        world.objective.save()
        KeyResult.objects.filter(pk=world.key_result.pk).update(owner=world.lead)
        titles = [title for title, _url in holdings_of(actor, world.member)]
        assert world.objective.title in titles
        assert world.key_result.title not in titles
        assert world.key_result.title in [title for title, _url in holdings_of(actor, world.lead)]
        Cycle.objects.update(phase="closed")
        assert holdings_of(actor, world.member) == []
