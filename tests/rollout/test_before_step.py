"""Submitting a plan, starting a wave, deciding about a pilot and completing a rollout say first what is open."""

from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from rollout.enums import PlanState
from rollout.models import PlanPhase, PlanTask, RolloutPlan, Wave
from tests.factories.rollout import (
    BudgetLineFactory,
    CriterionFactory,
    PlanKeyResultFactory,
    PlanPhaseFactory,
    PlanTaskFactory,
    RolloutPlanFactory,
    WaveFactory,
    WaveTeamFactory,
)
from tests.factories.worlds import World, client_of, within
from tests.queries import exactly


def filled(world: World, rows: int = 1) -> PlanPhase:
    phase: PlanPhase = PlanPhaseFactory.create(plan=RolloutPlanFactory.create())
    for number in range(rows):
        wave = WaveFactory.create(phase=phase, name=f"Wave {number}")
        if not number:
            WaveTeamFactory.create(wave=wave, team=world.team)
        CriterionFactory.create(phase=phase, text="They want to go on")
        CriterionFactory.create(phase=phase, gate="entry", text="The plan is approved")
        CriterionFactory.create(phase=phase, gate="entry", measure="agreed", percent=80, text="")
        PlanTaskFactory.create(phase=phase)
        PlanTaskFactory.create(phase=phase, status="done")
    return phase


def address(world: World, name: str, pk: object) -> str:
    return reverse(f"rollout:{name}", args=[world.organization.slug, pk])


def test_completing_says_what_is_left(world: World) -> None:
    with within(world.organization):
        phase = filled(world)
    office, path = client_of(world.plo), address(world, "plan_complete", phase.plan_id)
    overview = office.get(address(world, "plan", phase.plan_id)).content.decode()
    assert f'href="{path}" data-drawer' in overview
    assert f'action="{path}"' not in overview, "no click alone ends it"
    html = unescape(office.get(path).content.decode())
    for words in ("1 task is still open.", "1 wave has not started:", "Wave 0", "3 criteria are not met:"):
        assert words in html
    with within(world.organization):
        assert RolloutPlan.objects.get(pk=phase.plan_id).state == PlanState.RUNNING
    office.post(path)
    with within(world.organization):
        assert RolloutPlan.objects.get(pk=phase.plan_id).state == PlanState.COMPLETED


def test_starting_a_wave_says_what_it_means(world: World) -> None:
    with within(world.organization):
        phase = filled(world)
        wave = Wave.objects.get(phase=phase)
        ahead = timezone.localdate() + timedelta(days=20)
        PlanPhase.objects.filter(pk=phase.pk).update(starts_on=ahead)
    office, path = client_of(world.plo), address(world, "wave_start", wave.pk)
    overview = office.get(address(world, "plan", phase.plan_id)).content.decode()
    assert f'href="{path}" data-drawer' in overview
    assert f'action="{path}"' not in overview
    html = unescape(office.get(path).content.decode())
    for words in (
        "take",
        world.team.name,
        "The phase Pilot begins on",
        "2 criteria are not met:",
        "The plan is approved",
    ):
        assert words in html
    assert "They want to go on" not in html, "that is for its end"
    office.post(path)
    with within(world.organization):
        assert Wave.objects.get(pk=wave.pk).started_at is not None


def test_deciding_about_a_pilot_says_what_speaks_against_it(world: World) -> None:
    with within(world.organization):
        phase = filled(world)
        PlanPhase.objects.filter(pk=phase.pk).update(starts_on=timezone.localdate() + timedelta(days=30))
        CriterionFactory.create(phase=phase, is_met=False)
        for _number in range(2):
            CriterionFactory.create(phase=phase, is_met=True)
    office, path = client_of(world.plo), address(world, "pilot_decide", phase.pk)
    html = unescape(office.get(path).content.decode())
    for words in ("The phase Pilot begins on", "1 criterion is not met.", "3 criteria are not judged yet."):
        assert words in html[: html.index("Go: the rollout goes on")], words
    again = unescape(office.post(path, {"verdict": "go", "reason": ""}).content.decode())
    assert "1 criterion is not met." in again
    with within(world.organization):
        PlanPhase.objects.filter(pk=phase.pk).update(starts_on=timezone.localdate())
        phase.criteria.exclude(is_met=True).delete()
    html = unescape(office.get(path).content.decode())
    for words in ("begins on", "not met.", "not judged yet."):
        assert words not in html


NEEDED = ("Say what the rollout is for", "Name a Sponsor", "Add a phase")
ADVISABLE = (
    "Add key results",
    "Add a wave",
    "Choose teams for Wave 0",
    "Name an owner for 2 tasks",
    "Plan the budget",
)


def lacking(html: str) -> list[str]:
    return [words for words in (*NEEDED, *ADVISABLE) if f">{words}</a>" in html]


def test_a_draft_says_what_it_lacks_before_it_is_submitted(world: World) -> None:
    with within(world.organization):
        plan = RolloutPlanFactory.create(state=PlanState.DRAFT, goal=" ")
    office, path = client_of(world.plo), address(world, "plan", plan.pk)
    html = unescape(office.get(path).content.decode())
    assert lacking(html) == [*NEEDED, "Add key results", "Plan the budget"]
    with within(world.organization):
        RolloutPlan.objects.filter(pk=plan.pk).update(goal="Focus", sponsor=world.lead)
        phase = PlanPhaseFactory.create(plan=plan)
    html = unescape(office.get(path).content.decode())
    assert lacking(html) == ["Add key results", "Add a wave", "Plan the budget"]
    with within(world.organization):
        wave = WaveFactory.create(phase=phase, name="Wave 0")
        for status in ("open", "doing", "done"):
            PlanTaskFactory.create(phase=phase, status=status)
        BudgetLineFactory.create(plan=plan, planned=0)
    html = unescape(office.get(path).content.decode())
    assert lacking(html) == ["Add key results", *ADVISABLE[2:]]
    for link in (
        address(world, "wave_teams", wave.pk),
        f"{address(world, 'plan_list', plan.pk)}?owner=nobody",
        address(world, "plan_budget", plan.pk),
    ):
        assert f'<a class="link-text" href="{link}"' in html
    assert "Before you submit" not in client_of(world.lead).get(path).content.decode()
    with within(world.organization):
        WaveTeamFactory.create(wave=wave, team=world.team)
        PlanTask.objects.filter(plan=plan).update(owner=world.member)
        BudgetLineFactory.create(plan=plan, planned=5)
        PlanKeyResultFactory.create(plan=plan)
    assert "Before you submit" not in office.get(path).content.decode()


@pytest.mark.parametrize("rows", [1, 50])
def test_the_overview_of_a_draft_costs_the_same_at_any_length(rows: int, world: World) -> None:
    with within(world.organization):
        phase = filled(world, rows)
        RolloutPlan.objects.filter(pk=phase.plan_id).update(state=PlanState.DRAFT)
    office, path = client_of(world.plo), address(world, "plan", phase.plan_id)
    office.get(path)
    with exactly(20):
        assert office.get(path).status_code == 200


@pytest.mark.parametrize("rows", [1, 50])
def test_statements_do_not_grow(rows: int, world: World) -> None:
    with within(world.organization):
        phase = filled(world, rows)
        wave = Wave.objects.filter(phase=phase).first()
        assert wave is not None
    office = client_of(world.plo)
    for path, statements in (
        (address(world, "plan_complete", phase.plan_id), 14),
        (address(world, "wave_start", wave.pk), 15),
        (address(world, "pilot_decide", phase.pk), 14),
    ):
        office.get(path)
        with exactly(statements):
            assert office.get(path).status_code == 200
