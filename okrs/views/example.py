"""The library of examples: to start an objective from, and the organization's own to keep."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from okrapp.web.decisions import Denied, authorize
from okrapp.web.htmx import go_to, invalid, is_fragment, partials, respond, toast
from okrs import permissions
from okrs.domain import example as domain
from okrs.enums import Function
from okrs.examples import known_language
from okrs.forms.example import ExampleForm, example_of
from okrs.models import Example
from okrs.queries.example import library
from okrs.views.fetching import objective_to_read
from organizations.errors import Refused
from organizations.requests import OrganizationRequest

PAGE, RESULTS = "okrs/example/list.html", "okrs/example/_results.html"
FORM, FORM_DRAWER = "okrs/example/form.html", "okrs/example/form_drawer.html"


@require_GET
def examples(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Show examples; `function`, `language` and `q` are in the address."""
    function = request.GET.get("function", "")
    function = function if function in Function.values else ""
    language = known_language(request.GET.get("language") or get_language())
    text = request.GET.get("q", "")
    decision = permissions.manage_examples(request.actor)
    context = {
        "library": library(language=language, function=function, text=text),
        "function": function,
        "language": language,
        "text": text,
        "function_options": [("", _("All functions")), *Function.choices],
        "language_options": list(settings.LANGUAGES),
        "may_manage": bool(decision),
        "why_not": decision.reason if isinstance(decision, Denied) else "",
        "slug": slug,
    }
    return respond(request, PAGE, RESULTS, context)


@require_http_methods(["GET", "POST"])
def example_create(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Add an example; `?objective=<id>` fills the form with an objective that is worth repeating."""
    authorize(permissions.manage_examples(request.actor))
    source = request.GET.get("objective", "")
    form = ExampleForm(request.POST or None, initial=_from_objective(request, source) if source else {})
    action = reverse("okrs:example_create", args=[slug])
    context = {
        "form": form,
        "title": _("Save as example") if source else _("New example"),
        "action": f"{action}?objective={source}" if source else action,
    }
    if request.method != "POST":
        return respond(request, FORM, FORM_DRAWER, context)
    if form.is_valid():
        try:
            written = domain.create_example(actor=request.actor, **form.values())
        except Refused as refused:
            form.refuse(refused)
        else:
            undo = reverse("okrs:example_archive", args=[slug, written.pk])
            toast(request, _("Example added to the library"), undo_url=undo)
            if source and is_fragment(request):
                return partials(request, close_drawer=True)
            return go_to(request, reverse("okrs:examples", args=[slug]))
    return invalid(request, FORM, FORM_DRAWER, context)


@require_http_methods(["GET", "POST"])
def example_edit(request: OrganizationRequest, slug: str, example_id: UUID) -> HttpResponse:
    """Change an example. What somebody else changed meanwhile is told once."""
    found = _example_to_manage(request, example_id)
    form = ExampleForm(request.POST or None, example=found)
    context = {
        "form": form,
        "example": found,
        "title": _("Edit example"),
        "action": reverse("okrs:example_edit", args=[slug, found.pk]),
    }
    if request.method != "POST":
        return respond(request, FORM, FORM_DRAWER, context)
    if form.is_valid():
        try:
            domain.edit_example(actor=request.actor, example=found, changes=form.changes(), seen=form.seen)
        except Refused as refused:
            form.refuse(refused)
        else:
            toast(request, _("Example saved"))
            return go_to(request, reverse("okrs:examples", args=[slug]))
    return invalid(request, FORM, FORM_DRAWER, context)


@require_POST
def example_archive(request: OrganizationRequest, slug: str, example_id: UUID) -> HttpResponse:
    """Put an example away; the toast takes it back."""
    found = _example_to_manage(request, example_id)
    domain.archive_example(actor=request.actor, example=found)
    toast(request, _("Example archived"), undo_url=reverse("okrs:example_restore", args=[slug, found.pk]))
    return go_to(request, reverse("okrs:examples", args=[slug]))


@require_POST
def example_restore(request: OrganizationRequest, slug: str, example_id: UUID) -> HttpResponse:
    """Bring an archived example back."""
    found = _example_to_manage(request, example_id)
    domain.restore_example(actor=request.actor, example=found)
    toast(request, _("Example is back"))
    return go_to(request, reverse("okrs:examples", args=[slug]))


def _example_to_manage(request: OrganizationRequest, example_id: UUID) -> Example:
    example = get_object_or_404(Example, pk=example_id)
    authorize(permissions.manage_examples(request.actor))
    return example


def _from_objective(request: OrganizationRequest, source: str) -> dict[str, Any]:
    """What the form shows of an objective; 404 for one that is not there or not for these eyes."""
    objective = objective_to_read(request, _key(source))
    authorize(permissions.make_example_of(request.actor, objective))
    return example_of(objective, objective.key_results.filter(archived_at=None).listed())


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error
