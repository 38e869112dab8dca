"""Who is in the Program Lead Office of plans."""

from organizations.actor import Actor
from rollout.models import PlanOfficer


def is_officer_somewhere(actor: Actor) -> bool:
    """Return whether an actor is in the Program Lead Office of some plan; one query, once for each actor."""
    found: bool | None = actor.memo.get("rollout.is_officer")
    if found is None:
        found = actor.membership is not None and PlanOfficer.objects.filter(membership=actor.membership).exists()
        actor.memo["rollout.is_officer"] = found
    return found
