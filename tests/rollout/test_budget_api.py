"""Budget lines, escalations and comments in the API: the same rules, for programs."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from rollout.enums import VersionState
from rollout.models import PlanVersion, RolloutPlan
from tests.api.conftest import Program, fields, problem, program  # noqa: F401 # a fixture
from tests.factories.rollout import (
    BudgetLineFactory,
    EscalationFactory,
    PlanCommentFactory,
    PlanOfficerFactory,
    PlanPhaseFactory,
    PlanVersionFactory,
    RolloutPlanFactory,
)
from tests.factories.worlds import World, within
from tests.queries import exactly

pytestmark = pytest.mark.django_db

Programs = Callable[..., Program]


@pytest.fixture
def plan(world: World) -> RolloutPlan:
    """A plan of which the lead is the sponsor, and the member its office."""
    with within(world.organization):
        made: RolloutPlan = RolloutPlanFactory.create(sponsor=world.lead)
        PlanOfficerFactory.create(plan=made, membership=world.member)
        return made


def test_lines_of_a_budget(world: World, plan: RolloutPlan, program: Programs) -> None:  # noqa: F811
    office, stranger = program(world.member), program(world.administrator)
    body: dict[str, Any] = {"plan": str(plan.pk), "category": "training", "planned": "1200.10"}
    made = office.write("POST", "budget-lines/", body, status=201)
    assert (made["planned"], made["actual"], made["forecast"], made["phase"]) == ("1200.10", "0.00", "1200.10", None)
    at = f"budget-lines/{made['id']}/"
    changed = office.write("PATCH", at, {"committed": "800.00", "actual": "950.05"}, status=200)
    assert changed["forecast"] == "1200.10"
    assert fields(office.ask("PATCH", at, {"planned": "-1"})) == ["planned"]
    assert fields(office.ask("PATCH", at, {"planned": "1.001"})) == ["planned"]
    with within(world.organization):
        elsewhere = PlanPhaseFactory.create()
    assert fields(office.ask("PATCH", at, {"phase": str(elsewhere.pk)})) == ["phase"]
    problem(stranger.ask("GET", at), 403)
    problem(stranger.ask("POST", "budget-lines/", body), 403)
    assert stranger.get("budget-lines/")["results"] == []
    office.write("DELETE", at, status=204)
    problem(office.ask("GET", at), 404)
    assert office.write("POST", f"{at}restore/", status=200)["actual"] == "950.05"
    assert [one["id"] for one in office.get("budget-lines/", plan=plan.pk, category="training")["results"]] == [
        made["id"]
    ]


def test_an_escalation(world: World, plan: RolloutPlan, program: Programs) -> None:  # noqa: F811
    office, sponsor, stranger = program(world.member), program(world.lead), program(world.administrator)
    body = {"plan": str(plan.pk), "title": "No time", "difficulty": "None.", "request": "Some.", "due_on": "2030-01-31"}
    made = office.write("POST", "escalations/", body, status=201)
    at = f"escalations/{made['id']}/"
    assert (made["state"], made["answer"]) == ("open", "")
    problem(sponsor.ask("POST", "escalations/", body), 403)
    assert office.write("PATCH", at, {"title": "Too little time"}, status=200)["title"] == "Too little time"
    problem(office.ask("POST", f"{at}answer/", {"answer": "Yes"}), 403)
    assert fields(sponsor.ask("POST", f"{at}answer/", {"answer": ""})) == ["answer"]
    answered = sponsor.write("POST", f"{at}answer/", {"answer": "They have Friday."}, status=200)
    assert (answered["state"], answered["answered_by"]) == ("answered", str(world.lead.pk))
    assert office.write("POST", f"{at}close/", status=200)["state"] == "closed"
    assert office.write("POST", f"{at}reopen/", status=200)["state"] == "answered"
    problem(stranger.ask("GET", at), 403)
    assert stranger.get("escalations/")["results"] == []
    assert len(sponsor.get("escalations/", plan=plan.pk, state="answered")["results"]) == 1


def test_comments(world: World, plan: RolloutPlan, program: Programs) -> None:  # noqa: F811
    sponsor, office, stranger = program(world.lead), program(world.member), program(world.administrator)
    body = {"plan": str(plan.pk), "text": "Start smaller."}
    made = sponsor.write("POST", "plan-comments/", body, status=201)
    at = f"plan-comments/{made['id']}/"
    problem(stranger.ask("POST", "plan-comments/", body), 403)
    problem(stranger.ask("GET", at), 403)
    problem(office.ask("DELETE", at), 403)
    assert office.get("plan-comments/", plan=plan.pk)["results"] == [made]
    sponsor.write("DELETE", at, status=204)
    assert office.get("plan-comments/", plan=plan.pk)["results"] == []
    assert sponsor.write("POST", f"{at}restore/", status=200) == made


def test_asking_for_more_money(world: World, plan: RolloutPlan, program: Programs) -> None:  # noqa: F811
    with within(world.organization):
        PlanVersionFactory.create(plan=plan, number=1)
        PlanVersion.objects.update(state=VersionState.APPROVED, decided_at=plan.created_at, budget_sum=Decimal(100))
        RolloutPlan.objects.filter(pk=plan.pk).update(version=1)
        BudgetLineFactory.create(plan=plan, planned=Decimal("150.10"))
    office, sponsor = program(world.member), program(world.lead)
    at = f"rollout-plans/{plan.pk}/"
    problem(sponsor.ask("POST", f"{at}ask-for-budget/", {"reason": "More."}), 403)
    assert fields(office.ask("POST", f"{at}ask-for-budget/", {"reason": " "})) == ["reason"]
    asked = office.write("POST", f"{at}ask-for-budget/", {"reason": "Prices rose."}, status=200)
    assert (asked["number"], asked["subject"], asked["state"]) == (2, "budget", "waiting")
    assert (asked["budget_sum"], asked["request"]) == ("150.10", "Prices rose.")
    assert office.write("POST", f"{at}withdraw-budget/", status=200)["state"] == "withdrawn"
    problem(office.ask("POST", f"{at}withdraw-budget/"), 422)
    office.write("POST", f"{at}ask-for-budget/", {"reason": "They did."}, status=200)
    problem(office.ask("POST", f"{at}approve-budget/", {"version": 3}), 403)
    assert fields(sponsor.ask("POST", f"{at}return-budget/", {"version": 3})) == ["reason"]
    problem(sponsor.ask("POST", f"{at}approve-budget/", {"version": 9}), 404)
    problem(sponsor.ask("POST", f"{at}approve-budget/", {"version": 1}), 422)
    no = sponsor.write("POST", f"{at}return-budget/", {"version": 3, "reason": "Spend less."}, status=200)
    assert (no["state"], no["reason"], no["decided_by"]) == ("returned", "Spend less.", str(world.lead.pk))
    office.write("POST", f"{at}ask-for-budget/", {"reason": "It is the law."}, status=200)
    assert sponsor.write("POST", f"{at}approve-budget/", {"version": 4}, status=200)["state"] == "approved"
    assert [one["state"] for one in program(world.plo).get(f"{at}versions/")] == [
        "approved",
        "returned",
        "withdrawn",
        "approved",
    ]
    assert [one["number"] for one in program(world.administrator).get(f"{at}versions/")] == [1]


@pytest.mark.parametrize("number", [1, 50])
@pytest.mark.parametrize("path", ["budget-lines/", "escalations/", "plan-comments/"])
def test_lists_cost_the_same_at_any_length(
    world: World,
    plan: RolloutPlan,
    program: Programs,  # noqa: F811
    path: str,
    number: int,
) -> None:
    with within(world.organization):
        for _one in range(number):
            BudgetLineFactory.create(plan=plan, actual=Decimal(1))
            EscalationFactory.create(plan=plan)
            PlanCommentFactory.create(plan=plan)
    office = program(world.member)
    office.get(path, plan=plan.pk)
    with exactly(5):
        assert len(office.get(path, plan=plan.pk)["results"]) == number
