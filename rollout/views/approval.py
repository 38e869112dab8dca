"""Submitting a plan, the sponsor's answer, and the versions with what changed between them."""

from collections.abc import Callable
from typing import Any
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
from rollout import budget_permissions, permissions
from rollout.domain import criterion as criterion_domain
from rollout.domain import plan_state
from rollout.enums import Verdict
from rollout.forms.plan import AnswerForm, JudgeForm, StopForm
from rollout.models import Criterion, RolloutPlan
from rollout.queries.criterion import words_of
from rollout.queries.pilot_decision import latest_decision
from rollout.queries.plan_changes import versions_seen
from rollout.queries.version_content import content_read
from rollout.views.approval_page import approval_page
from rollout.views.fetching import around, part_to_edit, plan_to
from rollout.views.posting import posted_from


@require_safe
def plan_versions(request: OrganizationRequest, slug: str, plan_id: UUID) -> HttpResponse:
    """Show what was submitted, what the sponsor said, what changed each time, and the comments."""
    return approval_page(request, plan_to(request, plan_id, permissions.see_plan))


@require_safe
def plan_version(request: OrganizationRequest, slug: str, plan_id: UUID, number: int) -> HttpResponse:
    """Show a version as it was submitted."""
    found = plan_to(request, plan_id, permissions.see_plan)
    sees_budget = bool(budget_permissions.see_budget(request.actor, found))
    version = get_object_or_404(versions_seen(found, with_budget=sees_budget), number=number)
    version.plan = found
    context = around(request, found, "rollout:plan_versions") | {
        "version": version,
        "content": content_read(version, with_budget=sees_budget),
        "sees_budget": sees_budget,
    }
    return render(request, "rollout/approval/version.html", context)


@posted_from("rollout:plan_versions")
def plan_submit(request: OrganizationRequest, slug: str, plan_id: UUID) -> HttpResponse:
    """Lay a plan before its sponsor."""
    found = plan_to(request, plan_id, permissions.edit_plan)
    return _moved(
        request,
        found,
        lambda: plan_state.submit_plan(actor=request.actor, plan=found),
        _("Submitted. The Sponsor approves it or sends it back."),
    )


@posted_from("rollout:plan_versions")
def plan_withdraw(request: OrganizationRequest, slug: str, plan_id: UUID) -> HttpResponse:
    """Take a submitted plan back."""
    found = plan_to(request, plan_id, permissions.edit_plan)
    return _moved(
        request,
        found,
        lambda: plan_state.withdraw_plan(actor=request.actor, plan=found),
        _("Taken back: the plan is a draft again."),
    )


@posted_from("rollout:plan_versions")
def plan_rework(request: OrganizationRequest, slug: str, plan_id: UUID) -> HttpResponse:
    """Write an approved plan anew, before it begins."""
    found = plan_to(request, plan_id, permissions.edit_plan)
    return _moved(
        request,
        found,
        lambda: plan_state.rework_plan(actor=request.actor, plan=found),
        _("The plan is a draft again. It needs a new approval."),
        undo=reverse("rollout:plan_rework_undo", args=[slug, found.pk]),
    )


@posted_from("rollout:plan_versions")
def plan_rework_undo(request: OrganizationRequest, slug: str, plan_id: UUID) -> HttpResponse:
    """Let a plan keep its approval after all."""
    found = plan_to(request, plan_id, permissions.edit_plan)
    return _moved(
        request,
        found,
        lambda: plan_state.undo_rework(actor=request.actor, plan=found),
        _("The plan has its approval again."),
    )


@posted_from("rollout:plan_versions")
def plan_approve(request: OrganizationRequest, slug: str, plan_id: UUID) -> HttpResponse:
    """Approve the version that was read."""
    return _answer(request, plan_id, plan_state.approve_plan, _("Approved. The Program Lead Office can begin."))


@posted_from("rollout:plan_versions")
def plan_return(request: OrganizationRequest, slug: str, plan_id: UUID) -> HttpResponse:
    """Send the version that was read back, with the reason."""
    return _answer(request, plan_id, plan_state.return_plan, _("Sent back to the Program Lead Office."))


@require_http_methods(["GET", "POST"])
def plan_stop(request: OrganizationRequest, slug: str, plan_id: UUID) -> HttpResponse:
    """End a rollout before its time, with the reason."""
    found = plan_to(request, plan_id, permissions.edit_plan)
    decision = latest_decision(found)
    reason = decision.reason if decision is not None and decision.verdict == Verdict.STOP else ""
    form = StopForm(posted(request), initial={"reason": reason})
    if request.method == "POST" and form.is_valid():
        try:
            plan_state.stop_plan(actor=request.actor, plan=found, reason=form.cleaned_data["reason"])
        except Refused as refused:
            form.refuse(refused)
        else:
            toast(request, _("The rollout is stopped."))
            return go_to(request, reverse("rollout:plan", args=[slug, found.pk]))
    context = {"form": form, "plan": found, "slug": slug, "action": request.path}
    answer = invalid if form.is_bound else respond
    return answer(request, "rollout/approval/stop.html", "rollout/approval/stop_drawer.html", context)


@require_http_methods(["GET", "POST"])
def criterion_judge(request: OrganizationRequest, slug: str, criterion_id: UUID) -> HttpResponse:
    """Say whether a criterion is met, and why."""
    criterion, found = part_to_edit(request, "criteria", criterion_id)
    assert isinstance(criterion, Criterion)
    initial = {"is_met": {True: "yes", False: "no", None: ""}[criterion.is_met], "note": criterion.note}
    form = JudgeForm(posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            criterion_domain.judge_criterion(
                actor=request.actor, criterion=criterion, changes=form.changes(), seen=form.seen
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            toast(request, _("Criterion saved"))
            return go_to(request, reverse("rollout:plan", args=[slug, found.pk]))
    context = {"form": form, "plan": found, "slug": slug, "action": request.path, "text": words_of(criterion)}
    answer = invalid if form.is_bound else respond
    return answer(request, "rollout/approval/judge.html", "rollout/approval/judge_drawer.html", context)


def _answer(request: OrganizationRequest, plan_id: UUID, say: Callable[..., Any], text: str) -> HttpResponse:
    found = plan_to(request, plan_id, permissions.approve_plan)
    form = AnswerForm(request.POST)
    if form.is_valid():
        values = form.cleaned_data
        try:
            say(actor=request.actor, plan=found, number=values["version"], reason=values["reason"])
        except Refused as refused:
            form.refuse(refused)
        else:
            toast(request, text)
            return go_to(request, reverse("rollout:plan_versions", args=[request.organization.slug, found.pk]))
    found.refresh_from_db(fields=["version", "state"])
    form.show_again(version=found.version)
    return approval_page(request, found, form=form)


def _moved(
    request: OrganizationRequest, found: RolloutPlan, do: Callable[[], Any], text: str, *, undo: str = ""
) -> HttpResponse:
    try:
        do()
    except Refused as refused:
        toast(request, " ".join(refused.messages), tone="warn")
    else:
        toast(request, text, undo_url=undo)
    return go_to(request, reverse("rollout:plan", args=[request.organization.slug, found.pk]))
