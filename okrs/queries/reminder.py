"""Whose check-ins are due, and since when nobody came: what reminders are made of."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce

from okrapp.notifications.models import Notification
from okrapp.notifications.registry import Facts
from okrs import scoring
from okrs.enums import Phase, Visibility
from okrs.models import KeyResult, ObjectiveGrant
from okrs.queries.sight import Sight
from okrs.queries.standing import Standings, asked_since
from organizations.actor import system_actor
from organizations.models import Membership

PAGE = 15_000
# What it takes to say whether somebody is asked: many rows are read, and texts are long.
_READ = (
    *("objective", "owner", "title", "metric", "last_check_in_at", "starts_on", "ends_on", "created_at", "archived_at"),
    *("check_in_frequency", "check_in_weekday", "check_in_hour"),
    *(
        f"objective__{name}"
        for name in ("cycle", "team", "owner", "visibility", "status", "archived_at", "activated_at")
    ),
    *("objective__rested_from", "objective__rested_until"),
    *(f"objective__cycle__{name}" for name in ("phase", "starts_on", "ends_on")),
    *(f"objective__team__{name}" for name in ("check_in_frequency", "check_in_weekday", "check_in_hour")),
)
# As many titles as a short message names.
NAMED = 5
# Two misses in a row are a habit that does not fit, not a bad week.
MISSES = 2


@dataclass(frozen=True, slots=True)
class Due:
    """A key result that waits for a check-in; `day` is the local day it is due, `due_at` the moment."""

    key_result: KeyResult
    answerer_id: UUID
    day: date
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Missed:
    """A key result nobody checked in on for MISSES periods in a row; `day` is when the last of them was due."""

    key_result: KeyResult
    owner_id: UUID
    day: date


def pages_of_asked() -> Iterator[list[KeyResult]]:
    """Yield all key results that take check-ins in running cycles, by whoever answers for them; a query each PAGE.

    All those of one person come in one page: they belong into one message. `answerer` is their id: the owner, else the
    owner of the objective, else the lead of its team. A page is emptied when the next one is asked for: however many
    people an organization has, only one page of them is in memory. Nobody is asked about
    what they may not read.
    """
    granted = ObjectiveGrant.objects.filter(
        content_object=OuterRef("objective"),
        user__in=Membership.objects.filter(pk=OuterRef(OuterRef("answerer"))).values("user"),
    )
    rows = (
        KeyResult.objects.checked_in_on()
        .filter(objective__cycle__phase=Phase.RUNNING, objective__cycle__archived_at=None)
        .annotate(answerer=Coalesce("owner_id", "objective__owner_id", "objective__team__lead_id"))
        .exclude(answerer=None)
        .filter(Q(objective__visibility=Visibility.OPEN) | Q(objective__owner=F("answerer")) | Exists(granted))
        .select_related("objective__cycle", "objective__team")
        .only(*_READ)
        .order_by("answerer", "pk")
    )
    following = rows
    while True:
        page = list(following[:PAGE])
        is_last = len(page) < PAGE
        if not is_last:
            page = _whole_people(page) or list(rows.filter(answerer=_answerer(page[0])))
        if not page:
            return
        following = rows.filter(answerer__gt=_answerer(page[-1]))
        yield page
        page.clear()
        if is_last:
            return


def _whole_people(page: list[KeyResult]) -> list[KeyResult]:
    """Return a page without the last person in it, some of whose key results may stand on the next."""
    last = _answerer(page[-1])
    return [one for one in page if _answerer(one) != last]


def _answerer(row: KeyResult) -> UUID:
    """Return who answers for a row of `pages_of_asked`."""
    found: UUID = row.answerer  # type: ignore[attr-defined]
    return found


def asked_again(ids: Iterable[UUID]) -> dict[UUID, KeyResult]:
    """Return, by id, those of some key results that still take check-ins in running cycles; one query."""
    rows = KeyResult.objects.checked_in_on().filter(
        pk__in=list(ids), objective__cycle__phase=Phase.RUNNING, objective__cycle__archived_at=None
    )
    return {one.pk: one for one in rows.select_related("objective__cycle", "objective__team").order_by()}


def due_of(key_result: KeyResult, standings: Standings) -> tuple[date, datetime] | None:
    """Return the day and moment a key result is due in its open period; None if nobody waits for it. No query."""
    objective = key_result.objective
    status = standings.check_in_status(key_result, objective=objective, cycle=objective.cycle, team=objective.team)
    if status is None or not status.is_due or status.open_period is None:
        return None
    return status.open_period.due_on, status.open_period.due_at


def missed_day(key_result: KeyResult, standings: Standings) -> date | None:
    """Return the day the last of MISSES missed periods in a row was due, if there are as many; no query."""
    objective = key_result.objective
    status = standings.check_in_status(key_result, objective=objective, cycle=objective.cycle, team=objective.team)
    if status is None or not status.is_outdated:
        return None
    return _missed_in_a_row(key_result, standings, standings.now)


def was_missed_at(key_result: KeyResult, standings: Standings, moment: datetime) -> bool:
    """Return whether MISSES in a row were missed at a moment already, and nothing was said since; no query."""
    last = key_result.last_check_in_at
    return (last is None or last < moment) and _missed_in_a_row(key_result, standings, moment) is not None


def _missed_in_a_row(key_result: KeyResult, standings: Standings, moment: datetime) -> date | None:
    objective = key_result.objective
    results = scoring.history(
        standings.rhythm(key_result, objective.team, objective),
        standings.window(key_result, objective.cycle),
        [key_result.last_check_in_at] if key_result.last_check_in_at else [],
        moment,
        active_since=asked_since(key_result, objective),
    )
    passed = (scoring.PeriodState.PAUSED, scoring.PeriodState.NOT_DUE)
    asked = [one for one in results if one.state not in passed]
    latest = asked[-MISSES:]
    if len(latest) < MISSES or any(one.state != scoring.PeriodState.MISSED for one in latest):
        return None
    return latest[-1].period.due_on


def facts_of(key_results: Sequence[KeyResult], due_at: datetime) -> dict[str, object]:
    """Return what a reminder says about some key results."""
    return {
        "key_results": [str(one.pk) for one in key_results],
        "titles": [one.title for one in key_results[:NAMED]],
        "count": len(key_results),
        "due_at": due_at.isoformat(),
    }


def still_due(notifications: Sequence[Notification]) -> dict[UUID, Facts]:
    """Return the facts of reminders without what is checked in on or out of sight meanwhile, by id.

    A reminder of nothing is none.
    """
    ids = {UUID(pk) for one in notifications for pk in one.facts["key_results"]}
    present = asked_again(ids)
    sight = Sight((one.objective for one in present.values()), {one.recipient_id for one in notifications})
    standings = Standings(system_actor())
    found: dict[UUID, Facts] = {}
    for one in notifications:
        waiting = []
        for pk in one.facts["key_results"]:
            key_result = present.get(UUID(pk))
            if key_result is None or not sight.reads(one.recipient_id, key_result.objective):
                continue
            due = due_of(key_result, standings)
            if due is not None and due[0].isoformat() == one.period:
                waiting.append(key_result)
        if waiting:
            found[one.pk] = facts_of(waiting, datetime.fromisoformat(one.facts["due_at"]))
    return found
