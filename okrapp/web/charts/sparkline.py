"""A small trend beside a number."""

from collections.abc import Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from okrapp.web.charts.drawing import Point, coordinate, path_points, scale
from okrapp.web.numbers import format_number

PADDING = 2.0


def sparkline_points(values: Sequence[float], width: float, height: float) -> list[Point]:
    """Points from left to right, the highest value at the top; a flat line lies in the middle."""
    low, high = min(values), max(values)
    last = max(len(values) - 1, 1)
    return [
        (
            scale(index, 0, last, PADDING, width - PADDING),
            scale(value, low, high, height - PADDING, PADDING),
        )
        for index, value in enumerate(values)
    ]


def sparkline(
    values: Sequence[object], label: str = "", tone: str = "neutral", width: int = 72, height: int = 22
) -> SafeString:
    """The trend of values, oldest first; missing ones are left out. Nothing below two values.

    label says what it is; the first and last value are added to it.
    """
    numbers = [float(str(value)) for value in values if value is not None]
    if len(numbers) < 2:
        return SafeString("")
    points = sparkline_points(numbers, width, height)
    line = path_points(points)
    last_x, last_y = points[-1]
    # Translators: {first} and {last} are values of a measured series.
    spoken = gettext("{label}: from {first} to {last}").format(
        label=label or gettext("Trend"), first=format_number(numbers[0]), last=format_number(numbers[-1])
    )
    return format_html(
        '<svg class="spark tone-{}" width="{}" height="{}" viewBox="0 0 {} {}" role="img" aria-label="{}">'
        '<polygon class="area" points="{},{} {} {},{}"/><polyline class="line" points="{}"/>'
        '<circle class="dot-end" cx="{}" cy="{}" r="2"/></svg>',
        tone, width, height, width, height, spoken,
        coordinate(points[0][0]), height, line, coordinate(last_x), height, line,
        coordinate(last_x), coordinate(last_y),
    )  # fmt: skip
