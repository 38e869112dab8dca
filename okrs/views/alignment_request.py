"""Requests between teams in the browser."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from okrapp.web.decisions import Decision, authorize
from okrapp.web.htmx import Part, invalid, is_fragment, partials, respond, toast
from okrs import permissions
from okrs.domain import alignment_request as domain
from okrs.forms.alignment_request import AcceptForm, AskForm, DeclineForm
from okrs.models import AlignmentRequest
from okrs.queries.alignment_request import waiting_for
from okrs.views.fetching import objective_to_edit
from okrs.views.objective_parts import ObjectivePage, ObjectiveScreen
from organizations.errors import Refused
from organizations.requests import OrganizationRequest

FORM, FORM_DRAWER = "okrs/alignment_request/form.html", "okrs/alignment_request/form_drawer.html"
_AROUND = ("objective__cycle", "objective__team", "objective__owner", "team__lead", "asked_by")


@require_http_methods(["GET", "POST"])
def request_create(request: OrganizationRequest, slug: str, objective_id: UUID) -> HttpResponse:
    """Ask another team to contribute to an objective."""
    objective = objective_to_edit(request, objective_id)
    form = AskForm(request.POST or None, objective=objective)
    context = {
        "form": form,
        "title": _("Ask another team"),
        "kicker": objective.title,
        "action": reverse("okrs:request_create", args=[slug, objective.pk]),
        "button": _("Ask"),
    }
    if request.method != "POST":
        return respond(request, FORM, FORM_DRAWER, context)
    if form.is_valid():
        try:
            asked = domain.ask_team(actor=request.actor, objective=objective, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            undo = reverse("okrs:request_withdraw", args=[slug, asked.pk])
            toast(request, _("%(team)s has been asked") % {"team": asked.team.name}, undo_url=undo)
            return _changed(request, asked, close_drawer=True)
    return invalid(request, FORM, FORM_DRAWER, context)


@require_http_methods(["GET", "POST"])
def request_accept(request: OrganizationRequest, slug: str, request_id: UUID) -> HttpResponse:
    """Say yes, with an objective that contributes."""
    found = _to_answer(request, request_id)
    form = AcceptForm(request.POST or None, request=found)
    context = _answering(found, form, _("Accept"), reverse("okrs:request_accept", args=[slug, found.pk]))
    if request.method != "POST":
        return respond(request, FORM, FORM_DRAWER, context)
    if form.is_valid():
        try:
            domain.accept_request(actor=request.actor, request=found, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            toast(request, _("Request accepted"))
            return _changed(request, found, close_drawer=True)
    return invalid(request, FORM, FORM_DRAWER, context)


@require_http_methods(["GET", "POST"])
def request_decline(request: OrganizationRequest, slug: str, request_id: UUID) -> HttpResponse:
    """Say no, with a reason."""
    found = _to_answer(request, request_id)
    form = DeclineForm(request.POST or None)
    context = _answering(found, form, _("Decline"), reverse("okrs:request_decline", args=[slug, found.pk]))
    if request.method != "POST":
        return respond(request, FORM, FORM_DRAWER, context)
    if form.is_valid():
        try:
            domain.decline_request(actor=request.actor, request=found, reason=form.cleaned_data["answer"])
        except Refused as refused:
            form.refuse(refused)
        else:
            undo = reverse("okrs:request_reopen", args=[slug, found.pk])
            toast(request, _("Request declined"), undo_url=undo)
            return _changed(request, found, close_drawer=True)
    return invalid(request, FORM, FORM_DRAWER, context)


@require_POST
def request_withdraw(request: OrganizationRequest, slug: str, request_id: UUID) -> HttpResponse:
    """Take a request back; the toast asks again."""
    found = _fetch(request, request_id)
    authorize(permissions.edit_objective(request.actor, found.objective))
    try:
        domain.withdraw_request(actor=request.actor, request=found)
    except Refused as refused:
        toast(request, " ".join(refused.messages), tone="warn")
    else:
        toast(request, _("Request withdrawn"), undo_url=reverse("okrs:request_reopen", args=[slug, found.pk]))
    return _changed(request, found)


@require_POST
def request_reopen(request: OrganizationRequest, slug: str, request_id: UUID) -> HttpResponse:
    """Undo: let a declined or withdrawn request wait again."""
    found = _fetch(request, request_id)
    authorize(_may_reopen(request, found))
    try:
        domain.reopen_request(actor=request.actor, request=found)
    except Refused as refused:
        toast(request, " ".join(refused.messages), tone="warn")
    else:
        toast(request, _("The request waits for an answer again"))
    return _changed(request, found)


def _fetch(request: OrganizationRequest, request_id: UUID) -> AlignmentRequest:
    rows = AlignmentRequest.objects.visible_to(request.actor).select_related(*_AROUND)
    return get_object_or_404(rows, pk=request_id)


def _to_answer(request: OrganizationRequest, request_id: UUID) -> AlignmentRequest:
    found = _fetch(request, request_id)
    authorize(permissions.answer_request(request.actor, found))
    return found


def _may_reopen(request: OrganizationRequest, found: AlignmentRequest) -> Decision:
    """Whoever could answer or withdraw it can take that back."""
    decision = permissions.answer_request(request.actor, found)
    return decision if decision else permissions.edit_objective(request.actor, found.objective)


def _answering(found: AlignmentRequest, form: Any, title: str, action: str) -> dict[str, Any]:
    return {
        "form": form,
        "title": title,
        "kicker": found.objective.title,
        "asked": found,
        "action": action,
        "button": title,
    }


def _changed(request: OrganizationRequest, found: AlignmentRequest, *, close_drawer: bool = False) -> HttpResponse:
    """The objective's alignment and the list on My week again, wherever they stand."""
    slug = request.organization.slug
    if not is_fragment(request):
        return redirect("okrs:objective", slug, found.objective_id)
    screen = ObjectiveScreen(request, ObjectivePage(request.actor, found.objective))
    mine = Part("#week-requests", "okrs/alignment_request/_waiting.html", {"requests": waiting_for(request.actor)})
    return partials(request, *screen.parts("alignment"), mine, close_drawer=close_drawer)
