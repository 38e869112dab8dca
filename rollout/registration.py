"""What the rollout app tells the apps below it."""

from django.utils.translation import gettext_lazy as _

from okrapp.notifications.registry import registry as notifications
from organizations.actor import Actor
from organizations.registry import Page, registry

# All permissions, so that the directory of rights knows every action from the start.
from rollout import (
    budget_permissions,  # noqa: F401
    buy_in_permissions,  # noqa: F401
    course_permissions,  # noqa: F401
    measuring,
    message_permissions,  # noqa: F401
    permissions,  # noqa: F401
    personal_data,
    readiness_permissions,  # noqa: F401
    stakeholder_permissions,  # noqa: F401
)
from rollout.demo.build import add_plan
from rollout.demo.courses import add_courses
from rollout.demo.large.build import add_programme
from rollout.domain import (
    enrolling_by_itself,
    message_agenda,
    stakeholder_data,
    telling_of_courses,
    telling_of_people,
    telling_of_tasks,
)
from rollout.notices import KINDS
from rollout.queries import hidden_budget, hidden_courses, hidden_trail
from rollout.queries.tasks import week_card
from rollout.queries.wave import started_teams

_PLACES = (
    "rollout:plan",
    "rollout:plan_create",
    "rollout:plan_edit",
    "rollout:plan_officers",
    "rollout:plan_timeline",
    "rollout:plan_list",
    "rollout:plan_board",
    "rollout:plan_versions",
    "rollout:plan_version",
    "rollout:plan_approve",
    "rollout:plan_return",
    "rollout:plan_comment",
    "rollout:budget_approve",
    "rollout:budget_return",
    "rollout:plan_stop",
    "rollout:plan_readiness",
    "rollout:collection_edit",
    "rollout:barrier_edit",
    "rollout:barrier_answer",
    "rollout:plan_decisions",
    "rollout:pilot_decide",
    "rollout:part_create",
    "rollout:part_edit",
    "rollout:criterion_judge",
    "rollout:task_needs",
    "rollout:task_shift",
    "rollout:phase_needs",
    "rollout:phase_shift",
    "rollout:phase_remove",
    "rollout:wave_teams",
    "rollout:wave_start",
    "rollout:plan_complete",
    "rollout:about_me",
    "rollout:stakeholders",
    "rollout:stakeholder",
    "rollout:stakeholder_create",
    "rollout:stakeholder_edit",
    "rollout:attitude_create",
    "rollout:concern_create",
    "rollout:concern_edit",
    "rollout:buy_in",
    "rollout:leader_invite",
    "rollout:my_buy_in",
    "rollout:commitment_create",
    "rollout:commitment_edit",
    "rollout:plan_budget",
    "rollout:budget_ask",
    "rollout:plan_escalations",
    "rollout:escalation_raise",
    "rollout:escalation_edit",
    "rollout:escalation_answer",
    "rollout:sponsor_home",
    "rollout:plan_messages",
    "rollout:sent_messages",
    "rollout:message_gaps",
    "rollout:message_create",
    "rollout:message",
    "rollout:message_edit",
    "rollout:message_done",
    "rollout:sent_message",
    "rollout:enablement",
    "rollout:lacking",
)
_COURSES = (
    "rollout:my_courses",
    "rollout:course",
    "rollout:course_create",
    "rollout:course_edit",
    "rollout:session",
    "rollout:session_create",
    "rollout:session_edit",
    "rollout:session_cancel",
    "rollout:session_enrol_somebody",
)


def register() -> None:
    """Register everything; called once, at start-up."""
    registry.personal_data += personal_data.KEPT
    registry.demo += [add_plan, add_courses]
    registry.large_demo.append(add_programme)
    registry.measured.append(measuring.shown)
    registry.hidden_entries += [hidden_trail.hidden_from, hidden_budget.hidden_from, hidden_courses.hidden_from]
    registry.dispatch_tasks[message_agenda.DISPATCH_KIND] = "rollout.tasks.send_messages"
    registry.cleaning.append(stakeholder_data.throw_away)
    notifications.add(*KINDS, place=250)
    notifications.mornings += [telling_of_people.tell_of_overdue_contacts, telling_of_tasks.tell_of_task_days]
    registry.week_cards.append(week_card)
    registry.cycle_teams.append(started_teams)
    _register_courses()
    registry.pages.append(Page(_("Rollout"), "rollout:plans", "rocket", order=57, covers=_PLACES, visible=_has_rollout))
    courses = Page(_("Courses"), "rollout:courses", "graduation-cap", order=57, covers=_COURSES, visible=_has_rollout)
    registry.pages.append(courses)


def _register_courses() -> None:
    registry.dispatch_tasks[enrolling_by_itself.DISPATCH_KIND] = "rollout.tasks.enrol_who_needs_it"
    registry.recorded.append(enrolling_by_itself.follow_writes)
    registry.leaving.append(enrolling_by_itself.give_up_enrolments)
    notifications.mornings += [telling_of_courses.tell_of_tomorrow, enrolling_by_itself.look_in_the_morning]


def _has_rollout(actor: Actor) -> bool:
    return bool(actor.settings.rollout)
