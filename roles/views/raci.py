"""The RACI matrix: read by everybody, edited in place by the Program Lead Office."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from okrapp.web.decisions import Denied, authorize
from okrapp.web.htmx import Part, go_to, invalid, is_fragment, partials, respond, toast
from organizations.errors import Refused
from organizations.requests import OrganizationRequest
from organizations.spreadsheets import Sheet, write_workbook
from organizations.spreadsheets.writer import XLSX_TYPE
from roles import permissions
from roles.domain import raci as domain
from roles.enums import Letter, RaciPhase
from roles.forms.raci import ActivityForm, PersonForm, changed_cells, shown_cells
from roles.models import RaciActivity, RaciPerson
from roles.queries.raci import Matrix, raci_matrix
from roles.raci.findings import OVERLOAD_LEAST, OVERLOAD_SHARE

FORM, FORM_DRAWER = "roles/raci/form.html", "roles/raci/form_drawer.html"
PEOPLE, PEOPLE_DRAWER = "roles/raci/people.html", "roles/raci/people_drawer.html"


@require_GET
def raci(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Show the matrix; `phase`, `findings` (only rows with some) and `print` (for paper) are in the address."""
    matrix = raci_matrix()
    phase = request.GET.get("phase", "")
    phase = phase if phase in RaciPhase.values else ""
    only_findings = bool(request.GET.get("findings"))
    decision = permissions.edit_raci(request.actor)
    for_paper = "print" in request.GET
    query = {name: value for name, value in (("phase", phase), ("findings", "1" if only_findings else "")) if value}
    context = _context(request, matrix) | {
        "groups": matrix.groups(phase=phase, only_findings=only_findings),
        "phase": phase,
        "only_findings": only_findings,
        "phase_options": [("", _("All phases")), *RaciPhase.choices],
        "legend": [(letter.value, letter.label) for letter in Letter],
        "may_edit": bool(decision) and not for_paper,
        "edits_cells": bool(decision) and matrix.is_own and not for_paper,
        "why_not": decision.reason if isinstance(decision, Denied) else "",
        "shown": shown_cells(matrix),
        "query": urlencode(query),
    }
    return render(request, "roles/raci/print.html" if for_paper else "roles/raci/page.html", context)


@require_GET
def raci_export(request: OrganizationRequest, slug: str) -> HttpResponse:
    """The matrix as a workbook, its findings on the second sheet."""
    matrix = raci_matrix()
    sheets = [
        Sheet(
            _("RACI"),
            [_("Phase"), _("Activity"), *(column.label for column in matrix.columns)],
            [[str(row.phase.label), row.title, *("/".join(cell.letters) for cell in row.cells)] for row in matrix.rows],
            frozen_columns=2,
        ),
        Sheet(
            _("Findings"),
            [_("Where"), _("What is wrong"), _("What to do")],
            [[said.title, said.what, said.advice] for said in matrix.findings],
        ),
    ]
    headers = {"Content-Disposition": f'attachment; filename="raci-{slug}.xlsx"'}
    return HttpResponse(write_workbook(sheets), content_type=XLSX_TYPE, headers=headers)


