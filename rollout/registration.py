"""What the rollout app tells the apps below it."""

from django.utils.translation import gettext_lazy as _

from okrapp.notifications.registry import registry as notifications
from organizations.actor import Actor
from organizations.registry import Page, registry

# All permissions, so that the directory of rights knows every action from the start.
from rollout import (
    budget_permissions,  # noqa: F401
    buy_in_permissions,  # noqa: F401
    demo,
    permissions,  # noqa: F401
    personal_data,
    readiness_permissions,  # noqa: F401
    stakeholder_permissions,  # noqa: F401
)
from rollout.domain import stakeholder_data, telling_of_people
from rollout.notices import KINDS
from rollout.queries import hidden_budget, hidden_trail

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
)


def register() -> None:
    """Register everything; called once, at start-up."""
    registry.personal_data += personal_data.KEPT
    registry.demo.append(demo.add_plan)
    registry.hidden_entries += [hidden_trail.hidden_from, hidden_budget.hidden_from]
    registry.cleaning.append(stakeholder_data.throw_away)
    notifications.add(*KINDS, place=250)
    notifications.mornings.append(telling_of_people.tell_of_overdue_contacts)
    registry.pages.append(Page(_("Rollout"), "rollout:plans", "rocket", order=57, covers=_PLACES, visible=_has_rollout))


def _has_rollout(actor: Actor) -> bool:
    return bool(actor.settings.rollout)
