"""The page of a plan's versions: what was submitted, what the sponsor says, and the comments."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from okrapp.web.htmx import UNPROCESSABLE
from organizations.requests import OrganizationRequest
from rollout import budget_permissions, permissions
from rollout.enums import VersionState
from rollout.forms.plan import AnswerForm
from rollout.forms.talk import PlanCommentForm
from rollout.models import RolloutPlan
from rollout.models.budget import ZERO
from rollout.queries.plan_changes import changed_since, versions_of
from rollout.queries.talk import comments_on
from rollout.queries.version_content import content_read
from rollout.views.fetching import around
from rollout.views.plan import actions_of


def approval_page(
    request: OrganizationRequest,
    plan: RolloutPlan,
    *,
    form: AnswerForm | None = None,
    comment_form: PlanCommentForm | None = None,
) -> HttpResponse:
    """Show the versions of a plan and what is said about it; with a form that was refused, that form (422)."""
    sees_budget = bool(budget_permissions.see_budget(request.actor, plan))
    sees_talk = bool(budget_permissions.see_talk(request.actor, plan))
    rows = versions_of(plan, with_budget=sees_budget)
    versions = [row.version for row in rows]
    asked = next((one for one in versions if one.is_budget_request), None)
    context: dict[str, Any] = around(request, plan, "rollout:plan_versions") | {
        "rows": rows,
        "form": form or AnswerForm(initial={"version": plan.version}),
        "actions": actions_of(request, plan),
        "sees_budget": sees_budget,
        "sees_talk": sees_talk,
        "asked": asked,
        "since": changed_since(plan, versions, with_budget=sees_budget),
        "approved_sum": next((one.budget_sum for one in versions if one.state == VersionState.APPROVED), ZERO),
        "answers_budget": asked is not None and bool(permissions.approve_plan(request.actor, plan)),
    }
    if form is not None and not (context["actions"]["answer"] or context["answers_budget"]):
        # Nothing waits for an answer any more: what was written stays to be read.
        context["unsent"] = form
    if context["actions"]["answer"]:
        context["content"] = content_read(
            next(row for row in versions if row.number == plan.version), with_budget=sees_budget
        )
    if sees_talk:
        context |= {
            "said": comments_on(request.actor, plan),
            "comment_form": comment_form or PlanCommentForm(auto_id="comment-%s"),
            "may_comment": not plan.is_over and plan.archived_at is None,
        }
    refused = any(one is not None and one.is_bound for one in (form, comment_form))
    return render(request, "rollout/approval/page.html", context, status=UNPROCESSABLE if refused else 200)
