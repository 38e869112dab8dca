"""The milestones of a key result."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from okrapp.web.htmx import invalid, is_fragment, partials, respond, toast
from okrs.domain.key_result import add_milestone, remove_milestone
from okrs.domain.milestone import edit_milestone, move_milestone, restore_milestone
from okrs.forms.milestone import MilestoneForm
from okrs.models import KeyResult, Milestone
from okrs.views.fetching import key_result_to_edit, milestone_to_edit
from okrs.views.objective_parts import IN_DRAWER, refreshed, wherever
from organizations.domain.removed import NeverRemoved, removed_values
from organizations.errors import Refused
from organizations.requests import OrganizationRequest

FORM, FORM_DRAWER = "okrs/milestone/form.html", "okrs/milestone/form_drawer.html"


@require_POST
def milestone_create(request: OrganizationRequest, slug: str, key_result_id: UUID) -> HttpResponse:
    """Add a milestone from the line at the end of the list; the line is there again for the next one."""
    key_result = key_result_to_edit(request, key_result_id)
    form = MilestoneForm(request.POST, auto_id=False)
    if form.is_valid():
        try:
            add_milestone(actor=request.actor, key_result=key_result, **form.values())
        except Refused as refused:
            form.refuse(refused)
    prefix = IN_DRAWER if request.POST.get("prefix") == IN_DRAWER else ""
    if not form.is_valid():
        context = {"form": form, "kr": key_result, "prefix": prefix, "slug": slug}
        return invalid(request, "okrs/milestone/add.html", "okrs/milestone/_add.html", context)
    if not is_fragment(request):
        return redirect("okrs:objective", slug, key_result.objective_id)
    return _changed(request, key_result, focus=f"#{prefix}milestone-add-{key_result.pk} input[name=title]")


@require_http_methods(["GET", "POST"])
def milestone_edit(request: OrganizationRequest, slug: str, milestone_id: UUID) -> HttpResponse:
    """Change title, day and weight."""
    found = milestone_to_edit(request, milestone_id)
    form = MilestoneForm(request.POST or None, milestone=found)
    context = {"form": form, "milestone": found, "action": reverse("okrs:milestone_edit", args=[slug, found.pk])}
    if request.method != "POST":
        return respond(request, FORM, FORM_DRAWER, context)
    if form.is_valid():
        try:
            edit_milestone(actor=request.actor, milestone=found, changes=form.changes())
        except Refused as refused:
            form.refuse(refused)
        else:
            toast(request, _("Milestone saved"))
            if not is_fragment(request):
                return redirect("okrs:objective", slug, found.key_result.objective_id)
            return _changed(request, found.key_result, close_drawer=True)
    return invalid(request, FORM, FORM_DRAWER, context)


@require_POST
def milestone_move(request: OrganizationRequest, slug: str, milestone_id: UUID) -> HttpResponse:
    """Move a milestone up or down by one."""
    found = milestone_to_edit(request, milestone_id)
    steps = -1 if request.POST.get("steps") == "-1" else 1
    move_milestone(actor=request.actor, milestone=found, steps=steps)
    if not is_fragment(request):
        return redirect("okrs:objective", slug, found.key_result.objective_id)
    return _changed(request, found.key_result, focus=wherever(f"milestone-{found.pk}"))


@require_POST
def milestone_remove(request: OrganizationRequest, slug: str, milestone_id: UUID) -> HttpResponse:
    """Remove a milestone; the toast takes it back."""
    found = milestone_to_edit(request, milestone_id)
    remove_milestone(actor=request.actor, milestone=found)
    toast(request, _("Milestone removed"), undo_url=reverse("okrs:milestone_restore", args=[slug, milestone_id]))
    if not is_fragment(request):
        return redirect("okrs:objective", slug, found.key_result.objective_id)
    return _changed(request, found.key_result)


@require_POST
def milestone_restore(request: OrganizationRequest, slug: str, milestone_id: UUID) -> HttpResponse:
    """Bring back a milestone removed moments ago."""
    try:
        key_result_id = UUID(removed_values(Milestone, milestone_id)["key_result"])
        key_result = key_result_to_edit(request, key_result_id)
        restore_milestone(actor=request.actor, milestone_id=milestone_id)
    except NeverRemoved as error:
        raise Http404 from error
    except Refused as refused:
        toast(request, " ".join(refused.messages), tone="warn")
        return partials(request) if is_fragment(request) else redirect("okrs:week", slug)
    toast(request, _("Milestone is back"))
    if not is_fragment(request):
        return redirect("okrs:objective", slug, key_result.objective_id)
    return _changed(request, key_result)


def _changed(
    request: OrganizationRequest, key_result: KeyResult, *, focus: str = "", close_drawer: bool = False
) -> HttpResponse:
    return refreshed(
        request,
        key_result.objective_id,
        "summary",
        "details",
        rows=True,
        focus=focus,
        close_drawer=close_drawer,
    )
