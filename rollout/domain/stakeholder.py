"""Stakeholders of a rollout: who they are, how they stand towards it, and what becomes of what was written."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations.actor import Actor
from organizations.domain.audit import apply_changes
from organizations.domain.removed import UNDO_WITHIN
from organizations.errors import Refused
from organizations.models import Membership
from organizations.queries.settings import local_today
from rollout.days import refuse_far_days
from rollout.domain.plan import lock_plan
from rollout.domain.quiet_trail import record_quietly, refuse_if_changed_quietly
from rollout.models import RolloutPlan, Stakeholder, StakeholderAttitude
from rollout.stakeholder_permissions import see_stakeholders

EDITABLE = ("membership", "group", "influence", "interest", "owner", "next_contact_on")
MOST = 500
# Entries that were removed are deleted for good after this.
REMOVED_KEPT = timedelta(days=1)


def add_stakeholder(
    *, actor: Actor, plan: RolloutPlan, attitude: str = "", note: str = "", **values: Any
) -> Stakeholder:
    """Add a person or a group to the stakeholders of a plan and return the entry; `values` are fields of EDITABLE.

    With an `attitude`, it is how they stand towards the rollout today. Raises Refused for both or neither of the two,
    somebody who is there already, an owner who could not read it, and a plan that is over. Side effects: one audit
    entry, without what was written.
    """
    with transaction.atomic():
        locked = lock_plan(plan)
        if Stakeholder.objects.standing().filter(plan=locked).count() >= MOST:
            raise Refused(_("A plan holds at most %(count)d of these.") % {"count": MOST})
        row = Stakeholder(plan=locked, **{name: value for name, value in values.items() if name in EDITABLE})
        _validate(actor, row)
        row.save(force_insert=True)
        record_quietly(actor=actor, verb="created", subject=row)
        if attitude:
            _note(actor, row, attitude, local_today(), note)
        return row


def edit_stakeholder(
    *, actor: Actor, stakeholder: Stakeholder, changes: dict[str, Any], seen: datetime | None = None
) -> Stakeholder:
    """Change fields of EDITABLE and return the entry as it now stands.

    `seen` is when the form was opened: what somebody else changed since is refused once. Raises Refused also for
    what `add_stakeholder` refuses, and where a disclosed entry would become one about somebody else. Side effects:
    one audit entry with the names of what changed.
    """
    with transaction.atomic():
        locked = lock_stakeholder(stakeholder)
        changes = {name: value for name, value in changes.items() if name in EDITABLE}
        refuse_if_changed_quietly(locked, actor=actor, seen=seen, fields=changes)
        _before, after = apply_changes(locked, changes)
        if after:
            if locked.disclosed_at is not None and {"membership", "group"} & set(after):
                text = _("The person reads this entry. Take the disclosure back before it is about somebody else.")
                raise Refused({"membership": text})
            _validate(actor, locked)
            locked.save()
            record_quietly(actor=actor, verb="changed", subject=locked, fields=after)
        return locked


def remove_stakeholder(*, actor: Actor, stakeholder: Stakeholder) -> Stakeholder:
    """Remove an entry; `restore_stakeholder` brings it back for ten minutes, a day later it is deleted for good.

    Side effects: one audit entry.
    """
    with transaction.atomic():
        locked = lock_stakeholder(stakeholder)
        locked.removed_at = timezone.now()
        locked.save(update_fields=["removed_at", "updated_at"])
        record_quietly(actor=actor, verb="removed", subject=locked)
        return locked


def restore_stakeholder(*, actor: Actor, stakeholder: Stakeholder) -> Stakeholder:
    """Bring back an entry removed moments ago. Raises Refused when it is too late, or the person was added anew.

    Side effects: one audit entry.
    """
    with transaction.atomic():
        plan = lock_plan(stakeholder.plan)
        locked: Stakeholder | None = Stakeholder.objects.filter(pk=stakeholder.pk).first()
        if locked is None or (locked.removed_at is not None and locked.removed_at < timezone.now() - UNDO_WITHIN):
            raise Refused(_("It is too late to take this back."))
        if locked.removed_at is not None:
            locked.plan = plan
            locked.removed_at = None
            _refuse_twice(locked)
            locked.save(update_fields=["removed_at", "updated_at"])
            record_quietly(actor=actor, verb="restored", subject=locked)
        return locked


def note_attitude(
    *, actor: Actor, stakeholder: Stakeholder, attitude: str, on: date | None = None, note: str = ""
) -> StakeholderAttitude:
    """Write down how a stakeholder stands towards the rollout, on a day (today), and return it; the latest counts.

    Raises Refused for a day to come. Side effects: one audit entry, without what was written.
    """
    with transaction.atomic():
        locked = lock_stakeholder(stakeholder)
        refuse_far_days({"on": on})
        today = local_today()
        if on is not None and on > today:
            raise Refused({"on": _("This day is still to come.")})
        return _note(actor, locked, attitude, on or today, note, tell=True)


def remove_attitude(*, actor: Actor, attitude: StakeholderAttitude) -> None:
    """Delete what was written down about an attitude, for good. Side effects: one audit entry."""
    with transaction.atomic():
        locked = lock_stakeholder(attitude.stakeholder)
        deleted, _by_table = StakeholderAttitude.objects.filter(pk=attitude.pk).delete()
        if deleted:
            record_quietly(actor=actor, verb="changed", subject=locked, fields=["attitudes"])


def lock_stakeholder(stakeholder: Stakeholder, *, also_over: bool = False) -> Stakeholder:
    """Return an entry as it is, its plan locked until the transaction ends.

    Raises Refused where it was removed meanwhile, and for a plan that is over (unless `also_over`).
    """
    plan = lock_plan(stakeholder.plan, also_over=also_over)
    rows = Stakeholder.objects.standing().select_related("membership", "owner")
    found: Stakeholder | None = rows.filter(pk=stakeholder.pk).first()
    if found is None:
        raise Refused(_("Somebody removed this meanwhile. Open the page again."))
    found.plan = plan
    return found


def _note(
    actor: Actor, stakeholder: Stakeholder, attitude: str, on: date, note: str, *, tell: bool = False
) -> StakeholderAttitude:
    row: StakeholderAttitude = StakeholderAttitude.objects.create(
        stakeholder=stakeholder, attitude=attitude, on=on, note=note.strip(), noted_by=actor.membership
    )
    if tell:
        record_quietly(actor=actor, verb="changed", subject=stakeholder, fields=["attitudes"])
    return row


def _validate(actor: Actor, row: Stakeholder) -> None:
    row.group = row.group.strip()
    if row.membership_id is not None and row.group:
        raise Refused({"group": _("Name a person or a group, one of the two.")})
    if row.membership_id is None and not row.group:
        raise Refused({"membership": _("Name a person or a group, one of the two.")})
    refuse_far_days({"next_contact_on": row.next_contact_on})
    _refuse_twice(row)
    if row.owner is not None and not _reads(actor, row.owner, row.plan):
        text = _("Only the plan's Program Lead Office and its Sponsor read this, so one of them has to own it.")
        raise Refused({"owner": text})


def _refuse_twice(row: Stakeholder) -> None:
    others = Stakeholder.objects.standing().filter(plan=row.plan).exclude(pk=row.pk)
    if row.membership_id is not None and others.filter(membership=row.membership_id).exists():
        raise Refused({"membership": _("This person is among the stakeholders already.")})
    if row.group and others.filter(group__iexact=row.group).exists():
        raise Refused({"group": _("This group is among the stakeholders already.")})


def _reads(actor: Actor, member: Membership, plan: RolloutPlan) -> bool:
    who = actor if actor.is_(member.pk) else Actor(member, via=actor.via)
    return bool(see_stakeholders(who, plan))
