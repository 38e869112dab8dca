"""Cells of the RACI matrix."""

from collections.abc import Mapping
from functools import cache

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from roles.enums import Letter
from roles.models import RaciActivity
from roles.queries.raci import Column, Said
from roles.raci.default import title_of
from roles.raci.findings import CELLS

register = template.Library()


@register.simple_tag
def letter_options(letters: str) -> SafeString:
    """Options of a cell's select with its letters chosen; letters are the same in every language."""
    return _options(letters)


@register.simple_tag
def letter_marks(letters: str) -> SafeString:
    """The letters of a cell for reading: each with its word for whoever points at it or has it read out."""
    return format_html_join(
        " ",
        '<abbr class="raci-letter" data-letter="{}" title="{}">{}</abbr>',
        ((letter, Letter(letter).label, letter) for letter in letters),
    )


@cache
def _options(letters: str) -> SafeString:
    """Made once: a matrix has hundreds of cells."""
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((one, SafeString(" selected") if one == letters else "", "/".join(one) or "–") for one in CELLS),
    )


@register.simple_tag
def activity_title(activity: RaciActivity) -> str:
    """What an activity is called in the reader's language."""
    return title_of(activity.key, activity.title)


@register.simple_tag
def column_finding(over: Mapping[str, Said], column: Column) -> Said | None:
    """The finding about a column, if there is one."""
    return over.get(column.ref)
