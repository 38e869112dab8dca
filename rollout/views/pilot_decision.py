"""Decisions about pilots: taking one, and those taken."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from okrapp.web.htmx import go_to, invalid, respond, toast
from organizations.errors import Refused
from organizations.requests import OrganizationRequest
from organizations.views.posted import posted
from rollout import permissions, readiness_permissions
from rollout.domain.pilot_decision import decide_pilot
from rollout.enums import PlanState, Verdict
from rollout.forms.pilot_decision import DecisionForm
from rollout.models import PlanPhase
from rollout.queries.before_step import before_decision
from rollout.queries.pilot_decision import decisions_of, pilots_of
from rollout.views.fetching import around, plan_to
from rollout.views.plan import actions_of


@require_safe
def plan_decisions(request: OrganizationRequest, slug: str, plan_id: UUID) -> HttpResponse:
    """Show what was decided about the plan's pilots, with the criteria as they stood then."""
    found = plan_to(request, plan_id, permissions.see_plan)
    decisions = decisions_of(found)
    latest = decisions[0].decision if decisions else None
    runs = found.state == PlanState.RUNNING and found.archived_at is None
    context = around(request, found, "rollout:plan_decisions") | {
        "decisions": decisions,
        "pilots": pilots_of(found),
        "may_decide": runs and bool(readiness_permissions.decide_pilot(request.actor, found)),
        "is_to_stop": runs and latest is not None and latest.verdict == Verdict.STOP,
        "actions": actions_of(request, found),
    }
    return render(request, "rollout/decision/page.html", context)


@require_http_methods(["GET", "POST"])
def pilot_decide(request: OrganizationRequest, slug: str, phase_id: UUID) -> HttpResponse:
    """Decide about a pilot, with its criteria as they stand beside the form."""
    phase: PlanPhase = get_object_or_404(PlanPhase, pk=phase_id)
    phase.plan = plan = plan_to(request, phase.plan_id, readiness_permissions.decide_pilot)
    form = DecisionForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            decision = decide_pilot(actor=request.actor, phase=phase, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            stopped = decision.verdict == Verdict.STOP and form.cleaned_data["stops_plan"]
            toast(request, _("Recorded, and the rollout is stopped.") if stopped else _("The decision is recorded."))
            return go_to(request, reverse("rollout:plan_decisions", args=[slug, plan.pk]))
    context = {
        "form": form,
        "plan": plan,
        "phase": phase,
        "before": before_decision(request.actor, phase),
        "slug": slug,
        "action": request.path,
    }
    answer = invalid if form.is_bound else respond
    return answer(request, "rollout/decision/form.html", "rollout/decision/form_drawer.html", context)
