"""What the audit trail must not tell: that something was written about a stakeholder, or by a leader."""

from django.db.models import CharField, Q
from django.db.models.functions import Cast

from organizations.actor import Actor
from rollout.models import BuyInLeader, DisclosureRequest, LeaderCommitment, Stakeholder, StakeholderConcern
from rollout.models.office import seen_with_sponsor


def hidden_from(actor: Actor) -> Q:
    """Return the condition for entries about stakeholders and leaders an actor may not read.

    Those of rows that are gone are hidden from everybody: what was deleted with the programme leaves no trace.
    """
    if actor.is_system:
        return Q(pk=None)
    readable = {
        Stakeholder: Stakeholder.objects.visible_to(actor),
        StakeholderConcern: StakeholderConcern.objects.filter(seen_with_sponsor(actor, "stakeholder__plan")),
        DisclosureRequest: DisclosureRequest.objects.visible_to(actor),
        LeaderCommitment: LeaderCommitment.objects.visible_to(actor),
        BuyInLeader: BuyInLeader.objects.visible_to(actor),
    }
    hidden = Q(pk=None)
    for model, rows in readable.items():
        ids = rows.annotate(id_text=Cast("pk", CharField())).order_by().values("id_text")
        hidden |= Q(object_type=model._meta.label_lower) & ~Q(object_id__in=ids)
    return hidden
