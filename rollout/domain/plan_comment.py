"""What the sponsor and the office of a plan say about it while it is written."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations.actor import Actor
from organizations.domain import audit
from organizations.domain.removed import UNDO_WITHIN
from organizations.errors import Refused
from roles.domain.sent_again import sent_before
from rollout.domain.plan import lock_plan
from rollout.domain.telling import forget_plan_comment, tell_of_plan_comment
from rollout.models import PlanComment, RolloutPlan

LONGEST = 5000


def write_plan_comment(*, actor: Actor, plan: RolloutPlan, text: str) -> PlanComment:
    """Say something about a plan. Returns the comment; sent twice, it is the same.

    Raises Refused for an empty text, one too long, and a plan that is over. Side effects: one audit entry, and the
    others are told: the sponsor, and the office of the plan.
    """
    text = text.strip()
    if not text:
        raise Refused({"text": _("Write something first.")})
    if len(text) > LONGEST:
        raise Refused({"text": _("A comment has at most %(count)d letters.") % {"count": LONGEST}})
    with transaction.atomic():
        locked = lock_plan(plan)
        said = PlanComment.objects.standing().filter(plan=locked)
        if (sent := sent_before(said, actor, text=text)) is not None:
            return sent
        comment: PlanComment = PlanComment.objects.create(plan=locked, author=actor.membership, text=text)
        audit.record(actor=actor, verb="commented", subject=comment, after=audit.snapshot(comment, ["plan", "text"]))
        tell_of_plan_comment(actor=actor, comment=comment)
        return comment


def remove_plan_comment(*, actor: Actor, comment: PlanComment) -> PlanComment:
    """Take a comment away; it can be undone. Returns it. Side effects: one audit entry."""
    with transaction.atomic():
        locked = _lock(comment)
        if locked.removed_at is None:
            locked.removed_at = timezone.now()
            locked.save(update_fields=["removed_at"])
            audit.record(actor=actor, verb="removed", subject=locked, before=audit.snapshot(locked, ["plan", "text"]))
            forget_plan_comment(locked)
        return locked


def restore_plan_comment(*, actor: Actor, comment: PlanComment) -> PlanComment:
    """Bring a comment back that was removed moments ago. Returns it. Raises Refused when it is too late.

    Side effects: one audit entry.
    """
    with transaction.atomic():
        locked = _lock(comment)
        if locked.removed_at is not None:
            if locked.removed_at < timezone.now() - UNDO_WITHIN:
                raise Refused(_("It is too late to take this back."))
            locked.removed_at = None
            locked.save(update_fields=["removed_at"])
            audit.record(actor=actor, verb="restored", subject=locked)
        return locked


def _lock(comment: PlanComment) -> PlanComment:
    plan = lock_plan(comment.plan)
    locked: PlanComment = PlanComment.objects.get(pk=comment.pk)
    locked.plan = plan
    return locked
