"""Strategic priorities."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from okrapp.web.decisions import Denied, authorize
from okrapp.web.htmx import UNPROCESSABLE, go_to, toast
from organizations import permissions
from organizations.domain import priority as domain
from organizations.errors import Refused
from organizations.forms.priority import PriorityForm
from organizations.models import StrategicPriority
from organizations.requests import OrganizationRequest
from organizations.views.posted import posted


@require_GET
def priorities(request: OrganizationRequest, slug: str) -> HttpResponse:
    """The list in its order, and those put away."""
    decision = permissions.edit_direction(request.actor)
    rows = list(StrategicPriority.objects.order_by("position", "title"))
    context = {
        "priorities": [row for row in rows if row.archived_at is None],
        "archived": [row for row in rows if row.archived_at is not None],
        "may_edit": bool(decision),
        "reason": decision.reason if isinstance(decision, Denied) else "",
    }
    return render(request, "organizations/priority/list.html", context)


@require_http_methods(["GET", "POST"])
def priority_create(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Add a priority at the end."""
    authorize(permissions.edit_direction(request.actor))
    form = PriorityForm(posted(request))
    if request.method == "POST" and form.is_valid():
        priority = domain.create_priority(actor=request.actor, **form.cleaned_data)
        toast(request, _("“{title}” was added.").format(title=priority.title))
        return redirect("organizations:settings_priorities", slug)
    return _form_page(request, form, None)


@require_http_methods(["GET", "POST"])
def priority_edit(request: OrganizationRequest, slug: str, priority_id: UUID) -> HttpResponse:
    """Change title or description."""
    priority = get_object_or_404(StrategicPriority, pk=priority_id)
    authorize(permissions.edit_direction(request.actor))
    form = PriorityForm(posted(request), instance=priority)
    if request.method == "POST" and form.is_valid():
        try:
            domain.update_priority(actor=request.actor, priority=priority, changes=form.changes(), seen=form.seen)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            toast(request, _("Saved."))
            return redirect("organizations:settings_priorities", slug)
    return _form_page(request, form, priority)


@require_POST
def priority_move(request: OrganizationRequest, slug: str, priority_id: UUID) -> HttpResponse:
    """Move a priority one place up or down (`to=up`, `to=down`)."""
    priority = get_object_or_404(StrategicPriority, pk=priority_id)
    authorize(permissions.edit_direction(request.actor))
    domain.move_priority(actor=request.actor, priority=priority, up=request.POST.get("to") == "up")
    return go_to(request, reverse("organizations:settings_priorities", args=[slug]))


@require_POST
def priority_archive(request: OrganizationRequest, slug: str, priority_id: UUID) -> HttpResponse:
    """Put a priority away."""
    priority = get_object_or_404(StrategicPriority, pk=priority_id)
    authorize(permissions.edit_direction(request.actor))
    domain.archive_priority(actor=request.actor, priority=priority)
    undo = reverse("organizations:priority_unarchive", args=[slug, priority.pk])
    toast(request, _("“{title}” was archived.").format(title=priority.title), undo_url=undo)
    return go_to(request, reverse("organizations:settings_priorities", args=[slug]))


@require_POST
def priority_unarchive(request: OrganizationRequest, slug: str, priority_id: UUID) -> HttpResponse:
    """Bring a priority back."""
    priority = get_object_or_404(StrategicPriority, pk=priority_id)
    authorize(permissions.edit_direction(request.actor))
    domain.archive_priority(actor=request.actor, priority=priority, archived=False)
    toast(request, _("“{title}” is back.").format(title=priority.title))
    return go_to(request, reverse("organizations:settings_priorities", args=[slug]))


def _form_page(request: OrganizationRequest, form: PriorityForm, priority: StrategicPriority | None) -> HttpResponse:
    status = UNPROCESSABLE if form.is_bound else 200
    context = {"form": form, "priority": priority}
    return render(request, "organizations/priority/form.html", context, status=status)
