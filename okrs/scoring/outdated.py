"""Is a key result due for a check-in, and is what it shows outdated?

due: the open period asks for a check-in, holds none yet, and its due moment is at most seven days away
(always so in a weekly rhythm; in a longer one its last week).

outdated: nobody checked in since the start of the last closed period that asked for a check-in. A check-in
made later, in a pause or in the open period, clears it. Pauses and periods before the key result counted
are skipped. An outdated key result is never shown as green, whatever its numbers say.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from okrs.scoring.pace import Span
from okrs.scoring.periods import GRACE_FOR_NEW, WEEK, CheckInRhythm, Period, is_expected, periods_of


class CheckInState(StrEnum):
    """What a key result asks for now; outdated goes before due."""

    UP_TO_DATE = "up_to_date"
    DUE = "due"
    OUTDATED = "outdated"


@dataclass(frozen=True, slots=True)
class CheckInStatus:
    """Where a key result stands in its rhythm.

    `is_due` and `is_outdated` may both be true: then `state` is OUTDATED. `open_period` is the one `now`
    lies in (None before the cycle, after its last due moment). `overdue` is the closed period nobody
    checked in for, if outdated. `next_due_at` is the next moment somebody is asked for a check-in, pauses
    skipped.
    """

    is_due: bool
    is_outdated: bool
    open_period: Period | None
    overdue: Period | None
    next_due_at: datetime | None

    @property
    def state(self) -> CheckInState:
        """The one word to show."""
        if self.is_outdated:
            return CheckInState.OUTDATED
        return CheckInState.DUE if self.is_due else CheckInState.UP_TO_DATE


def check_in_status(
    rhythm: CheckInRhythm,
    window: Span,
    last_check_in: datetime | None,
    now: datetime,
    *,
    active_since: datetime | None = None,
) -> CheckInStatus:
    """Return whether a check-in is due and whether the last one is outdated, at `now`.

    `window` holds the local days of the cycle, or of the key result's own dates. `active_since` is the
    moment the key result began to count (created or agreed, whichever is later). All moments are aware
    datetimes, in any zone.
    """
    open_period: Period | None = None
    last_closed: Period | None = None
    next_due_at: datetime | None = None
    for period in periods_of(rhythm, window):
        expected = is_expected(period, active_since)
        if period.due_at < now:
            if expected:
                last_closed = period
            continue
        if period.start < now:
            open_period = period
        done = last_check_in is not None and period.holds(last_check_in)
        if not period.paused and not done:
            next_due_at = period.due_at
            break
    outdated = last_closed is not None and (last_check_in is None or last_check_in <= last_closed.start)
    due = (
        open_period is not None
        and not open_period.paused
        and (last_check_in is None or last_check_in <= open_period.start)
        and open_period.due_at - now <= WEEK
    )
    return CheckInStatus(due, outdated, open_period, last_closed if outdated else None, next_due_at)


def last_asked(rhythm: CheckInRhythm, window: Span, now: datetime) -> Period | None:
    """Return the last closed period that asked anybody for a check-in: the same for all of one rhythm and window."""
    closed = (one for one in reversed(periods_of(rhythm, window)) if one.due_at < now and not one.paused)
    return next(closed, None)


def is_outdated(asked: Period | None, last_check_in: datetime | None, active_since: datetime | None) -> bool:
    """Return what `check_in_status` says of it, from `last_asked`: for a map of thousands of key results."""
    if asked is None or (active_since is not None and active_since + GRACE_FOR_NEW > asked.due_at):
        return False
    return last_check_in is None or last_check_in <= asked.start
