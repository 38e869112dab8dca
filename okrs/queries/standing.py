"""How things stand today: everything a row, a card or an API answer shows of a key result or an objective."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import timezone

from okrs import scoring
from okrs.enums import MetricType, ObjectiveStatus
from okrs.models import Cycle, KeyResult, Objective
from okrs.queries.locking import with_explained
from okrs.queries.measure import measure_of
from okrs.queries.phases import phases_of, with_phases
from organizations.actor import Actor
from organizations.models import Team

# Who writes an objective one day and its key results the next has written them together.
WRITTEN_TOGETHER = timedelta(days=1)
RESTING = (ObjectiveStatus.PAUSED, ObjectiveStatus.STOPPED)
# Only what is in force moves with the calendar.
WITHOUT_PACE: Mapping[str, scoring.NoPace] = {
    **dict.fromkeys(RESTING, scoring.NoPace.RESTING),
    **dict.fromkeys(
        (ObjectiveStatus.DRAFT, ObjectiveStatus.SUBMITTED, ObjectiveStatus.AGREED), scoring.NoPace.NOT_STARTED
    ),
}


@dataclass(frozen=True, slots=True)
class KeyResultStanding:
    """A key result today. Progress is raw (None: nothing to tell); `expected` and `pace` None where there is none."""

    key_result: KeyResult
    progress: float | None
    expected: scoring.Expected
    pace: scoring.Pace | None
    check_in: scoring.CheckInStatus | None
    # "paused" or "stopped" where its objective is: nobody waits for it.
    resting: str = ""
    # Where the way to the target begins: its own first day, else the later of the cycle's and of coming into force.
    pace_from: date | None = None

    @property
    def shown(self) -> float | None:
        """Progress limited to 0–1, as bars draw it."""
        return None if self.progress is None else scoring.clamp(self.progress)

    @property
    def is_due(self) -> bool:
        return self.check_in is not None and (self.check_in.is_due or self.check_in.is_outdated)

    @property
    def is_outdated(self) -> bool:
        """Whether its numbers are too old to be shown as good."""
        return self.check_in is not None and self.check_in.is_outdated

    @property
    def status(self) -> str:
        """The one word of its pill: that it rests, outdated, the confidence said; empty while nobody has said one."""
        return self.resting or ("outdated" if self.is_outdated else self.key_result.confidence)


@dataclass(frozen=True, slots=True)
class ObjectiveStanding:
    """An objective today, with its key results."""

    objective: Objective
    progress: float | None
    reported: bool
    pace: scoring.CombinedPace
    confidence: str
    confidence_is_own: bool
    key_results: tuple[KeyResultStanding, ...] = field(default=())

    @property
    def shown(self) -> float | None:
        """Progress limited to 0–1, as rings draw it."""
        return None if self.progress is None else scoring.clamp(self.progress)

    @property
    def is_outdated(self) -> bool:
        """Whether any of its key results is."""
        return any(standing.is_outdated for standing in self.key_results)

    @property
    def due(self) -> int:
        """How many of its key results wait for a check-in."""
        return sum(standing.is_due for standing in self.key_results)


class Standings:
    """Computes standings for one actor at one moment; no query besides the actor's settings."""

    def __init__(self, actor: Actor, *, now: datetime | None = None) -> None:
        self.actor = actor
        self.settings = actor.settings
        self.now = now or timezone.now()

    @cached_property
    def today(self) -> date:
        """The day it is in the organization's own time zone: no number depends on who looks."""
        return self.now.astimezone(ZoneInfo(self.settings.time_zone)).date()

    @cached_property
    def pauses(self) -> tuple[scoring.Pause, ...]:
        """The weeks without check-ins; they come with the settings."""
        return tuple(scoring.Pause(starts_on, ends_on) for starts_on, ends_on in self.settings.pauses)

    @cached_property
    def rules(self) -> scoring.PaceRules:
        return scoring.PaceRules(
            behind=float(self.settings.pace_behind), far_behind=float(self.settings.pace_far_behind)
        )

    def rhythm(self, key_result: KeyResult, team: Team | None, objective: Objective) -> scoring.CheckInRhythm:
        """Return when a key result is checked in on: its own rhythm, else its team's, else the organization's.

        Nobody is asked in pause weeks, nor while its objective last rested.
        """

        def first(name: str) -> Any:
            for source in (key_result, team, self.settings):
                value = getattr(source, name, None)
                if value not in (None, ""):
                    return value
            raise AssertionError("the organization always has a rhythm")

        return scoring.CheckInRhythm(
            rhythm=scoring.Rhythm(first("check_in_frequency")),
            weekday=first("check_in_weekday"),
            hour=first("check_in_hour"),
            time_zone=self.settings.time_zone,
            pauses=self.pauses + rest_of(objective),
        )

    def window(self, key_result: KeyResult, cycle: Cycle) -> scoring.Span:
        """Return the days in which a key result is worked on: its own, else its cycle's."""
        return scoring.Span(key_result.starts_on or cycle.starts_on, key_result.ends_on or cycle.ends_on)

    def begun(self, key_result: KeyResult, objective: Objective) -> date | None:
        """Return the day from which progress can be expected where that may be later than the cycle's first.

        A key result that came with its objective has worked as long as that has been in force; one that was added
        days later, since then.
        """
        moments = [objective.activated_at]
        if key_result.created_at - objective.created_at > WRITTEN_TOGETHER:
            moments.append(key_result.created_at)
        latest = max((one for one in moments if one is not None), default=None)
        return None if latest is None else latest.astimezone(ZoneInfo(self.settings.time_zone)).date()

    def of_key_result(
        self, key_result: KeyResult, *, objective: Objective, cycle: Cycle, team: Team | None
    ) -> KeyResultStanding:
        """Return how a key result stands. Milestones must be prefetched, steps read with it; no query otherwise."""
        milestones = key_result.milestones.all() if key_result.metric == MetricType.MILESTONES else ()
        span = scoring.Span(cycle.starts_on, cycle.ends_on)
        begun = self.begun(key_result, objective)
        own = None
        if key_result.starts_on or key_result.ends_on:
            own = self.window(key_result, cycle)
        reason = WITHOUT_PACE.get(objective.status)
        expected = (
            scoring.no_pace(reason)
            if reason is not None
            else scoring.expected_progress(
                measure_of(key_result, milestones=milestones),
                scoring.ObjectiveKind(objective.kind),
                span,
                self.today,
                own=own,
                begun=begun,
                phased=phases_of(key_result),
                rules=self.rules,
            )
        )
        return KeyResultStanding(
            key_result=key_result,
            progress=key_result.progress,
            expected=expected,
            pace=scoring.pace(expected.value, key_result.progress, self.rules),
            check_in=self.check_in_status(key_result, objective=objective, cycle=cycle, team=team),
            resting=str(objective.status) if objective.status in RESTING else "",
            pace_from=(own or span.begun(begun)).start,
        )

    def check_in_status(
        self, key_result: KeyResult, *, objective: Objective, cycle: Cycle, team: Team | None
    ) -> scoring.CheckInStatus | None:
        """Return when a check-in is asked for, None for what nobody is asked to check in on; no query."""
        asked = (
            cycle.phase == "running"
            and objective.status == ObjectiveStatus.ACTIVE
            and objective.archived_at is None
            and key_result.archived_at is None
            and key_result.metric != MetricType.ALIGNED
        )
        if not asked:
            return None
        return scoring.check_in_status(
            self.rhythm(key_result, team, objective),
            self.window(key_result, cycle),
            key_result.last_check_in_at,
            self.now,
            active_since=asked_since(key_result, objective),
        )

    def rhythm_history(
        self, standing: KeyResultStanding, *, cycle: Cycle, team: Team | None, moments: Iterable[datetime]
    ) -> tuple[scoring.PeriodResult, ...]:
        """Return how the periods of the last 8 weeks went for a key result, given the moments of its check-ins.

        Its objective must be loaded with it.
        """
        key_result = standing.key_result
        return scoring.history(
            self.rhythm(key_result, team, key_result.objective),
            self.window(key_result, cycle),
            moments,
            self.now,
            active_since=asked_since(key_result, key_result.objective),
        )

    def of_objective(
        self,
        objective: Objective,
        key_results: Sequence[KeyResult],
        *,
        cycle: Cycle | None = None,
        team: Team | None = None,
    ) -> ObjectiveStanding:
        """Return how an objective stands, from itself and its current key results; no query.

        `cycle` and `team` default to the objective's own, which must then be loaded with it.
        """
        cycle = cycle or objective.cycle
        team = team or objective.team
        standings = tuple(
            self.of_key_result(key_result, objective=objective, cycle=cycle, team=team) for key_result in key_results
        )
        pace = scoring.combined_pace(
            (scoring.PacePart(one.expected.value, one.progress, one.key_result.weight) for one in standings),
            self.rules,
        )
        said = scoring.objective_confidence(
            scoring.Confidence(objective.confidence) if objective.confidence else None,
            [
                (scoring.Confidence(one.key_result.confidence) if one.key_result.confidence else None, True)
                for one in standings
            ],
        )
        counted = any(one.progress is not None for one in standings) or objective.counts_supporting
        return ObjectiveStanding(
            objective=objective,
            progress=objective.progress,
            reported=objective.reported_progress is not None and not counted,
            pace=pace,
            confidence=said.value.value if said.value else "",
            confidence_is_own=said.is_own,
            key_results=standings,
        )


