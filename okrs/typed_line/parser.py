"""From a line to a measure: pairs of numbers first, then the one number that matters, then lines without
any."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise

from okrs.scoring import Metric
from okrs.typed_line.language import detect
from okrs.typed_line.phrases import JOINED, NEVER, Context, Lead, Limit, Verb, Verbs, context_of, is_near, verbs_of
from okrs.typed_line.quantities import Quantity, find_quantities
from okrs.typed_line.result import Doubt, Match, Role, TypedLine, UnitKind
from okrs.typed_line.vocabulary import BASELINE_WORDS, LANGUAGES, LOWER_IS_BETTER, MULTIPLIERS

MAX_READ = 500
"""A title is no longer than this; more is not looked at, so that a pasted book costs nothing."""
SAME_MAGNITUDE = Decimal(20)
"""A magnitude written once belongs to both numbers while they are this close ("from 10 to 25k", not "from
800 to 1.2k")."""


@dataclass(slots=True)
class Reading:
    """The reading while it is being made."""

    metric: Metric
    start: Quantity | None = None
    target: Quantity | None = None
    band: tuple[Quantity, Quantity] | None = None
    change: Decimal | None = None
    changed: Quantity | None = None
    assumed_start: Decimal | None = None
    doubts: set[Doubt] = field(default_factory=set)
    spans: list[tuple[int, int]] = field(default_factory=list)

    def guess(self, doubt: Doubt) -> "Reading":
        """Add a doubt."""
        self.doubts.add(doubt)
        return self


def parse(text: str, language: str | None = None) -> TypedLine:
    """Return what `text` says about metric, start, target and unit; never raises, whatever the text.

    `language` ("en", "de", "sv", or None for the language the line seems to be in) decides how numbers such
    as 1,200 are read; words are understood in all three. Where the line leaves room, the result is the best
    guess and `doubts` says what was guessed. Only the first 500 characters are read.
    """
    line = text[:MAX_READ]
    seen, is_clear = detect(line)
    if language not in LANGUAGES:
        language = seen
    quantities = find_quantities(line, language)
    # The grammar of nouns follows the language the line is written in, numbers follow the one asked for.
    if language != seen and is_clear and "de" in (language, seen):
        quantities = _with_units_of(find_quantities(line, seen), quantities)
    contexts = [
        context_of(
            line,
            quantity,
            quantities[index - 1].end if index else 0,
            quantities[index + 1].start if index + 1 < len(quantities) else len(line),
        )
        for index, quantity in enumerate(quantities)
    ]
    verbs = verbs_of(line)
    reading = _pair(line, contexts, verbs) or _single(line, contexts, verbs) or _without_number(line, verbs)
    return _result(text, language, reading)


def _with_units_of(units: list[Quantity], values: list[Quantity]) -> list[Quantity]:
    """Return `values` with the noun units of the same numbers read in another language."""
    by_start = {one.number_start: one for one in units}
    return [
        replace(one, unit=replace(by_start[one.number_start].unit, multiplier=one.unit.multiplier))
        if one.number_start in by_start and one.unit.kind is UnitKind.NUMBER
        else one
        for one in values
    ]


def _pair(line: str, contexts: list[Context], verbs: Verbs) -> Reading | None:
    """Read two numbers that belong together, doubtful where more of them lead somewhere; None without a
    pair."""
    reading = _first_pair(line, contexts, verbs)
    if reading is not None and sum(one.lead in (Lead.TO, Lead.ARROW) for one in contexts) > 1:
        reading.guess(Doubt.SEVERAL_NUMBERS)
    return reading


def _first_pair(line: str, contexts: list[Context], verbs: Verbs) -> Reading | None:
    """Read "from A to B", "A → B", "to B (from A)" or a band; None without such a pair."""
    pairs = list(pairwise(contexts))
    for first, second in pairs:
        between = line[first.quantity.end : second.quantity.start]
        joined = JOINED.match(between) is not None
        has_keep = Verb.KEEP in verbs and verbs.towards is None
        if first.lead is Lead.BETWEEN and joined:
            return _band(first, second, has_keep)
        if has_keep and joined and first.lead is not Lead.FROM:
            return _band(first, second, has_keep)
    for first, second in pairs:
        if first.lead is Lead.FROM and second.lead in (Lead.TO, Lead.ARROW):
            return _from_to(first, second, verbs)
    for first, second in pairs:
        if second.lead is Lead.ARROW or (second.lead is Lead.TO and first.lead is Lead.NONE and not first.more_or_less):
            return _from_to(first, second, verbs)
    for first, second in pairs:
        to_first = first.lead is Lead.TO or Verb.REACH in verbs or verbs.towards
        if to_first and (second.lead is Lead.FROM or second.is_today):
            return _from_to(second, first, verbs)
    for first, second in pairs:
        between = line[first.quantity.end : second.quantity.start]
        if first.lead is Lead.NONE and between.strip() in {"-", "–", "—"}:
            return _from_to(first, second, verbs).guess(Doubt.METRIC_GUESSED)
    return None


def _band(first: Context, second: Context, is_said: bool) -> Reading:
    low, high, doubts = _in_one_unit(first.quantity, second.quantity)
    band = (low, high) if low.value <= high.value else (high, low)
    reading = Reading(Metric.STAY_WITHIN, band=band, doubts=doubts, spans=[first.span])
    if low.value == high.value:
        doubts.add(Doubt.START_EQUALS_TARGET)
    return reading if is_said else reading.guess(Doubt.METRIC_GUESSED)


def _from_to(first: Context, second: Context, verbs: Verbs) -> Reading:
    start, target, doubts = _in_one_unit(first.quantity, second.quantity)
    verb = [verbs.spans[verbs.towards]] if verbs.towards else []
    spans = [*verb, first.span, second.span]
    said = {Verb.INCREASE: Metric.INCREASE, Verb.DECREASE: Metric.DECREASE, None: None}[verbs.towards]
    if Doubt.UNITS_DIFFER in doubts:  # 2 days and 4 hours do not compare; the start is asked for in the target's unit
        metric = said or (Metric.INCREASE if target.value > start.value else Metric.DECREASE)
        return Reading(metric, target=target, doubts=doubts, spans=spans)
    if start.value == target.value:
        doubts.add(Doubt.START_EQUALS_TARGET)
        return Reading(said or Metric.INCREASE, target=target, doubts=doubts, spans=spans)
    metric = Metric.INCREASE if target.value > start.value else Metric.DECREASE
    if said is not None and said is not metric:
        doubts.add(Doubt.DIRECTION_CONTRADICTS)
    return Reading(metric, start=start, target=target, doubts=doubts, spans=spans)


def _in_one_unit(first: Quantity, second: Quantity) -> tuple[Quantity, Quantity, set[Doubt]]:
    """Give the unit that was written once to both, and say where two were written that differ."""
    if second.has_unit and not first.has_unit and _may_share(first, second):
        first = first.sharing(second)
    elif first.has_unit and not second.has_unit and _may_share(second, first):
        second = second.sharing(first)
    one, other = first.unit, second.unit
    doubts: set[Doubt] = set()
    if one.text and other.text and one.text[:3].casefold() != other.text[:3].casefold():
        doubts.add(Doubt.UNITS_DIFFER)
    elif one.text and not other.text:
        second = replace(second, unit=replace(other, text=one.text, kind=one.kind, currency=one.currency))
    return first, second, doubts


def _may_share(bare: Quantity, measured: Quantity) -> bool:
    if measured.unit.multiplier == 1:
        return True
    low, high = sorted((abs(bare.bare), abs(measured.bare)))
    return high <= low * SAME_MAGNITUDE


def _single(line: str, contexts: list[Context], verbs: Verbs) -> Reading | None:
    """Read the one number that matters; None where there is none, or the line looks for one."""
    if not contexts:
        return None
    chosen = max(contexts, key=lambda one: _weight(line, one, verbs))
    if BASELINE_WORDS.search(line) and chosen.lead not in (Lead.TO, Lead.ARROW):
        return None
    reading = _measure(line, chosen, verbs)
    if len(contexts) > 1:
        reading.guess(Doubt.SEVERAL_NUMBERS)
    return reading


def _weight(line: str, one: Context, verbs: Verbs) -> int:
    """How likely a number is the one that matters; of equal ones the first is taken."""
    weight = {Lead.TO: 6, Lead.ARROW: 6, Lead.BY: 5}.get(one.lead, 0)
    weight += 4 if one.limit is not Limit.NONE or one.more_or_less else 0
    weight += 2 if one.quantity.unit.kind is not UnitKind.NUMBER else 0
    near = (Verb.COUNT, Verb.DONE, Verb.REACH)
    return weight + 3 * any(verb in verbs and is_near(line, verbs.spans[verb], one.quantity) for verb in near)


def _measure(line: str, one: Context, verbs: Verbs) -> Reading:
    """Read a line whose only number that matters is `one`."""
    quantity = one.quantity
    keep = verbs.spans.get(Verb.KEEP)
    towards = verbs.towards
    lower = LOWER_IS_BETTER.search(line) is not None
    natural = Metric.DECREASE if lower else Metric.INCREASE
    is_to = one.lead in (Lead.TO, Lead.ARROW)
    if towards and (keep is None or verbs.spans[towards][0] < keep[0]):
        metric = Metric.INCREASE if towards is Verb.INCREASE else Metric.DECREASE
        return _towards(one, metric, verbs.spans[towards], one.limit is Limit.NONE and not is_to)
    if keep is not None and not (is_near(line, keep, quantity) and _is_counted(line, one, keep)):
        return _stay(line, one, keep, lower)
    if one.more_or_less or one.lead is Lead.BY or quantity.sign == "+":
        less = one.more_or_less < 0 or (not one.more_or_less and quantity.sign != "+" and lower)
        return _changed(one, Metric.DECREASE if less else Metric.INCREASE, one.span)
    if one.lead is Lead.FROM:
        return Reading(natural, start=quantity, spans=[one.span]).guess(Doubt.METRIC_GUESSED)
    if Verb.REACH in verbs:
        metric = Metric.DECREASE if one.limit is Limit.BELOW else natural
        return Reading(metric, target=quantity, spans=[verbs.spans[Verb.REACH], one.span])
    if is_to:
        verb = [verbs.spans[Verb.IMPROVE]] if Verb.IMPROVE in verbs else []
        metric = Metric.DECREASE if one.limit is Limit.BELOW else natural
        return Reading(metric, target=quantity, spans=[*verb, one.span]).guess(Doubt.METRIC_GUESSED)
    near = [
        verbs.spans[verb]
        for verb in (Verb.COUNT, Verb.DONE, Verb.KEEP)
        if verb in verbs and is_near(line, verbs.spans[verb], quantity)
    ]
    if near and one.limit is not Limit.BELOW:
        return _counted(quantity, [near[0], one.span])
    return _unsaid(one, verbs, natural)


def _unsaid(one: Context, verbs: Verbs, natural: Metric) -> Reading:
    """Guess for a number that no verb leads to."""
    by_limit = {Limit.BELOW: Metric.STAY_BELOW, Limit.ABOVE: Metric.STAY_ABOVE, Limit.AT_LEAST: Metric.INCREASE}
    if one.limit in by_limit:
        reading = Reading(by_limit[one.limit], target=one.quantity, spans=[one.span])
    elif Verb.DONE in verbs:
        reading = Reading(Metric.DONE, spans=[verbs.spans[Verb.DONE]])
    else:
        reading = Reading(natural, target=one.quantity)
    return reading.guess(Doubt.METRIC_GUESSED)


def _is_counted(line: str, one: Context, keep: tuple[int, int]) -> bool:
    """Whether "hold 10 workshops" is meant rather than "hold churn": a count right behind the verb, no
    limit."""
    is_count = one.quantity.unit.kind is UnitKind.NUMBER and one.limit is Limit.NONE and one.lead is Lead.NONE
    between = line[keep[1] : one.quantity.start] if keep[1] <= one.quantity.start else " "
    return is_count and not between.strip() and line[keep[0] : keep[1]].casefold()[:3] in {"hol", "hal", "hål", "häl"}


def _towards(one: Context, metric: Metric, verb: tuple[int, int], is_bare: bool) -> Reading:
    """Read a number behind a verb of direction: a target, a start, or only a change."""
    if one.lead is Lead.FROM:
        return Reading(metric, start=one.quantity, spans=[verb, one.span])
    is_change = one.lead is Lead.BY or one.quantity.sign == "+" or one.more_or_less != 0
    if is_change or (is_bare and one.quantity.unit.kind is UnitKind.PERCENT):
        return _changed(one, metric, verb)
    reading = Reading(metric, target=one.quantity, spans=[verb, one.span])
    return reading.guess(Doubt.METRIC_GUESSED) if is_bare else reading


def _changed(one: Context, metric: Metric, verb: tuple[int, int]) -> Reading:
    size = abs(one.quantity.value)
    change = -size if metric is Metric.DECREASE else size
    spans = [verb, one.span]
    return Reading(metric, change=change, changed=one.quantity, spans=spans).guess(Doubt.RELATIVE_CHANGE)


def _stay(line: str, one: Context, keep: tuple[int, int], lower: bool) -> Reading:
    """Read "keep … below N": the comparison decides, "never" turns it round."""
    is_never = NEVER.fullmatch(line, *keep) is not None
    if one.limit is Limit.NONE:
        metric = Metric.STAY_BELOW if lower or is_never else Metric.STAY_ABOVE
        return Reading(metric, target=one.quantity, spans=[keep, one.span]).guess(Doubt.METRIC_GUESSED)
    is_below = (one.limit is Limit.BELOW) is not is_never
    metric = Metric.STAY_BELOW if is_below else Metric.STAY_ABOVE
    return Reading(metric, target=one.quantity, spans=[keep, one.span])


def _counted(quantity: Quantity, spans: list[tuple[int, int]]) -> Reading:
    """Read "win 10 customers": counted from 0, which is said; a share may well have begun already."""
    reading = Reading(Metric.INCREASE, target=quantity, spans=spans)
    if quantity.unit.kind is UnitKind.NUMBER and quantity.value != 0:
        reading.assumed_start = Decimal(0)
        reading.guess(Doubt.START_ASSUMED)
    return reading


def _without_number(line: str, verbs: Verbs) -> Reading:
    """Read a line that names no number that matters."""
    if baseline := BASELINE_WORDS.search(line):
        return Reading(Metric.BASELINE, spans=[baseline.span()])
    for pattern, change in MULTIPLIERS:
        if word := pattern.search(line):
            metric = Metric.INCREASE if change > 0 else Metric.DECREASE
            reading = Reading(metric, change=Decimal(change), spans=[word.span()])
            return reading.guess(Doubt.RELATIVE_CHANGE)
    first_done = verbs.spans.get(Verb.DONE)
    if verbs.towards and (first_done is None or verbs.spans[verbs.towards][0] < first_done[0]):
        metric = Metric.INCREASE if verbs.towards is Verb.INCREASE else Metric.DECREASE
        return Reading(metric, spans=[verbs.spans[verbs.towards]]).guess(Doubt.NO_NUMBER)
    if first_done is not None:
        return Reading(Metric.DONE, spans=[first_done])
    return Reading(Metric.DONE).guess(Doubt.METRIC_GUESSED)


def _result(text: str, language: str, reading: Reading) -> TypedLine:
    """Turn a reading into the result, with its unit, its spans and every doubt."""
    band = reading.band
    used: list[tuple[Quantity | None, Role]] = [
        (reading.start, Role.START),
        (reading.target, Role.TARGET),
        (band[0] if band else None, Role.BAND_LOW),
        (band[1] if band else None, Role.BAND_HIGH),
        (reading.changed, Role.CHANGE),
    ]
    quantities = [(quantity, role) for quantity, role in used if quantity is not None]
    doubts = set(reading.doubts)
    matches = [Match(start, end, Role.METRIC) for start, end in reading.spans if start < end]
    for quantity, role in quantities:
        doubts |= quantity.doubts
        matches.append(Match(quantity.number_start, quantity.number_end, role))
        matches.append(Match(quantity.prefix_start, quantity.prefix_end, Role.UNIT))
        matches.append(Match(quantity.unit.start, quantity.unit.end, Role.UNIT))
    is_percent_change = reading.change is not None and (
        reading.changed is None or reading.changed.unit.kind is UnitKind.PERCENT
    )
    # The unit of the last one named: the target's, the upper limit's. A change in per cent says nothing
    # about it.
    measured = None if is_percent_change or not quantities else quantities[-1][0].unit
    return TypedLine(
        title=" ".join(text.split()),
        language=language,
        metric=reading.metric,
        start=reading.start.value if reading.start else reading.assumed_start,
        target=reading.target.value if reading.target else None,
        band_low=band[0].value if band else None,
        band_high=band[1].value if band else None,
        unit=measured.text if measured else "",
        unit_kind=measured.kind if measured else UnitKind.NUMBER,
        currency=measured.currency if measured else "",
        change=reading.change,
        change_is_percent=is_percent_change,
        matched=_in_order(text, matches),
        doubts=frozenset(doubts),
    )


def _in_order(text: str, matches: Iterable[Match]) -> tuple[Match, ...]:
    """Trim each span to its words, drop empty ones, and let numbers win where words reach into them."""
    kept: list[Match] = []
    for match in sorted(matches, key=lambda one: (one.role is Role.METRIC, one.start)):
        piece = text[match.start : match.end]
        start = match.start + len(piece) - len(piece.lstrip())
        end = match.end - (len(piece) - len(piece.rstrip()))
        if start < end and all(end <= other.start or other.end <= start for other in kept):
            kept.append(Match(start, end, match.role))
    return tuple(sorted(kept, key=lambda one: one.start))
