"""Progress of one thing: a ring and a bar, each with a tick where the pace expects it today."""

import math

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from okrapp.web.charts.drawing import clamp, coordinate, share_of
from okrapp.web.numbers import format_percent


def spoken_progress(label: str, share: float | None, expected: float | None) -> str:
    """The label of a progress chart: what it is, how far, and how far it should be; raw, not clamped."""
    if share is None:
        text = gettext("no progress yet")
    elif expected is None:
        text = gettext("{progress} done").format(progress=format_percent(share))
    else:
        text = gettext("{progress} done, {expected} expected by now").format(
            progress=format_percent(share), expected=format_percent(expected)
        )
    return f"{label}: {text}" if label else text


def ring_tick(share: float, size: float, stroke: float) -> tuple[float, float, float, float]:
    """Both ends of the tick across a ring's band, at a share of the circle that starts at the top."""
    radius = (size - stroke) / 2
    angle = 2 * math.pi * share - math.pi / 2
    inner, outer, centre = radius - stroke / 2 - 1, radius + stroke / 2 + 1, size / 2
    return (
        centre + inner * math.cos(angle),
        centre + inner * math.sin(angle),
        centre + outer * math.cos(angle),
        centre + outer * math.sin(angle),
    )


def ring(
    value: object,
    label: str = "",
    expected: object = None,
    tone: str = "primary",
    size: int = 34,
    stroke: int = 4,
) -> SafeString:
    """A ring filled to the share `value`, clockwise from the top; an empty one for None."""
    share, due = share_of(value), share_of(expected)
    radius = (size - stroke) / 2
    around = 2 * math.pi * radius
    middle = coordinate(size / 2)
    circle = format_html('cx="{}" cy="{}" r="{}" stroke-width="{}"', middle, middle, coordinate(radius), stroke)
    filled = tick = SafeString("")
    if share is not None and share > 0:
        filled = format_html(
            '<circle class="val" {} stroke-dasharray="{} {}" transform="rotate(-90 {} {})"/>',
            circle, coordinate(around * clamp(share)), coordinate(around), middle, middle,
        )  # fmt: skip
    if due is not None:
        ends = (coordinate(end) for end in ring_tick(clamp(due), size, stroke))
        tick = format_html('<line class="tick" x1="{}" y1="{}" x2="{}" y2="{}"/>', *ends)
    return format_html(
        '<svg class="oring tone-{}" width="{}" height="{}" viewBox="-2 -2 {} {}" role="img" aria-label="{}">'
        '<circle class="track" {}/>{}{}</svg>',
        tone, size, size, size + 4, size + 4, spoken_progress(label, share, due), circle, filled, tick,
    )  # fmt: skip


def pace_bar(value: object, label: str = "", expected: object = None, tone: str = "neutral") -> SafeString:
    """A bar over the full width of its place, filled to the share `value`."""
    share, due = share_of(value), share_of(expected)
    filled = tick = SafeString("")
    if share is not None and share > 0:
        filled = format_html('<rect class="val" y="2" width="{}%" height="6" rx="3"/>', coordinate(100 * clamp(share)))
    if due is not None:
        # The tick is two pixels wide and must stay inside the bar.
        tick = format_html(
            '<rect class="tick" x="{}%" y="0" width="2" height="10" rx="1"/>', coordinate(99 * clamp(due))
        )
    return format_html(
        '<svg class="pace tone-{}" width="100%" height="10" role="img" aria-label="{}">'
        '<rect class="track" y="2" width="100%" height="6" rx="3"/>{}{}</svg>',
        tone, spoken_progress(label, share, due), filled, tick,
    )  # fmt: skip
