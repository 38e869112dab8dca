"""Planning messages of a rollout: writing them, saying whom they are for, calling them off.

What a sender has agreed to is not changed behind their back: other words, another audience or another sender ask anew.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations.actor import Actor
from organizations.domain import audit
from organizations.domain.editing import refuse_if_changed_since
from organizations.domain.removed import UNDO_WITHIN
from organizations.errors import Refused
from organizations.models import Membership
from organizations.queries.settings import today_of
from rollout.days import refuse_far_days
from rollout.domain.message_agenda import come_back_for
from rollout.domain.message_audience import audience_of, each_once, is_same, refuse_nonsense, set_audience
from rollout.domain.plan import lock_plan
from rollout.domain.telling_of_messages import forget_question, tell_of_question
from rollout.enums import MessageChannel, MessageFormat, MessageState
from rollout.models import MessageAudience, PlannedMessage, RolloutPlan
from rollout.queries.audience_words import words_of

EDITABLE = ("title", "text", "channel", "format", "sender", "sends_on", "sends_hour")
# What the sender says yes to: to speak in a meeting is not to write to everybody.
AGREED_TO = frozenset({"title", "text", "channel", "sender", "audience"})
LONGEST_TITLE, LONGEST = 120, 10000
# More than these is not a plan any more.
MOST = 2000


def create_message(
    *,
    actor: Actor,
    plan: RolloutPlan,
    title: str,
    sends_on: date,
    audience: Iterable[MessageAudience] = (),
    text: str = "",
    channel: str = MessageChannel.APP,
    format: str = MessageFormat.ANNOUNCEMENT,
    sender: Membership | None = None,
    sends_hour: int = 9,
) -> PlannedMessage:
    """Plan a message as a draft and return it. `audience` are unsaved lines; all of them together are meant.

    Raises Refused at the field that makes no sense, and for a plan that is over. Side effects: one audit entry.
    """
    with transaction.atomic():
        locked = lock_plan(plan)
        if PlannedMessage.objects.filter(plan=locked).count() >= MOST:
            raise Refused(_("A plan holds at most %(count)d of these.") % {"count": MOST})
        message = PlannedMessage(
            plan=locked,
            title=title.strip(),
            text=text.strip(),
            channel=channel,
            format=format,
            sender=sender,
            sends_on=sends_on,
            sends_hour=sends_hour,
        )
        lines = each_once(audience)
        _validate(message, lines)
        message.save(force_insert=True)
        set_audience(message, lines)
        after = audit.snapshot(message, ["plan", *EDITABLE]) | {"audience": words_of(lines, locked)}
        audit.record(actor=actor, verb="created", subject=message, after=after)
        return message


def edit_message(
    *,
    actor: Actor,
    message: PlannedMessage,
    changes: Mapping[str, Any],
    audience: Iterable[MessageAudience] | None = None,
    seen: datetime | None = None,
) -> PlannedMessage:
    """Change a message that was not sent, and whom it is for; returns it as it now stands.

    `seen` is when the form was opened: what somebody else changed since is refused once. Another title, text, channel,
    sender or audience of one that is scheduled or waits for its sender asks the sender anew, unless they change it
    themself.
    Raises Refused also for what makes no sense, and once it was sent or cancelled. Side effects: one audit entry.
    """
    with transaction.atomic():
        locked = lock_message(message)
        wanted = {name: _stripped(value) for name, value in changes.items() if name in EDITABLE}
        names = [*wanted, *([] if audience is None else ["audience"])]
        refuse_if_changed_since(locked, actor=actor, seen=seen, fields=names)
        before, after = audit.apply_changes(locked, wanted)
        present = audience_of(locked)
        lines = present if audience is None else each_once(audience)
        refuse_nonsense(locked.plan, lines)
        if not is_same(present, lines):
            before["audience"], after["audience"] = words_of(present, locked.plan), words_of(lines, locked.plan)
        if not after:
            return locked
        _validate(locked, lines)
        if "audience" in after:
            set_audience(locked, lines)
        if locked.state != MessageState.DRAFT:
            refuse_unready(locked, lines)
            if "sends_on" in after:
                refuse_past(actor, locked)
            if AGREED_TO & set(after):
                ask_sender(actor=actor, message=locked)
        locked.save()
        come_back_for(actor, locked)
        audit.record(actor=actor, verb="changed", subject=locked, before=before, after=after)
        return locked


def cancel_message(*, actor: Actor, message: PlannedMessage) -> PlannedMessage:
    """Call a message off; `restore_message` takes that back. Returns it; twice does no harm.

    Raises Refused once it was sent. Side effects: one audit entry; a sender who has not heard of it is not asked.
    """
    with transaction.atomic():
        locked = lock_message(message, also_cancelled=True)
        if locked.state != MessageState.CANCELLED:
            before = {"state": locked.state}
            locked.state, locked.cancelled_at = MessageState.CANCELLED, timezone.now()
            locked.save(update_fields=["state", "cancelled_at", "updated_at"])
            forget_question(locked)
            audit.record(actor=actor, verb="cancelled", subject=locked, before=before, after={"state": locked.state})
        return locked


def restore_message(*, actor: Actor, message: PlannedMessage) -> PlannedMessage:
    """Bring a cancelled message back: moments later as it was, afterwards as a draft. Returns it.

    Nothing happens to one that is not cancelled. Side effects: one audit entry; a sender who was asked is asked again.
    """
    with transaction.atomic():
        locked = lock_message(message, also_cancelled=True)
        if locked.state != MessageState.CANCELLED:
            return locked
        assert locked.cancelled_at is not None, "the table holds none that is cancelled without a moment"
        was = (audit.last_before(locked, ["cancelled"]) or {}).get("state", "")
        is_fresh = locked.cancelled_at >= timezone.now() - UNDO_WITHIN and locked.sender is not None
        locked.state = was if is_fresh and was else MessageState.DRAFT
        locked.cancelled_at = None
        if locked.state == MessageState.DRAFT:
            locked.agreed_at = None
        locked.save(update_fields=["state", "cancelled_at", "agreed_at", "updated_at"])
        if locked.state == MessageState.ASKED:
            tell_of_question(actor=actor, message=locked)
        come_back_for(actor, locked)
        audit.record(actor=actor, verb="restored", subject=locked, after={"state": locked.state})
        return locked


def ask_sender(*, actor: Actor, message: PlannedMessage) -> None:
    """Let a locked message wait for its sender, or schedule it where the sender acts; does not save it.

    Side effects: the sender is told that they are asked.
    """
    forget_question(message)
    message.version += 1
    message.return_reason, message.asked_by = "", actor.membership
    if actor.is_(message.sender_id):
        message.state, message.agreed_at = MessageState.SCHEDULED, timezone.now()
        return
    message.state, message.agreed_at = MessageState.ASKED, None
    tell_of_question(actor=actor, message=message)


def lock_message(message: PlannedMessage, *, also_cancelled: bool = False) -> PlannedMessage:
    """Return a message as it is, its plan locked until the transaction ends.

    Raises Refused for a plan that is over or archived, once the message was sent, and when it was cancelled, unless
    `also_cancelled`.
    """
    plan = lock_plan(message.plan)
    locked: PlannedMessage = PlannedMessage.objects.select_related("sender").get(pk=message.pk)
    locked.plan = plan
    if locked.state == MessageState.SENT:
        raise Refused(_("This was sent, and stays as it is."))
    if locked.state == MessageState.CANCELLED and not also_cancelled:
        raise Refused(_("This message is cancelled. Bring it back first."))
    return locked


def refuse_unready(message: PlannedMessage, lines: Sequence[MessageAudience]) -> None:
    """Raise Refused at what is missing before a message can be sent: words, an audience, a sender who is here."""
    if message.by_app and not message.text:
        raise Refused({"text": _("Write what you want to tell.")})
    if not lines:
        raise Refused({"audience": _("Say whom it is for.")})
    if message.sender is None:
        raise Refused({"sender": _("Say who tells it.")})
    if not message.sender.is_active:
        raise Refused({"sender": _("This person is not here any more. Name somebody else.")})


def refuse_past(actor: Actor, message: PlannedMessage) -> None:
    """Raise Refused where a message is to be sent on a day that is past."""
    if message.by_app and message.sends_on < today_of(actor.settings):
        raise Refused({"sends_on": _("Choose a day from today on.")})


def _stripped(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


def _validate(message: PlannedMessage, lines: Sequence[MessageAudience]) -> None:
    if not message.title:
        raise Refused({"title": _("Give it a title.")})
    for name, most in (("title", LONGEST_TITLE), ("text", LONGEST)):
        if len(getattr(message, name)) > most:
            raise Refused({name: _("At most %(count)d letters.") % {"count": most}})
    try:
        # References are checked by what was loaded for them, and the wall's keys by the database.
        message.clean_fields(exclude=[field.name for field in message._meta.fields if field.is_relation])
    except ValidationError as error:
        raise Refused(error.message_dict) from error
    refuse_far_days({"sends_on": message.sends_on})
    refuse_nonsense(message.plan, lines)
