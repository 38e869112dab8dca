"""The check-in rhythm of the last eight weeks, one row per key result; never one per person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext

from okrapp.web.moments import short_date
from okrs import scoring
from okrs.models import Cycle
from okrs.queries.cards import Card
from okrs.queries.standing import KeyResultStanding, Standings
from organizations.models import Team

WEEKS = 8
# What fits into the strip of a team; the others are a click away.
SHOWN = 5
_SEVERITY = {"missed": 3, "late": 1}


@dataclass(frozen=True, slots=True)
class RhythmRow:
    """A key result and the state of each week, oldest first."""

    title: str
    states: tuple[str, ...]

    @property
    def pair(self) -> tuple[str, tuple[str, ...]]:
        """As the chart takes it."""
        return self.title, self.states

    @property
    def trouble(self) -> int:
        """How much of it was missed or late; recent weeks weigh more."""
        return sum(_SEVERITY.get(state, 0) * (place + 1) for place, state in enumerate(self.states))


@dataclass(frozen=True, slots=True)
class RhythmTable:
    """`weeks` are headings, `rows` stand in the order of the page, `shown` are the most troubled few, in that order."""

    weeks: tuple[str, ...] = ()
    rows: tuple[RhythmRow, ...] = ()

    @property
    def shown(self) -> list[tuple[str, tuple[str, ...]]]:
        """The rows for the strip, as the chart takes them."""
        worst = sorted(range(len(self.rows)), key=lambda place: -self.rows[place].trouble)[:SHOWN]
        return [self.rows[place].pair for place in sorted(worst)]

    @property
    def every(self) -> list[tuple[str, tuple[str, ...]]]:
        """All rows, as the chart takes them."""
        return [row.pair for row in self.rows]

    @property
    def hidden(self) -> int:
        """How many rows the strip leaves out."""
        return max(0, len(self.rows) - SHOWN)


def rhythm_table(cards: Iterable[Card], standings: Standings) -> RhythmTable:
    """Return how the last eight weeks went for what is checked in on; empty while nobody was asked. No query."""
    rows = [
        RhythmRow(
            row.standing.key_result.title,
            weeks_of(row.standing, standings, card.objective.cycle, card.objective.team, row.moments),
        )
        for card in cards
        for row in card.rows
        if row.standing.check_in is not None
    ]
    if not any(set(row.states) - {"not_due", "paused"} for row in rows):
        return RhythmTable()
    return RhythmTable(week_names(standings), tuple(rows))


def week_names(standings: Standings) -> tuple[str, ...]:
    """Return the weeks as headings, oldest first."""
    return tuple(gettext("Week of {day}").format(day=short_date(monday)) for monday in _mondays(standings))


def weeks_of(
    standing: KeyResultStanding,
    standings: Standings,
    cycle: Cycle,
    team: Team | None,
    moments: Iterable[datetime],
) -> tuple[str, ...]:
    """Return how each of the last weeks went for a key result, given the moments of its check-ins; no query.

    Its objective must be loaded with it.
    """
    results = standings.rhythm_history(standing, cycle=cycle, team=team, moments=moments)
    by_week = {_monday(one.period.due_on): one.state for one in results}
    return tuple(by_week.get(monday, scoring.PeriodState.NOT_DUE).value for monday in _mondays(standings))


def _mondays(standings: Standings) -> list[date]:
    this_week = _monday(standings.today)
    return [this_week - timedelta(weeks=back) for back in reversed(range(WEEKS))]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
