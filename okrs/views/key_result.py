"""Writing key results: a line and Enter, or all fields."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from okrapp.web.htmx import Part, go_to, invalid, is_fragment, partials, respond, toast
from okrs import permissions
from okrs.domain import key_result as domain
from okrs.forms.key_result import KeyResultForm, caught_up, measured, reread
from okrs.forms.lifecycle import ReasonForm
from okrs.forms.reading import Reading
from okrs.models import KeyResult, Objective
from okrs.quality import Code
from okrs.queries.locking import is_locked, locks_on
from okrs.queries.quality import advice_on_key_result
from okrs.views.fetching import key_result_to_edit, key_result_to_reword, objective_to_edit
from okrs.views.objective_parts import UNITS, is_on_page, quick_form, refreshed
from okrs.views.quality import notes
from organizations.errors import Refused
from organizations.requests import OrganizationRequest

FORM, FORM_DRAWER = "okrs/key_result/form.html", "okrs/key_result/form_drawer.html"
STEP, STEP_DRAWER = "okrs/objective/step.html", "okrs/objective/step_drawer.html"
QUICK = "okrs/key_result/_add.html"
# The parts that show key results.
WITH_ROWS = ("summary", "count", "rows", "details")


@require_GET
def key_result_reading(request: OrganizationRequest, slug: str, objective_id: UUID) -> HttpResponse:
    """What the line typed so far means, the fields it fills, and what could be clearer; nothing is written."""
    objective = objective_to_edit(request, objective_id)
    reading, values = reread(request.GET.dict())
    is_quick = "quick" in request.GET
    form = KeyResultForm(
        slug=slug,
        is_quick=is_quick,
        auto_id="new-kr-%s" if is_quick else "id_%s",
        initial={**values, "understood": reading.as_json},
    )
    # The field that is being typed in is not part of the answer.
    shown = is_quick is False or bool(reading.text.strip())
    place = "#kr-add-quality" if is_quick else "#kr-quality"
    if not shown:
        return partials(request, notes(place), Part("#kr-add-measure", swap="innerHTML"))
    typed = {**values, "title": reading.text, "understood": reading.as_json}
    advice = advice_on_key_result(request.actor, objective, reading.text, **measured(typed))
    told = {note.code for note in advice}
    reading.number_is_told, reading.start_is_told = Code.NO_NUMBER in told, Code.NO_START in told
    context = {"form": form, "reading": reading, "units": UNITS}
    return partials(
        request,
        notes(place, advice),
        body="okrs/key_result/_reading.html",
        context=context,
    )


@require_http_methods(["GET", "POST"])
def key_result_create(request: OrganizationRequest, slug: str, objective_id: UUID) -> HttpResponse:
    """Add a key result: from the line at the end of the list (`quick`), or with all fields."""
    objective = objective_to_edit(request, objective_id)
    if "quick" in request.POST:
        return _create_quickly(request, slug, objective)
    form = KeyResultForm(
        caught_up(request.POST) if request.POST else None,
        slug=slug,
        initial={"owner": objective.owner or request.actor.membership, "title": request.GET.get("title", "")[:500]},
    )
    context = {
        "form": form,
        "objective": objective,
        "reading": Reading(form["title"].value() or ""),
        "title": _("New key result"),
        "action": reverse("okrs:key_result_create", args=[slug, objective.pk]),
        "another": "another" in request.POST,
        "units": UNITS,
    }
    if request.method != "POST":
        return respond(request, FORM, FORM_DRAWER, context)
    if (created := _created(request, objective, form)) is None:
        return invalid(request, FORM, FORM_DRAWER, context)
    toast(request, _("Key result added"))
    if "another" in request.POST:
        if not is_fragment(request):
            return redirect("okrs:key_result_create", slug, objective.pk)
        owner = objective.owner or request.actor.membership
        empty = {"form": KeyResultForm(slug=slug, initial={"owner": owner}), "reading": None}
        return refreshed(request, objective.pk, *WITH_ROWS, body=FORM_DRAWER, context=context | empty)
    if not is_fragment(request):
        return redirect("okrs:objective", slug, objective.pk)
    return refreshed(request, objective.pk, *WITH_ROWS, close_drawer=True, focus=f"#kr-{created.pk}")


def _create_quickly(request: OrganizationRequest, slug: str, objective: Objective) -> HttpResponse:
    form = quick_form(slug, request.POST)
    if _created(request, objective, form) is None:
        # Without script the full form says what is missing; with it, the line stays where it is.
        context = {
            "form": form,
            "objective": objective,
            "reading": Reading(request.POST.get("title", "")),
            "title": _("New key result"),
            "action": reverse("okrs:key_result_create", args=[slug, objective.pk]),
            "units": UNITS,
            "slug": slug,
        }
        return invalid(request, FORM, QUICK, context)
    if not is_fragment(request):
        toast(request, _("Key result added"))
        return redirect("okrs:objective", slug, objective.pk)
    return refreshed(
        request,
        objective.pk,
        *WITH_ROWS,
        body=QUICK,
        context={"form": quick_form(slug), "autofocus": True},
    )


def _created(request: OrganizationRequest, objective: Objective, form: KeyResultForm) -> KeyResult | None:
    """Write the key result, or leave the form with its errors and return None."""
    if not form.is_valid():
        return None
    values = form.values()
    values.setdefault("owner", objective.owner or request.actor.membership)
    try:
        return domain.create_key_result(actor=request.actor, objective=objective, **values)
    except Refused as refused:
        form.refuse(refused)
        return None


@require_http_methods(["GET", "POST"])
def key_result_edit(request: OrganizationRequest, slug: str, key_result_id: UUID) -> HttpResponse:
    """Change a key result. What somebody else changed meanwhile is told once. A coach changes its words alone."""
    found = key_result_to_reword(request, key_result_id)
    words_only = not permissions.edit_objective(request.actor, found.objective)
    settings = request.actor.settings
    locked_since = locks_on(found.objective, settings) if is_locked(found.objective, settings) else None
    form = KeyResultForm(
        request.POST or None, slug=slug, key_result=found, locked_since=locked_since, words_only=words_only
    )
    context = {
        "form": form,
        "key_result": found,
        "objective": found.objective,
        "title": _("Edit key result"),
        "action": reverse("okrs:key_result_edit", args=[slug, found.pk]),
        "units": UNITS,
    }
    if request.method != "POST":
        return respond(request, FORM, FORM_DRAWER, context)
    if form.is_valid():
        try:
            domain.edit_key_result(
                actor=request.actor, key_result=found, changes=form.changes(), reason=form.reason_given, seen=form.seen
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            toast(request, _("Key result saved"))
            if not is_fragment(request):
                return redirect("okrs:objective", slug, found.objective_id)
            return refreshed(
                request,
                found.objective_id,
                *WITH_ROWS,
                rows=True,
                close_drawer=True,
                focus=f"#kr-{found.pk}",
            )
    return invalid(request, FORM, FORM_DRAWER, context)


@require_http_methods(["GET", "POST"])
def key_result_archive(request: OrganizationRequest, slug: str, key_result_id: UUID) -> HttpResponse:
    """Put a key result away; the toast takes it back. Once it is locked, a form asks for the reason first."""
    found = key_result_to_edit(request, key_result_id)
    needs_reason = is_locked(found.objective, request.actor.settings)
    form = ReasonForm(
        request.POST if request.method == "POST" else None,
        label=_("Why is it put away?"),
        help_text=_("It no longer counts. The reason stays among the changes of the objective."),
        required=needs_reason,
    )
    context = {
        "form": form,
        "objective": found.objective,
        "asks": {"title": _("Archive “%(title)s”") % {"title": found.title}, "button": _("Archive")},
        "action": reverse("okrs:key_result_archive", args=[slug, found.pk]),
    }
    if request.method != "POST":
        return respond(request, STEP, STEP_DRAWER, context)
    if not form.is_valid():
        return invalid(request, STEP, STEP_DRAWER, context)
    try:
        domain.archive_key_result(actor=request.actor, key_result=found, reason=form.cleaned_data["reason"])
    except Refused as refused:
        form.refuse(refused)
        return invalid(request, STEP, STEP_DRAWER, context)
    toast(request, _("Key result archived"), undo_url=reverse("okrs:key_result_restore", args=[slug, found.pk]))
    if not is_fragment(request):
        return redirect("okrs:objective", slug, found.objective_id)
    if not is_on_page(request, found.objective_id):
        return _gone(request, found, close_drawer=needs_reason)
    return refreshed(request, found.objective_id, *WITH_ROWS, close_drawer=needs_reason)


def _gone(request: OrganizationRequest, found: KeyResult, *, close_drawer: bool) -> HttpResponse:
    """Take the row off another page's list and draw the drawer's parts anew."""
    answer = refreshed(request, found.objective_id, "summary", "details", close_drawer=close_drawer)
    answer.content += partials(request, Part(f"#kr-{found.pk}", swap="delete")).content
    return answer


@require_POST
def key_result_restore(request: OrganizationRequest, slug: str, key_result_id: UUID) -> HttpResponse:
    """Bring an archived key result back."""
    found = key_result_to_edit(request, key_result_id)
    domain.restore_key_result(actor=request.actor, key_result=found)
    toast(request, _("Key result is back"))
    if is_on_page(request, found.objective_id):
        return refreshed(request, found.objective_id, *WITH_ROWS, focus=f"#kr-{found.pk}")
    return go_to(request, reverse("okrs:objective", args=[slug, found.objective_id]))
