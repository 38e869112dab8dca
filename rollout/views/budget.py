"""The money of a plan: its page, asking the sponsor for more, and their answer."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from okrapp.web.htmx import go_to, invalid, respond, toast
from organizations.errors import Refused
from organizations.requests import OrganizationRequest
from organizations.views.posted import posted
from rollout import budget_permissions, permissions
from rollout.domain import budget as domain
from rollout.forms.plan import AnswerForm
from rollout.forms.talk import BudgetRequestForm
from rollout.models import PlanVersion, RolloutPlan
from rollout.queries.budget import approved_now, budget_page, may_be_asked_again
from rollout.views.approval_page import approval_page
from rollout.views.fetching import around, plan_to
from rollout.views.posting import posted_from


@require_safe
def plan_budget(request: OrganizationRequest, slug: str, plan_id: UUID) -> HttpResponse:
    """Show the budget of a plan: its lines, sums and forecast, and what was approved."""
    found = plan_to(request, plan_id, budget_permissions.see_budget)
    opened = request.GET.getlist("open")
    page = budget_page(found, no_phase=_("None in particular"), opened=opened)
    toggles = [
        (group, urlencode([("open", one.code) for one in page.categories if (one is group) == one.is_folded]))
        for group in page.categories
    ]
    context = around(request, found, "rollout:plan_budget") | {
        "page": page,
        "categories": toggles,
        "may_ask": may_be_asked_again(found) and page.approved.excess > 0 and page.approved.waiting is None,
    }
    return render(request, "rollout/budget/page.html", context)


@require_http_methods(["GET", "POST"])
def budget_ask(request: OrganizationRequest, slug: str, plan_id: UUID) -> HttpResponse:
    """Ask the sponsor for more money than was approved, with the reason."""
    found = plan_to(request, plan_id, permissions.edit_plan)
    form = BudgetRequestForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            domain.ask_for_budget(actor=request.actor, plan=found, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            toast(request, _("The Sponsor is asked. The rollout goes on meanwhile."))
            return go_to(request, reverse("rollout:plan_budget", args=[slug, found.pk]))
    context = {
        "form": form,
        "plan": found,
        "slug": slug,
        "action": request.path,
        "approved": approved_now(found),
    }
    answer = invalid if form.is_bound else respond
    return answer(request, "rollout/budget/ask.html", "rollout/budget/ask_drawer.html", context)


@posted_from("rollout:plan_budget")
def budget_withdraw(request: OrganizationRequest, slug: str, plan_id: UUID) -> HttpResponse:
    """Take back that more money is asked for."""
    found = plan_to(request, plan_id, permissions.edit_plan)
    try:
        domain.withdraw_budget_request(actor=request.actor, plan=found)
    except Refused as refused:
        toast(request, " ".join(refused.messages), tone="warn")
    else:
        toast(request, _("Taken back."))
    return go_to(request, reverse("rollout:plan_budget", args=[slug, found.pk]))


@posted_from("rollout:plan_versions")
def budget_approve(request: OrganizationRequest, slug: str, plan_id: UUID) -> HttpResponse:
    """Approve the sum that is asked for."""
    return _answer(request, plan_id, domain.approve_budget, _("Approved. This is the sum from now on."))


@posted_from("rollout:plan_versions")
def budget_return(request: OrganizationRequest, slug: str, plan_id: UUID) -> HttpResponse:
    """Say no to the sum that is asked for, with the reason."""
    return _answer(request, plan_id, domain.return_budget, _("Not approved. The sum stays as it was."))


def _answer(request: OrganizationRequest, plan_id: UUID, say: Callable[..., Any], text: str) -> HttpResponse:
    found: RolloutPlan = plan_to(request, plan_id, budget_permissions.answer_budget)
    form = AnswerForm(request.POST)
    if form.is_valid():
        values = form.cleaned_data
        version = PlanVersion.objects.filter(plan=found, number=values["version"]).select_related("plan").first()
        if version is None:
            raise Http404
        try:
            say(actor=request.actor, version=version, reason=values["reason"])
        except Refused as refused:
            form.refuse(refused)
        else:
            toast(request, text)
            return go_to(request, reverse("rollout:plan_versions", args=[request.organization.slug, found.pk]))
    found.refresh_from_db(fields=["version"])
    form.show_again(version=found.version)
    return approval_page(request, found, form=form)
