"""Telling people of roles and questions that concern them. Called in the transaction of what happened."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from okrapp.notifications.domain.notify import Told, notify, notify_each, withdraw
from organizations.actor import Actor
from organizations.enums import Role
from organizations.registry import registry
from roles.enums import AssignmentState, Desk, Side
from roles.models import AssignmentAnswer, Certificate, CoachQuestion, RoleAssignment

ROLE_PROPOSED, ROLE_ANSWERED, ROLE_GIVEN, ROLE_ENDS = "role_proposed", "role_answered", "role_given", "role_ends"
CERTIFICATE_EXPIRES = "certificate_expires"
QUESTION_ASKED, QUESTION_ANSWERED = "question_asked", "question_answered"
# So long before its last day a role or a certificate is told of.
NOTICES = (timedelta(days=30), timedelta(days=7))
# Where nobody looked for some days, the notice is still given.
MISSED = timedelta(days=2)


def tell_of_proposal(*, actor: Actor, assignment: RoleAssignment) -> None:
    """Tell those who are asked whether somebody should coach; those on whose side the actor answered are not asked."""
    for asked in AssignmentAnswer.objects.filter(assignment=assignment, agrees=None).order_by("pk"):
        to: Iterable[UUID | None] = [asked.answered_by_id]
        if asked.side == Side.PLO:
            to = _holders(Role.PLO, assignment.team_id)
        notify(
            actor=actor,
            kind=ROLE_PROPOSED,
            to=to,
            period=f"{assignment.pk}:{asked.side}",
            path=f"roles/assignments/{assignment.pk}/",
            facts={**facts_of(assignment), "side": str(asked.side)},
        )


def tell_of_answer(*, actor: Actor, assignment: RoleAssignment) -> None:
    """Tell who proposed it, and the coach, that it was declined or is in force; nothing while others are asked."""
    if assignment.state not in (AssignmentState.DECLINED, AssignmentState.ACTIVE):
        return
    notify(
        actor=actor,
        kind=ROLE_ANSWERED,
        to=[assignment.proposed_by_id, assignment.membership_id],
        period=f"{assignment.pk}:{assignment.state}",
        path=f"roles/assignments/{assignment.pk}/",
        facts={**facts_of(assignment), "state": str(assignment.state)},
    )


def tell_of_role(*, actor: Actor, assignment: RoleAssignment) -> None:
    """Tell somebody which role they were given."""
    path, facts = "roles/mine/", facts_of(assignment)
    to = [assignment.membership_id]
    notify(actor=actor, kind=ROLE_GIVEN, to=to, period=str(assignment.pk), path=path, facts=facts)


def forget_assignment(assignment: RoleAssignment) -> None:
    """Take back what was told of a role that was ended or withdrawn before anybody heard of it."""
    for kind in (ROLE_PROPOSED, ROLE_GIVEN):
        withdraw(kind=kind, about=str(assignment.pk))


def tell_of_question(*, actor: Actor, question: CoachQuestion, message_id: UUID | None = None) -> None:
    """Tell those with whom a question waits: the coaches of the team, or the Program Lead Office.

    `message_id` tells further words on it apart from the question itself.
    """
    role = Role.COACH if question.desk == Desk.COACH else Role.PLO
    to = _holders(role, question.team_id) - {question.asked_by_id}
    period = f"{question.pk}:{message_id}" if message_id is not None else f"{question.pk}:{question.desk}"
    facts = {"what": question.title, "team": question.team.name if question.team is not None else ""}
    notify(actor=actor, kind=QUESTION_ASKED, to=to, period=period, path=f"questions/{question.pk}/", facts=facts)


def tell_asker(*, actor: Actor, question: CoachQuestion, message_id: UUID, is_answer: bool) -> None:
    """Tell who asked that they were answered, or asked back."""
    facts = {"who": _name(actor), "what": question.title, "is_answer": is_answer}
    period, path = f"{question.pk}:{message_id}", f"questions/{question.pk}/"
    notify(actor=actor, kind=QUESTION_ANSWERED, to=[question.asked_by_id], period=period, path=path, facts=facts)


def tell_of_days(actor: Actor, today: date) -> None:
    """Tell people, a month and a week before, that a role or a certificate of theirs ends; of roles the office too.

    Twice on a day tells nobody twice. Side effects: as notify_each.
    """
    roles, certificates = [], []
    for notice in NOTICES:
        days = (today + notice - MISSED, today + notice)
        ending = RoleAssignment.objects.filter(state=AssignmentState.ACTIVE, ends_on__range=days)
        for one in ending.select_related("membership", "team", "person").order_by("pk"):
            period = f"{one.pk}:{one.ends_on}:{notice.days}"
            facts = {**facts_of(one), "day": str(one.ends_on), "assignment": str(one.pk)}
            path = f"roles/assignments/{one.pk}/"
            people = {one.membership_id, *_holders(Role.PLO, one.team_id)}
            roles += [Told(person, period, path, {**facts, "mine": person == one.membership_id}) for person in people]
        expiring = Certificate.objects.filter(expires_on__range=days).order_by("pk")
        certificates += [
            Told(
                one.membership_id,
                f"{one.pk}:{one.expires_on}:{notice.days}",
                f"roles/certificates/of/{one.membership_id}/",
                {"what": one.title, "day": str(one.expires_on), "certificate": str(one.pk)},
            )
            for one in expiring
        ]
    notify_each(actor=actor, kind=ROLE_ENDS, told=roles, undo_for=timedelta(0))
    notify_each(actor=actor, kind=CERTIFICATE_EXPIRES, told=certificates, undo_for=timedelta(0))


def facts_of(assignment: RoleAssignment) -> dict[str, Any]:
    """Return what sentences about a role need; the role's name is looked up when they are read."""
    where = assignment.team.name if assignment.team is not None else ""
    if assignment.person is not None:
        where = assignment.person.display_name
    return {"who": assignment.membership.display_name, "role": str(assignment.role), "where": where}


def _holders(role: str, team_id: UUID | None) -> set[UUID]:
    return {near.member.pk for near in registry.role_holders(role, team_id)}


def _name(actor: Actor) -> str:
    return actor.membership.display_name if actor.membership is not None else ""
