"""The stakeholders of a plan, as a list and as a map of influence and interest."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from rollout.enums import Attitude, ConcernState, Grade
from rollout.models import DisclosureRequest, RolloutPlan, Stakeholder, StakeholderAttitude, StakeholderConcern

# What is done with those of a cell, from product practice: how much they weigh × how much they care.
TONES = {
    Attitude.CHAMPION: ("ok", "star"),
    Attitude.SUPPORTER: ("ok", "thumbs-up"),
    Attitude.NEUTRAL: ("neutral", "circle-minus"),
    Attitude.SCEPTIC: ("warn", "circle-question-mark"),
    Attitude.OPPONENT: ("bad", "octagon-x"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A stakeholder in list and map."""

    row: Stakeholder
    attitude: Attitude | None
    concerns: int
    is_overdue: bool

    @property
    def tone(self) -> str:
        return TONES[self.attitude][0] if self.attitude is not None else "neutral"

    @property
    def icon(self) -> str:
        return TONES[self.attitude][1] if self.attitude is not None else "circle-dashed"


@dataclass(frozen=True, slots=True)
class MapRow:
    """Those of one influence, by how much they care."""

    influence: Grade
    cells: list[tuple[Grade, list[Shown]]]


@dataclass(slots=True)
class StakeholderPage:
    """Everything on the page of a plan's stakeholders."""

    today: date
    rows: list[Shown]
    requests: list[DisclosureRequest] = field(default_factory=list)

    @property
    def columns(self) -> list[Grade]:
        """How much they care, the least first."""
        return list(Grade)

    @property
    def map(self) -> list[MapRow]:
        """The map, the most influential above."""
        return [
            MapRow(
                influence,
                [
                    (
                        interest,
                        [one for one in self.rows if (one.row.influence, one.row.interest) == (influence, interest)],
                    )
                    for interest in Grade
                ],
            )
            for influence in reversed(Grade)
        ]


def stakeholder_page(plan: RolloutPlan, today: date, *, with_requests: bool) -> StakeholderPage:
    """Return the stakeholders of a plan, those who weigh most first; two queries, however many there are."""
    rows = with_standing(Stakeholder.objects.standing().filter(plan=plan)).select_related("membership", "owner")
    shown = [
        Shown(
            row,
            Attitude(row.current_attitude) if row.current_attitude else None,
            row.open_concerns or 0,
            row.is_overdue(today) and not plan.is_over,
        )
        for row in rows.order_by("-influence", "-interest", "created_at", "pk")
    ]
    page = StakeholderPage(today, shown)
    if with_requests:
        page.requests = list(
            DisclosureRequest.objects.filter(plan=plan, answered_at=None)
            .select_related("membership")
            .order_by("asked_at", "pk")
        )
        entries = {one.row.membership_id: one.row for one in shown}
        for request in page.requests:
            request.entry = entries.get(request.membership_id)  # type: ignore[attr-defined]
    return page


def with_standing(rows: QuerySet[Stakeholder]) -> QuerySet[Any]:
    """Return entries that also know `current_attitude` ("" for none) and `open_concerns`, a number."""
    latest = StakeholderAttitude.objects.filter(stakeholder=OuterRef("pk"))
    concerns = (
        StakeholderConcern.objects.filter(stakeholder=OuterRef("pk"))
        .order_by()
        .values("stakeholder")
        .annotate(number=Count("pk", filter=Q(state=ConcernState.OPEN)))
    )
    return rows.annotate(
        current_attitude=Subquery(latest.values("attitude")[:1]), open_concerns=Subquery(concerns.values("number")[:1])
    )
