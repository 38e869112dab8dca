"""Telling people what a rollout has to say, and its sender that they are asked. In the transaction of what happened."""

import textwrap
from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from okrapp.notifications.domain.inbox import read_of_kind
from okrapp.notifications.domain.notify import Told, notify, notify_each, withdraw
from okrapp.web.markdown import plain
from organizations.actor import Actor
from organizations.enums import Via
from rollout.models import PlannedMessage, SentMessage

# So many letters of a message stand in what tells people of it; the rest is read where the archive keeps it.
BEGINNING = 400
ROLLOUT_MESSAGE, MESSAGE_ASKED, MESSAGE_ANSWERED = "rollout_message", "message_asked", "message_answered"


def tell_all(*, sent: SentMessage, to: Iterable[UUID]) -> None:
    """Tell everybody who is to hear it; who says so is the sender. Who they are was looked at by the caller."""
    facts = {"who": sent.sender_name, "what": sent.title, "begins": _beginning(sent.text)}
    path = f"rollout/sent/{sent.pk}/"
    notify_each(
        actor=Actor(sent.sender, via=Via.TASK),
        kind=ROLLOUT_MESSAGE,
        told=[Told(one, str(sent.pk), path, facts) for one in to],
        undo_for=timedelta(0),
        can_read=True,
    )


def tell_of_question(*, actor: Actor, message: PlannedMessage) -> None:
    """Ask the sender of a message for their yes; each version anew."""
    notify(
        actor=actor,
        kind=MESSAGE_ASKED,
        to=[message.sender_id],
        period=_asked(message),
        path=f"rollout/messages/{message.pk}/",
        facts={"who": _name(actor), "what": message.title},
    )


def forget_question(message: PlannedMessage) -> None:
    """Take back what the sender was asked before they heard of it."""
    withdraw(kind=MESSAGE_ASKED, about=str(message.pk))


def question_answered(*, actor: Actor, message: PlannedMessage) -> None:
    """Say that whoever answers has dealt with what they were asked: nothing waits in their inbox any more."""
    read_of_kind(actor=actor, kind=MESSAGE_ASKED, periods=[_asked(message)])


def _beginning(text: str) -> str:
    """Return the beginning of a Markdown text in words, up to the end of one."""
    return textwrap.shorten(plain(text), BEGINNING, placeholder=" …")


def _asked(message: PlannedMessage) -> str:
    return f"{message.pk}:{message.version}"


def tell_of_answer(*, actor: Actor, message: PlannedMessage, agrees: bool) -> None:
    """Tell whoever wants a message to be sent what its sender says."""
    notify(
        actor=actor,
        kind=MESSAGE_ANSWERED,
        to=[message.asked_by_id],
        period=f"{message.pk}:{message.version}:{'yes' if agrees else 'no'}",
        path=f"rollout/messages/{message.pk}/",
        facts={"who": _name(actor), "what": message.title, "agrees": agrees},
    )


def _name(actor: Actor) -> str:
    return actor.membership.display_name if actor.membership is not None else ""
