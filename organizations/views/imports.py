"""Imports: upload, say what the columns are, look, run, and what became of it."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from okrapp.web.decisions import authorize
from okrapp.web.htmx import UNPROCESSABLE, is_fragment, toast
from organizations.domain import imports as domain
from organizations.enums import ImportState
from organizations.errors import Refused
from organizations.forms.imports import MappingForm, UploadForm
from organizations.importers.contract import Importer, OptionsForm
from organizations.models import ImportRun
from organizations.registry import registry
from organizations.requests import OrganizationRequest
from organizations.spreadsheets import guess_mapping, write_csv, write_xlsx
from organizations.spreadsheets.writer import CSV_TYPE, XLSX_TYPE

LISTED = 100
PROBLEMS_SHOWN = 200
_AT_WORK = (ImportState.CHECKING, ImportState.RUNNING)


@require_GET
def import_list(request: OrganizationRequest, slug: str) -> HttpResponse:
    """What can be imported, and the imports there were, also those still running."""
    kinds = [importer for importer in registry.importers.values() if importer.permission(request.actor)]
    runs = (
        ImportRun.objects.without_content()
        .filter(kind__in=[importer.kind for importer in kinds])
        .select_related("created_by")
    )
    rows = [(run, registry.importers[run.kind], domain.outcome_of(run)) for run in runs[:LISTED]]
    return render(request, "organizations/imports/list.html", {"kinds": kinds, "rows": rows})


@require_http_methods(["GET", "POST"])
def import_upload(request: OrganizationRequest, slug: str, kind: str) -> HttpResponse:
    """Upload a spreadsheet."""
    importer = _importer(kind)
    authorize(importer.permission(request.actor))
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            run = domain.upload(actor=request.actor, kind=kind, file_name=file.name, content=file.read())
        except Refused as refusal:
            form.add_error(None, refusal)
        else:
            return redirect("organizations:import_mapping", slug, run.pk)
    status = UNPROCESSABLE if form.is_bound else 200
    context = {"form": form, "importer": importer, "fields": importer.fields()}
    return render(request, "organizations/imports/upload.html", context, status=status)


@require_GET
def import_template(request: OrganizationRequest, slug: str, kind: str, file_format: str) -> HttpResponse:
    """A file with the right headings and invented rows, as CSV or XLSX."""
    importer = _importer(kind)
    headings = [str(field.label) for field in importer.fields()]
    if file_format == "xlsx":
        content, content_type = write_xlsx(headings, importer.example_rows(), title=str(importer.label)), XLSX_TYPE
    else:
        content, content_type = write_csv(headings, importer.example_rows()), CSV_TYPE
    return HttpResponse(
        content,
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{kind}.{file_format}"'},
    )


@require_http_methods(["GET", "POST"])
def import_mapping(request: OrganizationRequest, slug: str, import_id: UUID) -> HttpResponse:
    """Say which column is what, and the importer's options; then the file is checked."""
    run, importer = _run(request, import_id)
    if run.state in (*_AT_WORK, ImportState.DONE):
        return redirect("organizations:import_run", slug, run.pk)
    data = request.POST if request.method == "POST" else None
    form = MappingForm(data, importer=importer, headings=run.result["headings"], initial=run.mapping)
    options = importer.options_form(actor=request.actor, run=run, outcome=None, data=data)
    if data is not None and form.is_valid() and (options is None or options.is_valid()):
        try:
            domain.set_mapping(
                actor=request.actor,
                run=run,
                mapping=form.mapping(),
                options=_options(options, run),
            )
            run = domain.check(actor=request.actor, run=run)
        except Refused as refusal:
            form.add_error(None, refusal)
        else:
            return redirect(_place(run), slug, run.pk)
    guessed = guess_mapping(run.result["headings"], importer.fields())
    context = {"run": run, "importer": importer, "form": form, "options": options, "guessed": guessed}
    status = UNPROCESSABLE if data is not None else 200
    return render(request, "organizations/imports/mapping.html", context, status=status)


