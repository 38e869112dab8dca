"""Settings of the organization: general, direction, how we work."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from okrapp.web.decisions import Decision, Denied, authorize
from okrapp.web.htmx import UNPROCESSABLE, toast
from organizations import permissions
from organizations.domain import organization_settings as domain
from organizations.errors import Refused
from organizations.forms.editing import EditingForm
from organizations.forms.organization_settings import DirectionForm, GeneralForm, ProcessForm
from organizations.models import OrganizationSettings
from organizations.registry import registry
from organizations.requests import OrganizationRequest
from organizations.views.posted import posted


@require_http_methods(["GET", "POST"])
def general(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Name, language and calendar."""
    decision = permissions.edit_general(request.actor)
    form = _form(request, GeneralForm, decision, initial={"name": request.organization.name})
    if request.method == "POST" and form.is_valid():
        changes = form.changes()
        try:
            if "name" in changes:
                domain.rename_organization(
                    actor=request.actor,
                    organization=request.organization,
                    name=changes.pop("name"),
                    seen=form.seen,
                )
            domain.update_settings(actor=request.actor, changes=changes, allowed=domain.GENERAL, seen=form.seen)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            toast(request, _("Settings saved."))
            return redirect("organizations:settings", slug)
    return _page(request, form, decision, "general")


@require_http_methods(["GET", "POST"])
def direction(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Vision, mission and values."""
    decision = permissions.edit_direction(request.actor)
    form = _form(request, DirectionForm, decision)
    return _save(request, form, decision, "direction", domain.DIRECTION)


@require_http_methods(["GET", "POST"])
def process(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Rhythm, guidance, individual OKRs, bands and thresholds."""
    decision = permissions.edit_process(request.actor)
    form = _form(request, ProcessForm, decision)
    return _save(request, form, decision, "process", domain.PROCESS)


def _form(
    request: OrganizationRequest,
    form_class: type[EditingForm],
    decision: Decision,
    initial: dict[str, Any] | None = None,
) -> EditingForm:
    """The form, bound to a POST by somebody who may; those who may not see the values in fields they cannot change."""
    if request.method == "POST":
        authorize(decision)
    form = form_class(posted(request), instance=OrganizationSettings.objects.get(), initial=initial)
    if not decision:
        for field in form.fields.values():
            field.disabled = True
    return form


def _save(
    request: OrganizationRequest, form: EditingForm, decision: Decision, name: str, allowed: tuple[str, ...]
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            domain.update_settings(actor=request.actor, changes=form.changes(), allowed=allowed, seen=form.seen)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            toast(request, _("Settings saved."))
            return redirect(f"organizations:settings_{name}", request.organization.slug)
    return _page(request, form, decision, name)


def _page(request: OrganizationRequest, form: EditingForm, decision: Decision, name: str) -> HttpResponse:
    context = {
        "form": form,
        "may_edit": bool(decision),
        "reason": decision.reason if isinstance(decision, Denied) else "",
        "hints": [told for hint in registry.process_hints if (told := hint(request.actor))]
        if name == "process"
        else [],
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, f"organizations/organization_settings/{name}.html", context, status=status)
