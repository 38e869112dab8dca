"""Writing a planned import: new rows in bulk, changed rows through the same domain functions as people use."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Max
from django.utils import timezone

from okrs import scoring
from okrs.domain.cycle import create_cycle
from okrs.domain.objective import OPEN_PHASES
from okrs.domain.rollup import roll_up
from okrs.enums import Level, MetricType, ObjectiveStatus, Phase, UnitKind
from okrs.importers.lines import Line
from okrs.importers.plan import Plan, PlannedCycle
from okrs.models import Alignment, CheckIn, Cycle, ImportedRow, KeyResult, Objective
from okrs.queries.measure import measure_of
from organizations.actor import Actor
from organizations.domain import audit
from organizations.domain.membership import add_member
from organizations.domain.team import create_team
from organizations.enums import Via
from organizations.models import AuditEntry, Membership, Team, TeamMembership
from organizations.queries.former_names import members_by_former_name

HUNDRED = Decimal(100)
BATCH = 500


@dataclass(slots=True)
class Writer:
    """Holds what the rows refer to by name or reference while they are written."""

    actor: Actor
    plan: Plan
    report: Callable[[float], None]
    teams: dict[str, Team] = field(default_factory=dict)
    members: dict[str, Membership] = field(default_factory=dict)
    cycles: dict[str, Cycle] = field(default_factory=dict)
    objectives: dict[tuple[str, str], Objective] = field(default_factory=dict)
    key_results: dict[tuple[str, str], KeyResult] = field(default_factory=dict)
    entries: list[AuditEntry] = field(default_factory=list)
    check_ins: list[CheckIn] = field(default_factory=list)

    def write_new(self) -> None:
        """Write every new row; progress is carried up once, at the end.

        Side effects: teams, placeholder members, cycles (running at once, since imported OKRs are under way),
        objectives, key results, check-ins, alignments, what was imported, one audit entry for each object.
        """
        new = self.plan.created
        named = new + [line for line, changed in self.plan.updated if changed & {"team", "level", "owner"}]
        self._find_cycles()
        self._find_teams(named)
        self.report(0.2)
        self._find_members(named)
        self._join_teams(new)
        self.report(0.4)
        self._find_stored()
        self._write_objectives([line for line in new if line.is_objective])
        self.report(0.6)
        self._write_key_results([line for line in new if not line.is_objective])
        self.report(0.7)
        self._write_alignments([line for line in new if line.is_objective and line.parent])
        audit.record_many(self.actor, self.entries)
        ImportedRow.objects.bulk_create([self._imported_row(line) for line in new], batch_size=BATCH)
        roll_up(self._touched(new))
        self.report(0.9)

    def _touched(self, lines: list[Line]) -> list[UUID]:
        return [self.objectives[line.key].pk for line in lines if line.is_objective] + [
            self.key_results[line.key].objective_id for line in lines if not line.is_objective
        ]

    def _find_cycles(self) -> None:
        for name, planned in self.plan.cycles.items():
            self.cycles[name] = planned.cycle or self._make_cycle(planned)

    def _make_cycle(self, planned: PlannedCycle) -> Cycle:
        assert planned.starts_on is not None, "the plan asks for both days"
        assert planned.ends_on is not None
        return create_cycle(
            actor=self.actor,
            name=planned.name,
            starts_on=planned.starts_on,
            ends_on=planned.ends_on,
            length="own",
            phase=Phase.RUNNING,
        )

    def _find_teams(self, lines: list[Line]) -> None:
        names = {self.plan.team_name(line): None for line in lines if line.team}
        for team in Team.objects.current().filter(name__in=names).order_by("created_at", "pk"):
            self.teams.setdefault(team.name, team)
        roots = list(Team.objects.current().filter(parent=None)[:2])
        # With one team at the top the company stands there already, and new teams belong below it.
        parent = roots[0] if len(roots) == 1 else None
        for name in names:
            if name not in self.teams:
                self.teams[name] = create_team(actor=self.actor, name=name, parent=parent)

    def _find_members(self, lines: list[Line]) -> None:
        names = {self.plan.member_name(line): None for line in lines if line.owner}
        for member in Membership.objects.active().filter(display_name__in=names).order_by("joined_at", "pk"):
            self.members.setdefault(member.display_name, member)
        self.members |= members_by_former_name(name for name in names if name not in self.members)
        for name in names:
            if name not in self.members:
                self.members[name] = add_member(actor=self.actor, display_name=name)

    def _join_teams(self, lines: list[Line]) -> None:
        """Put owners into the teams whose OKRs they answer for."""
        pairs = {
            (self.teams[self.plan.team_name(line)].pk, self.members[self.plan.member_name(line)].pk): None
            for line in lines
            if line.team and line.owner
        }
        present = set(
            TeamMembership.objects.filter(team__in=[team for team, _member in pairs]).values_list(
                "team_id", "membership_id"
            )
        )
        rows = [
            TeamMembership(team_id=team, membership_id=member)
            for team, member in pairs
            if (team, member) not in present
        ]
        for row in rows:
            self.entries.append(
                audit.entry(
                    actor=self.actor,
                    verb="added_member",
                    subject=self._team_by_id(row.team_id),
                    after={"member": row.membership_id},
                )
            )
        TeamMembership.objects.bulk_create(rows, batch_size=BATCH)

    def _team_by_id(self, team_id: UUID) -> Team:
        return next(team for team in self.teams.values() if team.pk == team_id)

    def _find_stored(self) -> None:
        """Load the objects of earlier imports, which new rows may hang under."""
        stored = self.plan.stored
        objectives = Objective.objects.select_related("cycle").in_bulk(
            [row.objective_id for row in stored.values() if row.objective_id]
        )
        key_results = KeyResult.objects.select_related("objective__cycle", "owner").in_bulk(
            [row.key_result_id for row in stored.values() if row.key_result_id]
        )
        for key, row in stored.items():
            if row.objective_id:
                self.objectives[key] = objectives[row.objective_id]
            else:
                self.key_results[key] = key_results[row.key_result_id]

    def _write_objectives(self, lines: list[Line]) -> None:
        positions = dict(
            Objective.objects.filter(cycle__in=self.cycles.values())
            .order_by()
            .values_list("cycle")
            .annotate(last=Max("position"))
        )
        for line in lines:
            cycle = self.cycles[line.cycle]
            positions[cycle.pk] = positions.get(cycle.pk, 0) + 1
            objective = Objective(
                cycle=cycle,
                level=line.level,
                team=self.teams[self.plan.team_name(line)] if line.team and line.level != Level.ORGANIZATION else None,
                owner=self._member(line),
                title=line.title,
                description=line.description,
                # A file brings what an organization has decided elsewhere, so nobody agrees on it once more.
                status=ObjectiveStatus.ACTIVE if cycle.phase in OPEN_PHASES else ObjectiveStatus.DRAFT,
                activated_at=self._in_force_since(cycle) if cycle.phase in OPEN_PHASES else None,
                position=positions[cycle.pk],
                reported_progress=share(line.progress),
                reported_note=line.note,
                created_by=self.actor.membership,
            )
            self.objectives[line.key] = objective
            self._created(objective, ["title", "level", "team", "owner", "cycle", "status", "reported_progress"])
        Objective.objects.bulk_create([self.objectives[line.key] for line in lines], batch_size=BATCH)

    def _write_key_results(self, lines: list[Line]) -> None:
        positions: dict[UUID, int] = {}
        parents = [self.objectives[line.cycle, line.parent] for line in lines]
        for objective_id, last in (
            KeyResult.objects.filter(objective__in=parents)
            .order_by()
            .values_list("objective")
            .annotate(Max("position"))
        ):
            positions[objective_id] = last
        for line, objective in zip(lines, parents, strict=True):
            positions[objective.pk] = positions.get(objective.pk, 0) + 1
            key_result = KeyResult(
                objective=objective,
                owner=self._member(line),
                title=line.title,
                description=line.description,
                position=positions[objective.pk],
                **metric_values(line),
            )
            key_result.progress = scoring.progress(measure_of(key_result))
            self.key_results[line.key] = key_result
            self._created(key_result, ["title", "objective", "owner", "metric", "start", "target", "unit"])
            if line.value is not None or line.note:
                self._check_in(line, key_result)
        KeyResult.objects.bulk_create([self.key_results[line.key] for line in lines], batch_size=BATCH)
        CheckIn.objects.bulk_create(self.check_ins, batch_size=BATCH)

    def _check_in(self, line: Line, key_result: KeyResult) -> None:
        """Record what the file says as a first check-in; without a value, the value is unchanged."""
        if line.value is not None:
            key_result.current = line.value
            key_result.progress = scoring.progress(measure_of(key_result))
        moment = self._moment(self.cycles[line.cycle])
        key_result.last_check_in_at = moment
        entry = CheckIn(
            key_result=key_result,
            # Nobody typed it here, and who did elsewhere the file does not say.
            author=None,
            value=key_result.current,
            progress=key_result.progress,
            note=line.note,
            via=Via.IMPORT,
            at=moment,
        )
        self.check_ins.append(entry)
        self.entries.append(
            audit.entry(
                actor=self.actor,
                verb="checked_in",
                subject=key_result,
                before={"value": None},
                after={"value": entry.value, "check_in": entry.pk},
            )
        )

    def _in_force_since(self, cycle: Cycle) -> datetime:
        """Return since when an objective of the file holds: it was decided elsewhere, when its cycle began."""
        zone = ZoneInfo(self.actor.settings.time_zone)
        return min(timezone.now(), datetime.combine(cycle.starts_on, time(0), tzinfo=zone))

    def _moment(self, cycle: Cycle) -> datetime:
        """Return when the file's numbers were true: at the end of a cycle that is over, else now."""
        zone = ZoneInfo(self.actor.settings.time_zone)
        return min(timezone.now(), datetime.combine(cycle.ends_on, time(12), tzinfo=zone))

    def _write_alignments(self, lines: list[Line]) -> None:
        rows = []
        for line in lines:
            objective, parent = self.objectives[line.key], (line.cycle, line.parent)
            target_objective, target_key_result = self.objectives.get(parent), self.key_results.get(parent)
            rows.append(
                Alignment(objective=objective, target_objective=target_objective, target_key_result=target_key_result)
            )
            target = target_objective or self.key_results[parent]
            self.entries.append(
                audit.entry(
                    actor=self.actor,
                    verb="aligned",
                    subject=objective,
                    after={"supports": str(target)[:200], "target": target.pk},
                )
            )
        # New objectives are supported by new ones only, and the file has no circle: so there can be none now.
        Alignment.objects.bulk_create(rows, batch_size=BATCH)

    def _created(self, subject: Objective | KeyResult, names: list[str]) -> None:
        self.entries.append(
            audit.entry(actor=self.actor, verb="created", subject=subject, after=audit.snapshot(subject, names))
        )

    def _member(self, line: Line) -> Membership | None:
        return self.members[self.plan.member_name(line)] if line.owner else None

    def _imported_row(self, line: Line) -> ImportedRow:
        return ImportedRow(
            cycle=self.cycles[line.cycle],
            ref=line.ref,
            objective=self.objectives[line.key] if line.is_objective else None,
            key_result=None if line.is_objective else self.key_results[line.key],
            cells=line.cells,
        )


def share(percent: Decimal | None) -> float | None:
    """Return a percentage as raw progress: 100 becomes 1.0, and more stays more."""
    return None if percent is None else float(percent / HUNDRED)


def metric_values(line: Line) -> dict[str, object]:
    """Return the metric of a key result's row: its own number where it names a target, else percent done."""
    if line.target is None:
        return {
            "metric": MetricType.INCREASE,
            "start": Decimal(0),
            "target": HUNDRED,
            "unit_kind": UnitKind.PERCENT,
            "unit": "%",
        }
    start = line.start if line.start is not None else Decimal(0)
    return {
        "metric": MetricType.DECREASE if line.target < start else MetricType.INCREASE,
        "start": start,
        "target": line.target,
        "unit_kind": UnitKind.PERCENT if line.unit == "%" else UnitKind.NUMBER,
        "unit": line.unit,
    }