def rest_of(objective: Objective) -> tuple[scoring.Pause, ...]:
    """Return the days an objective last rested, if it has come back since; less than a day is no rest."""
    first, last = objective.rested_from, objective.rested_until
    return (scoring.Pause(first, last),) if first is not None and last is not None and first < last else ()


def asked_since(key_result: KeyResult, objective: Objective) -> datetime:
    """Return since when somebody is asked to check in: nobody was before it came into force."""
    started = objective.activated_at
    return key_result.created_at if started is None else max(key_result.created_at, started)


def key_results_of(objective_ids: Iterable[UUID], *, explained: bool = False) -> dict[UUID, list[KeyResult]]:
    """Return the current key results of objectives, in order, with owners and milestones; two queries.

    `explained` adds the last change of something locked (okrs.queries.locking).
    """
    found: dict[UUID, list[KeyResult]] = {objective_id: [] for objective_id in objective_ids}
    rows = (
        KeyResult.objects.filter(objective__in=list(found), archived_at=None)
        .select_related("owner")
        .prefetch_related("milestones")
        .listed()
    )
    for row in with_phases(with_explained(rows) if explained else rows):
        found[row.objective_id].append(row)
    return found


def combined(standings: Iterable[ObjectiveStanding], rules: scoring.PaceRules) -> scoring.CombinedPace:
    """Return progress and pace of several objectives together, each counting the same."""
    return scoring.combined_pace((scoring.PacePart(one.pace.expected, one.pace.progress) for one in standings), rules)


def mean_progress(standings: Iterable[ObjectiveStanding]) -> float | None:
    """Return the mean shown progress of objectives that have one; drafts count nowhere."""
    values = [
        one.shown for one in standings if one.shown is not None and one.objective.status == ObjectiveStatus.ACTIVE
    ]
    return sum(values) / len(values) if values else None
