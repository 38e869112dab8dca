"""The life of an import: uploaded → checked → running → done, or failed with its reasons. All or nothing.

A check of a small file answers at once; a large one, and every run, is background work that can be left and found
again. Its progress is in the cache, since nobody sees a row that an open transaction changed.
"""

import zoneinfo
from datetime import timedelta
from typing import Any
from uuid import UUID

import structlog
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from okrapp.celery import app
from okrapp.tenancy.context import require_organization_id
from okrapp.web.decisions import authorize
from organizations.actor import Actor
from organizations.domain import audit
from organizations.domain.dispatch import begin, schedule
from organizations.enums import ImportState, Via
from organizations.errors import Refused
from organizations.importers.contract import Importer, Outcome, Progress, no_progress
from organizations.models import ImportRun
from organizations.registry import registry
from organizations.spreadsheets import Problem, SpreadsheetError, Table, guess_mapping, read_table

log = structlog.get_logger(__name__)

DISPATCH_KIND = "imports"
# If the broker loses the nudge, the sweeper finds the work this much later.
FALLBACK = timedelta(minutes=2)
AT_ONCE_ROWS = 1_000
PROGRESS_SECONDS = 60 * 60
MAX_STORED_PROBLEMS = 1_000


def importer_of(run: ImportRun) -> Importer:
    """Return the importer for a run's kind; raises KeyError for one that is registered no more."""
    return registry.importers[run.kind]


def upload(*, actor: Actor, kind: str, file_name: str, content: bytes) -> ImportRun:
    """Keep an uploaded file and guess what its columns mean.

    Raises Refused (field "file") with what to do when the file cannot be read, PermissionDenied when the actor may
    not import this kind. Side effects: one row, one audit entry.
    """
    importer: Importer = registry.importers[kind]
    authorize(importer.permission(actor))
    if actor.membership is None:
        raise Refused(_("An import needs a member who uploads the file."))
    try:
        table = read_table(content, file_name)
    except SpreadsheetError as error:
        raise Refused({"file": str(error)}) from error
    with transaction.atomic():
        run = ImportRun.objects.create(
            kind=kind,
            file_name=file_name[:200],
            content=content,
            mapping=guess_mapping(table.headings, importer.fields()),
            result={"headings": table.headings, "rows": len(table.rows), "warnings": table.warnings},
            created_by=actor.membership,
        )
        audit.record(actor=actor, verb="uploaded", subject=run, after={"kind": kind, "rows": len(table.rows)})
    return run


def set_mapping(*, actor: Actor, run: ImportRun, mapping: dict[str, str], options: dict[str, Any]) -> ImportRun:
    """Say what the columns mean, and how the importer shall decide; a checked or failed import starts again.

    Raises Refused at the field that has no or a wrong column, and when the import is being worked on or done.
    """
    importer = importer_of(run)
    authorize(importer.permission(actor))
    with transaction.atomic():
        run = _locked(run.pk)
        _refuse_unless(run, ImportState.UPLOADED, ImportState.CHECKED, ImportState.FAILED)
        headings = run.result.get("headings", [])
        errors: dict[str, str] = {}
        chosen: dict[str, str] = {}
        for field in importer.fields():
            heading = mapping.get(field.name, "")
            if heading and heading not in headings:
                errors[field.name] = _("The file has no column “{heading}”.").format(heading=heading)
            elif not heading and field.required:
                errors[field.name] = _("Choose the column for this.")
            elif heading and heading in chosen.values():
                errors[field.name] = _("This column is chosen for something else already.")
            elif heading:
                chosen[field.name] = heading
        if errors:
            raise Refused(errors)
        run.mapping, run.options, run.state = chosen, options, ImportState.UPLOADED
        run.result = {name: run.result[name] for name in ("headings", "rows", "warnings") if name in run.result}
        run.save(update_fields=["mapping", "options", "state", "result"])
    return run


def check(*, actor: Actor, run: ImportRun) -> ImportRun:
    """Find out what the import would do; large files are checked in the background.

    The run comes back checked (its outcome, problems included, in `run.result["outcome"]`), or checking.
    """
    authorize(importer_of(run).permission(actor))
    with transaction.atomic():
        run = _locked(run.pk)
        _refuse_unless(run, ImportState.UPLOADED, ImportState.CHECKED, ImportState.FAILED)
        _set_state(run, ImportState.CHECKING)
        if run.result.get("rows", 0) <= AT_ONCE_ROWS:
            _finish(run, actor, dry_run=True)
        else:
            _queue(run)
    return run


def start(*, actor: Actor, run: ImportRun) -> ImportRun:
    """Begin the import in the background; it must have been checked and found without problems.

    Raises Refused when it runs or ran already: of two people who press the button, one does it.
    """
    authorize(importer_of(run).permission(actor))
    with transaction.atomic():
        run = _locked(run.pk)
        _refuse_unless(run, ImportState.CHECKED)
        if run.result.get("outcome", {}).get("problems"):
            raise Refused(_("The file still has problems. Correct them and upload it again."))
        _set_state(run, ImportState.RUNNING)
        _queue(run)
    return run


def work_on(run_id: UUID) -> bool:
    """Check or run an import that waits for it, as the person who uploaded it; called by the task.

    Returns whether there was anything to do. An import another worker has in hand, or that is over, is left alone.
    """
    run = (
        ImportRun.objects.select_for_update(skip_locked=True)
        .filter(pk=run_id, state__in=[ImportState.CHECKING, ImportState.RUNNING])
        .first()
    )
    if run is None:
        return False
    actor = Actor(run.created_by, via=Via.IMPORT)
    user = run.created_by.user
    language = (user.language if user else "") or actor.settings.language
    zone = zoneinfo.ZoneInfo((user.time_zone if user else "") or actor.settings.time_zone)
    with translation.override(language), timezone.override(zone):
        _finish(run, actor, dry_run=run.state == ImportState.CHECKING)
    return True


