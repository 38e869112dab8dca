"""The days on which the phases of a cycle begin: which comes next, what is true of them, what is refused. No query."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils import formats
from django.utils.translation import gettext as _

from okrs.enums import Phase
from okrs.models import Cycle
from okrs.models.cycle import PHASE_DAYS
from organizations.errors import Refused

ORDER = list(Phase)
DAY_FIELDS = tuple(PHASE_DAYS.values())


def next_step(cycle: Cycle) -> tuple[Phase, date] | None:
    """Return the phase a cycle moves to by itself and the day; None where no later phase has a day.

    Phases without a day are passed over: they are entered by hand only.
    """
    for phase in ORDER[ORDER.index(Phase(cycle.phase)) + 1 :]:
        day = cycle.phase_day(phase)
        if day is not None:
            return phase, day
    return None


def usual_days_from(days: Mapping[str, date], phase: str, today: date) -> dict[str, date | None]:
    """Return which of the usual days hold for a cycle that is made today in a phase.

    What lies behind it never happened, the phase itself begins today, and no later one should begin at once. A planned
    one takes all: what is due already is caught up with.
    """
    if phase == Phase.PLANNED:
        return {name: days.get(name) for name in DAY_FIELDS}
    begun = ORDER.index(Phase(phase))
    found: dict[str, date | None] = {}
    for one, name in PHASE_DAYS.items():
        day = days.get(name)
        if ORDER.index(one) < begun:
            found[name] = None
        elif one == phase:
            found[name] = today
        else:
            found[name] = day if day is not None and day > today else None
    return found


def reach(cycle: Cycle, phase: Phase, today: date) -> None:
    """Put a cycle into a later phase and keep its days true: none that has begun lies ahead. Saves nothing."""
    for one in ORDER[ORDER.index(Phase(cycle.phase)) + 1 : ORDER.index(phase) + 1]:
        day = cycle.phase_day(one)
        # A phase that was passed over without a day has none; the one that begins has today's.
        if day is None and one == phase:
            day = today
        if day is not None:
            setattr(cycle, PHASE_DAYS[one], min(day, today))
    cycle.phase = phase


def refuse_wrong_days(cycle: Cycle, today: date, names: Iterable[str] = DAY_FIELDS) -> None:
    """Raise Refused at the field when one of the days `names` comes before an earlier phase's, or has not come yet
    although its phase has begun."""
    wanted = set(names)
    begun = ORDER.index(Phase(cycle.phase))
    problems: dict[str, str] = {}
    previous: tuple[Phase, str, date] | None = None
    for phase, name in PHASE_DAYS.items():
        day = cycle.phase_day(phase)
        if day is None:
            continue
        if previous is not None and day < previous[2] and wanted & {name, previous[1]}:
            problems[name] = _("%(phase)s begins on %(day)s: choose that day or a later one.") % {
                "phase": previous[0].label,
                "day": formats.date_format(previous[2], "SHORT_DATE_FORMAT"),
            }
        elif name in wanted and ORDER.index(phase) <= begun and day > today:
            problems[name] = _("This phase has begun already, so its day cannot lie ahead.")
        previous = phase, name, day
    if problems:
        raise Refused(problems)
