"""Every address of the product, from the URL resolver, and what to put into its variable parts."""

import inspect
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import URLPattern, URLResolver, get_resolver

from okrapp.notifications.links import UNSUBSCRIBE
from okrs.quick_link import quick_token
from tests.factories.worlds import World

TENANT = "o/<slug:slug>/"
API = "api/v1/"
VARIABLE = re.compile(r"<(?:[^:<>]+:)?(?P<name>\w+)>")


@dataclass(frozen=True)
class Address:
    """One pattern of the resolver: its name with namespaces, its route, and the methods its view declares."""

    name: str
    route: str
    methods: tuple[str, ...]
    view: Any

    @property
    def is_api(self) -> bool:
        return self.route.startswith(API)

    @property
    def is_of_an_organization(self) -> bool:
        return self.route.removeprefix(API).startswith(TENANT)

    @property
    def variables(self) -> tuple[str, ...]:
        """Names of the variable parts, without the organization's."""
        return tuple(name for name in VARIABLE.findall(self.route) if name != "slug")

    def path(self, values: dict[str, object]) -> str:
        """Return the path with its variable parts filled in; KeyError for one without a value."""
        return "/" + VARIABLE.sub(lambda match: str(values[match["name"]]), self.route)


def _walk(resolver: URLResolver, route: str, namespaces: tuple[str, ...]) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        here = f"{route}{pattern.pattern}"
        if isinstance(pattern, URLPattern):
            actions = getattr(pattern.callback, "actions", None)
            # Function views say nothing about their methods; those that take no GET or no POST answer 405.
            # The framework adds HEAD to the API's once they have been called.
            declared = sorted(method.upper() for method in actions or ("get", "post"))
            methods = tuple(method for method in declared if method != "HEAD")
            yield Address(":".join([*namespaces, pattern.name or ""]), here, methods, _view(pattern.callback))
        else:
            yield from _walk(pattern, here, (*namespaces, *filter(None, [pattern.namespace])))


def _view(callback: Any) -> Any:
    """Return the view itself: the class of the API's, the function beneath its decorators otherwise."""
    return getattr(callback, "cls", None) or inspect.unwrap(callback)


def addresses() -> list[Address]:
    """Return every address of the product."""
    return list(_walk(get_resolver(), "", ()))


def tenant_addresses() -> list[Address]:
    """Return those below `/o/<slug>/` and `/api/v1/o/<slug>/`."""
    return [address for address in addresses() if address.is_of_an_organization]


def outside_addresses() -> list[Address]:
    """Return all others."""
    return [address for address in addresses() if not address.is_of_an_organization]


# What a variable part of a page's address stands for.
OBJECTS: dict[str, Callable[[World], Any]] = {
    "team_slug": lambda world: world.team.slug,
    "member_id": lambda world: world.member.pk,
    "invitation_id": lambda world: world.invitation.pk,
    "token": lambda world: world.invitation_secret,
    "token_id": lambda world: world.token.pk,
    "priority_id": lambda world: world.priority.pk,
    "pause_id": lambda world: world.pause.pk,
    "import_id": lambda world: world.import_run.pk,
    "cycle_id": lambda world: world.cycle.pk,
    "extension_id": lambda world: world.extension.pk,
    "team_id": lambda world: world.root_team.pk,
    "objective_id": lambda world: world.objective.pk,
    "target_id": lambda world: world.organization_objective.pk,
    "key_result_id": lambda world: world.key_result.pk,
    "milestone_id": lambda world: world.milestone.pk,
    "check_in_id": lambda world: world.check_in.pk,
    "alignment_id": lambda world: world.alignment.pk,
    "initiative_id": lambda world: world.initiative.pk,
    "dependency_id": lambda world: world.dependency.pk,
    "request_id": lambda world: world.request.pk,
    "example_id": lambda world: world.example.pk,
    "meeting_id": lambda world: world.meeting.pk,
    "retrospective_id": lambda world: world.retrospective.pk,
    "card_id": lambda world: world.retro_card.pk,
    "action_id": lambda world: world.retro_action.pk,
    "comment_id": lambda world: world.comment.pk,
    "kudos_id": lambda world: world.kudos.pk,
    "proposal_id": lambda world: world.proposal.pk,
    "mention_id": lambda world: world.mention.pk,
    "qualification_id": lambda world: world.qualification.pk,
    "raci_activity_id": lambda world: world.raci_activity.pk,
    "assignment_id": lambda world: world.proposed_coach.pk,
    "raci_person_id": lambda world: world.raci_person.pk,
    "post_id": lambda world: world.post.pk,
    "question_id": lambda world: world.question.pk,
    "post_comment_id": lambda world: world.post_comment.pk,
    "certificate_id": lambda world: world.certificate.pk,
    "coaching_id": lambda world: world.coaching.pk,
    "exception_id": lambda world: world.conflict_exception.pk,
    "note_id": lambda world: world.coaching_note.pk,
    "coach_id": lambda world: world.lead.pk,
    "plan_id": lambda world: world.plan.pk,
    "part_id": lambda world: world.plan_task.pk,
    "task_id": lambda world: world.plan_task.pk,
    "phase_id": lambda world: world.plan_phase.pk,
    "barrier_id": lambda world: world.barrier.pk,
    "barrier_comment_id": lambda world: world.barrier_comment.pk,
    "wave_id": lambda world: world.wave.pk,
    "criterion_id": lambda world: world.criterion.pk,
    "stakeholder_id": lambda world: world.stakeholder.pk,
    "attitude_id": lambda world: world.attitude.pk,
    "concern_id": lambda world: world.concern.pk,
    "disclosure_id": lambda world: world.disclosure.pk,
    "buy_in_leader_id": lambda world: world.invited_leader.pk,
    "commitment_id": lambda world: world.commitment.pk,
    "escalation_id": lambda world: world.escalation.pk,
    "plan_comment_id": lambda world: world.plan_comment.pk,
    "planned_message_id": lambda world: world.planned_message.pk,
    "sent_message_id": lambda world: world.sent_message.pk,
    "course_id": lambda world: world.course.pk,
    "course_session_id": lambda world: world.course_session.pk,
    "enrolment_id": lambda world: world.enrolment.pk,
    "notification_id": lambda world: world.notification.pk,
    "endpoint_id": lambda world: world.endpoint.pk,
    "delivery_id": lambda world: world.webhook_delivery.pk,
    "unsubscribe_token": lambda world: UNSUBSCRIBE.sign_object([str(world.member.pk), ""]),
    "quick_token": lambda world: quick_token(world.reminder),
}