def take_up() -> int:
    """Nudge a worker for each import that is not over, and look again later while there are any; returns how many.

    Those another worker has in hand are locked, so the nudge does nothing to them.
    """
    begin(kind=DISPATCH_KIND)
    waiting = list(ImportRun.objects.without_content().filter(state__in=[ImportState.CHECKING, ImportState.RUNNING]))
    for run in waiting:
        _queue(run)
    return len(waiting)


def execute(
    *,
    importer: Importer,
    actor: Actor,
    table: Table,
    mapping: dict[str, str],
    options: dict[str, Any],
    dry_run: bool,
    progress: Progress = no_progress,
) -> Outcome:
    """Check or run an importer, all or nothing: with a problem, or in a dry run, nothing stays written.

    Rows the spreadsheet itself has problems with are reported without asking the importer. Opens a savepoint.
    """
    if table.problems:
        return Outcome(problems=list(table.problems), warnings=list(table.warnings))
    work = importer.check if dry_run else importer.run
    with transaction.atomic():
        outcome = work(actor=actor, table=table, mapping=mapping, options=options, progress=progress)
        if dry_run or outcome.problems:
            transaction.set_rollback(True)
    outcome.warnings = [*table.warnings, *outcome.warnings]
    outcome.problems.sort(key=lambda problem: (problem.row or 0, problem.column))
    return outcome


def progress_of(run: ImportRun) -> float | None:
    """Return how far background work is, from 0 to 1; None when it has not begun."""
    percent = cache.get(_progress_key(run))
    return None if percent is None else percent / 100


def outcome_of(run: ImportRun) -> Outcome | None:
    """Return what the last check or run of an import found, None before the first."""
    stored = run.result.get("outcome")
    return None if stored is None else Outcome.from_json(stored)


def _finish(run: ImportRun, actor: Actor, *, dry_run: bool) -> None:
    """Do the work and write down how it ended; the row is locked by the caller."""
    importer = importer_of(run)
    try:
        authorize(importer.permission(actor))
        table = read_table(bytes(run.content), run.file_name)
        outcome = execute(
            importer=importer,
            actor=actor,
            table=table,
            mapping=run.mapping,
            options=run.options,
            dry_run=dry_run,
            progress=_reporter(run),
        )
    # Whatever goes wrong, the person must hear of it, and the import must not stay "running" for ever.
    except Exception as error:
        log.exception("import_failed", import_id=str(run.pk), kind=run.kind)
        outcome = Outcome(problems=[Problem(None, "", _failure(error))])
        run.result["failed"] = True
    total = len(outcome.problems)
    del outcome.problems[MAX_STORED_PROBLEMS:]
    run.result = {**run.result, "outcome": outcome.as_json(), "problems_total": total}
    if run.result.pop("failed", False) or (total and not dry_run):
        run.state = ImportState.FAILED
    else:
        run.state = ImportState.CHECKED if dry_run else ImportState.DONE
    run.finished_at = None if dry_run else timezone.now()
    run.save(update_fields=["state", "result", "finished_at"])
    if run.state == ImportState.DONE:
        numbers = {"created": outcome.created, "updated": outcome.updated, "unchanged": outcome.unchanged}
        audit.record(actor=actor, verb="imported", subject=run, after={**numbers, **outcome.counts})
    cache.delete(_progress_key(run))


def _failure(error: Exception) -> str:
    if isinstance(error, SpreadsheetError):
        return str(error)
    if isinstance(error, Refused):
        return " ".join(error.messages)
    return _("Something went wrong on our side. Nothing was imported. Please try again.")


def _locked(run_id: UUID) -> ImportRun:
    return ImportRun.objects.select_for_update(of=("self",)).select_related("created_by").get(pk=run_id)


def _refuse_unless(run: ImportRun, *states: ImportState) -> None:
    if run.state not in states:
        raise Refused(
            {
                ImportState.UPLOADED: _("The file has not been checked yet."),
                ImportState.CHECKING: _("The file is being checked. Wait a moment."),
                ImportState.CHECKED: _("The file has been checked already."),
                ImportState.RUNNING: _("This import is running already."),
                ImportState.DONE: _("This file has been imported already. Upload it again to import it once more."),
                ImportState.FAILED: _("This import failed. Check the file again first."),
            }[ImportState(run.state)]
        )


def _set_state(run: ImportRun, state: ImportState) -> None:
    run.state = state
    run.save(update_fields=["state"])


def _queue(run: ImportRun) -> None:
    """Nudge a worker on commit; the dispatch table is the truth if the nudge gets lost."""
    organization_id, import_id = require_organization_id(), str(run.pk)
    cache.add(_progress_key(run), 0, PROGRESS_SECONDS)
    schedule(kind=DISPATCH_KIND, due_at=timezone.now() + FALLBACK)
    transaction.on_commit(
        lambda: app.send_task(
            "organizations.tasks.work_on_import",
            kwargs={"organization_id": organization_id, "import_id": import_id},
        ),
        robust=True,  # without a broker the import waits for the sweeper
    )


def _progress_key(run: ImportRun) -> str:
    return f"import:{run.organization_id}:{run.pk}"


def _reporter(run: ImportRun) -> Progress:
    """Return a progress function that writes whole percents only."""
    key, last = _progress_key(run), -1

    def report(share: float) -> None:
        nonlocal last
        percent = max(0, min(100, int(share * 100)))
        if percent != last:
            last = percent
            cache.set(key, percent, PROGRESS_SECONDS)

    return report
