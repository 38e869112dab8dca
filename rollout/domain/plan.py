"""Writing rollout plans: what they are for, where they hold, and who is behind them."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from organizations.actor import Actor
from organizations.domain import audit
from organizations.domain.editing import refuse_if_changed_since
from organizations.errors import Refused
from organizations.models import Membership, Team
from rollout.currencies import CURRENCIES
from rollout.days import refuse_far_days
from rollout.domain.sponsor import follow_new_sponsor, office_of, refuse_unfit
from rollout.enums import PlanState
from rollout.models import PlanOfficer, PlanPhase, RolloutPlan

EDITABLE = ("name", "goal", "scope", "sponsor", "starts_on", "ends_on", "currency")
MOST_OFFICERS = 30


def create_plan(
    *,
    actor: Actor,
    name: str,
    starts_on: date,
    ends_on: date,
    team: Team | None = None,
    goal: str = "",
    scope: str = "",
    sponsor: Membership | None = None,
    officers: Iterable[Membership] = (),
) -> RolloutPlan:
    """Begin a rollout plan as a draft and return it; `team` None is the whole organization.

    Whoever writes it is one of its officers. Raises Refused for a name that is missing, days the wrong way round, and
    a sponsor who is one of its officers, or does not hold the role where somebody does.
    Side effects: one audit entry.
    """
    with transaction.atomic():
        plan = RolloutPlan(
            name=name.strip(),
            goal=goal.strip(),
            scope=scope.strip(),
            team=team,
            sponsor=sponsor,
            starts_on=starts_on,
            ends_on=ends_on,
        )
        _validate(plan)
        named = {one.pk: one for one in (*officers, *([actor.membership] if actor.membership else []))}
        refuse_unfit(plan, named)
        plan.save(force_insert=True)
        _set_officers(plan, named.values())
        after = audit.snapshot(plan, ["name", "team", "sponsor", "starts_on", "ends_on"])
        audit.record(actor=actor, verb="created", subject=plan, after=after)
        return plan


def edit_plan(
    *,
    actor: Actor,
    plan: RolloutPlan,
    changes: dict[str, Any],
    officers: Iterable[Membership] | None = None,
    seen: datetime | None = None,
) -> RolloutPlan:
    """Change fields of EDITABLE, and who is in its Program Lead Office; returns the plan as it now stands.

    `seen` is when the form was opened: what somebody else changed since is refused once. Raises Refused also for a
    plan that is over, for another currency than the one its budget was approved in, for days that leave out one of its
    phases, and for a sponsor as create_plan. Side effects: one audit entry; another sponsor takes back what waits for
    the former one, and both are told.
    """
    with transaction.atomic():
        locked = lock_plan(plan)
        former = locked.sponsor_id
        changes = {name: value for name, value in changes.items() if name in EDITABLE}
        refuse_if_changed_since(locked, actor=actor, seen=seen, fields=changes)
        before, after = audit.apply_changes(locked, changes)
        if after:
            if "currency" in after and locked.state != PlanState.DRAFT:
                raise Refused({"currency": _("Only a draft changes its currency: the Sponsor approves sums in it.")})
            _validate(locked)
            if {"starts_on", "ends_on"} & after.keys():
                _refuse_phases_outside(locked)
        if officers is not None:
            removed, added = _set_officers(locked, officers)
            if removed or added:
                before["officers"], after["officers"] = removed, added
        if "sponsor" in after or after.get("officers"):
            _refuse_unfit(locked, by_office="sponsor" not in after)
        if before or after:
            audit.record(actor=actor, verb="changed", subject=locked, before=before, after=after)
        if "sponsor" in after:
            follow_new_sponsor(actor=actor, plan=locked, former=former)
        if after.keys() - {"officers"}:
            locked.save()
        return locked


def add_officer(*, actor: Actor, plan: RolloutPlan, member: Membership) -> RolloutPlan:
    """Add somebody to the Program Lead Office of a plan and return it. Twice does no harm.

    Raises Refused as edit_plan. Side effects: one audit entry.
    """
    return _change_office(actor, plan, lambda people: {**people, member.pk: member})


def remove_officer(*, actor: Actor, plan: RolloutPlan, member: Membership) -> RolloutPlan:
    """Take somebody out of the Program Lead Office of a plan and return it. Raises and side effects as add_officer."""
    return _change_office(actor, plan, lambda people: {pk: one for pk, one in people.items() if pk != member.pk})


def archive_plan(*, actor: Actor, plan: RolloutPlan) -> RolloutPlan:
    """Put a plan away; a running one is completed or stopped first. Can be undone. Side effects: one audit entry."""
    return _set_archived(actor, plan, timezone.now(), "archived")


def restore_plan(*, actor: Actor, plan: RolloutPlan) -> RolloutPlan:
    """Bring an archived plan back. Side effects: one audit entry."""
    return _set_archived(actor, plan, None, "restored")


def lock_plan(plan: RolloutPlan, *, also_over: bool = False) -> RolloutPlan:
    """Return a plan as it is, locked until the transaction ends: whoever changes something in it comes through here.

    Raises Refused for one that is over (unless `also_over`) or archived.
    """
    locked: RolloutPlan = RolloutPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if locked.is_over and not also_over:
        raise Refused(_("This plan is over, and stays as it is."))
    if locked.archived_at is not None and not also_over:
        raise Refused(_("This plan is archived. Bring it back first."))
    return locked


def _change_office(
    actor: Actor, plan: RolloutPlan, change: Callable[[dict[UUID, Membership]], dict[UUID, Membership]]
) -> RolloutPlan:
    with transaction.atomic():
        locked = lock_plan(plan)
        # Read once the plan is locked: two who add somebody at the same moment both find them there.
        rows = PlanOfficer.objects.filter(plan=locked).select_related("membership")
        people = {row.membership_id: row.membership for row in rows}
        return edit_plan(actor=actor, plan=locked, changes={}, officers=change(people).values())


def _set_archived(actor: Actor, plan: RolloutPlan, when: datetime | None, verb: str) -> RolloutPlan:
    with transaction.atomic():
        locked = lock_plan(plan, also_over=True)
        if when is not None and locked.is_public and not locked.is_over:
            raise Refused(_("This plan is approved. Complete or stop it first."))
        if (locked.archived_at is None) != (when is None):
            locked.archived_at = when
            locked.save(update_fields=["archived_at"])
            audit.record(actor=actor, verb=verb, subject=locked)
        return locked


def _set_officers(plan: RolloutPlan, officers: Iterable[Membership]) -> tuple[list[str], list[str]]:
    """Set who is in the plan's Program Lead Office; return the names of (removed, added)."""
    wanted = {one.pk: one for one in officers}
    if len(wanted) > MOST_OFFICERS:
        text = _("A plan has at most %(count)d people in its Program Lead Office.") % {"count": MOST_OFFICERS}
        raise Refused({"officers": text})
    present = {row.membership_id: row for row in PlanOfficer.objects.filter(plan=plan).select_related("membership")}
    gone = [row for member_id, row in present.items() if member_id not in wanted]
    new = [member for member_id, member in wanted.items() if member_id not in present]
    PlanOfficer.objects.filter(pk__in=[row.pk for row in gone]).delete()
    PlanOfficer.objects.bulk_create([PlanOfficer(plan=plan, membership=member) for member in new])
    return [row.membership.display_name for row in gone], [member.display_name for member in new]


