"""What a check-in shows: the key result, how its value moved, what was said before, and what comes next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils import timezone

from okrs import permissions, scoring
from okrs.enums import MetricType
from okrs.models import CheckIn, KeyResult, Objective
from okrs.queries.cards import Card, cards, with_supports
from okrs.queries.due import standings_of_mine
from okrs.queries.locking import with_explained
from okrs.queries.measure import measure_of
from okrs.queries.phases import way_of, with_phases
from okrs.queries.standing import KeyResultStanding, Standings
from organizations.actor import Actor
from organizations.models import AuditEntry

HISTORY = 8
# Enough for years of weekly check-ins; a source that writes every hour is drawn from its last ones.
POINTS = 400
# Changes of a key result that change what its numbers mean.
TELLING = ("title", "metric", "start", "target", "lower", "upper", "unit", "weight")


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the history: a check-in, a change, or `missed` check-ins, the last of them due on a day."""

    at: datetime
    check_in: CheckIn | None = None
    change: AuditEntry | None = None
    missed: int = 0
    missed_on: date | None = None
    # The check-in was put right by a later one.
    is_corrected: bool = False

    @property
    def moved(self) -> bool:
        """Whether a check-in brought another value than the one before."""
        return self.check_in is not None and self.check_in.value != self.check_in.previous_value

    @property
    def changes(self) -> list[tuple[str, Any, Any]]:
        """Field, before and after of a change, only those that change what numbers mean."""
        if self.change is None:
            return []
        before, after = self.change.before or {}, self.change.after or {}
        return [(name, before.get(name), after[name]) for name in TELLING if name in after]


@dataclass(frozen=True, slots=True)
class Curve:
    """Values over time beside the expected line, for the burn-up; empty `expected` means there is nothing to draw."""

    points: list[tuple[date, float]] = field(default_factory=list)
    expected: list[tuple[date, float]] = field(default_factory=list)
    unit: str = ""
    # What the dashed line is: the pace to the target, or a limit to stay at.
    is_limit: bool = False


def find_key_result(actor: Actor, key_result_id: UUID) -> KeyResult | None:
    """Return a key result with everything its check-in needs, None where the actor finds none; two queries."""
    rows = KeyResult.objects.visible_to(actor).select_related(
        "owner", "objective__cycle", "objective__team", "objective__owner"
    )
    return with_phases(with_explained(rows.prefetch_related("milestones"))).filter(pk=key_result_id).first()


def standing_of(actor: Actor, key_result: KeyResult) -> KeyResultStanding:
    """Return how a key result stands that was read by `find_key_result`."""
    objective = key_result.objective
    return Standings(actor).of_key_result(key_result, objective=objective, cycle=objective.cycle, team=objective.team)


def check_ins_of(key_result: KeyResult) -> list[CheckIn]:
    """Return its check-ins that stand, newest first; one query."""
    return list(
        key_result.check_ins.standing().newest_first().select_related("author", "on_behalf_of", "helper")[:POINTS]
    )


def corrected(check_ins: Iterable[CheckIn]) -> set[UUID | None]:
    """Return the ids of those that a later one of them puts right; they are shown and count nowhere. No query."""
    return {one.corrects_id for one in check_ins} - {None}


def made_meanwhile(key_result: KeyResult, entry: CheckIn, seen_id: UUID | None) -> list[CheckIn]:
    """Return others' check-ins made between the one a person saw when beginning (None: none yet) and their own."""
    newer = key_result.check_ins.standing().filter(at__lte=entry.at).exclude(pk=entry.pk).exclude(author=entry.author)
    if seen_id is not None:
        seen = CheckIn.objects.filter(pk=seen_id, key_result=key_result).first()
        if seen is None:
            return []
        newer = newer.filter(at__gt=seen.at)
    return list(newer.newest_first().select_related("author")[:3])


def history_of(
    actor: Actor, standing: KeyResultStanding, check_ins: Sequence[CheckIn], *, most: int = HISTORY
) -> list[Event]:
    """Return the last events of a key result, newest first: check-ins, changes, missed weeks; one query."""
    key_result = standing.key_result
    wrong = corrected(check_ins)
    events = [Event(at=one.at, check_in=one, is_corrected=one.pk in wrong) for one in check_ins[:most]]
    changes = AuditEntry.objects.filter(
        object_type=KeyResult._meta.label_lower, object_id=str(key_result.pk), verb="changed"
    ).select_related("actor")[:most]
    events += [event for one in changes if (event := Event(at=one.at, change=one)).changes]
    if standing.check_in is not None:
        objective = key_result.objective
        periods = Standings(actor).rhythm_history(
            standing, cycle=objective.cycle, team=objective.team, moments=[one.at for one in check_ins]
        )
        events += [
            Event(at=one.period.due_at, missed=1, missed_on=one.period.due_on)
            for one in periods
            if one.state is scoring.PeriodState.MISSED
        ]
    return _together(sorted(events, key=lambda event: event.at, reverse=True))[:most]


