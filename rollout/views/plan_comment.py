"""Comments on a plan, by its sponsor and its office."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from okrapp.web.decisions import authorize
from okrapp.web.htmx import go_to, toast
from organizations.errors import Refused
from organizations.requests import OrganizationRequest
from rollout import budget_permissions
from rollout.domain import plan_comment as domain
from rollout.forms.talk import PlanCommentForm
from rollout.models import PlanComment
from rollout.views.approval_page import approval_page
from rollout.views.fetching import plan_to
from rollout.views.posting import posted_from


@posted_from("rollout:plan_versions")
def plan_comment(request: OrganizationRequest, slug: str, plan_id: UUID) -> HttpResponse:
    """Say something about a plan."""
    found = plan_to(request, plan_id, budget_permissions.see_talk)
    form = PlanCommentForm(request.POST, auto_id="comment-%s")
    if form.is_valid():
        try:
            domain.write_plan_comment(actor=request.actor, plan=found, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            return go_to(request, _page(slug, found.pk))
    return approval_page(request, found, comment_form=form)


@require_POST
def plan_comment_remove(request: OrganizationRequest, slug: str, plan_comment_id: UUID) -> HttpResponse:
    """Take a comment away; the toast brings it back."""
    found = _comment(request, plan_comment_id)
    try:
        domain.remove_plan_comment(actor=request.actor, comment=found)
    except Refused as refused:
        toast(request, " ".join(refused.messages), tone="warn")
    else:
        undo = reverse("rollout:plan_comment_restore", args=[slug, found.pk])
        toast(request, _("Comment removed"), undo_url=undo)
    return go_to(request, _page(slug, found.plan_id))


@require_POST
def plan_comment_restore(request: OrganizationRequest, slug: str, plan_comment_id: UUID) -> HttpResponse:
    """Bring back a comment that was removed moments ago."""
    found = _comment(request, plan_comment_id)
    try:
        domain.restore_plan_comment(actor=request.actor, comment=found)
    except Refused as refused:
        toast(request, " ".join(refused.messages), tone="warn")
    else:
        toast(request, _("Comment is back"))
    return go_to(request, _page(slug, found.plan_id))


def _comment(request: OrganizationRequest, comment_id: UUID) -> PlanComment:
    rows = PlanComment.objects.select_related("plan").prefetch_related("plan__officers")
    found: PlanComment = get_object_or_404(rows, pk=comment_id)
    authorize(budget_permissions.remove_plan_comment(request.actor, found))
    return found


def _page(slug: str, plan_id: UUID) -> str:
    return f"{reverse('rollout:plan_versions', args=[slug, plan_id])}#comments"
