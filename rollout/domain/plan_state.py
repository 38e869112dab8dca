"""The life of a rollout plan: draft → submitted → approved → running → completed, or stopped.

One function moves it; the verbs say who asks for what. What was submitted is kept as it stood, per version.
"""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations.actor import Actor
from organizations.domain import audit
from organizations.errors import Refused
from rollout.domain.known_steps import approval_undone, plan_approved
from rollout.domain.plan import lock_plan
from rollout.domain.sponsor import office_of, refuse_own, refuse_unfit
from rollout.domain.telling import forget_version, tell_of_version, tell_of_version_answer
from rollout.domain.telling_of_tasks import tell_of_tasks
from rollout.enums import PlanState, VersionState, VersionSubject
from rollout.models import PlanVersion, RolloutPlan
from rollout.queries.budget import planned_total
from rollout.queries.plan_content import content_of

# From which states each state is reached.
TRANSITIONS: Mapping[PlanState, tuple[PlanState, ...]] = {
    PlanState.DRAFT: (PlanState.SUBMITTED, PlanState.APPROVED),
    PlanState.SUBMITTED: (PlanState.DRAFT,),
    PlanState.APPROVED: (PlanState.SUBMITTED, PlanState.DRAFT),
    PlanState.RUNNING: (PlanState.APPROVED,),
    PlanState.COMPLETED: (PlanState.RUNNING,),
    PlanState.STOPPED: (PlanState.APPROVED, PlanState.RUNNING),
}


def submit_plan(*, actor: Actor, plan: RolloutPlan) -> PlanVersion:
    """Lay a draft before its sponsor, as a version that is kept as it stands; returns that version.

    Raises Refused without a sponsor, for one who is in its office, submits it or does not hold the role where somebody
    does, without a phase, and in another state. Side effects: one audit entry, and the
    sponsor is told.
    """
    with transaction.atomic():
        locked = lock_plan(plan)
        if locked.state == PlanState.DRAFT:
            _refuse_unready(locked, {*office_of(locked), *([actor.membership.pk] if actor.membership else [])})
        locked.version += 1
        _move(actor, locked, PlanState.SUBMITTED, verb="submitted")
        version: PlanVersion = PlanVersion.objects.create(
            plan=locked,
            number=locked.version,
            content=content_of(locked),
            budget_sum=planned_total(locked),
            submitted_by=actor.membership,
        )
        tell_of_version(actor=actor, version=version)
        return version


def withdraw_plan(*, actor: Actor, plan: RolloutPlan) -> RolloutPlan:
    """Take a submitted plan back to write on. Raises Refused in another state. Side effects: one audit entry."""
    with transaction.atomic():
        locked = lock_plan(plan)
        if locked.state != PlanState.SUBMITTED:
            raise Refused(_("Only a plan that waits for its sponsor is taken back."))
        forget_version(_decide(actor, locked, VersionState.WITHDRAWN))
        return _move(actor, locked, PlanState.DRAFT, verb="withdrawn")


def approve_plan(*, actor: Actor, plan: RolloutPlan, number: int, reason: str = "") -> RolloutPlan:
    """Approve the version of a plan that was read, `number`.

    Raises Refused if another one waits by now, or none, and for whoever submitted it or is in its Program Lead Office.

    Side effects: one audit entry; the version remembers who approved it and when, whoever submitted it is told, and so
    is everybody of their open tasks in it; steps that wait for the approval are reached.
    """
    return _answer(actor, plan, number, VersionState.APPROVED, PlanState.APPROVED, reason)


def return_plan(*, actor: Actor, plan: RolloutPlan, number: int, reason: str) -> RolloutPlan:
    """Send the version of a plan that was read back to be written on, with the reason.

    Raises Refused without a reason, or if another version waits by now, or none. Side effects as approve_plan.
    """
    return _answer(actor, plan, number, VersionState.RETURNED, PlanState.DRAFT, reason)


def rework_plan(*, actor: Actor, plan: RolloutPlan, reason: str = "") -> RolloutPlan:
    """Make an approved plan that has not begun a draft again; steps that waited for the approval wait again.

    Side effects: one audit entry, and one of each such step.
    """
    with transaction.atomic():
        locked = lock_plan(plan)
        if locked.state != PlanState.APPROVED:
            raise Refused(_("Only an approved plan that has not begun is written anew."))
        approval_undone(actor=actor, plan=locked)
        return _move(actor, locked, PlanState.DRAFT, verb="reworked", reason=reason)


def undo_rework(*, actor: Actor, plan: RolloutPlan) -> RolloutPlan:
    """Give a plan that was made a draft again its approval back, as if nobody had asked for a new one.

    What was changed meanwhile stays: an approved plan can be changed too, and shows what is different since. Raises
    Refused for a plan that was not approved last, and for another currency, which an approved plan does not get.
    Side effects: one audit entry, and one of each step that waits for the approval.
    """
    with transaction.atomic():
        locked = lock_plan(plan)
        last = PlanVersion.objects.filter(plan=locked, number=locked.version, state=VersionState.APPROVED).first()
        if locked.state != PlanState.DRAFT or last is None:
            raise Refused(_("This plan has no approval that could be given back."))
        if last.content["plan"][str(locked.pk)]["currency"] != locked.currency:
            raise Refused(_("The currency is another one since the approval. Submit the plan again."))
        plan_approved(actor=actor, plan=locked)
        return _move(actor, locked, PlanState.APPROVED, verb="approval_kept")


