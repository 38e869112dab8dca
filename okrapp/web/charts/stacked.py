"""How a whole divides: one bar of several tones, and its key."""

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from okrapp.web.charts.drawing import coordinate
from okrapp.web.numbers import format_number

# tone, label, count
Part = tuple[str, str, int]
GAP = 0.8


def segments(counts: Sequence[int]) -> list[tuple[float, float]]:
    """Start and width in per cent of each count; a gap follows every segment but the last drawn one."""
    total = sum(counts)
    if total <= 0:
        return [(0.0, 0.0) for _ in counts]
    last = max(index for index, count in enumerate(counts) if count)
    result, start = [], 0.0
    for index, count in enumerate(counts):
        width = count / total * 100
        drawn = width if index >= last else max(width - GAP, 0.0)
        result.append((start, drawn if count else 0.0))
        start += width
    return result


def stacked_bar(parts: Sequence[Part], label: str = "") -> SafeString:
    """A bar for (tone, label, count) parts. Put `legend` with the same parts under it: that is its table."""
    drawn = [
        (tone, coordinate(start), coordinate(width))
        for (tone, _, _), (start, width) in zip(parts, segments([count for _, _, count in parts]), strict=True)
        if width
    ]
    words = ", ".join(f"{name} {format_number(count)}" for _, name, count in parts)
    return format_html(
        '<svg class="stacked" width="100%" height="8" role="img" aria-label="{}">{}{}</svg>',
        f"{label}: {words}" if label else words,
        SafeString("") if drawn else SafeString('<rect class="track" width="100%" height="8" rx="2"/>'),
        format_html_join("", '<rect class="tone-{} seg" x="{}%" width="{}%" height="8" rx="2"/>', drawn),
    )


def legend(parts: Sequence[Part]) -> SafeString:
    """The key of a stacked bar: every part with its colour, name and count."""
    return format_html(
        '<dl class="flex flex-wrap gap-x-4 gap-y-1 text-xs mt-3 tabular-nums">{}</dl>',
        format_html_join(
            "",
            '<div class="leg tone-{}"><dt>{}</dt><dd>{}</dd></div>',
            ((tone, name, format_number(count)) for tone, name, count in parts),
        ),
    )
