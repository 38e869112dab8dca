"""References in forms and bodies: a row of one's own is taken, the same of another organization is refused in words.

The keys of the database would refuse it too, but as an error.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from okrs.models import CheckIn
from organizations.enums import Role
from tests.contracts.addresses import addresses, filled
from tests.contracts.report import nothing_wrong
from tests.contracts.test_urls import THEIRS, told
from tests.factories.roles import RoleAssignmentFactory
from tests.factories.rollout import PlanMilestoneFactory, PlanPhaseFactory, PlanTaskFactory
from tests.factories.worlds import World, client_of, within

pytestmark = pytest.mark.django_db

Find = Callable[[World], Any]


def member(world: World) -> str:
    return str(world.lead.pk)


def placeholder(world: World) -> str:
    return str(world.placeholder.pk)


def typed_member(world: World) -> str:
    """Forms take a name or an address."""
    return world.lead.email


def plo(world: World) -> str:
    return str(world.plo.pk)


def typed_plo(world: World) -> str:
    return world.plo.email


def team(world: World) -> str:
    return str(world.team.pk)


def other_team(world: World) -> str:
    return str(world.root_team.pk)


def place(world: World) -> str:
    return f"team:{world.team.pk}"


def cycle(world: World) -> str:
    return str(world.cycle.pk)


def objective(world: World) -> str:
    return str(world.objective.pk)


def key_result(world: World) -> str:
    return str(world.key_result.pk)


def milestone(world: World) -> str:
    return str(world.milestone.pk)


def check_in(world: World) -> str:
    return str(world.check_in.pk)


def initiative(world: World) -> str:
    return str(world.initiative.pk)


def proposal(world: World) -> str:
    return str(world.proposal.pk)


def priority(world: World) -> str:
    return str(world.priority.pk)


def retrospective(world: World) -> str:
    return str(world.retrospective.pk)


def company_objective(world: World) -> str:
    return str(world.organization_objective.pk)


def raci_column(world: World) -> str:
    return str(world.raci_person.pk)


def post(world: World) -> str:
    return str(world.post.pk)


def barrier(world: World) -> str:
    return str(world.barrier.pk)


def administrator(world: World) -> str:
    return str(world.administrator.pk)


def typed_administrator(world: World) -> str:
    return world.administrator.email


def own_coaching(world: World) -> str:
    with within(world.organization):
        return str(RoleAssignmentFactory.create(membership=world.lead, role=Role.COACH, person=world.administrator).pk)


def qualification(world: World) -> str:
    return str(world.qualification.pk)


def plan(world: World) -> str:
    return str(world.plan.pk)


def wave(world: World) -> str:
    return str(world.wave.pk)


def audience_lines(world: World) -> list[dict[str, str]]:
    """One of each kind."""
    return [
        {"kind": "wave", "wave": wave(world)},
        {"kind": "team", "team": team(world)},
        {"kind": "member", "member": member(world)},
    ]


def plan_phase(world: World) -> str:
    return str(world.plan_phase.pk)


def other_task(world: World) -> str:
    with within(world.organization):
        return str(PlanTaskFactory.create(phase=world.plan_phase).pk)


def later_task(world: World) -> str:
    with within(world.organization):
        return str(PlanTaskFactory.create(phase=PlanPhaseFactory.create(plan=world.plan)).pk)


def later_milestone(world: World) -> str:
    with within(world.organization):
        return str(PlanMilestoneFactory.create(phase=PlanPhaseFactory.create(plan=world.plan)).pk)


def each(find: Find) -> Find:
    """Return what finds a list of one."""
    return lambda world: [find(world)]


@dataclass(frozen=True)
class Case:
    """An address, what it needs besides, and its references."""

    where: str
    plain: dict[str, Any]
    references: dict[str, Find]


ON_KEY_RESULT = {"value": "20", "confidence": "on_track", "blocker": "Nobody answers."}
METRIC = {"title": "A key result", "metric": "increase", "start": "0", "target": "100", "unit_kind": "number"}
DAYS = {"name": "A cycle", "starts_on": "2030-01-01", "ends_on": "2030-03-31", "phase": "planned"}
EXCEPTION = {"reason": "Nobody else is trained.", "ends_on": str(timezone.localdate() + timedelta(days=30))}
ROOM = {"name": "#growth", "kind": "slack", "address": "https://hooks.example/in", "topics": ["celebrated"]}
TRAINING = {"title": "Basics", "issued_on": "2026-01-31"}


def stakeholder(world: World) -> str:
    return str(world.stakeholder.pk)


PLAN = {"name": "A plan", "starts_on": "2030-01-01"}
# Around what is in the plan.
LONG = {"starts_on": "2020-01-01", "ends_on": "2030-12-31"}
# Days the plan of a world has.
SOON = str(timezone.localdate() + timedelta(days=30))
STEP = {"title": "A step", "starts_on": SOON, "due_on": SOON}

MESSAGE = {
    "title": "We begin",
    "text": "In spring.",
    "channel": "app",
    "format": "story",
    "sends_on": "2030-01-01",
    "sends_hour": "9",
}
BUDGET_LINE = {"category": "events", "planned": "10.00"}
ESCALATION = {"title": "No time", "difficulty": "None.", "request": "Some.", "due_on": "2030-01-31"}

SESSION = {"starts_at": "2030-01-01T09:00", "ends_at": "2030-01-01T11:00"}
ZONED = {"starts_at": "2030-01-01T09:00:00Z", "ends_at": "2030-01-01T11:00:00Z"}


def course(world: World) -> str:
    return str(world.course.pk)


def course_session(world: World) -> str:
    return str(world.course_session.pk)


CASES = (
    Case("POST rollout:course_create", {"title": "A course"}, {"team": team}),
    Case("POST rollout:session_create", SESSION, {"trainer": typed_member}),
    Case("POST rollout:session_edit", SESSION, {"trainer": typed_member}),
    Case("POST rollout:session_enrol_somebody", {}, {"member": typed_plo}),
    Case("POST rollout:lacking", {}, {"session": course_session}),
    Case("POST rollout_api:course-list", {"title": "A course"}, {"team": team}),
    Case("POST rollout_api:course-session-list", ZONED, {"course": course, "trainer": member}),
    Case("PATCH rollout_api:course-session-detail", {}, {"trainer": member}),
    Case("POST rollout_api:enrolment-list", {}, {"course": course, "session": course_session, "member": plo}),
    Case("POST rollout_api:budget-line-list", BUDGET_LINE, {"plan": plan, "phase": plan_phase}),
    Case("PATCH rollout_api:budget-line-detail", {}, {"phase": plan_phase}),
    Case("POST rollout_api:escalation-list", ESCALATION, {"plan": plan}),
    Case("POST rollout_api:plan-comment-list", {"text": "Start smaller."}, {"plan": plan}),
    Case(
        "POST rollout:message_create",
        MESSAGE,
        {"sender": typed_member, "waves": wave, "teams": team, "people": typed_member},
    ),
    Case(
        "POST rollout:message_edit",
        MESSAGE,
        {"sender": typed_member, "waves": wave, "teams": team, "people": typed_member},
    ),
    Case(
        "POST rollout_api:planned-message-list", MESSAGE, {"plan": plan, "sender": member, "audience": audience_lines}
    ),
    Case("PATCH rollout_api:planned-message-detail", {}, {"sender": member, "audience": audience_lines}),
    Case("POST rollout:plan_create", PLAN | {"blueprint": "empty"}, {"team": team, "sponsor": typed_administrator}),
    Case("POST rollout:plan_edit", PLAN | LONG, {"sponsor": typed_administrator}),
    Case("POST rollout:plan_officers", {}, {"membership": typed_plo}),
    Case("POST rollout:part_create", STEP | {"status": "open"}, {"phase": plan_phase, "owner": typed_member}),
    Case("POST rollout:part_edit", STEP | {"status": "open"}, {"phase": plan_phase, "owner": typed_member}),
    Case("POST rollout:task_needs", {}, {"needs": other_task}),
    Case(
        "POST rollout:stakeholder_create",
        {"influence": "2", "interest": "2"},
        {"membership": typed_plo, "owner": typed_member},
    ),
    Case(
        "POST rollout:stakeholder_edit",
        {"influence": "2", "interest": "2"},
        {"membership": typed_plo, "owner": typed_member},
    ),
    Case("POST rollout:leader_invite", {}, {"leader": typed_administrator}),
    Case("POST rollout_api:stakeholder-list", {}, {"plan": plan, "member": plo, "owner": member}),
    Case("PATCH rollout_api:stakeholder-detail", {}, {"member": plo, "owner": member}),
    Case("POST rollout_api:stakeholder-concern-list", {"kind": "time", "text": "When?"}, {"stakeholder": stakeholder}),
    Case("POST rollout_api:leader-invitation-list", {}, {"plan": plan, "leader": administrator}),
    Case("POST rollout_api:leader-commitment-list", {"kind": "reviews"}, {"plan": plan}),
    Case("POST rollout:wave_teams", {}, {"teams": team}),
    Case(
        "POST rollout_api:rollout-plan-list", PLAN | {"ends_on": "2030-12-31"}, {"team": team, "sponsor": administrator}
    ),
    Case("PATCH rollout_api:rollout-plan-detail", {}, {"sponsor": administrator}),
    Case("PATCH rollout_api:rollout-plan-detail", {}, {"officers": each(plo)}),
    Case(
        "POST rollout_api:plan-phase-list",
        {"kind": "embed", "starts_on": SOON, "ends_on": SOON},
        {"plan": plan},
    ),
    Case("POST rollout_api:wave-list", {"name": "Next", "starts_on": SOON}, {"plan": plan, "phase": plan_phase}),
    Case("PATCH rollout_api:wave-detail", {}, {"phase": plan_phase}),
    Case("POST rollout_api:wave-teams", {}, {"teams": each(team)}),
    Case("POST rollout_api:criterion-list", {"gate": "exit", "measure": "judged", "text": "So"}, {"phase": plan_phase}),
    Case("PATCH rollout_api:criterion-detail", {}, {"phase": plan_phase}),
    Case("POST rollout_api:plan-task-list", STEP, {"plan": plan, "phase": plan_phase, "owner": member}),
    Case("PATCH rollout_api:plan-task-detail", {}, {"phase": plan_phase, "owner": member}),
    Case("POST rollout_api:plan-phase-needs", {}, {"tasks": each(later_task), "milestones": each(later_milestone)}),
    Case("POST rollout:phase_needs", {}, {"tasks": each(later_task), "milestones": each(later_milestone)}),
    Case("POST rollout_api:plan-task-needs", {}, {"needed": each(other_task)}),
    Case(
        "POST rollout_api:plan-milestone-list",
        {"title": "There", "due_on": SOON},
        {"plan": plan, "phase": plan_phase},
    ),
    Case("PATCH rollout_api:plan-milestone-detail", {}, {"phase": plan_phase}),
    Case("POST rollout_api:risk-list", {"title": "No time"}, {"plan": plan, "owner": member}),
    Case("PATCH rollout_api:risk-detail", {}, {"owner": member}),
    Case("POST rollout_api:plan-key-result-list", {"title": "All", "start": "0", "target": "9"}, {"plan": plan}),
    Case("POST organizations:team_create", {"name": "A team"}, {"lead": typed_member, "parent": team}),
    Case("POST organizations:team_edit", {"name": "A team"}, {"lead": typed_member}),
    Case("POST organizations:team_move", {}, {"parent": other_team}),
    Case("POST organizations:team_members", {}, {"people": member}),
    Case("POST notifications:room_create", ROOM, {"team": team}),
    Case("POST notifications_api:chat-room-list", ROOM, {"team": team}),
    Case("POST roles_api:raci-person-list", {}, {"member": member}),
    Case("POST roles_api:raci-activity-cell", {"letters": "C"}, {"column": raci_column}),
    Case("POST roles:certificate_create", TRAINING, {"qualification": qualification}),
    Case("POST roles:certificate_edit", TRAINING, {"qualification": qualification}),
    Case("POST roles_api:certificate-list", TRAINING, {"member": member, "qualification": qualification}),
    Case("PATCH roles_api:certificate-detail", {}, {"qualification": qualification}),
    Case("POST roles:exception_create", EXCEPTION, {"membership": typed_administrator, "team": other_team}),
    Case("POST roles_api:coach-exception-list", EXCEPTION, {"member": administrator, "team": other_team}),
    Case("POST roles_api:coaching-note-list", {"text": "A note"}, {"coaching": own_coaching}),
    Case("POST roles_api:coach-profile-list", {}, {"member": member}),
    Case("POST roles_api:role-assignment-list", {"role": "sponsor"}, {"member": member, "team": team}),
    Case("POST roles:assignment_create", {"role": "sponsor"}, {"membership": typed_member, "team": team}),
    Case("POST roles:assignment_create", {"role": "coach"}, {"membership": typed_plo, "person": typed_member}),
    Case("POST roles:raci_people", {}, {"membership": typed_member}),
    Case("POST roles:post_create", {"title": "No time", "kind": "resistance"}, {"team": other_team}),
    Case("POST roles_api:post-list", {"title": "No time", "kind": "resistance"}, {"team": other_team}),
    Case("POST roles_api:post-comment-list", {"text": "We too"}, {"post": post}),
    Case("POST rollout:barrier_answer", {"answer": "An hour", "state": "answered"}, {"owner": typed_member}),
    Case("POST rollout:collection_edit", {"asked": "roles"}, {"waves": each(wave)}),
    Case("POST rollout_api:barrier-collection-list", {"roles": ["coach"]}, {"plan": plan, "waves": each(wave)}),
    Case("POST rollout_api:barrier-list", {"text": "No time", "group": "teams", "is_anonymous": False}, {"plan": plan}),
    Case("PATCH rollout_api:barrier-detail", {}, {"owner": member}),
    Case("POST rollout_api:barrier-comment-list", {"text": "We too", "is_anonymous": False}, {"barrier": barrier}),
    Case("POST rollout_api:pilot-decision-list", {"verdict": "go", "reason": "It works"}, {"phase": plan_phase}),
    Case("POST roles:question_ask", {"title": "How?"}, {"team": team}),
    Case("POST roles_api:question-list", {"title": "How?"}, {"team": team}),
    Case("POST organizations:invite", {"addresses": "new@acme.example.com"}, {"team": team}),
    Case(
        "POST okrs:objective_create", {"title": "An objective"}, {"place": place, "cycle": cycle, "owner": typed_member}
    ),
    Case("POST okrs:objective_edit", {"title": "An objective"}, {"place": place, "owner": typed_member}),
    Case("POST okrs:key_result_create", METRIC, {"owner": typed_member}),
    Case("POST okrs:key_result_edit", METRIC, {"owner": typed_member}),
    Case("POST okrs:check_in", ON_KEY_RESULT, {"helper": typed_member, "corrects": check_in}),
    Case(
        "POST okrs:initiative_edit",
        {"title": "Work", "status": "doing"},
        {"owner": typed_member, "key_result": key_result},
    ),
    Case("POST okrs:meeting_start", {}, {"cycle": cycle}),
    Case("POST okrs:meeting_note", {"text": "A note", "kind": "note"}, {"key_result": key_result}),
    Case("POST okrs_api:meeting-list", {}, {"team": team, "cycle": cycle}),
    Case("POST okrs_api:meeting-notes", {"text": "A note"}, {"key_result": key_result}),
    Case("POST okrs:alignment_create", {"weight": "1"}, {"target": priority}),
    Case("POST okrs:dependency_create", {}, {"target": company_objective}),
    Case("POST okrs:objective_share", {}, {"member": typed_plo}),
    Case("POST okrs_api:dependency-list", {}, {"objective": objective, "needs": company_objective}),
    Case(
        "POST okrs_api:alignment-request-list",
        {"message": "We need you."},
        {"objective": company_objective, "team": team},
    ),
    Case("POST okrs_api:objective-shares", {}, {"member": plo}),
    Case("POST okrs:proposal_create", {"title": "An objective"}, {"place": place}),
    Case("POST okrs:proposal_edit", {"title": "An objective"}, {"place": place}),
    Case("POST okrs:proposal_adopt", {"title": "An objective"}, {"cycle": cycle, "owner": typed_member}),
    Case("POST okrs_api:proposal-list", {"title": "An objective"}, {"team": team}),
    Case("PATCH okrs_api:proposal-detail", {}, {"team": team}),
    Case("POST okrs_api:proposal-adopt", {}, {"cycle": cycle, "owner": member}),
    Case("POST okrs:kudos_create", {"text": "@lena@acme.example.com did it"}, {"team": team}),
    Case("POST okrs_api:kudos-list", {"text": "Well"}, {"team": team, "objective": objective, "people": each(member)}),
    Case("POST okrs_api:comment-list", {"text": "Well"}, {"objective": objective, "key_result": key_result}),
    Case("POST okrs_api:comment-list", {"text": "Well"}, {"objective": objective, "check_in": check_in}),
    Case("POST okrs_api:comment-list", {"text": "Well"}, {"objective": objective, "initiative": initiative}),
    Case("POST okrs_api:comment-list", {"text": "Well"}, {"proposal": proposal}),
    Case("POST okrs:retrospective_open", {}, {"cycle": cycle}),
    Case("POST okrs:retrospective_moderator", {}, {"moderator": typed_plo}),
    Case("POST okrs:retro_action_create", {"title": "Meet less"}, {"owner": typed_member}),
    Case("POST okrs:retro_action_edit", {"title": "Meet less"}, {"owner": typed_plo}),
    Case("POST okrs_api:retrospective-list", {}, {"cycle": cycle, "team": team, "moderator": plo}),
    Case("PATCH okrs_api:retrospective-detail", {}, {"moderator": plo}),
    Case("POST okrs_api:retro-card-list", {"column": "try_next", "text": "A card"}, {"retrospective": retrospective}),
    Case("POST okrs_api:retro-action-list", {"title": "Meet less"}, {"retrospective": retrospective, "owner": member}),
    Case("PATCH okrs_api:retro-action-detail", {}, {"owner": plo}),
    Case("POST okrs:cycle_extensions", {"until": "2090-01-01", "reason": "Ill"}, {"team": team}),
    Case("POST okrs:cycle_create", {**DAYS, "pattern": "own", "who": "chosen"}, {"teams": team}),
    Case("POST organizations_api:team-list", {"name": "A team"}, {"lead": member, "parent": team}),
    Case("PATCH organizations_api:team-detail", {}, {"lead": member}),
    Case("POST organizations_api:team-move", {}, {"parent": other_team}),
    Case("POST organizations_api:team-members", {}, {"members": each(member)}),
    Case("POST organizations_api:member-list", {"display_name": "Somebody"}, {"manager": member}),
    Case("POST organizations_api:invitation-list", {"emails": ["new@acme.example.com"]}, {"team": team}),
    Case("POST organizations_api:invitation-list", {"emails": ["new@acme.example.com"]}, {"claims": placeholder}),
    Case("POST organizations_api:invitation-link", {}, {"team": team}),
    Case(
        "POST okrs_api:objective-list",
        {"title": "An objective", "level": "team"},
        {"cycle": cycle, "team": team, "owner": member},
    ),
    Case("PATCH okrs_api:objective-detail", {}, {"owner": member}),
    Case("POST okrs_api:key-result-list", METRIC, {"objective": objective, "owner": member}),
    Case("PATCH okrs_api:key-result-detail", {}, {"owner": member}),
    Case("POST okrs_api:key-result-check-ins", ON_KEY_RESULT, {"helper": member}),
    Case("POST okrs_api:check-in-correct", ON_KEY_RESULT, {"helper": member}),
    Case(
        "POST okrs_api:initiative-list",
        {"title": "Work"},
        {"objective": objective, "key_result": key_result, "owner": member},
    ),
    Case("PATCH okrs_api:initiative-detail", {}, {"owner": member, "key_result": key_result}),
    Case("POST okrs_api:alignment-list", {}, {"objective": company_objective, "target_priority": priority}),
    Case("POST okrs_api:alignment-list", {}, {"objective": objective, "target_priority": priority}),
)
REFERENCES = sum(len(case.references) for case in CASES)
IDS = [f"{case.where} {' '.join(case.references)}" for case in CASES]


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("CRITICAL", logger="django.request")


@pytest.fixture
def everything(world: World) -> Client:
    """Signed in as the lead, made somebody who may do everything; errors are answered by 500."""
    with within(world.organization):
        type(world.lead).objects.filter(pk=world.lead.pk).update(is_administrator=True)
        for role in Role.values:
            RoleAssignmentFactory.create(membership=world.lead, role=role)
        # Nobody is the Sponsor of what they submit themselves.
        RoleAssignmentFactory.create(membership=world.administrator, role=Role.SPONSOR)
    client = client_of(world.lead)
    client.raise_request_exception = False
    return client


def send(client: Client, case: Case, world: World, body: dict[str, Any]) -> tuple[Any, bool]:
    """Return the answer, and whether what was written breaks a key; what was written is taken back."""
    method, name = case.where.split()
    (address,) = (one for one in addresses() if one.name == name)
    path = filled(address, world)
    with transaction.atomic():
        if address.is_api:
            answer = client.generic(method, path, json.dumps(body), content_type="application/json")
        else:
            answer = client.post(path, body)
        answer.said = told(address, method, answer)
        broken = _breaks_a_key()
        transaction.set_rollback(True)
    return answer, broken


def _why(answer: Any) -> str:
    """Return what a form or the API said about a body it did not take."""
    form = (answer.context or {}).get("form")
    return str(form.errors.get_json_data()) if form is not None else answer.content.decode()


def _breaks_a_key() -> bool:
    """Return whether a foreign key would refuse, at commit, what was written."""
    try:
        with transaction.atomic():
            connection.check_constraints()
    except IntegrityError:
        return True
    return False


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_own_rows_are_taken_and_others_refused(
    case: Case, world: World, other_world: World, everything: Client, covered: Callable[[str, int], None]
) -> None:
    body = case.plain | {name: find(world) for name, find in case.references.items()}
    answer, broken = send(everything, case, world, body)
    assert answer.status_code < 400, f"{answer.said} {_why(answer)}"
    assert not broken
    problems = []
    for name, find in case.references.items():
        answer, broken = send(everything, case, world, body | {name: find(other_world)})
        said = answer.content.decode(errors="replace")
        if broken or answer.status_code not in {404, 422} or THEIRS in said or "Invalid pk" in said:
            problems.append(f"{name}: {answer.said}{' breaks a key' if broken else ''}")
    nothing_wrong(problems)
    covered("references in forms and bodies tried with another organization's rows", REFERENCES)


def test_milestones_of_another_key_result_are_not_finished(
    world: World, other_world: World, everything: Client
) -> None:
    """They are given as plain ids, so each must be looked up among those of the key result."""
    case = Case("POST okrs_api:key-result-check-ins", {"confidence": "on_track"}, {})
    world.key_result = world.milestone_key_result
    answer, _broken = send(everything, case, world, {**case.plain, "milestones_done": [milestone(world)]})
    assert answer.status_code == 201, answer.content
    answer, broken = send(everything, case, world, {**case.plain, "milestones_done": [milestone(other_world)]})
    assert not broken
    assert answer.status_code == 422, answer.content
    with within(other_world.organization):
        assert CheckIn.objects.count() == 1
