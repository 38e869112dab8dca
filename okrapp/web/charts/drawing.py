"""What the charts share: numbers in SVG attributes, scales, a hidden table."""

from collections.abc import Iterable, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

Point = tuple[float, float]


def coordinate(value: float) -> str:
    """A number for an SVG attribute: one decimal at most, a dot in every language."""
    return f"{round(value, 1):g}" if abs(value) < 100_000 else f"{value:.0f}"


def clamp(share: float) -> float:
    """The share cut to 0–1."""
    return min(max(share, 0.0), 1.0)


def share_of(value: object) -> float | None:
    """A share as float, None when missing."""
    return None if value is None or value == "" else float(str(value))


def path_points(points: Iterable[Point]) -> str:
    """The `points` attribute of a polyline."""
    return " ".join(f"{coordinate(x)},{coordinate(y)}" for x, y in points)


def scale(value: float, low: float, high: float, start: float, end: float) -> float:
    """Where a value between low and high lies between start and end; the middle when there is no range."""
    if high == low:
        return (start + end) / 2
    return start + (value - low) / (high - low) * (end - start)


def hidden_table(caption: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> SafeString:
    """A table only screen readers meet; the first cell of a row is its heading."""
    body = format_html_join(
        "",
        '<tr><th scope="row">{}</th>{}</tr>',
        ((row[0], format_html_join("", "<td>{}</td>", ((cell,) for cell in row[1:]))) for row in rows),
    )
    return format_html(
        '<div class="sr-only"><table><caption>{}</caption><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>',
        caption,
        format_html_join("", '<th scope="col">{}</th>', ((name,) for name in head)),
        body,
    )
