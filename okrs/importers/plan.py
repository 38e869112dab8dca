"""What an import would do: new rows, changed rows, and the cells that changed. Reads, writes nothing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from okrapp.web.numbers import format_number
from okrs.enums import Level
from okrs.importers.lines import KEY_RESULT, OBJECTIVE, Line, read_lines
from okrs.importers.structure import alike, check_structure
from okrs.models import Cycle, ImportedRow
from organizations.actor import Actor
from organizations.importers.contract import Outcome
from organizations.models import Membership, Team
from organizations.queries.former_names import members_by_former_name
from organizations.spreadsheets import Problem, Table

# Cells that say something about the cycle rather than about the row's own object.
OF_CYCLE = {"starts_on", "ends_on"}
PREVIEW_ROWS = 20


@dataclass(slots=True)
class PlannedCycle:
    """A cycle of the file: the one that exists by its name, or the days of the one to be made."""

    name: str
    starts_on: date | None
    ends_on: date | None
    cycle: Cycle | None


@dataclass(slots=True)
class Plan:
    """Everything the writing needs to know."""

    lines: list[Line]
    cycles: dict[str, PlannedCycle]
    stored: dict[tuple[str, str], ImportedRow]
    # Names as they stand in the file → names to use, as the person decided.
    team_names: dict[str, str]
    member_names: dict[str, str]
    problems: list[Problem]
    questions: list[dict[str, Any]] = field(default_factory=list)
    created: list[Line] = field(default_factory=list)
    updated: list[tuple[Line, set[str]]] = field(default_factory=list)

    def team_name(self, line: Line) -> str:
        """Return the team of a line, merged as decided."""
        return self.team_names.get(line.team, line.team)

    def member_name(self, line: Line) -> str:
        """Return the owner of a line, merged as decided."""
        return self.member_names.get(line.owner, line.owner)

    def outcome(self) -> Outcome:
        """Return the numbers, problems, questions and first rows."""
        return Outcome(
            created=len(self.created),
            updated=len(self.updated),
            unchanged=len(self.lines) - len(self.created) - len(self.updated),
            problems=self.problems,
            questions=self.questions,
            counts={
                "objectives": sum(line.is_objective for line in self.lines),
                "key_results": sum(not line.is_objective for line in self.lines),
                "alignments": sum(line.is_objective and bool(line.parent) for line in self.lines),
                "teams": len({self.team_name(line) for line in self.lines if line.team}),
                "members": len({self.member_name(line) for line in self.lines if line.owner}),
                "cycles": len(self.cycles),
            },
            preview_headings=[_("Row"), _("Type"), _("Title"), _("Team"), _("Owner"), _("Progress")],
            preview=[
                [
                    str(line.number),
                    _("Objective") if line.is_objective else _("Key Result"),
                    line.title,
                    self.team_name(line),
                    self.member_name(line),
                    "" if line.progress is None else format_number(line.progress, "%"),
                ]
                for line in self.lines[:PREVIEW_ROWS]
            ],
        )


def make_plan(*, actor: Actor, table: Table, mapping: dict[str, str], options: dict[str, Any]) -> Plan:
    """Read a table and compare it with what was imported before. About five queries, whatever the size of the file."""
    problems: list[Problem] = []
    lines, left_out = read_lines(table, mapping, problems)
    cycles = _plan_cycles(lines, mapping, problems)
    stored = _stored_rows(cycles.values())
    types = {key: OBJECTIVE if row.objective_id else KEY_RESULT for key, row in stored.items()}
    check_structure(lines, known=types, left_out=left_out, columns=mapping, problems=problems)
    plan = Plan(
        lines=lines,
        cycles=cycles,
        stored=stored,
        team_names=dict(options.get("merge_teams", {})),
        member_names=dict(options.get("merge_members", {})),
        problems=problems,
    )
    for line in lines:
        _compare(plan, line, types.get(line.key), mapping)
    plan.questions = _questions(plan)
    if any(line.level == Level.INDIVIDUAL and line.is_objective for line in plan.created):
        _refuse_individual(actor, plan, mapping)
    return plan


def _compare(plan: Plan, line: Line, stored_type: str | None, columns: dict[str, str]) -> None:
    """Sort a line into created, updated or unchanged."""
    if stored_type is None:
        plan.created.append(line)
    elif stored_type != line.type:
        message = _("In the last import this reference was another type. Give the row a reference of its own.")
        plan.problems.append(Problem(line.number, columns.get("type", ""), message))
        return
    else:
        before = plan.stored[line.key].cells
        # A column that was not there the last time has nothing to be compared with, unless it is filled now.
        changed = {name for name, text in line.cells.items() if before.get(name, "") != text} - {"ref", "type", "cycle"}
        if not changed:
            return
        plan.updated.append((line, changed))
    planned = plan.cycles[line.cycle]
    if planned.cycle is not None and planned.cycle.is_read_only:
        message = _("The cycle “{cycle}” is closed, so this row cannot be written.").format(cycle=line.cycle)
        plan.problems.append(Problem(line.number, columns.get("cycle", ""), message))


def _plan_cycles(lines: list[Line], columns: dict[str, str], problems: list[Problem]) -> dict[str, PlannedCycle]:
    existing = {cycle.name: cycle for cycle in Cycle.objects.current().filter(name__in={line.cycle for line in lines})}
    planned: dict[str, PlannedCycle] = {}
    for line in lines:
        cycle = planned.get(line.cycle)
        if cycle is None:
            cycle = planned[line.cycle] = PlannedCycle(
                line.cycle, line.starts_on, line.ends_on, existing.get(line.cycle)
            )
            if cycle.cycle is None and not (line.starts_on and line.ends_on):
                message = _("The cycle “{cycle}” does not exist yet, so its first and last day are needed.")
                problems.append(Problem(line.number, columns.get("cycle", ""), message.format(cycle=line.cycle)))
        elif (line.starts_on, line.ends_on) != (cycle.starts_on, cycle.ends_on):
            message = _("The days differ from those of the same cycle in the rows above.")
            problems.append(Problem(line.number, columns.get("starts_on", ""), message))
    return planned


def _stored_rows(cycles: Iterable[PlannedCycle]) -> dict[tuple[str, str], ImportedRow]:
    names = {planned.cycle.pk: planned.name for planned in cycles if planned.cycle is not None}
    rows = ImportedRow.objects.filter(cycle__in=list(names)) if names else []
    return {(names[row.cycle_id], row.ref): row for row in rows}


def _questions(plan: Plan) -> list[dict[str, Any]]:
    """Return names that differ by punctuation only, in the file or against what exists: offered, never merged.

    Only names that would be made anew are asked about: what exists was decided about before.
    """
    teams = {line.team for line in plan.created if line.team}
    teams |= {line.team for line, changed in plan.updated if line.team and changed & {"team", "level"}}
    members = {line.owner for line in plan.created if line.owner}
    members |= {line.owner for line, changed in plan.updated if line.owner and "owner" in changed}
    existing_teams = set(Team.objects.current().values_list("name", flat=True)) if teams else set()
    existing_members = set(Membership.objects.active().values_list("display_name", flat=True)) if members else set()
    existing_members |= set(members_by_former_name(members - existing_members))
    questions = []
    for kind, names, existing in (("teams", teams, existing_teams), ("members", members, existing_members)):
        new = names - existing
        for group in alike(names | existing):
            if not new.isdisjoint(group):
                questions.append({"kind": kind, "names": group, "existing": [n for n in group if n in existing]})
    return questions


def _refuse_individual(actor: Actor, plan: Plan, columns: dict[str, str]) -> None:
    if actor.settings.individual_okrs:
        return
    for line in plan.created:
        if line.level == Level.INDIVIDUAL and line.is_objective:
            message = _("Individual OKRs are turned off in this organization.")
            plan.problems.append(Problem(line.number, columns.get("level", ""), message))