@require_http_methods(["GET", "POST"])
def import_preview(request: OrganizationRequest, slug: str, import_id: UUID) -> HttpResponse:
    """What the import would do, with every problem by row.

    A POST answers the importer's questions and checks again; with `start` in it, the import begins if all is well.
    """
    run, importer = _run(request, import_id)
    if run.state != ImportState.CHECKED:
        return redirect(_place(run), slug, run.pk)
    outcome = domain.outcome_of(run)
    data = request.POST if request.method == "POST" else None
    options = importer.options_form(actor=request.actor, run=run, outcome=outcome, data=data)
    error = ""
    if data is not None and (options is None or options.is_valid()):
        try:
            domain.set_mapping(actor=request.actor, run=run, mapping=run.mapping, options=_options(options, run))
            run = domain.check(actor=request.actor, run=run)
            if "start" in data and run.state == ImportState.CHECKED and not _problems(run)["problems_total"]:
                run = domain.start(actor=request.actor, run=run)
        except Refused as refusal:
            error = " ".join(refusal.messages)
        else:
            return redirect(_place(run), slug, run.pk)
    context = {"run": run, "importer": importer, "outcome": outcome, "options": options, "error": error}
    context |= _problems(run)
    status = UNPROCESSABLE if data is not None else 200
    return render(request, "organizations/imports/preview.html", context, status=status)


@require_http_methods(["GET", "POST"])
def import_run(request: OrganizationRequest, slug: str, import_id: UUID) -> HttpResponse:
    """A POST begins the import; a GET shows how far it is and, once it is over, what became of it."""
    run, importer = _run(request, import_id)
    if request.method == "POST":
        try:
            domain.start(actor=request.actor, run=run)
        except Refused as refusal:
            toast(request, " ".join(refusal.messages), tone="warn")
        return redirect("organizations:import_run", slug, run.pk)
    if run.state == ImportState.UPLOADED:
        return redirect("organizations:import_mapping", slug, run.pk)
    if run.state == ImportState.CHECKED:
        preview = reverse("organizations:import_preview", args=[slug, run.pk])
        if is_fragment(request):
            return HttpResponse(headers={"HX-Redirect": preview})
        return redirect(preview)
    outcome = domain.outcome_of(run)
    is_over = run.state in (ImportState.DONE, ImportState.FAILED)
    context = {
        "run": run,
        "importer": importer,
        "outcome": outcome,
        "is_over": is_over,
        "is_done": run.state == ImportState.DONE,
        "share": domain.progress_of(run),
        "links": importer.links(actor=request.actor, slug=slug, outcome=outcome) if outcome and is_over else [],
        "text": _("Importing…") if run.state == ImportState.RUNNING else _("Checking the file…"),
    }
    context |= _problems(run)
    template = "organizations/imports/_run.html" if is_fragment(request) else "organizations/imports/run.html"
    return render(request, template, context)


@require_GET
def people_import(request: OrganizationRequest, slug: str) -> HttpResponse:
    """A short address for importing people."""
    return redirect("organizations:import_upload", slug, "people")


@require_POST
def import_check_again(request: OrganizationRequest, slug: str, import_id: UUID) -> HttpResponse:
    """Check once more with the same columns, after something outside the file was put right."""
    run, _importer_of_run = _run(request, import_id)
    try:
        run = domain.check(actor=request.actor, run=run)
    except Refused as refusal:
        toast(request, " ".join(refusal.messages), tone="warn")
    return redirect(_place(run), slug, run.pk)


def _importer(kind: str) -> Importer:
    importer: Importer | None = registry.importers.get(kind)
    if importer is None:
        raise Http404
    return importer


def _run(request: OrganizationRequest, import_id: UUID) -> tuple[ImportRun, Importer]:
    run = get_object_or_404(ImportRun.objects.without_content().select_related("created_by"), pk=import_id)
    importer = _importer(run.kind)
    authorize(importer.permission(request.actor))
    return run, importer


def _options(form: OptionsForm | None, run: ImportRun) -> dict[str, Any]:
    """What was chosen now, over what was chosen before: each form asks a part of the questions only."""
    return run.options if form is None else {**run.options, **form.options()}


def _place(run: ImportRun) -> str:
    """Name of the page that an import in its state belongs on."""
    return {
        ImportState.UPLOADED: "organizations:import_mapping",
        ImportState.CHECKED: "organizations:import_preview",
    }.get(ImportState(run.state), "organizations:import_run")


def _problems(run: ImportRun) -> dict[str, Any]:
    outcome = domain.outcome_of(run)
    shown = outcome.problems[:PROBLEMS_SHOWN] if outcome else []
    total = run.result.get("problems_total", len(shown))
    return {"problems": shown, "problems_total": total, "problems_hidden": total - len(shown)}
