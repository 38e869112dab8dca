"""Actions of a retrospective: written on its board, worked off wherever they show."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from okrapp.web.decisions import authorize
from okrapp.web.htmx import go_to, invalid, respond, toast
from okrs import permissions
from okrs.domain import retro_action as domain
from okrs.enums import ActionState
from okrs.forms.retrospective import ActionForm, ActionStateForm
from okrs.models import RetroAction
from okrs.views.retrospective import BOARD, PAGE, board_context, retrospective_to_see
from organizations.errors import Refused
from organizations.requests import OrganizationRequest

FORM, FORM_DRAWER = "okrs/retrospective/action_form.html", "okrs/retrospective/action_drawer.html"


def _action(request: OrganizationRequest, action_id: UUID) -> RetroAction:
    """Return an action that the actor may change: the team's, its moderator's, or one's own."""
    rows = RetroAction.objects.select_related("owner", "team", "retrospective__team", "retrospective__cycle")
    found = get_object_or_404(rows, pk=action_id)
    authorize(permissions.edit_retro_action(request.actor, found))
    return found


@require_POST
def retro_action_create(request: OrganizationRequest, slug: str, retrospective_id: UUID) -> HttpResponse:
    """Write down what the team wants to do."""
    found = retrospective_to_see(request, retrospective_id)
    form = ActionForm(request.POST, slug=slug, auto_id="new-action-%s")
    if form.is_valid():
        try:
            domain.add_action(actor=request.actor, retrospective=found, **form.values())
        except Refused as refused:
            form.refuse(refused)
        else:
            toast(request, _("Action written down"))
            return go_to(request, reverse("okrs:retrospective", args=[slug, found.pk]))
    return invalid(request, PAGE, BOARD, board_context(request, found, action_form=form))


@require_http_methods(["GET", "POST"])
def retro_action_edit(request: OrganizationRequest, slug: str, action_id: UUID) -> HttpResponse:
    """Change an action."""
    found = _action(request, action_id)
    form = ActionForm(request.POST if request.method == "POST" else None, slug=slug, action=found)
    context = {"form": form, "retro_action": found, "action": reverse("okrs:retro_action_edit", args=[slug, found.pk])}
    if request.method != "POST":
        return respond(request, FORM, FORM_DRAWER, context)
    if form.is_valid():
        try:
            domain.edit_action(actor=request.actor, action=found, changes=form.changes())
        except Refused as refused:
            form.refuse(refused)
        else:
            toast(request, _("Action saved"))
            return go_to(request, _home(request, slug, found))
    return invalid(request, FORM, FORM_DRAWER, context)


@require_POST
def retro_action_state(request: OrganizationRequest, slug: str, action_id: UUID) -> HttpResponse:
    """Say that an action is done, dropped, or open again."""
    found = _action(request, action_id)
    form = ActionStateForm(request.POST)
    if form.is_valid():
        changed = domain.edit_action(actor=request.actor, action=found, changes=form.cleaned_data)
        words = {"title": changed.title, "state": ActionState(changed.state).label}
        toast(request, _("%(title)s: %(state)s") % words)
    else:
        toast(request, _("Choose one of the states."), tone="warn")
    if request.POST.get("place") == "team":
        return redirect("okrs:team", slug, found.team.slug)
    if request.POST.get("place") == "week":
        return redirect("okrs:week", slug)
    return redirect(_home(request, slug, found))


def _home(request: OrganizationRequest, slug: str, found: RetroAction) -> str:
    """The board for those who see it, else My week."""
    if permissions.see_retrospective(request.actor, found.retrospective):
        return reverse("okrs:retrospective", args=[slug, found.retrospective_id])
    return reverse("okrs:week", args=[slug])