def start_plan(*, actor: Actor, plan: RolloutPlan) -> RolloutPlan:
    """Let an approved plan begin. Raises Refused in another state. Side effects: one audit entry."""
    with transaction.atomic():
        return _move(actor, lock_plan(plan), PlanState.RUNNING, verb="started")


def complete_plan(*, actor: Actor, plan: RolloutPlan) -> RolloutPlan:
    """Say that a running plan has reached its end. Raises Refused in another state. Side effects: one audit entry."""
    with transaction.atomic():
        return _move(actor, lock_plan(plan), PlanState.COMPLETED, verb="completed")


def stop_plan(*, actor: Actor, plan: RolloutPlan, reason: str) -> RolloutPlan:
    """End a plan before its time, with the reason. Raises Refused without one. Side effects: one audit entry."""
    if not reason.strip():
        raise Refused({"reason": _("Say why the rollout stops.")})
    with transaction.atomic():
        return _move(actor, lock_plan(plan), PlanState.STOPPED, verb="stopped", reason=reason.strip())


def _answer(
    actor: Actor, plan: RolloutPlan, number: int, said: VersionState, state: PlanState, reason: str
) -> RolloutPlan:
    with transaction.atomic():
        locked = lock_plan(plan)
        if locked.state != PlanState.SUBMITTED:
            raise Refused(_why_none_waits(locked))
        if locked.version != number:
            raise Refused(_("A newer version was submitted while you were reading. Read it, then answer."))
        if said == VersionState.RETURNED and not reason.strip():
            raise Refused({"reason": _("Say what is missing or has to change.")})
        refuse_own(actor, _waiting(locked))
        tell_of_version_answer(actor=actor, version=_decide(actor, locked, said, reason.strip()))
        verb = "approved" if said == VersionState.APPROVED else "returned"
        if said == VersionState.APPROVED:
            plan_approved(actor=actor, plan=locked)
        moved = _move(actor, locked, state, verb=verb, reason=reason.strip())
        if said == VersionState.APPROVED:
            tell_of_tasks(actor=actor, plan=moved)
        return moved


def _why_none_waits(plan: RolloutPlan) -> str:
    """Say that a plan cannot be answered any more, and who took its version back, if somebody did."""
    last = PlanVersion.objects.filter(plan=plan, number=plan.version, state=VersionState.WITHDRAWN)
    taken = last.select_related("decided_by").first() if plan.state == PlanState.DRAFT else None
    if taken is None or taken.subject == VersionSubject.BUDGET:
        return _("This plan does not wait for an answer any more.")
    if taken.decided_by is None:
        return _("It was taken back while you were reading.")
    return _("%(name)s took it back while you were reading.") % {"name": taken.decided_by.display_name}


def _waiting(plan: RolloutPlan) -> PlanVersion:
    version: PlanVersion = PlanVersion.objects.get(plan=plan, number=plan.version)
    version.plan = plan
    return version


def _decide(actor: Actor, plan: RolloutPlan, said: VersionState, reason: str = "") -> PlanVersion:
    version = _waiting(plan)
    version.state, version.reason = said, reason
    version.decided_at, version.decided_by = timezone.now(), actor.membership
    version.save(update_fields=["state", "reason", "decided_at", "decided_by"])
    return version


def _move(actor: Actor, plan: RolloutPlan, state: PlanState, *, verb: str, reason: str = "") -> RolloutPlan:
    """Move a locked plan, if it may move there from where it stands. Side effects: one audit entry."""
    before = PlanState(plan.state)
    if before not in TRANSITIONS[state]:
        raise Refused(
            _("The plan is “%(state)s”. Open the page again to see what can be done now.") % {"state": before.label}
        )
    plan.state, plan.state_reason = state, reason
    plan.save()
    if state != PlanState.RUNNING:
        # Whoever asked for more money while it went on does not need it for this plan any more.
        PlanVersion.objects.filter(plan=plan, subject=VersionSubject.BUDGET, state=VersionState.WAITING).update(
            state=VersionState.WITHDRAWN, decided_at=timezone.now(), decided_by=actor.membership
        )
    after = {"state": state.value, "version": plan.version}
    audit.record(actor=actor, verb=verb, subject=plan, before={"state": before.value}, after=after, reason=reason)
    return plan


def _refuse_unready(plan: RolloutPlan, office: Collection[UUID]) -> None:
    if plan.sponsor_id is None:
        raise Refused({"sponsor": _("Name a Sponsor first: they are the one who approves it.")})
    refuse_unfit(plan, office)
    if not plan.goal.strip():
        raise Refused({"goal": _("Say first what the rollout is for.")})
    if not plan.phases.exists():
        raise Refused(_("Give the plan at least one phase before you submit it."))
