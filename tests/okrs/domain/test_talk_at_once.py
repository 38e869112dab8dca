"""Two people who decide or react at the same moment, on connections of their own."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from okrs.domain.proposal import adopt_proposal, decline_proposal
from okrs.domain.reaction import react
from okrs.models import Objective, Proposal, Reaction
from organizations.actor import Actor
from organizations.enums import Via
from organizations.errors import Refused
from organizations.models import AuditEntry, Membership
from tests.factories.okrs import ProposalFactory
from tests.factories.worlds import World, make_organization, within

pytestmark = pytest.mark.django_db(transaction=True)
TURNS = 4


def acting(member: Membership) -> Actor:
    return Actor(Membership.objects.get(pk=member.pk), via=Via.WEB)


def at_once(world: World, *steps: Callable[[], Any]) -> list[str]:
    """Run steps at the same time on connections of their own; return what the refused ones were told."""
    start = threading.Barrier(len(steps), timeout=20)
    told: list[str] = []
    failures: list[BaseException] = []

    def run(step: Callable[[], Any]) -> None:
        try:
            start.wait()
            with within(world.organization):
                step()
        except Refused as refused:
            told.extend(refused.messages)
        except BaseException as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(step,)) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert failures == []
    return told


def test_one_adopts_while_another_declines() -> None:
    world = make_organization("acme")
    for _turn in range(TURNS):
        with within(world.organization):
            proposal = ProposalFactory(team=world.team)
        told = at_once(
            world,
            lambda one=proposal: adopt_proposal(actor=acting(world.lead), proposal=one, cycle=world.cycle),
            lambda one=proposal: decline_proposal(actor=acting(world.plo), proposal=one, reason="No"),
        )
        with within(world.organization):
            now = Proposal.objects.get(pk=proposal.pk)
            became = Objective.objects.filter(title=proposal.title).count()
        assert len(told) == 1
        assert (now.state, became) in [("adopted", 1), ("declined", 0)]


def test_a_word_said_twice_at_once_counts_once() -> None:
    world = make_organization("acme")
    for kind in ("like", "celebrate", "support", "thinking"):
        say = [lambda one=kind: react(actor=acting(world.member), thing=world.comment, kind=one)] * 2
        assert at_once(world, *say) == []
    with within(world.organization):
        assert Reaction.objects.filter(membership=world.member).count() == 4
        assert AuditEntry.objects.filter(verb="reacted").count() == 4
