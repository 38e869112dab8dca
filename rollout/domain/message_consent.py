"""A message on its way to being sent: scheduled by the office, agreed to by whoever speaks in it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations.actor import Actor
from organizations.domain import audit
from organizations.errors import Refused
from rollout.domain.message import ask_sender, lock_message, refuse_past, refuse_unready
from rollout.domain.message_agenda import come_back_for
from rollout.domain.message_audience import audience_of
from rollout.domain.telling_of_messages import question_answered, tell_of_answer
from rollout.enums import MessageState
from rollout.models import PlannedMessage

LONGEST_REASON = 2000


def schedule_message(*, actor: Actor, message: PlannedMessage) -> PlannedMessage:
    """Let a draft be sent at its day, once its sender agrees; at once if the sender acts. Returns it as it now stands.

    Twice does no harm. Raises Refused at what is missing, for a day that is past, and once it was sent or cancelled.
    Side effects: one audit entry; the sender is asked, or the message waits for its moment.
    """
    with transaction.atomic():
        locked = lock_message(message)
        if locked.state != MessageState.DRAFT:
            return locked
        refuse_unready(locked, audience_of(locked))
        refuse_past(actor, locked)
        ask_sender(actor=actor, message=locked)
        locked.save()
        come_back_for(actor, locked)
        audit.record(actor=actor, verb="scheduled", subject=locked, after=audit.snapshot(locked, ["state", "sends_on"]))
        return locked


def agree_to_message(*, actor: Actor, message: PlannedMessage, version: int) -> PlannedMessage:
    """Say yes, as the sender, to the version of a message that was read. Returns it as it now stands.

    Raises Refused for anybody but the sender, if another version waits by now, and if none does. Side effects: one
    audit entry; whoever asked is told, and the message waits for its moment.
    """
    with transaction.atomic():
        locked = _lock_own(actor, message)
        if locked.state != MessageState.ASKED:
            raise Refused(_("This message does not wait for your yes any more."))
        if locked.version != version:
            raise Refused(_("It was changed while you were reading. Read it again."))
        locked.state, locked.agreed_at = MessageState.SCHEDULED, timezone.now()
        locked.save(update_fields=["state", "agreed_at", "updated_at"])
        come_back_for(actor, locked)
        audit.record(actor=actor, verb="agreed", subject=locked, after=audit.snapshot(locked, ["state", "version"]))
        question_answered(actor=actor, message=locked)
        tell_of_answer(actor=actor, message=locked, agrees=True)
        return locked


def return_message(*, actor: Actor, message: PlannedMessage, reason: str) -> PlannedMessage:
    """Send a message back, as its sender, with the reason; also one they had agreed to. Returns it, a draft again.

    Raises Refused without a reason, for anybody but the sender, and for one that is a draft already. Side effects: one
    audit entry; whoever asked is told.
    """
    reason = reason.strip()
    if not reason:
        raise Refused({"reason": _("Say what has to change.")})
    if len(reason) > LONGEST_REASON:
        raise Refused({"reason": _("At most %(count)d letters.") % {"count": LONGEST_REASON}})
    with transaction.atomic():
        locked = _lock_own(actor, message)
        if locked.state == MessageState.DRAFT:
            raise Refused(_("This message does not wait for your yes any more."))
        before = {"state": locked.state}
        locked.state, locked.agreed_at, locked.return_reason = MessageState.DRAFT, None, reason
        locked.save(update_fields=["state", "agreed_at", "return_reason", "updated_at"])
        after = {"state": locked.state}
        audit.record(actor=actor, verb="returned", subject=locked, before=before, after=after, reason=reason)
        question_answered(actor=actor, message=locked)
        tell_of_answer(actor=actor, message=locked, agrees=False)
        return locked


def _lock_own(actor: Actor, message: PlannedMessage) -> PlannedMessage:
    locked = lock_message(message)
    if not actor.is_(locked.sender_id):
        raise Refused(_("Only whoever speaks in a message agrees to it."))
    return locked
