import re
from datetime import date, timedelta
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from django.utils import translation
from hypothesis import example, given
from hypothesis import strategies as st

from okrapp.web.charts.burnup import Frame, burn_up, value_range
from okrapp.web.charts.drawing import coordinate
from okrapp.web.charts.heat import heat_map
from okrapp.web.charts.progress import pace_bar, ring, ring_tick
from okrapp.web.charts.sparkline import sparkline, sparkline_points
from okrapp.web.charts.stacked import legend, segments, stacked_bar

FIRST, LAST = date(2026, 10, 1), date(2026, 12, 31)
FINITE = st.floats(min_value=-1e12, max_value=1e12, allow_nan=False)


def svg_of(html: str) -> ElementTree.Element:
    """The picture, parsed strictly; fails on inline style, script and a missing label."""
    found = re.search(r"<svg.*?</svg>", html, re.S)
    assert found
    assert "style=" not in html
    assert "<script" not in html
    element = ElementTree.fromstring(found[0])
    assert element.get("role") == "img"
    assert element.get("aria-label")
    return element


def numbers_in(element: ElementTree.Element) -> list[float]:
    """Every number in the geometry."""
    geometry = ("x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "width", "height", "points", "stroke-dasharray")
    texts = [node.get(name, "") for node in element.iter() for name in geometry]
    return [float(number) for text in texts for number in re.findall(r"-?\d+(?:\.\d+)?", text)]


def test_sparkline_puts_the_highest_value_at_the_top() -> None:
    points = sparkline_points([1, 3, 2], 72, 22)
    assert [x for x, _ in points] == [2, 36, 70]
    assert points[1][1] == 2
    assert points[0][1] == 20


def test_sparkline_leaves_out_what_is_missing() -> None:
    assert sparkline([]) == ""
    assert sparkline([None, 4]) == ""
    with translation.override("en"):
        assert svg_of(sparkline([4, None, 9], "Trend")).get("aria-label") == "Trend: from 4 to 9"


def test_a_flat_sparkline_lies_in_the_middle() -> None:
    assert {y for _, y in sparkline_points([5, 5, 5], 72, 22)} == {11}


@pytest.mark.parametrize(
    ("share", "filled"), [(Decimal("0.5"), "50"), (1.29, "100"), (Decimal("-0.1"), None), (0, None), (None, None)]
)
def test_pace_bar_is_cut_for_drawing_only(share: object, filled: str | None) -> None:
    svg = svg_of(pace_bar(share, "Weekly teams", expected=Decimal("0.62")))
    bar = svg.find("rect[@class='val']")
    assert (bar.get("width") if bar is not None else None) == (f"{filled}%" if filled else None)
    assert svg.find("rect[@class='tick']") is not None


def test_progress_is_said_raw() -> None:
    with translation.override("en"):
        assert svg_of(pace_bar(1.29, "Teams")).get("aria-label") == "Teams: 129% done"
        label = svg_of(ring(Decimal("-0.1"), "Teams", expected=0.62)).get("aria-label")
        assert label == "Teams: −10% done, 62% expected by now"
        assert svg_of(ring(None, "Teams")).get("aria-label") == "Teams: no progress yet"


def test_ring_tick_goes_clockwise_from_the_top() -> None:
    x1, y1, x2, y2 = ring_tick(0.25, 34, 4)
    assert (round(y1), round(y2)) == (17, 17)
    assert 17 < x1 < x2


def test_ring_without_expectation_has_no_tick() -> None:
    assert svg_of(ring(0.4, "A")).find("line") is None
    assert svg_of(ring(0, "A")).find("circle[@class='val']") is None


def test_segments_fill_the_bar() -> None:
    spans = segments([4, 0, 2, 1])
    assert spans[1][1] == 0
    assert spans[-1][0] + spans[-1][1] == pytest.approx(100)
    assert segments([0, 0]) == [(0, 0), (0, 0)]


def test_stacked_bar_and_its_key_say_the_same() -> None:
    parts = [("ok", "On track", 4), ("warn", "<b>", 2), ("bad", "Off track", 0)]
    svg = svg_of(stacked_bar(parts, "Confidence"))
    assert svg.get("aria-label") == "Confidence: On track 4, <b> 2, Off track 0"
    assert len(svg.findall("rect")) == 2
    assert "<dt>&lt;b&gt;</dt><dd>2</dd>" in legend(parts)
    assert "track" in str(stacked_bar([("ok", "On track", 0)]))


def test_heat_map_has_a_square_and_a_cell_for_every_period() -> None:
    with translation.override("en"):
        html = heat_map([("Teams", ["on_time", "missed"]), ("<i>", ["late", "unknown"])], ["W1", "W2"], "Rhythm")
    squares = svg_of(html).findall("rect")
    assert [square.get("class") for square in squares] == ["h-on_time", "h-missed", "h-late", "h-not_due"]
    assert squares[1].find("title").text == "Teams, W2: missed"  # type: ignore[union-attr]
    assert '<th scope="row">&lt;i&gt;</th><td>late</td>' in html
    assert heat_map([], ["W1"]) == ""


def test_burn_up_draws_the_expected_and_the_measured_line() -> None:
    points = [(FIRST + timedelta(weeks=week), Decimal(value)) for week, value in enumerate((41, 44, 50, 57))]
    with translation.override("en"):
        html = burn_up(points, [(FIRST, 41), (LAST, 70)], "Activation", today=date(2026, 11, 23), unit="%")
    svg = svg_of(html)
    assert svg.get("aria-label") == "Activation: 57% on October 22, target 70% by December 31"
    assert len((svg.find("polyline[@class='line']").get("points") or "").split()) == 4  # type: ignore[union-attr]
    assert svg.find("line[@class='now']") is not None
    assert [text.text for text in svg.findall("text")] == ["40", "50", "60", "70", "October 1", "December 31"]
    assert html.count("<tr>") == 5


def test_burn_up_speaks_the_language() -> None:
    with translation.override("de"):
        html = burn_up([(FIRST, 12345.5)], [(FIRST, 0), (LAST, 20000)], "x")
    assert "12.345,5" in html
    assert "1. Oktober" in html


def test_burn_up_without_measurements_or_target() -> None:
    with translation.override("en"):
        svg = svg_of(burn_up([], [(FIRST, 3), (LAST, 3)], "Stay below"))
    assert "no check-in yet" in (svg.get("aria-label") or "")
    assert svg.find("polyline[@class='line']") is None
    assert burn_up([(FIRST, 3)], [], "x") == ""


def test_days_outside_the_cycle_stay_on_the_edge() -> None:
    frame = Frame(FIRST, LAST, 0, 10)
    assert frame.at(date(2027, 3, 1), 5) == frame.at(LAST, 5)
    assert frame.at(date(2026, 1, 1), 5) == frame.at(FIRST, 5)


@example([0.0, 5e-324])
@example([1e12, 1e12 + 0.001])
@given(st.lists(FINITE, min_size=1, max_size=12))
def test_the_axis_holds_every_value(values: list[float]) -> None:
    low, high = value_range(values)
    slack = max(abs(low), abs(high), 1) * 1e-9
    assert low <= min(values) + slack
    assert max(values) <= high + slack


@given(st.lists(st.one_of(st.none(), FINITE), max_size=8), FINITE, FINITE)
def test_no_value_leaves_the_picture(values: list[float | None], start: float, target: float) -> None:
    points = [(FIRST + timedelta(weeks=week), value) for week, value in enumerate(values)]
    svg = svg_of(burn_up(points, [(FIRST, start), (LAST, target)], "x"))
    assert all(-5 <= number <= 420 for number in numbers_in(svg))


@given(st.one_of(st.none(), FINITE), st.one_of(st.none(), FINITE))
def test_progress_charts_take_any_share(share: float | None, expected: float | None) -> None:
    for html in (ring(share, "x", expected=expected), pace_bar(share, "x", expected=expected)):
        assert all(-5 <= number <= 105 for number in numbers_in(svg_of(html)))


def test_coordinates_have_a_dot_in_every_language() -> None:
    with translation.override("de"):
        assert coordinate(1.25) == "1.2"
        assert coordinate(-0.04) == "-0"
