"""What the audit trail must not tell: who takes part in which course, and who came."""

from django.db.models import CharField, Q
from django.db.models.functions import Cast

from organizations.actor import Actor
from organizations.enums import Role
from rollout.models import Enrolment


def hidden_from(actor: Actor) -> Q:
    """Return the condition for entries about enrolments an actor may not see."""
    if actor.is_system or actor.holds(Role.PLO):
        return Q(pk=None)
    readable = Enrolment.objects.visible_to(actor).annotate(id_text=Cast("pk", CharField())).values("id_text")
    return Q(object_type="rollout.enrolment") & ~Q(object_id__in=readable)
