"""Initiatives: a simple list below an objective."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from okrapp.web.htmx import invalid, is_fragment, partials, respond, toast
from okrs.domain import initiative as domain
from okrs.forms.initiative import InitiativeForm, InitiativeStatusForm, QuickInitiativeForm
from okrs.models import Initiative
from okrs.views.fetching import initiative_to_edit, objective_to_edit
from okrs.views.objective_parts import IN_DRAWER, refreshed, wherever
from organizations.domain.removed import NeverRemoved, removed_values
from organizations.errors import Refused
from organizations.requests import OrganizationRequest

FORM, FORM_DRAWER = "okrs/initiative/form.html", "okrs/initiative/form_drawer.html"


@require_POST
def initiative_create(request: OrganizationRequest, slug: str, objective_id: UUID) -> HttpResponse:
    """Add an initiative from the line at the end of the list; whoever types it owns it."""
    objective = objective_to_edit(request, objective_id)
    form = QuickInitiativeForm(request.POST, auto_id="new-initiative-%s")
    if form.is_valid():
        try:
            domain.create_initiative(
                actor=request.actor,
                objective=objective,
                title=form.cleaned_data["title"],
                owner=request.actor.membership,
            )
        except Refused as refused:
            form.refuse(refused)
    prefix = IN_DRAWER if request.POST.get("prefix") == IN_DRAWER else ""
    if not form.is_valid():
        context = {"form": form, "objective": objective, "prefix": prefix, "slug": slug}
        return invalid(request, "okrs/initiative/add.html", "okrs/initiative/_add.html", context)
    if not is_fragment(request):
        return redirect("okrs:objective", slug, objective.pk)
    return refreshed(request, objective.pk, "initiatives", focus=f"#{prefix}initiative-add input[name=title]")


@require_http_methods(["GET", "POST"])
def initiative_edit(request: OrganizationRequest, slug: str, initiative_id: UUID) -> HttpResponse:
    """Change an initiative."""
    found = initiative_to_edit(request, initiative_id)
    form = InitiativeForm(request.POST or None, slug=slug, objective=found.objective, initiative=found)
    context = {"form": form, "initiative": found, "action": reverse("okrs:initiative_edit", args=[slug, found.pk])}
    if request.method != "POST":
        return respond(request, FORM, FORM_DRAWER, context)
    if form.is_valid():
        try:
            domain.edit_initiative(actor=request.actor, initiative=found, changes=form.changes())
        except Refused as refused:
            form.refuse(refused)
        else:
            toast(request, _("Initiative saved"))
            if not is_fragment(request):
                return redirect("okrs:objective", slug, found.objective_id)
            return refreshed(
                request, found.objective_id, "initiatives", close_drawer=True, focus=wherever(f"initiative-{found.pk}")
            )
    return invalid(request, FORM, FORM_DRAWER, context)


@require_POST
def initiative_status(request: OrganizationRequest, slug: str, initiative_id: UUID) -> HttpResponse:
    """Change only the status, from the list."""
    found = initiative_to_edit(request, initiative_id)
    form = InitiativeStatusForm(request.POST)
    if form.is_valid():
        domain.edit_initiative(actor=request.actor, initiative=found, changes=form.cleaned_data)
    else:
        toast(request, _("Choose one of the states."), tone="warn")
    if not is_fragment(request):
        return redirect("okrs:objective", slug, found.objective_id)
    return refreshed(request, found.objective_id, "initiatives", focus=wherever(f"initiative-{found.pk}"))


@require_POST
def initiative_remove(request: OrganizationRequest, slug: str, initiative_id: UUID) -> HttpResponse:
    """Remove an initiative; the toast takes it back."""
    found = initiative_to_edit(request, initiative_id)
    domain.remove_initiative(actor=request.actor, initiative=found)
    toast(request, _("Initiative removed"), undo_url=reverse("okrs:initiative_restore", args=[slug, initiative_id]))
    if not is_fragment(request):
        return redirect("okrs:objective", slug, found.objective_id)
    return refreshed(request, found.objective_id, "initiatives")


@require_POST
def initiative_restore(request: OrganizationRequest, slug: str, initiative_id: UUID) -> HttpResponse:
    """Bring back an initiative removed moments ago."""
    try:
        objective = objective_to_edit(request, UUID(removed_values(Initiative, initiative_id)["objective"]))
        domain.restore_initiative(actor=request.actor, initiative_id=initiative_id)
    except NeverRemoved as error:
        raise Http404 from error
    except Refused as refused:
        toast(request, " ".join(refused.messages), tone="warn")
        return partials(request) if is_fragment(request) else redirect("okrs:week", slug)
    toast(request, _("Initiative is back"))
    if not is_fragment(request):
        return redirect("okrs:objective", slug, objective.pk)
    return refreshed(request, objective.pk, "initiatives", focus=wherever(f"initiative-{initiative_id}"))
