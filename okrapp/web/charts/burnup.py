"""How a value moved towards its target, beside the line it was expected to follow."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from okrapp.web.charts.drawing import Point, coordinate, hidden_table, path_points, scale
from okrapp.web.moments import short_date
from okrapp.web.numbers import format_number, format_short

WIDTH, HEIGHT = 420, 150
LEFT, RIGHT, TOP, BOTTOM = 40.0, 10.0, 8.0, 20.0
GRID_LINES = 4

Dated = tuple[date, float]


@dataclass(frozen=True)
class Frame:
    """The plane a burn-up is drawn on: days to the right, values upwards."""

    first: date
    last: date
    low: float
    high: float

    def at(self, day: date, value: float) -> Point:
        """Where a day and a value lie; days outside the frame lie on its edge."""
        position = scale(day.toordinal(), self.first.toordinal(), self.last.toordinal(), LEFT, WIDTH - RIGHT)
        return min(max(position, LEFT), WIDTH - RIGHT), scale(value, self.low, self.high, HEIGHT - BOTTOM, TOP)


# The share of a value below which a difference counts as none.
SAME = 1e-9


def value_range(values: Sequence[float]) -> tuple[float, float]:
    """Round lower and upper ends of the axis, so that the grid has readable numbers."""
    low, high = min(values), max(values)
    # What differs by less than anybody writes down is one value; its steps would be too small to reckon with.
    if high - low <= SAME * max(abs(low), abs(high), 1):
        low, high = low - 1, high + 1
    step = _round_step((high - low) / (GRID_LINES - 1))
    bottom = math.floor(low / step) * step
    # The rounding of the lower end may push the highest value out of the last line.
    while bottom + step * (GRID_LINES - 1) < high:
        step = _round_step(step * 1.01)
        bottom = math.floor(low / step) * step
    return bottom, bottom + step * (GRID_LINES - 1)


def _round_step(step: float) -> float:
    magnitude = 10 ** math.floor(math.log10(step))
    for factor in (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10):
        if step <= factor * magnitude * (1 + 1e-9):
            return factor * magnitude
    return 10 * magnitude


def burn_up(
    points: Sequence[tuple[date, object]],
    expected: Sequence[tuple[date, object]],
    label: str = "",
    today: date | None = None,
    unit: str = "",
) -> SafeString:
    """The measured points (day, value), oldest first, over the expected line.

    expected: at least its two ends, (first day, start) and (last day, target); more for phased targets. Nothing
    without them. today draws a line at that day; unit stands in the table.
    """
    wanted = _dated(expected)
    actual = _dated(points)
    if len(wanted) < 2:
        return SafeString("")
    low, high = value_range([value for _, value in [*wanted, *actual]])
    frame = Frame(wanted[0][0], wanted[-1][0], low, high)
    caption = label or gettext("Progress over time")
    return format_html(
        '<div class="relative"><svg class="burnup" viewBox="0 0 {} {}" role="img" aria-label="{}">'
        "{}{}{}{}{}</svg>{}</div>",
        WIDTH, HEIGHT, _spoken(caption, actual, wanted, unit),
        _grid(frame),
        format_html('<polyline class="target" points="{}"/>', path_points(frame.at(*point) for point in wanted)),
        _line(frame, actual),
        _today(frame, today),
        _days(frame),
        hidden_table(
            caption,
            [gettext("Day"), gettext("Value")],
            [(short_date(day), format_number(value, unit)) for day, value in actual],
        ),
    )  # fmt: skip


def _dated(points: Sequence[tuple[date, object]]) -> list[Dated]:
    return [(day, float(str(value))) for day, value in points if value is not None]


def _spoken(caption: str, actual: Sequence[Dated], wanted: Sequence[Dated], unit: str) -> str:
    target = gettext("target {target} by {day}").format(
        target=format_number(wanted[-1][1], unit), day=short_date(wanted[-1][0])
    )
    if not actual:
        nothing = gettext("no check-in yet")
        return f"{caption}: {nothing}, {target}"
    now = gettext("{value} on {day}").format(value=format_number(actual[-1][1], unit), day=short_date(actual[-1][0]))
    return f"{caption}: {now}, {target}"


def _grid(frame: Frame) -> SafeString:
    lines = []
    for index in range(GRID_LINES):
        value = frame.low + (frame.high - frame.low) * index / (GRID_LINES - 1)
        _, y = frame.at(frame.first, value)
        lines.append(
            (coordinate(LEFT), coordinate(y), coordinate(WIDTH - RIGHT), coordinate(y), coordinate(LEFT - 6),
             coordinate(y + 3), _axis_number(value))
        )  # fmt: skip
    return format_html_join(
        "",
        '<line class="grid-line" x1="{}" y1="{}" x2="{}" y2="{}"/>'
        '<text class="lbl" x="{}" y="{}" text-anchor="end">{}</text>',
        lines,
    )


def _axis_number(value: float) -> str:
    return format_short(round(value, 6))


def _line(frame: Frame, actual: Sequence[Dated]) -> SafeString:
    if not actual:
        return SafeString("")
    drawn = [frame.at(*point) for point in actual]
    (first_x, _), (last_x, last_y) = drawn[0], drawn[-1]
    floor = coordinate(HEIGHT - BOTTOM)
    line = path_points(drawn)
    return format_html(
        '<polygon class="area" points="{},{} {} {},{}"/><polyline class="line" points="{}"/>'
        '<circle class="dot-end" cx="{}" cy="{}" r="3.5"/>',
        coordinate(first_x), floor, line, coordinate(last_x), floor, line, coordinate(last_x), coordinate(last_y),
    )  # fmt: skip


def _today(frame: Frame, today: date | None) -> SafeString:
    if today is None or not frame.first <= today <= frame.last:
        return SafeString("")
    x, _ = frame.at(today, frame.low)
    return format_html(
        '<line class="now" x1="{}" x2="{}" y1="{}" y2="{}"/>',
        coordinate(x), coordinate(x), coordinate(TOP), coordinate(HEIGHT - BOTTOM),
    )  # fmt: skip


def _days(frame: Frame) -> SafeString:
    return format_html(
        '<text class="lbl" x="{}" y="{}">{}</text><text class="lbl" x="{}" y="{}" text-anchor="end">{}</text>',
        coordinate(LEFT), HEIGHT - 5, short_date(frame.first), coordinate(WIDTH - RIGHT), HEIGHT - 5,
        short_date(frame.last),
    )  # fmt: skip
