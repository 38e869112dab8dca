"""Of which plans somebody reads the budget, and what is said between its office and its sponsor.

The same as rollout.budget_permissions says, as a condition for lists.
"""

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from organizations.enums import Role
from roles.models.scope import in_scope
from rollout.models.plan import PlanOfficer

if TYPE_CHECKING:
    from organizations.actor import Actor


def of_budget(actor: "Actor", to_plan: str = "plan__") -> Q:
    """Return the condition for rows of plans whose budget an actor reads; `to_plan` leads to the plan."""
    if not _is_there(actor):
        return Q(pk=None)
    if actor.is_system or actor.holds(Role.SPONSOR) or actor.holds(Role.LEADERSHIP):
        return ~Q(pk=None)
    return of_talk(actor, to_plan)


def of_talk(actor: "Actor", to_plan: str = "plan__") -> Q:
    """Return the condition for rows of plans an actor is in the office of, or the sponsor."""
    if not _is_there(actor):
        return Q(pk=None)
    if actor.is_system:
        return ~Q(pk=None)
    me = actor.membership
    officer = PlanOfficer.objects.filter(plan=OuterRef(f"{to_plan}pk"), membership=me)
    return Q(**{f"{to_plan}sponsor": me}) | Q(Exists(officer)) | in_scope(actor, Role.PLO, f"{to_plan}team")


def _is_there(actor: "Actor") -> bool:
    return actor.membership is None or actor.membership.is_active
