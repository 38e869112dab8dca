"""Requests made up from the schema: no error, and each answer looks as the schema says."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from organizations.enums import Role
from tests.api.conftest import Program
from tests.factories import roles
from tests.factories.worlds import World, within

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(300)]

EXAMPLES = 8
# In as many tests the operations are tried, for several processes to share.
PARTS = 4
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
REAL: dict[str, Callable[[World], Any]] = {
    "team-weeks": lambda world: world.team.pk,
    "objectives": lambda world: world.objective.pk,
    "key-results": lambda world: world.milestone_key_result.pk,
    "check-ins": lambda world: world.check_in.pk,
    "comments": lambda world: world.comment.pk,
    "mentions": lambda world: world.mention.pk,
    "webhooks": lambda world: world.endpoint.pk,
    "chat-rooms": lambda world: world.room.pk,
    "notifications": lambda world: world.notification.pk,
    "kudos": lambda world: world.kudos.pk,
    "proposals": lambda world: world.proposal.pk,
    "cycles": lambda world: world.cycle.pk,
    "alignments": lambda world: world.alignment.pk,
    "initiatives": lambda world: world.initiative.pk,
    "alignment-requests": lambda world: world.request.pk,
    "dependencies": lambda world: world.dependency.pk,
    "examples": lambda world: world.example.pk,
    "reviews": lambda world: world.review.pk,
    "retrospectives": lambda world: world.retrospective.pk,
    "retro-cards": lambda world: world.retro_card.pk,
    "retro-actions": lambda world: world.retro_action.pk,
    "meetings": lambda world: world.meeting.pk,
    "qualifications": lambda world: world.qualification.pk,
    "certificates": lambda world: world.certificate.pk,
    "coach-exceptions": lambda world: world.conflict_exception.pk,
    "coaching-notes": lambda world: world.coaching_note.pk,
    "coach-profiles": lambda world: world.coach_profile.pk,
    "role-assignments": lambda world: world.proposed_coach.pk,
    "raci-activities": lambda world: world.raci_activity.pk,
    "raci-persons": lambda world: world.raci_person.pk,
    "questions": lambda world: world.question.pk,
    "rollout-plans": lambda world: world.plan.pk,
    "plan-phases": lambda world: world.plan_phase.pk,
    "waves": lambda world: world.wave.pk,
    "criteria": lambda world: world.criterion.pk,
    "plan-tasks": lambda world: world.plan_task.pk,
    "plan-milestones": lambda world: world.plan_milestone.pk,
    "risks": lambda world: world.risk.pk,
    "plan-key-results": lambda world: world.plan_key_result.pk,
    "stakeholders": lambda world: world.stakeholder.pk,
    "stakeholder-concerns": lambda world: world.concern.pk,
    "disclosure-requests": lambda world: world.disclosure.pk,
    "leader-invitations": lambda world: world.invited_leader.pk,
    "leader-commitments": lambda world: world.commitment.pk,
    "buy-ins": lambda world: world.plan.pk,
    "budget-lines": lambda world: world.budget_line.pk,
    "escalations": lambda world: world.escalation.pk,
    "plan-comments": lambda world: world.plan_comment.pk,
    "planned-messages": lambda world: world.planned_message.pk,
    "sent-messages": lambda world: world.sent_message.pk,
    "courses": lambda world: world.course.pk,
    "course-sessions": lambda world: world.course_session.pk,
    "enrolments": lambda world: world.enrolment.pk,
    "posts": lambda world: world.post.pk,
    "post-comments": lambda world: world.post_comment.pk,
    "barrier-collections": lambda world: world.barrier_collection.pk,
    "barriers": lambda world: world.barrier.pk,
    "barrier-comments": lambda world: world.barrier_comment.pk,
    "pilot-decisions": lambda world: world.pilot_decision.pk,
    "members": lambda world: world.member.pk,
    "teams": lambda world: world.team.pk,
    "priorities": lambda world: world.priority.pk,
    "pause-periods": lambda world: world.pause.pk,
    "invitations": lambda world: world.invitation.pk,
    "tokens": lambda world: world.token.pk,
    "audit": lambda world: world.audit_entry.pk,
    "imports": lambda world: world.import_run.pk,
}
FIELDS = {
    "cycle": "cycle",
    "objective": "objective",
    "key_result": "key_result",
    "team": "team",
    "parent": "root_team",
    "owner": "member",
    "manager": "lead",
    "lead": "lead",
    "helper": "lead",
    "post": "post",
    "plan": "plan",
    "stakeholder": "stakeholder",
    "course": "course",
    "session": "course_session",
    "target_priority": "priority",
}


@pytest.fixture
def application() -> Iterator[WSGIHandler]:
    """The product without what closes connections after each request: the test holds a transaction open."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield WSGIHandler()
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_answers_are_as_the_schema_says(
    part: int, application: WSGIHandler, world: World, program: Callable[..., Program], record_property: Any
) -> None:
    with within(world.organization):
        for role in Role.values:
            roles.RoleAssignmentFactory.create(membership=world.lead, role=role)
        type(world.lead).objects.filter(pk=world.lead.pk).update(is_administrator=True)
    headers = {"Authorization": f"Bearer {program(world.lead).secret}"}
    schema = schemathesis.openapi.from_wsgi("/api/v1/schema/", application)
    statuses: dict[int, int] = {}
    failures: list[str] = []

    def try_out(operation: Any) -> None:
        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def ask(case: Any) -> None:
            _make_real(case, world)
            with transaction.atomic():
                answer = case.call(headers=headers)
                transaction.set_rollback(True)
            statuses[answer.status_code] = statuses.get(answer.status_code, 0) + 1
            case.validate_response(answer, checks=CHECKS)

        try:
            ask()
        except (Exception, BaseExceptionGroup) as error:
            failures.append(f"{operation.label}: {_told(error)}")

    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) > 70
    for operation in operations[part::PARTS]:
        try_out(operation)
    assert "\n".join(failures) == ""
    # The requests get far enough to say something: rows are read, written and refused.
    assert {200, 201, 204, 404, 422} <= set(statuses)
    covered = f"requests made up from the schema of the API, part {part + 1} of {PARTS}"
    record_property("covered", (covered, sum(statuses.values())))


def _make_real(case: Any, world: World) -> None:
    """Put ids that are there into a request, where it names any."""
    collection = case.operation.path.removeprefix("/api/v1/o/{slug}/").partition("/")[0]
    case.path_parameters["slug"] = world.organization.slug
    if "id" in case.path_parameters:
        case.path_parameters["id"] = str(REAL[collection](world))
    if "milestone_id" in case.path_parameters:
        case.path_parameters["milestone_id"] = str(world.milestone.pk)
    if "team_id" in case.path_parameters:
        case.path_parameters["team_id"] = str(world.root_team.pk)
    if "member_id" in case.path_parameters:
        case.path_parameters["member_id"] = str(world.lead.pk)
    if isinstance(case.body, dict):
        for name, attribute in FIELDS.items():
            if isinstance(case.body.get(name), str):
                case.body[name] = str(getattr(world, attribute).pk)


def _told(error: BaseException) -> str:
    """Return what failed, with what it is made of."""
    if isinstance(error, BaseExceptionGroup):
        return " | ".join(_told(one) for one in error.exceptions)
    return " ".join(str(error).split())[:600]