@require_POST
def raci_adopt(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Make the default the organization's own."""
    authorize(permissions.edit_raci(request.actor))
    if domain.adopt_default(actor=request.actor):
        toast(request, _("The matrix is yours now. Change what is different here."))
    return _back(request)


@require_POST
def raci_reset(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Give up the own matrix for the default, for good."""
    authorize(permissions.edit_raci(request.actor))
    domain.reset_matrix(actor=request.actor)
    toast(request, _("The matrix is the default again."))
    return _back(request)


@require_POST
def raci_cells(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Change one cell, as one types, or all that somebody without script has changed."""
    authorize(permissions.edit_raci(request.actor))
    try:
        changed = domain.set_cells(actor=request.actor, changes=changed_cells(request.POST))
    except Refused as refused:
        toast(request, " ".join(refused.messages), tone="warn")
        return _back(request)
    if not is_fragment(request):
        toast(request, _("Saved.") if changed else _("Nothing was changed."))
        return _back(request)
    matrix = raci_matrix()
    context = _context(request, matrix)
    rows = [row for activity in changed if (row := matrix.row(str(activity.pk))) is not None]
    return partials(
        request,
        Part("#raci-findings", "roles/raci/_findings.html", context),
        *(Part(f"#raci-mark-{row.ref}", "roles/raci/_row_mark.html", context | {"row": row}) for row in rows),
        *(
            Part(f"#raci-over-{column.ref}", "roles/raci/_column_mark.html", context | {"column": column})
            for column in matrix.columns
        ),
    )


@require_http_methods(["GET", "POST"])
def raci_activity_create(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Add an activity; `?phase=` chooses its phase."""
    authorize(permissions.edit_raci(request.actor))
    form = ActivityForm(request.POST or None, initial={"phase": request.GET.get("phase", "")})
    if request.method == "POST" and form.is_valid():
        try:
            added = domain.add_activity(actor=request.actor, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            toast(
                request,
                _("Activity added"),
                undo_url=reverse("roles:raci_activity_archive", args=[slug, added.pk]),
            )
            return _back(request, added)
    context = {"form": form, "title": _("New activity"), "action": reverse("roles:raci_activity_create", args=[slug])}
    return _form(request, context, FORM, FORM_DRAWER)


@require_http_methods(["GET", "POST"])
def raci_activity_edit(request: OrganizationRequest, slug: str, raci_activity_id: UUID) -> HttpResponse:
    """Rename an activity or put it into another phase. What somebody else changed meanwhile is told once."""
    activity = _activity(request, raci_activity_id)
    form = ActivityForm(request.POST or None, activity=activity)
    if request.method == "POST" and form.is_valid():
        try:
            domain.edit_activity(actor=request.actor, activity=activity, changes=form.changes(), seen=form.seen)
        except Refused as refused:
            form.refuse(refused)
        else:
            toast(request, _("Activity saved"))
            return _back(request, activity)
    context = {
        "form": form,
        "activity": activity,
        "title": _("Edit activity"),
        "slug": slug,
        "action": reverse("roles:raci_activity_edit", args=[slug, activity.pk]),
    }
    return _form(request, context, FORM, FORM_DRAWER)


@require_POST
def raci_activity_move(request: OrganizationRequest, slug: str, raci_activity_id: UUID) -> HttpResponse:
    """Move an activity one place up or down in its phase (`to=up`, `to=down`)."""
    activity = _activity(request, raci_activity_id)
    if not domain.move_activity(actor=request.actor, activity=activity, up=request.POST.get("to") == "up"):
        toast(request, _("It stands at the end of its phase already."), tone="info")
    return _back(request, activity)


@require_POST
def raci_activity_archive(request: OrganizationRequest, slug: str, raci_activity_id: UUID) -> HttpResponse:
    """Take an activity out of the matrix; the toast takes it back."""
    activity = _activity(request, raci_activity_id)
    domain.archive_activity(actor=request.actor, activity=activity)
    undo = reverse("roles:raci_activity_restore", args=[slug, activity.pk])
    toast(request, _("Activity archived"), undo_url=undo)
    return _back(request)


@require_POST
def raci_activity_restore(request: OrganizationRequest, slug: str, raci_activity_id: UUID) -> HttpResponse:
    """Bring an archived activity back."""
    activity = _activity(request, raci_activity_id)
    domain.restore_activity(actor=request.actor, activity=activity)
    toast(request, _("Activity is back"))
    return _back(request)


@require_http_methods(["GET", "POST"])
def raci_people(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Who has a column of their own, and giving somebody one."""
    authorize(permissions.edit_raci(request.actor))
    form = PersonForm(request.POST or None, slug=slug)
    if request.method == "POST" and form.is_valid():
        try:
            domain.add_person(actor=request.actor, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            toast(request, _("Column added"))
            return _back(request)
    context = {
        "form": form,
        "people": list(RaciPerson.objects.select_related("membership")),
        "slug": slug,
        "action": reverse("roles:raci_people", args=[slug]),
    }
    return _form(request, context, PEOPLE, PEOPLE_DRAWER)


@require_POST
def raci_person_remove(request: OrganizationRequest, slug: str, raci_person_id: UUID) -> HttpResponse:
    """Take a person's column out; the toast takes it back."""
    person = get_object_or_404(RaciPerson, pk=raci_person_id)
    authorize(permissions.edit_raci(request.actor))
    domain.remove_person(actor=request.actor, person=person)
    undo = reverse("roles:raci_person_restore", args=[slug, raci_person_id])
    toast(request, _("Column removed"), undo_url=undo)
    return _back(request)


@require_POST
def raci_person_restore(request: OrganizationRequest, slug: str, raci_person_id: UUID) -> HttpResponse:
    """Bring back a column removed moments ago, with its letters."""
    authorize(permissions.edit_raci(request.actor))
    try:
        domain.restore_person(actor=request.actor, person_id=raci_person_id)
    except RaciPerson.DoesNotExist as error:
        raise Http404 from error
    except Refused as refused:
        toast(request, " ".join(refused.messages), tone="warn")
    else:
        toast(request, _("Column is back"))
    return _back(request)


def _context(request: OrganizationRequest, matrix: Matrix) -> dict[str, Any]:
    return {
        "matrix": matrix,
        "over": matrix.of_columns,
        "slug": request.organization.slug,
        "share": OVERLOAD_SHARE,
        "least": OVERLOAD_LEAST,
    }


def _activity(request: OrganizationRequest, activity_id: UUID) -> RaciActivity:
    activity = get_object_or_404(RaciActivity, pk=activity_id)
    authorize(permissions.edit_raci(request.actor))
    return activity


def _form(request: OrganizationRequest, context: dict[str, Any], page: str, drawer: str) -> HttpResponse:
    return (invalid if request.method == "POST" else respond)(request, page, drawer, context)


def _back(request: OrganizationRequest, activity: RaciActivity | None = None) -> HttpResponse:
    """Return to the matrix, at a row: only from the drawer, whose address is another one (else nothing is loaded)."""
    anchor = f"#activity-{activity.pk}" if activity is not None else ""
    return go_to(request, reverse("roles:raci", args=[request.organization.slug]) + anchor)
