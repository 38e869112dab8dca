"""Asking what plans hold about oneself, and disclosing it: whether there is anything is said by the office alone."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations.actor import Actor
from organizations.errors import Refused
from rollout.domain.plan import lock_plan
from rollout.domain.quiet_trail import record_quietly
from rollout.domain.stakeholder import lock_stakeholder
from rollout.domain.telling_of_people import forget_disclosure, tell_of_answer, tell_of_request
from rollout.models import DisclosureRequest, Stakeholder
from rollout.queries.disclosure import plans_to_ask


def ask_about_oneself(*, actor: Actor) -> None:
    """Ask the Program Lead Office of every plan that may hold something what it holds about the actor.

    Plans whose stakeholders the actor reads anyway are not asked, nor those asked already that have not answered.
    Returns nothing on purpose: how many were asked would tell of plans that are still secret. Side effects: one
    request, one audit entry and a notification of the office for each plan.
    """
    assert actor.membership is not None
    with transaction.atomic():
        asked = [DisclosureRequest(plan=plan, membership=actor.membership) for plan in plans_to_ask(actor)]
        DisclosureRequest.objects.bulk_create(asked, ignore_conflicts=True)
        rows = DisclosureRequest.objects.filter(pk__in=[one.pk for one in asked]).select_related("plan")
        for row in rows.order_by("pk"):
            record_quietly(actor=actor, verb="asked", subject=row)
            tell_of_request(actor=actor, request=row)


def disclose_stakeholder(*, actor: Actor, stakeholder: Stakeholder) -> Stakeholder:
    """Let the person an entry is about read it, as it stands and as it will; also once the plan is over.

    Raises Refused for a group. Side effects: an open request of theirs is answered; one audit entry; they are told.
    """
    with transaction.atomic():
        locked = lock_stakeholder(stakeholder, also_over=True)
        if locked.membership_id is None:
            raise Refused(_("A group cannot ask what stands here about it. Only entries about a person are disclosed."))
        now = timezone.now()
        open_ones = DisclosureRequest.objects.filter(
            plan=locked.plan, membership=locked.membership_id, answered_at=None
        )
        open_ones.update(answered_at=now, found=True)
        if locked.disclosed_at is None:
            locked.disclosed_at = now
            locked.save(update_fields=["disclosed_at", "updated_at"])
            record_quietly(actor=actor, verb="shared", subject=locked)
            tell_of_answer(actor=actor, to=locked.membership_id, about=locked.pk, found=True)
        return locked


def withdraw_disclosure(*, actor: Actor, stakeholder: Stakeholder) -> Stakeholder:
    """Take back that an entry was disclosed. Side effects: one audit entry; who has not been told will not be."""
    with transaction.atomic():
        locked = lock_stakeholder(stakeholder, also_over=True)
        if locked.disclosed_at is not None:
            locked.disclosed_at = None
            locked.save(update_fields=["disclosed_at", "updated_at"])
            record_quietly(actor=actor, verb="stopped_sharing", subject=locked)
            forget_disclosure(locked.pk)
        return locked


def answer_nothing(*, actor: Actor, asked: DisclosureRequest) -> DisclosureRequest:
    """Tell somebody who asked that a plan holds nothing about them.

    Raises Refused where it does, and where it was answered already. Side effects: one audit entry; they are told.
    """
    with transaction.atomic():
        plan = lock_plan(asked.plan, also_over=True)
        locked = DisclosureRequest.objects.get(pk=asked.pk)
        if locked.answered_at is not None:
            raise Refused(_("This was answered already."))
        if Stakeholder.objects.standing().filter(plan=plan, membership=locked.membership_id).exists():
            raise Refused(_("This person is among the stakeholders. Disclose the entry to them."))
        locked.answered_at, locked.found, locked.plan = timezone.now(), False, plan
        locked.save(update_fields=["answered_at", "found"])
        record_quietly(actor=actor, verb="answered", subject=locked)
        tell_of_answer(actor=actor, to=locked.membership_id, about=locked.pk, found=False)
        return locked
