"""Steps on the way to the target, read together with their key results."""

from datetime import date
from decimal import Decimal

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, OuterRef, QuerySet
from django.db.models.functions import Cast, JSONObject

from okrs import scoring
from okrs.models import KeyResult, PhasedTarget

Dated = tuple[date, Decimal]


def with_phases(key_results: QuerySet[KeyResult]) -> QuerySet[KeyResult]:
    """Add the steps of each key result, in the same query; `phases_of` reads them."""
    steps = PhasedTarget.objects.filter(key_result=OuterRef("pk")).order_by("due_on")
    # As text: the numbers of JSON would lose digits.
    value = Cast("value", CharField())
    return key_results.annotate(phase_rows=ArraySubquery(steps.values(json=JSONObject(due="due_on", value=value))))


def phases_of(key_result: KeyResult) -> tuple[scoring.PhasedTarget, ...]:
    """Return the steps of a key result, the earliest first; no query if it was read `with_phases`, else one."""
    if key_result.metric not in scoring.GRADUAL:
        return ()
    rows = getattr(key_result, "phase_rows", None)
    if rows is None:
        return tuple(scoring.PhasedTarget(one.due_on, one.value) for one in key_result.phased_targets.all())
    return tuple(scoring.PhasedTarget(date.fromisoformat(one["due"]), Decimal(one["value"])) for one in rows)


def way_of(key_result: KeyResult, first_day: date, last_day: date) -> list[Dated]:
    """Return where a gradual key result should be day by day: stairs by its steps, else straight to the target."""
    start, target = key_result.start, key_result.target
    if start is None or target is None:
        return []
    way, reached = [(first_day, start)], start
    for step in phases_of(key_result):
        way += [(step.due, reached), (step.due, step.value)]
        reached = step.value
    if reached is not start:
        way.append((last_day, reached))
    return [*way, (last_day, target)]
