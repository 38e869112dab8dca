"""Sharing an objective with single people."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from okrapp.web.decisions import authorize
from okrapp.web.htmx import invalid, is_fragment, respond, toast
from okrs import permissions
from okrs.domain import sharing as domain
from okrs.forms.sharing import ShareForm
from okrs.models import Objective
from okrs.queries.sharing import shares_of
from okrs.views.fetching import objective_to_read
from organizations.errors import Refused
from organizations.models import Membership
from organizations.requests import OrganizationRequest

PAGE, DRAWER = "okrs/sharing/page.html", "okrs/sharing/drawer.html"


@require_http_methods(["GET", "POST"])
def objective_share(request: OrganizationRequest, slug: str, objective_id: UUID) -> HttpResponse:
    """Show with whom an objective is shared, and share it with one more person."""
    found = _to_share(request, objective_id)
    form = ShareForm(request.POST or None, slug=slug, is_private=found.is_private)
    if request.method != "POST":
        return respond(request, PAGE, DRAWER, _context(found, form, slug))
    if form.is_valid():
        member = form.cleaned_data["member"]
        try:
            domain.share_objective(
                actor=request.actor, objective=found, member=member, level=form.cleaned_data["level"]
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            toast(request, _("Shared with %(name)s") % {"name": member.display_name})
            return _again(request, found, slug)
    return invalid(request, PAGE, DRAWER, _context(found, form, slug))


@require_POST
def objective_unshare(request: OrganizationRequest, slug: str, objective_id: UUID, member_id: UUID) -> HttpResponse:
    """Share an objective with somebody no longer; sharing it again takes that back."""
    member = get_object_or_404(Membership, pk=member_id)
    found = _to_share(request, objective_id)
    domain.stop_sharing(actor=request.actor, objective=found, member=member)
    toast(request, _("No longer shared with %(name)s") % {"name": member.display_name})
    return _again(request, found, slug)


def _to_share(request: OrganizationRequest, objective_id: UUID) -> Objective:
    found = objective_to_read(request, objective_id)
    authorize(permissions.share_objective(request.actor, found))
    return found


def _context(objective: Objective, form: ShareForm, slug: str) -> dict[str, Any]:
    return {
        "objective": objective,
        "form": form,
        "slug": slug,
        "shares": shares_of(objective),
        "action": reverse("okrs:objective_share", args=[slug, objective.pk]),
    }


def _again(request: OrganizationRequest, objective: Objective, slug: str) -> HttpResponse:
    """The list again, ready for the next person."""
    if not is_fragment(request):
        return redirect("okrs:objective_share", slug, objective.pk)
    return render(request, DRAWER, _context(objective, ShareForm(slug=slug, is_private=objective.is_private), slug))
