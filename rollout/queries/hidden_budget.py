"""What the audit trail must not tell: money, and what the office of a plan and its sponsor say to each other."""

from django.db.models import CharField, Model, Q, QuerySet
from django.db.models.functions import Cast

from organizations.actor import Actor
from rollout.models import BudgetLine, Escalation, PlanComment, PlanVersion
from rollout.models.sight import of_budget


def hidden_from(actor: Actor) -> Q:
    """Return the condition for entries about budgets, escalations and comments an actor may not read.

    What was removed for good is told to nobody but those who read all of its kind: its plan is not known any more.
    """
    if actor.is_system:
        return Q(pk=None)
    seen: list[QuerySet[Model]] = [
        BudgetLine.objects.visible_to(actor),
        PlanVersion.objects.filter(of_budget(actor)),
        Escalation.objects.visible_to(actor),
        PlanComment.objects.visible_to(actor),
    ]
    hidden = Q(pk=None)
    for rows in seen:
        ids = rows.order_by().annotate(id_text=Cast("pk", CharField())).values("id_text")
        hidden |= Q(object_type=rows.model._meta.label_lower) & ~Q(object_id__in=ids)
    return hidden
