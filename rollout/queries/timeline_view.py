"""What of a timeline is shown: all, what is open, what begins too early; of a long one the phases of these days."""

from collections.abc import Collection
from datetime import date, timedelta
from urllib.parse import urlencode

from rollout.queries.timeline import Bar, Lane, Timeline

OPEN, EARLY = "open", "early"
# A timeline of more rows folds what is over or far off.
LONG = 60
SOON = timedelta(days=30)


def narrow(timeline: Timeline, today: date, *, show: str = "", opened: Collection[str] = ()) -> None:
    """Leave out of a timeline what does not fit `show` (OPEN or EARLY), and fold its phases where it is long.

    `opened` are the ids of the phases that somebody unfolded. Without `show` every phase stays: folded ones without
    their rows, a long one that runs with those of these days. With it those that have such rows, all of them, and those
    that begin too early themselves.
    """
    lanes = timeline.lanes
    for lane in lanes:
        lane.total = len(lane.rows)
    if show in (OPEN, EARLY):
        for lane in lanes:
            lane.rows = [bar for bar in lane.rows if _is_wanted(bar, show)]
        lanes[:] = [lane for lane in lanes if lane.rows or (show == EARLY and lane.phase.violated)]
    elif sum(lane.total for lane in lanes) > LONG:
        far = {
            str(lane.phase.thing.pk): lane
            for lane in lanes
            if lane.rows and (not _is_near(lane, today) or lane.total > LONG)
        }
        unfolded = [one for one in far if one in opened]
        for phase_id, lane in far.items():
            if phase_id not in unfolded:
                lane.is_folded, lane.rows = True, _of_these_days(lane, today)
            others = [one for one in unfolded if one != phase_id]
            query = urlencode([("open", one) for one in [*others, *([phase_id] if lane.is_folded else [])]])
            lane.toggle_url = f"?{query}#lane-{phase_id}"


def _is_wanted(bar: Bar, show: str) -> bool:
    return bool(bar.violated) if show == EARLY else bar.tone != "done"


def _of_these_days(lane: Lane, today: date) -> list[Bar]:
    """Return what of a folded phase is open around today; nothing where it is over or far off."""
    if not _is_near(lane, today):
        return []
    first, last = today - SOON, today + SOON
    open_rows = [bar for bar in lane.rows if bar.tone != "done"]
    return [bar for bar in open_rows if bar.starts_on <= last and bar.ends_on >= first][:LONG]


def _is_near(lane: Lane, today: date) -> bool:
    return lane.phase.starts_on <= today + SOON and lane.phase.ends_on >= today
