"""Saying that what is in the way no longer is."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from okrapp.web.decisions import authorize
from okrapp.web.htmx import Part, is_fragment, partials, toast
from okrs import permissions
from okrs.domain import blocker as domain
from okrs.models import CheckIn
from okrs.queries.week import blockers_for
from okrs.views.objective_parts import is_on_page, parts_after_check_in
from organizations.errors import Refused
from organizations.requests import OrganizationRequest


@require_POST
def blocker_solve(request: OrganizationRequest, slug: str, check_in_id: UUID) -> HttpResponse:
    """Say that it is out of the way; the toast takes it back."""
    found = _blocker(request, check_in_id)
    try:
        domain.solve_blocker(actor=request.actor, check_in=found)
    except Refused as refused:
        toast(request, " ".join(refused.messages), tone="warn")
    else:
        toast(request, _("Solved"), undo_url=reverse("okrs:blocker_reopen", args=[slug, found.pk]))
    return _shown(request, slug, found)


@require_POST
def blocker_reopen(request: OrganizationRequest, slug: str, check_in_id: UUID) -> HttpResponse:
    """Say that it is in the way after all."""
    found = _blocker(request, check_in_id)
    try:
        domain.reopen_blocker(actor=request.actor, check_in=found)
    except Refused as refused:
        toast(request, " ".join(refused.messages), tone="warn")
    else:
        toast(request, _("It is in the way again"), tone="info")
    return _shown(request, slug, found)


def _blocker(request: OrganizationRequest, check_in_id: UUID) -> CheckIn:
    rows = CheckIn.objects.visible_to(request.actor).select_related(
        "key_result__owner", "key_result__objective__cycle", "key_result__objective__owner"
    )
    found = get_object_or_404(rows, pk=check_in_id)
    authorize(permissions.solve_blocker(request.actor, found))
    return found


def _shown(request: OrganizationRequest, slug: str, found: CheckIn) -> HttpResponse:
    """Answer with what waits in My week, or with the history, whichever is open; without script with the page."""
    objective_id = found.key_result.objective_id
    if not is_fragment(request):
        return redirect("okrs:week", slug) if "week" in request.POST else redirect("okrs:objective", slug, objective_id)
    if is_on_page(request, objective_id):
        return partials(request, *parts_after_check_in(request, objective_id))
    waiting = Part("#week-blockers", "okrs/week/_blockers.html", {"blockers": blockers_for(request.actor)})
    return partials(request, waiting)
