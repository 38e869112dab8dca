"""Blockers are solved once, by who has to do with them, and can be opened again."""

from collections.abc import Iterator
from decimal import Decimal

import pytest

from okrs import permissions
from okrs.domain.blocker import reopen_blocker, solve_blocker
from okrs.domain.check_in import check_in, withdraw_check_in
from okrs.models import CheckIn
from okrs.queries.week import blockers_for
from organizations.actor import Actor
from organizations.enums import Via
from organizations.errors import Refused
from organizations.models import AuditEntry, Membership
from tests.factories.worlds import World, within


def acting(member: Membership) -> Actor:
    return Actor(member, via=Via.WEB)


@pytest.fixture
def inside(world: World) -> Iterator[World]:
    with within(world.organization):
        yield world


@pytest.fixture
def blocked(inside: World) -> CheckIn:
    """The member says that the administrator, who is in another team, can help."""
    return check_in(
        actor=acting(inside.member),
        key_result=inside.key_result,
        value=Decimal(20),
        blocker="No budget",
        helper=inside.administrator,
    )


def test_it_waits_until_it_is_solved(inside: World, blocked: CheckIn) -> None:
    helper = acting(inside.administrator)
    assert [one.blocker for one in blockers_for(helper)] == ["No budget"]
    assert permissions.solve_blocker(helper, blocked)
    solved = solve_blocker(actor=helper, check_in=blocked)
    assert solved.solved_by == inside.administrator
    assert solved.solved_at is not None
    assert not blockers_for(helper)
    assert solve_blocker(actor=acting(inside.lead), check_in=blocked).solved_by == inside.administrator
    assert AuditEntry.objects.filter(verb="solved_blocker").count() == 1
    assert reopen_blocker(actor=helper, check_in=blocked).solved_at is None
    assert [one.blocker for one in blockers_for(helper)] == ["No budget"]


def test_nobody_else_says_so(inside: World, blocked: CheckIn) -> None:
    decision = permissions.solve_blocker(acting(inside.plo), blocked)
    assert not decision
    for person in (inside.member, inside.lead):
        assert permissions.solve_blocker(acting(person), blocked)


def test_where_nothing_is_in_the_way_nothing_is_solved(inside: World, blocked: CheckIn) -> None:
    free = check_in(actor=acting(inside.member), key_result=inside.milestone_key_result)
    withdraw_check_in(actor=acting(inside.member), check_in=blocked)
    for entry in (free, blocked):
        with pytest.raises(Refused, match="nothing that is in the way"):
            solve_blocker(actor=acting(inside.member), check_in=entry)
