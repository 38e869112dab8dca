"""Which plans somebody reads: the same as the permissions, for lists."""

from django.db.models import Exists, OuterRef, Q

from organizations.actor import Actor
from organizations.enums import Role
from rollout.models import PlanOfficer
from rollout.models.plan import WRITTEN

_READERS = (Role.SPONSOR, Role.LEADERSHIP)


def readable_outline(actor: Actor) -> Q:
    """Return the condition for plans of which an actor may read at least the outline."""
    return ~Q(state__in=WRITTEN) | readable_whole(actor)


def readable_whole(actor: Actor, to_plan: str = "") -> Q:
    """Return the condition for plans an actor may read the whole of; `to_plan` leads there, as in "plan__"."""
    if actor.is_administrator or actor.holds_somewhere(Role.PLO, Role.COACH) or any(map(actor.holds, _READERS)):
        return ~Q(**{f"{to_plan}pk": None})
    me = actor.membership
    officer = PlanOfficer.objects.filter(plan=OuterRef(f"{to_plan}pk"), membership=me)
    return Q(**{f"{to_plan}sponsor": me}) | Q(Exists(officer))