def _together(events: Iterable[Event]) -> list[Event]:
    """Make one line of check-ins that were missed one after the other."""
    found: list[Event] = []
    for event in events:
        if event.missed and found and found[-1].missed:
            found[-1] = replace(found[-1], missed=found[-1].missed + 1)
        else:
            found.append(event)
    return found


def curve_of(standing: KeyResultStanding, check_ins: Sequence[CheckIn]) -> Curve:
    """Return what the burn-up draws for a key result; nothing for what has no course (done or not, a baseline)."""
    from okrs.templatetags.okrs import unit_of  # words of the interface, which import queries

    key_result = standing.key_result
    cycle = key_result.objective.cycle
    first = standing.pace_from or cycle.starts_on
    last = key_result.ends_on or cycle.ends_on
    wrong = corrected(check_ins)
    made = sorted((one for one in check_ins if one.pk not in wrong), key=lambda one: one.at)
    factor = 0.7 if key_result.objective.kind == scoring.ObjectiveKind.ASPIRATIONAL else 1.0
    match key_result.metric:
        case MetricType.INCREASE | MetricType.DECREASE:
            if key_result.start is None or key_result.target is None:
                return Curve()
            start = float(key_result.start)
            way = [(day, start + (float(value) - start) * factor) for day, value in way_of(key_result, first, last)]
            return Curve([(first, start), *_values(made)], way, unit_of(key_result))
        case MetricType.STAY_ABOVE | MetricType.STAY_BELOW | MetricType.STAY_WITHIN:
            low, high = measure_of(key_result).limits
            limit = high if low is None else low
            if limit is None:
                return Curve()
            line = [(first, float(limit)), (last, float(limit))]
            return Curve(_values(made), line, unit_of(key_result), is_limit=True)
        case MetricType.MILESTONES:
            shares = [(_day(one.at), one.progress * 100) for one in made if one.progress is not None]
            return Curve([(first, 0.0), *shares], _milestone_line(key_result, first, last, factor), "%")
        case _:
            return Curve()


def _values(made: Iterable[CheckIn]) -> list[tuple[date, float]]:
    return [(_day(one.at), float(one.value)) for one in made if one.value is not None]


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()


def _milestone_line(key_result: KeyResult, first: date, last: date, factor: float) -> list[tuple[date, float]]:
    """Expected per cent day by day: steps at the days milestones are due, a straight line without dates."""
    milestones = list(key_result.milestones.all())
    total = sum((one.weight for one in milestones), Decimal(0))
    dated = sorted((one.due_on, one.weight) for one in milestones if one.due_on)
    if not total or not dated:
        return [(first, 0.0), (last, 100.0 * factor)]
    line, reached = [(first, 0.0)], 0.0
    for due_on, weight in dated:
        line.append((due_on, reached))
        reached += float(weight / total) * 100 * factor
        line.append((due_on, reached))
    line.append((max(last, dated[-1][0]), 100.0 * factor))
    return line


@dataclass(frozen=True, slots=True)
class Queue:
    """Going through all that is due, one after another: one's own key results, or a team's."""

    team: str = ""
    skipped: tuple[str, ...] = ()
    total: int = 0
    waiting: tuple[KeyResultStanding, ...] = ()

    @property
    def position(self) -> int:
        """Which one it is, from 1."""
        return max(1, self.total - len(self.waiting) + 1)


def queue_of(actor: Actor, *, team: str = "", skipped: Iterable[str] = (), total: int = 0) -> Queue:
    """Return what is due and not skipped, the outdated first; `total` remembers how many there were at the start."""
    left_out = tuple(skipped)
    standings = due_in_team(actor, team) if team else [one for one in standings_of_mine(actor) if one.is_due]
    waiting = tuple(one for one in standings if str(one.key_result.pk) not in left_out)
    return Queue(team, left_out, max(total, len(standings)), waiting)


def due_in_team(actor: Actor, team_slug: str) -> list[KeyResultStanding]:
    """Return what is due in a team and may be checked in on by an actor: one's own first, outdated before due."""
    standings = Standings(actor)
    rows = (
        KeyResult.objects.visible_to(actor)
        .checked_in_on()
        .filter(objective__team__slug=team_slug, objective__cycle__phase="running", objective__cycle__archived_at=None)
        .select_related("owner", "objective__cycle", "objective__team", "objective__owner")
        .prefetch_related("milestones")
        .order_by("objective__position", "objective_id", "position", "id")
    )
    found = [
        standings.of_key_result(row, objective=row.objective, cycle=row.objective.cycle, team=row.objective.team)
        for row in with_phases(rows)
    ]
    due = [one for one in found if one.is_due and permissions.check_in(actor, one.key_result)]
    return sorted(due, key=lambda one: (not actor.is_(one.key_result.owner_id), not one.is_outdated))


def card_with(actor: Actor, objective_id: UUID, *, slug: str) -> Card | None:
    """Return the card of one objective as lists show it, for drawing it anew; two queries."""
    rows = Objective.objects.visible_to(actor).filter(pk=objective_id).select_related("owner", "cycle", "team")
    objectives = list(with_supports(actor, rows))
    return cards(actor, objectives, Standings(actor), slug=slug)[0] if objectives else None
