"""Deleting what was written about stakeholders, with the programme: nothing of it is kept."""

from datetime import timedelta

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _

from okrapp.notifications.models import Notification
from organizations.actor import Actor, system_actor
from organizations.domain import audit
from organizations.errors import Refused
from organizations.models import AuditEntry
from rollout.domain import buy_in
from rollout.domain.plan import lock_plan
from rollout.domain.stakeholder import REMOVED_KEPT
from rollout.domain.telling_of_people import KINDS_ABOUT_STAKEHOLDERS
from rollout.enums import PlanState
from rollout.models import DisclosureRequest, RolloutPlan, Stakeholder
from rollout.models.plan import OVER

# How long stakeholders are kept once a plan is completed or stopped.
KEPT = timedelta(days=90)


def delete_stakeholder_data(*, actor: Actor, plan: RolloutPlan) -> None:
    """Delete the stakeholders of a plan that is over or archived, with everything about them, for good.

    Raises Refused while the plan goes on. Side effects: also requests for disclosure and what people were told about
    either; one audit entry of the plan, which says that it was done and nothing else.
    """
    with transaction.atomic():
        locked = lock_plan(plan, also_over=True)
        if not locked.is_over and locked.archived_at is None:
            raise Refused(_("This plan goes on. Complete, stop or archive it first."))
        _delete(actor, locked)


def throw_away() -> None:
    """Delete the stakeholders of plans that ended more than KEPT ago, and what was removed more than a day ago.

    Side effects: one audit entry of each plan whose stakeholders are deleted.
    """
    now = timezone.now()
    Stakeholder.objects.filter(removed_at__lt=now - REMOVED_KEPT).delete()
    buy_in.throw_away(now - REMOVED_KEPT)
    ended = AuditEntry.objects.filter(
        object_type=RolloutPlan._meta.label_lower,
        object_id=OuterRef("id_text"),
        verb__in=(PlanState.COMPLETED, PlanState.STOPPED),
        at__lt=now - KEPT,
    )
    holding = Exists(Stakeholder.objects.filter(plan=OuterRef("pk"))) | Exists(
        DisclosureRequest.objects.filter(plan=OuterRef("pk"))
    )
    plans = RolloutPlan.objects.filter(holding, state__in=OVER).annotate(id_text=Cast("pk", CharField()))
    for plan in plans.filter(Exists(ended)).order_by("pk"):
        _delete(system_actor(), lock_plan(plan, also_over=True))


def _delete(actor: Actor, plan: RolloutPlan) -> None:
    Stakeholder.objects.filter(plan=plan).delete()
    DisclosureRequest.objects.filter(plan=plan).delete()
    Notification.objects.filter(kind__in=KINDS_ABOUT_STAKEHOLDERS, facts__plan_id=str(plan.pk)).delete()
    audit.record(actor=actor, verb="deleted_stakeholders", subject=plan)
