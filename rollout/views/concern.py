"""What worries stakeholders, and what they were answered."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from okrapp.web.htmx import go_to, invalid, respond, toast
from organizations.errors import Refused
from organizations.requests import OrganizationRequest
from organizations.views.posted import posted
from rollout import stakeholder_permissions as permissions
from rollout.answers import answers_by_kind
from rollout.domain import concern as domain
from rollout.forms.stakeholder import ConcernForm
from rollout.models import StakeholderConcern
from rollout.views.doing import done
from rollout.views.stakeholder import page_of, stakeholder_to

PAGE, DRAWER = "rollout/stakeholder/concern.html", "rollout/stakeholder/concern_drawer.html"
# The button beside one of our answers.
BEGIN_FROM = "begin_from"


@require_http_methods(["GET", "POST"])
def concern_create(request: OrganizationRequest, slug: str, stakeholder_id: UUID) -> HttpResponse:
    """Write down a concern; a button beside each of our answers fills it into the form."""
    row = stakeholder_to(request, stakeholder_id, permissions.edit_stakeholders)
    context: dict[str, Any] = {"row": row, "plan": row.plan, "slug": slug, "action": request.path}
    context |= {"answers": answers_by_kind(request.POST.get("kind", "")), "title": _("New concern")}
    if key := request.POST.get(BEGIN_FROM):
        form = ConcernForm.begun_from(request.POST, key, None)
        return invalid(request, PAGE, DRAWER, context | {"form": form, "is_begun": True})
    form = ConcernForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            domain.add_concern(actor=request.actor, stakeholder=row, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            toast(request, _("Concern saved"))
            return go_to(request, page_of(request, row))
    return (invalid if form.is_bound else respond)(request, PAGE, DRAWER, context | {"form": form})


@require_http_methods(["GET", "POST"])
def concern_edit(request: OrganizationRequest, slug: str, concern_id: UUID) -> HttpResponse:
    """Change a concern, its answer and its state."""
    concern = _concern(request, concern_id)
    row = concern.stakeholder
    context: dict[str, Any] = {"row": row, "plan": row.plan, "slug": slug, "action": request.path, "concern": concern}
    context |= {"answers": answers_by_kind(request.POST.get("kind", concern.kind)), "title": _("Edit concern")}
    if key := request.POST.get(BEGIN_FROM):
        form = ConcernForm.begun_from(request.POST, key, concern)
        return invalid(request, PAGE, DRAWER, context | {"form": form, "is_begun": True})
    form = ConcernForm(posted(request), concern=concern)
    if request.method == "POST" and form.is_valid():
        try:
            domain.edit_concern(actor=request.actor, concern=concern, changes=form.changes(), seen=form.seen)
        except Refused as refused:
            form.refuse(refused)
        else:
            toast(request, _("Concern saved"))
            return go_to(request, page_of(request, row))
    return (invalid if form.is_bound else respond)(request, PAGE, DRAWER, context | {"form": form})


@require_POST
def concern_remove(request: OrganizationRequest, slug: str, concern_id: UUID) -> HttpResponse:
    """Delete a concern for good."""
    concern = _concern(request, concern_id)
    back = page_of(request, concern.stakeholder)
    return done(request, domain.remove_concern, _("Deleted."), back=back, concern=concern)


def _concern(request: OrganizationRequest, concern_id: UUID) -> StakeholderConcern:
    concern: StakeholderConcern = get_object_or_404(StakeholderConcern, pk=concern_id)
    concern.stakeholder = stakeholder_to(request, concern.stakeholder_id, permissions.edit_stakeholders)
    return concern
