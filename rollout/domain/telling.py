"""Telling the sponsor of a plan and its office what they need of each other, in the transaction of what happened."""

from uuid import UUID

from django.utils import timezone

from okrapp.notifications.domain.notify import notify, withdraw
from organizations.actor import Actor
from rollout.enums import VersionSubject
from rollout.models import Escalation, PlanComment, PlanOfficer, PlanVersion, RolloutPlan

ESCALATED, ESCALATION_ANSWERED = "escalation_raised", "escalation_answered"
PLAN_SUBMITTED, PLAN_ANSWERED = "plan_submitted", "plan_answered"
BUDGET_ASKED, BUDGET_ANSWERED = "budget_asked", "budget_answered"
PLAN_COMMENTED = "plan_commented"
SPONSOR_CHANGED = "plan_sponsor_changed"
_ASKED = {VersionSubject.PLAN: PLAN_SUBMITTED, VersionSubject.BUDGET: BUDGET_ASKED}
_ANSWERED = {VersionSubject.PLAN: PLAN_ANSWERED, VersionSubject.BUDGET: BUDGET_ANSWERED}


def tell_of_escalation(*, actor: Actor, escalation: Escalation) -> None:
    """Tell the sponsor of a difficulty that waits for their answer; its plan must be loaded."""
    notify(
        actor=actor,
        kind=ESCALATED,
        to=[escalation.plan.sponsor_id],
        period=str(escalation.pk),
        path=_escalations(escalation),
        facts={"who": _name(actor), "what": escalation.title, "day": str(escalation.due_on)},
    )


def forget_escalation(escalation: Escalation) -> None:
    """Take back what was told of a difficulty that was solved before anybody heard of it."""
    withdraw(kind=ESCALATED, about=str(escalation.pk))


def tell_of_answer(*, actor: Actor, escalation: Escalation) -> None:
    """Tell whoever brought a difficulty before the sponsor what they say to it; a new answer is told anew."""
    assert escalation.answered_at is not None, "tell_of_answer is called once there is one"
    notify(
        actor=actor,
        kind=ESCALATION_ANSWERED,
        to=[escalation.raised_by_id],
        period=f"{escalation.pk}:{escalation.answered_at.isoformat()}",
        path=_escalations(escalation),
        facts={"who": _name(actor), "what": escalation.title},
    )


def tell_of_version(*, actor: Actor, version: PlanVersion) -> None:
    """Tell the sponsor of a version, or of money, that waits for their answer; the version's plan must be loaded."""
    notify(
        actor=actor,
        kind=_ASKED[VersionSubject(version.subject)],
        to=[version.plan.sponsor_id],
        period=str(version.pk),
        path=_approval(version),
        facts={"who": _name(actor), "what": version.plan.name},
    )


def forget_version(version: PlanVersion) -> None:
    """Take back what was told of a version that was taken back before anybody heard of it."""
    withdraw(kind=_ASKED[VersionSubject(version.subject)], about=str(version.pk))


def tell_of_version_answer(*, actor: Actor, version: PlanVersion) -> None:
    """Tell whoever submitted a version, or asked for money, what the sponsor says to it."""
    notify(
        actor=actor,
        kind=_ANSWERED[VersionSubject(version.subject)],
        to=[version.submitted_by_id],
        period=str(version.pk),
        path=_approval(version),
        facts={"who": _name(actor), "what": version.plan.name, "state": str(version.state)},
    )


def tell_of_sponsor(*, actor: Actor, plan: RolloutPlan, former: UUID | None, took_back: bool) -> None:
    """Tell the former Sponsor of a plan and the new one of the change, and whether what waited was taken back."""
    notify(
        actor=actor,
        kind=SPONSOR_CHANGED,
        to=[former, plan.sponsor_id],
        period=f"{plan.pk}:{timezone.now().isoformat()}",
        path=f"rollout/{plan.pk}/approval/",
        facts={
            "who": _name(actor),
            "what": plan.name,
            "sponsor": plan.sponsor.display_name if plan.sponsor is not None else "",
            "took_back": "yes" if took_back else "",
        },
    )


def tell_of_plan_comment(*, actor: Actor, comment: PlanComment) -> None:
    """Tell the sponsor and the office of a plan what one of them says about it; its plan must be loaded."""
    officers = PlanOfficer.objects.filter(plan=comment.plan).values_list("membership", flat=True)
    notify(
        actor=actor,
        kind=PLAN_COMMENTED,
        to=[comment.plan.sponsor_id, *officers],
        period=str(comment.pk),
        path=f"rollout/{comment.plan_id}/approval/",
        facts={"who": _name(actor), "what": comment.plan.name},
    )


def forget_plan_comment(comment: PlanComment) -> None:
    """Take back what was told of a comment that is gone."""
    withdraw(kind=PLAN_COMMENTED, about=str(comment.pk))


def _name(actor: Actor) -> str:
    return actor.membership.display_name if actor.membership is not None else ""


def _escalations(escalation: Escalation) -> str:
    return f"rollout/{escalation.plan_id}/escalations/"


def _approval(version: PlanVersion) -> str:
    return f"rollout/{version.plan_id}/approval/"
