"""The strip shows the key results with the most trouble, in the order of the page."""

from okrs.queries.rhythm import SHOWN, RhythmRow, RhythmTable


def test_the_worst_are_shown_in_the_order_of_the_page() -> None:
    good, late, missed = ("on_time",) * 8, ("on_time",) * 7 + ("late",), ("missed",) * 8
    rows = [RhythmRow(f"good {number}", good) for number in range(SHOWN)]
    rows.insert(1, RhythmRow("late", late))
    rows.append(RhythmRow("missed", missed))
    table = RhythmTable(("week",) * 8, tuple(rows))
    assert [title for title, _states in table.shown] == ["good 0", "late", "good 1", "good 2", "missed"]
    assert table.hidden == 2
    assert len(table.every) == SHOWN + 2


def test_recent_trouble_weighs_more() -> None:
    long_ago, now = RhythmRow("a", ("missed", "on_time")), RhythmRow("b", ("on_time", "missed"))
    assert now.trouble > long_ago.trouble
    assert RhythmRow("c", ("on_time", "not_due")).trouble == 0
