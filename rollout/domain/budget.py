"""Asking the sponsor for more money than was approved, and their answer; the plan goes on meanwhile.

What is asked for is a version of the plan of which only the budget differs from the one before.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations.actor import Actor
from organizations.domain import audit
from organizations.errors import Refused
from rollout.domain.plan import lock_plan
from rollout.domain.sponsor import refuse_own
from rollout.domain.telling import forget_version, tell_of_version, tell_of_version_answer
from rollout.enums import VersionState, VersionSubject
from rollout.models import PlanVersion, RolloutPlan
from rollout.queries.budget import approved_now, may_be_asked_again, waiting_request
from rollout.queries.plan_content import BUDGET, content_of, part_content

LONGEST = 2000


def ask_for_budget(*, actor: Actor, plan: RolloutPlan, reason: str) -> PlanVersion:
    """Lay the budget of an approved plan before its sponsor anew, with the reason; returns the version that waits.

    Raises Refused without a reason or a sponsor, for a plan that is not approved, while the sponsor is asked already,
    and where nothing goes beyond what was approved. Side effects: one audit entry, and the sponsor is told.
    """
    reason = _said(reason, _("Say why more is needed."))
    with transaction.atomic():
        locked = lock_plan(plan)
        if not may_be_asked_again(locked):
            raise Refused(_("Only the budget of an approved plan is asked for anew."))
        if locked.sponsor_id is None:
            raise Refused(_("Name a Sponsor first: they are the one who approves it."))
        approved = approved_now(locked)
        if PlanVersion.objects.filter(plan=locked, state=VersionState.WAITING).exists():
            raise Refused(_("The Sponsor has been asked already."))
        if not approved.excess:
            raise Refused(_("The budget stays within what was approved."))
        before = PlanVersion.objects.filter(plan=locked).order_by("-number").first()
        content = before.content if before is not None else content_of(locked)
        locked.version += 1
        locked.save(update_fields=["version", "updated_at"])
        version: PlanVersion = PlanVersion.objects.create(
            plan=locked,
            number=locked.version,
            subject=VersionSubject.BUDGET,
            content={**content, BUDGET: part_content(locked, BUDGET)},
            budget_sum=approved.needed,
            request=reason,
            submitted_by=actor.membership,
        )
        audit.record(
            actor=actor,
            verb="asked_for_budget",
            subject=version,
            before={"budget_sum": approved.sum},
            after={"budget_sum": version.budget_sum},
            reason=reason,
        )
        tell_of_version(actor=actor, version=version)
        return version


def withdraw_budget_request(*, actor: Actor, plan: RolloutPlan) -> PlanVersion:
    """Take back that more money is asked for a plan; returns the version that waited.

    Raises Refused where none waits any more. Side effects: one audit entry.
    """
    with transaction.atomic():
        version = waiting_request(lock_plan(plan))
        if version is None:
            raise Refused(_("This was answered or taken back meanwhile. Open the page again."))
        decided = _decide(actor, version, VersionState.WITHDRAWN, "")
        forget_version(decided)
        return decided


def approve_budget(*, actor: Actor, version: PlanVersion, reason: str = "") -> PlanVersion:
    """Approve the sum that was asked for; from now on it is the approved one. Returns the version.

    Raises Refused once it was answered or taken back, and for whoever asked for it or is in the plan's Program Lead
    Office. Side effects: one audit entry, and whoever asked is told.
    """
    return _answer(actor, version, VersionState.APPROVED, reason.strip()[:LONGEST])


def return_budget(*, actor: Actor, version: PlanVersion, reason: str) -> PlanVersion:
    """Say no to the sum that was asked for, with the reason; what was approved before stays. Returns the version.

    Raises Refused without a reason, and once it was answered or taken back. Side effects as approve_budget.
    """
    return _answer(actor, version, VersionState.RETURNED, _said(reason, _("Say what is missing or has to change.")))


def _answer(actor: Actor, version: PlanVersion, said: VersionState, reason: str) -> PlanVersion:
    with transaction.atomic():
        refuse_own(actor, version)
        decided = _decide(actor, version, said, reason)
        tell_of_version_answer(actor=actor, version=decided)
        return decided


def _decide(actor: Actor, version: PlanVersion, said: VersionState, reason: str) -> PlanVersion:
    with transaction.atomic():
        plan = lock_plan(version.plan)
        locked: PlanVersion = PlanVersion.objects.get(pk=version.pk)
        locked.plan = plan
        if locked.subject != VersionSubject.BUDGET or locked.state != VersionState.WAITING:
            raise Refused(_("This was answered or taken back meanwhile. Open the page again."))
        locked.state, locked.reason = said, reason
        locked.decided_at, locked.decided_by = timezone.now(), actor.membership
        locked.save(update_fields=["state", "reason", "decided_at", "decided_by"])
        verb = {
            VersionState.APPROVED: "approved_budget",
            VersionState.RETURNED: "returned_budget",
            VersionState.WITHDRAWN: "withdrew_budget",
        }[said]
        audit.record(actor=actor, verb=verb, subject=locked, after={"budget_sum": locked.budget_sum}, reason=reason)
        return locked


def _said(text: str, missing: str) -> str:
    text = text.strip()
    if not text:
        raise Refused({"reason": missing})
    if len(text) > LONGEST:
        raise Refused({"reason": _("At most %(count)d letters.") % {"count": LONGEST}})
    return text
