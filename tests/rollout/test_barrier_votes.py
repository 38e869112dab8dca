"""Votes on barriers: how many each has, what the sums tell, and two at once."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from organizations.errors import Refused
from rollout.domain.barrier import answer_barrier, remove_barrier, restore_barrier
from rollout.domain.barrier_collection import close_collection
from rollout.domain.barrier_vote import set_votes
from rollout.models import Barrier, BarrierVote
from rollout.models.readiness import VOTES
from rollout.queries.readiness import readiness_page, votes_left
from tests.factories.rollout import BarrierFactory, BarrierVoteFactory
from tests.factories.worlds import World, make_organization, within
from tests.rollout.barriers import again, asking, at_once
from tests.told import acting


@pytest.fixture
def inside(world: World) -> Iterator[World]:
    with within(world.organization):
        yield world


class TestVotes:
    def test_five_spread_freely_and_back(self, inside: World) -> None:
        plan = asking(inside)
        one, other = BarrierFactory(plan=plan), BarrierFactory(plan=plan)
        elsewhere = BarrierFactory(plan=asking(inside))
        member = acting(inside.member)
        assert set_votes(actor=member, barrier=elsewhere, count=VOTES) == 0
        assert set_votes(actor=member, barrier=one, count=3) == 2
        assert set_votes(actor=member, barrier=other, count=2) == 0
        for count in (3, VOTES + 1, -1):
            with pytest.raises(Refused) as refused:
                set_votes(actor=member, barrier=other, count=count)
            assert list(refused.value.error_dict) == ["count"]
        assert set_votes(actor=member, barrier=one, count=0) == 3
        assert set_votes(actor=member, barrier=other, count=VOTES) == 0
        assert votes_left(member, plan) == 0
        assert BarrierVote.objects.filter(barrier__plan=plan).count() == 1

    def test_only_back_from_what_has_its_answer(self, inside: World) -> None:
        barrier = BarrierFactory(plan=asking(inside))
        member = acting(inside.member)
        set_votes(actor=member, barrier=barrier, count=2)
        answer_barrier(actor=acting(inside.plo), barrier=barrier, changes={"answer": "So", "state": "solved"})
        with pytest.raises(Refused, match="has its answer"):
            set_votes(actor=member, barrier=barrier, count=3)
        assert set_votes(actor=member, barrier=barrier, count=1) == 4
        assert set_votes(actor=member, barrier=barrier, count=0) == 5

    def test_a_barrier_that_comes_back_passes_no_limit(self, inside: World) -> None:
        plan = asking(inside)
        gone, other = BarrierFactory(plan=plan), BarrierFactory(plan=plan)
        member, lead, plo = acting(inside.member), acting(inside.lead), acting(inside.plo)
        for actor in (member, lead, plo):
            set_votes(actor=actor, barrier=gone, count=4)
        remove_barrier(actor=plo, barrier=gone)
        assert votes_left(member, plan) == VOTES
        with pytest.raises(Refused, match="taken away"):
            set_votes(actor=member, barrier=gone, count=1)
        set_votes(actor=member, barrier=other, count=VOTES)
        set_votes(actor=lead, barrier=other, count=2)
        restore_barrier(actor=plo, barrier=gone)
        assert [votes_left(actor, plan) for actor in (member, lead, plo)] == [0, 0, 1]
        assert dict(BarrierVote.objects.filter(barrier=gone).values_list("membership", "count")) == {
            inside.lead.pk: 3,
            inside.plo.pk: 4,
        }

    def test_sums_show_once_it_has_ended_and_never_who(self, inside: World) -> None:
        plan = asking(inside)
        few, many = BarrierFactory(plan=plan, pk=UUID(int=1)), BarrierFactory(plan=plan, pk=UUID(int=2))
        set_votes(actor=acting(inside.member), barrier=few, count=1)
        for person in (inside.member, inside.lead):
            set_votes(actor=acting(person), barrier=many, count=2)

        def shown() -> list[tuple[Barrier, int | None, int]]:
            rows = readiness_page(acting(inside.member), again(plan)).rows
            return [(row.barrier, row.votes, row.my_votes) for row in rows]

        assert shown() == [(few, None, 1), (many, None, 2)]
        close_collection(actor=acting(inside.plo), plan=plan)
        assert shown() == [(many, 4, 2), (few, 1, 1)]
        # What is open goes first.
        answer_barrier(actor=acting(inside.plo), barrier=many, changes={"answer": "So", "state": "accepted"})
        assert [row[0] for row in shown()] == [few, many]


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_one_person_does_not_pass_the_limit(self) -> None:
        world = make_organization("acme")
        with within(world.organization):
            plan = asking(world)
            one, other = BarrierFactory(plan=plan), BarrierFactory(plan=plan)
        member = acting(world.member)
        failures = at_once(
            world,
            lambda: set_votes(actor=member, barrier=one, count=3),
            lambda: set_votes(actor=member, barrier=other, count=3),
        )
        assert [type(failure) for failure in failures] == [Refused]
        with within(world.organization):
            assert [vote.count for vote in BarrierVote.objects.filter(membership=world.member)] == [3]

    def test_two_people_both_count(self) -> None:
        world = make_organization("acme")
        with within(world.organization):
            plan = asking(world)
            barrier = BarrierFactory(plan=plan)
        failures = at_once(
            world,
            lambda: set_votes(actor=acting(world.member), barrier=barrier, count=2),
            lambda: set_votes(actor=acting(world.lead), barrier=barrier, count=5),
        )
        assert failures == []
        with within(world.organization):
            assert sorted(BarrierVote.objects.filter(barrier=barrier).values_list("count", flat=True)) == [2, 5]


def test_the_database_holds_the_votes(inside: World) -> None:
    barrier = BarrierFactory(plan=asking(inside))
    for count in (0, VOTES + 1):
        with pytest.raises(IntegrityError), transaction.atomic():
            BarrierVoteFactory(barrier=barrier, count=count)
