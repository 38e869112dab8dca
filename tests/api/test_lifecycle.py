"""An objective's life through the API: its steps, who may, reasons, locked key results, filters."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from okrs.enums import ObjectiveStatus, Phase
from okrs.models import Cycle, Objective
from organizations.enums import Agreement, Role
from tests.api.conftest import fields, problem
from tests.factories.okrs import CycleFactory, ObjectiveFactory
from tests.factories.roles import RoleAssignmentFactory
from tests.factories.worlds import World, make_member, within


@pytest.fixture
def draft(world: World) -> Objective:
    """A draft of Max's in an organization that agrees on its drafts."""
    with within(world.organization):
        world.settings.agreement = Agreement.ALWAYS
        world.settings.save()
        cycle = CycleFactory.create(name="Next", phase=Phase.DRAFTING)
        return ObjectiveFactory.create(cycle=cycle, team=world.team, owner=world.member, status=ObjectiveStatus.DRAFT)


def test_from_draft_to_agreement(world: World, draft: Objective, program: Any) -> None:
    with within(world.organization):
        person = make_member("Carla Coach", "carla@acme")
        RoleAssignmentFactory.create(membership=person, role=Role.COACH)
    member, lead, coach = program(world.member), program(world.lead), program(person)
    path = f"objectives/{draft.pk}"
    shown = member.write("POST", f"{path}/submit/", status=200)
    assert (shown["status"], shown["submitted_by"]) == ("submitted", str(world.member.pk))
    assert member.write("POST", f"{path}/withdraw/", status=200)["status"] == "draft"
    member.write("POST", f"{path}/submit/", status=200)
    shown = coach.write("POST", f"{path}/recommend/", {"comment": "Good"}, status=200)
    assert shown["recommended_by"] == str(person.pk)
    assert fields(lead.ask("POST", f"{path}/return/", {})) == ["reason"]
    shown = lead.write("POST", f"{path}/return/", {"reason": "Which customers?"}, status=200)
    assert (shown["status"], shown["status_reason"], shown["recommended_by"]) == ("draft", "Which customers?", None)
    member.write("POST", f"{path}/submit/", status=200)
    shown = lead.write("POST", f"{path}/agree/", status=200)
    assert (shown["status"], shown["agreed_by"]) == ("agreed", str(world.lead.pk))
    assert [one["id"] for one in member.get("objectives/", status="agreed")["results"]] == [str(draft.pk)]
    refused = problem(lead.ask("POST", f"{path}/pause/", {"reason": "No"}), 422)
    assert "Agreed" in str(refused)


def test_who_may_not_reads_who_could(world: World, draft: Objective, program: Any) -> None:
    path = f"objectives/{draft.pk}"
    refused = problem(program(world.member).ask("POST", f"{path}/agree/"), 403)
    assert refused["detail"] == "Only Lena Acme can agree on this objective."
    assert refused["who_could"] == [{"id": str(world.lead.pk), "name": "Lena Acme", "position": "Agrees on it"}]
    refused = problem(program(world.member).ask("POST", f"{path}/recommend/"), 403)
    assert refused["detail"] == "Only the team's coach recommends its drafts."


def test_late_drafts_start_when_they_are_agreed(world: World, draft: Objective, program: Any) -> None:
    member, lead = program(world.member), program(world.lead)
    late = member.write(
        "POST",
        "objectives/",
        {"cycle": str(world.cycle.pk), "title": "Late", "team": str(world.team.pk), "owner": str(world.member.pk)},
        status=201,
    )
    assert (late["status"], late["activated_at"]) == ("draft", None)
    path = f"objectives/{late['id']}"
    assert "starts once it is agreed" in str(problem(member.ask("POST", f"{path}/start/"), 422))
    member.write("POST", f"{path}/submit/", status=200)
    shown = lead.write("POST", f"{path}/agree/", status=200)
    assert shown["status"] == "active"
    assert shown["activated_at"]


def test_rest_and_stop(world: World, program: Any) -> None:
    lead, path = program(world.lead), f"objectives/{world.objective.pk}"
    assert lead.write("POST", f"{path}/pause/", {"reason": "Legal"}, status=200)["status"] == "paused"
    problem(program(world.member).ask("POST", f"key-results/{world.key_result.pk}/check-ins/", {"value": 5}), 422)
    assert lead.write("POST", f"{path}/resume/", status=200)["status_reason"] == ""
    assert lead.write("POST", f"{path}/stop/", {"reason": "Overtaken"}, status=200)["status"] == "stopped"


def test_locked_key_results_need_a_reason(world: World, program: Any) -> None:
    with within(world.organization):
        today = timezone.localdate()
        Cycle.objects.filter(pk=world.cycle.pk).update(
            starts_on=today - timedelta(days=30), ends_on=today + timedelta(days=30)
        )
        Objective.objects.update(activated_at=timezone.now() - timedelta(days=30))
    lead, path = program(world.lead), f"key-results/{world.key_result.pk}"
    assert fields(lead.ask("PATCH", f"{path}/", {"target": 120})) == ["reason"]
    lead.write("PATCH", f"{path}/", {"title": "Clearer"}, status=200)
    shown = lead.write("PATCH", f"{path}/", {"target": 120, "reason": "The market moved"}, status=200)
    assert float(shown["target"]) == 120
    assert fields(lead.ask("POST", f"{path}/archive/")) == ["reason"]
    lead.write("POST", f"{path}/archive/", {"reason": "Measured elsewhere"}, status=200)


def test_a_coach_changes_words_alone(world: World, program: Any) -> None:
    with within(world.organization):
        person = make_member("Carla Coach", "carla@acme")
        RoleAssignmentFactory.create(membership=person, role=Role.COACH)
    coach = program(person)
    for path, words, more in (
        (f"objectives/{world.objective.pk}/", {"title": "Clearer", "why": "Since"}, {"confidence": "on_track"}),
        (f"key-results/{world.key_result.pk}/", {"title": "Clearer"}, {"target": 5}),
    ):
        assert coach.write("PATCH", path, words, status=200)["title"] == "Clearer"
        problem(coach.ask("PATCH", path, words | more), 403)
    problem(coach.ask("POST", f"key-results/{world.key_result.pk}/check-ins/", {"value": 5}), 403)