def _refuse_phases_outside(plan: RolloutPlan) -> None:
    for name, outside in (("starts_on", Q(starts_on__lt=plan.starts_on)), ("ends_on", Q(ends_on__gt=plan.ends_on))):
        phase = PlanPhase.objects.filter(outside, plan=plan).first()
        if phase is not None:
            day = date_format(getattr(phase, name), "SHORT_DATE_FORMAT")
            text = (
                _("“%(phase)s” begins on %(day)s already. Move or shorten it first.")
                if name == "starts_on"
                else _("“%(phase)s” lasts until %(day)s. Move or shorten it first.")
            )
            raise Refused({name: text % {"phase": phase.name, "day": day}})


def _refuse_unfit(plan: RolloutPlan, *, by_office: bool) -> None:
    office = office_of(plan)
    if not by_office:
        refuse_unfit(plan, office)
    elif plan.sponsor is not None and plan.sponsor_id in office:
        text = _("%(person)s is the Sponsor of this plan, who answers what its Program Lead Office submits.")
        raise Refused({"officers": text % {"person": plan.sponsor.display_name}})


def _validate(plan: RolloutPlan) -> None:
    if not plan.name:
        raise Refused({"name": _("Give the plan a name.")})
    refuse_far_days({"starts_on": plan.starts_on, "ends_on": plan.ends_on})
    if plan.ends_on < plan.starts_on:
        raise Refused({"ends_on": _("The last day must come after the first.")})
    if plan.currency not in CURRENCIES:
        raise Refused({"currency": _("There is no such currency.")})
