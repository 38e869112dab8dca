"""The tabs above the pages of one plan: a few subjects, each with the pages about it."""

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

# As the components `tabs` and `segments` take them: label, address, whether it is the page in view.
Links = list[tuple[str | Promise, str, bool]]


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a plan; its address takes the organization's short name and the plan's id."""

    label: str | Promise
    url_name: str
    may: Callable[[Actor, RolloutPlan], Decision]


@dataclass(frozen=True, slots=True)
class Tab:
    """A subject and its pages. Whoever may see one of them only reads that page's own name on the tab."""

    label: str | Promise
    pages: tuple[Page, ...]


def _alone(label: str | Promise, url_name: str, may: Callable[[Actor, RolloutPlan], Decision]) -> Tab:
    return Tab(label, (Page(label, url_name, may),))


TABS: tuple[Tab, ...] = (
    _alone(_("Overview"), "rollout:plan", permissions.see_outline),
    Tab(
        _("Timeline"),
        (
            Page(_("Timeline"), "rollout:plan_timeline", permissions.see_plan),
            Page(_("List"), "rollout:plan_list", permissions.see_plan),
            Page(_("Board"), "rollout:plan_board", permissions.see_plan),
        ),
    ),
    _alone(_("Readiness"), "rollout:plan_readiness", readiness_permissions.see_readiness),
    Tab(
        _("People"),
        (
            Page(_("Stakeholders"), "rollout:stakeholders", stakeholder_permissions.see_stakeholders),
            Page(_("Buy-in"), "rollout:buy_in", buy_in_permissions.see_buy_in),
            Page(_("My commitments"), "rollout:my_buy_in", buy_in_permissions.commit_as_leadership),
        ),
    ),
    _alone(_("Enablement"), "rollout:enablement", course_permissions.see_enablement),
    _alone(_("Messages"), "rollout:plan_messages", permissions.see_plan),
    _alone(_("Budget"), "rollout:plan_budget", budget_permissions.see_budget),
    Tab(
        _("Decisions"),
        (
            Page(_("Approval"), "rollout:plan_versions", permissions.see_plan),
            Page(_("Pilot"), "rollout:plan_decisions", permissions.see_plan),
            Page(_("Escalations"), "rollout:plan_escalations", budget_permissions.see_talk),
        ),
    ),
)


def plan_tabs(actor: Actor, plan: RolloutPlan, slug: str, current: str) -> tuple[Links, Links]:
    """Return the tabs an actor sees above the pages of a plan, and the pages of the tab in view if it has several.

    `current` is the name of the address in view. A tab leads to the first of its pages that the actor may see.
    """
    tabs: Links = []
    views: Links = []
    for tab in TABS:
        pages = [page for page in tab.pages if page.may(actor, plan)]
        if not pages:
            continue
        links: Links = [
            (in_own_label(page.label), reverse(page.url_name, args=[slug, plan.pk]), page.url_name == current)
            for page in pages
        ]
        is_current = any(link[2] for link in links)
        if len(links) == 1:
            tabs += links
        else:
            tabs.append((in_own_label(tab.label), links[0][1], is_current))
            views = links if is_current else views
    return tabs, views
