"""The stakeholders of a plan, as a list and as a map of influence and interest."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from organizations.actor import Actor
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

MINE, OVERDUE = "mine", "overdue"
# So many show in a cell of the map; the list has them all.
IN_CELL = 8


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
class Cell:
    """Those of one influence who care so much: some of them, and how many more there are."""

    interest: Grade
    ones: list[Shown]
    more: int


@dataclass(frozen=True, slots=True)
class MapRow:
    """Those of one influence, by how much they care."""

    influence: Grade
    cells: list[Cell]


@dataclass(slots=True)
class StakeholderPage:
    """Everything on the page of a plan's stakeholders."""

    today: date
    rows: list[Shown]
    # Those that fit what was chosen, of all `rows`.
    wanted: list[Shown] = field(default_factory=list)
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
                [self._cell(influence, interest) for interest in Grade],
            )
            for influence in reversed(Grade)
        ]

    def _cell(self, influence: Grade, interest: Grade) -> Cell:
        ones = [one for one in self.rows if (one.row.influence, one.row.interest) == (influence, interest)]
        return Cell(interest, ones[:IN_CELL], max(len(ones) - IN_CELL, 0))


def stakeholder_page(
    plan: RolloutPlan,
    today: date,
    *,
    with_requests: bool,
    wanted: Mapping[str, Any] | None = None,
    me: Actor | None = None,
) -> StakeholderPage:
    """Return the stakeholders of a plan, those who weigh most first; two queries, however many there are.

    `wanted` are the cleaned values of a StakeholderFilterForm.
    """
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
    page = StakeholderPage(today, shown, [one for one in shown if _fits(one, wanted or {}, me)])
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


def _fits(one: Shown, wanted: Mapping[str, Any], me: Actor | None) -> bool:
    show, attitude = wanted.get("show"), wanted.get("attitude")
    influence, interest = wanted.get("influence"), wanted.get("interest")
    return (
        (show != OVERDUE or one.is_overdue)
        and (show != MINE or (me is not None and me.is_(one.row.owner_id)))
        and (not attitude or one.attitude == attitude)
        and (not influence or one.row.influence == int(influence))
        and (not interest or one.row.interest == int(interest))
    )


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
