"""Inviting leaders to commit themselves to a rollout, and their own commitments. Nobody writes for them."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations.actor import Actor
from organizations.domain.audit import apply_changes
from organizations.domain.removed import UNDO_WITHIN
from organizations.enums import Role
from organizations.errors import Refused
from organizations.models import Membership, Team
from organizations.queries.team import with_descendants
from organizations.registry import registry
from rollout.domain.plan import lock_plan
from rollout.domain.quiet_trail import record_quietly, refuse_if_changed_quietly
from rollout.domain.telling_of_people import forget_invitation, tell_of_invitation
from rollout.enums import CommitmentKind, CommitmentState
from rollout.models import BuyInLeader, LeaderCommitment, RolloutPlan

EDITABLE = ("kind", "text", "state", "note")
MOST = 30


def invite_leader(*, actor: Actor, plan: RolloutPlan, leader: Membership) -> BuyInLeader:
    """Invite a leader to commit themself and return the invitation; they are told.

    Raises Refused for somebody who is neither in Leadership where the plan holds nor leads a team there, for one who
    was invited already, and for a plan that is over. Side effects: one audit entry.
    """
    with transaction.atomic():
        locked = lock_plan(plan)
        if not _is_leader(locked, leader):
            raise Refused({"leader": _("Only Leadership and team leads are invited, each where the plan holds.")})
        if BuyInLeader.objects.filter(plan=locked, leader=leader).exists():
            raise Refused({"leader": _("%(name)s was invited already.") % {"name": leader.display_name}})
        row: BuyInLeader = BuyInLeader.objects.create(plan=locked, leader=leader, invited_by=actor.membership)
        record_quietly(actor=actor, verb="invited", subject=row)
        tell_of_invitation(actor=actor, invitation=row)
        return row


def withdraw_invitation(*, actor: Actor, invitation: BuyInLeader) -> None:
    """Take an invitation back; what the leader wrote stays theirs. Side effects: one audit entry."""
    with transaction.atomic():
        locked = lock_plan(invitation.plan, also_over=True)
        row: BuyInLeader | None = BuyInLeader.objects.filter(plan=locked, pk=invitation.pk).first()
        if row is not None:
            record_quietly(actor=actor, verb="withdrew", subject=row)
            forget_invitation(row)
            row.delete()


def commit(*, actor: Actor, plan: RolloutPlan, kind: str, text: str = "") -> LeaderCommitment:
    """Commit oneself and return the commitment: always that of the actor, for nobody commits another.

    Raises Refused for one of one's own without words, and for a plan that is over. Side effects: one audit entry,
    without what was written.
    """
    assert actor.membership is not None
    with transaction.atomic():
        locked = lock_plan(plan)
        mine = LeaderCommitment.objects.standing().filter(plan=locked, leader=actor.membership)
        if mine.count() >= MOST:
            raise Refused(_("At most %(count)d commitments stand here.") % {"count": MOST})
        row = LeaderCommitment(plan=locked, leader=actor.membership, kind=kind, text=text.strip())
        _validate(row)
        row.save(force_insert=True)
        record_quietly(actor=actor, verb="created", subject=row)
        return row


def edit_commitment(
    *, actor: Actor, commitment: LeaderCommitment, changes: dict[str, Any], seen: datetime | None = None
) -> LeaderCommitment:
    """Change one's own commitment, say what became of it, and return it as it now stands; also once the plan is over.

    Raises Refused for the commitment of somebody else, and as `commit`. Side effects: one audit entry with the names
    of what changed.
    """
    with transaction.atomic():
        locked = _lock(actor, commitment)
        changes = {name: value for name, value in changes.items() if name in EDITABLE}
        refuse_if_changed_quietly(locked, actor=actor, seen=seen, fields=changes)
        _before, after = apply_changes(locked, changes)
        if after:
            _validate(locked)
            locked.save()
            record_quietly(actor=actor, verb="changed", subject=locked, fields=after)
        return locked


def remove_commitment(*, actor: Actor, commitment: LeaderCommitment) -> LeaderCommitment:
    """Remove one's own commitment; `restore_commitment` brings it back for ten minutes. Side effects: one audit entry.

    Raises Refused for the commitment of somebody else.
    """
    with transaction.atomic():
        locked = _lock(actor, commitment)
        if locked.removed_at is None:
            locked.removed_at = timezone.now()
            locked.save(update_fields=["removed_at", "updated_at"])
            record_quietly(actor=actor, verb="removed", subject=locked)
        return locked


def restore_commitment(*, actor: Actor, commitment: LeaderCommitment) -> LeaderCommitment:
    """Bring back one's own commitment removed moments ago. Raises Refused when it is too late.

    Side effects: one audit entry.
    """
    with transaction.atomic():
        locked = _lock(actor, commitment)
        if locked.removed_at is not None:
            if locked.removed_at < timezone.now() - UNDO_WITHIN:
                raise Refused(_("It is too late to take this back."))
            locked.removed_at = None
            locked.save(update_fields=["removed_at", "updated_at"])
            record_quietly(actor=actor, verb="restored", subject=locked)
        return locked


def throw_away(before: datetime) -> None:
    """Delete commitments that were removed before a moment, for good."""
    LeaderCommitment.objects.filter(removed_at__lt=before).delete()


def _is_leader(plan: RolloutPlan, member: Membership) -> bool:
    if any(near.member.pk == member.pk for near in registry.role_holders(Role.LEADERSHIP, plan.team_id)):
        return True
    led = Team.objects.current().filter(lead=member)
    if plan.team_id is not None:
        led = led.filter(pk__in=with_descendants(plan.team_id))
    found: bool = led.exists()
    return found


def _lock(actor: Actor, commitment: LeaderCommitment) -> LeaderCommitment:
    plan = lock_plan(commitment.plan, also_over=True)
    found: LeaderCommitment | None = LeaderCommitment.objects.filter(pk=commitment.pk).first()
    if found is None:
        raise Refused(_("Somebody removed this meanwhile. Open the page again."))
    if not actor.is_(found.leader_id):
        raise Refused(_("Only the leader themself writes about their commitment."))
    found.plan = plan
    return found


def _validate(row: LeaderCommitment) -> None:
    row.text, row.note = row.text.strip(), row.note.strip()
    if row.kind not in CommitmentKind.values or row.state not in CommitmentState.values:
        raise Refused(_("This is none of the choices."))
    if row.kind == CommitmentKind.OWN and not row.text:
        raise Refused({"text": _("Say what you will do.")})
