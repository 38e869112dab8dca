"""Objectives with their key results as cards show them: how they stand, their last values, what they support."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.urls import reverse

from okrs import permissions
from okrs.enums import MetricType
from okrs.models import Alignment, CheckIn, KeyResult, Milestone, Objective
from okrs.queries.locking import with_explained
from okrs.queries.phases import with_phases
from okrs.queries.review import with_review
from okrs.queries.sharing import with_shares
from okrs.queries.standing import RESTING, KeyResultStanding, ObjectiveStanding, Standings
from organizations.actor import Actor

# Check-ins read with each key result: enough for eight weeks of working days.
RECENT = 40
TREND = 12


@dataclass(frozen=True, slots=True)
class Supported:
    """What an objective supports; a priority has no page of its own."""

    title: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A key result in a list. `trend` holds its last values, `moments` its last check-ins (newest first)."""

    standing: KeyResultStanding
    trend: tuple[float, ...]
    moments: tuple[datetime, ...]
    may_check_in: bool


@dataclass(frozen=True, slots=True)
class Card:
    """An objective in a list, with its key results in order."""

    standing: ObjectiveStanding
    rows: tuple[Row, ...]
    supports: tuple[Supported, ...]

    @property
    def objective(self) -> Objective:
        return self.standing.objective

    @property
    def rests(self) -> bool:
        """Whether it is paused or stopped."""
        return self.objective.status in RESTING


def with_supports(actor: Actor, objectives: QuerySet[Objective]) -> QuerySet[Objective]:
    """Add what each objective supports and the actor may see, and its review, in the same query.

    `cards` and `scored_of` read them.
    """
    links = (
        Alignment.objects.visible_to(actor)
        .filter(objective=OuterRef("pk"))
        .filter(target_objective__archived_at=None, target_key_result__archived_at=None)
        .filter(target_priority__archived_at=None)
        .order_by("pk")
    )
    return with_review(with_shares(actor, objectives)).annotate(
        supported=ArraySubquery(
            links.values(
                json=JSONObject(
                    objective="target_objective_id",
                    objective_title="target_objective__title",
                    key_result="target_key_result__title",
                    key_result_objective="target_key_result__objective_id",
                    priority="target_priority__title",
                )
            )
        )
    )


def with_recent(key_results: QuerySet[KeyResult]) -> QuerySet[KeyResult]:
    """Add the last check-ins of each key result, in the same query; `row_of` reads them."""
    check_ins = CheckIn.objects.standing().filter(key_result=OuterRef("pk")).newest_first()
    return key_results.annotate(
        recent=ArraySubquery(
            check_ins.values(
                json=JSONObject(id="id", at="at", value="value", progress="progress", corrects="corrects_id")
            )[:RECENT]
        )
    )


def with_milestones(key_results: QuerySet[KeyResult]) -> QuerySet[KeyResult]:
    """Add the milestones of each key result, in the same query; `prepared` reads them."""
    milestones = Milestone.objects.filter(key_result=OuterRef("pk")).order_by("position", "pk")
    return key_results.annotate(
        milestone_rows=ArraySubquery(
            milestones.values(
                json=JSONObject(id="id", title="title", weight="weight", due_on="due_on", done_at="done_at")
            )
        ),
    )


def prepared(key_results: Iterable[KeyResult]) -> list[KeyResult]:
    """Return key results read `with_milestones`, their milestones in place as if prefetched."""
    rows = list(key_results)
    for row in rows:
        found = [_milestone(row, values) for values in row.milestone_rows]  # type: ignore[attr-defined]
        prefetched = row.milestones.all()
        prefetched._result_cache = found
        row._prefetched_objects_cache = {"milestones": prefetched}  # type: ignore[attr-defined]
    return rows


def cards(
    actor: Actor, objectives: Sequence[Objective], standings: Standings, *, slug: str, recent: bool = True
) -> list[Card]:
    """Return the cards of objectives read `with_supports` and with cycle, team and owner; one query.

    Without `recent` there are no trends and no moments of check-ins, which cost most.
    """
    found: dict[UUID, list[KeyResult]] = {objective.pk: [] for objective in objectives}
    rows = KeyResult.objects.filter(objective__in=list(found), archived_at=None).select_related("owner").listed()
    shown = with_explained(with_recent(rows) if recent else rows)
    for row in prepared(with_phases(with_milestones(shown))):
        found[row.objective_id].append(row)
    return [card_of(actor, objective, found[objective.pk], standings, slug=slug) for objective in objectives]


def card_of(
    actor: Actor, objective: Objective, key_results: Sequence[KeyResult], standings: Standings, *, slug: str
) -> Card:
    """Return the card of one objective from rows that are loaded; no query but for the actor's roles."""
    standing = standings.of_objective(objective, key_results)
    for key_result in key_results:
        key_result.objective = objective
    return Card(
        standing=standing,
        rows=tuple(row_of(actor, one) for one in standing.key_results),
        supports=tuple(_supported(link, slug) for link in getattr(objective, "supported", ())),
    )


def row_of(actor: Actor, standing: KeyResultStanding) -> Row:
    """Return a key result as a row; its objective must be loaded."""
    key_result = standing.key_result
    return Row(
        standing=standing,
        trend=trend_of(key_result),
        moments=tuple(datetime.fromisoformat(one["at"]) for one in _recent(key_result)),
        may_check_in=standing.check_in is not None and bool(permissions.check_in(actor, key_result)),
    )


def trend_of(key_result: KeyResult) -> tuple[float, ...]:
    """Return the last values of a key result read `with_recent`, oldest first, with its start where that is near."""
    name = "progress" if key_result.metric == MetricType.MILESTONES else "value"
    recent = _recent(key_result)
    wrong = {one["corrects"] for one in recent} - {None}
    shown = [one for one in recent[:TREND] if one["id"] not in wrong]
    values = [one[name] for one in reversed(shown) if one[name] is not None]
    if key_result.metric in (MetricType.DONE, MetricType.ALIGNED):
        return ()
    if len(values) < TREND and values:
        start = 0.0 if key_result.metric == MetricType.MILESTONES else key_result.start
        values = values if start is None else [float(start), *values]
    return tuple(float(value) for value in values)


def _recent(key_result: KeyResult) -> list[dict[str, Any]]:
    return getattr(key_result, "recent", [])


def _milestone(key_result: KeyResult, values: dict[str, Any]) -> Milestone:
    due_on, done_at = values["due_on"], values["done_at"]
    return Milestone(
        id=UUID(str(values["id"])),
        organization_id=key_result.organization_id,
        key_result=key_result,
        title=values["title"],
        weight=Decimal(str(values["weight"])),
        due_on=date.fromisoformat(str(due_on)) if due_on else None,
        done_at=datetime.fromisoformat(str(done_at)) if done_at else None,
    )


def _supported(link: dict[str, str | None], slug: str) -> Supported:
    if link["priority"]:
        return Supported(link["priority"])
    target = link["objective"] or link["key_result_objective"]
    return Supported(
        link["objective_title"] or link["key_result"] or "", reverse("okrs:objective", args=[slug, target])
    )
