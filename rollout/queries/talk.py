"""What the office of a plan and its sponsor say to each other: comments, and what waits for a decision."""

from dataclasses import dataclass

from django.db.models import Case, IntegerField, Value, When

from organizations.actor import Actor
from rollout.enums import EscalationState
from rollout.models import Escalation, PlanComment, RolloutPlan


@dataclass(frozen=True, slots=True)
class Said:
    """A comment, and whether the reader may remove it."""

    comment: PlanComment
    may_remove: bool


def comments_on(actor: Actor, plan: RolloutPlan) -> list[Said]:
    """Return the comments on a plan, the oldest first; one query."""
    rows = PlanComment.objects.standing().filter(plan=plan).select_related("author")
    return [Said(one, actor.is_(one.author_id)) for one in rows]


def escalations_of(plan: RolloutPlan) -> list[Escalation]:
    """Return the escalations of a plan: those that wait first, closed ones last; one query."""
    order = Case(
        *(When(state=state, then=Value(place)) for place, state in enumerate(EscalationState.values)),
        output_field=IntegerField(),
    )
    rows = Escalation.objects.filter(plan=plan).select_related("raised_by", "answered_by")
    return list(rows.order_by(order, "due_on", "pk"))
