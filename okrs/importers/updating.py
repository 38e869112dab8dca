"""Writing the rows of an import that changed since the last one: each changed cell, and nothing else."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from okrs.domain.alignment import align, remove_alignment
from okrs.domain.check_in import check_in
from okrs.domain.cycle import edit_cycle
from okrs.domain.key_result import edit_key_result, lock_key_result
from okrs.domain.objective import edit_objective, lock_objective
from okrs.domain.rollup import roll_up
from okrs.enums import Level
from okrs.importers.lines import Line
from okrs.importers.plan import OF_CYCLE
from okrs.importers.writing import BATCH, Writer, metric_values, share
from okrs.models import Alignment, ImportedRow, KeyResult, Objective
from organizations.domain import audit
from organizations.errors import Refused
from organizations.spreadsheets import Problem

REPORTED = {"progress", "note"}
METRIC = {"start", "target", "unit"}


def write_updates(writer: Writer, columns: dict[str, str]) -> None:
    """Write every changed row through the domain functions; what they refuse becomes a problem of its row.

    Side effects: as those functions', and the cells to compare the next file with.
    """
    rows = []
    for line, changed in writer.plan.updated:
        try:
            if changed & OF_CYCLE:
                _change_cycle(writer, line)
            if line.is_objective:
                _change_objective(writer, line, changed)
            else:
                _change_key_result(writer, line, changed)
        except Refused as error:
            column = columns.get(next(iter(sorted(changed))), "")
            writer.plan.problems.append(Problem(line.number, column, " ".join(error.messages)))
            continue
        row = writer.plan.stored[line.key]
        row.cells, row.imported_at = {**row.cells, **line.cells}, timezone.now()
        rows.append(row)
    ImportedRow.objects.bulk_update(rows, ["cells", "imported_at"], batch_size=BATCH)


def _change_cycle(writer: Writer, line: Line) -> None:
    """Move the days of the cycle; the first changed row does it, the others find it done."""
    cycle = writer.cycles[line.cycle]
    days = {"starts_on": line.starts_on, "ends_on": line.ends_on}
    changes = {name: day for name, day in days.items() if day is not None}
    writer.cycles[line.cycle] = edit_cycle(actor=writer.actor, cycle=cycle, changes=changes)


def _named(writer: Writer, line: Line, changed: set[str]) -> dict[str, Any]:
    """Return the changes that stand in cells as they are."""
    changes: dict[str, Any] = {name: getattr(line, name) for name in ("title", "description") if name in changed}
    if "owner" in changed:
        changes["owner"] = writer.members[writer.plan.member_name(line)] if line.owner else None
    return changes


def _change_objective(writer: Writer, line: Line, changed: set[str]) -> None:
    objective = writer.objectives[line.key]
    changes = _named(writer, line, changed)
    if "level" in changed:
        changes["level"] = line.level
    needs_team = "team" in changed or ("level" in changed and objective.team_id is None)
    if needs_team and line.level != Level.ORGANIZATION:
        changes["team"] = writer.teams[writer.plan.team_name(line)] if line.team else None
    if changes:
        objective = edit_objective(actor=writer.actor, objective=objective, changes=changes)
    if changed & REPORTED:
        _report(writer, line, objective, changed)
    if "parent" in changed:
        _support_other(writer, line, objective)


def _report(writer: Writer, line: Line, objective: Objective, changed: set[str]) -> None:
    """Store what the file reports of the objective itself."""
    locked = lock_objective(objective.pk)
    reported = {"progress": ("reported_progress", share(line.progress)), "note": ("reported_note", line.note)}
    before, after = audit.apply_changes(locked, dict(reported[name] for name in changed & REPORTED))
    if not after:
        return
    locked.save(update_fields=["reported_progress", "reported_note", "updated_at"])
    audit.record(actor=writer.actor, verb="reported", subject=locked, before=before, after=after)
    roll_up([locked.pk])


def _support_other(writer: Writer, line: Line, objective: Objective) -> None:
    """Support the new parent instead of the one of the last import; what people added stays."""
    before = writer.plan.stored[line.key].cells.get("parent", "")
    old = _target(writer, line.cycle, before)
    if old is not None:
        name = "target_objective" if isinstance(old, Objective) else "target_key_result"
        for alignment in Alignment.objects.filter(objective=objective, **{name: old}).select_related(
            "objective__cycle", "target_objective", "target_key_result", "target_priority"
        ):
            remove_alignment(actor=writer.actor, alignment=alignment)
    new = _target(writer, line.cycle, line.parent)
    if new is not None:
        align(actor=writer.actor, objective=objective, target=new)


def _target(writer: Writer, cycle: str, ref: str) -> Objective | KeyResult | None:
    return writer.objectives.get((cycle, ref)) or writer.key_results.get((cycle, ref))


def _change_key_result(writer: Writer, line: Line, changed: set[str]) -> None:
    key_result = writer.key_results[line.key]
    changes = _named(writer, line, changed)
    if changed & METRIC:
        changes |= metric_values(line)
    if changes:
        # What is locked changes with this reason; whoever imports has checked the file before.
        key_result = edit_key_result(actor=writer.actor, key_result=key_result, changes=changes, reason=_("Import"))
    if "parent" in changed:
        _move(writer, line, key_result)
    value_cell = "current" if line.has_metric else "progress"
    value = line.value if value_cell in changed else None
    note = line.note if "note" in changed else ""
    # A cell that was emptied says nothing.
    if value is not None or note:
        check_in(
            actor=writer.actor,
            key_result=key_result,
            value=value,
            note=note or _("Changed in the imported file."),
        )


def _move(writer: Writer, line: Line, key_result: KeyResult) -> None:
    """Hang a key result under another objective."""
    locked = lock_key_result(key_result.pk)
    objective = writer.objectives[line.cycle, line.parent]
    before, after = audit.apply_changes(locked, {"objective": objective})
    if not after:
        return
    locked.save(update_fields=["objective", "updated_at"])
    audit.record(actor=writer.actor, verb="moved", subject=locked, before=before, after=after)
    roll_up([before["objective"], objective.pk])
