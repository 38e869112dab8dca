"""Who can be the Sponsor of a plan: somebody else than those who submit it, and whose role it is, where one has it."""

from collections.abc import Collection
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from organizations.actor import Actor
from organizations.domain import audit
from organizations.enums import Role
from organizations.errors import Refused
from organizations.models import Membership
from organizations.registry import registry
from rollout.domain.telling import forget_version, tell_of_sponsor
from rollout.enums import PlanState, VersionState, VersionSubject
from rollout.models import PlanOfficer, PlanVersion, RolloutPlan


def office_of(plan: RolloutPlan) -> set[UUID]:
    """Return the ids of those in a plan's Program Lead Office; one query."""
    return set(PlanOfficer.objects.filter(plan=plan).values_list("membership", flat=True))


def refuse_unfit(plan: RolloutPlan, office: Collection[UUID]) -> None:
    """Raise Refused for a Sponsor who is in the plan's office, or does not hold the role where somebody holds it."""
    if plan.sponsor is None:
        return
    holders = [near.member for near in registry.role_holders(Role.SPONSOR, plan.team_id)]
    if plan.sponsor_id in office:
        text = _("%(person)s is in the plan's Program Lead Office, and nobody answers what they submit themselves.")
    elif holders and plan.sponsor_id not in {one.pk for one in holders}:
        text = _("%(person)s does not hold the role Sponsor here.")
    else:
        return
    said = text % {"person": plan.sponsor.display_name}
    raise Refused({"sponsor": f"{said} {_who_could(holders, office)}"})


def refuse_own(actor: Actor, version: PlanVersion) -> None:
    """Raise Refused for somebody who would answer a version of their own; its plan must be loaded."""
    office = office_of(version.plan)
    if actor.membership is None or not (actor.is_(version.submitted_by_id) or actor.membership.pk in office):
        return
    text = _("You are in the plan's Program Lead Office or submitted this yourself, so somebody else has to answer.")
    holders = [near.member for near in registry.role_holders(Role.SPONSOR, version.plan.team_id)]
    raise Refused(f"{text} {_who_could(holders, {*office, actor.membership.pk})}")


def follow_new_sponsor(*, actor: Actor, plan: RolloutPlan, former: UUID | None) -> None:
    """Take back what waits for the former Sponsor of a locked plan, and tell both; a quiet draft tells nobody.

    Side effects: the plan is a draft again if it waited as a whole, not saved; audit entries.
    """
    version = PlanVersion.objects.filter(plan=plan, state=VersionState.WAITING).first()
    if version is not None:
        note = _("The Sponsor changed while this waited.")
        version.state, version.reason = VersionState.WITHDRAWN, note
        version.decided_at, version.decided_by = timezone.now(), actor.membership
        version.save(update_fields=["state", "reason", "decided_at", "decided_by"])
        forget_version(version)
        if version.subject == VersionSubject.BUDGET:
            asked = {"budget_sum": version.budget_sum}
            audit.record(actor=actor, verb="withdrew_budget", subject=version, after=asked, reason=note)
        else:
            before, after = {"state": plan.state}, {"state": PlanState.DRAFT.value, "version": plan.version}
            plan.state, plan.state_reason = PlanState.DRAFT, note
            audit.record(actor=actor, verb="withdrawn", subject=plan, before=before, after=after, reason=note)
    if version is not None or plan.state != PlanState.DRAFT:
        tell_of_sponsor(actor=actor, plan=plan, former=former, took_back=version is not None)


def _who_could(holders: Collection[Membership], office: Collection[UUID]) -> str:
    names = [one.display_name for one in holders if one.pk not in office]
    if not names:
        return _("Nobody else holds the role Sponsor here: the Program Lead Office can give it to somebody.")
    return _("It could be: %(names)s.") % {"names": ", ".join(dict.fromkeys(names))}
