"""Making objectives with their key results, check-ins, initiatives and alignment."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from okrs import scoring
from okrs.demo.blueprint import Aim, Done, Fed, Find, Grow, Result, Stay, Steps
from okrs.demo.company import ROOT, TEAMS
from okrs.demo.days import Year
from okrs.demo.journal import Journal
from okrs.demo.people import Cast
from okrs.demo.story import Scene, tell
from okrs.demo.texts.wording import AimText, ResultText, Wording
from okrs.demo.values import Clock
from okrs.enums import Level, MetricType, ObjectiveStatus, Phase, UnitKind
from okrs.models import Alignment, Cycle, Initiative, KeyResult, Milestone, Objective
from okrs.queries.measure import measure_of
from organizations.domain import audit
from organizations.enums import Frequency, Via
from organizations.models import OrganizationSettings, StrategicPriority

SEED = "nordkamm"
ASPIRED = 0.7


@dataclass(frozen=True, slots=True)
class Draft:
    """Objectives to be made in a cycle."""

    cycle: Cycle
    aims: tuple[Aim, ...]


@dataclass(slots=True)
class ObjectiveMaker:
    """Makes the objectives of all cycles; remembers them by key, since they support each other."""

    journal: Journal
    cast: Cast
    wording: Wording
    year: Year
    now: datetime
    objectives: dict[str, Objective] = field(default_factory=dict)
    results: dict[str, list[KeyResult]] = field(default_factory=dict)
    positions: dict[tuple[UUID, UUID | None], int] = field(default_factory=dict)

    def make(self, *drafts: Draft) -> None:
        """Make every objective, then what supports what."""
        for draft in drafts:
            for aim in draft.aims:
                self._make_objective(draft.cycle, aim)
        for draft in drafts:
            for aim in draft.aims:
                self._align(aim)

    def moment(self, day: date, hour: int) -> datetime:
        """Return an hour of a day where the company is."""
        return datetime.combine(day, time(hour, 7), tzinfo=ZoneInfo(self.wording.time_zone))

    def days_ago(self, days: int, hour: int) -> datetime:
        """Return an hour of a day so many days ago; never of the days before the running quarter began."""
        day = max(self.now.date() - timedelta(days=days), self.year.running.starts_on)
        return min(self.moment(day, hour), self.now - timedelta(minutes=5))

    def _make_objective(self, cycle: Cycle, aim: Aim) -> None:
        text = self.wording.aims[aim.key]
        random = Random(f"{SEED}:{aim.key}")  # noqa: S311 - the same story each time
        owner = self.cast.members[aim.owner]
        written = self.moment(cycle.starts_on - timedelta(days=random.randrange(4, 14)), random.randrange(8, 17))
        written = min(written, self.now - timedelta(days=random.randrange(1, 6)))
        team = self.cast.teams[aim.team] if aim.team else None
        place = (cycle.pk, team.pk if team else None)
        self.positions[place] = self.positions.get(place, 0) + 1
        objective = self.journal.add(
            Objective(
                cycle=cycle,
                level=Level.TEAM if team else Level.ORGANIZATION,
                team=team,
                owner=owner,
                title=text.title,
                why=text.why,
                kind=aim.kind,
                status=ObjectiveStatus.DRAFT if cycle.phase == Phase.DRAFTING else ObjectiveStatus.ACTIVE,
                position=self.positions[place],
                counts_supporting=aim.counts_supporting,
                confidence=aim.says,
                created_by=owner,
            ),
            written,
        )
        self.objectives[aim.key] = objective
        names = ["title", "level", "team", "owner", "cycle", "kind"]
        after = audit.snapshot(objective, names) | {"status": ObjectiveStatus.DRAFT.value}
        self.journal.note(owner, "created", objective, written, after=after)
        if objective.status == ObjectiveStatus.ACTIVE:
            self.journal.note(
                self.cast.administrator,
                "activated",
                objective,
                max(written + timedelta(hours=1), self.moment(cycle.starts_on, 8)),
                before={"status": "draft"},
                after={"status": "active"},
            )
        self.results[aim.key] = [
            self._make_result(objective, aim, number, result, text.results[number - 1], written)
            for number, result in enumerate(aim.results, start=1)
        ]
        self._make_work(objective, aim, text, written)

    def _make_result(
        self, objective: Objective, aim: Aim, number: int, result: Result, text: ResultText, written: datetime
    ) -> KeyResult:
        at = written + timedelta(minutes=2 * number)
        key_result = self.journal.add(
            KeyResult(
                objective=objective,
                owner=self.cast.members[result.owner],
                title=text.title,
                weight=Decimal(result.weight),
                position=number,
                check_in_frequency=result.rhythm,
                **self._metric(result),
            ),
            at,
        )
        milestones = self._make_milestones(key_result, result, text, objective.cycle, at)
        names = ["title", "objective", "owner", "metric", "start", "target", "unit"]
        self.journal.note(objective.owner, "created", key_result, at, after=audit.snapshot(key_result, names))
        key_result.progress = scoring.progress(measure_of(key_result, milestones=milestones))
        if objective.cycle.phase != Phase.DRAFTING and key_result.metric != MetricType.ALIGNED:
            self._check_in(key_result, milestones, objective, aim, number, result, text)
        return key_result

    def _metric(self, result: Result) -> dict[str, object]:
        measured = result.measured
        unit = getattr(measured, "unit", "")
        kind = {"%": UnitKind.PERCENT, "€": UnitKind.CURRENCY}.get(unit, UnitKind.NUMBER)
        values: dict[str, object] = {"unit": self.wording.units.get(unit, unit), "unit_kind": kind}
        if isinstance(measured, Grow):
            start, target = Decimal(str(measured.start)), Decimal(str(measured.target))
            return values | {"metric": scoring.direction(start, target).value, "start": start, "target": target}
        if isinstance(measured, Stay):
            low, high = (None if one is None else Decimal(str(one)) for one in (measured.low, measured.high))
            if low is not None and high is not None:
                return values | {"metric": MetricType.STAY_WITHIN, "lower": low, "upper": high}
            metric = MetricType.STAY_BELOW if low is None else MetricType.STAY_ABOVE
            return values | {"metric": metric, "target": high if low is None else low}
        metrics = {
            Done: MetricType.DONE,
            Steps: MetricType.MILESTONES,
            Find: MetricType.BASELINE,
            Fed: MetricType.ALIGNED,
        }
        return values | {"metric": metrics[type(measured)]}

    def _make_milestones(
        self, key_result: KeyResult, result: Result, text: ResultText, cycle: Cycle, at: datetime
    ) -> list[Milestone]:
        if not isinstance(result.measured, Steps):
            return []
        return [
            self.journal.add(
                Milestone(
                    key_result=key_result,
                    title=title,
                    due_on=None if due is None else cycle.starts_on + timedelta(days=round(due * cycle.days)),
                    position=position,
                    weight=Decimal(1),
                ),
                at,
            )
            for position, (title, due) in enumerate(zip(text.milestones, result.measured.due, strict=True), start=1)
        ]

    def _check_in(
        self,
        key_result: KeyResult,
        milestones: list[Milestone],
        objective: Objective,
        aim: Aim,
        number: int,
        result: Result,
        text: ResultText,
    ) -> None:
        cycle = objective.cycle
        zone = ZoneInfo(self.wording.time_zone)
        window = scoring.Span(cycle.starts_on, cycle.ends_on)
        unit = next(unit for unit in TEAMS if unit.key == (aim.team or ROOT))
        settings = OrganizationSettings()
        pauses = (pause for pause in (self.year.summer, self.year.winter) if pause is not None)
        rhythm = scoring.CheckInRhythm(
            rhythm=scoring.Rhythm(result.rhythm or unit.rhythm or Frequency.WEEKLY),
            weekday=settings.check_in_weekday,
            hour=settings.check_in_hour,
            time_zone=self.wording.time_zone,
            pauses=tuple(scoring.Pause(*pause) for pause in pauses),
        )
        end = min(self.now, self.moment(cycle.ends_on, 17))
        scene = Scene(
            periods=scoring.periods_of(rhythm, window),
            span=(self.moment(cycle.starts_on, 8), end),
            now=end,
            zone=zone,
            clock=Clock(
                elapsed=window.elapsed(end.astimezone(zone).date()) if end == self.now else 1.0,
                factor=ASPIRED if aim.kind == "aspirational" and end == self.now else 1.0,
            ),
            colleagues=[self.cast.members[key] for key in unit.people],
            helper=self.cast.members.get(result.helper),
        )
        random = Random(f"{SEED}:{aim.key}/{number}")  # noqa: S311 - the same story each time
        for check_in in tell(key_result, milestones, result, text, self.wording, scene, random):
            self.journal.add(check_in, check_in.at)
            after = {"value": check_in.value, "confidence": check_in.confidence, "check_in": check_in.pk}
            self.journal.note(
                check_in.author,
                "checked_in",
                key_result,
                check_in.at,
                before={"value": check_in.previous_value},
                after=after,
                via=Via(check_in.via),
            )

    def _make_work(self, objective: Objective, aim: Aim, text: AimText, written: datetime) -> None:
        for position, (work, title) in enumerate(zip(aim.work, text.work, strict=True), start=1):
            cycle = objective.cycle
            initiative = self.journal.add(
                Initiative(
                    objective=objective,
                    key_result=self.results[aim.key][work.result - 1] if work.result else None,
                    title=title,
                    owner=self.cast.members[work.owner],
                    due_on=cycle.starts_on + timedelta(days=round(work.due * cycle.days)),
                    status=work.status,
                    position=position,
                ),
                written + timedelta(hours=1),
            )
            after = audit.snapshot(initiative, ["title", "objective", "key_result", "owner", "due_on", "status"])
            self.journal.note(objective.owner, "created", initiative, initiative.created_at, after=after)

    def _align(self, aim: Aim) -> None:
        objective = self.objectives[aim.key]
        for whom in aim.supports:
            at = objective.created_at + timedelta(hours=2)
            target: StrategicPriority | KeyResult | Objective
            if whom.startswith("!"):
                target, name = self.cast.priorities[whom[1:]], "target_priority"
            elif "/" in whom:
                key, _slash, number = whom.partition("/")
                target, name = self.results[key][int(number) - 1], "target_key_result"
            else:
                target, name = self.objectives[whom], "target_objective"
            alignment = Alignment(
                objective=objective, reason=self.wording.reasons.get(f"{aim.key}>{whom}", ""), **{name: target}
            )
            self.journal.add(alignment, at)
            after = {"supports": str(target)[:200], "target": target.pk}
            self.journal.note(objective.owner, "aligned", objective, at, after=after)