# What `pk` stands for in the API, by the name of the collection.
API_OBJECTS: dict[str, Callable[[World], Any]] = {
    "organizations_api:member": lambda world: world.member.pk,
    "organizations_api:team": lambda world: world.team.pk,
    "organizations_api:priority": lambda world: world.priority.pk,
    "organizations_api:pause-period": lambda world: world.pause.pk,
    "organizations_api:invitation": lambda world: world.invitation.pk,
    "organizations_api:token": lambda world: world.token.pk,
    "organizations_api:audit": lambda world: world.audit_entry.pk,
    "organizations_api:import": lambda world: world.import_run.pk,
    "rollout_api:budget-line": lambda world: world.budget_line.pk,
    "rollout_api:escalation": lambda world: world.escalation.pk,
    "rollout_api:plan-comment": lambda world: world.plan_comment.pk,
    "rollout_api:planned-message": lambda world: world.planned_message.pk,
    "rollout_api:sent-message": lambda world: world.sent_message.pk,
    "roles_api:qualification": lambda world: world.qualification.pk,
    "roles_api:certificate": lambda world: world.certificate.pk,
    "roles_api:coach-exception": lambda world: world.conflict_exception.pk,
    "roles_api:coaching-note": lambda world: world.coaching_note.pk,
    "roles_api:coach-profile": lambda world: world.coach_profile.pk,
    "roles_api:raci-activity": lambda world: world.raci_activity.pk,
    "roles_api:role-assignment": lambda world: world.proposed_coach.pk,
    "roles_api:raci-person": lambda world: world.raci_person.pk,
    "roles_api:post": lambda world: world.post.pk,
    "roles_api:question": lambda world: world.question.pk,
    "roles_api:post-comment": lambda world: world.post_comment.pk,
    "rollout_api:rollout-plan": lambda world: world.plan.pk,
    "rollout_api:plan-phase": lambda world: world.plan_phase.pk,
    "rollout_api:wave": lambda world: world.wave.pk,
    "rollout_api:criterion": lambda world: world.criterion.pk,
    "rollout_api:plan-task": lambda world: world.plan_task.pk,
    "rollout_api:plan-milestone": lambda world: world.plan_milestone.pk,
    "rollout_api:risk": lambda world: world.risk.pk,
    "rollout_api:plan-key-result": lambda world: world.plan_key_result.pk,
    "rollout_api:barrier-collection": lambda world: world.barrier_collection.pk,
    "rollout_api:barrier": lambda world: world.barrier.pk,
    "rollout_api:barrier-comment": lambda world: world.barrier_comment.pk,
    "rollout_api:pilot-decision": lambda world: world.pilot_decision.pk,
    "rollout_api:stakeholder": lambda world: world.stakeholder.pk,
    "rollout_api:stakeholder-concern": lambda world: world.concern.pk,
    "rollout_api:disclosure-request": lambda world: world.disclosure.pk,
    "rollout_api:leader-invitation": lambda world: world.invited_leader.pk,
    "rollout_api:leader-commitment": lambda world: world.commitment.pk,
    "rollout_api:buy-in": lambda world: world.plan.pk,
    "rollout_api:course": lambda world: world.course.pk,
    "rollout_api:course-session": lambda world: world.course_session.pk,
    "rollout_api:enrolment": lambda world: world.enrolment.pk,
    "notifications_api:notification": lambda world: world.notification.pk,
    "notifications_api:webhook": lambda world: world.endpoint.pk,
    "notifications_api:chat-room": lambda world: world.room.pk,
    "okrs_api:cycle": lambda world: world.cycle.pk,
    "okrs_api:team-week": lambda world: world.team.pk,
    "okrs_api:objective": lambda world: world.objective.pk,
    "okrs_api:key-result": lambda world: world.key_result.pk,
    "okrs_api:check-in": lambda world: world.check_in.pk,
    "okrs_api:comment": lambda world: world.comment.pk,
    "okrs_api:kudos": lambda world: world.kudos.pk,
    "okrs_api:proposal": lambda world: world.proposal.pk,
    "okrs_api:mention": lambda world: world.mention.pk,
    "okrs_api:alignment": lambda world: world.alignment.pk,
    "okrs_api:alignment-request": lambda world: world.request.pk,
    "okrs_api:dependency": lambda world: world.dependency.pk,
    "okrs_api:initiative": lambda world: world.initiative.pk,
    "okrs_api:example": lambda world: world.example.pk,
    "okrs_api:review": lambda world: world.review.pk,
    "okrs_api:meeting": lambda world: world.meeting.pk,
    "okrs_api:retrospective": lambda world: world.retrospective.pk,
    "okrs_api:retro-card": lambda world: world.retro_card.pk,
    "okrs_api:retro-action": lambda world: world.retro_action.pk,
}

