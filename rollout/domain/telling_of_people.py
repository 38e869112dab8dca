"""Telling people of stakeholders and commitments. Called in the transaction of what happened.

No message says who a stakeholder is, nor what stands there: mails and chats are kept where nobody can delete them.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet

from okrapp.notifications.domain.notify import Told, notify, notify_each, withdraw
from organizations.actor import Actor
from organizations.enums import Role, Via
from organizations.models import Membership
from organizations.registry import registry
from rollout.models import BuyInLeader, DisclosureRequest, RolloutPlan, Stakeholder
from rollout.models.plan import OVER
from rollout.stakeholder_permissions import see_stakeholders

CONTACT_OVERDUE, DISCLOSURE_ASKED, DISCLOSURE_ANSWERED = "contact_overdue", "disclosure_asked", "disclosure_answered"
LEADER_INVITED = "leader_invited"
KINDS_ABOUT_STAKEHOLDERS = (CONTACT_OVERDUE, DISCLOSURE_ASKED)
# Where nobody looked for some days, the reminder is still given.
MISSED = timedelta(days=30)


def tell_of_request(*, actor: Actor, request: DisclosureRequest) -> None:
    """Tell the office of a plan that somebody asks what it holds about them."""
    notify(
        actor=actor,
        kind=DISCLOSURE_ASKED,
        to=office_of(request.plan),
        period=str(request.pk),
        path=f"rollout/{request.plan_id}/stakeholders/",
        facts={"who": _name(actor), "plan": request.plan.name, "plan_id": str(request.plan_id)},
    )


def tell_of_answer(*, actor: Actor, to: UUID | None, about: UUID, found: bool) -> None:
    """Tell somebody that what a plan holds about them is disclosed, or that it holds nothing; without the plan."""
    facts = {"found": found}
    notify(actor=actor, kind=DISCLOSURE_ANSWERED, to=[to], period=str(about), path="rollout/about-me/", facts=facts)


def forget_disclosure(stakeholder_id: UUID) -> None:
    """Take back what was told of a disclosure that was taken back before anybody heard of it."""
    withdraw(kind=DISCLOSURE_ANSWERED, about=str(stakeholder_id))


def tell_of_invitation(*, actor: Actor, invitation: BuyInLeader) -> None:
    """Tell a leader that they are invited to commit themself."""
    notify(
        actor=actor,
        kind=LEADER_INVITED,
        to=[invitation.leader_id],
        period=str(invitation.pk),
        path=f"rollout/{invitation.plan_id}/buy-in/mine/",
        facts={"who": _name(actor), "plan": invitation.plan.name},
    )


def forget_invitation(invitation: BuyInLeader) -> None:
    """Take back an invitation before anybody heard of it."""
    withdraw(kind=LEADER_INVITED, about=str(invitation.pk))


def tell_of_overdue_contacts(actor: Actor, today: date) -> None:
    """Remind owners, once, of contacts with stakeholders whose day is past; only those who may read the entry.

    Twice on a day tells nobody twice. Side effects: as notify_each.
    """
    rows = [(row, row.owner_id) for row in overdue(today).filter(next_contact_on__gte=today - MISSED)]
    reading = _readers({owner_id for _row, owner_id in rows if owner_id is not None})
    told = [
        Told(
            owner_id,
            f"{row.pk}:{row.next_contact_on}",
            f"rollout/stakeholders/{row.pk}/",
            {"plan": row.plan.name, "plan_id": str(row.plan_id), "day": str(row.next_contact_on)},
        )
        for row, owner_id in rows
        if owner_id is not None and see_stakeholders(reading[owner_id], row.plan)
    ]
    notify_each(actor=actor, kind=CONTACT_OVERDUE, told=told, undo_for=timedelta(0))


def overdue(today: date) -> QuerySet[Stakeholder]:
    """Return the entries whose planned contact is past, in plans that go on, with an owner who is still here."""
    rows = Stakeholder.objects.standing().filter(
        next_contact_on__lt=today, owner__isnull=False, owner__deactivated_at=None, plan__archived_at=None
    )
    return rows.exclude(plan__state__in=OVER).select_related("plan").prefetch_related("plan__officers").order_by("pk")


def office_of(plan: RolloutPlan) -> set[UUID]:
    """Return the ids of those in the Program Lead Office of a plan."""
    named = {officer.membership_id for officer in plan.officers.all()}
    return named | {near.member.pk for near in registry.role_holders(Role.PLO, plan.team_id)}


def _readers(ids: Iterable[UUID]) -> dict[UUID, Actor]:
    return {member.pk: Actor(member, via=Via.TASK) for member in Membership.objects.filter(pk__in=set(ids))}


def _name(actor: Actor) -> str:
    return actor.membership.display_name if actor.membership is not None else ""
