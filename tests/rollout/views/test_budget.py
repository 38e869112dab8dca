"""The pages of a budget: what each shows to whom, in how many statements, and the way of a request through them."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from rollout.domain import budget as domain
from rollout.enums import PlanState
from rollout.models import RolloutPlan
from tests.factories.rollout import BudgetLineFactory, RolloutPlanFactory, WaveFactory, WaveTeamFactory
from tests.factories.worlds import World, client_of, within
from tests.queries import exactly
from tests.rollout.budgets import overspend, running_plan
from tests.told import acting

pytestmark = pytest.mark.django_db


def page(world: World, member: Any, name: str, plan: RolloutPlan, **data: str) -> Any:
    address = reverse(f"rollout:{name}", args=[world.organization.slug, plan.pk])
    client: Client = client_of(member)
    return client.post(address, data) if data else client.get(address)


@pytest.mark.parametrize("number", [1, 50])
def test_the_page_costs_the_same_at_any_length(world: World, number: int) -> None:
    with within(world.organization):
        plan = running_plan(world)
        phase = plan.phases.get()
        for _one in range(number - 1):
            BudgetLineFactory.create(plan=plan, phase=phase)
        WaveFactory.create(phase=phase, started_at=plan.created_at)
        WaveTeamFactory.create(wave=plan.waves.get(), team=world.team)
    client = client_of(world.plo)
    address = reverse("rollout:plan_budget", args=[world.organization.slug, plan.pk])
    client.get(address)
    with exactly(16):
        assert client.get(address).status_code == 200


def test_the_way_of_a_request_through_the_pages(world: World) -> None:
    with within(world.organization):
        plan = running_plan(world)
        overspend(plan)
    shown = page(world, world.plo, "plan_budget", plan).content.decode()
    assert "250.50" in shown
    assert "Ask again" in shown
    assert "Ask again" not in page(world, world.lead, "plan_budget", plan).content.decode()
    assert page(world, world.plo, "budget_ask", plan, reason=" ").status_code == 422
    assert page(world, world.plo, "budget_ask", plan, reason="Twice as many came.").status_code == 302
    assert "Ask again" not in page(world, world.plo, "plan_budget", plan).content.decode()
    asked = page(world, world.lead, "plan_versions", plan).content.decode()
    assert "Twice as many came." in asked
    assert "1,250.50" in asked
    assert page(world, world.plo, "budget_approve", plan, version="2").status_code == 403
    assert page(world, world.lead, "budget_return", plan, version="2", reason="").status_code == 422
    assert page(world, world.lead, "budget_approve", plan, version="2", reason="Well.").status_code == 302
    assert "The budget goes" not in page(world, world.plo, "plan_budget", plan).content.decode()


@pytest.mark.parametrize("state", [PlanState.APPROVED, PlanState.RUNNING])
def test_the_overview_says_what_goes_beyond_the_approved_sum(state: PlanState, world: World) -> None:
    with within(world.organization):
        plan = running_plan(world)
        RolloutPlan.objects.filter(pk=plan.pk).update(state=state)
    assert "The budget goes" not in page(world, world.plo, "plan", plan).content.decode()
    with within(world.organization):
        overspend(plan)
    path = reverse("rollout:budget_ask", args=[world.organization.slug, plan.pk])
    shown = page(world, world.plo, "plan", plan).content.decode()
    assert "The budget goes 250.50" in shown
    assert path in shown
    sponsor = page(world, world.lead, "plan", plan).content.decode()
    assert "The budget goes 250.50" in sponsor
    assert path not in sponsor
    assert "The budget goes" not in page(world, world.administrator, "plan", plan).content.decode()
    with within(world.organization):
        RolloutPlan.objects.filter(pk=plan.pk).update(state=PlanState.STOPPED)
    assert "The budget goes" not in page(world, world.plo, "plan", plan).content.decode()


def test_coaches_and_administrators_read_versions_without_money(world: World) -> None:
    with within(world.organization):
        plan = running_plan(world)
        overspend(plan)
        domain.ask_for_budget(actor=acting(world.plo), plan=plan, reason="Twice as many came.")
    shown = page(world, world.administrator, "plan_versions", plan).content.decode()
    assert "Version 1" in shown
    assert not any(word in shown for word in ("Version 2", "1,250.50", "1,000.00", "Twice as many"))
    assert page(world, world.administrator, "plan_budget", plan).status_code == 403


def test_the_currency_is_chosen_with_the_plan(world: World) -> None:
    with within(world.organization):
        plan = running_plan(world)
        RolloutPlan.objects.filter(pk=plan.pk).update(state=PlanState.DRAFT)
    fields = {"name": plan.name, "starts_on": str(plan.starts_on), "ends_on": str(plan.ends_on)}
    address = reverse("rollout:plan_edit", args=[world.organization.slug, plan.pk])
    client = client_of(world.plo)
    assert client.post(address, {**fields, "currency": "CHF"}).status_code == 302
    # A program that knows nothing of it leaves it alone.
    assert client.post(address, fields).status_code == 302
    assert client.post(address, {**fields, "currency": "XXX"}).status_code == 422
    assert "1,000.00\xa0CHF" in page(world, world.plo, "plan_versions", plan).content.decode()


def test_a_line_is_written_in_the_readers_numbers(world: World) -> None:
    with within(world.organization):
        plan = running_plan(world)
    slug = world.organization.slug
    address = reverse("rollout:part_create", args=[slug, plan.pk, "budget-lines"])
    client = client_of(world.plo)
    answer = client.post(address, {"note": "Rooms", "category": "events", "planned": "1,234.56"})
    assert (answer.status_code, answer["Location"]) == (302, reverse("rollout:plan_budget", args=[slug, plan.pk]))
    refused = client.post(address, {"note": "Rooms", "category": "events", "planned": "-5"})
    assert refused.status_code == 422
    with within(world.organization):
        line = plan.budget_lines.get(note="Rooms")
        assert (line.planned, line.committed, line.phase_id) == (Decimal("1234.56"), Decimal(0), None)


def test_a_long_budget_folds_its_categories(world: World) -> None:
    with within(world.organization):
        plan = RolloutPlanFactory.create()
        for number in range(61):
            category = "tools" if number % 2 else "training"
            BudgetLineFactory.create(plan=plan, category=category, note=f"Line {number}", planned=1)
    client, path = client_of(world.plo), reverse("rollout:plan_budget", args=[world.organization.slug, plan.pk])
    folded = client.get(path).content.decode()
    assert "Line " not in folded
    assert "61" in folded
    opened = client.get(path, {"open": "tools"}).content.decode()
    assert opened.count("Line ") == 30
    assert 'href="?open=training&amp;open=tools#c-training"' in opened or "open=training" in opened
