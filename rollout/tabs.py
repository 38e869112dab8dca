"""The tabs above the pages of one plan: one for each thing the programme is made of."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from okrapp.web.decisions import Decision
from okrapp.web.wording import in_own_label
from organizations.actor import Actor
from rollout import (
    budget_permissions,
    buy_in_permissions,
    course_permissions,
    permissions,
    readiness_permissions,
    stakeholder_permissions,
)
from rollout.models import RolloutPlan


@dataclass(frozen=True, slots=True)
class Tab:
    """A page of a plan; its address takes the organization's short name and the plan's id."""

    label: str | Promise
    url_name: str
    may: Callable[[Actor, RolloutPlan], Decision]


TABS: tuple[Tab, ...] = (
    Tab(_("Overview"), "rollout:plan", permissions.see_outline),
    Tab(_("Timeline"), "rollout:plan_timeline", permissions.see_plan),
    Tab(_("List"), "rollout:plan_list", permissions.see_plan),
    Tab(_("Board"), "rollout:plan_board", permissions.see_plan),
    Tab(_("Readiness"), "rollout:plan_readiness", readiness_permissions.see_readiness),
    Tab(_("Enablement"), "rollout:enablement", course_permissions.see_enablement),
    Tab(_("Decisions"), "rollout:plan_decisions", permissions.see_plan),
    Tab(_("Budget"), "rollout:plan_budget", budget_permissions.see_budget),
    Tab(_("Escalations"), "rollout:plan_escalations", budget_permissions.see_talk),
    Tab(_("Approval"), "rollout:plan_versions", permissions.see_plan),
    Tab(_("Messages"), "rollout:plan_messages", permissions.see_plan),
    Tab(_("Stakeholders"), "rollout:stakeholders", stakeholder_permissions.see_stakeholders),
    Tab(_("Buy-in"), "rollout:buy_in", buy_in_permissions.see_buy_in),
    Tab(_("My commitments"), "rollout:my_buy_in", buy_in_permissions.commit_as_leadership),
)


def plan_tabs(actor: Actor, plan: RolloutPlan, slug: str, current: str) -> list[tuple[str | Promise, str, bool]]:
    """Return the tabs an actor sees above the pages of a plan; `current` is the name of the address in view."""
    return [
        (in_own_label(tab.label), reverse(tab.url_name, args=[slug, plan.pk]), tab.url_name == current)
        for tab in TABS
        if tab.may(actor, plan)
    ]
