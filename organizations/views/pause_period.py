"""Pause weeks."""

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from okrapp.web.decisions import Denied, authorize
from okrapp.web.htmx import UNPROCESSABLE, go_to, toast
from organizations import permissions
from organizations.domain import pause_period as domain
from organizations.errors import Refused
from organizations.forms.pause_period import PauseForm
from organizations.models import PausePeriod
from organizations.requests import OrganizationRequest
from organizations.views.posted import posted


@require_GET
def pauses(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Pauses to come, and those over."""
    decision = permissions.edit_process(request.actor)
    today = timezone.localdate()
    rows = list(PausePeriod.objects.order_by("starts_on", "pk"))
    context = {
        "coming": [row for row in rows if row.ends_on >= today],
        "over": [row for row in reversed(rows) if row.ends_on < today],
        "may_edit": bool(decision),
        "reason": decision.reason if isinstance(decision, Denied) else "",
    }
    return render(request, "organizations/pause_period/list.html", context)


@require_http_methods(["GET", "POST"])
def pause_create(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Add a pause."""
    authorize(permissions.edit_process(request.actor))
    form = PauseForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            pause = domain.create_pause(actor=request.actor, **form.cleaned_data)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            toast(request, _("“{name}” was added.").format(name=pause.name))
            return redirect("organizations:settings_pauses", slug)
    return _form_page(request, form, None)


@require_http_methods(["GET", "POST"])
def pause_edit(request: OrganizationRequest, slug: str, pause_id: UUID) -> HttpResponse:
    """Change name or days."""
    pause = get_object_or_404(PausePeriod, pk=pause_id)
    authorize(permissions.edit_process(request.actor))
    form = PauseForm(posted(request), instance=pause)
    if request.method == "POST" and form.is_valid():
        try:
            domain.update_pause(actor=request.actor, pause=pause, changes=form.changes(), seen=form.seen)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            toast(request, _("Saved."))
            return redirect("organizations:settings_pauses", slug)
    return _form_page(request, form, pause)


@require_POST
def pause_delete(request: OrganizationRequest, slug: str, pause_id: UUID) -> HttpResponse:
    """Remove a pause; Undo makes it again."""
    pause = get_object_or_404(PausePeriod, pk=pause_id)
    authorize(permissions.edit_process(request.actor))
    domain.delete_pause(actor=request.actor, pause=pause)
    again = urlencode({"name": pause.name, "starts_on": pause.starts_on, "ends_on": pause.ends_on})
    undo = reverse("organizations:pause_restore", args=[slug])
    toast(request, _("“{name}” was removed.").format(name=pause.name), undo_url=f"{undo}?{again}")
    return go_to(request, reverse("organizations:settings_pauses", args=[slug]))


@require_POST
def pause_restore(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Make a pause again from what the address says."""
    authorize(permissions.edit_process(request.actor))
    form = PauseForm(request.GET)
    if form.is_valid():
        pause = domain.create_pause(actor=request.actor, **form.cleaned_data)
        toast(request, _("“{name}” is back.").format(name=pause.name))
    return go_to(request, reverse("organizations:settings_pauses", args=[slug]))


def _form_page(request: OrganizationRequest, form: PauseForm, pause: PausePeriod | None) -> HttpResponse:
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "organizations/pause_period/form.html", {"form": form, "pause": pause}, status=status)
