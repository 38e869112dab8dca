"""Scores and what becomes of objectives: `{% load reviews %}`. Bands have words and icons of their own."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from okrapp.web import numbers
from okrapp.web.templatetags import ui
from okrs.enums import Outcome
from okrs.queries.review import AWAITED, Scored, bands_of, scored_of
from okrs.queries.standing import ObjectiveStanding
from okrs.scoring import Band, ScoreBands, score_band
from okrs.templatetags.okrs import status_pill, tone_of

register = template.Library()

# band → (tone, icon, word)
BANDS: dict[Band, tuple[str, str, Any]] = {
    Band.GREEN: ("ok", "circle-check-big", _("reached")),
    Band.YELLOW: ("warn", "contrast", _("partly reached")),
    Band.RED: ("bad", "circle-x", _("missed")),
}
OUTCOMES: dict[str, tuple[str, str]] = {
    Outcome.ACHIEVED: ("ok", "flag"),
    Outcome.CARRY_OVER: ("info", "redo-2"),
    Outcome.DROP: ("neutral", "archive"),
}


@register.filter
def score_number(score: object) -> str:
    """`{{ review.score|score_number }}`: 0.7, with one decimal at least, "–" where there is none."""
    number = numbers.as_decimal(score)
    if number is None:
        return numbers.MISSING
    shown = numbers.format_number(number)
    separator = numbers.format_number("1.1")[1]
    return shown if separator in shown else f"{shown}{separator}0"


def band_pill(score: float, bands: ScoreBands) -> SafeString:
    """Return the pill of a score: icon, number and word in the tone of its band."""
    tone, icon, word = BANDS[score_band(score, bands)]
    return ui.pill(tone, f"{score_number(score)} {word}", icon)


@register.simple_tag(takes_context=True)
def score_pill(context: Any, scored: Scored | None, is_over: bool = False) -> SafeString:
    """`{% score_pill scored %}`: the score in its band; says so where nobody gave one. `is_over`: nobody will."""
    if scored is None:
        return ui.pill("neutral", str(_("Not reviewed") if is_over else _("Not scored yet")), "circle-dashed")
    unscored = ui.pill("neutral", str(_("Not reviewed")), "circle-dashed") if scored.not_reviewed else SafeString("")
    if scored.score is None:
        return unscored or ui.pill("neutral", str(_("Not scored yet")), "circle-dashed")
    pill = band_pill(scored.score, bands_of(context["request"].actor.settings))
    return format_html('<span class="inline-flex flex-wrap gap-1">{}{}</span>', pill, unscored) if unscored else pill


@register.simple_tag(takes_context=True)
def objective_pill(context: Any, standing: ObjectiveStanding) -> SafeString:
    """`{% objective_pill standing %}`: the score of an objective that has one or should have, else its status."""
    objective = standing.objective
    scored = scored_of(objective)
    is_over = objective.cycle.is_read_only and objective.status in AWAITED
    return score_pill(context, scored, is_over) if scored is not None or is_over else status_pill(standing)


@register.simple_tag(takes_context=True)
def objective_tone(context: Any, standing: ObjectiveStanding) -> str:
    """`{% objective_tone standing as tone %}`: of the bar beside `objective_pill`, so that both say the same."""
    scored = scored_of(standing.objective)
    if scored is None or scored.score is None:
        return tone_of(standing)
    return BANDS[score_band(scored.score, bands_of(context["request"].actor.settings))][0]


@register.simple_tag
def outcome_pill(outcome: str) -> SafeString:
    """`{% outcome_pill review.outcome %}`: what becomes of it; nothing where nobody has said."""
    if not outcome:
        return SafeString("")
    tone, icon = OUTCOMES[outcome]
    return ui.pill(tone, str(Outcome(outcome).label), icon)


@register.inclusion_tag("okrs/review/_bands.html")
def band_pills(score: object, bands: ScoreBands) -> dict[str, Any]:
    """`{% band_pills form.score.value bands %}`: a word for each band, of which only the present one shows."""
    number = numbers.as_decimal(score)
    now = None if number is None or not 0 <= number <= 1 else score_band(float(number), bands)
    limits = {Band.GREEN: bands.green, Band.YELLOW: bands.yellow, Band.RED: 0.0}
    return {"bands": [(band == now, limits[band], *BANDS[band]) for band in Band]}
