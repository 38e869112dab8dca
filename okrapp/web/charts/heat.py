"""The check-in rhythm: one row per key result (or team), one square per period."""

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext

from okrapp.web.charts.drawing import hidden_table

SIDE = 14
STEP = 17
STATES = ("on_time", "late", "missed", "paused", "not_due")


def state_word(state: str) -> str:
    """What a square means, in the active language."""
    return {
        "on_time": pgettext("check-in", "on time"),
        "late": pgettext("check-in", "late"),
        "missed": pgettext("check-in", "missed"),
        "paused": pgettext("check-in", "pause"),
    }.get(state, pgettext("check-in", "not due"))


def heat_map(rows: Sequence[tuple[str, Sequence[str]]], periods: Sequence[str], label: str = "") -> SafeString:
    """Squares for rows of (name, states), a state per period: on_time, late, missed, paused, not_due.

    periods are the headings ("Week 41"). Nothing without rows.
    """
    if not rows or not periods:
        return SafeString("")
    squares = [
        (
            state if state in STATES else "not_due",
            column * STEP,
            line * STEP,
            f"{name}, {period}: {state_word(state)}",
        )
        for line, (name, states) in enumerate(rows)
        for column, (period, state) in enumerate(zip(periods, states, strict=False))
    ]
    width, height = len(periods) * STEP - (STEP - SIDE), len(rows) * STEP - (STEP - SIDE)
    caption = label or gettext("Check-in rhythm")
    return format_html(
        '<div class="relative"><svg class="heat" viewBox="0 0 {} {}" width="{}" height="{}" role="img" aria-label="{}">'
        "{}</svg>{}</div>",
        width, height, width, height, caption,
        format_html_join(
            "", '<rect class="h-{}" x="{}" y="{}" width="14" height="14" rx="3"><title>{}</title></rect>', squares
        ),
        hidden_table(
            caption,
            [gettext("Row"), *periods],
            [(name, *(state_word(state) for state in states)) for name, states in rows],
        ),
    )  # fmt: skip
