"""Difficulties brought before the sponsor of a plan, and what they answer."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from okrapp.web.decisions import authorize
from okrapp.web.htmx import go_to, invalid, respond, toast
from organizations.errors import Refused
from organizations.queries.settings import today_of
from organizations.requests import OrganizationRequest
from organizations.views.posted import posted
from rollout import budget_permissions, permissions
from rollout.domain import escalation as domain
from rollout.forms.talk import EscalationAnswerForm, EscalationForm
from rollout.models import Escalation, RolloutPlan
from rollout.queries.talk import escalations_of
from rollout.views.fetching import around, plan_to

FORM, FORM_DRAWER = "rollout/escalation/form.html", "rollout/escalation/form_drawer.html"
ANSWER, ANSWER_DRAWER = "rollout/escalation/answer.html", "rollout/escalation/answer_drawer.html"


@require_safe
def plan_escalations(request: OrganizationRequest, slug: str, plan_id: UUID) -> HttpResponse:
    """Show what was brought before the sponsor, and what they answered."""
    found = plan_to(request, plan_id, budget_permissions.see_talk)
    rows = escalations_of(found)
    is_current = not found.is_over and found.archived_at is None
    context = around(request, found, "rollout:plan_escalations") | {
        "open_rows": [row for row in rows if row.state != "closed"],
        "closed_rows": [row for row in rows if row.state == "closed"],
        "may_answer": is_current and request.actor.is_(found.sponsor_id),
        "today": today_of(request.actor.settings),
    }
    return render(request, "rollout/escalation/page.html", context)


@require_http_methods(["GET", "POST"])
def escalation_raise(request: OrganizationRequest, slug: str, plan_id: UUID) -> HttpResponse:
    """Bring a difficulty before the sponsor."""
    found = plan_to(request, plan_id, permissions.edit_plan)
    form = EscalationForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            domain.raise_escalation(actor=request.actor, plan=found, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            toast(request, _("The Sponsor is told."))
            return go_to(request, _page(slug, found))
    return _shown(request, form, FORM, FORM_DRAWER, {"plan": found, "title": _("Ask the Sponsor for a decision")})


@require_http_methods(["GET", "POST"])
def escalation_edit(request: OrganizationRequest, slug: str, escalation_id: UUID) -> HttpResponse:
    """Change what is asked, before it is answered."""
    one = _escalation(escalation_id)
    authorize(budget_permissions.edit_escalation(request.actor, one))
    form = EscalationForm(posted(request), escalation=one)
    if request.method == "POST" and form.is_valid():
        try:
            domain.edit_escalation(actor=request.actor, escalation=one, changes=form.changes(), seen=form.seen)
        except Refused as refused:
            form.refuse(refused)
        else:
            toast(request, _("Saved"))
            return go_to(request, _page(slug, one.plan))
    return _shown(request, form, FORM, FORM_DRAWER, {"plan": one.plan, "title": _("Edit escalation")})


@require_http_methods(["GET", "POST"])
def escalation_answer(request: OrganizationRequest, slug: str, escalation_id: UUID) -> HttpResponse:
    """Say what the sponsor says."""
    one = _escalation(escalation_id)
    authorize(budget_permissions.answer_escalation(request.actor, one))
    form = EscalationAnswerForm(posted(request), initial={"answer": one.answer})
    if request.method == "POST" and form.is_valid():
        try:
            domain.answer_escalation(actor=request.actor, escalation=one, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            toast(request, _("Answered. Whoever asked is told."))
            return go_to(request, _page(slug, one.plan))
    return _shown(request, form, ANSWER, ANSWER_DRAWER, {"plan": one.plan, "escalation": one})


@require_POST
def escalation_close(request: OrganizationRequest, slug: str, escalation_id: UUID) -> HttpResponse:
    """Say that it is settled; the toast opens it again."""
    undo = reverse("rollout:escalation_reopen", args=[slug, escalation_id])
    return _moved(request, escalation_id, domain.close_escalation, _("Closed"), undo=undo)


@require_POST
def escalation_reopen(request: OrganizationRequest, slug: str, escalation_id: UUID) -> HttpResponse:
    """Open a closed one again."""
    return _moved(request, escalation_id, domain.reopen_escalation, _("Open again"))


def _escalation(escalation_id: UUID) -> Escalation:
    rows = Escalation.objects.select_related("plan__sponsor", "raised_by")
    found: Escalation = get_object_or_404(rows.prefetch_related("plan__officers"), pk=escalation_id)
    return found


def _page(slug: str, plan: RolloutPlan) -> str:
    return reverse("rollout:plan_escalations", args=[slug, plan.pk])


def _moved(
    request: OrganizationRequest, escalation_id: UUID, do: Callable[..., Any], text: str, *, undo: str = ""
) -> HttpResponse:
    one = _escalation(escalation_id)
    authorize(budget_permissions.edit_escalation(request.actor, one))
    try:
        do(actor=request.actor, escalation=one)
    except Refused as refused:
        toast(request, " ".join(refused.messages), tone="warn")
    else:
        toast(request, text, undo_url=undo)
    return go_to(request, _page(request.organization.slug, one.plan))


def _shown(
    request: OrganizationRequest,
    form: EscalationForm | EscalationAnswerForm,
    page: str,
    drawer: str,
    context: dict[str, Any],
) -> HttpResponse:
    context |= {"form": form, "slug": request.organization.slug, "action": request.path}
    answer = invalid if form.is_bound else respond
    return answer(request, page, drawer, context)
