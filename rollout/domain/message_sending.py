"""Sending messages of rollouts: to exactly those they are for, once, and kept in the archive.

Everything one message needs is written in one transaction: its copy in the archive, who got it, what tells them, and
that it was sent. A worker that dies in the middle leaves nothing, and two at once come one after the other.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from okrapp.web.days import day_at
from organizations.actor import Actor, system_actor
from organizations.domain import audit
from organizations.domain.dispatch import begin
from organizations.domain.removed import UNDO_WITHIN
from organizations.errors import Refused
from organizations.queries.settings import today_of
from rollout.domain.message import ask_sender, lock_message, refuse_unready
from rollout.domain.message_agenda import DISPATCH_KIND, come_back_for_others, moment_for
from rollout.domain.message_audience import audience_of
from rollout.domain.plan import lock_plan
from rollout.domain.telling_of_messages import tell_all
from rollout.enums import MessageChannel, MessageState, PlanState
from rollout.models import MessageAudience, MessageRecipient, PlannedMessage, SentMessage
from rollout.models.message import LATE
from rollout.queries.audience_words import kept_audience
from rollout.queries.reach import reached_by

# In which states of its plan a message is sent.
SENDING = (PlanState.APPROVED, PlanState.RUNNING)
BATCH = 5000
# People may speak of a rollout so long before its plan begins.
FAIR_WARNING = timedelta(days=366)


def send_due_messages(now: datetime | None = None) -> int:
    """Send the messages of the organization in context whose moment has come, of plans that go on. Returns how many.

    What was missed for longer than LATE is left to its office. Twice at once does no harm. Side effects: as send_now;
    a worker comes back when the next one is due.
    """
    now = now or timezone.now()
    actor = system_actor()
    with transaction.atomic():
        begin(kind=DISPATCH_KIND)
        today = day_at(now, actor.settings.time_zone)
        rows = PlannedMessage.objects.filter(
            state=MessageState.SCHEDULED,
            channel=MessageChannel.APP,
            sends_on__range=(today - LATE, today),
            plan__state__in=SENDING,
            plan__archived_at=None,
        )
        due = [
            one
            for one in rows.select_related("plan").order_by("plan", "sends_on", "sends_hour", "pk")
            if moment_for(one, actor.settings.time_zone) <= now
        ]
        count = sum(1 for one in due if _send_if_still_due(actor, one, now))
        come_back_for_others(actor, now)
        return count


def send_now(*, actor: Actor, message: PlannedMessage) -> SentMessage:
    """Send a message at once and return what is kept of it.

    Its sender must have agreed, unless they act themself. Raises Refused otherwise, at what is missing, for one that
    people tell by hand, where nobody would get it, in a plan that does not go on, and once it was sent or cancelled.
    Side effects: rows of the archive, of the inbox and the outbox; one audit entry.
    """
    with transaction.atomic():
        locked = lock_message(message)
        if not locked.by_app:
            raise Refused(_("People tell this one. Tick it off once they have."))
        if locked.plan.state not in SENDING:
            raise Refused(_("Messages are sent once the plan is approved."))
        _refuse_without_yes(actor, locked)
        return _send(actor, locked, today_of(actor.settings))


def mark_done(*, actor: Actor, message: PlannedMessage, on: date) -> SentMessage:
    """Say that people have told a message by hand, and on which day; returns what is kept of it.

    Raises Refused for one that okrapp sends, without the yes of its sender, for a day to come, and once it was ticked
    off. Side effects: a row of the archive, without recipients: nobody counted who heard it. One audit entry.
    """
    with transaction.atomic():
        locked = lock_message(message)
        if locked.by_app:
            raise Refused(_("This one is sent through the app."))
        if on > today_of(actor.settings):
            raise Refused({"on": _("This day is still to come.")})
        if on < locked.plan.starts_on - FAIR_WARNING:
            raise Refused({"on": _("This day lies long before the plan begins.")})
        _refuse_without_yes(actor, locked)
        lines = audience_of(locked)
        refuse_unready(locked, lines)
        sent = _keep(actor, locked, lines, on, count=None)
        audit.record(actor=actor, verb="done", subject=locked, after={"state": locked.state, "sent_on": on})
        return sent


def take_back_done(*, actor: Actor, message: PlannedMessage) -> PlannedMessage:
    """Say that a message that was ticked off moments ago was not told after all; returns it, scheduled again.

    Raises Refused for one that was sent through okrapp, and when it is too late. Side effects: it leaves the archive;
    one audit entry.
    """
    with transaction.atomic():
        plan = lock_plan(message.plan)
        locked: PlannedMessage = PlannedMessage.objects.select_related("sender").get(pk=message.pk)
        locked.plan = plan
        sent = SentMessage.objects.filter(message=locked).first()
        if sent is None:
            return locked
        if locked.by_app or sent.sent_at < timezone.now() - UNDO_WITHIN:
            raise Refused(_("It is too late to take this back."))
        sent.delete()
        locked.state = MessageState.SCHEDULED
        locked.save(update_fields=["state", "updated_at"])
        audit.record(actor=actor, verb="restored", subject=locked, after={"state": locked.state})
        return locked


def _send_if_still_due(actor: Actor, message: PlannedMessage, now: datetime) -> bool:
    """Send one of those that are due; False if somebody else did or changed it, and where it cannot be sent today."""
    try:
        with transaction.atomic():
            locked = lock_message(message)
            is_due = moment_for(locked, actor.settings.time_zone) <= now
            if locked.state != MessageState.SCHEDULED or not locked.by_app or not is_due:
                return False
            if locked.plan.state not in SENDING:
                return False
            _send(actor, locked, day_at(now, actor.settings.time_zone))
    except Refused:
        # It stays among the planned ones, where its office sees that its day is past.
        return False
    return True


def _refuse_without_yes(actor: Actor, message: PlannedMessage) -> None:
    """Raise Refused unless the sender of a locked message agrees: whoever sends their own does."""
    if message.state == MessageState.SCHEDULED:
        return
    if not actor.is_(message.sender_id):
        raise Refused(_("Its sender has not said yes yet."))
    ask_sender(actor=actor, message=message)


def _send(actor: Actor, message: PlannedMessage, today: date) -> SentMessage:
    lines = audience_of(message)
    refuse_unready(message, lines)
    people = list(reached_by(message.plan, lines).order_by().values_list("pk", flat=True))
    if not people:
        raise Refused({"audience": _("Nobody would get this message.")})
    sent = _keep(actor, message, lines, today, count=len(people))
    MessageRecipient.objects.bulk_create(
        [MessageRecipient(sent=sent, membership_id=one) for one in people], batch_size=BATCH
    )
    tell_all(sent=sent, to=people)
    after = {"state": message.state, "recipients": len(people)}
    audit.record(actor=actor, verb="sent", subject=message, after=after)
    return sent


def _keep(
    actor: Actor, message: PlannedMessage, lines: Sequence[MessageAudience], on: date, *, count: int | None
) -> SentMessage:
    """Write a message into the archive as it is, and say that it was sent."""
    assert message.sender is not None, "refuse_unready has looked"
    sent: SentMessage = SentMessage.objects.create(
        plan=message.plan,
        message=message,
        title=message.title,
        text=message.text,
        channel=message.channel,
        format=message.format,
        sender=message.sender,
        sender_name=message.sender.display_name,
        audiences=[kept_audience(one, message.plan) for one in lines],
        recipient_count=count,
        sent_on=on,
        sent_by=actor.membership,
    )
    message.state = MessageState.SENT
    message.save()
    return sent
