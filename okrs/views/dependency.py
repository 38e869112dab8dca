"""What an objective depends on, in the browser."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from okrapp.web.decisions import authorize
from okrapp.web.htmx import invalid, is_fragment, respond, toast
from okrs import permissions
from okrs.domain import dependency as domain
from okrs.forms.dependency import DependencyForm
from okrs.models import Dependency
from okrs.queries.targets import objectives_like
from okrs.views.fetching import objective_to_edit
from okrs.views.objective_parts import refreshed
from organizations.domain.removed import NeverRemoved
from organizations.errors import Refused
from organizations.requests import OrganizationRequest

FORM, FORM_DRAWER = "okrs/alignment/form.html", "okrs/alignment/form_drawer.html"


@require_http_methods(["GET", "POST"])
def dependency_create(request: OrganizationRequest, slug: str, objective_id: UUID) -> HttpResponse:
    """Choose an objective that this one cannot be reached without; `?q=` searches without script."""
    objective = objective_to_edit(request, objective_id)
    form = DependencyForm(request.POST or None, actor=request.actor)
    text = request.GET.get("q") or request.POST.get("q", "")
    action = reverse("okrs:dependency_create", args=[slug, objective.pk])
    context = {
        "form": form,
        "objective": objective,
        "title": _("What does it depend on?"),
        "action": action,
        "search_url": reverse("okrs:dependency_search", args=[slug, objective.pk]),
        "search_hint": _("Part of an objective's title"),
        "found": objectives_like(request.actor, objective, text),
        "text": text,
        "chosen": request.POST.get("target", ""),
    }
    if request.method != "POST":
        return respond(request, FORM, FORM_DRAWER, context)
    if form.is_valid():
        try:
            domain.add_dependency(
                actor=request.actor,
                objective=objective,
                needs=form.cleaned_data["target"],
                reason=form.cleaned_data["reason"],
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            toast(request, _("Dependency added"))
            if not is_fragment(request):
                return redirect("okrs:objective", slug, objective.pk)
            return refreshed(request, objective.pk, "alignment", close_drawer=True)
    return invalid(request, FORM, FORM_DRAWER, context)


@require_http_methods(["GET"])
def dependency_search(request: OrganizationRequest, slug: str, objective_id: UUID) -> HttpResponse:
    """What can be chosen, while somebody types."""
    objective = objective_to_edit(request, objective_id)
    text = request.GET.get("q", "")
    context = {"found": objectives_like(request.actor, objective, text), "text": text, "chosen": ""}
    return respond(request, "okrs/alignment/_options.html", "okrs/alignment/_options.html", context)


@require_POST
def dependency_remove(request: OrganizationRequest, slug: str, dependency_id: UUID) -> HttpResponse:
    """Say that it no longer depends on this; the toast takes that back."""
    rows = Dependency.objects.visible_to(request.actor).select_related(
        "objective__cycle", "objective__team", "objective__owner", "needs"
    )
    found = get_object_or_404(rows, pk=dependency_id)
    authorize(permissions.edit_objective(request.actor, found.objective))
    domain.remove_dependency(actor=request.actor, dependency=found)
    undo = reverse("okrs:dependency_restore", args=[slug, found.objective_id, found.needs_id])
    toast(request, _("Dependency removed"), undo_url=undo)
    if not is_fragment(request):
        return redirect("okrs:objective", slug, found.objective_id)
    return refreshed(request, found.objective_id, "alignment")


@require_POST
def dependency_restore(request: OrganizationRequest, slug: str, objective_id: UUID, target_id: UUID) -> HttpResponse:
    """Undo: it depends on this again."""
    objective = objective_to_edit(request, objective_id)
    try:
        domain.restore_dependency(actor=request.actor, objective=objective, needs_id=target_id)
    except NeverRemoved as error:
        raise Http404 from error
    except Refused as refused:
        toast(request, " ".join(refused.messages), tone="warn")
    else:
        toast(request, _("Dependency is back"))
    if not is_fragment(request):
        return redirect("okrs:objective", slug, objective.pk)
    return refreshed(request, objective.pk, "alignment")
