"""Plans whose barriers are collected, and people who say some."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection

from organizations.models import Membership
from rollout.domain.barrier import add_barrier
from rollout.domain.barrier_collection import open_collection
from rollout.enums import BarrierGroup, PlanState
from rollout.models import Barrier, RolloutPlan
from tests.factories.rollout import RolloutPlanFactory
from tests.factories.worlds import World, within
from tests.told import acting


def asking(world: World, **fields: Any) -> RolloutPlan:
    """Return a draft whose barriers are collected from everybody."""
    plan = RolloutPlanFactory(**({"state": PlanState.DRAFT} | fields))
    open_collection(actor=acting(world.plo), plan=plan, for_everybody=True)
    return plan


def say(member: Membership, plan: RolloutPlan, **said: Any) -> Barrier:
    """Let a member say what is in the way."""
    values = {"text": " No time ", "group": BarrierGroup.TEAMS, "is_anonymous": False} | said
    return add_barrier(actor=acting(member), plan=plan, **values)


def again(plan: RolloutPlan) -> RolloutPlan:
    """Return a plan as it is in the database."""
    return RolloutPlan.objects.get(pk=plan.pk)


def at_once(world: World, *acts: Callable[[], Any]) -> list[BaseException]:
    """Do things at the same moment, each on a connection of its own; return what failed."""
    start = threading.Barrier(len(acts), timeout=20)
    failures: list[BaseException] = []

    def go(act: Callable[[], Any]) -> None:
        try:
            start.wait()
            with within(world.organization):
                act()
        except BaseException as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return failures
