"""Words, icons and tones of OKRs: `{% load okrs %}`. What each tag takes is said at it.

Pace and confidence never share a word, an icon or a pill: pace is text beside a number, confidence is the pill.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.utils.dateparse import parse_date
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from okrapp.web import icons, numbers
from okrapp.web.charts.drawing import clamp
from okrapp.web.moments import ago
from okrapp.web.templatetags import ui
from okrs import scoring
from okrs.enums import Confidence, MetricType, ObjectiveStatus, Pace, UnitKind
from okrs.models import CheckIn, KeyResult
from okrs.queries.life import Moment
from okrs.queries.locking import explained_of
from okrs.queries.measure import measure_of
from okrs.queries.standing import KeyResultStanding, ObjectiveStanding
from okrs.scoring import Explanation, ExplanationKind
from organizations.enums import Via

register = template.Library()

OUTDATED = "outdated"
# status → (tone, icon, word)
STATUSES: dict[str, tuple[str, str, Any]] = {
    Confidence.ON_TRACK: ("ok", "circle-check", Confidence.ON_TRACK.label),
    Confidence.AT_RISK: ("warn", "triangle-alert", Confidence.AT_RISK.label),
    Confidence.OFF_TRACK: ("bad", "octagon-alert", Confidence.OFF_TRACK.label),
    OUTDATED: ("neutral", "clock-alert", _("outdated")),
    ObjectiveStatus.DRAFT: ("info", "pencil-line", ObjectiveStatus.DRAFT.label),
    ObjectiveStatus.SUBMITTED: ("info", "send", ObjectiveStatus.SUBMITTED.label),
    ObjectiveStatus.AGREED: ("primary", "handshake", ObjectiveStatus.AGREED.label),
    ObjectiveStatus.PAUSED: ("neutral", "circle-pause", ObjectiveStatus.PAUSED.label),
    ObjectiveStatus.STOPPED: ("neutral", "circle-stop", ObjectiveStatus.STOPPED.label),
    "": ("neutral", "circle-dashed", _("no word yet")),
}
# pace → (tone, icon, word)
PACES: dict[str, tuple[str, str, Any]] = {
    Pace.IN_STEP: ("ok", "equal", Pace.IN_STEP.label),
    Pace.BEHIND: ("warn", "chevron-down", Pace.BEHIND.label),
    Pace.FAR_BEHIND: ("bad", "chevrons-down", Pace.FAR_BEHIND.label),
}


@register.filter
def status_of(standing: KeyResultStanding | ObjectiveStanding) -> str:
    """`{{ standing|status_of }}`: the one word a pill shows of it.

    The status of an objective that is not active (draft, submitted, agreed, paused, stopped); else outdated, on_track,
    at_risk, off_track or empty.
    """
    if isinstance(standing, KeyResultStanding):
        return standing.status
    if standing.objective.status != ObjectiveStatus.ACTIVE:
        return str(standing.objective.status)
    # A good word that rests on old numbers is no good word; a bad one stays what it is.
    if standing.is_outdated and standing.confidence in ("", Confidence.ON_TRACK):
        return OUTDATED
    return standing.confidence


@register.filter
def tone_of(standing: KeyResultStanding | ObjectiveStanding) -> str:
    """`{{ standing|tone_of }}`: ok, warn, bad or neutral, for charts; never ok while outdated."""
    tone = STATUSES[status_of(standing)][0]
    return "neutral" if tone in ("info", "primary") else tone


@register.simple_tag
def status_pill(standing: KeyResultStanding | ObjectiveStanding) -> SafeString:
    """`{% status_pill standing %}`: what people say of it, or that it is outdated or a draft."""
    return confidence_pill(status_of(standing))


@register.simple_tag
def confidence_pill(status: str) -> SafeString:
    """`{% confidence_pill check_in.confidence %}`: the pill of a confidence, of "outdated", of a status or ""."""
    tone, icon, word = STATUSES.get(status, STATUSES[""])
    return ui.pill(tone, capfirst(str(word)), icon)


@register.filter
def confidence_word(status: str) -> str:
    """`{{ check_in.confidence|confidence_word }}`: on track."""
    return str(STATUSES.get(status, STATUSES[""])[2])


@register.filter
def made_by(check_in: CheckIn) -> str:
    """`{{ check_in|made_by }}`: who made it: somebody, a file that was imported, or the system."""
    if check_in.author is not None:
        return check_in.author.display_name
    return gettext("Import") if check_in.via == Via.IMPORT else gettext("The system")


@register.filter
def pace_word(pace: str | None) -> str:
    """`{{ standing.pace|pace_word }}`: in step, behind, far behind; empty where there is no pace."""
    return str(PACES[pace][2]) if pace else ""


@register.filter
def tone_of_pace(pace: str | None) -> str:
    """`{{ summary.pace|tone_of_pace }}`: the tone of a ring beside a pace; primary where there is none."""
    return PACES[pace][0] if pace else "primary"


@register.filter
def pace_tone_of(standing: ObjectiveStanding) -> str:
    """`{{ standing|pace_tone_of }}`: the tone of a ring that stands beside its pace in words, and says the same.

    Without a pace that of its pill; never ok while outdated.
    """
    pace = standing.pace.pace
    if not pace:
        return tone_of(standing)
    tone = PACES[pace][0]
    return "neutral" if tone == "ok" and standing.is_outdated else tone


@register.simple_tag
def pace_mark(pace: str | None) -> SafeString:
    """`{% pace_mark standing.pace %}`: icon and word of a pace in its tone; nothing where there is none."""
    if not pace:
        return SafeString("")
    tone, icon, word = PACES[pace]
    drawn = icons.icon(icon, 12, "shrink-0")
    return format_html(
        '<span class="tone-{} inline-flex items-center gap-1 font-medium text-(--tone) sm:whitespace-nowrap">'
        "{}{}</span>",
        tone,
        drawn,
        word,
    )


@register.filter
def unit_of(key_result: KeyResult) -> str:
    """`{{ key_result|unit_of }}`: what stands behind its numbers."""
    if key_result.unit_kind == UnitKind.PERCENT:
        return "%"
    return key_result.unit


@register.filter
def in_unit_of(value: Decimal | None, key_result: KeyResult) -> str:
    """`{{ check_in.value|in_unit_of:key_result }}`: a value of a key result in words: 57 %, done, 3 milestones."""
    if value is None:
        return numbers.MISSING
    if key_result.metric == MetricType.DONE:
        return gettext("done") if value >= 1 else gettext("not done")
    if key_result.metric == MetricType.MILESTONES:
        count = int(value)
        return ngettext("%(count)d milestone", "%(count)d milestones", count) % {"count": count}
    return numbers.format_number(value, unit_of(key_result))


@register.simple_tag
def from_to(before: Decimal | None, after: Decimal, key_result: KeyResult) -> str:
    """`{% from_to moved.before moved.after key_result %}`: 6.1 → 5.1 days; the unit once, where it stands behind."""
    unit = unit_of(key_result)
    stands_before = bool(unit) and unit in numbers.CURRENCY_SIGNS
    is_number = before is not None and key_result.metric != MetricType.DONE
    first = numbers.format_number(before) if is_number and not stands_before else in_unit_of(before, key_result)
    return f"{first} → {in_unit_of(after, key_result)}"


@register.filter
def goal_of(key_result: KeyResult) -> str:
    """`{{ key_result|goal_of }}`: what it should reach, short: "70 %", "≥ 99.5 %", "20–30 days"; may be empty."""
    unit = unit_of(key_result)
    match key_result.metric:
        case MetricType.INCREASE | MetricType.DECREASE:
            return numbers.format_short(key_result.target, unit)
        case MetricType.STAY_ABOVE | MetricType.STAY_BELOW | MetricType.STAY_WITHIN:
            low, high = measure_of(key_result).limits
            if low is not None and high is not None:
                return f"{numbers.format_short(low)}–{numbers.format_short(high, unit)}"
            if low is not None:
                return f"≥ {numbers.format_short(low, unit)}"
            return f"≤ {numbers.format_short(high, unit)}"
        case MetricType.MILESTONES:
            count = len(key_result.milestones.all())
            return ngettext("%(count)d milestone", "%(count)d milestones", count) % {"count": count}
        case MetricType.BASELINE:
            return gettext("no target yet")
        case _:
            return ""


@register.simple_tag
def numbers_of(key_result: KeyResult) -> SafeString:
    """`{% numbers_of key_result %}`: where it stands and where it should: **57** / 70 %. Milestones prefetched."""
    goal = goal_of(key_result)
    match key_result.metric:
        case MetricType.DONE:
            now = capfirst(in_unit_of(key_result.current or Decimal(0), key_result))
        case MetricType.ALIGNED:
            now = gettext("Aligned objectives")
        case MetricType.MILESTONES:
            now = str(sum(one.done_at is not None for one in key_result.milestones.all()))
        case MetricType.BASELINE:
            now = numbers.format_short(key_result.current, unit_of(key_result))
        case MetricType.INCREASE | MetricType.DECREASE if key_result.current is None:
            now = numbers.format_short(key_result.start)
        case _:
            now = numbers.format_short(key_result.current)
    strong = "" if key_result.metric in (MetricType.DONE, MetricType.ALIGNED) else "text-base-content font-semibold"
    if not goal:
        return format_html('<span class="{}">{}</span>', strong, now)
    return format_html('<b class="text-base-content font-semibold">{}</b> / {}', now, goal)


@register.inclusion_tag("okrs/_explanation.html")
def explain(explanation: Explanation, key_result: KeyResult | None = None) -> dict[str, Any]:
    """`{% explain explanation key_result=kr %}`: "How is this computed?" as sentences; the key result gives units."""
    return {"explanation": explanation, "n": explanation.numbers, "unit": unit_of(key_result) if key_result else ""}


@register.inclusion_tag("okrs/_how_key_result.html")
def how_key_result(standing: KeyResultStanding) -> dict[str, Any]:
    """`{% how_key_result standing %}`: inside `<c-how>`: progress, pace and confidence of a key result taken apart."""
    key_result = standing.key_result
    if key_result.metric == MetricType.ALIGNED:
        # What supports it is not loaded with a row; the objective page lists it.
        shown = {"raw": standing.progress, "value": standing.shown}
        progress = Explanation(ExplanationKind.SUPPORTING_OBJECTIVES, shown)
    else:
        milestones = key_result.milestones.all() if key_result.metric == MetricType.MILESTONES else ()
        progress = scoring.explain_progress(measure_of(key_result, milestones=milestones))
    return {"standing": standing, "key_result": key_result, "progress": progress}


@register.inclusion_tag("okrs/_how_objective.html")
def how_objective(standing: ObjectiveStanding) -> dict[str, Any]:
    """`{% how_objective standing %}`: inside `<c-how>`: progress, pace and confidence of an objective taken apart."""
    objective = standing.objective
    parts = [scoring.Contribution(one.progress, one.key_result.weight) for one in standing.key_results]
    counted = sum(one.counts for one in parts)
    if objective.counts_supporting:
        numbers_ = {"key_results": counted, "supporting": 1, "left_out": len(parts) - counted, "raw": standing.progress}
        progress = Explanation(ExplanationKind.WEIGHTED_MEAN, numbers_)
    else:
        progress = scoring.objective_progress(parts, (), objective.reported_progress).explanation
    said = scoring.objective_confidence(
        scoring.Confidence(objective.confidence) if objective.confidence else None,
        [
            (scoring.Confidence(one.key_result.confidence) if one.key_result.confidence else None, True)
            for one in standing.key_results
        ],
    )
    return {"standing": standing, "progress": progress, "confidence": said.explanation}


@register.inclusion_tag("okrs/key_result/_explained.html")
def explained(key_result: KeyResult, as_icon: bool = False, prefix: str = "") -> dict[str, Any]:
    """`{% explained key_result %}`: that something locked was changed, when and why; nothing where it was not.

    `as_icon=True` for a row: a small button that shows it. The key result is read `with_explained`.
    """
    return {"key_result": key_result, "change": explained_of(key_result), "as_icon": as_icon, "prefix": prefix}


@register.simple_tag
def change_text(key_result: KeyResult, field: str, before: Any, after: Any) -> str:
    """`{% change_text key_result field before after %}`: "changed the target from 60 % to 70 %"."""
    changed: Any = KeyResult._meta.get_field(field)
    label = str(changed.verbose_name)
    if field == "metric":
        before, after = (str(dict(MetricType.choices).get(value, value)) for value in (before, after))
    elif field in ("start", "target", "lower", "upper"):
        before, after = (numbers.format_number(value, unit_of(key_result)) for value in (before, after))
    elif field == "weight":
        before, after = numbers.format_number(before), numbers.format_number(after)
    values = {"field": label, "before": before or numbers.MISSING, "after": after or numbers.MISSING}
    return gettext("changed the %(field)s from “%(before)s” to “%(after)s”") % values


@register.simple_tag
def step_text(moment: Moment) -> str:
    """`{% step_text moment %}`: "Lena agreed", a step in an objective's life."""
    texts = {
        "submitted": _("%(person)s submitted it"),
        "withdrew_submission": _("%(person)s took it back to go on writing"),
        "recommended": _("%(person)s recommended it"),
        "returned": _("%(person)s returned it"),
        "agreed": _("%(person)s agreed"),
        "activated": _("%(person)s started it"),
        "paused": _("%(person)s paused it"),
        "resumed": _("%(person)s resumed it"),
        "stopped": _("%(person)s stopped it"),
        "took_back": _("%(person)s took the last step back"),
        "unsettled": _("%(person)s changed what had been agreed, so it is a draft again"),
    }
    person = moment.actor.display_name if moment.actor else gettext("The system")
    return str(texts[moment.verb]) % {"person": person}


@register.filter
def as_day(value: date | str | None) -> date | None:
    """`{{ n.end|as_day|date }}`: a day out of the numbers of an explanation."""
    if isinstance(value, datetime):
        return value.date()
    return parse_date(value) if isinstance(value, str) else value


@register.filter
def share_of_bar(share: float | None) -> float:
    """A share limited to 0–1, 0 when missing."""
    return 0.0 if share is None else clamp(share)


@register.filter
def days_until(day: date, today: date) -> str:
    """`{{ cycle.ends_on|days_until:today }}`: 39 days left; last day; ended 3 d ago."""
    days = (day - today).days
    if days < 0:
        return gettext("ended %(when)s") % {"when": ago(day)}
    if days == 0:
        return gettext("last day")
    return ngettext("%(count)d day left", "%(count)d days left", days) % {"count": days}