# Variable parts that name nothing of an organization, with a value they take.
WORDS = {"kind": "okrs", "file_format": "csv", "role": "coach", "chat": "slack", "part_kind": "tasks", "number": 1}


# Addresses that need more than their path: names and values of the query.
QUERIES: dict[str, Callable[[World], dict[str, object]]] = {
    "okrs:alignment_branch": lambda world: {"kind": "objective", "node": world.organization_objective.pk},
}


def value_of(address: Address, variable: str, world: World) -> object:
    """Return what a variable part stands for in a world; KeyError if nobody has said what it is."""
    if variable in WORDS:
        return WORDS[variable]
    if address.is_api and variable == "pk":
        collections = [name for name in API_OBJECTS if address.name.startswith(f"{name}-")]
        return API_OBJECTS[max(collections, key=len, default=address.name)](world)
    return OBJECTS[variable](world)


def filled(address: Address, world: World, **changes: object) -> str:
    """Return the path of an address in a world; `changes` replace single values."""
    values: dict[str, object] = {"slug": world.organization.slug}
    values |= {variable: value_of(address, variable, world) for variable in address.variables}
    query = QUERIES[address.name](world) if address.name in QUERIES else {}
    return address.path(values | changes) + (f"?{urlencode(query)}" if query else "")


def query_names(address: Address) -> list[str]:
    """Return the names of the query that the view of an address, or another one beside it, reads."""
    if address.is_api:
        filters = getattr(getattr(address.view, "filterset_class", None), "base_filters", {})
        others = {name for names in getattr(address.view, "parameters", {}).values() for name in names}
        return [*filters, *sorted(others - {*filters}), "cursor", "expand", "limit", "ordering", "page_size"]
    return sorted(set(_READS.findall(inspect.getsource(sys.modules[address.view.__module__]))))


# What the query of a view is about; everything else is tried with some of each.
_ABOUT: dict[str, tuple[Callable[[World], Any], ...]] = {
    "cycle": (lambda world: world.cycle.pk,),
    "team": (lambda world: world.team.pk, lambda world: world.team.slug),
    "parent": (lambda world: world.team.pk, lambda world: world.team.slug),
    "objective": (lambda world: world.objective.pk,),
    "key_result": (lambda world: world.key_result.pk,),
    "claims": (lambda world: world.placeholder.pk,),
    "wave": (lambda world: world.wave.pk,),
    "owner": (lambda world: world.lead.pk,),
    "email": (lambda world: world.member.email,),
    # A part of every name of the other organization.
    **dict.fromkeys(("q", "name", "title", "example", "verb"), (lambda world: world.organization.name[1:5],)),
}
_SOME = (lambda world: world.member.pk, lambda world: world.organization_objective.pk)


def values_of_query(name: str, world: World) -> list[str]:
    """Return what to put into a query, of rows of a world."""
    return [str(find(world)) for find in _ABOUT.get(name, _SOME)]


_READS = re.compile(r"""\bGET(?:\.get|\.getlist)?[(\[]"(\w+)\"""")


def own_parts(address: Address) -> list[str]:
    """Return the variable parts that name a row of the organization."""
    return [variable for variable in address.variables if variable not in WORDS]
