"""Who may read, write and agree to the messages of a rollout, and why not; the rules stand in rollout.policy."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from okrapp.web.decisions import Decision
from organizations.actor import Actor
from organizations.rights import decide, permission
from rollout import policy
from rollout.models import PlannedMessage, SentMessage
from rollout.permissions import edit_plan, place_of


@permission(_("Read it"), about=PlannedMessage, is_sight=True)
def see_message(actor: Actor, message: PlannedMessage) -> Decision:
    """Read a planned message; its plan must be loaded. As PlannedMessageQuerySet.visible_to() says of many."""
    return decide(actor, policy.SEE_MESSAGE, replace(place_of(message.plan), about=message))


@permission(_("Change it, send it, call it off"), about=PlannedMessage)
def edit_message(actor: Actor, message: PlannedMessage) -> Decision:
    """Change a planned message, schedule it, send it, tick it off, cancel it."""
    return edit_plan(actor, message.plan)


@permission(_("Agree to it or send it back"), about=PlannedMessage)
def answer_message(actor: Actor, message: PlannedMessage) -> Decision:
    """Say whether a message is sent in one's name."""
    return decide(actor, policy.ANSWER_MESSAGE, replace(place_of(message.plan), about=message))


@permission(_("Read it"), about=SentMessage, is_sight=True)
def see_sent_message(actor: Actor, sent: SentMessage) -> Decision:
    """Read what was sent; its plan must be loaded. As SentMessageQuerySet.visible_to() says of many; one query."""
    return decide(actor, policy.SEE_SENT_MESSAGE, replace(place_of(sent.plan), about=sent))


@permission(_("See who got it"), about=SentMessage)
def see_recipients(actor: Actor, sent: SentMessage) -> Decision:
    """See who got a message: the Program Lead Office of the plan."""
    return edit_plan(actor, sent.plan)
