"""Readiness and decisions about pilots through the API."""

from collections.abc import Callable

import pytest

from rollout.enums import PlanState
from rollout.models import Barrier, BarrierCollection, RolloutPlan
from tests.api.conftest import Program, fields, problem
from tests.factories.rollout import BarrierCommentFactory, BarrierFactory, BarrierVoteFactory, RolloutPlanFactory
from tests.factories.worlds import World, within
from tests.queries import exactly


def test_barriers_votes_and_answers(world: World, program: Callable[..., Program]) -> None:
    with within(world.organization):
        draft = RolloutPlanFactory(state=PlanState.DRAFT)
    plan, member, plo = str(draft.pk), program(world.member), program(world.plo)
    said = {"plan": plan, "text": "No time", "group": "teams"}
    assert fields(member.ask("POST", "barriers/", said)) == ["plan"]
    assert fields(plo.ask("POST", "barrier-collections/", {"plan": plan})) == ["roles"]
    opened = plo.write("POST", "barrier-collections/", {"plan": plan, "for_everybody": True}, status=201)
    assert (opened["for_everybody"], opened["closed_at"]) == (True, None)
    made = member.write("POST", "barriers/", said, status=201)
    assert (made["author"], made["votes"], made["my_votes"], made["state"]) == (None, None, 0, "open")
    assert "created_at" not in made
    named = member.write("POST", "barriers/", said | {"text": "No room", "is_anonymous": False}, status=201)
    assert named["author"] == str(world.member.pk)
    path = f"barriers/{made['id']}/"
    assert member.write("POST", f"{path}vote/", {"count": 3}, status=200)["my_votes"] == 3
    assert fields(member.ask("POST", f"barriers/{named['id']}/vote/", {"count": 3})) == ["count"]
    problem(member.ask("PATCH", path, {"text": "Else"}), 422)
    assert member.write("PATCH", f"barriers/{named['id']}/", {"text": "No rooms"}, status=200)["text"] == "No rooms"
    problem(member.ask("PATCH", path, {"answer": "So"}), 403)
    comment = member.write("POST", "barrier-comments/", {"barrier": made["id"], "text": "Really"}, status=201)
    assert comment["author"] is None
    problem(member.ask("DELETE", f"barrier-comments/{comment['id']}/"), 403)
    answered = plo.write(
        "PATCH", path, {"answer": "An hour", "state": "answered", "owner": str(world.lead.pk)}, status=200
    )
    assert (answered["answer"], answered["owner"], answered["votes"]) == ("An hour", str(world.lead.pk), None)
    assert plo.write("POST", f"barrier-collections/{opened['id']}/close/", status=200)["closed_at"] is not None
    assert plo.get(path)["votes"] == 3
    assert [one["id"] for one in plo.get("barriers/", plan=plan, state="answered")["results"]] == [made["id"]]
    # A draft is nobody's but its readers' once nobody is asked any more.
    assert member.get("barriers/", plan=plan)["results"] == []
    problem(member.ask("GET", path), 403)
    assert plo.ask("DELETE", path).status_code == 204
    problem(plo.ask("GET", path), 404)
    assert plo.write("POST", f"{path}restore/", status=200)["votes"] == 3


def test_decisions(world: World, program: Callable[..., Program]) -> None:
    lead, phase = program(world.lead), str(world.plan_phase.pk)
    said = {"phase": phase, "verdict": "go", "reason": "It works"}
    problem(program(world.member).ask("POST", "pilot-decisions/", said), 403)
    assert fields(lead.ask("POST", "pilot-decisions/", said | {"verdict": "else"})) == ["verdict"]
    made = lead.write("POST", "pilot-decisions/", said, status=201)
    assert (made["decided_by"], made["verdict"]) == (str(world.lead.pk), "go")
    (criterion,) = made["content"]["criteria"]
    assert (criterion["text"], criterion["is_met"], criterion["teams"]) == (world.criterion.text, None, None)
    assert len(lead.get("pilot-decisions/", phase=phase)["results"]) == 2
    for method in ("PATCH", "DELETE"):
        problem(lead.ask(method, f"pilot-decisions/{made['id']}/", {"reason": "Else"}), 405)
    assert program(world.member).get("pilot-decisions/")["results"] == []


@pytest.mark.parametrize("number", [1, 50])
def test_lists_cost_the_same(world: World, program: Callable[..., Program], number: int) -> None:
    with within(world.organization):
        BarrierCollection.objects.update(for_everybody=True, roles=[])
        Barrier.objects.all().delete()
        for _place in range(number):
            barrier = BarrierFactory(plan=RolloutPlan.objects.get(pk=world.plan.pk), author=world.lead)
            BarrierVoteFactory(barrier=barrier, membership=world.lead)
            BarrierCommentFactory(barrier=barrier, author=world.lead)
    member = program(world.member)
    member.get("barriers/")  # now the token has been used
    for path, queries in (("barriers/", 5), ("barrier-comments/", 5), ("barrier-collections/", 5)):
        with exactly(queries):
            assert len(member.get(path)["results"]) == (1 if "collections" in path else number)
