"""Which plans somebody runs or stands behind, as a condition on rows that belong to a plan."""

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from organizations.enums import Role
from roles.models.scope import in_scope
from rollout.models.plan import PlanOfficer

if TYPE_CHECKING:
    from organizations.actor import Actor


def run_by(actor: "Actor", to_plan: str) -> Q:
    """Return the condition for rows of plans an actor changes, as the rule EDIT_PLAN says of one.

    `to_plan` leads from the row to its plan, as in "stakeholder__plan". Nothing for who has left.
    """
    if actor.membership is None:
        return Q()
    if not actor.membership.is_active:
        return Q(pk=None)
    officers = PlanOfficer.objects.filter(plan=OuterRef(f"{to_plan}_id"), membership=actor.membership)
    return in_scope(actor, Role.PLO, f"{to_plan}__team") | Q(Exists(officers))


def seen_with_sponsor(actor: "Actor", to_plan: str) -> Q:
    """Return the condition for rows of plans an actor changes or is the sponsor of."""
    if actor.membership is None or not actor.membership.is_active:
        return run_by(actor, to_plan)
    return run_by(actor, to_plan) | Q(**{f"{to_plan}__sponsor": actor.membership})
